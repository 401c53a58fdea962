//! What `cmp` will do.

use std::env;

use super::super::args::CmpStep;

/// What `cmp` will do, by the parameters that Argo CD gives in the environment.
#[derive(Debug)]
pub(in crate::cli) enum Cmp {
    /// Print the files that hold a config.
    Discover,
    /// Print the objects.
    Generate(AppParameters),
}

/// Parameters as Argo CD gives them, twice over.
#[derive(Debug, Default)]
pub(in crate::cli) struct AppParameters {
    /// All of them as JSON, which counts if it is there.
    pub(in crate::cli) json: Option<String>,
    /// Those of our names, each in a variable of its own.
    pub(in crate::cli) single: Vec<(String, String)>,
}

impl From<CmpStep> for Cmp {
    fn from(step: CmpStep) -> Self {
        let text = |name: &str| env::var_os(name).map(|text| text.to_string_lossy().into_owned());
        match step {
            CmpStep::Discover => Cmp::Discover,
            CmpStep::Generate => Cmp::Generate(AppParameters {
                json: text("ARGOCD_APP_PARAMETERS"),
                single: ["environment", "cluster"]
                    .into_iter()
                    .filter_map(|name| {
                        let value = text(&format!("PARAM_{}", name.to_uppercase()))?;
                        Some((name.to_owned(), value))
                    })
                    .collect(),
            }),
        }
    }
}

//! Parameters by which another tool chooses what is rendered.

use std::fmt;

use serde::Deserialize;

use crate::diag::closest;

/// The parameters that there are.
const NAMES: [&str; 2] = ["environment", "cluster"];

/// The environment and the cluster to render for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Parameters {
    /// The name of the environment.
    pub environment: Option<String>,
    /// The name of the cluster in it.
    pub cluster: Option<String>,
}

/// What is wrong with parameters.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ParameterFault {
    /// The text is not the JSON that Argo CD gives.
    NotJson(String),
    /// There is no parameter of this name.
    Unknown(String),
    /// This parameter is a list or a map, not a string.
    NotAString(String),
    /// This parameter has this value, and the config has no environments.
    NoEnvironments {
        /// The parameter.
        name: &'static str,
        /// Its value.
        value: String,
    },
}

/// A parameter as Argo CD writes it.
#[derive(Deserialize)]
struct Announced {
    name: String,
    string: Option<String>,
    array: Option<serde_json::Value>,
    map: Option<serde_json::Value>,
}

impl Parameters {
    /// The parameters of these names. One that is empty counts as left out.
    pub fn new(given: impl IntoIterator<Item = (String, String)>) -> Result<Self, ParameterFault> {
        let mut parameters = Parameters::default();
        for (name, value) in given {
            let field = match name.as_str() {
                "environment" => &mut parameters.environment,
                "cluster" => &mut parameters.cluster,
                _ => return Err(ParameterFault::Unknown(name)),
            };
            *field = Some(value).filter(|value| !value.is_empty());
        }
        Ok(parameters)
    }

    /// Reads what Argo CD puts into `ARGOCD_APP_PARAMETERS`.
    pub fn from_argo_cd(text: &str) -> Result<Self, ParameterFault> {
        if text.trim().is_empty() {
            return Ok(Self::default());
        }
        let announced: Option<Vec<Announced>> = serde_json::from_str(text)
            .map_err(|error| ParameterFault::NotJson(error.to_string()))?;
        let mut given = Vec::new();
        for parameter in announced.unwrap_or_default() {
            if !NAMES.contains(&parameter.name.as_str()) {
                return Err(ParameterFault::Unknown(parameter.name));
            }
            if parameter.array.is_some() || parameter.map.is_some() {
                return Err(ParameterFault::NotAString(parameter.name));
            }
            given.push((parameter.name, parameter.string.unwrap_or_default()));
        }
        Self::new(given)
    }

    /// Fails where anything is chosen, for a config that has no environments.
    pub fn refuse(&self) -> Result<(), ParameterFault> {
        let all = NAMES.into_iter().zip([&self.environment, &self.cluster]);
        let mut chosen = all.filter_map(|(name, value)| Some((name, value.clone()?)));
        match chosen.next() {
            Some((name, value)) => Err(ParameterFault::NoEnvironments { name, value }),
            None => Ok(()),
        }
    }
}

impl ParameterFault {
    /// What to do, as a sentence.
    pub fn help(&self) -> String {
        match self {
            ParameterFault::NotJson(_) => {
                "It is a list such as `[{\"name\": \"environment\", \"string\": \"prod\"}]`."
                    .to_owned()
            }
            ParameterFault::Unknown(name) => match closest(name, NAMES) {
                Some(near) => format!("Did you mean `{near}`?"),
                None => "There are `environment` and `cluster`.".to_owned(),
            },
            ParameterFault::NotAString(_) => "Give one name.".to_owned(),
            ParameterFault::NoEnvironments { .. } => "Leave the parameter out.".to_owned(),
        }
    }
}

impl fmt::Display for ParameterFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            ParameterFault::NotJson(why) => write!(f, "the parameters are not good JSON: {why}"),
            ParameterFault::Unknown(name) => write!(f, "there is no parameter `{name}`"),
            ParameterFault::NotAString(name) => write!(f, "the parameter `{name}` is no string"),
            ParameterFault::NoEnvironments { name, value } => write!(
                f,
                "the parameter `{name}` is `{value}`, and the config has no environments"
            ),
        }
    }
}

impl std::error::Error for ParameterFault {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_argo_cd_gives_is_read() {
        let read = |text: &str| Parameters::from_argo_cd(text).map_err(|f| f.to_string());
        for nothing in ["", "null", "[]", r#"[{"name": "cluster", "string": ""}]"#] {
            assert_eq!(read(nothing), Ok(Parameters::default()), "{nothing}");
        }
        let both = r#"[{"name":"environment","string":"prod"},{"name":"cluster","string":"eu"}]"#;
        let both = read(both).unwrap();
        assert_eq!(
            (both.environment.as_deref(), both.cluster.as_deref()),
            (Some("prod"), Some("eu"))
        );
        assert_eq!(
            read(r#"[{"name":"environmnt","string":"prod"}]"#).unwrap_err(),
            "there is no parameter `environmnt`"
        );
        assert_eq!(
            read(r#"[{"name":"cluster","array":["eu"]}]"#).unwrap_err(),
            "the parameter `cluster` is no string"
        );
        assert!(
            read("{")
                .unwrap_err()
                .starts_with("the parameters are not good JSON: ")
        );
    }

    #[test]
    fn a_choice_that_nothing_follows_from_is_refused() {
        assert_eq!(Parameters::default().refuse(), Ok(()));
        let chosen = Parameters::new([("cluster".to_owned(), "eu".to_owned())]).unwrap();
        assert_eq!(
            chosen.refuse().unwrap_err().to_string(),
            "the parameter `cluster` is `eu`, and the config has no environments"
        );
        let unknown = ParameterFault::Unknown("clustr".to_owned());
        assert_eq!(unknown.help(), "Did you mean `cluster`?");
    }
}

//! Paths by the template of the config, and what is wrong with them.

use std::collections::BTreeMap;

use crate::diag::{Diagnostic, Report};
use crate::kube::ObjectId;
use crate::render::{ENDLESS, FilePathTemplate};
use crate::source::Node;

use super::header::CommentStyle;
use super::relative_path::RelativePath;

/// Names that kustomize and Flux take for a kustomization and not for objects.
const KUSTOMIZATIONS: [&str; 2] = ["kustomization.yaml", "kustomization.yml"];

/// Makes paths with the template of `output.fileName`, and keeps what goes wrong: each mistake
/// once, with the first object that it comes up for.
#[derive(Debug)]
pub(super) struct FilePaths {
    template: FilePathTemplate,
    /// Mistakes by their headline without the object, and how often they came up.
    mistakes: BTreeMap<String, (Diagnostic, usize)>,
    /// Each path in lower case, with the path and the first object that has it.
    taken: BTreeMap<String, (String, String)>,
    /// Whether the template did not come to an end, which is not tried for every object.
    endless: bool,
}

/// What is wrong with a path.
struct Mistake {
    /// What it has in common with the same mistake for other objects.
    key: String,
    diagnostic: Box<Diagnostic>,
}

impl FilePaths {
    pub(super) fn new(template: FilePathTemplate) -> Self {
        FilePaths {
            template,
            mistakes: BTreeMap::new(),
            taken: BTreeMap::new(),
            endless: false,
        }
    }

    /// The path of an object below `manifests/`; none, if there is something wrong with it.
    pub(super) fn path(&mut self, id: &ObjectId, root: Node<'_>) -> Option<String> {
        if self.endless {
            return None;
        }
        let made = self.template.path(id, root).map_err(|diagnostic| Mistake {
            key: diagnostic.headline.clone(),
            diagnostic,
        });
        self.endless = made
            .as_ref()
            .is_err_and(|mistake| mistake.key.ends_with(ENDLESS));
        let found = made.and_then(|path| match self.fault(&path) {
            Some(mistake) => Err(mistake),
            None => self.only_case(path, id),
        });
        match found {
            Ok(path) => Some(path),
            Err(Mistake { key, diagnostic }) => {
                let of_object = diagnostic.because(format!("It happens for `{id}`."));
                let entry = self.mistakes.entry(key).or_insert_with(|| (of_object, 0));
                entry.1 += 1;
                None
            }
        }
    }

    /// Reports the mistakes; whether there are any.
    pub(super) fn finish(&mut self, report: &mut Report) -> bool {
        let mistakes = std::mem::take(&mut self.mistakes);
        let any = !mistakes.is_empty();
        for (diagnostic, times) in mistakes.into_values() {
            report.push(match times {
                1 => diagnostic,
                2 => diagnostic.because("The same happens for one other object."),
                times => {
                    diagnostic.because(format!("The same happens for {} other objects.", times - 1))
                }
            });
        }
        any
    }

    fn wrong(&self, headline: String) -> Diagnostic {
        Diagnostic::error("bad-file-name", headline, self.template.pos())
    }

    /// Why no file can have this path, and the mistake without the object.
    fn fault(&self, path: &str) -> Option<Mistake> {
        if let Err(fault) = RelativePath::parse(path) {
            let headline = format!("the template for file names makes {path:?}: {}", fault.why);
            let help = "Make a path of names with `/` between them, below `manifests/`.";
            // What differs from object to object stands in backticks.
            let kind: String = fault.why.split('`').step_by(2).collect();
            return Some(mistake(kind, self.wrong(headline).help(help)));
        }
        let last = path.rsplit('/').next().unwrap_or(path).to_lowercase();
        if KUSTOMIZATIONS.contains(&&*last) {
            let headline = format!("the template for file names makes `{path}`");
            let diagnostic = self
                .wrong(headline)
                .because(
                    "A file of this name tells kustomize, Argo CD and Flux which files to read.",
                )
                .help("Make another name.");
            return Some(mistake("kustomization", diagnostic));
        }
        if last.starts_with('.') {
            let headline = format!("the template for file names makes `{path}`, a hidden file");
            let diagnostic = self
                .wrong(headline)
                .because("Tools pass over files whose names begin with a dot.")
                .help("Let the name begin with a letter or a digit.");
            return Some(mistake("hidden", diagnostic));
        }
        if CommentStyle::of(path) == Some(CommentStyle::Hash) {
            return None;
        }
        let headline = format!("the template for file names makes `{path}`, which is no YAML file");
        let diagnostic = self
            .wrong(headline)
            .because("kubectl, Argo CD and Flux read files that end with `.yaml` or `.yml`.")
            .help("Let the template end with `.yaml`.");
        Some(mistake("ending", diagnostic))
    }

    fn only_case(&mut self, path: String, id: &ObjectId) -> Result<String, Mistake> {
        let lower = path.to_lowercase();
        match self.taken.get(&lower) {
            Some((other, _)) if *other == path => Ok(path),
            Some((other, first)) => {
                let headline = format!(
                    "the template for file names makes `{path}` and `{other}`, which differ only in case"
                );
                let diagnostic = self
                    .wrong(headline)
                    .because(format!(
                        "On some systems they are one file. `{first}` has the other one."
                    ))
                    .help("Make names in lower case: `{{ kind | lower }}`.");
                Err(mistake("case", diagnostic))
            }
            None => {
                self.taken.insert(lower, (path.clone(), id.to_string()));
                Ok(path)
            }
        }
    }
}

fn mistake(key: impl Into<String>, diagnostic: Diagnostic) -> Mistake {
    Mistake {
        key: key.into(),
        diagnostic: Box::new(diagnostic),
    }
}

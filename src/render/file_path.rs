//! `output.fileName`: the path of an object's file, by a template.

use std::collections::BTreeMap;

use minijinja::value::{Serde, Value, ValueKind};
use minijinja::{Environment, Error, ErrorKind, Output, State, UndefinedBehavior};
use serde::Serialize;

use crate::diag::{Diagnostic, did_you_mean};
use crate::kube::{ApiVersion, ObjectId};
use crate::source::{Located, Node, Pos};

use super::templates::{FUEL, RECURSION};

/// The name by which the engine knows the template.
const NAME: &str = "fileName";

/// How the headline of a template that was stopped ends.
pub const ENDLESS: &str = "does not come to an end";

/// What the template can read.
const VARIABLES: [&str; 6] = ["namespace", "kind", "group", "version", "name", "labels"];

/// The template of `output.fileName`, ready to be used.
#[derive(Debug)]
pub struct FilePathTemplate {
    environment: Environment<'static>,
    pos: Pos,
}

#[derive(Serialize)]
struct FilePathView<'a> {
    namespace: Option<&'a str>,
    kind: &'a str,
    group: &'a str,
    version: &'a str,
    name: &'a str,
    labels: BTreeMap<&'a str, &'a str>,
}

impl FilePathTemplate {
    /// Compiles the template; with the mistake, where it is not well formed.
    pub fn new(template: &Located<String>) -> Result<Self, Box<Diagnostic>> {
        let mut environment = Environment::new();
        environment.set_undefined_behavior(UndefinedBehavior::Strict);
        environment.set_formatter(plain);
        environment.set_fuel(Some(FUEL));
        environment.set_recursion_limit(RECURSION);
        let pos = template.pos;
        match environment.add_template_owned(NAME, template.value.clone()) {
            Ok(()) => Ok(FilePathTemplate { environment, pos }),
            Err(error) => {
                let said = error.detail().unwrap_or("no reason is given");
                let headline = format!("the template for file names is not well formed: {said}");
                let diagnostic = Diagnostic::error("bad-file-name", headline, pos);
                Err(Box::new(diagnostic.help("Write a path with values in double braces, such as `{{ kind | lower }}-{{ name }}.yaml`.")))
            }
        }
    }

    /// Where the template is written.
    pub fn pos(&self) -> Pos {
        self.pos
    }

    /// The path for an object; with what went wrong, where there is none.
    pub fn path(&self, id: &ObjectId, root: Node<'_>) -> Result<String, Box<Diagnostic>> {
        let labels = root.at(&["metadata", "labels"]);
        let labels = labels.map(|labels| labels.entries().map(|(k, v)| (k.text(), v.text())));
        let view = FilePathView {
            namespace: id.namespace.as_deref(),
            kind: &id.kind,
            group: &id.group,
            version: version(root),
            name: &id.name,
            labels: labels.into_iter().flatten().collect(),
        };
        let template = self.environment.get_template(NAME);
        template
            .and_then(|template| template.render(Value::from(Serde(&view))))
            .map_err(|error| Box::new(self.failed(&error, &view)))
    }

    fn failed(&self, error: &Error, view: &FilePathView<'_>) -> Diagnostic {
        let said = error.detail().unwrap_or("no reason is given");
        let wrong = |headline: String| Diagnostic::error("bad-file-name", headline, self.pos);
        match error.kind() {
            ErrorKind::OutOfFuel => {
                wrong(format!("the template for file names {ENDLESS}"))
                    .because(format!("It was stopped after {FUEL} steps."))
                    .help("Write a path without loops.")
            }
            ErrorKind::UndefinedError => {
                let name = said.split('`').nth(1).unwrap_or("a value");
                let diagnostic =
                    wrong(format!("the template for file names reads `{name}`, which is not there"));
                match name.strip_prefix("labels.") {
                    Some(label) => diagnostic
                        .because(format!(
                            "The object has {}.",
                            match view.labels.len() {
                                0 => "no labels".to_owned(),
                                _ => list("the labels", view.labels.keys().copied()),
                            }
                        ))
                        .help(format!(
                            "Say what stands for a label that is left out: `{{{{ labels.{label} | default(\"other\") }}}}`."
                        )),
                    None => diagnostic
                        .because(format!("It is given {}.", list("", VARIABLES.into_iter())))
                        .maybe_help(did_you_mean(name, VARIABLES)),
                }
            }
            _ => wrong(format!("the template for file names fails: {said}"))
                .help("Write a path with values in double braces, such as `{{ kind | lower }}-{{ name }}.yaml`."),
        }
    }
}

fn list<'a>(before: &str, names: impl Iterator<Item = &'a str>) -> String {
    let names: Vec<String> = names.map(|name| format!("`{name}`")).collect();
    format!("{before} {}", names.join(", "))
        .trim_start()
        .to_owned()
}

/// The version in a document's `apiVersion`.
pub fn version(root: Node<'_>) -> &str {
    let text = root.get("apiVersion").and_then(Node::as_str);
    text.and_then(ApiVersion::parse)
        .map_or("", |version| version.version)
}

/// Writes values that can be parts of a path, and refuses the others, which would be written as
/// words of the template language.
fn plain(out: &mut Output, state: &mut State, value: &Value) -> Result<(), Error> {
    match value.kind() {
        ValueKind::String | ValueKind::Number | ValueKind::Bool => Ok(write!(out, "{value}")?),
        ValueKind::None => Err(Error::new(
            ErrorKind::InvalidOperation,
            "`namespace` is none for an object of the cluster; write `{{ namespace or \"cluster\" }}`",
        )),
        ValueKind::Undefined => minijinja::escape_formatter(out, state, value),
        kind => Err(Error::new(
            ErrorKind::InvalidOperation,
            format!("a value of the type {kind} is no part of a path"),
        )),
    }
}

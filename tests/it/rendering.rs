//! Renders configs in memory, and holds what comes out against everything that must be true of it.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use gatewright::checks::{Extent, structure};
use gatewright::diag::Report;
use gatewright::diag::render::Format;
use gatewright::input::FileSet;
use gatewright::kube::{ObjectId, Target, facts};
use gatewright::pipeline::{self, Inputs};
use gatewright::render::Templates;
use gatewright::sinks::Output;
use gatewright::source::{Node, Pos, Shape, Sources, Style, emit, read_general, read_text};
use serde_json::Value;

use crate::generator::BESIDE;
use crate::yaml_1_1;

/// A rendered set, and the versions that it is for.
pub(crate) struct Rendered {
    pub(crate) output: Output,
    pub(crate) target: Target,
}

impl Rendered {
    /// Every file with its path.
    pub(crate) fn files(&self) -> BTreeMap<String, String> {
        let files = self.output.files().into_iter();
        files
            .map(|file| (file.path, file.file.text.to_string()))
            .collect()
    }

    /// The documents of the folder `manifests`, by path.
    pub(crate) fn objects(&self) -> BTreeMap<String, Value> {
        let files = self.files().into_iter();
        let objects = files.filter(|(path, _)| path.starts_with("manifests/"));
        objects
            .map(|(path, text)| (path, serde_yaml::from_str(&text).unwrap()))
            .collect()
    }
}

/// Renders texts; the diagnostics in words, where that was refused.
pub(crate) fn render(files: &[(&str, &str)]) -> Result<Rendered, String> {
    render_beside(files, &[BESIDE])
}

/// The same with these files beside them, which a config may list under `resources`.
pub(crate) fn render_beside(
    files: &[(&str, &str)],
    beside: &[(&str, &str)],
) -> Result<Rendered, String> {
    let inputs = Inputs {
        files: FileSet::in_memory(files, beside),
        templates: Templates::built_in(),
    };
    let (mut sources, mut report) = (Sources::new(), Report::new());
    let output = pipeline::render(&inputs, &mut sources, &mut report).unwrap();
    let Some(output) = output else {
        assert!(
            report.has_errors(),
            "nothing was rendered and nothing is said"
        );
        let mut words = Vec::new();
        Format::Human
            .write(&report, &sources, false, &mut words)
            .unwrap();
        return Err(String::from_utf8(words).unwrap());
    };
    assert!(!report.has_errors());
    let (mut sources, mut report) = (Sources::new(), Report::new());
    let model = pipeline::resolve(&inputs.files, &mut sources, &mut report).unwrap();
    let target = model.unwrap().versions.target();
    Ok(Rendered { output, target })
}

/// Renders one text that has to be accepted.
pub(crate) fn accepted(text: &str) -> Rendered {
    match render(&[("edge.yaml", text)]) {
        Ok(rendered) => rendered,
        Err(words) => panic!("{text}\nwas refused:\n{words}"),
    }
}

/// Whether a file is of a kind, by the end of its name.
pub(crate) fn is_a(path: &str, end: &str) -> bool {
    Path::new(path)
        .extension()
        .is_some_and(|found| found == end)
}

/// What must be true of every rendered file.
pub(crate) fn assert_conforms(rendered: &Rendered) {
    for (path, text) in rendered.files() {
        assert!(
            text.ends_with('\n'),
            "{path} does not end with a line break"
        );
        if is_a(&path, "md") {
            continue;
        }
        let source: Arc<str> = Arc::from(text.as_str());
        let read = read_text(&source, Pos::new(0));
        assert!(read.issues.is_empty(), "{path}: {:?}\n{text}", read.issues);
        let [document] = read.documents.as_slice() else {
            panic!("{path} holds {} documents\n{text}", read.documents.len());
        };
        let root = document.tree.root();
        let general = read_general(&source, Pos::new(0));
        assert_eq!(
            general.documents[0].tree, document.tree,
            "the readers differ on {path}"
        );
        let independent: Value =
            serde_yaml::from_str(&text).unwrap_or_else(|error| panic!("{path}: {error}\n{text}"));
        assert_eq!(
            value(root),
            independent,
            "serde_yaml reads {path} otherwise\n{text}"
        );
        assert_eq!(emit(root), text, "{path} is not what the emitter writes");
        assert_plain(root, &path);
        if path.starts_with("manifests/") {
            assert_object(root, Extent::Whole, &rendered.target, &path);
        } else if path.starts_with("patches/") && !path.ends_with("kustomization.yaml") {
            assert_object(root, Extent::Partial, &rendered.target, &path);
        }
    }
}

fn assert_object(root: Node<'_>, extent: Extent, target: &Target, path: &str) {
    let id = ObjectId::read(root).unwrap_or_else(|(error, _)| panic!("{path}: {error}"));
    let Some(facts) = facts(&id.group, &id.kind) else {
        return;
    };
    structure(root, extent, facts, target, &mut |finding| {
        panic!("{path}: {}", finding.diagnostic.headline)
    });
}

/// Every plain scalar means the same to readers of YAML 1.1 as to ours.
pub(crate) fn assert_plain(node: Node<'_>, path: &str) {
    for (key, value) in node.entries() {
        assert_plain(key, path);
        assert_plain(value, path);
    }
    for item in node.items() {
        assert_plain(item, path);
    }
    let scalar = !node.is_map() && !node.is_seq();
    if scalar && node.style() == Style::Plain {
        let expected = match node.shape() {
            Shape::Str => yaml_1_1::Meaning::Text,
            Shape::Int => yaml_1_1::Meaning::Integer(node.as_i64()),
            Shape::Float => yaml_1_1::Meaning::Number,
            Shape::Bool => {
                assert!(
                    ["true", "false"].contains(&node.text()),
                    "{} in {path}",
                    node.text()
                );
                yaml_1_1::Meaning::Boolean
            }
            _ => yaml_1_1::Meaning::Null,
        };
        let found = yaml_1_1::meaning(node.text());
        assert_eq!(found, expected, "`{}` in {path}", node.text());
    }
}

/// The value of a node.
pub(crate) fn value(node: Node<'_>) -> Value {
    match node.shape() {
        Shape::Map => {
            let entries = node.entries();
            Value::Object(
                entries
                    .map(|(k, v)| (k.text().to_owned(), value(v)))
                    .collect(),
            )
        }
        Shape::Seq => node.items().map(value).collect(),
        Shape::Str => node.text().into(),
        Shape::Bool => node.as_bool().into(),
        Shape::Int => node.as_i64().into(),
        Shape::Float => node.as_f64().into(),
        Shape::Null => Value::Null,
    }
}

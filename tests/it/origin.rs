//! Where rendered fields come from: every one has an origin, and it is the right one.

mod command;
mod mutation;
mod schema;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::sync::Arc;

use gatewright::diag::Report;
use gatewright::input::FileSet;
use gatewright::kube;
use gatewright::pipeline::{self, Extent};
use gatewright::render::{
    MappedDocument, MappedField, MappedKind, MappedOrigin, OriginKind, OriginMap, Places, Templates,
};
use gatewright::source::{Node, Pos, Sources, read_text};

use crate::generator::{BESIDE, Config};
use crate::program::repository;

/// What a config renders to, and where all of it comes from.
pub(crate) struct Traced {
    pub(crate) map: OriginMap,
    files: BTreeMap<String, String>,
}

/// Renders and traces files of a config; none where they are refused.
pub(crate) fn traced(files: &[(&str, &str)], beside: &[(&str, &str)]) -> Option<Traced> {
    let files = FileSet::in_memory(files, beside);
    let templates = Templates::built_in();
    let (mut sources, mut report) = (Sources::new(), Report::new());
    let model = pipeline::resolve(&files, &mut sources, &mut report).unwrap()?;
    let output = pipeline::output(&model, &templates, Extent::Everything, &mut report)?;
    let places = Places {
        sources: &sources,
        templates: &templates,
        with_text: false,
    };
    let map = pipeline::origin_map(&model, places, &output).unwrap();
    let files = output.files().into_iter();
    let files = files.map(|file| (file.path, file.file.text.to_string()));
    Some(Traced {
        map,
        files: files.collect(),
    })
}

/// A config: what it is called, its text, and the files beside it.
type Case = (String, String, Vec<(&'static str, String)>);

/// The configs of all golden cases and examples, with the files beside them.
pub(crate) fn cases() -> Vec<Case> {
    let mut cases = Vec::new();
    let folder = repository().join("tests/cases/golden");
    let mut paths: Vec<_> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    paths.sort();
    for path in paths {
        let name = path.file_name().unwrap().to_str().unwrap().to_owned();
        let beside = vec![(BESIDE.0, BESIDE.1.to_owned())];
        cases.push((name, fs::read_to_string(path).unwrap(), beside));
    }
    for name in ["httpbin", "httpbin-oidc"] {
        let read = |file: &str| {
            let path = repository().join("examples").join(name).join(file);
            fs::read_to_string(path).unwrap()
        };
        let beside = vec![("httpbin.yaml", read("httpbin.yaml"))];
        cases.push((name.to_owned(), read("gatewright.yaml"), beside));
    }
    for seed in 0..2 {
        let beside = vec![(BESIDE.0, BESIDE.1.to_owned())];
        cases.push((format!("seed {seed}"), Config::of_seed(seed).text, beside));
    }
    cases
}

pub(crate) fn traced_case(text: &str, beside: &[(&str, String)]) -> Option<Traced> {
    let beside: Vec<_> = beside.iter().map(|(name, text)| (*name, &**text)).collect();
    traced(&[("edge.yaml", text)], &beside)
}

/// The fields of a document that hold no others, by path.
fn leaves(document: &MappedDocument, text: &str) -> Vec<(String, serde_json::Value)> {
    fn walk<'t>(node: Node<'t>, found: &mut Vec<Node<'t>>) {
        let before = found.len();
        for (_, value) in node.entries() {
            walk(value, found);
        }
        for item in node.items() {
            walk(item, found);
        }
        if found.len() == before {
            found.push(node);
        }
    }
    let text: Arc<str> = text.into();
    let read = read_text(&text, Pos::new(0));
    let root = read.documents[0].tree.root();
    let mut found = Vec::new();
    walk(root, &mut found);
    let id = document.object.as_ref();
    let facts = id.and_then(|id| kube::facts(&id.group, &id.kind));
    let value = |node: Node<'_>| match node.as_str() {
        Some(text) => serde_json::Value::from(text),
        None if node.is_map() => serde_json::json!({}),
        None if node.is_seq() => serde_json::json!([]),
        None => serde_json::from_str(node.text()).unwrap_or_default(),
    };
    found
        .into_iter()
        .map(|node| {
            let path = kube::pointer_to(root, node.id(), facts).to_string();
            (path, value(node))
        })
        .collect()
}

/// Every field of every file of every case has an origin, a template where one wrote it, and
/// nothing that is not there has one.
#[test]
fn every_field_has_an_origin() {
    for (name, text, beside) in cases() {
        let Traced { map, files } = traced_case(&text, &beside).unwrap();
        let paths: BTreeSet<&str> = map
            .documents
            .iter()
            .map(|document| document.file.as_deref().unwrap())
            .collect();
        assert_eq!(paths, files.keys().map(String::as_str).collect(), "{name}");
        for document in &map.documents {
            let path = document.file.as_deref().unwrap();
            if document.kind == MappedKind::Page {
                assert!(document.fields.is_empty());
                continue;
            }
            let fields = document.fields.iter();
            let told: Vec<_> = fields
                .map(|field| (field.path.clone(), field.value.clone()))
                .collect();
            assert_eq!(told, leaves(document, &files[path]), "{name}: {path}");
            for field in &document.fields {
                assert_told(field, document, &format!("{name}: {path}: {}", field.path));
            }
        }
    }
}

fn assert_told(field: &MappedField, document: &MappedDocument, of: &str) {
    assert!(!field.from.is_empty(), "{of} comes from nowhere");
    assert_eq!(
        field.template.is_some(),
        document.template.is_some(),
        "{of} is written by what?"
    );
    for origin in field.from.iter().chain(&field.because) {
        assert_sound(origin, of);
    }
}

/// An origin says what there is to say of its kind.
fn assert_sound(origin: &MappedOrigin, of: &str) {
    match origin.kind {
        OriginKind::Written | OriginKind::Template => assert_eq!(origin.places.len(), 1, "{of}"),
        OriginKind::Default => {
            let field = origin.field.as_deref().unwrap();
            assert!(
                gatewright::config::explain(field).is_ok(),
                "{of}: `{field}` is no field of the config"
            );
        }
        OriginKind::Derived => assert!(origin.rule.is_some(), "{of}"),
    }
    for place in &origin.places {
        assert!(place.line > 0 && !place.file.starts_with('/'), "{of}");
    }
}

/// What is written in the config is told with its own line and column: the text there is the
/// value.
#[test]
fn what_is_written_stands_at_its_place() {
    let mut checked = 0;
    for (name, text, beside) in cases() {
        let lines: Vec<&str> = text.lines().collect();
        for document in &traced_case(&text, &beside).unwrap().map.documents {
            for field in &document.fields {
                let [origin] = &*field.from else { continue };
                let value = match &field.value {
                    serde_json::Value::String(text) => text.clone(),
                    other => other.to_string(),
                };
                // What kind of match it is, is said by the key, whose value is shown.
                let last = field.path.rsplit('.').next().unwrap();
                let is_type = ["type", "kind"].contains(&last);
                if origin.kind != OriginKind::Written || is_type {
                    continue;
                }
                let place = &origin.places[0];
                if place.file != "edge.yaml" {
                    continue;
                }
                let line: String = lines[place.line - 1].chars().collect();
                let rest: String = line.chars().skip(place.column.unwrap() - 1).collect();
                let written = rest.trim_start_matches(['"', '\'', '|', '>', '-']);
                let is_there = written.starts_with(value.trim_end())
                    || rest.starts_with(&serde_json::to_string(&value).unwrap())
                    || rest.starts_with(&format!("'{}'", value.replace('\'', "''")))
                    || rest.starts_with(['|', '>', '*', '&']);
                checked += 1;
                assert!(
                    is_there,
                    "{name}: {}: {value:?} is not {rest:?}",
                    field.path
                );
            }
        }
    }
    assert!(checked > 500, "{checked}");
}

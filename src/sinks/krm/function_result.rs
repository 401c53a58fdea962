//! Findings in the form of the protocol.

use crate::diag::{Diagnostic, Level, Note, Place};
use crate::kube::krm::ListItem;
use crate::kube::pointer_to;
use crate::source::{Node, NodeId, Pos, Shape, Sources, Style, Tree, TreeBuilder, read};

use super::remark::Remark;

/// How serious a result is, in the words of the protocol.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Severity {
    /// The function failed.
    Error,
    /// Probably not what was meant.
    Warning,
    /// Worth knowing.
    Info,
}

/// The object that a result is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ObjectRef {
    /// Its API group and version.
    pub api_version: String,
    /// Its kind.
    pub kind: String,
    /// Its namespace; empty where it has none.
    pub namespace: String,
    /// Its name; empty where it has none.
    pub name: String,
}

/// The file that an object came from, as the orchestrator said.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileRef {
    /// The path, relative to the folder that the function works on.
    pub path: String,
    /// Which document of the file it is, counted from 0.
    pub index: Option<u32>,
}

/// One result of a function.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FunctionResult {
    /// What is wrong, why, and what to do.
    pub message: String,
    /// How serious it is.
    pub severity: Severity,
    /// The object that it is about.
    pub object: Option<ObjectRef>,
    /// The field of the object, such as `spec.routes[0].rules`.
    pub field: Option<String>,
    /// The file of the object.
    pub file: Option<FileRef>,
    /// The name of the rule that found it, such as `unknown-field`.
    pub code: &'static str,
}

impl ObjectRef {
    /// The object that a document is.
    pub fn of(document: Node<'_>) -> Self {
        let text = |path: &[&str]| document.at(path).map_or("", Node::text).to_owned();
        ObjectRef {
            api_version: text(&["apiVersion"]),
            kind: text(&["kind"]),
            namespace: text(&["metadata", "namespace"]),
            name: text(&["metadata", "name"]),
        }
    }
}

impl FileRef {
    /// The file that an item came from, if it is known.
    pub fn of(item: &ListItem<'_>) -> Option<Self> {
        let path = item.path()?.to_owned();
        Some(FileRef {
            path,
            index: item.index(),
        })
    }
}

impl FunctionResult {
    /// A finding about the config, whose documents are the sources of these names.
    pub fn of_config(
        diagnostic: &Diagnostic,
        sources: &Sources,
        parts: &[(String, ObjectRef, Option<FileRef>)],
    ) -> Self {
        let mut result = Self::of(diagnostic);
        let pos = match &diagnostic.place {
            Place::Node(pos) => *pos,
            Place::Range(span) => span.start,
            _ => Pos::NONE,
        };
        let Some((source, _)) = sources.locate(pos) else {
            return result;
        };
        let part = parts.iter().find(|(name, ..)| name == source.name());
        match part {
            Some((_, object, file)) => {
                result.object = Some(object.clone());
                result.file.clone_from(file);
                let documents = read(source).documents;
                result.field = documents.first().and_then(|it| field_at(&it.tree, pos));
            }
            None if !source.name().starts_with('/') => {
                let path = source.name().to_owned();
                result.file = Some(FileRef { path, index: None });
            }
            None => {}
        }
        result
    }

    /// A remark about an item.
    pub fn of_item(remark: &Remark, item: Option<&ListItem<'_>>) -> Self {
        let mut result = Self::of(&remark.diagnostic);
        result.object = item.map(|item| ObjectRef::of(item.node));
        result.file = item.and_then(FileRef::of);
        result
    }

    fn of(diagnostic: &Diagnostic) -> Self {
        let mut message = diagnostic.headline.clone();
        for note in &diagnostic.notes {
            let (Note::Note(text) | Note::Help(text)) = note;
            let end = if message.ends_with(['.', '?', ':']) {
                " "
            } else {
                ". "
            };
            message.push_str(end);
            message.push_str(text);
        }
        FunctionResult {
            message,
            severity: match diagnostic.level {
                Level::Error => Severity::Error,
                Level::Warning => Severity::Warning,
                Level::Note => Severity::Info,
            },
            object: None,
            field: None,
            file: None,
            code: diagnostic.id,
        }
    }
}

/// The field of a document where a place is; none where it is the document as a whole.
fn field_at(tree: &Tree, pos: Pos) -> Option<String> {
    let nodes = (0..tree.len() as NodeId).map(|id| tree.node(id));
    let before = nodes.filter(|node| node.pos().is_some() && node.pos() <= pos);
    let node = before.max_by_key(|node| (node.pos(), node.id()))?;
    let pointer = pointer_to(tree.root(), node.id(), None);
    (!pointer.is_root()).then(|| pointer.to_string())
}

/// The results as the list that the protocol has for them.
pub(super) fn results_tree(results: &[FunctionResult]) -> Tree {
    let mut builder = TreeBuilder::detached();
    builder.open(Shape::Seq, Style::Plain, Pos::NONE);
    for result in results {
        let severity = match result.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Info => "info",
        };
        builder.open(Shape::Map, Style::Plain, Pos::NONE);
        texts(
            &mut builder,
            &[("message", &result.message), ("severity", severity)],
        );
        if let Some(object) = &result.object {
            let fields = [
                ("apiVersion", &*object.api_version),
                ("kind", &object.kind),
                ("namespace", &object.namespace),
                ("name", &object.name),
            ];
            map(&mut builder, "resourceRef", |builder| {
                texts(builder, &fields);
            });
        }
        if let Some(field) = &result.field {
            map(&mut builder, "field", |builder| {
                texts(builder, &[("path", field)]);
            });
        }
        if let Some(file) = &result.file {
            map(&mut builder, "file", |builder| {
                texts(builder, &[("path", &file.path)]);
                if let Some(index) = file.index {
                    builder.string("index", Pos::NONE);
                    builder.plain(&index.to_string(), Pos::NONE);
                }
            });
        }
        map(&mut builder, "tags", |builder| {
            texts(builder, &[("code", result.code)]);
        });
        builder.close();
    }
    builder.close();
    builder.finish()
}

fn map(builder: &mut TreeBuilder, key: &str, fill: impl FnOnce(&mut TreeBuilder)) {
    builder.string(key, Pos::NONE);
    builder.open(Shape::Map, Style::Plain, Pos::NONE);
    fill(builder);
    builder.close();
}

/// Fields with texts; those that are empty are left out.
fn texts(builder: &mut TreeBuilder, fields: &[(&str, &str)]) {
    for (key, text) in fields.iter().filter(|(_, text)| !text.is_empty()) {
        builder.string(key, Pos::NONE);
        builder.string(text, Pos::NONE);
    }
}

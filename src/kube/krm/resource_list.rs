//! A list as a function takes it.

use std::sync::Arc;

use super::frame::Frame;
use super::list_fault::ListFault;
use super::orchestration::is_orchestration;
use crate::kube::ObjectId;
use crate::source::{IssueKind, LineIndex, Node, Pos, Tree, read_text};

/// What functions take and give.
const KIND: &str = "ResourceList";

/// The versions of it. They differ in the form of the results, of which the newest is written.
const VERSIONS: &[&str] = &["config.kubernetes.io/v1", "config.kubernetes.io/v1beta1"];

/// A list of objects, with a config for the function that takes it.
#[derive(Clone, Debug)]
pub struct ResourceList {
    text: Arc<str>,
    tree: Tree,
    frame: Option<Frame>,
}

/// One item of a list.
#[derive(Clone, Copy, Debug)]
pub struct ListItem<'l> {
    /// The object.
    pub node: Node<'l>,
    /// Its text with the comments above it, where the list is written in block form.
    pub text: Option<&'l str>,
}

impl ResourceList {
    /// Reads a list.
    pub fn read(text: &Arc<str>) -> Result<Self, ListFault> {
        let mut read = read_text(text, Pos::new(0));
        // What is ambiguous is passed on as it is, and means what it meant before.
        let broken = |kind: &IssueKind| !matches!(kind, IssueKind::Ambiguous { .. });
        if let Some(issue) = read.issues.iter().find(|issue| broken(&issue.kind)) {
            let at = issue.span.start.offset() as usize;
            let (line, column) = LineIndex::new(text).line_column(text, at);
            let what = issue.kind.to_string();
            return Err(ListFault::Yaml { line, column, what });
        }
        if read.documents.len() != 1 {
            return Err(ListFault::Documents(read.documents.len()));
        }
        let document = read.documents.remove(0);
        let root = document.tree.root();
        verify(root)?;
        let frame = Frame::find(text, document.range.clone(), root);
        Ok(ResourceList {
            text: Arc::clone(text),
            tree: document.tree,
            frame,
        })
    }

    /// The whole text.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The list itself.
    pub fn root(&self) -> Node<'_> {
        self.tree.root()
    }

    /// Where its parts stand in the text, if it is written in block form.
    pub fn frame(&self) -> Option<&Frame> {
        self.frame.as_ref()
    }

    /// The config of the function, if there is one.
    pub fn function_config(&self) -> Option<ListItem<'_>> {
        let node = self.root().get("functionConfig").filter(|n| !n.is_null())?;
        let range = self.frame.as_ref().and_then(|f| f.entry("functionConfig"));
        let text = range.and_then(|range| self.text[range].split_once('\n'));
        let text = text.map(|(_, below)| below);
        Some(ListItem { node, text })
    }

    /// The items.
    pub fn items(&self) -> impl Iterator<Item = ListItem<'_>> {
        let ranges = self.frame.as_ref().map_or(&[][..], |frame| &frame.items);
        let items = self.root().get("items").map(Node::items);
        items.into_iter().flatten().enumerate().map(|(at, node)| {
            let text = ranges.get(at).map(|range| &self.text[range.clone()]);
            ListItem { node, text }
        })
    }
}

fn verify(root: Node<'_>) -> Result<(), ListFault> {
    let text = |key| root.get(key).and_then(Node::as_str).unwrap_or_default();
    let (version, kind) = (text("apiVersion"), text("kind"));
    if kind != KIND || !VERSIONS.contains(&version) {
        return Err(ListFault::NotAList(match (root.is_map(), kind) {
            (false, _) => root.shape().describe().to_owned(),
            (true, "") => "a map without a `kind`".to_owned(),
            (true, _) => format!("`{kind}` of `{version}`"),
        }));
    }
    let fault = |field: String, expected| Err(ListFault::Field { field, expected });
    match root.get("items") {
        Some(items) if !(items.is_seq() || items.is_null()) => {
            return fault("items".to_owned(), "a list");
        }
        Some(items) => {
            for (at, item) in items.items().enumerate() {
                if ObjectId::read_kind(item).is_err() {
                    return fault(format!("items[{at}]"), "a Kubernetes object");
                }
            }
        }
        None => {}
    }
    match root.get("functionConfig") {
        Some(config) if !config.is_null() && ObjectId::read_kind(config).is_err() => {
            fault("functionConfig".to_owned(), "a Kubernetes object")
        }
        _ => Ok(()),
    }
}

impl<'l> ListItem<'l> {
    /// The value of an annotation.
    pub fn annotation(&self, name: &str) -> Option<&'l str> {
        let value = self.node.at(&["metadata", "annotations", name])?;
        Some(value.text()).filter(|text| !text.is_empty())
    }

    /// The annotations which orchestrators wrote into it, for themselves.
    pub fn orchestration(&self) -> Vec<(String, String)> {
        let annotations = self.node.at(&["metadata", "annotations"]);
        let all = annotations.into_iter().flat_map(Node::entries);
        all.filter(|(key, _)| is_orchestration(key.text()))
            .map(|(key, value)| (key.text().to_owned(), value.text().to_owned()))
            .collect()
    }

    /// The file that it came from, relative to the folder that the function works on; never an
    /// absolute path, nor one that leads out of that folder.
    pub fn path(&self) -> Option<&'l str> {
        let path = [
            "internal.config.kubernetes.io/path",
            "config.kubernetes.io/path",
        ]
        .iter()
        .find_map(|name| self.annotation(name))?;
        let inside = !path.starts_with('/') && !path.contains(['\\', ':', '\n']);
        (inside && path.split('/').all(|part| part != "..")).then_some(path)
    }

    /// Which document of its file it is, counted from 0.
    pub fn index(&self) -> Option<u32> {
        let names = [
            "internal.config.kubernetes.io/index",
            "config.kubernetes.io/index",
        ];
        names
            .iter()
            .find_map(|name| self.annotation(name))?
            .parse()
            .ok()
    }
}

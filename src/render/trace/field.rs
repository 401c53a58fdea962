//! What is known of the fields of a document.

use std::collections::BTreeMap;

use crate::kube::pointer_to;
use crate::plan::Decoration;
use crate::render::decorate::decorated;
use crate::source::{NodeId, Origin, Tree};

/// A rendered document with the origin of each of its fields.
#[derive(Clone, Debug)]
pub struct Traced {
    /// The document.
    pub tree: Tree,
    /// Its fields that hold no others, in their order.
    pub fields: Vec<Field>,
}

impl Traced {
    /// A document that was written by a person and is passed on: each field is where it stands.
    pub fn as_written(tree: &Tree) -> Self {
        let field = |node: NodeId| Field {
            node,
            from: vec![Origin::Written(tree.node(node).pos())],
            because: Vec::new(),
            template: None,
            is_mixed: false,
        };
        Traced {
            fields: leaves(tree)
                .into_iter()
                .map(|(_, node)| field(node))
                .collect(),
            tree: tree.clone(),
        }
    }

    /// The same with the annotations that it gets, which come from what asks for them.
    #[must_use]
    pub fn decorated(self, decorations: &[Decoration]) -> Self {
        let Some(tree) = decorated(self.tree.root(), decorations) else {
            return self;
        };
        let place = |tree: &Tree, node| pointer_to(tree.root(), node, None).to_string();
        let known = self.fields.into_iter();
        let mut known: BTreeMap<String, Field> = known
            .map(|field| (place(&self.tree, field.node), field))
            .collect();
        let fields = leaves(&tree).into_iter().map(|(key, node)| {
            if let Some(field) = known.remove(&place(&tree, node)) {
                return Field { node, ..field };
            }
            let key = key.map_or("", |key| tree.node(key).text());
            let new = decorations.iter().find(|decoration| decoration.key == key);
            Field {
                node,
                from: new
                    .map(|decoration| decoration.origin)
                    .into_iter()
                    .collect(),
                because: Vec::new(),
                template: None,
                is_mixed: false,
            }
        });
        Traced {
            fields: fields.collect(),
            tree,
        }
    }
}

/// A field that holds no others, and where it comes from.
#[derive(Clone, Debug)]
pub struct Field {
    /// Its value in the tree.
    pub node: NodeId,
    /// Where its value comes from; nothing where it stands in the template word for word.
    pub from: Vec<Origin>,
    /// What decided that it is there, from the outside in.
    pub because: Vec<Origin>,
    /// What wrote it.
    pub template: Option<TemplateLine>,
    /// Whether a part of its value stands in the template word for word.
    pub is_mixed: bool,
}

/// A line of a template.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TemplateLine {
    /// The template's name, as the engine knows it.
    pub template: String,
    /// The line, counted from 1.
    pub line: usize,
}

/// The nodes that hold no others, each with its key where it has one.
pub(super) fn leaves(tree: &Tree) -> Vec<(Option<NodeId>, NodeId)> {
    let mut leaves = Vec::new();
    let mut open = vec![(None, tree.root())];
    while let Some((key, node)) = open.pop() {
        let start = open.len();
        open.extend(node.items().map(|item| (None, item)));
        open.extend(node.entries().map(|(key, value)| (Some(key.id()), value)));
        if open.len() == start {
            leaves.push((key, node.id()));
        }
        open[start..].reverse();
    }
    leaves
}

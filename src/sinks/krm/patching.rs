//! Partial objects, applied to the objects of others among the items.

use std::collections::BTreeSet;

use crate::kube::{KindFacts, ListKind};
use crate::source::{MergeMode, MergeRules, Node, Shape, Tree, TreeBuilder, merge};

/// Why a patch cannot be applied.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct NotExact {
    /// The path of the list that is in the way, such as `spec.ports`.
    pub(super) path: String,
    /// Why it is.
    pub(super) why: &'static str,
}

/// The lists of a patch whose items have keys, by their paths with `*` for items.
#[derive(Default)]
struct Rules<'f> {
    lists: Vec<(Vec<String>, Vec<&'f str>)>,
}

impl MergeRules for Rules<'_> {
    fn mode(&self) -> MergeMode {
        MergeMode::Overlay
    }

    fn list_keys(&self, path: &[&str]) -> &[&str] {
        let found = self.lists.iter().find(|(known, _)| known == path);
        found.map_or(&[], |(_, keys)| keys)
    }
}

/// The object with the patch applied, as `kubectl patch` does it: maps are merged, items of lists
/// are found by their keys, null deletes. The object stays in the version that it is written in.
///
/// A key that has a default need not be written, so items are found by the others; where these
/// leave more than one, the patch is not applied.
pub(super) fn patched(
    object: Node<'_>,
    patch: Node<'_>,
    facts: Option<&KindFacts>,
) -> Result<Tree, NotExact> {
    let change = without_version(patch);
    let mut rules = Rules::default();
    rules.collect(change.root(), Some(object), facts, &mut Vec::new())?;
    let (tree, conflicts) = merge(object, change.root(), &rules);
    match conflicts.into_iter().next() {
        Some(conflict) => Err(NotExact {
            path: conflict.path,
            why: "its items do not say which ones they are",
        }),
        None => Ok(tree),
    }
}

/// What a patch changes: all but the version that it is written in.
fn without_version(patch: Node<'_>) -> Tree {
    let mut builder = TreeBuilder::new(patch.tree().text().clone());
    builder.open(Shape::Map, patch.style(), patch.pos());
    for (key, value) in patch
        .entries()
        .filter(|(key, _)| key.text() != "apiVersion")
    {
        builder.copy(key);
        builder.copy(value);
    }
    builder.close();
    builder.finish()
}

impl<'f> Rules<'f> {
    /// Takes up the lists with keys below a node of the patch; `object` is its counterpart.
    fn collect(
        &mut self,
        change: Node<'_>,
        object: Option<Node<'_>>,
        facts: Option<&'f KindFacts>,
        path: &mut Vec<String>,
    ) -> Result<(), NotExact> {
        for (key, value) in change.entries() {
            path.push(key.text().to_owned());
            let counterpart = object.and_then(|object| object.get(key.text()));
            if value.is_seq() {
                self.list(value, counterpart, facts, path)?;
            } else {
                self.collect(value, counterpart, facts, path)?;
            }
            path.pop();
        }
        Ok(())
    }

    fn list(
        &mut self,
        change: Node<'_>,
        object: Option<Node<'_>>,
        facts: Option<&'f KindFacts>,
        path: &[String],
    ) -> Result<(), NotExact> {
        let stop = |why| {
            Err(NotExact {
                path: path.join(".").replace(".*", "[]"),
                why,
            })
        };
        let steps: Vec<&str> = path.iter().map(String::as_str).collect();
        let Some((facts, schema)) = facts.and_then(|facts| Some((facts, facts.at(&steps)?))) else {
            return stop("it is not known whether its items have keys");
        };
        let ListKind::Map(keys) = &schema.list else {
            return Ok(());
        };
        let item = schema.items.map(|id| facts.schema(id));
        let defaulted = |key: &str| {
            let field = item.and_then(|item| item.field(key));
            field.is_some_and(|field| facts.schema(field.schema).default.is_some())
        };
        let keys = keys.iter().filter(|key| !defaulted(key));
        let names: Vec<&'f str> = keys.map(|key| &**key).collect();
        if names.is_empty() {
            return stop("its keys all have defaults");
        }
        let of = |item: Node<'_>| -> Vec<String> {
            let value = |name: &&str| item.get(name).map_or("", Node::text).to_owned();
            names.iter().map(value).collect()
        };
        let wanted: BTreeSet<_> = change.items().map(of).collect();
        let mut seen = BTreeSet::new();
        for item in object.into_iter().flat_map(Node::items).map(of) {
            if wanted.contains(&item) && !seen.insert(item) {
                return stop("two items of the object fit");
            }
        }
        self.lists.push((path.to_vec(), names));
        Ok(())
    }
}

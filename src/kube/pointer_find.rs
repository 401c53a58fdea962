//! Finds the node of a pointer that a person typed.

use super::kind_facts::KindFacts;
use super::locate::pointer_to;
use super::pointer::Pointer;
use crate::source::{Node, NodeId};

/// Why a pointer leads nowhere.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PointerError {
    /// It has not the form of a pointer from this byte on.
    Malformed(usize),
    /// There is no such field.
    NoField {
        /// The nearest field that is there, on the way to it.
        nearest: Pointer,
        /// The step after it that leads nowhere.
        step: String,
        /// The steps that lead somewhere from there.
        steps: Vec<String>,
    },
}

/// One step of a pointer.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Step {
    Key(String),
    Index(usize),
    /// The values of list-map keys.
    Item(Vec<(String, String)>),
}

/// The node of a document that a pointer leads to. Items are taken by their keys, or by an index
/// even where they have keys.
pub fn find_pointer(
    document: Node<'_>,
    pointer: &str,
    facts: Option<&KindFacts>,
) -> Result<NodeId, PointerError> {
    let steps = parse(pointer)?;
    let mut at = document;
    for (step, text) in &steps {
        let Some(next) = go(document, at, step, text, facts) else {
            return Err(PointerError::NoField {
                nearest: pointer_to(document, at.id(), facts),
                step: text.clone(),
                steps: steps_from(document, at, facts),
            });
        };
        at = next;
    }
    Ok(at.id())
}

fn go<'t>(
    document: Node<'t>,
    at: Node<'t>,
    step: &Step,
    text: &str,
    facts: Option<&KindFacts>,
) -> Option<Node<'t>> {
    match step {
        Step::Key(key) => at.get(key),
        Step::Index(index) => at.items().nth(*index),
        Step::Item(keys) => {
            let plain = |item: &Node<'t>| {
                let mut keys = keys.iter();
                keys.all(|(key, value)| item.get(key).is_some_and(|node| node.text() == value))
            };
            let found = at.items().find(plain);
            // A key that is not written has the default which the pointer of the item shows.
            found.or_else(|| {
                let shown = |item: &Node<'t>| last_step(document, *item, facts) == text;
                at.items().find(shown)
            })
        }
    }
}

/// The steps that lead somewhere.
fn steps_from(document: Node<'_>, at: Node<'_>, facts: Option<&KindFacts>) -> Vec<String> {
    let keys = at.entries().map(|(key, _)| {
        let mut pointer = Pointer::root();
        pointer.key(key.text());
        pointer.to_string()
    });
    let items = at.items().map(|item| last_step(document, item, facts));
    keys.chain(items).collect()
}

/// The last step of the pointer of an item, in its brackets.
fn last_step(document: Node<'_>, item: Node<'_>, facts: Option<&KindFacts>) -> String {
    let parent = document.tree().parent(item.id()).unwrap_or_default();
    let parent = pointer_to(document, parent, facts);
    let whole = pointer_to(document, item.id(), facts);
    let last = whole.as_str().strip_prefix(parent.as_str());
    last.unwrap_or_default().to_owned()
}

/// The steps of a pointer, each with its text.
fn parse(pointer: &str) -> Result<Vec<(Step, String)>, PointerError> {
    let mut steps = Vec::new();
    // People who know JSONPath begin with a dot.
    let mut at = usize::from(pointer.starts_with('.'));
    while at < pointer.len() {
        let rest = &pointer[at..];
        let malformed = PointerError::Malformed(at);
        let (step, length) = if rest.starts_with('[') {
            bracket(rest).ok_or(malformed)?
        } else {
            let dot = usize::from(!steps.is_empty());
            let word = match dot {
                1 => rest.strip_prefix('.').ok_or_else(|| malformed.clone())?,
                _ => rest,
            };
            let end = word.find(['.', '[']).unwrap_or(word.len());
            if end == 0 {
                return Err(malformed);
            }
            (Step::Key(word[..end].to_owned()), dot + end)
        };
        let text = rest[..length].trim_start_matches('.').to_owned();
        steps.push((step, text));
        at += length;
    }
    Ok(steps)
}

/// A step in brackets, and its length.
fn bracket(text: &str) -> Option<(Step, usize)> {
    let inner = &text[1..];
    if inner.starts_with('"') {
        let mut key = String::new();
        let mut chars = inner.char_indices().skip(1);
        while let Some((at, char)) = chars.next() {
            match char {
                '\\' => key.push(chars.next()?.1),
                '"' => {
                    let closed = inner[at + 1..].starts_with(']');
                    return closed.then_some((Step::Key(key), at + 3));
                }
                char => key.push(char),
            }
        }
        return None;
    }
    let end = inner.find(']')?;
    let content = &inner[..end];
    let length = end + 2;
    if let Ok(index) = content.parse() {
        return Some((Step::Index(index), length));
    }
    let pair = |pair: &str| {
        let (key, value) = pair.split_once('=')?;
        Some((key.trim().to_owned(), value.trim().to_owned()))
    };
    let keys: Option<Vec<_>> = content.split(',').map(pair).collect();
    Some((Step::Item(keys?), length))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::kube::{self, json_tree::tree};

    #[test]
    fn pointers_find_what_they_were_made_of() {
        let service = kube::facts("", "Service");
        let doc = tree(
            &json!({"metadata": {"labels": {"a.b/c": "d", "q\"": "e"}}, "spec": {
                "ports": [{"port": 80, "name": "x"}, {"port": 81, "protocol": "UDP"}, {"name": "y"}],
            }}),
        );
        for id in 0..doc.len() as u32 {
            let pointer = pointer_to(doc.root(), id, service);
            let found = find_pointer(doc.root(), pointer.as_str(), service).unwrap();
            assert_eq!(pointer_to(doc.root(), found, service), pointer, "{id}");
        }
        let find = |text: &str| find_pointer(doc.root(), text, service);
        assert_eq!(find("spec.ports[0]"), find("spec.ports[port=80]"));
        assert_eq!(find(".spec.ports[name=y]"), find("spec.ports[2]"));
        assert_eq!(
            find("spec.prots"),
            Err(PointerError::NoField {
                nearest: {
                    let mut pointer = Pointer::root();
                    pointer.key("spec");
                    pointer
                },
                step: "prots".to_owned(),
                steps: vec!["ports".to_owned()],
            })
        );
        let Err(PointerError::NoField { steps, .. }) = find("spec.ports[port=9]") else {
            panic!();
        };
        assert_eq!(
            steps,
            ["[port=80,protocol=TCP]", "[port=81,protocol=UDP]", "[2]"]
        );
        for (text, at) in [("spec..ports", 4), ("spec[", 4), ("spec[x]", 4), ("a.", 1)] {
            assert_eq!(
                find(text),
                Err(if text.starts_with("spec") {
                    PointerError::Malformed(at)
                } else {
                    find(text).unwrap_err()
                })
            );
        }
    }
}

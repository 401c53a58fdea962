//! Finds the pointer of a node.

use super::kind_facts::KindFacts;
use super::pointer::Pointer;
use super::schema::{ListKind, Schema, SchemaId};
use crate::source::{Node, NodeId};

/// The pointer to a node of a document; a key is where its value is.
///
/// The facts of the document's kind say which lists have keys. This walks down from the document,
/// so it is for what is reported and not for what is merely looked at.
pub fn pointer_to(document: Node<'_>, node: NodeId, facts: Option<&KindFacts>) -> Pointer {
    let mut pointer = Pointer::root();
    descend(document, node, facts, |step, list| match step {
        Step::Key(key) => pointer.key(key),
        Step::Item(index, item) => match facts.and_then(|facts| keys_of(item, list?, facts)) {
            Some(keys) => pointer.item(keys),
            None => pointer.index(index),
        },
    });
    pointer
}

/// The schema of the place of a node, a key being where its value is.
pub fn schema_of(document: Node<'_>, node: NodeId, facts: &KindFacts) -> Option<SchemaId> {
    descend(document, node, Some(facts), |_, _| {})
}

enum Step<'t> {
    Key(&'t str),
    Item(usize, Node<'t>),
}

/// Visits every step to a node, with the schema of the collection that it goes into.
fn descend<'t>(
    document: Node<'t>,
    node: NodeId,
    facts: Option<&KindFacts>,
    mut visit: impl FnMut(Step<'t>, Option<&Schema>),
) -> Option<SchemaId> {
    let mut at = document;
    let mut id = facts.map(|_| KindFacts::ROOT);
    while at.id() < node {
        let schema = facts.zip(id).map(|(facts, id)| facts.schema(id));
        if at.is_map() {
            let (key, value) = at.entries().find(|(_, value)| node < value.end())?;
            visit(Step::Key(key.text()), schema);
            id = schema.and_then(|s| s.field(key.text()).map(|f| f.schema).or(s.values));
            at = value;
        } else {
            let (index, item) = at.items().enumerate().find(|(_, item)| node < item.end())?;
            visit(Step::Item(index, item), schema);
            id = schema.and_then(|schema| schema.items);
            at = item;
        }
    }
    id
}

/// The names and values of an item's keys, where its list has keys and the item has them all.
fn keys_of<'a>(
    item: Node<'a>,
    list: &'a Schema,
    facts: &'a KindFacts,
) -> Option<Vec<(&'a str, &'a str)>> {
    let ListKind::Map(keys) = &list.list else {
        return None;
    };
    let items = facts.schema(list.items?);
    let value = |key: &str| match item.get(key).filter(|value| !value.is_null()) {
        Some(value) => Some(value.text()),
        None => facts
            .schema(items.field(key)?.schema)
            .default
            .as_ref()?
            .as_str(),
    };
    keys.iter().map(|key| Some((&**key, value(key)?))).collect()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::kube::{self, json_tree::tree};

    #[test]
    fn keys_of_lists_and_keys_of_maps() {
        let gateway = kube::facts("gateway.networking.k8s.io", "Gateway");
        let doc = tree(&json!({"metadata": {"labels": {"a.b/c": "d"}}, "spec": {
            "listeners": [{"name": "http"}, {"name": "https", "tls": {"options": {"x": "y"}}}],
            "addresses": [{"value": "v"}],
        }}));
        let find = |text: &str| {
            let id = (0..doc.len() as u32)
                .find(|id| doc.node(*id).as_str() == Some(text))
                .unwrap();
            pointer_to(doc.root(), id, gateway).to_string()
        };
        assert_eq!(find("y"), "spec.listeners[name=https].tls.options.x");
        assert_eq!(find("tls"), "spec.listeners[name=https].tls");
        assert_eq!(find("v"), "spec.addresses[0].value");
        assert_eq!(find("d"), r#"metadata.labels["a.b/c"]"#);
        assert_eq!(pointer_to(doc.root(), 0, None).to_string(), "");

        let service = kube::facts("", "Service");
        let doc = tree(&json!({"spec": {"ports": [{"port": 80, "name": "x"}, {"name": "y"}]}}));
        let pointer = |id| pointer_to(doc.root(), id, service).to_string();
        assert_eq!(pointer(9), "spec.ports[port=80,protocol=TCP].name");
        assert_eq!(pointer(12), "spec.ports[1].name");
    }
}

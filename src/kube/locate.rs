//! Finds the pointer of a node.

use super::kind_facts::KindFacts;
use super::pointer::Pointer;
use super::schema::{ListKind, Schema};
use crate::source::{Node, NodeId};

/// The pointer to a node of a document; a key is where its value is.
///
/// The facts of the document's kind say which lists have keys. This walks down from the document,
/// so it is for what is reported and not for what is merely looked at.
pub fn pointer_to(document: Node<'_>, node: NodeId, facts: Option<&KindFacts>) -> Pointer {
    let mut pointer = Pointer::root();
    let mut at = document;
    let mut schema = facts.map(KindFacts::root);
    let step = |id| facts.map(|facts| facts.schema(id));
    while at.id() != node {
        if at.is_map() {
            let Some((key, value)) = at.entries().find(|(_, value)| node < value.end()) else {
                break;
            };
            pointer.key(key.text());
            if node < value.id() {
                break;
            }
            schema = schema
                .and_then(|s| s.field(key.text()).map(|field| field.schema).or(s.values))
                .and_then(step);
            at = value;
        } else {
            let mut items = at.items().enumerate();
            let Some((index, item)) = items.find(|(_, item)| node < item.end()) else {
                break;
            };
            let items = schema.and_then(|s| s.items).and_then(step);
            match facts.zip(schema).zip(items) {
                Some(((facts, list), items)) => {
                    push_item(&mut pointer, item, index, (facts, list, items))
                }
                None => pointer.index(index),
            }
            schema = items;
            at = item;
        }
    }
    pointer
}

/// Goes to an item by its keys where the list has keys and the item has them all.
fn push_item(
    pointer: &mut Pointer,
    item: Node<'_>,
    index: usize,
    (facts, list, items): (&KindFacts, &Schema, &Schema),
) {
    let ListKind::Map(keys) = &list.list else {
        pointer.index(index);
        return;
    };
    let value = |key: &str| match item.get(key).filter(|value| !value.is_null()) {
        Some(value) => Some(value.text()),
        None => facts
            .schema(items.field(key)?.schema)
            .default
            .as_ref()?
            .as_str(),
    };
    let pairs: Option<Vec<_>> = keys.iter().map(|key| Some((&**key, value(key)?))).collect();
    match pairs {
        Some(pairs) => pointer.item(pairs),
        None => pointer.index(index),
    }
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

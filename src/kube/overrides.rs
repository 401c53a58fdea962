//! What CRDs leave open and controllers do not.

use super::facts_reader::FactsError;
use super::kind_facts::KindFacts;
use super::schema::{Schema, SchemaId};

/// A field whose values are fewer than its CRD says.
struct Override {
    group: &'static str,
    kind: &'static str,
    path: &'static [&'static str],
    allowed: &'static [&'static str],
}

/// Sorted by group, kind and path.
///
/// `routingType`: the CRDs of Envoy Gateway 1.9 give it no enum, and an API server accepts
/// `service`; the Go type has the constants `Service` and `Endpoint`, and any other value means
/// `Endpoint` to the controller.
const OVERRIDES: &[Override] = &[
    Override {
        group: "gateway.envoyproxy.io",
        kind: "BackendTrafficPolicy",
        path: &["spec", "routingType"],
        allowed: &["Service", "Endpoint"],
    },
    Override {
        group: "gateway.envoyproxy.io",
        kind: "EnvoyProxy",
        path: &["spec", "routingType"],
        allowed: &["Service", "Endpoint"],
    },
];

/// Narrows the facts of a kind to what its controller understands.
pub(super) fn apply(facts: &mut KindFacts) -> Result<(), FactsError> {
    for found in OVERRIDES {
        if (found.group, found.kind) != (&*facts.group, &*facts.kind) {
            continue;
        }
        let mut at = KindFacts::ROOT;
        for name in found.path {
            at = own_child(facts, at, name).ok_or_else(|| FactsError::no_field(name))?;
        }
        facts.schemas[at as usize].allowed = found.allowed.iter().map(|v| (*v).into()).collect();
    }
    Ok(())
}

/// The schema of a field, made the field's own in case others share it.
fn own_child(facts: &mut KindFacts, parent: SchemaId, name: &str) -> Option<SchemaId> {
    let index = facts.schema(parent).field_index(name)?;
    let copy: Schema = facts
        .schema(facts.schema(parent).fields[index].schema)
        .clone();
    let id = facts.push(copy);
    let mut parents: Vec<SchemaId> = facts
        .schema(parent)
        .variants
        .iter()
        .map(|v| v.schema)
        .collect();
    parents.push(parent);
    for parent in parents {
        let index = facts.schema(parent).field_index(name)?;
        facts.schemas[parent as usize].fields[index].schema = id;
    }
    Some(id)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kube;

    #[test]
    fn the_table_is_sorted_and_every_field_exists() {
        assert!(OVERRIDES.is_sorted_by_key(|o| (o.group, o.kind, o.path)));
        for o in OVERRIDES {
            let schema = kube::facts(o.group, o.kind).unwrap().at(o.path).unwrap();
            assert_eq!(schema.allowed.len(), o.allowed.len());
        }
    }
}

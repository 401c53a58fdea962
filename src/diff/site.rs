//! Which part of an object a value is, as far as that tells how its lists are to be read.

use crate::kube::{KindFacts, ListKind, SchemaId, facts};

use super::difference::Name;

/// A place in the documents of one kind.
#[derive(Clone, Copy)]
pub(super) struct Site<'d> {
    facts: Option<&'static KindFacts>,
    schema: Option<SchemaId>,
    /// The kind; empty where the document has none.
    kind: &'d str,
    /// The key whose value it is, or that holds its list.
    key: &'d str,
}

/// How the items of a list belong together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Order<'d> {
    /// Every item is another value, and their order is nothing.
    Set,
    /// Items are known by these fields.
    Keys {
        keys: Keys<'d>,
        /// Whether the order counts all the same.
        ordered: bool,
    },
    /// Items refer to objects by name, and their order is nothing.
    References,
    /// The rules of a route: known by name, or by what they match; the first one wins.
    Rules,
    /// A list in which the order counts.
    Sequence,
}

/// The names of the fields by which items are known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Keys<'d> {
    /// As a CRD says.
    Declared(&'d [Box<str>]),
    /// As the API of Kubernetes says of its own kinds.
    Known(&'static [&'static str]),
}

impl<'d> Keys<'d> {
    pub(super) fn iter(self) -> impl Iterator<Item = &'d str> {
        let (declared, known): (&[Box<str>], &[&str]) = match self {
            Keys::Declared(names) => (names, &[]),
            Keys::Known(names) => (&[], names),
        };
        let declared = declared.iter().map(|name| &**name);
        declared.chain(known.iter().copied())
    }

    pub(super) fn contains(self, key: &str) -> bool {
        self.iter().any(|name| name == key)
    }
}

/// Lists with keys in kinds whose facts we do not hold, and of pods inside other objects, from the
/// merge keys of the Kubernetes API. The bool: whether the order counts; init containers run one
/// after the other.
const KNOWN: &[(&str, &[&str], bool)] = &[
    ("containers", &["name"], false),
    ("env", &["name"], false),
    ("ephemeralContainers", &["name"], false),
    ("hostAliases", &["ip"], false),
    ("imagePullSecrets", &["name"], false),
    ("initContainers", &["name"], true),
    ("ports", &["containerPort", "protocol"], false),
    (
        "topologySpreadConstraints",
        &["topologyKey", "whenUnsatisfiable"],
        false,
    ),
    ("volumeDevices", &["devicePath"], false),
    ("volumeMounts", &["mountPath"], false),
    ("volumes", &["name"], false),
];

/// Lists of references of the Gateway API and of Envoy Gateway. `certificateRefs` is not one: the
/// first certificate serves clients that name no host.
const REFERENCES: &[&str] = &["backendRefs", "parentRefs", "targetRefs"];

/// Lists of which any item may match, whatever their order: hostnames of the Gateway API, hosts and
/// namespaces of Istio.
const HOSTS: &[&str] = &["exportTo", "hostnames", "hosts"];

impl<'d> Site<'d> {
    /// The whole of a document.
    pub(super) fn root(name: &'d Name) -> Self {
        let (facts, kind) = match name {
            Name::Object(id) => (facts(&id.group, &id.kind), &*id.kind),
            Name::File { .. } => (None, ""),
        };
        Site {
            facts,
            schema: facts.map(|_| KindFacts::ROOT),
            kind,
            key: "",
        }
    }

    /// The value of a key.
    pub(super) fn key(self, key: &'d str) -> Self {
        let schema = self.facts.zip(self.schema).and_then(|(facts, id)| {
            let schema = facts.schema(id);
            schema.field(key).map(|f| f.schema).or(schema.values)
        });
        Site {
            schema,
            key,
            ..self
        }
    }

    /// An item of the list that this is.
    pub(super) fn item(self) -> Self {
        let schema = self.facts.zip(self.schema);
        Site {
            schema: schema.and_then(|(facts, id)| facts.schema(id).items),
            ..self
        }
    }

    /// The key whose value this is, or that holds its list.
    pub(super) fn last_key(self) -> &'d str {
        self.key
    }

    /// Whether the items of the list that this is are known by fields of theirs.
    pub(super) fn has_keys(self) -> bool {
        matches!(self.order(), Order::Keys { .. })
    }

    /// What an item of the list that this is has in a field that is not written.
    pub(super) fn default_of(self, key: &str) -> Option<&'static str> {
        let (facts, id) = self.facts.zip(self.schema)?;
        let items = facts.schema(facts.schema(id).items?);
        let default = facts.schema(items.field(key)?.schema).default.as_ref();
        default?.as_str()
    }

    /// How the items of the list that this is belong together.
    pub(super) fn order(self) -> Order<'d> {
        let schema = self.facts.zip(self.schema);
        match schema.map(|(facts, id)| &facts.schema(id).list) {
            Some(ListKind::Set) => return Order::Set,
            Some(ListKind::Map(keys)) => {
                return Order::Keys {
                    keys: Keys::Declared(keys),
                    ordered: false,
                };
            }
            Some(ListKind::Plain) | None => {}
        }
        if self.kind.is_empty() {
            return Order::Sequence;
        }
        if REFERENCES.contains(&self.key) {
            return Order::References;
        }
        if HOSTS.contains(&self.key) {
            return Order::Set;
        }
        let virtual_service =
            || self.kind == "VirtualService" && matches!(self.key, "http" | "tls" | "tcp");
        if (self.key == "rules" && self.kind.ends_with("Route")) || virtual_service() {
            return Order::Rules;
        }
        match KNOWN.iter().find(|(key, ..)| *key == self.key) {
            Some((_, keys, ordered)) => Order::Keys {
                keys: Keys::Known(keys),
                ordered: *ordered,
            },
            None => Order::Sequence,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kube::ObjectId;

    fn order(group: &str, kind: &str, path: &[&'static str]) -> String {
        let name = Name::Object(ObjectId {
            group: group.to_owned(),
            kind: kind.to_owned(),
            namespace: None,
            name: "x".to_owned(),
        });
        let site = path.iter().fold(Site::root(&name), |site, step| {
            if *step == "[]" {
                site.item()
            } else {
                site.key(step)
            }
        });
        format!("{:?}", site.order())
    }

    #[test]
    fn lists_by_facts_by_the_api_and_by_what_they_are() {
        let gateway = "gateway.networking.k8s.io";
        let listeners = order(gateway, "Gateway", &["spec", "listeners"]);
        assert!(listeners.contains("Declared([\"name\"])"), "{listeners}");
        let headers = [
            "spec",
            "rules",
            "[]",
            "filters",
            "[]",
            "requestHeaderModifier",
            "set",
        ];
        assert!(order(gateway, "HTTPRoute", &headers).contains("Declared([\"name\"])"));
        assert_eq!(order(gateway, "HTTPRoute", &["spec", "rules"]), "Rules");
        assert_eq!(order(gateway, "HTTPRoute", &["spec", "hostnames"]), "Set");
        assert_eq!(
            order(gateway, "HTTPRoute", &["spec", "rules", "[]", "filters"]),
            "Sequence"
        );
        assert_eq!(
            order(gateway, "HTTPRoute", &["spec", "parentRefs"]),
            "References"
        );
        assert_eq!(
            order("networking.istio.io", "VirtualService", &["spec", "http"]),
            "Rules"
        );
        let pod = ["spec", "template", "spec", "initContainers"];
        assert!(order("apps", "Deployment", &pod).ends_with("ordered: true }"));
    }

    #[test]
    fn tables_are_sorted() {
        assert!(KNOWN.is_sorted_by_key(|(key, ..)| *key));
        assert!(REFERENCES.is_sorted() && HOSTS.is_sorted());
    }
}

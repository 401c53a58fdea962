//! In which ways a partial object serves.
//!
//! Sources: Kubernetes, "Update API Objects in Place Using kubectl patch" (strategic merge is for
//! built-in kinds alone) and "Server-Side Apply" (lists merge by their map keys; a field is removed
//! by no longer applying it); kustomize merges custom resources as JSON merge patches do.

use crate::kube::{KindFacts, ListKind, Schema, is_built_in};
use crate::source::Node;

/// How `kubectl patch --type` names what a patch file is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PatchType {
    /// A partial object of a built-in kind, whose lists merge by key.
    Strategic,
    /// A partial object (RFC 7386), whose lists replace.
    Merge,
    /// A list of operations (RFC 6902).
    Json,
}

/// In which ways a patch does what it says, and why not in the others.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PatchUses {
    /// The type with which `kubectl patch --patch-file` takes it.
    pub kubectl_patch: Option<PatchType>,
    /// Whether `kubectl apply --server-side` takes it.
    pub server_side_apply: bool,
    /// Whether a kustomization takes it.
    pub kustomize: bool,
    /// Why it does not serve in every way: sentences.
    pub reasons: Vec<&'static str>,
}

const OPERATIONS: &str = "It is a list of operations, and server-side apply takes only objects.";
const REMOVES: &str =
    "It removes a field by null, which server-side apply takes for a value and not for a removal.";
const DIRECTIVE: &str =
    "It holds a directive of strategic merge, which nothing but strategic merge understands.";
const NO_STRATEGIC: &str =
    "Custom resources know no strategic merge, whose directive it holds; nothing can apply it.";
const REPLACES: &str = "It holds items of a list that merges by key. Of a custom resource only \
                        server-side apply merges them; the others would replace the whole list.";
const LACKS_KEY: &str =
    "An item of a list lacks a key by which server-side apply would find its counterpart.";
const UNKNOWN_LIST: &str =
    "It holds a list of which it is not known how it merges, so that server-side apply may differ.";

/// In which ways a patch of an object of this group serves; `facts` are those of its kind, where
/// they are known.
pub fn patch_uses(group: &str, facts: Option<&KindFacts>, patch: Node<'_>) -> PatchUses {
    let mut found = Found::default();
    if patch.is_seq() {
        return PatchUses {
            kubectl_patch: Some(PatchType::Json),
            server_side_apply: false,
            kustomize: true,
            reasons: vec![OPERATIONS],
        };
    }
    let built_in = is_built_in(group);
    found.look(patch, facts.map(|facts| (facts, facts.root())));
    let mut uses = PatchUses {
        kubectl_patch: Some(if built_in {
            PatchType::Strategic
        } else {
            PatchType::Merge
        }),
        server_side_apply: true,
        kustomize: true,
        reasons: Vec::new(),
    };
    let mut except_server_side = |hit: bool, reason| {
        if hit {
            uses.server_side_apply = false;
            uses.reasons.push(reason);
        }
    };
    except_server_side(found.null, REMOVES);
    except_server_side(found.directive && built_in, DIRECTIVE);
    except_server_side(found.directive && !built_in, NO_STRATEGIC);
    except_server_side(found.lacks_key, LACKS_KEY);
    except_server_side(found.unknown_list, UNKNOWN_LIST);
    if !built_in && (found.merged_list || found.directive) {
        uses.kubectl_patch = None;
        uses.kustomize = false;
        if found.merged_list {
            uses.reasons.push(REPLACES);
        }
    }
    uses
}

/// What of a patch decides.
#[derive(Debug, Default)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a question of its own"
)]
struct Found {
    null: bool,
    directive: bool,
    /// A list that server-side apply merges item by item.
    merged_list: bool,
    lacks_key: bool,
    unknown_list: bool,
}

impl Found {
    fn look(&mut self, node: Node<'_>, known: Option<(&KindFacts, &Schema)>) {
        self.null |= node.is_null();
        for (key, value) in node.entries() {
            self.directive |= key.text().starts_with('$');
            let below = known.and_then(|(facts, schema)| {
                let field = schema.field(key.text()).map(|field| field.schema);
                Some((facts, facts.schema(field.or(schema.values)?)))
            });
            self.look(value, below);
        }
        if node.is_seq() {
            self.list(node, known);
        }
    }

    fn list(&mut self, node: Node<'_>, known: Option<(&KindFacts, &Schema)>) {
        let items = known.and_then(|(facts, list)| Some((facts, facts.schema(list.items?))));
        match known.map(|(_, list)| &list.list) {
            None => self.unknown_list = true,
            Some(ListKind::Plain) => {}
            Some(ListKind::Set) => self.merged_list = true,
            Some(ListKind::Map(keys)) => {
                self.merged_list = true;
                let has = |item: Node<'_>, key: &str| {
                    let default = items.and_then(|(facts, item)| {
                        facts.schema(item.field(key)?.schema).default.as_ref()
                    });
                    item.get(key).is_some() || default.is_some()
                };
                let whole = |item: Node<'_>| keys.iter().all(|key| has(item, key));
                self.lacks_key |= !node.items().all(whole);
            }
        }
        node.items().for_each(|item| self.look(item, items));
    }
}

impl PatchUses {
    /// Whether it serves in all three ways.
    pub fn all(&self) -> bool {
        self.kubectl_patch.is_some() && self.server_side_apply && self.kustomize
    }

    /// The ways in words: `kubectl patch --type merge`, `server-side apply`, `kustomize`.
    pub fn ways(&self) -> Vec<&'static str> {
        let kubectl = self.kubectl_patch.map(|kind| match kind {
            PatchType::Strategic => "`kubectl patch --type strategic`",
            PatchType::Merge => "`kubectl patch --type merge`",
            PatchType::Json => "`kubectl patch --type json`",
        });
        let server = self.server_side_apply.then_some("server-side apply");
        let kustomize = self.kustomize.then_some("kustomize");
        [kubectl, server, kustomize].into_iter().flatten().collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kube::facts;
    use crate::source::{Pos, read_text};

    fn uses(group: &str, kind: &str, patch: &str) -> PatchUses {
        let read = read_text(&patch.into(), Pos::new(0));
        patch_uses(group, facts(group, kind), read.documents[0].tree.root())
    }

    use PatchType::{Json, Merge, Strategic};

    const GATEWAY: &str = "gateway.networking.k8s.io";

    /// Group, kind and patch; how it serves in each way; and why not in all.
    type Case = (
        &'static str,
        &'static str,
        &'static str,
        (Option<PatchType>, bool, bool),
        &'static [&'static str],
    );

    const CASES: &[Case] = &[
        // A map alone is the same everywhere.
        (
            "",
            "Namespace",
            "metadata: {labels: {a: b}}",
            (Some(Strategic), true, true),
            &[],
        ),
        (
            GATEWAY,
            "GatewayClass",
            "spec: {parametersRef: {name: a}}",
            (Some(Merge), true, true),
            &[],
        ),
        (
            "x.io",
            "Unknown",
            "spec: {a: 1}",
            (Some(Merge), true, true),
            &[],
        ),
        // Lists of built-in kinds merge by key, if the keys are there or have defaults.
        (
            "",
            "Service",
            "spec: {ports: [{port: 1, appProtocol: tls}]}",
            (Some(Strategic), true, true),
            &[],
        ),
        (
            "",
            "Service",
            "spec: {ports: [{name: a}]}",
            (Some(Strategic), false, true),
            &[LACKS_KEY],
        ),
        // Null removes, but for server-side apply.
        (
            "",
            "Namespace",
            "metadata: {labels: {a: null}}",
            (Some(Strategic), false, true),
            &[REMOVES],
        ),
        (
            GATEWAY,
            "GatewayClass",
            "spec: {parametersRef: null}",
            (Some(Merge), false, true),
            &[REMOVES],
        ),
        (
            "",
            "Service",
            "spec: {ports: [{port: 1, $patch: delete}]}",
            (Some(Strategic), false, true),
            &[DIRECTIVE],
        ),
        (
            "x.io",
            "Unknown",
            "spec: {$patch: replace}",
            (None, false, false),
            &[NO_STRATEGIC],
        ),
        // Lists of custom resources merge by key in server-side apply alone.
        (
            GATEWAY,
            "Gateway",
            "spec: {listeners: [{name: a, port: 81}]}",
            (None, true, false),
            &[REPLACES],
        ),
        (
            GATEWAY,
            "Gateway",
            "spec: {listeners: [{port: 81}]}",
            (None, false, false),
            &[LACKS_KEY, REPLACES],
        ),
        // Without keys all of them replace.
        (
            GATEWAY,
            "HTTPRoute",
            "spec: {hostnames: [a.b]}",
            (Some(Merge), true, true),
            &[],
        ),
        // Of an unknown kind nobody knows.
        (
            "x.io",
            "Unknown",
            "spec: {a: [1]}",
            (Some(Merge), false, true),
            &[UNKNOWN_LIST],
        ),
        (
            "apps",
            "Deployment",
            "spec: {a: [1]}",
            (Some(Strategic), false, true),
            &[UNKNOWN_LIST],
        ),
        // Operations.
        (
            "",
            "Service",
            "- {op: remove, path: /spec/ports/0}",
            (Some(Json), false, true),
            &[OPERATIONS],
        ),
        (
            GATEWAY,
            "Gateway",
            "[{op: add, path: /metadata/labels, value: {}}]",
            (Some(Json), false, true),
            &[OPERATIONS],
        ),
    ];

    #[test]
    fn every_class() {
        for (group, kind, patch, (kubectl_patch, server_side_apply, kustomize), reasons) in CASES {
            let found = uses(group, kind, patch);
            let expected = PatchUses {
                kubectl_patch: *kubectl_patch,
                server_side_apply: *server_side_apply,
                kustomize: *kustomize,
                reasons: reasons.to_vec(),
            };
            assert_eq!(found, expected, "{kind}: {patch}");
            assert_eq!(found.all(), found.reasons.is_empty(), "{patch}");
        }
    }
}

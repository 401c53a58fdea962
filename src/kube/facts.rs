//! The facts of the kinds we know, from the files under `schema/crds`.

use std::sync::OnceLock;

use super::crds::CRDS;
use super::kind_facts::KindFacts;

/// The facts of one kind as they lie in the program.
#[derive(Debug)]
pub(super) struct Embedded {
    pub(super) group: &'static str,
    pub(super) kind: &'static str,
    pub(super) text: &'static str,
}

static READ: [OnceLock<KindFacts>; CRDS.len()] = [const { OnceLock::new() }; CRDS.len()];

/// The facts of a kind, read when they are first asked for.
pub fn facts(group: &str, kind: &str) -> Option<&'static KindFacts> {
    let found = CRDS
        .binary_search_by(|crd| (crd.group, crd.kind).cmp(&(group, kind)))
        .ok()?;
    Some(READ[found].get_or_init(|| {
        KindFacts::parse(CRDS[found].text).expect("committed facts are right, as a test proves")
    }))
}

/// Group and kind of every kind whose facts we hold, sorted.
pub fn kinds() -> impl Iterator<Item = (&'static str, &'static str)> {
    CRDS.iter().map(|crd| (crd.group, crd.kind))
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;
    use crate::kube::schema::Type;

    #[test]
    fn the_table_is_sorted_and_complete() {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("schema/crds");
        let mut lines = Vec::new();
        for entry in walkdir::WalkDir::new(&folder).sort_by_file_name() {
            let entry = entry.unwrap();
            let path = entry
                .path()
                .strip_prefix(&folder)
                .unwrap()
                .to_str()
                .unwrap();
            let Some(stem) = path.strip_suffix(".json").filter(|s| !s.contains('_')) else {
                continue;
            };
            let (group, kind) = stem.split_once('/').unwrap();
            let group = if group == "core" { "" } else { group };
            lines.push((group.to_owned(), kind.to_owned()));
        }
        lines.sort();
        let table: Vec<_> = kinds().map(|(g, k)| (g.to_owned(), k.to_owned())).collect();
        let missing: Vec<String> = lines
            .iter()
            .map(|(g, k)| format!("crd!({g:?}, {k:?}),"))
            .collect();
        assert_eq!(
            table,
            lines,
            "the table in src/kube/crds.rs should read:\n{}",
            missing.join("\n")
        );
    }

    #[test]
    fn every_file_is_the_facts_of_its_kind_and_every_pattern_compiles() {
        for (group, kind) in kinds() {
            let facts = facts(group, kind).unwrap();
            assert_eq!((&*facts.group, &*facts.kind), (group, kind));
            assert!(!facts.versions.is_empty(), "{kind} has no version");
            for pattern in facts.patterns() {
                assert!(pattern.is_valid(), "{kind}: {pattern:?}");
            }
            for id in 0..facts.len() as u32 {
                let schema = facts.schema(id);
                assert!(
                    schema.fields.is_sorted_by(|a, b| a.name < b.name),
                    "{kind}: {schema:?}"
                );
            }
        }
    }

    #[test]
    fn walking() {
        let route = facts("gateway.networking.k8s.io", "HTTPRoute").unwrap();
        let weight = route
            .at(&["spec", "rules", "[]", "backendRefs", "[]", "weight"])
            .unwrap();
        assert_eq!(weight.kind, Type::Integer);
        assert_eq!((weight.min, weight.max), (Some(0.0), Some(1_000_000.0)));
        assert_eq!(weight.default, Some(1.into()));
        assert!(route.at(&["spec", "rules", "[]", "nonsense"]).is_none());
        assert!(route.field(&["metadata", "name"]).is_some());
        assert!(facts("gateway.networking.k8s.io", "Gate").is_none());
    }
}

//! Makes the second state of an object from the first and the changes, by the words of the JSON
//! document alone.

use serde_json::Value;

use crate::diff::{ChangeKind, DifferentValue};

/// The second state.
pub(super) fn apply(before: &Value, changes: &[DifferentValue]) -> Value {
    node(before, "", changes)
}

fn node(before: &Value, path: &str, changes: &[DifferentValue]) -> Value {
    let set = changes.iter().find(|change| {
        matches!(change.change, ChangeKind::Changed | ChangeKind::Renamed)
            && was(change) == Some(path)
    });
    if let Some(change) = set {
        return change.after.clone().unwrap().value.unwrap();
    }
    let added = || {
        let added = changes
            .iter()
            .filter(|change| change.into.as_deref() == Some(path));
        added.map(|change| {
            let after = change.after.as_ref().unwrap();
            (last(&after.path), after.value.clone().unwrap())
        })
    };
    match before {
        Value::Object(map) => {
            let mut out = serde_json::Map::new();
            for (key, value) in map {
                let path = format!("{path}/{}", key.replace('~', "~0").replace('/', "~1"));
                if !is(changes, ChangeKind::Removed, &path) {
                    out.insert(key.clone(), node(value, &path, changes));
                }
            }
            for (key, value) in added() {
                assert!(
                    out.insert(key, value).is_none(),
                    "{path} has that key already"
                );
            }
            Value::Object(out)
        }
        Value::Array(items) => {
            let mut placed: Vec<(usize, Value)> = added()
                .map(|(index, value)| (index.parse().unwrap(), value))
                .collect();
            let mut stay = Vec::new();
            for (index, item) in items.iter().enumerate() {
                let path = format!("{path}/{index}");
                if is(changes, ChangeKind::Removed, &path) {
                    continue;
                }
                let value = node(item, &path, changes);
                let moved =
                    |c: &&DifferentValue| c.change == ChangeKind::Moved && was(c) == Some(&path);
                match changes.iter().find(moved) {
                    Some(change) => {
                        let to = last(&change.after.as_ref().unwrap().path);
                        placed.push((to.parse().unwrap(), value));
                    }
                    None => stay.push(value),
                }
            }
            placed.sort_by_key(|(index, _)| *index);
            for (index, value) in placed {
                stay.insert(index, value);
            }
            Value::Array(stay)
        }
        scalar => scalar.clone(),
    }
}

fn was(change: &DifferentValue) -> Option<&str> {
    change.before.as_ref().map(|state| &*state.path)
}

fn is(changes: &[DifferentValue], kind: ChangeKind, path: &str) -> bool {
    changes
        .iter()
        .any(|c| c.change == kind && was(c) == Some(path))
}

fn last(path: &str) -> String {
    let (_, last) = path.rsplit_once('/').unwrap();
    last.replace("~1", "/").replace("~0", "~")
}

//! Fields that an API server or a controller writes, and that no state in git owns.

use std::sync::LazyLock;

use super::ignore::Ignore;

/// The places, each with the reason.
const OWNED: &[(&str, &str)] = &[
    ("status", "what controllers report"),
    ("metadata.creationTimestamp", "set when the object is made"),
    (
        "metadata.deletionGracePeriodSeconds",
        "set when the object is deleted",
    ),
    (
        "metadata.deletionTimestamp",
        "set when the object is deleted",
    ),
    ("metadata.generation", "counted by the server"),
    ("metadata.managedFields", "who applied which field"),
    ("metadata.resourceVersion", "counted by the server"),
    ("metadata.selfLink", "an address that old servers set"),
    ("metadata.uid", "set when the object is made"),
    (
        "metadata.annotations[\"kubectl.kubernetes.io/last-applied-configuration\"]",
        "a copy of the object that `kubectl apply` keeps",
    ),
    (
        "metadata.annotations[\"deployment.kubernetes.io/revision\"]",
        "counted by the controller of Deployments",
    ),
    (
        "spec.template.metadata.creationTimestamp",
        "always null; Go programs write it",
    ),
    (
        "spec.volumeClaimTemplates[*].status",
        "what controllers report",
    ),
];

/// The places as those to ignore.
pub(super) fn server_owned() -> &'static [Ignore] {
    static READ: LazyLock<Vec<Ignore>> = LazyLock::new(|| {
        let paths = OWNED.iter().map(|(path, _)| path.parse());
        paths.filter_map(Result::ok).collect()
    });
    &READ
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_place_is_written_right() {
        assert_eq!(server_owned().len(), OWNED.len());
        assert!(OWNED.iter().all(|(_, reason)| !reason.is_empty()));
    }
}

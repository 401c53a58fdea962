//! Parts of long templates, which the templates of kinds include.

/// A part of a template.
#[derive(Debug)]
pub struct Part {
    /// The name by which a template includes it: its path below `templates/`.
    pub name: &'static str,
    /// Its built-in text.
    pub text: &'static str,
}

macro_rules! part {
    ($name:literal) => {
        Part {
            name: $name,
            text: include_str!(concat!("../../templates/", $name)),
        }
    };
}

/// Every part, sorted by name.
pub static PARTS: &[Part] = &[
    part!("runbook/apply.md.j2"),
    part!("runbook/control_plane.md.j2"),
    part!("runbook/crds.md.j2"),
    part!("runbook/enforce.md.j2"),
    part!("runbook/istio.md.j2"),
    part!("runbook/namespaces.md.j2"),
    part!("runbook/objects.md.j2"),
    part!("runbook/prerequisites.md.j2"),
    part!("runbook/rollback.md.j2"),
    part!("runbook/secrets.md.j2"),
    part!("runbook/trouble.md.j2"),
    part!("runbook/verify.md.j2"),
];

//! The registry: each kind of thing that can be planned, with its template.

use crate::model::Model;

use super::plan::Plan;

/// A kind of thing that can be planned.
#[derive(Debug)]
pub struct Kind {
    /// The stem of its files: `plan/<stem>.rs` and the template.
    pub stem: &'static str,
    /// The file name of its template. One in `.yaml.j2` writes YAML, one in `.md.j2` plain text.
    pub template: &'static str,
    /// The text of its built-in template.
    pub text: &'static str,
    /// Plans all of its kind that follow from the model.
    pub plan: for<'m> fn(&'m Model, &mut Plan<'m>),
    /// Whether it is planned after all others, for it depends on what they have planned.
    pub last: bool,
}

macro_rules! kind {
    ($stem:ident, $extension:literal) => {
        kind!($stem, $extension, last: false)
    };
    ($stem:ident, $extension:literal, last: $last:literal) => {
        Kind {
            stem: stringify!($stem),
            template: concat!(stringify!($stem), ".", $extension, ".j2"),
            text: include_str!(concat!(
                "../../templates/",
                stringify!($stem),
                ".",
                $extension,
                ".j2"
            )),
            plan: super::$stem::plan,
            last: $last,
        }
    };
}

/// Every kind, sorted by stem.
pub static KINDS: &[Kind] = &[
    kind!(argocd_application, "yaml"),
    kind!(argocd_application_set, "yaml"),
    kind!(authorization_policy, "yaml"),
    kind!(control_plane_service, "yaml"),
    kind!(envoy_gateway_values, "yaml"),
    kind!(envoy_proxy, "yaml"),
    kind!(flux_kustomization, "yaml", last: true),
    kind!(gateway, "yaml"),
    kind!(gateway_class, "yaml"),
    kind!(gateway_class_patch, "yaml"),
    kind!(grpc_route, "yaml"),
    kind!(http_route, "yaml"),
    kind!(istio_base_values, "yaml"),
    kind!(istio_cni_values, "yaml"),
    kind!(istio_operator, "yaml"),
    kind!(istiod_values, "yaml"),
    kind!(namespace, "yaml"),
    kind!(namespace_patch, "yaml"),
    kind!(peer_authentication, "yaml"),
    kind!(reference_grant, "yaml"),
    kind!(runbook, "md"),
    kind!(security_policy, "yaml"),
    kind!(service_entry, "yaml"),
    kind!(teg_values, "yaml"),
    kind!(virtual_service, "yaml"),
    kind!(ztunnel_values, "yaml"),
];

impl Kind {
    /// The kind of this stem.
    pub fn of(stem: &str) -> Option<&'static Kind> {
        let at = KINDS.binary_search_by(|kind| kind.stem.cmp(stem)).ok()?;
        KINDS.get(at)
    }
}

//! Who has to speak mutual TLS.

use serde::Serialize;

use crate::config::MtlsMode;
use crate::model::{Model, PeerAuthentication};
use crate::source::{Located, Sourced};

use super::artifact::Artifact;
use super::metadata::{KeyValue, key_values, text};
use super::object::{ISTIO_SECURITY, object_id};
use super::plan::Plan;
use super::planned::Planned;

/// What `peer_authentication.yaml.j2` sees.
#[derive(Debug, Serialize)]
struct PeerAuthenticationView<'m> {
    name: Sourced<&'m str>,
    namespace: Sourced<&'m str>,
    selector: Vec<KeyValue<'m>>,
    mode: Option<Located<MtlsMode>>,
    ports: Vec<PortView>,
}

#[derive(Debug, Serialize)]
struct PortView {
    /// A text, for it is a key of a map, and those are strings in Kubernetes.
    port: Sourced<String>,
    mode: Located<MtlsMode>,
}

impl<'m> PeerAuthenticationView<'m> {
    fn new(policy: &'m PeerAuthentication) -> Self {
        let port = |(port, mode): (&u16, &Located<MtlsMode>)| PortView {
            port: Sourced::written(port.to_string(), mode.pos),
            mode: *mode,
        };
        PeerAuthenticationView {
            name: text(&policy.name),
            namespace: text(&policy.namespace),
            selector: key_values(&policy.selector),
            mode: policy.mode,
            ports: policy.ports.iter().map(port).collect(),
        }
    }
}

pub(super) fn plan<'m>(model: &'m Model, plan: &mut Plan<'m>) {
    for policy in &model.peer_authentications {
        let namespace = Some(policy.namespace.as_str());
        let id = object_id(
            ISTIO_SECURITY,
            "PeerAuthentication",
            namespace,
            &policy.name,
        );
        plan.push(Planned::new(
            Artifact::Object(id),
            "peer_authentication",
            policy.origin,
            || PeerAuthenticationView::new(policy),
        ));
    }
}

//! The recipe.

use std::collections::BTreeMap;

use crate::config::{
    Inject, LabelKey, Manage, MtlsMode, OutboundTrafficPolicy, Protocol, TrustDomain,
};
use crate::model::{Mesh, MeshMode, Model, PathModifier, PeerAuthentication, RouteKind};

use super::parts::{
    SOMEWHERE, at, backend, envoy_proxy, gateway, label, label_value, labels, left, listener, name,
    namespace, nothing, on_prefix, path, route, rule, secret, wrote,
};

/// A mesh of sidecars which come by the namespaces' labels.
pub(super) fn mesh() -> Mesh {
    Mesh {
        mode: at(MeshMode::Sidecar),
        inject: left(Inject::Namespace),
        revision: None,
        root_namespace: left(label("istio-system")),
        trust_domain: left(TrustDomain::new("cluster.local")),
        cluster_domain: left(name("cluster.local")),
        native_sidecars: left(true),
        outbound: left(OutboundTrafficPolicy::AllowAny),
        namespace_label: (
            LabelKey::new("istio-injection"),
            label_value("enabled").value,
        ),
    }
}

/// The recipe: httpbin behind a gateway in the mesh, with the chart's objects patched.
pub(crate) fn recipe() -> Model {
    let mut model = nothing();
    model.mesh = Some(mesh());
    model.namespaces = vec![
        namespace(
            "envoy-gateway-system",
            Manage::Patch,
            &[("istio-injection", "enabled")],
        ),
        namespace("httpbin", Manage::Create, &[("istio-injection", "enabled")]),
    ];
    model.control_plane.xds_is_tls = Some(SOMEWHERE);
    let mut proxy = envoy_proxy("data-plane-sidecars");
    proxy.routes_to_service = Some(SOMEWHERE);
    proxy.pod_annotations = labels(
        &[("traffic.sidecar.istio.io/includeInboundPorts", "")],
        |value| wrote(value.to_owned()),
    );
    model.envoy_proxy = Some(proxy);
    let mut https = listener("https", Protocol::Https, 443);
    https.certificates = vec![secret("httpbin-credential", "httpbin")];
    let listeners = vec![listener("http", Protocol::Http, 80), https];
    model.gateways = vec![gateway("apps", "httpbin", listeners)];
    let to_httpbin = vec![backend("httpbin", "httpbin", 8000)];
    let mut get = rule(vec![on_prefix("/httpbin/")], to_httpbin);
    get.rewrite_host = Some(left("httpbin.httpbin.svc.cluster.local".to_owned()));
    get.rewrite_path = Some(PathModifier::Prefix(path("/")));
    model.routes = vec![route(RouteKind::Http, "httpbin", "httpbin", vec![get])];
    model.peer_authentications = vec![PeerAuthentication {
        name: wrote(name("default")),
        namespace: wrote(label("istio-system")),
        selector: BTreeMap::new(),
        mode: Some(at(MtlsMode::Strict)),
        ports: BTreeMap::new(),
        origin: SOMEWHERE,
    }];
    model
}

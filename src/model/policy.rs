//! Policies of Envoy Gateway, and consents of Gateway API.

use crate::config::{DnsLabel, Hostname, ObjectName, PathText, Url};
use crate::source::{Located, Origin, Sourced};

/// A `SecurityPolicy`.
#[derive(Debug)]
pub struct SecurityPolicy {
    /// Its name.
    pub name: Sourced<ObjectName>,
    /// Its namespace: its target's.
    pub namespace: Sourced<DnsLabel>,
    /// What it is for.
    pub target: PolicyTarget,
    /// Single sign-on.
    pub oidc: Oidc,
    /// What called for it.
    pub origin: Origin,
}

/// What a policy is for.
#[derive(Debug)]
pub struct PolicyTarget {
    /// Its kind.
    pub kind: TargetKind,
    /// Its name.
    pub name: Sourced<ObjectName>,
}

/// The kind that a policy is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TargetKind {
    /// A whole gateway.
    Gateway,
    /// A route of HTTP requests.
    HttpRoute,
    /// A route of gRPC calls.
    GrpcRoute,
}

/// Single sign-on by OpenID Connect.
#[derive(Debug)]
pub struct Oidc {
    /// The provider.
    pub issuer: Located<Url>,
    /// The client's id.
    pub client_id: Located<String>,
    /// The Secret with the client's secret.
    pub secret: Located<ObjectName>,
    /// The Secret's namespace.
    pub secret_namespace: Sourced<DnsLabel>,
    /// Where the provider sends the client back to; none is Envoy Gateway's default.
    pub redirect_url: Option<Located<Url>>,
    /// The path that ends the session.
    pub logout_path: Sourced<PathText>,
    /// Scopes beside `openid`.
    pub scopes: Vec<Located<String>>,
    /// The domain of the cookies.
    pub cookie_domain: Option<Located<Hostname>>,
    /// Whether the backend gets the access token.
    pub forward_access_token: Sourced<bool>,
}

/// A `ReferenceGrant`: objects of one kind in one namespace may refer to one object in another.
#[derive(Debug)]
pub struct ReferenceGrant {
    /// Its name.
    pub name: ObjectName,
    /// The namespace of what is referred to, where the grant lives.
    pub namespace: DnsLabel,
    /// The group of the referring kind.
    pub from_group: &'static str,
    /// The referring kind.
    pub from_kind: &'static str,
    /// The namespace of the referring objects.
    pub from_namespace: DnsLabel,
    /// The kind of the core group that is referred to.
    pub to_kind: &'static str,
    /// The object that is referred to.
    pub to_name: ObjectName,
    /// The first reference that called for it.
    pub origin: Origin,
}

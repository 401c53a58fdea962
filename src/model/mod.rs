//! What the config means: references resolved, defaults filled in, derived values worked out.
//!
//! A value that could be left out of the config, or that a rule derives, is a
//! [`Sourced`](crate::source::Sourced) and tells its origin; one that must be written is a
//! [`Located`](crate::source::Located) where its place matters later.

mod control_plane;
mod digest;
mod envoy_proxy;
mod gateway;
pub(crate) mod hostname;
mod mesh;
mod model;
mod namespace;
mod output;
mod policy;
mod proxy_identity;
mod resolve;
mod resource;
mod route;

pub use control_plane::{CONTROLLER_NAME, ControlPlane, GatewayClass, Versions};
pub use envoy_proxy::{EnvoyProxy, ProxyService};
pub use gateway::{AllowedNamespaces, Gateway, Listener, SecretRef};
pub use mesh::{
    AuthorizationPolicy, Mesh, MeshMode, PeerAuthentication, Principal, ServiceEntry,
    VirtualService,
};
pub use model::Model;
pub use namespace::Namespace;
pub use output::{Naming, Output};
pub use policy::{Oidc, PolicyTarget, ReferenceGrant, SecurityPolicy, TargetKind};
pub use proxy_identity::ProxyIdentity;
pub use resolve::resolve;
pub use resource::Resource;
pub use route::{
    Backend, GrpcMatch, HeaderModifier, Match, Mirror, NamedMatch, ParentRef, PathMatch,
    PathModifier, Redirect, Route, RouteKind, Rule, Timeouts, ValueMatch,
};

//! What the YAML may say: the types of the config, their schema, and the way from files to them.
//!
//! The types hold what was written and nothing that follows from it; a doc comment on each field
//! is its reference text, with an example.

mod auth;
mod certificates;
mod classify;
mod control_plane;
mod decode;
mod deserialize;
mod deserialize_text;
mod dropped;
mod edge;
mod example;
mod explain;
mod fields;
mod filters;
mod forms;
mod gateways;
mod gather;
mod gitops;
mod json;
mod load;
mod matches;
mod mesh;
mod missing;
mod mistakes;
mod namespaces;
mod output;
mod proxy;
#[cfg(test)]
mod roundtrip_tests;
mod routes;
mod scalars;
mod scans;
mod schema;
mod schema_view;
mod services;
mod subject;
mod sugar;
mod sugar_schema;
mod target;
mod test;
#[cfg(test)]
mod testing;
#[cfg(test)]
mod tests;
mod text_form;
mod validate;
mod wording;

pub use auth::{Auth, ClientSecret, Oidc};
pub use certificates::Certificate;
pub use classify::{holds_config, says_config};
pub use control_plane::{ControlPlane, Delivery, DeployMode, Distribution, GatewayClass, Manage};
pub use decode::Loaded;
pub use dropped::Dropped;
use edge::{API_GROUP, API_VERSION};
pub use edge::{Edge, EdgeKind, EdgeVersion, Metadata, Spec};
pub use explain::{UnknownField, explain, explain_outline};
pub use filters::{HeaderModifier, HeaderValue, Redirect, RedirectScheme, Rewrite};
pub use gateways::{
    AllowedRoutes, CertificateRef, FromNamespaces, Gateway, LabelRequirement, LabelSelector,
    Listener, ListenerTls, Operator, Protocol, TlsMode,
};
pub use gitops::{
    ArgoCd, ArgoCdAutomated, ArgoCdClusters, ArgoCdDestination, Flux, FluxDependency,
    FluxSourceKind, FluxSourceRef,
};
pub use load::{ConfigInput, load};
pub use matches::{GrpcMatch, Match, Method, NamedMatch};
pub use mesh::{
    Authorization, Caller, Inject, Mesh, MeshMode, MtlsMode, MtlsScopes, OutboundTrafficPolicy,
    WorkloadMtls,
};
pub use namespaces::Namespace;
pub use output::{Defaults, GitOpsTool, Layout, Output, OutputFormat};
pub use proxy::{ExternalTrafficPolicy, LogLevel, Proxy, ProxyService, Resources, ServiceType};
pub use routes::{Backend, Mirror, Parent, Route, RouteType, Rule, Timeouts, UpstreamHost};
pub use scalars::{
    Cidr, DnsLabel, Duration, GitRevision, HeaderName, Hostname, LabelKey, LabelValue, ObjectName,
    PathText, Port, PreciseHostname, Quantity, RepositoryPath, RepositoryUrl, TrustDomain, Url,
};
pub use schema::published_schema_text;
pub use services::{Service, ServicePort, ServiceProtocol};
pub use target::{Channel, EnvoyGatewayVersion, GatewayApiVersion, IstioVersion, Target};
pub use test::{Expect, ExpectedHeaders, ExpectedRedirect, ExpectedUpstream, Hop, Request, Test};

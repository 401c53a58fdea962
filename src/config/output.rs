//! `spec.output`: how the result is written.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::source::Located;

use super::{ArgoCd, Flux};

/// How the result is written.
#[derive(Debug, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Output {
    /// The format of rendered YAML. Its bytes never change; a new format is a new number that one
    /// opts into. Left out: `v1`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(example = &"v1")]
    pub format: Option<Located<OutputFormat>>,
    /// How the files below `manifests/` are named. Left out: `namespace`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(example = &"kustomize")]
    pub layout: Option<Located<Layout>>,
    /// A Jinja template for the path of an object's file below `manifests/`, in place of `layout`.
    /// It reads `namespace` (none where an object belongs to the cluster), `kind`, `group`,
    /// `version`, `name` and `labels`, and makes a path that ends with `.yaml` or `.yml`. Objects
    /// with one path share the file.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(example = &"{{ namespace or 'cluster' }}/{{ kind | lower }}-{{ name }}.yaml")]
    pub file_name: Option<Located<String>>,
    /// Whether values that the API server would fill in are written out, so that Argo CD sees no
    /// difference between git and the cluster. Left out: `explicit`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(example = &"explicit")]
    pub defaults: Option<Located<Defaults>>,
    /// The tools that shall never delete objects whose loss is an outage: namespaces, the
    /// `GatewayClass`, the mesh-wide `PeerAuthentication`, and definitions of custom resources.
    /// Such objects get the annotation by which the tool leaves them alone.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[schemars(example = serde_json::json!(["argocd", "flux"]))]
    pub protect: Vec<Located<GitOpsTool>>,
    /// The tools that shall apply the objects in phases: namespaces, then gateways and what they
    /// need, then policies, then routes, and last what refuses traffic. For Argo CD every object
    /// gets its sync wave; for Flux every phase gets its folder below `manifests/`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[schemars(example = serde_json::json!(["argocd"]))]
    pub phases: Vec<Located<GitOpsTool>>,
    /// Renders an Argo CD `Application` that syncs the output, or an `ApplicationSet` that does so
    /// on several clusters, as an example below `gitops/`. Left out: none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(example = serde_json::json!({"repoURL": "https://git.example.com/edge.git", "path": "rendered"}))]
    pub argocd: Option<Located<ArgoCd>>,
    /// Renders a Flux `Kustomization` that applies the output, one for each phase where
    /// `phases` names Flux, as an example below `gitops/`. Left out: none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(example = serde_json::json!({"path": "./rendered", "sourceRef": {"name": "edge"}}))]
    pub flux: Option<Located<Flux>>,
}

/// A format of rendered YAML.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub enum OutputFormat {
    /// Two spaces, block style, plain scalars only where YAML 1.1 and 1.2 agree.
    V1,
}

/// How the files below `manifests/` are named.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub enum Layout {
    /// `<namespace>/<kind>-<name>.yaml`, and `_cluster/` for what belongs to no namespace; `_ns-` comes
    /// before a namespace that begins with a digit, so that `_cluster/` is first.
    Namespace,
    /// The names that `kustomize build -o` writes: `[<namespace>_]<group>_<version>_<kind>_<name>.yaml`.
    Kustomize,
    /// `<kind>/<namespace>_<name>.yaml`, and `<kind>/<name>.yaml` for what belongs to no namespace.
    Kind,
    /// All objects in `all.yaml`, in the order in which they are applied.
    Stream,
}

/// A tool that applies what is in git.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "lowercase")]
pub enum GitOpsTool {
    /// Argo CD.
    ArgoCd,
    /// Flux.
    Flux,
}

/// Whether values that the API server would fill in are written out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub enum Defaults {
    /// They are written.
    Explicit,
    /// They are left out.
    Implicit,
}

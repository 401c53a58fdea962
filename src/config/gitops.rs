//! `spec.output.argocd` and `spec.output.flux`: examples of how GitOps tools take the output up.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::source::Located;

use super::{
    DnsLabel, Duration, GitRevision, LabelKey, LabelValue, ObjectName, RepositoryPath,
    RepositoryUrl, Url,
};

/// The `Application` or `ApplicationSet` of Argo CD.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ArgoCd {
    /// The repository that the output is committed to.
    #[serde(rename = "repoURL")]
    #[schemars(example = &"https://git.example.com/edge.git")]
    pub repo_url: RepositoryUrl,
    /// The output folder in the repository.
    #[schemars(example = &"rendered")]
    pub path: RepositoryPath,
    /// The branch, tag or commit to follow. Left out: `HEAD`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(example = &"main")]
    pub target_revision: Option<GitRevision>,
    /// The project in Argo CD. Left out: `default`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(example = &"platform")]
    pub project: Option<ObjectName>,
    /// The name of the `Application` or `ApplicationSet`. Left out: the name of the edge.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(example = &"edge")]
    pub name: Option<ObjectName>,
    /// The namespace of Argo CD. Left out: `argocd`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(example = &"argocd")]
    pub namespace: Option<DnsLabel>,
    /// The cluster to apply to. Left out: the one that Argo CD runs in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(example = serde_json::json!({"name": "prod-eu"}))]
    pub destination: Option<Located<ArgoCdDestination>>,
    /// Applies the output to every cluster of Argo CD that fits, by an `ApplicationSet`, in place
    /// of the one `destination`. Left out: there is one cluster, and an `Application`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(example = serde_json::json!({"matchLabels": {"env": "prod"}}))]
    pub clusters: Option<Located<ArgoCdClusters>>,
    /// Syncs without being asked. Left out: somebody starts each sync.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(example = serde_json::json!({"prune": true, "selfHeal": true}))]
    pub automated: Option<ArgoCdAutomated>,
}

/// A cluster that Argo CD knows: by its name, or by the address of its API server.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ArgoCdDestination {
    /// The name of the cluster in Argo CD.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(example = &"prod-eu")]
    pub name: Option<Located<ObjectName>>,
    /// The address of the cluster's API server.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(example = &"https://kubernetes.default.svc")]
    pub server: Option<Located<Url>>,
}

/// Clusters of Argo CD, by the labels of their Secrets.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ArgoCdClusters {
    /// The labels that a cluster has. An empty map fits every cluster, the one that Argo CD runs in
    /// included.
    #[schemars(example = serde_json::json!({"env": "prod"}))]
    pub match_labels: BTreeMap<LabelKey, Located<LabelValue>>,
}

/// How Argo CD syncs without being asked.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ArgoCdAutomated {
    /// Whether objects that are no longer rendered are deleted. Left out: `false`.
    #[serde(default)]
    #[schemars(example = &true)]
    pub prune: bool,
    /// Whether changes in the cluster are undone. Left out: `false`.
    #[serde(default)]
    #[schemars(example = &true)]
    pub self_heal: bool,
}

/// The `Kustomization` of Flux.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Flux {
    /// The output folder in the source.
    #[schemars(example = &"./rendered")]
    pub path: RepositoryPath,
    /// The source that holds the output.
    #[schemars(example = serde_json::json!({"name": "edge"}))]
    pub source_ref: FluxSourceRef,
    /// The name of the `Kustomization`; those of phases begin with it. Left out: the name of the
    /// edge.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(example = &"edge")]
    pub name: Option<ObjectName>,
    /// Its namespace. Left out: `flux-system`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(example = &"flux-system")]
    pub namespace: Option<DnsLabel>,
    /// How often the cluster is compared with the source. Left out: `10m`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(example = &"10m")]
    pub interval: Option<Duration>,
    /// How soon a failed attempt is repeated. Left out: after `interval`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(example = &"1m")]
    pub retry_interval: Option<Duration>,
    /// How long an attempt may take, health included. Left out: `5m`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(example = &"5m")]
    pub timeout: Option<Duration>,
    /// Whether objects that are no longer rendered are deleted. Left out: `true`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(example = &true)]
    pub prune: Option<bool>,
    /// The service account that Flux applies with. Left out: Flux's own.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(example = &"edge-deployer")]
    pub service_account_name: Option<ObjectName>,
    /// What has to be ready first, such as the `Kustomization` of Istio.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[schemars(example = serde_json::json!([{"name": "istio"}]))]
    pub depends_on: Vec<FluxDependency>,
}

/// A source of Flux.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct FluxSourceRef {
    /// Its kind. Left out: `GitRepository`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(example = &"OCIRepository")]
    pub kind: Option<FluxSourceKind>,
    /// Its name.
    #[schemars(example = &"edge")]
    pub name: ObjectName,
    /// Its namespace. Left out: that of the `Kustomization`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(example = &"flux-system")]
    pub namespace: Option<DnsLabel>,
}

/// The kind of a source of Flux.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub enum FluxSourceKind {
    /// A git repository.
    GitRepository,
    /// A repository of OCI artifacts.
    #[serde(rename = "OCIRepository")]
    OciRepository,
    /// A bucket of an object store.
    Bucket,
}

/// Another `Kustomization` of Flux.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct FluxDependency {
    /// Its name.
    #[schemars(example = &"istio")]
    pub name: ObjectName,
    /// Its namespace. Left out: the same.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(example = &"flux-system")]
    pub namespace: Option<DnsLabel>,
}

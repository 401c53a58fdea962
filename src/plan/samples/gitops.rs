//! How the output is taken up, in every form.

use std::collections::BTreeMap;

use crate::config::{
    ArgoCd, ArgoCdAutomated, ArgoCdClusters, ArgoCdDestination, Duration, Flux, FluxDependency,
    FluxSourceKind, FluxSourceRef, GitOpsTool, GitRevision, RepositoryPath, RepositoryUrl, Url,
};
use crate::model::Output;
use crate::source::Pos;

use super::parts::{at, label, label_value, labels, name};

fn argocd() -> ArgoCd {
    ArgoCd {
        repo_url: RepositoryUrl::new("https://git.example.com/edge.git"),
        path: RepositoryPath::new("rendered"),
        target_revision: None,
        project: None,
        name: None,
        namespace: None,
        destination: None,
        clusters: None,
        automated: None,
    }
}

fn flux() -> Flux {
    Flux {
        path: RepositoryPath::new("."),
        source_ref: FluxSourceRef {
            kind: None,
            name: name("edge"),
            namespace: None,
        },
        name: None,
        namespace: None,
        interval: None,
        retry_interval: None,
        timeout: None,
        prune: None,
        service_account_name: None,
        depends_on: Vec::new(),
    }
}

/// Every field, in phases.
pub(super) fn full_gitops() -> Output {
    let both = || {
        let tools = [GitOpsTool::ArgoCd, GitOpsTool::Flux];
        BTreeMap::from(tools.map(|tool| (tool, Pos::NONE)))
    };
    Output {
        protect: both(),
        phases: both(),
        argocd: Some(at(ArgoCd {
            target_revision: Some(GitRevision::new("release-1.0")),
            project: Some(name("platform")),
            name: Some(name("shop-edge")),
            namespace: Some(label("gitops")),
            destination: Some(at(ArgoCdDestination {
                name: Some(at(name("prod-eu"))),
                server: None,
            })),
            automated: Some(ArgoCdAutomated {
                prune: true,
                self_heal: false,
            }),
            ..argocd()
        })),
        flux: Some(at(Flux {
            path: RepositoryPath::new("./rendered/"),
            source_ref: FluxSourceRef {
                kind: Some(FluxSourceKind::OciRepository),
                name: name("edge"),
                namespace: Some(label("sources")),
            },
            name: Some(name("shop-edge")),
            namespace: Some(label("gitops")),
            interval: Some(Duration::new("1h")),
            retry_interval: Some(Duration::new("1m")),
            timeout: Some(Duration::new("10m")),
            prune: Some(false),
            service_account_name: Some(name("deployer")),
            depends_on: vec![
                FluxDependency {
                    name: name("istio"),
                    namespace: None,
                },
                FluxDependency {
                    name: name("envoy-gateway"),
                    namespace: Some(label("flux-system")),
                },
            ],
        })),
        ..Output::default()
    }
}

/// As little as can be written.
pub(super) fn least_gitops() -> Output {
    Output {
        argocd: Some(at(ArgoCd {
            destination: Some(at(ArgoCdDestination {
                name: None,
                server: Some(at(Url::new("https://10.0.0.1:6443"))),
            })),
            ..argocd()
        })),
        flux: Some(at(flux())),
        ..Output::default()
    }
}

/// Every cluster that fits.
pub(super) fn clusters() -> Output {
    let match_labels = labels(&[("env", "prod"), ("region", "on")], label_value);
    Output {
        argocd: Some(at(ArgoCd {
            clusters: Some(at(ArgoCdClusters { match_labels })),
            automated: Some(ArgoCdAutomated {
                prune: false,
                self_heal: true,
            }),
            ..argocd()
        })),
        ..Output::default()
    }
}

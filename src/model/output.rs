//! How the result is written.

use std::collections::BTreeMap;

use crate::config::{ArgoCd, Flux, GitOpsTool, Layout};
use crate::source::{Located, Pos, Sourced};

/// How the result is written.
#[derive(Debug)]
pub struct Output {
    /// How the files of objects are named.
    pub naming: Naming,
    /// The tools that shall not delete what an outage would follow from, each with the place that
    /// asks for it.
    pub protect: BTreeMap<GitOpsTool, Pos>,
    /// The tools that shall apply the objects in phases, each with the place that asks for it.
    pub phases: BTreeMap<GitOpsTool, Pos>,
    /// The example for Argo CD.
    pub argocd: Option<Located<ArgoCd>>,
    /// The example for Flux.
    pub flux: Option<Located<Flux>>,
}

/// How the files of objects are named.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Naming {
    /// By one of the layouts.
    Layout(Sourced<Layout>),
    /// By this template.
    Template(Located<String>),
}

impl Naming {
    /// What in the config says it.
    pub fn pos(&self) -> Pos {
        match self {
            Naming::Layout(layout) => layout.pos(),
            Naming::Template(template) => template.pos,
        }
    }
}

impl Default for Output {
    fn default() -> Self {
        Output {
            naming: Naming::Layout(Sourced::default(Layout::Namespace, "spec.output.layout")),
            protect: BTreeMap::new(),
            phases: BTreeMap::new(),
            argocd: None,
            flux: None,
        }
    }
}

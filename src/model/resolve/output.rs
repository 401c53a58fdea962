//! How the result is written.

use std::collections::BTreeMap;

use crate::config::{self, ArgoCd, GitOpsTool, Layout};
use crate::diag::Diagnostic;
use crate::model::{Naming, Output};
use crate::source::{Located, Pos, Sourced};

use super::resolver::Resolver;

/// How the result is written.
pub(super) fn resolve(written: config::Output, cx: &mut Resolver<'_>) -> Output {
    if let (Some(layout), Some(file_name)) = (&written.layout, &written.file_name) {
        let headline = "`layout` and `fileName` both say how files are named";
        let diagnostic = Diagnostic::error("layout-and-file-name", headline, file_name.pos);
        cx.report
            .push(beside(diagnostic, layout.pos).help("Keep one of them."));
    }
    if let Some(argocd) = &written.argocd {
        check_destination(argocd, cx);
    }
    let naming = match written.file_name {
        Some(template) => Naming::Template(template),
        None => Naming::Layout(written.layout.map_or(
            Sourced::default(Layout::Namespace, "spec.output.layout"),
            Sourced::from,
        )),
    };
    Output {
        naming,
        protect: tools(written.protect),
        phases: tools(written.phases),
        argocd: written.argocd,
        flux: written.flux,
    }
}

/// A tool that is named twice is named.
fn tools(written: Vec<Located<GitOpsTool>>) -> BTreeMap<GitOpsTool, Pos> {
    let mut tools = BTreeMap::new();
    for tool in written {
        tools.entry(tool.value).or_insert(tool.pos);
    }
    tools
}

fn check_destination(argocd: &ArgoCd, cx: &mut Resolver<'_>) {
    let destination = argocd.destination.as_ref();
    if let (Some(destination), Some(clusters)) = (destination, &argocd.clusters) {
        let headline = "`destination` and `clusters` both say where Argo CD applies";
        let diagnostic = Diagnostic::error("destination-and-clusters", headline, clusters.pos);
        let help = "Keep `destination` for one cluster, or `clusters` for all that fit.";
        cx.report
            .push(beside(diagnostic, destination.pos).help(help));
    }
    let Some(destination) = destination else {
        return;
    };
    match (&destination.name, &destination.server) {
        (Some(name), Some(server)) => {
            let headline = "the destination has both a `name` and a `server`";
            let diagnostic = Diagnostic::error("destination-twice", headline, server.pos);
            cx.report
                .push(beside(diagnostic, name.pos).help("Keep one of them."));
        }
        (None, None) => cx.report.push(
            Diagnostic::error(
                "destination-without-cluster",
                "the destination names no cluster",
                destination.pos,
            )
            .help("Write the `name` that the cluster has in Argo CD, or its `server`, or leave `destination` out."),
        ),
        _ => {}
    }
}

fn beside(diagnostic: Diagnostic, other: Pos) -> Diagnostic {
    diagnostic
        .related(other, "the other one")
        .because("Only one of them can hold.")
}

//! Which listeners admit a route.

use std::collections::BTreeMap;

use crate::config::{
    self, DnsLabel, FromNamespaces, LabelKey, LabelSelector, LabelValue, Operator,
};
use crate::diag::Diagnostic;
use crate::model::{Gateway, Listener};

use super::resolver::Resolver;
use super::routes::World;

/// Those of the chosen listeners that may admit the route; if none may, that is reported.
pub(super) fn admitting(
    gateway: &Gateway,
    chosen: Vec<usize>,
    namespace: &DnsLabel,
    parent: &config::Parent,
    world: &World<'_>,
    cx: &mut Resolver<'_>,
) -> Vec<usize> {
    let first = chosen.first().copied();
    let admitting: Vec<usize> = chosen
        .into_iter()
        .filter(|at| {
            admits(
                &gateway.listeners[*at],
                &gateway.namespace.value,
                namespace,
                world,
            ) != Some(false)
        })
        .collect();
    if let (true, Some(first)) = (admitting.is_empty(), first) {
        let listener = &gateway.listeners[first];
        let from = match listener.allowed_routes.from.value {
            FromNamespaces::Same => "of the gateway's own namespace",
            FromNamespaces::All => "of every namespace",
            FromNamespaces::Selector => "of namespaces with certain labels",
        };
        let place = parent
            .listener
            .as_ref()
            .map_or(parent.gateway.pos, |l| l.pos);
        cx.report.push(
            Diagnostic::error(
                "route-not-admitted",
                format!(
                    "gateway `{}` does not admit routes of namespace `{namespace}`",
                    gateway.name
                ),
                place,
            )
            .related(
                listener.name.pos,
                format!("listener `{}` admits routes {from}", listener.name),
            )
            .help(format!(
                "Write `allowedRoutes: {{from: All}}` on the listener, or move the route to `{}`.",
                gateway.namespace
            )),
        );
    }
    admitting
}

/// Whether a listener admits routes of a namespace; none where labels are not known.
pub(super) fn admits(
    listener: &Listener,
    gateway: &DnsLabel,
    namespace: &DnsLabel,
    world: &World<'_>,
) -> Option<bool> {
    match listener.allowed_routes.from.value {
        FromNamespaces::All => Some(true),
        FromNamespaces::Same => Some(gateway == namespace),
        FromNamespaces::Selector => {
            let selector = listener.allowed_routes.selector.as_ref()?;
            selects(selector, namespace, world.namespace_labels.get(namespace))
        }
    }
}

/// Whether a selector holds for a namespace, whose name Kubernetes puts on it as a label.
fn selects(
    selector: &LabelSelector,
    namespace: &DnsLabel,
    labels: Option<&BTreeMap<LabelKey, LabelValue>>,
) -> Option<bool> {
    let value = |key: &LabelKey| -> Option<Option<&str>> {
        if key.as_str() == "kubernetes.io/metadata.name" {
            return Some(Some(namespace.as_str()));
        }
        match labels?.get(key) {
            Some(value) => Some(Some(value.as_str())),
            None => Some(None),
        }
    };
    let exact = selector
        .match_labels
        .iter()
        .map(|(key, wanted)| Some(value(key)? == Some(wanted.as_str())));
    let expressions = selector.match_expressions.iter().map(|requirement| {
        let value = value(&requirement.key)?;
        let listed = value.is_some_and(|v| requirement.values.iter().any(|w| w.as_str() == v));
        Some(match requirement.operator.value {
            Operator::In => listed,
            Operator::NotIn => !listed,
            Operator::Exists => value.is_some(),
            Operator::DoesNotExist => value.is_none(),
        })
    });
    // One requirement that surely fails decides, whatever is unknown of the others.
    exact
        .chain(expressions)
        .try_fold(Some(true), |all, one| match one {
            Some(false) => Err(()),
            None => Ok(None),
            Some(true) => Ok(all),
        })
        .unwrap_or(Some(false))
}

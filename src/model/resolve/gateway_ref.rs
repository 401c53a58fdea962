//! Which gateway a parent names.

use crate::config::{self, DnsLabel, ObjectName};
use crate::diag::{Diagnostic, closest, did_you_mean};

use super::resolver::Resolver;
use super::routes::World;

/// The gateway that a parent names, as its index; one that is not there, or that could be several,
/// is reported.
pub(super) fn find_gateway(
    parent: &config::Parent,
    namespace: &DnsLabel,
    world: &World<'_>,
    cx: &mut Resolver<'_>,
) -> Option<usize> {
    let name = &parent.gateway;
    let same_name = world
        .gateway_index
        .get(&name.value)
        .map_or(&[][..], Vec::as_slice);
    let wanted = parent.namespace.as_ref();
    let fitting: Vec<usize> = same_name
        .iter()
        .copied()
        .filter(|at| wanted.is_none_or(|ns| world.gateways[*at].namespace.value == ns.value))
        .collect();
    match fitting.as_slice() {
        [only] => Some(*only),
        [] => {
            if cx
                .dropped
                .names("spec.gateways")
                .any(|dropped| *dropped == ***name)
            {
                return None;
            }
            let mut diagnostic;
            if let (Some(wanted), [first, ..]) = (wanted, same_name) {
                let there = &world.gateways[*first];
                diagnostic = Diagnostic::error(
                    "unknown-gateway",
                    format!("there is no gateway `{name}` in namespace `{wanted}`"),
                    wanted.pos,
                )
                .related(there.name.pos, format!("this one is in namespace `{}`", there.namespace))
                .help("Correct the namespace, or leave it out: the name is enough while it is the only one.");
            } else {
                let names = || world.gateway_index.keys().map(ObjectName::as_str);
                diagnostic = Diagnostic::error(
                    "unknown-gateway",
                    format!("there is no gateway `{name}`"),
                    name.pos,
                );
                let near = closest(name, names()).map(ObjectName::new);
                if let Some([at, ..]) = near
                    .and_then(|n| world.gateway_index.get(&n))
                    .map(Vec::as_slice)
                {
                    diagnostic = diagnostic
                        .related(world.gateways[*at].name.pos, "this one has a similar name");
                }
                diagnostic = diagnostic.help(
                    did_you_mean(name, names())
                        .unwrap_or_else(|| "Write it under `spec.gateways`.".to_owned()),
                );
            }
            cx.report.push(diagnostic);
            None
        }
        [first, second, ..] => {
            // The nearest one is the one beside the route.
            let beside = fitting
                .iter()
                .find(|at| world.gateways[**at].namespace.value == *namespace);
            if let Some(beside) = beside {
                return Some(*beside);
            }
            cx.report.push(
                Diagnostic::error(
                    "ambiguous-gateway",
                    format!("there are several gateways `{name}`"),
                    name.pos,
                )
                .related(
                    world.gateways[*first].namespace.pos,
                    "one is in this namespace",
                )
                .related(world.gateways[*second].namespace.pos, "another in this one")
                .help("Write `namespace:` beside it."),
            );
            None
        }
    }
}

//! Which gateway a route's parent is.

use crate::config::{self, DnsLabel, ObjectName};
use crate::diag::Diagnostic;

use super::resolver::Resolver;
use super::routes::World;

/// So many names are listed where none is similar.
const MOST_NAMES: usize = 12;

/// The gateway that a parent means; none or several are reported.
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
            if cx.dropped.named("spec.gateways", name) {
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
                let names = world.gateway_index.keys().map(ObjectName::as_str);
                diagnostic = Diagnostic::error(
                    "unknown-gateway",
                    format!("there is no gateway `{name}`"),
                    name.pos,
                );
                let near = cx.closest(name, names).map(ObjectName::new);
                let found = near
                    .and_then(|near| world.gateway_index.get(&near))
                    .and_then(|places| places.first())
                    .map(|at| &world.gateways[*at]);
                diagnostic = match found {
                    Some(near) => diagnostic
                        .related(near.name.pos, "this one has a similar name")
                        .help(format!("Did you mean `{}`?", near.name)),
                    // One whose name is not known may be the one that is meant.
                    None if cx.dropped.any("spec.gateways") => return None,
                    None => diagnostic.help(other_gateways(world)),
                };
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

/// What to do where no gateway has a similar name.
fn other_gateways(world: &World<'_>) -> String {
    let names: Vec<String> = world
        .gateway_index
        .keys()
        .take(MOST_NAMES + 1)
        .map(|name| format!("`{name}`"))
        .collect();
    match names.as_slice() {
        [] => "Write it under `spec.gateways`.".to_owned(),
        few if few.len() <= MOST_NAMES => {
            format!(
                "Write it under `spec.gateways`; there are: {}.",
                few.join(", ")
            )
        }
        _ => "Write it under `spec.gateways`, or correct the name.".to_owned(),
    }
}

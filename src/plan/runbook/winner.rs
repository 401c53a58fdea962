//! Which rule of the routes on a listener takes a request.

use regex::Regex;

use crate::config::Method;
use crate::model::hostname::covers;
use crate::model::{Listener, Match, NamedMatch, PathMatch, Route, RouteKind, Rule, ValueMatch};

use super::request::narrower;

/// A request, as rules see it.
#[derive(Clone, Debug)]
pub(super) struct Probe<'a> {
    /// The path without a query.
    pub(super) path: &'a str,
    pub(super) method: Method,
    pub(super) headers: &'a [(&'a str, &'a str)],
    pub(super) query: &'a [(&'a str, &'a str)],
}

/// What decides between two matches, the greater first.
///
/// Gateway API lets a method weigh more than any number of headers; Envoy Gateway counts it among
/// them. Both are kept, and a request has to win by both.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Weight {
    path: (u8, usize),
    method: usize,
    headers: usize,
    query: usize,
}

impl Weight {
    fn by_gateway_api(self) -> ((u8, usize), usize, usize, usize) {
        (self.path, self.method, self.headers, self.query)
    }

    fn by_envoy_gateway(self) -> ((u8, usize), usize, usize) {
        (self.path, self.method + self.headers, self.query)
    }

    /// Whether a match of this weight goes before the other; `first` decides between equals.
    fn beats(self, other: Weight, first: bool) -> bool {
        let standard = self.by_gateway_api().cmp(&other.by_gateway_api());
        let envoy = self.by_envoy_gateway().cmp(&other.by_envoy_gateway());
        if first {
            standard.is_ge() && envoy.is_ge()
        } else {
            standard.is_gt() && envoy.is_gt()
        }
    }
}

/// Whether the rule at this index of `route` surely takes the request for `host`, whatever the
/// other rules and the `others` of the listener ask for. No host is one that no route names.
pub(super) fn wins(
    route: &Route,
    rule: usize,
    listener: &Listener,
    others: &[&Route],
    host: Option<&str>,
    probe: &Probe<'_>,
) -> bool {
    let Some(ours) = route.rules.get(rule).and_then(|rule| weight(rule, probe)) else {
        return false;
    };
    let mut rules = route.rules.iter().enumerate();
    let in_route = rules.all(|(at, other)| {
        at == rule || weight(other, probe).is_none_or(|theirs| ours.beats(theirs, rule < at))
    });
    let Some(place) = specificity(route, listener, host) else {
        return false;
    };
    let rival = |other: &&&Route| {
        let same =
            other.name.value == route.name.value && other.namespace.value == route.namespace.value;
        other.kind == RouteKind::Http && !same
    };
    in_route
        && others
            .iter()
            .filter(rival)
            .all(|other| match specificity(other, listener, host) {
                // The narrowest hostname takes the request, matching rules or not.
                Some(theirs) if theirs > place => false,
                // Between routes age decides, which nothing here tells.
                Some(theirs) if theirs == place => {
                    let mut weights = other.rules.iter().filter_map(|rule| weight(rule, probe));
                    weights.all(|theirs| ours.beats(theirs, false))
                }
                _ => true,
            })
}

/// How narrow the route's name for the host is; nothing if it does not serve it.
fn specificity(route: &Route, listener: &Listener, host: Option<&str>) -> Option<(bool, usize)> {
    let Some(host) = host else {
        let any = route.hostnames.is_empty() && listener.hostname.is_none();
        return any.then_some((false, 0));
    };
    let served = listener.hostname.as_ref().map(|hostname| &hostname.value);
    if route.hostnames.is_empty() {
        return match served {
            None => Some((false, 0)),
            Some(name) => covers(name, host).then(|| (!name.starts_with('*'), name.len())),
        };
    }
    let names = route.hostnames.iter();
    names
        .filter_map(|name| match served {
            None => Some(&name.value),
            Some(served) => narrower(&name.value, served),
        })
        .filter(|name| covers(name, host))
        .map(|name| (!name.starts_with('*'), name.len()))
        .max()
}

/// The weight of the rule's heaviest match that the request fits.
fn weight(rule: &Rule, probe: &Probe<'_>) -> Option<Weight> {
    if rule.matches.is_empty() {
        return fits(&Match::default(), probe);
    }
    let weights = rule.matches.iter().filter_map(|of| fits(of, probe));
    weights.max_by_key(|weight| weight.by_gateway_api())
}

fn fits(condition: &Match, probe: &Probe<'_>) -> Option<Weight> {
    let path = match &condition.path {
        None => Some((0, 1)),
        Some(PathMatch::Prefix(path)) => below(path.as_str(), probe.path).then(|| (0, path.len())),
        Some(PathMatch::Exact(path)) => (path.as_str() == probe.path).then(|| (2, path.len())),
        Some(PathMatch::Regex(regex)) => {
            is_whole(regex, probe.path).then_some((1, regex.value.len()))
        }
    }?;
    if let Some(method) = &condition.method
        && method.value != probe.method
    {
        return None;
    }
    let headers = |name: &str, asked: &str| name.eq_ignore_ascii_case(asked);
    let query = |name: &str, asked: &str| name == asked;
    let all = has(&condition.headers, probe.headers, headers)
        && has(&condition.query, probe.query, query);
    all.then(|| Weight {
        path,
        method: usize::from(condition.method.is_some()),
        headers: condition.headers.len(),
        query: condition.query.len(),
    })
}

/// Whether the path begins with the elements of the prefix, whose last slash says nothing.
fn below(prefix: &str, path: &str) -> bool {
    let prefix = prefix.strip_suffix('/').unwrap_or(prefix);
    let rest = path.strip_prefix(prefix);
    rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

fn has(
    conditions: &[NamedMatch],
    given: &[(&str, &str)],
    same: impl Fn(&str, &str) -> bool,
) -> bool {
    conditions.iter().all(|condition| {
        given.iter().any(|(name, value)| {
            same(condition.name.as_str(), name)
                && match &condition.value {
                    ValueMatch::Exact(text) => text.value == *value,
                    ValueMatch::Regex(regex) => is_whole(regex, value),
                }
        })
    })
}

/// Whether the expression matches all of the text; one that cannot be read might.
fn is_whole(regex: &str, text: &str) -> bool {
    Regex::new(&format!("^(?:{regex})$")).map_or(true, |regex| regex.is_match(text))
}

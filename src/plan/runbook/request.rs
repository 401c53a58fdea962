//! A request that shows whether a route works.

use serde::Serialize;

use crate::config::{Hostname, Method, Protocol};
use crate::model::hostname::covers;
use crate::model::{Gateway, Listener, Model, Route, RouteKind, SecurityPolicy, TargetKind};

use super::certificates::concrete;
use super::checks::name_without_hostname;
use super::shell::word;
use super::wanted::{Wanted, wanted};
use super::winner::{Probe, wins};

/// A request and what it shows.
#[derive(Debug, PartialEq, Eq, Serialize)]
pub(super) struct Request {
    /// The route and listener.
    pub title: String,
    /// The command.
    pub command: String,
    /// What comes back.
    pub expect: String,
}

impl Request {
    /// The request for a route on a listener, if some rule says one that can be made and that no
    /// other rule takes; `others` are the routes of that listener.
    pub(super) fn new(
        model: &Model,
        route: &Route,
        gateway: &Gateway,
        listener: &Listener,
        others: &[&Route],
    ) -> Option<Self> {
        let host = host(route, listener)?;
        let tls = listener.protocol.value == Protocol::Https;
        let host = match host {
            None if tls => Some(name_without_hostname(model)),
            host => host,
        };
        let wanted = match route.kind {
            RouteKind::Grpc => route.rules.iter().flat_map(wanted).next(),
            RouteKind::Http => won(model, route, listener, others, host.as_deref()),
        }?;
        let port = listener.port.value.0;
        let title = format!(
            "{}/{} on listener `{}`",
            *route.namespace, *route.name, *listener.name
        );
        let command = match route.kind {
            RouteKind::Grpc => {
                let host = host.unwrap_or_else(|| name_without_hostname(model));
                grpc_command(&host, port, tls, &wanted)
            }
            RouteKind::Http => http_command(host, port, tls, &wanted),
        };
        let expect = expectation(model, route, gateway, &wanted);
        Some(Request {
            title,
            command,
            expect,
        })
    }
}

/// The first request of a rule that no other rule takes. Where a test of the config is such a
/// request with another path, the request has that path.
fn won<'m>(
    model: &'m Model,
    route: &'m Route,
    listener: &Listener,
    others: &[&Route],
    host: Option<&str>,
) -> Option<Wanted<'m>> {
    let wins = |rule: usize, path: &str, wanted: &Wanted<'_>, query: &[(&str, &str)]| {
        let probe = Probe {
            path: path.split('?').next().unwrap_or(path),
            method: wanted.method.unwrap_or(Method::Get),
            headers: &wanted.headers,
            query,
        };
        wins(route, rule, listener, others, host, &probe)
    };
    let rules = route.rules.iter().enumerate();
    let mut all = rules.flat_map(|(at, rule)| wanted(rule).into_iter().map(move |of| (at, of)));
    all.find_map(|(rule, mut wanted)| {
        let mut tested = tested_paths(model, listener, host);
        let found = tested.find(|path| wins(rule, path, &wanted, &[]));
        if let Some(path) = found {
            path.clone_into(&mut wanted.path);
            return Some(wanted);
        }
        wins(rule, &wanted.path, &wanted, &wanted.query).then_some(wanted)
    })
}

fn http_command(host: Option<String>, port: u16, tls: bool, wanted: &Wanted<'_>) -> String {
    let mut command = String::from("curl -sS -i --max-time 10");
    let Some(host) = host else {
        let path = word(&wanted.path);
        return format!(
            "{command}{} \"http://$ADDRESS:{port}\"{path}",
            options(wanted)
        );
    };
    let (scheme, usual) = if tls { ("https", 443) } else { ("http", 80) };
    command.extend([
        " --resolve \"",
        &host,
        ":",
        &port.to_string(),
        ":$ADDRESS\"",
    ]);
    if tls {
        command.push_str(" --cacert \"$TLS_DIR/ca.crt\"");
    }
    let authority = if port == usual {
        host.clone()
    } else {
        format!("{host}:{port}")
    };
    let url = word(&format!("{scheme}://{authority}{}", wanted.path));
    format!("{command}{} {url}", options(wanted))
}

fn options(wanted: &Wanted<'_>) -> String {
    let mut options = match wanted.method {
        None | Some(Method::Get) => String::new(),
        Some(Method::Head) => " -I".to_owned(),
        Some(method) => format!(" -X {}", method_name(method)),
    };
    for (name, value) in &wanted.headers {
        options.extend([" -H ", &word(&format!("{name}: {value}"))]);
    }
    options
}

fn grpc_command(host: &str, port: u16, tls: bool, wanted: &Wanted<'_>) -> String {
    let mut command = String::from("grpcurl -max-time 10");
    for (name, value) in &wanted.headers {
        command.extend([" -H ", &word(&format!("{name}: {value}"))]);
    }
    let security = if tls {
        format!("-cacert \"$TLS_DIR/ca.crt\" -servername {host}")
    } else {
        "-plaintext".to_owned()
    };
    let call = word(&wanted.grpc);
    format!("{command} {security} -authority {host} \"$ADDRESS:{port}\" {call}")
}

/// The paths, without a query, that the config's own tests ask this host and listener for.
fn tested_paths<'m>(
    model: &'m Model,
    listener: &Listener,
    host: Option<&str>,
) -> impl Iterator<Item = &'m str> {
    let (scheme, usual) = match listener.protocol.value {
        Protocol::Https => ("https", 443),
        Protocol::Http => ("http", 80),
    };
    model.tests.iter().filter_map(move |test| {
        let request = &test.request;
        let plain = request.method.is_none()
            && request.headers.is_empty()
            && request.grpc.is_none()
            && request.sni.is_none()
            && request.from.is_none()
            && request.client_cert.is_none();
        let (asked, rest) = request.url.split_once("://")?;
        let (authority, _) = rest.split_once('/')?;
        let path = rest.get(authority.len()..)?;
        let (name, port) = match authority.split_once(':') {
            Some((name, port)) => (name, port.parse().ok()?),
            None => (authority, usual),
        };
        let fits = asked == scheme && Some(name) == host && port == listener.port.value.0;
        (plain && fits && !path.contains(['?', '#'])).then_some(path)
    })
}

fn expectation(model: &Model, route: &Route, gateway: &Gateway, wanted: &Wanted<'_>) -> String {
    if let Some(policy) = policy(model, route, gateway) {
        return format!(
            "`302`, and a `Location` at the authorization endpoint of {}",
            policy.oidc.issuer.as_str()
        );
    }
    if let Some(redirect) = &wanted.rule.redirect {
        return format!("`{}` and a `Location`", redirect.status.value);
    }
    if route.kind == RouteKind::Grpc {
        return "the application's answer; `Unimplemented` with `404` means that no route matched"
            .to_owned();
    }
    "the application's answer; a `404` with an empty body means that no route matched".to_owned()
}

fn policy<'a>(model: &'a Model, route: &Route, gateway: &Gateway) -> Option<&'a SecurityPolicy> {
    model
        .security_policies
        .iter()
        .find(|policy| match policy.target.kind {
            TargetKind::Gateway => {
                policy.target.name.value == gateway.name.value
                    && policy.namespace.value == gateway.namespace.value
            }
            TargetKind::HttpRoute | TargetKind::GrpcRoute => {
                policy.target.name.value == route.name.value
                    && policy.namespace.value == route.namespace.value
            }
        })
}

/// A host that both the route and the listener serve; the inner nothing is any host. The outer
/// nothing means that they have none in common.
#[expect(
    clippy::option_option,
    reason = "no host in common differs from any host"
)]
fn host(route: &Route, listener: &Listener) -> Option<Option<String>> {
    let Some(served) = &listener.hostname else {
        return Some(route.hostnames.first().map(|hostname| concrete(hostname)));
    };
    if route.hostnames.is_empty() {
        return Some(Some(concrete(served)));
    }
    let mut hostnames = route.hostnames.iter();
    hostnames
        .find_map(|hostname| narrower(hostname, served))
        .map(|name| Some(concrete(name)))
}

/// The narrower of two hostnames of which one covers the other.
pub(super) fn narrower<'a>(one: &'a Hostname, other: &'a Hostname) -> Option<&'a Hostname> {
    if covers(other, one) {
        Some(one)
    } else if covers(one, other) {
        Some(other)
    } else {
        None
    }
}

fn method_name(method: Method) -> &'static str {
    match method {
        Method::Get => "GET",
        Method::Head => "HEAD",
        Method::Post => "POST",
        Method::Put => "PUT",
        Method::Delete => "DELETE",
        Method::Connect => "CONNECT",
        Method::Options => "OPTIONS",
        Method::Trace => "TRACE",
        Method::Patch => "PATCH",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::{HeaderName, PathText, Port};
    use crate::model::{Match, NamedMatch, PathMatch, Rule, ValueMatch};
    use crate::plan::samples;
    use crate::source::{Located, Pos};

    #[test]
    fn the_narrower_hostname_is_asked_for() {
        let host = |text: &str| Hostname::new(text);
        let cases = [
            ("www.example.com", "*.example.com", Some("www.example.com")),
            ("*.example.com", "www.example.com", Some("www.example.com")),
            ("*.example.com", "*.a.example.com", Some("*.a.example.com")),
            ("example.com", "*.example.com", None),
            ("www.example.org", "*.example.com", None),
        ];
        for (one, other, expected) in cases {
            let (one, other) = (host(one), host(other));
            let found = narrower(&one, &other).map(|name| name.as_str().to_owned());
            assert_eq!(found.as_deref(), expected, "{one} {other}");
        }
        assert_eq!(concrete(&host("*.example.com")), "www.example.com");
    }

    fn at<T>(value: T) -> Located<T> {
        Located::new(value, Pos::NONE)
    }

    fn on_prefix(prefix: &str) -> Match {
        Match {
            path: Some(PathMatch::Prefix(at(PathText::new(prefix)))),
            ..Match::default()
        }
    }

    /// A route for every host.
    fn route_of(name: &str, rules: Vec<Rule>) -> Route {
        let mut route = samples::recipe().routes.remove(0);
        route.name.value = samples::name(name);
        route.hostnames.clear();
        route.rules = rules;
        route
    }

    /// A listener for every host.
    fn listener() -> Listener {
        let mut listener = samples::recipe().gateways.remove(0).listeners.remove(0);
        listener.protocol.value = Protocol::Http;
        listener.port.value = Port(80);
        listener.hostname = None;
        listener
    }

    /// The requests of the page for one route on an HTTP listener, with tests for these URLs.
    fn requested(rules: Vec<Rule>, others: &[Route], urls: &[&str]) -> Option<Request> {
        let mut model = samples::nothing();
        model.tests = urls.iter().map(|url| tested(url)).collect();
        let mut route = route_of("web", rules);
        route.hostnames = vec![at(Hostname::new("www.example.com"))];
        let listener = listener();
        let gateway = samples::recipe().gateways.remove(0);
        let mut all: Vec<&Route> = others.iter().collect();
        all.push(&route);
        Request::new(&model, &route, &gateway, &listener, &all)
    }

    fn tested(url: &str) -> Located<crate::config::Test> {
        let test = serde_json::json!({"request": {"url": url}, "expect": {"status": 404}});
        at(serde_json::from_value(test).unwrap())
    }

    fn canary(prefix: &str) -> Match {
        Match {
            headers: vec![NamedMatch {
                name: at(HeaderName::new("x-canary")),
                value: ValueMatch::Exact(at("true".to_owned())),
            }],
            ..on_prefix(prefix)
        }
    }

    fn to_backend(of: Match) -> Rule {
        Rule {
            matches: vec![of],
            ..samples::recipe().routes.remove(0).rules.remove(0)
        }
    }

    #[test]
    fn a_request_is_one_that_its_rule_wins() {
        let rules = || {
            let old = on_prefix("/old");
            vec![
                to_backend(canary("/")),
                to_backend(old),
                to_backend(on_prefix("/")),
            ]
        };
        let urls = [
            "http://www.example.com/old/1",
            "https://www.example.com/secure",
            "http://www.example.com:8080/port",
            "http://shop.example.com/host",
        ];
        let command = requested(rules(), &[], &urls).unwrap().command;
        let end = " -H 'x-canary: true' http://www.example.com/";
        assert!(command.ends_with(end), "{command}");
        // A test that the rule does win gives its path.
        let urls = ["http://www.example.com/old/1", "http://www.example.com/new"];
        let command = requested(rules(), &[], &urls).unwrap().command;
        assert!(command.ends_with("http://www.example.com/new"), "{command}");
    }

    #[test]
    fn a_rule_that_another_takes_the_requests_of_is_passed_over() {
        let hidden = || {
            let mut exact = on_prefix("/");
            exact.path = Some(PathMatch::Exact(at(PathText::new("/a"))));
            vec![to_backend(on_prefix("/a")), to_backend(exact)]
        };
        let command = requested(hidden(), &[], &[]).unwrap().command;
        assert!(command.ends_with("http://www.example.com/a"), "{command}");
        // Another route of the listener may take all that this one asks for.
        let rules = || vec![to_backend(on_prefix("/a"))];
        let mut other = route_of("other", rules());
        other.hostnames = vec![at(Hostname::new("www.example.com"))];
        assert_eq!(requested(rules(), &[other], &[]), None);
        let wide = route_of("other", rules());
        assert!(requested(rules(), &[wide], &[]).is_some());
    }
}

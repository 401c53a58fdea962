//! A request that shows whether a route works.

use serde::Serialize;

use crate::config::{Hostname, Method, Protocol};
use crate::model::hostname::covers;
use crate::model::{Gateway, Listener, Model, Route, RouteKind, SecurityPolicy, TargetKind};

use super::certificates::concrete;
use super::checks::name_without_hostname;
use super::shell::word;
use super::wanted::{Wanted, wanted};

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
    /// The request for a route on a listener, if some rule says one that can be made.
    pub(super) fn new(
        model: &Model,
        route: &Route,
        gateway: &Gateway,
        listener: &Listener,
    ) -> Option<Self> {
        let host = host(route, listener)?;
        let wanted = route.rules.iter().find_map(wanted)?;
        let tls = listener.protocol.value == Protocol::Https;
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
            RouteKind::Http => http_command(model, host, port, tls, &wanted),
        };
        let expect = expectation(model, route, gateway, &wanted);
        Some(Request {
            title,
            command,
            expect,
        })
    }
}

fn http_command(
    model: &Model,
    host: Option<String>,
    port: u16,
    tls: bool,
    wanted: &Wanted<'_>,
) -> String {
    let mut command = String::from("curl -sS -i --max-time 10");
    let host = match host {
        None if !tls => {
            let path = word(&wanted.path);
            return format!(
                "{command}{} \"http://$ADDRESS:{port}\"{path}",
                options(wanted)
            );
        }
        None => name_without_hostname(model),
        Some(host) => host,
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
    let path = tested_path(model, &host, &wanted.path).unwrap_or(&wanted.path);
    let url = word(&format!("{scheme}://{authority}{path}"));
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

/// A path below `prefix` that the config's own tests ask this host for.
fn tested_path<'a>(model: &'a Model, host: &str, prefix: &str) -> Option<&'a str> {
    model.tests.iter().find_map(|test| {
        let (_, rest) = test.request.url.split_once("://")?;
        let (authority, _) = rest.split_once('/')?;
        let path = rest.get(authority.len()..)?;
        let name = authority
            .split_once(':')
            .map_or(authority, |(name, _)| name);
        let usual = test.request.method.is_none() && test.request.headers.is_empty();
        (name == host && usual && path.starts_with(prefix)).then_some(path)
    })
}

fn expectation(model: &Model, route: &Route, gateway: &Gateway, wanted: &Wanted<'_>) -> String {
    if let Some(policy) = policy(model, route, gateway) {
        return format!(
            "`302`, and a `Location` at the authorization endpoint of {}",
            policy.oidc.issuer.as_str()
        );
    }
    if let Some(redirect) = wanted.rule.and_then(|rule| rule.redirect.as_ref()) {
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
                policy.target.name == gateway.name.value
                    && policy.namespace == gateway.namespace.value
            }
            TargetKind::HttpRoute | TargetKind::GrpcRoute => {
                policy.target.name == route.name.value && policy.namespace == route.namespace.value
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
fn narrower<'a>(one: &'a Hostname, other: &'a Hostname) -> Option<&'a Hostname> {
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
}

//! Configs of any size, and equal work for a template engine.

use std::fmt::Write as _;

/// How many routes share a gateway.
const ROUTES_PER_GATEWAY: usize = 50;

/// One description, written out as a config of ours and as the data of a template.
pub(crate) struct Work {
    /// The config, as a person would write it: flow and block style, comments, indented lists.
    pub(crate) config: String,
    /// The same as data for [`TEMPLATE`].
    pub(crate) data: String,
}

/// Renders the same stream, byte for byte, from [`Work::data`].
pub(crate) const TEMPLATE: &str = include_str!("stream.yaml.j2");

/// A small generator of numbers that are the same on every machine.
struct Dice(u64);

impl Dice {
    /// A number below `sides`.
    fn roll(&mut self, sides: u64) -> u64 {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % sides
    }

    fn one<'a>(&mut self, of: &[&'a str]) -> &'a str {
        of[self.roll(of.len() as u64) as usize]
    }

    /// Whether something comes up that does in so many of a hundred times.
    fn percent(&mut self, chance: u64) -> bool {
        self.roll(100) < chance
    }
}

/// Work of so many routes.
pub(crate) fn work(routes: usize) -> Work {
    let gateways = routes.div_ceil(ROUTES_PER_GATEWAY);
    let mut dice = Dice(routes as u64);
    let mut work = Work {
        config: String::from(HEAD),
        data: String::from("gateways:\n"),
    };
    let modes: Vec<&str> = (0..gateways)
        .map(|_| dice.one(&["STRICT", "STRICT", "PERMISSIVE"]))
        .collect();
    // Whether the next release of an application takes a share of its requests.
    let next: Vec<bool> = (0..routes).map(|_| dice.percent(60)).collect();
    work.mesh(&modes);
    work.namespaces(gateways);
    work.services(&next);
    for (gateway, mode) in modes.iter().enumerate() {
        work.gateway(gateway, mode, &mut dice);
    }
    work.config.push_str("\n  routes:\n");
    work.data.push_str("routes:\n");
    for (route, next) in next.into_iter().enumerate() {
        work.route(route, next, &mut dice);
    }
    work
}

const HEAD: &str = "\
# The edge of the platform. Every team has a namespace, a gateway and its routes.
apiVersion: gatewright.dev/v1alpha1
kind: Edge
metadata: {name: bench}
spec:
  target: {envoyGateway: \"1.9\", gatewayApi: \"1.6\", channel: standard, istio: \"1.30\"}
  controlPlane:
    distribution: envoyGateway
    gatewayClass: {name: eg, manage: create}
  output: {defaults: implicit}

  # Proxies of every gateway.
  proxy:
    replicas: 3
    resources: {cpu: 500m, memory: 512Mi}
    service: {type: LoadBalancer, externalTrafficPolicy: Local}
";

impl Work {
    fn mesh(&mut self, modes: &[&str]) {
        let out = &mut self.config;
        out.push_str("\n  mesh:\n    mode: sidecar\n    mtls:\n      namespaces:\n");
        for (gateway, mode) in modes.iter().enumerate() {
            say(out, format_args!("        team-{gateway:04}: {mode}"));
        }
    }

    fn namespaces(&mut self, gateways: usize) {
        let out = &mut self.config;
        out.push_str("\n  namespaces:\n");
        for gateway in 0..gateways {
            say(
                out,
                format_args!(
                    "    - {{name: team-{gateway:04}, manage: create, labels: {{env: prod}}}}"
                ),
            );
        }
    }

    fn services(&mut self, next: &[bool]) {
        let out = &mut self.config;
        out.push_str("\n  # What is known of the applications.\n  services:\n");
        for (route, next) in next.iter().enumerate() {
            let namespace = format!("team-{:04}", route / ROUTES_PER_GATEWAY);
            say(
                out,
                format_args!(
                    "    - {{name: svc-{route:05}, namespace: {namespace}, ports: [8080, 9090, 3000]}}"
                ),
            );
            if *next {
                say(
                    out,
                    format_args!(
                        "    - {{name: svc-{route:05}-canary, namespace: {namespace}, ports: [8080]}}"
                    ),
                );
            }
        }
    }

    fn gateway(&mut self, gateway: usize, mode: &str, dice: &mut Dice) {
        let legacy = dice.percent(20);
        let owner = dice.one(&["payments", "search", "identity", "growth"]);
        let out = &mut self.config;
        if gateway == 0 {
            out.push_str("\n  gateways:\n");
        }
        say(out, format_args!("    - name: gw-{gateway:04}"));
        say(out, format_args!("      namespace: team-{gateway:04}"));
        out.push_str("      labels: {env: prod}\n");
        say(
            out,
            format_args!("      annotations: {{platform.example.com/owner: {owner}}}"),
        );
        out.push_str("      listeners:\n        - {name: http, protocol: HTTP, port: 80}\n");
        out.push_str("        - name: https\n          protocol: HTTPS\n          port: 443\n");
        say(
            out,
            format_args!("          hostname: \"*.t{gateway:04}.example.com\""),
        );
        if legacy {
            out.push_str("          # The old names are still asked for.\n");
            out.push_str("          tls:\n            certificates:\n");
            for name in ["wildcard", "legacy"] {
                say(
                    out,
                    format_args!("              - secret: {name}-t{gateway:04}"),
                );
            }
        } else {
            say(
                out,
                format_args!("          tls: {{secret: wildcard-t{gateway:04}}}"),
            );
        }

        let out = &mut self.data;
        say(out, format_args!("- name: gw-{gateway:04}"));
        say(out, format_args!("  namespace: team-{gateway:04}"));
        say(out, format_args!("  domain: t{gateway:04}.example.com"));
        say(out, format_args!("  mode: {mode}\n  owner: {owner}"));
        say(
            out,
            format_args!("  certificates:\n  - wildcard-t{gateway:04}"),
        );
        if legacy {
            say(out, format_args!("  - legacy-t{gateway:04}"));
        }
    }

    fn route(&mut self, route: usize, next: bool, dice: &mut Dice) {
        let gateway = route / ROUTES_PER_GATEWAY;
        let out = &mut self.config;
        say(out, format_args!("    - name: svc-{route:05}"));
        say(out, format_args!("      namespace: team-{gateway:04}"));
        out.push_str("      labels: {env: prod}\n");
        say(
            out,
            format_args!("      parents: [{{gateway: gw-{gateway:04}, listener: https}}]"),
        );
        let host = format!("svc-{route:05}.t{gateway:04}.example.com");
        say(out, format_args!("      hostnames:\n        - {host}"));
        let alternative = dice.percent(30);
        if alternative {
            say(out, format_args!("        - alt-{host}"));
        }
        out.push_str("      rules:\n");

        let out = &mut self.data;
        say(out, format_args!("- name: svc-{route:05}"));
        say(out, format_args!("  namespace: team-{gateway:04}"));
        say(out, format_args!("  gateway: gw-{gateway:04}"));
        say(out, format_args!("  hostnames:\n  - {host}"));
        if alternative {
            say(out, format_args!("  - alt-{host}"));
        }
        out.push_str("  rules:\n");
        for rule in 0..=dice.roll(3) {
            self.rule(route, rule, next, dice);
        }
    }

    fn rule(&mut self, route: usize, rule: u64, next: bool, dice: &mut Dice) {
        let path = match rule {
            0 => "/".to_owned(),
            rule => format!("/{}/v{rule}", dice.one(&["api", "admin", "static"])),
        };
        let rewrite = dice.one(&["/", "/app", "/backend/v2"]);
        let request = dice.one(&["30s", "45s", "60s"]);
        let attempt = dice.one(&["5s", "10s"]);
        let method = dice.percent(30).then(|| dice.one(&["GET", "POST", "PUT"]));
        let canary = dice.percent(25);
        let share = (next && dice.percent(66)).then(|| 1 + dice.roll(98));
        let port = match share {
            Some(_) => "8080",
            None => dice.one(&["8080", "9090", "3000"]),
        };

        let out = &mut self.config;
        write(out, format_args!("        - match: {{pathPrefix: {path}"));
        if let Some(method) = method {
            write(out, format_args!(", method: {method}"));
        }
        if canary {
            out.push_str(", headers: {x-canary: beta}");
        }
        out.push_str("}\n");
        say(
            out,
            format_args!("          rewrite: {{pathPrefix: {rewrite}}}"),
        );
        say(
            out,
            format_args!("          timeouts: {{request: {request}, backendRequest: {attempt}}}"),
        );
        out.push_str("          backends:");
        let name = format!("svc-{route:05}");
        match share {
            Some(share) => {
                out.push_str("  # shared with the next release\n");
                for (name, share) in [
                    (name.clone(), share),
                    (format!("{name}-canary"), 100 - share),
                ] {
                    say(
                        out,
                        format_args!(
                            "            - {{service: {name}, port: {port}, weight: {share}}}"
                        ),
                    );
                }
            }
            None => say(out, format_args!(" [{{service: {name}, port: {port}}}]")),
        }

        let out = &mut self.data;
        say(
            out,
            format_args!("  - path: {path}\n    rewrite: {rewrite}"),
        );
        say(
            out,
            format_args!("    request: {request}\n    attempt: {attempt}"),
        );
        if let Some(method) = method {
            say(out, format_args!("    method: {method}"));
        }
        if canary {
            out.push_str("    headers:\n    - name: x-canary\n      value: beta\n");
        }
        say(
            out,
            format_args!("    backends:\n    - name: {name}\n      port: {port}"),
        );
        if let Some(share) = share {
            let rest = 100 - share;
            say(out, format_args!("      weight: {share}"));
            say(
                out,
                format_args!("    - name: {name}-canary\n      port: {port}\n      weight: {rest}"),
            );
        }
    }
}

/// Adds a line.
fn say(out: &mut String, line: std::fmt::Arguments<'_>) {
    write(out, line);
    out.push('\n');
}

fn write(out: &mut String, text: std::fmt::Arguments<'_>) {
    out.write_fmt(text).expect("a string takes all");
}

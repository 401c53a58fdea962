//! Input that nobody means well with: whatever it is, it is answered, with places and in time.

use std::fmt::Write as _;
use std::time::{Duration, Instant};

use gatewright::diag::render::Format;
use gatewright::diag::{Level, Note, Place, Report};
use gatewright::input::FileSet;
use gatewright::model::Model;
use gatewright::pipeline;
use gatewright::source::Sources;
use proptest::prelude::*;
use proptest::sample::Index;

/// A config that says something of everything.
const WHOLE: &str = include_str!("../cases/hostile/whole.yaml");

/// Far more than any of these takes, even unoptimised on a busy machine.
const LIMIT: Duration = Duration::from_mins(1);

/// Values that are wrong in most places, as they are written.
const ODD: &[&str] = &[
    "null",
    "~",
    "''",
    "[]",
    "{}",
    "0",
    "-1",
    "65536",
    "99999999999999999999",
    "1e400",
    ".nan",
    "-.inf",
    "true",
    "on",
    "012",
    "1:30",
    "2001-12-14",
    "*nope",
    "!odd value",
    "!!int x",
    "!!str 8",
    "\"\\0\"",
    "\"\\u2028\"",
    "'*'",
    "'a b'",
    "../../etc/passwd",
    "bücher.example.com",
    "'{{ x }}'",
    "{{ x }}",
    "'*.example.com'",
    "www.example.com",
    "apps",
    "httpbin",
    "https",
    "http",
    "selector",
    "/",
    "/a//b",
    "'('",
    "10s",
    "[[[[[]]]]]",
    "{a: {b: {c: d}}}",
    "[{name: apps, namespace: httpbin}]",
    "{name: apps}",
    "[null]",
    "['']",
    "{'': ''}",
    "{~: ~}",
    "{[]: {}}",
    "{<<: 1}",
    "{? a : b, ? a : c}",
    "|-\n  text\n  of lines",
    "-----BEGIN PRIVATE KEY-----",
    "istio-system",
    "envoy-gateway-system",
    "none",
    "STRICT",
];

/// A document to be spoiled: scalars are kept as they are written.
#[derive(Clone, Debug)]
enum Node {
    Map(Vec<(String, Node)>),
    List(Vec<Node>),
    Raw(String),
}

impl Node {
    fn of(value: &serde_json::Value) -> Node {
        match value {
            serde_json::Value::Object(map) => Node::Map(
                map.iter()
                    .map(|(key, value)| (quoted(key), Node::of(value)))
                    .collect(),
            ),
            serde_json::Value::Array(items) => Node::List(items.iter().map(Node::of).collect()),
            scalar => Node::Raw(scalar.to_string()),
        }
    }

    fn count(&self) -> usize {
        1 + match self {
            Node::Map(entries) => entries.iter().map(|(_, node)| node.count()).sum(),
            Node::List(items) => items.iter().map(Node::count).sum(),
            Node::Raw(_) => 0,
        }
    }

    fn get(&self, at: &mut usize) -> Option<&Node> {
        if *at == 0 {
            return Some(self);
        }
        *at -= 1;
        match self {
            Node::Map(entries) => entries.iter().find_map(|(_, node)| node.get(at)),
            Node::List(items) => items.iter().find_map(|node| node.get(at)),
            Node::Raw(_) => None,
        }
    }

    /// Puts these in the place of the node: nothing, itself changed, or itself and another.
    fn change(&mut self, at: &mut usize, change: &Change) -> bool {
        let done = |at: &mut usize| {
            let found = *at == 0;
            *at = at.wrapping_sub(1);
            found
        };
        match self {
            Node::Map(entries) => {
                for i in 0..entries.len() {
                    if done(at) {
                        match change {
                            Change::Delete => drop(entries.remove(i)),
                            Change::Twice => entries.insert(i, entries[i].clone()),
                            Change::Key(key) => entries[i].0.clone_from(key),
                            Change::Wrap => wrap(&mut entries[i].1),
                            Change::Put(node) => entries[i].1 = node.clone(),
                        }
                        return true;
                    }
                    if entries[i].1.change(at, change) {
                        return true;
                    }
                }
                false
            }
            Node::List(items) => {
                for i in 0..items.len() {
                    if done(at) {
                        match change {
                            Change::Delete => drop(items.remove(i)),
                            Change::Twice => items.insert(i, items[i].clone()),
                            Change::Wrap => wrap(&mut items[i]),
                            Change::Put(node) => items[i] = node.clone(),
                            Change::Key(key) => items[i] = Node::Raw(key.clone()),
                        }
                        return true;
                    }
                    if items[i].change(at, change) {
                        return true;
                    }
                }
                false
            }
            Node::Raw(_) => false,
        }
    }

    fn write(&self, indent: usize, text: &mut String) {
        let pad = " ".repeat(indent);
        match self {
            Node::Map(entries) if !entries.is_empty() => {
                for (key, node) in entries {
                    write!(text, "\n{pad}{key}:").unwrap();
                    node.write(indent + 2, text);
                }
            }
            Node::List(items) if !items.is_empty() => {
                for node in items {
                    write!(text, "\n{pad}-").unwrap();
                    node.write(indent + 2, text);
                }
            }
            Node::Map(_) => text.push_str(" {}"),
            Node::List(_) => text.push_str(" []"),
            Node::Raw(raw) => write!(text, " {}", raw.replace('\n', &format!("\n{pad}"))).unwrap(),
        }
    }
}

fn wrap(node: &mut Node) {
    let inner = std::mem::replace(node, Node::List(Vec::new()));
    *node = Node::List(vec![inner]);
}

fn quoted(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}

#[derive(Clone, Debug)]
enum Change {
    Delete,
    Twice,
    Wrap,
    Key(String),
    Put(Node),
}

/// What becomes of the node, or another node to put in its place.
fn changes() -> impl Strategy<Value = (Index, Result<Change, Index>)> {
    let odd = prop::sample::select(ODD).prop_map(|raw| Change::Put(Node::Raw(raw.to_owned())));
    let text = any::<String>().prop_map(|text| Change::Put(Node::Raw(quoted(&text))));
    let key = prop_oneof![
        any::<String>().prop_map(|text| quoted(&text)),
        prop::sample::select(ODD).prop_map(quoted),
        Just("on".to_owned()),
        Just("<<".to_owned()),
        Just("name".to_owned()),
    ];
    let change = prop_oneof![
        1 => Just(Ok(Change::Delete)),
        1 => Just(Ok(Change::Twice)),
        1 => Just(Ok(Change::Wrap)),
        1 => key.prop_map(|key| Ok(Change::Key(key))),
        4 => odd.prop_map(Ok),
        1 => text.prop_map(Ok),
        2 => any::<Index>().prop_map(Err),
    ];
    (any::<Index>(), change)
}

fn resolve(text: &str) -> (Sources, Report, Option<Model>) {
    let files = FileSet::in_memory(&[("gatewright.yaml", text)], &[]);
    let (mut sources, mut report) = (Sources::new(), Report::new());
    let start = Instant::now();
    let model = pipeline::resolve(&files, &mut sources, &mut report).unwrap();
    assert!(start.elapsed() < LIMIT, "it took {:?}", start.elapsed());
    (sources, report, model)
}

/// What holds of every answer.
fn check(text: &str) -> Report {
    let (sources, report, model) = resolve(text);
    assert!(
        model.is_some() || report.has_errors(),
        "neither a model nor an error"
    );
    let mut seen = Vec::new();
    for diagnostic in report.iter() {
        let place = match &diagnostic.place {
            Place::Node(pos) => sources.token(*pos).is_some(),
            Place::Range(span) => sources.range(*span).is_some(),
            Place::Line { text, range, .. } => text.get(range.clone()).is_some(),
            Place::File(_) => diagnostic.id == "empty-config",
            Place::Nowhere => false,
        };
        assert!(place, "no place: {diagnostic:?}");
        let helps = diagnostic.notes.iter().any(|n| matches!(n, Note::Help(_)));
        assert!(
            helps || diagnostic.level != Level::Error,
            "what to do about it? {diagnostic:?}"
        );
        let key = (diagnostic.id, &diagnostic.headline, &diagnostic.place);
        assert!(!seen.contains(&key), "told twice: {diagnostic:?}");
        seen.push(key);
    }
    for format in [Format::Human, Format::Concise, Format::Json] {
        let mut shown = Vec::new();
        format.write(&report, &sources, true, &mut shown).unwrap();
        assert!(shown.len() < 100_000 + 20_000 * seen.len(), "too much");
    }
    report
}

#[test]
fn the_whole_config_is_good() {
    let (_, report, model) = resolve(WHOLE);
    let said: Vec<_> = report.iter().collect();
    assert!(said.is_empty(), "{said:#?}");
    assert!(model.is_some());
}

proptest! {
    // What falls out becomes a case of its own; nothing is written beside the tests.
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn whatever_is_spoiled_is_answered(changes in prop::collection::vec(changes(), 1..4)) {
        let value: serde_json::Value = serde_yaml::from_str(WHOLE).unwrap();
        let mut node = Node::of(&value);
        for (place, change) in changes {
            let count = node.count();
            if count < 2 {
                break;
            }
            let change = change.unwrap_or_else(|other| {
                Change::Put(node.get(&mut other.index(count)).unwrap().clone())
            });
            node.change(&mut place.index(count - 1), &change);
        }
        let mut text = String::new();
        node.write(0, &mut text);
        check(&text);
    }
}

/// A config whose `spec` is this text.
fn edge(spec: &str) -> String {
    format!(
        "apiVersion: gatewright.dev/v1alpha1\nkind: Edge\nmetadata: {{name: test}}\nspec:\n{spec}"
    )
}

/// A list, written out.
fn many(count: usize, item: impl Fn(usize) -> String) -> String {
    (0..count).map(item).collect::<Vec<_>>().concat()
}

#[test]
fn long_lists_take_their_time_and_no_more() {
    for (spec, expected) in [
        (
            format!(
                "  namespaces:\n{}",
                many(100_000, |n| format!("  - name: n{n}\n"))
            ),
            0,
        ),
        (
            format!("  resources: [{}]\n", "x, ".repeat(100_000)),
            100_000,
        ),
        (
            format!(
                "  namespaces:\n{}",
                many(5_000, |n| format!("  - name: N{n}\n"))
            ),
            5_000,
        ),
        (
            format!(
                "  namespaces:\n{}",
                many(5_000, |_| "  - name: n\n".to_owned())
            ),
            1_001,
        ),
        (
            format!(
                "  services:\n{}",
                many(5_000, |n| format!(
                    "  - {{name: s{n}, namespace: a, ports: [80, 80]}}\n"
                ))
            ),
            5_000,
        ),
        (
            format!(
                "  proxy:\n{}",
                many(5_000, |n| format!("    field{n}: 1\n"))
            ),
            5_000,
        ),
        (
            format!(
                "  proxy:\n{}",
                many(5_000, |_| "    replicas: 1\n".to_owned())
            ),
            // The last one says that the rest is not read.
            1_001,
        ),
    ] {
        let (_, report, _) = resolve(&edge(&spec));
        let count = report.iter().count();
        let head = &spec[..60];
        assert_eq!(count, expected, "{head}");
    }
}

#[test]
fn many_routes_to_what_is_not_there_are_told_in_time() {
    let routes = many(1_000, |n| {
        format!(
            "  - {{name: r{n}, namespace: a, parents: [{{gateway: gatway{n}}}], hostnames: [h{n}.example.com], rules: [{{backends: [{{service: servce{n}}}]}}]}}\n"
        )
    });
    let services = many(1_000, |n| {
        format!("  - {{name: service{n}, namespace: a, ports: [80]}}\n")
    });
    let gateways = many(1_000, |n| {
        format!(
            "  - {{name: gateway{n}, namespace: a, listeners: [{{name: http, protocol: HTTP, port: 80}}]}}\n"
        )
    });
    let (_, report, _) = resolve(&edge(&format!(
        "  services:\n{services}  gateways:\n{gateways}  routes:\n{routes}"
    )));
    assert_eq!(report.iter().count(), 2_000);
}

#[test]
fn long_texts_are_answered_in_short() {
    let long = "a".repeat(1_000_000);
    for spec in [
        format!("  namespaces: [{{name: {long}}}]\n"),
        format!("  namespaces: [{{name: '{}'}}]\n", "A".repeat(1_000_000)),
        format!("  namespaces: '{long}'\n"),
        format!("  mesh: {{mode: {long}}}\n"),
        format!("  proxy: {{replicas: {}}}\n", "9".repeat(1_000_000)),
        format!("  proxy:\n    ? {long}\n    : 1\n"),
        format!("  namespaces: [{{name: a, labels: {{a: {long}}}}}]\n"),
        format!("  resources: [{long}]\n"),
        format!("  proxy: *{long}\n"),
        format!("  proxy: !{long} 1\n"),
        format!(
            "  routes: [{{name: a, namespace: b, parents: [{{gateway: a}}], rules: [{{match: {{pathRegex: '{}'}}, backends: [{{service: x}}]}}]}}]\n",
            "(".repeat(1000)
        ),
        format!(
            "  routes: [{{name: a, namespace: b, parents: [{{gateway: a}}], rules: [{{timeouts: {{request: {}s}}, backends: [{{service: x}}]}}]}}]\n",
            "9".repeat(30)
        ),
        format!("  tests: [{{request: 'http://{long}/', expect: {{status: 404}}}}]\n"),
        format!("  # {long}\n  proxy: {{replicas: -1}}\n"),
    ] {
        let report = check(&edge(&spec));
        assert!(report.has_errors(), "{}", &spec[..40]);
        for diagnostic in report.iter() {
            let length = diagnostic.headline.chars().count();
            assert!(length < 500, "{length} characters: {}", diagnostic.id);
        }
    }
}

#[test]
fn every_odd_character_is_answered() {
    let odd = (0..=0x2FF_u32).chain([0x2028, 0x2029, 0xFEFF, 0xFFFD, 0xFFFE, 0xFFFF, 0x1F600]);
    for character in odd.filter_map(char::from_u32) {
        for (open, close) in [("", ""), ("\"", "\""), ("'", "'"), ("[", "]")] {
            check(&edge(&format!(
                "  namespaces: [{{name: {open}a{character}b{close}}}]\n  {character}: 1\n"
            )));
        }
    }
}

#[test]
fn texts_that_are_no_config_are_answered() {
    for text in [
        "",
        " ",
        "\n",
        "---",
        "---\n---\n",
        "...",
        "%YAML 1.2\n---\n",
        "\0",
        "null",
        "[]",
        "{}",
        "- ",
        "? ",
        ": ",
        "&a",
        "*a",
        "!",
        "|",
        ">",
        "\"",
        "'",
        "%",
        "@",
        "`",
        "#",
        "\u{FEFF}",
        "{{}}",
        "<xml/>",
        "apiVersion",
        "apiVersion: gatewright.dev/v1alpha1",
        "kind: Edge",
        "apiVersion: [gatewright.dev/v1alpha1]\nkind: Edge",
        "apiVersion: gatewright.dev/v1alpha1\nkind: Edge\nspec",
        "apiVersion: gatewright.dev/v1alpha1\nkind: Edge\nmetadata: x\nspec: y",
        "apiVersion: gatewright.dev/v1alpha1\nkind: Edge\nmetadata: {name: []}\nspec: {}",
        "apiVersion: gatewright.dev/v1alpha1\nkind: Edge\nmetadata: &a {name: *a}\nspec: *a",
        "&a apiVersion: gatewright.dev/v1alpha1\n*a : Edge",
    ] {
        check(text);
    }
}

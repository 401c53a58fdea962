//! What is told of one thing at a time.

use super::{changes, diff, side};
use crate::diff::{ChangeKind, Differences, Format, Look, Options, compare};

fn object(kind: &str, body: &str) -> String {
    let (version, kind) = kind.rsplit_once('/').unwrap();
    format!("apiVersion: {version}\nkind: {kind}\nmetadata: {{name: x, namespace: n}}\n{body}\n")
}

fn route(body: &str) -> String {
    object("gateway.networking.k8s.io/v1/HTTPRoute", body)
}

fn gateway(listeners: &str) -> String {
    let body = format!("spec: {{listeners: [{listeners}]}}");
    object("gateway.networking.k8s.io/v1/Gateway", &body)
}

#[test]
fn keys_of_lists_are_in_the_pointer() {
    let before = gateway("{name: a, port: 80}, {name: b, port: 81}");
    let after = gateway("{name: b, port: 82}, {name: a, port: 80}");
    assert_eq!(
        changes(&before, &after),
        ["changed spec.listeners[name=b].port: 81 > 82"]
    );
    let after = gateway("{name: c, port: 80}, {name: b, port: 81}");
    assert_eq!(
        changes(&before, &after),
        ["renamed spec.listeners[name=c].name: \"a\" > \"c\""]
    );
}

#[test]
fn the_order_counts_only_where_it_means_something() {
    let rules = |names: [&str; 3]| {
        let rule = names.map(|name| format!("{{name: {name}, timeouts: {{request: 1s}}}}"));
        route(&format!(
            "spec: {{hostnames: [{}], rules: [{}]}}",
            names.join(", "),
            rule.join(", ")
        ))
    };
    let found = changes(&rules(["a", "b", "c"]), &rules(["c", "a", "b"]));
    assert_eq!(
        found,
        ["moved spec.rules[0]: /spec/rules/2 > /spec/rules/0"]
    );
}

#[test]
fn a_number_is_no_text_and_equal_numbers_are_equal() {
    let with = |value: &str| object("v1/ConfigMap", &format!("data: {{x: {value}}}"));
    assert_eq!(
        changes(&with("80"), &with("\"80\"")),
        ["changed data.x: 80 > \"80\""]
    );
    assert_eq!(changes(&with("1.0"), &with("0x1")), Vec::<String>::new());
    assert_eq!(changes(&with("on"), &with("true")), Vec::<String>::new());
    assert_eq!(
        changes(&with("on"), &with("\"on\"")),
        ["changed data.x: true > \"on\""]
    );
}

#[test]
fn another_version_of_an_api_is_a_change_of_that_field() {
    let before = "apiVersion: a.b/v1\nkind: K\nmetadata: {name: x}\n";
    let after = before.replace("v1", "v2");
    assert_eq!(
        changes(before, &after),
        ["changed apiVersion: \"a.b/v1\" > \"a.b/v2\""]
    );
}

#[test]
fn lists_of_objects_are_their_objects() {
    let one = object("v1/ConfigMap", "data: {a: b}");
    let item = "{apiVersion: v1, kind: ConfigMap, metadata: {name: x, namespace: n}, data: {a: b}}";
    let list = format!("apiVersion: v1\nkind: List\nitems: [{item}]\n");
    assert!(diff(&[&one], &[&list]).is_empty());
    let item = "{metadata: {name: x, namespace: n}, data: {a: c}}";
    let list = format!("apiVersion: v1\nkind: ConfigMapList\nitems: [{item}]\n");
    assert_eq!(changes(&one, &list), ["changed data.a: \"b\" > \"c\""]);
    let empty =
        ["[]", "null", ""].map(|items| format!("apiVersion: v1\nkind: List\nitems: {items}\n"));
    assert!(diff(&empty, &[""]).is_empty());
}

#[test]
fn documents_without_identity_are_known_by_their_file() {
    assert_eq!(
        changes("a: 1\nstatus: x\n", "a: 2\n"),
        ["changed a: 1 > 2", "removed status: \"x\" > -"]
    );
    let found = diff(&["", "a: 1\n"], &["a: 1\n", ""]);
    assert_eq!(found.counts().to_string(), "1 added, 1 removed");
    let values = "image: {name: web, tag: 1}\nreplicas: 3\nport: 80\n";
    let found = diff(&["", values], &[values, ""]);
    assert_eq!(found.counts().to_string(), "1 renamed");
}

#[test]
fn documents_of_one_identity_are_paired_by_file() {
    let (whole, patch) = (route("spec: {hostnames: [a]}"), route("metadata2: {x: 1}"));
    let other = route("metadata2: {x: 2}");
    let found = Differences::of(&diff(&[&whole, &patch], &[&whole, &other]));
    assert_eq!(found.objects.len(), 1);
    assert_eq!(found.objects[0].changes[0].pointer, "metadata2.x");
    assert!(diff(&[&whole, &patch], &[format!("{patch}---\n{whole}")]).is_empty());
}

#[test]
fn an_object_with_nearly_the_same_content_is_renamed() {
    let spec = "spec: {hostnames: [a, b, c], parentRefs: [{name: g}], rules: [{name: r}]}";
    let before = route(spec);
    let after = before.replace("name: x", "name: z").replace("a, b", "a, z");
    let found = diff(&[&before], &[&after]);
    assert_eq!(found.objects[0].kind, ChangeKind::Renamed);
    assert_eq!(
        changes(&before, &after),
        [
            "renamed metadata.name: \"x\" > \"z\"",
            "removed spec.hostnames[1]: \"b\" > -",
            "added spec.hostnames[1]: - > \"z\"",
        ]
    );
    let after = before
        .replace("name: x", "name: z")
        .replace("a, b, c", "d, e, f");
    assert_eq!(
        diff(&[&before], &[&after]).counts().to_string(),
        "1 added, 1 removed"
    );
}

#[test]
fn what_was_asked_to_be_ignored_is() {
    let options = Options {
        ignore: vec!["HTTPRoute:spec.hostnames".parse().unwrap()],
    };
    let (before, after) = (
        route("spec: {hostnames: [a]}"),
        route("spec: {hostnames: [b]}"),
    );
    let ask = |before: &str, after: &str| {
        compare(side("a", &[before]), side("b", &[after]), &options)
            .unwrap()
            .is_empty()
    };
    assert!(ask(&before, &after));
    assert!(!ask(
        &before.replace("HTTPRoute", "GRPCRoute"),
        &after.replace("HTTPRoute", "GRPCRoute")
    ));
}

#[test]
fn a_text_that_is_no_yaml_is_no_answer() {
    let trouble = compare(
        side("a", &["a: ["]),
        side("b", &["a: 1"]),
        &Options::default(),
    );
    let trouble = trouble.unwrap_err();
    assert!(trouble.report.has_errors());
    let mut out = Vec::new();
    let format = crate::diag::render::Format::Concise;
    format
        .write(&trouble.report, &trouble.sources, false, &mut out)
        .unwrap();
    assert!(String::from_utf8(out).unwrap().starts_with("a/0.yaml:1:"));
    let broken = "kind: Secret\ndata: {a: aHVudGVyMg==\nb: aHVudGVyMg==\n";
    let trouble = compare(
        side("a", &[broken]),
        side("b", &["a: 1"]),
        &Options::default(),
    );
    let trouble = trouble.unwrap_err();
    let mut out = Vec::new();
    let format = crate::diag::render::Format::Human;
    format
        .write(&trouble.report, &trouble.sources, false, &mut out)
        .unwrap();
    let out = String::from_utf8(out).unwrap();
    assert!(out.contains("a/0.yaml:") && !out.contains("aHVu"), "{out}");
    let twice = compare(
        side("a", &["a: 1\na: 2\n"]),
        side("b", &["a: 1"]),
        &Options::default(),
    );
    assert!(twice.is_err(), "which of the two counts is not known");
    let same = compare(
        side("a", &["a: ["]),
        side("b", &["a: ["]),
        &Options::default(),
    );
    assert!(
        same.unwrap().is_empty(),
        "the same text says the same, whatever it is"
    );
}

/// A reference to a Secret has no values of one.
#[test]
fn references_to_secrets_are_shown() {
    let gateway = |name: &str| {
        object(
            "example.com/v1/Thing",
            &format!("spec: {{refs: [{{kind: Secret, name: {name}}}]}}"),
        )
    };
    let found = diff(&[&gateway("one")], &[&gateway("two")]);
    let mut out = Vec::new();
    let look = Look::default();
    Format::Human.write(&found, look, &mut out).unwrap();
    let out = String::from_utf8(out).unwrap();
    assert!(out.contains("one") && out.contains("two"), "{out}");
}

/// A Secret within another document tells what changed of it, whatever its place.
#[test]
fn a_secret_within_a_document_says_what_changed() {
    let template = |objects: &[(&str, &str)]| {
        let secret = |(name, value): &(&str, &str)| {
            format!("{{kind: Secret, metadata: {{name: {name}}}, data: {{k: {value}}}}}")
        };
        let objects: Vec<_> = objects.iter().map(secret).collect();
        object(
            "template.openshift.io/v1/Template",
            &format!("objects: [{}]", objects.join(", ")),
        )
    };
    let before = template(&[("a", "same"), ("b", "old")]);
    let after = template(&[("c", "more"), ("a", "same"), ("b", "new")]);
    let found = diff(&[&before], &[&after]);
    let mut out = Vec::new();
    Format::Human
        .write(&found, Look::default(), &mut out)
        .unwrap();
    let out = String::from_utf8(out).unwrap();
    let told = "data.k: \"*** (before)\" -> \"*** (after)\"";
    assert_eq!(out.matches(told).count(), 1, "{out}");
}

/// Every form of every way in which a Secret can differ; the values are in none.
#[test]
fn secret_values_are_in_no_form() {
    let secret = |value: &str, name: &str| {
        object(
            "v1/Secret",
            &format!(
                "data: {{same: c2FtZVZhbHVl, password: {value}, {name}: {value}Key}}\n\
             stringData: {{token: {value}}}\nmispelt: {value}\ntype: Opaque"
            ),
        )
        .replace(
            "namespace: n",
            &format!(
                "namespace: n, annotations: {{note: seen, \
             kubectl.kubernetes.io/last-applied-configuration: '{{\"data\":\"{value}\"}}', \
             kapp/original: '{{\"data\":\"{value}\"}}'}}"
            ),
        )
    };
    let (before, after) = (secret("aHVudGVyMg", "one"), secret("aHVudGVyMw", "two"));
    let renamed = before.replace("name: x", "name: z");
    let list = format!(
        "apiVersion: v1\nkind: List\nitems:\n- {}",
        after.trim_end().replace('\n', "\n  ")
    );
    let nameless = |text: &str| text.replace("name: x,", "");
    let within = |text: &str, head: &str| {
        let text = text.trim_end().replace('\n', "\n  ");
        format!("{head}\n- null\n- {text}\n")
    };
    // No list of objects alone, so it is not taken apart.
    let mixed = "apiVersion: v1\nkind: List\nitems:";
    let template = "apiVersion: template.openshift.io/v1\nkind: Template\n\
                    metadata: {name: t}\nobjects:";
    let values = "# a chart's values\nextraDeploy:";
    let pairs = [
        (within(&before, mixed), within(&after, mixed)),
        (within(&before, template), within(&after, template)),
        (within(&before, values), within(&after, values)),
        (within(&before, template), String::new()),
        (within(&before, template), within(&renamed, template)),
        (before.clone(), after.clone()),
        (before.clone(), String::new()),
        (String::new(), after.clone()),
        (before.clone(), renamed),
        (before.clone(), list),
        (nameless(&before), nameless(&after)),
        (
            before.clone(),
            after
                .replace("\ndata: {", "\ndata: [{")
                .replace("Key}", "Key}]"),
        ),
    ];
    for (before, after) in pairs {
        let found = diff(&[&before], &[&after]);
        assert!(!found.is_empty());
        for format in [
            Format::Human,
            Format::Unified,
            Format::Json,
            Format::Markdown,
        ] {
            let mut out = Vec::new();
            format.write(&found, Look::default(), &mut out).unwrap();
            let out = String::from_utf8(out).unwrap();
            assert!(
                !out.contains("aHVud") && !out.contains("c2FtZ"),
                "{format:?}:\n{out}"
            );
        }
    }
    let found = changes(&before, &after);
    assert!(found.contains(&r#"changed data.password: "*** (before)" > "*** (after)""#.to_owned()));
    assert!(
        found.contains(&r#"removed data.one: "***" > -"#.to_owned()),
        "{found:#?}"
    );
    assert!(!found.iter().any(|change| change.contains("same")));
}

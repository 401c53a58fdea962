//! How long the passes take: `cargo test --release --lib -- --ignored how_long --nocapture`.

use std::fmt::Write as _;

use super::testing::{edge, load_files, shown};

/// How long the passes take on 10,000 routes: `cargo test --release --lib -- --ignored passes`.
#[test]
#[ignore = "a measurement"]
fn how_long_the_passes_take() {
    use std::time::Instant;

    let mut text = edge("services:\n- {name: web, namespace: web, ports: [8000]}\nroutes:");
    for n in 0..10_000 {
        let _ = write!(
            text,
            "    - name: route-{n}\n      namespace: web\n      parents:\n        - gateway: apps\n          \
             listener: https\n      hostnames:\n        - www-{n}.example.com\n      rules:\n        - \
             matches:\n            - pathPrefix: /api/{n}/\n              headers:\n                - name: \
             x-canary\n                  value: v{n}\n          rewrite:\n            pathPrefix: /\n          \
             timeouts:\n            request: 30s\n          backends:\n            - service: web\n              \
             port: 8000\n              weight: 90\n"
        );
    }
    for (what, text) in [
        (
            "long",
            text.clone()
                .replace("ports: [8000]", "ports: [{port: 8000}]"),
        ),
        (
            "short",
            text.replace(
                "          matches:\n            - ",
                "          match:\n              ",
            )
            .replace(
                "        - matches:\n            - pathPrefix",
                "        - match:\n              pathPrefix",
            ),
        ),
    ] {
        let mut sources = crate::source::Sources::new();
        let id = sources.add("edge.yaml", text.as_str()).unwrap();
        let mut report = crate::diag::Report::new();
        let start = Instant::now();
        let tree = crate::source::read(sources.get(id))
            .documents
            .swap_remove(0)
            .tree;
        let read = start.elapsed();
        let nodes = tree.len();
        let start = Instant::now();
        let tree = super::sugar::desugar(tree, &mut report);
        let desugar = start.elapsed();
        let start = Instant::now();
        let mut tree = super::gather::gather(vec![tree], &mut report).swap_remove(0);
        let gather = start.elapsed();
        let start = Instant::now();
        super::scans::scan(&mut tree, &[], &sources, &mut report);
        let scan = start.elapsed();
        let start = Instant::now();
        super::validate::validate(&mut tree, &mut report);
        let validate = start.elapsed();
        let start = Instant::now();
        super::validate::validate(&mut tree, &mut report);
        let again = start.elapsed();
        let start = Instant::now();
        let loaded = super::decode::decode(&mut tree, &mut report).unwrap();
        let decode = start.elapsed();
        assert!(report.is_empty(), "{}", shown(&sources, &report));
        assert_eq!(loaded.edge.spec.routes.len(), 10_000);
        println!(
            "{what}: {} bytes, {nodes} nodes; read {read:?}, desugar {desugar:?}, gather {gather:?}, \
             scan {scan:?}, validate {validate:?} then {again:?}, decode {decode:?}",
            text.len()
        );
    }
}

/// How long 10,000 mistakes take: `cargo test --release --lib -- --ignored how_long`.
#[test]
#[ignore = "a measurement"]
fn how_long_many_mistakes_take() {
    let mut spec = String::from("routes:\n");
    for n in 0..10_000 {
        let _ = writeln!(
            spec,
            "- {{name: r{n}, namespace: web, parents: [{{gatway: a}}], hostnames: [A.example.com], rules: [{{}}]}}"
        );
    }
    let text = edge(&spec);
    let start = std::time::Instant::now();
    let (_, report, loaded) = load_files(&[("edge.yaml", &text)]);
    println!(
        "{} mistakes in {:?}",
        report.iter().count(),
        start.elapsed()
    );
    assert!(loaded.is_some());
}

//! What whole configs render to: each case shows the config and every file beside it.

use std::fmt::Write as _;
use std::fs;

use gatewright::diag::Report;
use gatewright::input::FileSet;
use gatewright::pipeline::{self, Inputs};
use gatewright::render::Templates;
use gatewright::source::Sources;

use crate::program::repository;
use crate::rendering::{Rendered, accepted, assert_conforms, is_a};

#[test]
fn golden() {
    insta::glob!("../cases/golden", "*.yaml", |path| {
        let config = fs::read_to_string(path).unwrap();
        let rendered = accepted(&config);
        assert_conforms(&rendered);
        insta::with_settings!({omit_expression => true}, {
            insta::assert_snapshot!(shown(&config, &rendered));
        });
    });
}

#[test]
fn examples() {
    for name in ["httpbin", "httpbin-oidc"] {
        let rendered = example(name);
        let config = format!("examples/{name}/gatewright.yaml");
        let config = fs::read_to_string(repository().join(config)).unwrap();
        let runbook = &rendered.files()["RUNBOOK.md"];
        insta::with_settings!({omit_expression => true}, {
            insta::assert_snapshot!(format!("example_{name}"), shown(&config, &rendered));
            insta::assert_snapshot!(format!("example_{name}_runbook"), runbook);
        });
    }
}

/// What an example renders to.
pub(crate) fn example(name: &str) -> Rendered {
    let folder = format!("examples/{name}");
    let files = |report: &mut Report| {
        FileSet::read(
            std::slice::from_ref(&folder),
            repository(),
            &mut std::io::empty(),
            report,
        )
        .unwrap()
    };
    let (mut sources, mut report) = (Sources::new(), Report::new());
    let inputs = Inputs {
        files: files(&mut report),
        templates: Templates::built_in(),
    };
    let output = pipeline::render(&inputs, &mut sources, &mut report).unwrap();
    let (mut sources, mut report) = (Sources::new(), Report::new());
    let model = pipeline::resolve(&inputs.files, &mut sources, &mut report).unwrap();
    Rendered {
        output: output.unwrap(),
        target: model.unwrap().versions.target(),
    }
}

/// The config, and every file that it renders to; of the runbook, its headings.
fn shown(config: &str, rendered: &Rendered) -> String {
    let mut text = config.to_owned();
    for (path, content) in rendered.files() {
        let _ = writeln!(text, "\n======== {path}");
        let is_page = is_a(&path, "md");
        let lines = content
            .lines()
            .filter(|line| !is_page || line.starts_with('#'));
        lines.for_each(|line| {
            let _ = writeln!(text, "{line}");
        });
    }
    text
}

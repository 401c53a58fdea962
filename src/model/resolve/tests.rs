//! Resolving, tried on small configs.

use std::fmt::Write;

use crate::config::{ConfigInput, load};
use crate::diag::{Note, Report};
use crate::model::Model;
use crate::source::Sources;

mod access;
mod data_path;
mod mistakes;
mod settings;

/// What a config resolves to, and what is said about it: `line:column level id headline`.
fn resolve(spec: &str) -> (Model, String) {
    let text = format!(
        "apiVersion: gatewright.dev/v1alpha1\nkind: Edge\nmetadata: {{name: test}}\nspec:\n{spec}"
    );
    let (mut sources, mut report) = (Sources::new(), Report::new());
    let input = ConfigInput {
        source: sources.add("gatewright.yaml", text).unwrap(),
        named: true,
    };
    let loaded = load(&[input], &sources, &mut report).unwrap();
    let model = super::resolve(loaded.edge, &loaded.dropped, Vec::new(), &mut report);
    let mut said = String::new();
    for diagnostic in report.iter() {
        let crate::diag::Place::Node(pos) = diagnostic.place else {
            panic!("{diagnostic:?}")
        };
        let (source, offset) = sources.locate(pos).unwrap();
        let (line, column) = source.line_column(offset);
        let (level, id) = (diagnostic.level.as_str(), diagnostic.id);
        // The lines that every config of these tests begins with are not counted.
        writeln!(
            said,
            "{}:{column} {level} {id}: {}",
            line - 4,
            diagnostic.headline
        )
        .unwrap();
        assert!(
            diagnostic
                .notes
                .iter()
                .any(|note| matches!(note, Note::Help(_))),
            "what to do about it? {diagnostic:?}"
        );
    }
    (model, said)
}

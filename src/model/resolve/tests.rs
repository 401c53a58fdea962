//! Resolving, tried on small configs.

use std::fmt::Write;

use crate::diag::{Note, Report};
use crate::input::FileSet;
use crate::model::Model;
use crate::pipeline;
use crate::source::Sources;

mod data_path;
mod mistakes;
mod settings;

/// What a config resolves to, and what is said about it: `line:column level id headline`.
fn resolve(spec: &str) -> (Model, String) {
    let text = format!(
        "apiVersion: gatewright.dev/v1alpha1\nkind: Edge\nmetadata: {{name: test}}\nspec:\n{spec}"
    );
    let files = FileSet::in_memory(&[("gatewright.yaml", &text)], &[]);
    let (mut sources, mut report) = (Sources::new(), Report::new());
    let model = pipeline::resolve(&files, &mut sources, &mut report)
        .unwrap()
        .unwrap();
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

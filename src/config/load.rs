//! From texts to one config.

use crate::diag::{Diagnostic, Place, Report, word_issue};
use crate::source::{
    Document, Issue, IssueKind, Pos, Shape, Source, SourceId, Sources, Tree, read,
};

use super::classify::{Class, classify};
use super::decode::{Loaded, decode};
use super::gather::gather;

use super::scans::scan;
use super::sugar::desugar;
use super::validate::validate;
use super::{API_GROUP, API_VERSION};

/// A text that may hold configs.
#[derive(Clone, Copy, Debug)]
pub struct ConfigInput {
    /// The text.
    pub source: SourceId,
    /// Whether the user named it outright. One that was found in a folder may hold documents of
    /// others, which are left alone.
    pub named: bool,
}

/// Reads the config that all inputs make up together, and reports every mistake in them.
///
/// What is wrong is left out, and the rest is answered, so that what follows from it can be
/// checked as well; there is an answer only where something is left to check.
pub fn load(inputs: &[ConfigInput], sources: &Sources, report: &mut Report) -> Option<Loaded> {
    let mut trees = Vec::new();
    let mut reported = Vec::new();
    for input in inputs {
        let source = sources.get(input.source);
        let found = read_one(source, input.named, report);
        reported.extend(found.reported);
        trees.extend(found.trees);
    }
    if trees.is_empty() {
        // A file that could not be read may have been the config.
        if !report.has_errors() {
            report.push(nothing_found(inputs.len()));
        }
        return None;
    }
    reported.sort_unstable();
    let trees = trees
        .into_iter()
        .map(|tree| desugar(tree, report))
        .collect();
    let mut first = None;
    for mut tree in gather(trees, report) {
        scan(&mut tree, &reported, sources, report);
        validate(&mut tree, report);
        first.get_or_insert(tree);
    }
    first.and_then(|mut tree| decode(&mut tree, report))
}

/// What one text gives.
#[derive(Default)]
struct Found {
    trees: Vec<Tree>,
    /// The nodes that were reported, by place.
    reported: Vec<Pos>,
}

fn read_one(source: &Source, named: bool, report: &mut Report) -> Found {
    // In a folder, most files are not ours, and most of those never speak of us.
    if !named && !source.text().contains(API_GROUP) && !source.text().contains("kind: Edge") {
        return Found::default();
    }
    let read = read(source);
    if named && read.documents.is_empty() && read.issues.is_empty() {
        report.push(empty(source));
    }
    let mut found = Found::default();
    let mut foreign = Vec::new();
    let mut wrong = Vec::new();
    for Document { tree, range, .. } in read.documents {
        match classify(&tree, source, named) {
            Class::Edge => found.trees.push(tree),
            Class::Foreign => foreign.push(range),
            Class::Wrong(diagnostic) => wrong.push(*diagnostic),
        }
    }
    for issue in &read.issues {
        let at = (issue.span.start.offset() - source.start().offset()) as usize;
        if foreign.iter().any(|range| range.contains(&at)) {
            continue;
        }
        report.push(word_issue(issue));
        found.reported.extend(node_of(issue, source));
    }
    for diagnostic in wrong {
        report.push(diagnostic);
    }
    found
}

/// Where the node begins that an issue is about, so that nothing more is said of it.
fn node_of(issue: &Issue, source: &Source) -> Option<Pos> {
    let before = |pos: Pos| (pos.offset() - source.start().offset()) as usize;
    match &issue.kind {
        IssueKind::Ambiguous { .. }
        | IssueKind::UnknownAnchor { .. }
        | IssueKind::RecursiveAlias { .. }
        | IssueKind::MergeOfNoMap { .. } => Some(issue.span.start),
        IssueKind::KeyNotText { shape } => {
            // An unrendered template is a map with such a key, in a second pair of braces.
            let at = before(issue.span.start);
            let template = *shape == Shape::Map && source.text()[..at].ends_with('{');
            let start = source.start().plus((at - usize::from(template)) as u32);
            Some(start)
        }
        IssueKind::UnknownTag { .. } | IssueKind::TagMismatch { .. } => {
            // The value of a tag stands behind it.
            let rest = &source.text()[before(issue.span.end)..];
            let space = rest.len() - rest.trim_start().len();
            Some(issue.span.end.plus(space as u32))
        }
        _ => None,
    }
}

fn empty(source: &Source) -> Diagnostic {
    Diagnostic::error(
        "empty-config",
        format!("`{}` is empty", source.name()),
        Place::File(source.name().to_owned()),
    )
    .help(format!(
        "A config begins with `apiVersion: {API_VERSION}` and `kind: Edge`."
    ))
}

fn nothing_found(files: usize) -> Diagnostic {
    let files = match files {
        0 => "There were no files to read.".to_owned(),
        1 => "One file was read.".to_owned(),
        n => format!("{n} files were read."),
    };
    Diagnostic::error(
        "no-config",
        "no document of kind `Edge` was found",
        Place::Nowhere,
    )
    .because(files)
    .help(format!(
        "A config begins with `apiVersion: {API_VERSION}` and `kind: Edge`."
    ))
}

//! A part of a list as a text of its own.

use std::sync::Arc;

use super::orchestration::{bare, is_orchestration};
use super::resource_list::ListItem;
use crate::source::{Pos, Tree, emit, read_text};

impl ListItem<'_> {
    /// The object as a document of its own, without what orchestrators wrote into it.
    ///
    /// Comments and lines are those of the list as far as they can be, so that a place in the
    /// text is the place in the file that it came from.
    pub fn document(&self) -> String {
        let tree = bare(self.node);
        let faithful = self.text.map(|text| {
            let text = dedented(text);
            [
                without_orchestration(&text, false),
                without_orchestration(&text, true),
            ]
        });
        let faithful = faithful.into_iter().flatten();
        let mut same = faithful.filter(|text| says(text, &tree));
        same.next().unwrap_or_else(|| emit(tree.root()))
    }
}

/// Whether a text says exactly what a tree holds.
fn says(text: &str, tree: &Tree) -> bool {
    let read = read_text(&Arc::from(text), Pos::NONE);
    matches!(&*read.documents, [document] if document.tree == *tree)
}

/// The text without the dash, if there is one, and without its indentation.
fn dedented(text: &str) -> String {
    let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
    if let Some(line) = lines
        .iter_mut()
        .find(|line| line.trim_start().starts_with("- "))
    {
        *line = line.replacen('-', " ", 1);
    }
    let of = |line: &&String| {
        let begun = line.trim_start_matches(' ');
        let counts = !begun.is_empty() && !begun.starts_with('#');
        counts.then_some(line.len() - begun.len())
    };
    let indent = lines.iter().filter_map(|line| of(&line)).min().unwrap_or(0);
    let mut out = String::with_capacity(text.len());
    for line in &lines {
        let blank = line.bytes().take(indent).take_while(|b| *b == b' ').count();
        out.push_str(&line[blank..]);
        out.push('\n');
    }
    out
}

/// The text without the lines of annotations of orchestrators; and without the line that
/// announces annotations, if it is left alone.
fn without_orchestration(text: &str, announced: bool) -> String {
    let key = |line: &str| {
        let line = line.trim_start().trim_start_matches(['"', '\'']);
        let end = line.find(':').unwrap_or(line.len());
        is_orchestration(line[..end].trim_end_matches(['"', '\'']))
    };
    let kept = text.lines().filter(|line| !key(line));
    let kept = kept.filter(|line| !announced || line.trim() != "annotations:");
    kept.flat_map(|line| [line, "\n"]).collect()
}

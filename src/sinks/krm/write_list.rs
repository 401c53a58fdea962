//! The list that a function gives.

use std::fmt::Write as _;

use crate::kube::krm::ResourceList;
use crate::source::{Pos, Shape, Style, TreeBuilder, emit, write_json};

use super::function_plan::{Fate, FunctionPlan, NewItem};
use super::function_result::{FunctionResult, results_tree};

/// The list with what was planned and with results, which take the place of those it came with.
///
/// What is kept is kept to the byte where the list is written in block form, comments included;
/// a list in another form is written anew.
pub fn write_list(
    list: &ResourceList,
    plan: Option<&FunctionPlan>,
    results: &[FunctionResult],
) -> String {
    let fates = plan.map_or(&[][..], |plan| &plan.fates);
    let added = plan.map_or(&[][..], |plan| &plan.added);
    if !spliceable(list, fates) {
        return anew(list, fates, added, results);
    }
    let mut out = spliced(list, fates, added);
    if !results.is_empty() {
        out.push_str("results:\n");
        out.push_str(&emit(results_tree(results).root()));
    }
    out
}

/// Whether the text of items can be passed on, each by itself. An anchor in an item that goes may
/// be what an alias in another stands for.
fn spliceable(list: &ResourceList, fates: &[Fate]) -> bool {
    let Some(frame) = list.frame() else {
        return false;
    };
    let all_found = frame.items.len() == list.items().count();
    let gone = fates.iter().zip(&frame.items);
    let mut gone = gone.filter(|(fate, _)| !matches!(fate, Fate::Keep));
    all_found && !gone.any(|(_, range)| list.text()[range.clone()].contains('&'))
}

/// The text of the list with its items and results replaced.
fn spliced(list: &ResourceList, fates: &[Fate], added: &[NewItem]) -> String {
    let text = list.text();
    let entries = list.frame().map_or(&[][..], |frame| &frame.entries);
    let mut out = String::with_capacity(text.len());
    let start = entries.first().map_or(0, |(_, range)| range.start);
    out.push_str(&text[..start]);
    let mut written = false;
    for (key, range) in entries {
        match key.as_str() {
            "items" => {
                written = true;
                items(&mut out, list, fates, added);
            }
            "results" => {}
            _ => line(&mut out, &text[range.clone()]),
        }
    }
    if !written {
        items(&mut out, list, fates, added);
    }
    out
}

fn items(out: &mut String, list: &ResourceList, fates: &[Fate], added: &[NewItem]) {
    let (indent, ranges) = list
        .frame()
        .map_or((0, &[][..]), |frame| (frame.indent, &frame.items));
    let start = out.len();
    out.push_str("items:\n");
    let head = out.len();
    for (at, range) in ranges.iter().enumerate() {
        match fates.get(at) {
            Some(Fate::Replace(item)) => new_item(out, item, indent),
            Some(Fate::Drop) => {}
            Some(Fate::Keep) | None => line(out, &list.text()[range.clone()]),
        }
    }
    for item in added {
        new_item(out, item, indent);
    }
    if out.len() == head {
        out.truncate(start);
        out.push_str("items: []\n");
    }
}

/// Writes a part of the text, which is whole lines but for the end of the text.
fn line(out: &mut String, text: &str) {
    out.push_str(text);
    if !text.ends_with('\n') {
        out.push('\n');
    }
}

fn new_item(out: &mut String, item: &NewItem, indent: usize) {
    let mut text = item.header.clone().unwrap_or_default();
    text.push_str(&emit(item.tree.root()));
    for (at, line) in text.lines().enumerate() {
        let start = if at == 0 { "- " } else { "  " };
        if line.is_empty() {
            out.push('\n');
        } else {
            let _ = writeln!(out, "{:indent$}{start}{line}", "");
        }
    }
}

/// The list in a form of our own; in JSON, if it came in JSON.
fn anew(
    list: &ResourceList,
    fates: &[Fate],
    added: &[NewItem],
    results: &[FunctionResult],
) -> String {
    let root = list.root();
    let mut builder = TreeBuilder::new(root.tree().text().clone());
    builder.open(Shape::Map, Style::Plain, Pos::NONE);
    let rest = |(key, _): &(_, _)| !["items", "results"].contains(&crate::source::Node::text(*key));
    for (key, value) in root.entries().filter(rest) {
        builder.copy(key);
        builder.copy(value);
    }
    builder.string("items", Pos::NONE);
    builder.open(Shape::Seq, Style::Plain, Pos::NONE);
    for (at, item) in list.items().enumerate() {
        match fates.get(at) {
            Some(Fate::Replace(item)) => builder.copy(item.tree.root()),
            Some(Fate::Drop) => {}
            Some(Fate::Keep) | None => builder.copy(item.node),
        }
    }
    for item in added {
        builder.copy(item.tree.root());
    }
    builder.close();
    if !results.is_empty() {
        builder.string("results", Pos::NONE);
        builder.copy(results_tree(results).root());
    }
    builder.close();
    let tree = builder.finish();
    if serde_json::from_str::<serde::de::IgnoredAny>(list.text()).is_err() {
        return emit(tree.root());
    }
    let mut out = String::new();
    write_json(&mut out, tree.root(), 0);
    out.push('\n');
    out
}

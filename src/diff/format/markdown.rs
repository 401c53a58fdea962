//! For a comment on a pull request.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::io;

use super::lines;
use super::place::in_one_line;
use super::title::{kind, title, word};
use crate::diff::difference::{ChangeKind, Counts, Diff, ObjectDiff};

/// Of a longer name this many characters are shown.
const LONGEST_NAME: usize = 200;

/// Of what is left out, so many kinds are named.
const MOST_KINDS: usize = 8;

/// More than any note about what is left out takes.
const NOTE: usize = 1024;

/// No object takes less.
const SMALLEST: usize = 64;

/// Writes the summary and as many objects as there is room for, the riskiest first.
///
/// What is removed, or renamed and so removed under its old name, takes something away; a change
/// alters what works; what is added harms the least.
pub(super) fn write(diff: &Diff, max_bytes: usize, out: &mut dyn io::Write) -> io::Result<()> {
    let mut page = Page {
        text: String::new(),
        max_bytes,
    };
    summary(diff, &mut page);
    details(diff, &mut page)?;
    out.write_all(page.text.as_bytes())
}

/// A text of bounded length.
struct Page {
    text: String,
    max_bytes: usize,
}

impl Page {
    fn room(&self) -> usize {
        self.max_bytes - self.text.len()
    }

    /// Takes a text up if there is room for it.
    fn push(&mut self, text: &str) -> bool {
        let fits = text.len() <= self.room();
        if fits {
            self.text.push_str(text);
        }
        fits
    }
}

/// The summary is there as a whole or, where the budget is smaller than it, as the counts alone.
fn summary(diff: &Diff, page: &mut Page) {
    let counts = counts(diff.counts());
    let (before, after) = (code(&diff.before), code(&diff.after));
    let title = format!("### {counts} from {before} to {after}\n");
    let full = format!("{title}{}", table(diff));
    let short = format!("{counts}\n");
    let _ = page.push(&full) || page.push(&title) || page.push(&short);
}

fn counts(counts: Counts) -> String {
    let text = counts.to_string();
    let objects = counts.added + counts.removed + counts.changed + counts.renamed;
    match objects {
        0 => "No differences".to_owned(),
        1 => format!("1 object differs ({text})"),
        _ => format!("{objects} objects differ ({text})"),
    }
}

/// How many objects of each kind differ.
fn table(diff: &Diff) -> String {
    if diff.is_empty() {
        return String::new();
    }
    let mut rows: BTreeMap<&str, [usize; 4]> = BTreeMap::new();
    for object in &diff.objects {
        rows.entry(kind(&object.newest().name)).or_default()[risk(object)] += 1;
    }
    let mut text =
        String::from("\n| kind | removed | renamed | changed | added |\n|---|--:|--:|--:|--:|\n");
    for (kind, counts) in rows {
        let _ = write!(text, "| {} ", code(kind));
        for count in counts {
            let _ = match count {
                0 => write!(text, "| "),
                _ => write!(text, "| {count} "),
            };
        }
        text.push_str("|\n");
    }
    text
}

/// How early an object is shown.
fn risk(object: &ObjectDiff) -> usize {
    match object.kind {
        ChangeKind::Removed => 0,
        ChangeKind::Renamed => 1,
        ChangeKind::Changed | ChangeKind::Moved => 2,
        ChangeKind::Added => 3,
    }
}

/// Every object that fits, and what does not.
fn details(diff: &Diff, page: &mut Page) -> io::Result<()> {
    let mut objects: Vec<&ObjectDiff> = diff.objects.iter().collect();
    objects.sort_by_key(|object| risk(object));
    let mut left_out = Vec::new();
    for (at, object) in objects.iter().enumerate() {
        // There has to be room for saying what is left out, unless nothing will be.
        let is_last = at + 1 == objects.len() && left_out.is_empty();
        let room = page.room().saturating_sub(if is_last { 0 } else { NOTE });
        let detail = if room < SMALLEST {
            None
        } else {
            Some(detail(object, diff)?).filter(|detail| detail.len() <= room)
        };
        if !detail.is_some_and(|detail| page.push(&detail)) {
            left_out.push(*object);
        }
    }
    if !left_out.is_empty() {
        let short = format!("\nLeft out: {}.\n", count(left_out.len(), "object"));
        let _ = page.push(&note(&left_out)) || page.push(&short);
    }
    Ok(())
}

fn detail(object: &ObjectDiff, diff: &Diff) -> io::Result<String> {
    let mut lines = Vec::new();
    lines::write(object, diff, false, &mut lines)?;
    let lines = String::from_utf8_lossy(&lines);
    let was = match &object.before {
        Some(before) if object.kind == ChangeKind::Renamed => {
            format!(", was {}", code(&title(&before.name)))
        }
        _ => String::new(),
    };
    let values = match object.kind {
        ChangeKind::Added | ChangeKind::Removed => String::new(),
        _ => format!(": {}", count(object.changes.len(), "value")),
    };
    let name = code(&title(&object.newest().name));
    let word = word(object.kind);
    let fence = fence(&lines);
    Ok(format!(
        "\n<details><summary>{name} {word}{was}{values}</summary>\n\n\
         {fence}diff\n{lines}{fence}\n\n</details>\n"
    ))
}

/// What there was no room for.
fn note(left_out: &[&ObjectDiff]) -> String {
    let mut kinds: BTreeMap<&str, usize> = BTreeMap::new();
    for object in left_out {
        *kinds.entry(kind(&object.newest().name)).or_default() += 1;
    }
    let mut kinds: Vec<(&str, usize)> = kinds.into_iter().collect();
    kinds.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    let named = kinds.iter().take(MOST_KINDS);
    let mut named: Vec<String> = named
        .map(|(kind, count)| format!("{count} {}", code(kind)))
        .collect();
    if kinds.len() > MOST_KINDS {
        named.push(format!(
            "{} of other kinds",
            kinds[MOST_KINDS..].iter().map(|k| k.1).sum::<usize>()
        ));
    }
    format!(
        "\nThe details of {} are left out, since a comment has no room for them: {}. \
         The summary counts them.\n",
        count(left_out.len(), "object"),
        named.join(", ")
    )
}

fn count(count: usize, what: &str) -> String {
    let ending = if count == 1 { "" } else { "s" };
    format!("{count} {what}{ending}")
}

/// A fence longer than any in the text.
fn fence(text: &str) -> String {
    let runs = text.split(|c| c != '`').map(str::len);
    "`".repeat(runs.max().unwrap_or(0).max(2) + 1)
}

/// A name as code, in which nothing is markup, a cell's end or a mention of somebody, wherever in a
/// comment it stands.
fn code(text: &str) -> String {
    let text = in_one_line(text);
    let mut out = String::from("<code>");
    for (count, c) in text.chars().enumerate() {
        if count == LONGEST_NAME {
            out.push('…');
            break;
        }
        if c.is_alphanumeric() || matches!(c, ' ' | '-' | '.' | '/' | '…') {
            out.push(c);
        } else {
            let _ = write!(out, "&#{};", u32::from(c));
        }
    }
    out.push_str("</code>");
    out
}

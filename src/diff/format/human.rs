//! For people at a terminal.

use std::io;

use similar::{ChangeTag, TextDiff};

use super::place::{Place, in_one_line};
use super::title::{title, word};
use super::value_text::{cut, in_line, shown, width};
use super::way::{Way, ways};
use crate::diff::difference::{Change, ChangeKind, Diff, Name, ObjectDiff, State};
use crate::source::{Node, NodeId, emit};

/// Two values of this many characters together may stand in a line with their path.
const SHORT: usize = 60;

/// Of a longer block this many lines are shown.
const MOST_LINES: usize = 40;

/// How many equal lines stand around a change inside a text.
const CONTEXT: usize = 2;

/// Writes every object with what differs in it, and how many there are.
pub(super) fn write(diff: &Diff, color: bool, out: &mut dyn io::Write) -> io::Result<()> {
    let mut page = Page { diff, color, out };
    for object in &diff.objects {
        page.object(object)?;
        writeln!(page.out)?;
    }
    writeln!(page.out, "{}", diff.counts())
}

#[derive(Clone, Copy)]
enum Paint {
    Before,
    After,
    Both,
    Place,
    Title,
}

struct Page<'a> {
    diff: &'a Diff,
    color: bool,
    out: &'a mut dyn io::Write,
}

impl<'a> Page<'a> {
    fn paint(&self, paint: Paint, text: &str) -> String {
        let code = match paint {
            _ if !self.color => return text.to_owned(),
            Paint::Before => "31",
            Paint::After => "32",
            Paint::Both => "33",
            Paint::Place => "2",
            Paint::Title => "1",
        };
        format!("\x1b[{code}m{text}\x1b[0m")
    }

    fn object(&mut self, object: &'a ObjectDiff) -> io::Result<()> {
        let name = &object.newest().name;
        let (sign, paint) = sign(object.kind);
        let sign = self.paint(paint, sign);
        let heading = self.paint(Paint::Title, &title(name));
        let group = match name {
            Name::Object(id) if !id.group.is_empty() => format!(" ({})", in_one_line(&id.group)),
            _ => String::new(),
        };
        let was = match &object.before {
            Some(before) if object.kind == ChangeKind::Renamed => {
                format!(", was {}", title(&before.name))
            }
            _ => String::new(),
        };
        writeln!(
            self.out,
            "{sign} {heading}{group} {}{was}",
            word(object.kind)
        )?;
        let root = |state: &'a Option<State>| state.as_ref().map(|state| state.tree.root());
        let (before, after) = (root(&object.before), root(&object.after));
        self.places(2, before, after, &[])?;
        match object.kind {
            ChangeKind::Added => self.block(4, "+", Paint::After, after),
            ChangeKind::Removed => self.block(4, "-", Paint::Before, before),
            _ => self.changes(object),
        }
    }

    fn changes(&mut self, object: &'a ObjectDiff) -> io::Result<()> {
        let before = object.changes.iter().filter_map(|change| change.before);
        let before = ways(object.before.as_ref(), before);
        let after = object.changes.iter().filter_map(|change| change.after);
        let after = ways(object.after.as_ref(), after);
        object.changes.iter().try_for_each(|change| {
            let before = change.before.and_then(|id| before.get(&id));
            let after = change.after.and_then(|id| after.get(&id));
            self.change(object, change, [before, after])
        })
    }

    fn change(
        &mut self,
        object: &'a ObjectDiff,
        change: &Change,
        ways: [Option<&Way>; 2],
    ) -> io::Result<()> {
        let node =
            |state: &'a Option<State>, id: Option<NodeId>| Some(state.as_ref()?.tree.node(id?));
        let before = node(&object.before, change.before);
        let after = node(&object.after, change.after);
        let (sign, paint) = sign(change.kind);
        let head = self.paint(
            paint,
            &format!("{sign} {}", in_one_line(change.pointer.as_str())),
        );
        let remark = if change.kind == ChangeKind::Renamed {
            " (renamed)"
        } else {
            ""
        };
        write!(self.out, "    {head}")?;
        match (change.kind, before, after) {
            (ChangeKind::Moved, ..) => {
                let [from, to] = ways.map(|way| way.and_then(|way| way.index).unwrap_or_default());
                writeln!(self.out, ": moved from [{from}] to [{to}]")?;
            }
            (_, Some(before), Some(after)) => match (in_line(before), in_line(after)) {
                (Some(old), Some(new)) if width(&old) + width(&new) <= SHORT => {
                    let old = self.paint(Paint::Before, &old);
                    let new = self.paint(Paint::After, &new);
                    writeln!(self.out, ": {old} -> {new}{remark}")?;
                }
                _ => {
                    writeln!(self.out, "{remark}")?;
                    self.both(before, after)?;
                }
            },
            (_, Some(value), None) => self.one("-", Paint::Before, value)?,
            (_, None, Some(value)) => self.one("+", Paint::After, value)?,
            (_, None, None) => writeln!(self.out)?,
        }
        let [old, new] = ways;
        let names = new.or(old).map_or(&[][..], |way| &way.names);
        self.places(8, before, after, names)
    }

    /// A value that one state has: in the line of its path, or below it.
    fn one(&mut self, sign: &str, paint: Paint, value: Node<'_>) -> io::Result<()> {
        if let Some(text) = in_line(value).filter(|text| width(text) <= SHORT) {
            let text = self.paint(paint, &text);
            return writeln!(self.out, ": {text}");
        }
        writeln!(self.out)?;
        self.block(8, sign, paint, Some(value))
    }

    /// The lines of a value.
    fn block(
        &mut self,
        indent: usize,
        sign: &str,
        paint: Paint,
        value: Option<Node<'_>>,
    ) -> io::Result<()> {
        let text = value.map(emit).unwrap_or_default();
        let lines: Vec<String> = text.lines().map(|line| format!("{sign} {line}")).collect();
        self.lines(indent, lines.iter().map(|line| (paint, line.as_str())))
    }

    /// The lines in which two values differ.
    fn both(&mut self, before: Node<'_>, after: Node<'_>) -> io::Result<()> {
        let (old, new) = (shown(before), shown(after));
        let diff = TextDiff::from_lines(old.as_str(), new.as_str());
        let mut lines = Vec::new();
        for (count, hunk) in diff
            .unified_diff()
            .context_radius(CONTEXT)
            .iter_hunks()
            .enumerate()
        {
            if count > 0 {
                lines.push((Paint::Place, "  ...".to_owned()));
            }
            for change in hunk.iter_changes() {
                let (sign, paint) = match change.tag() {
                    ChangeTag::Delete => ("-", Paint::Before),
                    ChangeTag::Insert => ("+", Paint::After),
                    ChangeTag::Equal => (" ", Paint::Place),
                };
                lines.push((
                    paint,
                    format!("{sign} {}", change.value().trim_end_matches('\n')),
                ));
            }
        }
        self.lines(8, lines.iter().map(|(paint, line)| (*paint, line.as_str())))
    }

    fn lines<'l>(
        &mut self,
        indent: usize,
        lines: impl ExactSizeIterator<Item = (Paint, &'l str)>,
    ) -> io::Result<()> {
        // One line more is not worth a line that says so.
        let count = lines.len();
        let most = if count <= MOST_LINES + 1 {
            count
        } else {
            MOST_LINES
        };
        for (paint, line) in lines.take(most) {
            let line = self.paint(paint, &cut(line));
            writeln!(self.out, "{:indent$}{line}", "")?;
        }
        if most < count {
            let more = self.paint(Paint::Place, &format!("... {} more lines", count - most));
            writeln!(self.out, "{:indent$}{more}", "")?;
        }
        Ok(())
    }

    /// Where something is, in both states, and what the items are called that it is in.
    fn places(
        &mut self,
        indent: usize,
        before: Option<Node<'_>>,
        after: Option<Node<'_>>,
        names: &[String],
    ) -> io::Result<()> {
        let place = |node: Option<Node<'_>>| Place::of(node?.pos(), &self.diff.sources);
        let mut text = match (place(before), place(after)) {
            (Some(before), Some(after)) => format!("{before} -> {after}"),
            (Some(place), None) | (None, Some(place)) => place.to_string(),
            (None, None) => return Ok(()),
        };
        if !names.is_empty() {
            text = format!("{text}, in {}", names.join(", "));
        }
        let text = self.paint(Paint::Place, &text);
        writeln!(self.out, "{:indent$}{text}", "")
    }
}

fn sign(kind: ChangeKind) -> (&'static str, Paint) {
    match kind {
        ChangeKind::Added => ("+", Paint::After),
        ChangeKind::Removed => ("-", Paint::Before),
        ChangeKind::Changed | ChangeKind::Moved | ChangeKind::Renamed => ("~", Paint::Both),
    }
}

//! `gatewright diff` as git runs it, for one path at a time.

use std::env;
use std::io::{self, Write};
use std::path::PathBuf;

use crate::diag::Report;
use crate::diff::{self, Format, Side, SideFile, Unified, unified};
use crate::input::{Manifest, Manifests, Material, Operand, Way, Whence};

use super::super::failure::Failure;
use super::super::options::{Diff, GitPath};
use super::super::run::Outcome;
use super::super::terminal::Terminal;

/// What one state of a path is.
enum State {
    /// There is nothing.
    Absent,
    /// A file that speaks of objects.
    Objects(Manifest),
    /// Any other text.
    Text(Manifest),
    /// No text at all.
    Binary,
}

/// Compares one path in two states: by object where both speak of objects, else line by line.
pub(super) fn run(diff: &Diff, path: &GitPath, terminal: Terminal) -> Result<Outcome, Failure> {
    let (before_name, after_name) = (format!("a/{}", path.before), format!("b/{}", path.after));
    let before = read(&path.before_file, &path.before, &before_name)?;
    let after = read(&path.after_file, &path.after, &after_name)?;
    let color = terminal.color_out;
    let for_people = matches!(diff.format, Format::Human | Format::Unified);
    let found = by_object(diff, &before, &after, [&before_name, &after_name]);
    Terminal::data(|out| {
        if for_people {
            head(path, color, out)?;
        }
        match &found {
            Some(found) if found.is_empty() && for_people => {
                writeln!(out, "the same objects in another text")
            }
            Some(found) => diff.format.write(found, diff.look(color), out),
            None => by_line(&before, &after, [&before_name, &after_name], color, out),
        }
    })?;
    let differ = found.is_none_or(|found| !found.is_empty());
    Ok(if differ && !diff.exit_zero {
        Outcome::Findings
    } else {
        Outcome::Fine
    })
}

/// Says that a path has no two states to compare.
pub(super) fn unmerged(path: &str) -> Result<Outcome, Failure> {
    Terminal::data(|out| writeln!(out, "* Unmerged path {path}"))?;
    Ok(Outcome::Fine)
}

fn read(file: &str, path: &str, shown: &str) -> Result<State, Failure> {
    if file == "/dev/null" {
        return Ok(State::Absent);
    }
    let working = env::current_dir().unwrap_or_else(|_| PathBuf::from("."));
    let operand = Operand {
        way: Way::Manifests,
        whence: Whence::Disk(file.to_owned()),
        may_lack: false,
    };
    let mut unread = Report::new();
    let mut material = Material::read(&operand, &working, &mut io::empty(), &mut unread)?;
    let Some(file) = material.files.pop() else {
        return Ok(State::Binary);
    };
    let of = Manifest {
        name: path.to_owned(),
        shown: shown.to_owned(),
        text: file.file.text,
    };
    Ok(if of.text.contains('\0') {
        State::Binary
    } else if Manifests::is_one(path, &of.text) {
        State::Objects(of)
    } else {
        State::Text(of)
    })
}

/// The differences by object, where there are objects and they can be read.
fn by_object(diff: &Diff, before: &State, after: &State, names: [&str; 2]) -> Option<diff::Diff> {
    let side = |state: &State, name: &str| {
        let files = match state {
            State::Absent => Vec::new(),
            State::Objects(file) => vec![SideFile {
                name: file.name.clone(),
                shown: file.shown.clone(),
                text: file.text.clone(),
            }],
            State::Text(_) | State::Binary => return None,
        };
        let name = name.to_owned();
        Some(Side { name, files })
    };
    let (before, after) = (side(before, names[0])?, side(after, names[1])?);
    diff::compare(before, after, &diff.options).ok()
}

fn by_line(
    before: &State,
    after: &State,
    names: [&str; 2],
    color: bool,
    out: &mut dyn Write,
) -> io::Result<()> {
    let text = |state| match state {
        &State::Absent => Some(String::new()),
        State::Objects(file) | State::Text(file) => Some(file.text.to_string()),
        State::Binary => None,
    };
    let name = |state: &State, name| {
        if matches!(state, State::Absent) {
            "/dev/null"
        } else {
            name
        }
    };
    let (before_name, after_name) = (name(before, names[0]), name(after, names[1]));
    if [before, after].into_iter().any(may_hold_secrets) {
        return writeln!(
            out,
            "{before_name} and {after_name} differ; their lines are not shown, since they speak of a \
             Secret and cannot be read as objects"
        );
    }
    match (text(before), text(after)) {
        (Some(before), Some(after)) => {
            let texts = Unified {
                before_name,
                after_name,
                before: &before,
                after: &after,
            };
            unified(texts, color, out)
        }
        _ => writeln!(out, "Binary files {before_name} and {after_name} differ"),
    }
}

/// Whether a text that is not read as objects may hold values of Secrets.
fn may_hold_secrets(state: &State) -> bool {
    matches!(state, State::Objects(file) if file.text.contains("Secret"))
}

/// The line with which git begins each path, and what it says of a rename.
fn head(path: &GitPath, color: bool, out: &mut dyn Write) -> io::Result<()> {
    let (bold, plain) = if color {
        ("\x1b[1m", "\x1b[0m")
    } else {
        ("", "")
    };
    writeln!(
        out,
        "{bold}diff --git a/{} b/{}{plain}",
        path.before, path.after
    )?;
    for line in path
        .words
        .lines()
        .filter(|line| !line.starts_with("index "))
    {
        writeln!(out, "{bold}{line}{plain}")?;
    }
    Ok(())
}

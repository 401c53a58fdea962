//! Two texts line by line, in the form that `patch` and reviewers read.

use std::io::{self, Write};

use similar::{ChangeTag, TextDiff};

/// How many equal lines stand around a change.
const CONTEXT: usize = 3;

const RED: &str = "\x1b[31m";
const GREEN: &str = "\x1b[32m";
const CYAN: &str = "\x1b[36m";
const BOLD: &str = "\x1b[1m";
const PLAIN: &str = "\x1b[0m";

/// Two texts to compare, with what they are called in the head of the diff.
#[derive(Clone, Copy, Debug)]
pub struct Unified<'a> {
    /// The name of the text before, such as `a/manifests/web/service-web.yaml` or `/dev/null`.
    pub before_name: &'a str,
    /// The name of the text after.
    pub after_name: &'a str,
    /// The text before; empty where there was none.
    pub before: &'a str,
    /// The text after; empty where there is none.
    pub after: &'a str,
}

/// Writes how two texts differ as a unified diff with three lines of context; nothing if they do
/// not. A last line without a line break is marked as `diff -u` marks it.
pub fn unified(texts: Unified<'_>, color: bool, out: &mut dyn Write) -> io::Result<()> {
    if texts.before == texts.after {
        return Ok(());
    }
    let paint = |code| if color { code } else { "" };
    let plain = paint(PLAIN);
    let diff = TextDiff::from_lines(texts.before, texts.after);
    writeln!(out, "{}--- {}{plain}", paint(BOLD), texts.before_name)?;
    writeln!(out, "{}+++ {}{plain}", paint(BOLD), texts.after_name)?;
    for hunk in diff.unified_diff().context_radius(CONTEXT).iter_hunks() {
        writeln!(out, "{}{}{plain}", paint(CYAN), hunk.header())?;
        for change in hunk.iter_changes() {
            let (sign, code) = match change.tag() {
                ChangeTag::Delete => ('-', paint(RED)),
                ChangeTag::Insert => ('+', paint(GREEN)),
                ChangeTag::Equal => (' ', ""),
            };
            let end = if code.is_empty() { "" } else { plain };
            let line = change.value().trim_end_matches('\n');
            writeln!(out, "{code}{sign}{line}{end}")?;
            if change.missing_newline() {
                writeln!(out, "\\ No newline at end of file")?;
            }
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(before: &str, after: &str, color: bool) -> String {
        let mut out = Vec::new();
        let texts = Unified {
            before_name: "a/x.yaml",
            after_name: "b/x.yaml",
            before,
            after,
        };
        unified(texts, color, &mut out).unwrap();
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn changed_lines_stand_in_their_context() {
        let before = "1\n2\n3\n4\n5\n6\n7\n8\n9\n";
        let after = before.replace("5\n", "five\n");
        assert_eq!(
            shown(before, &after, false),
            "--- a/x.yaml\n+++ b/x.yaml\n@@ -2,7 +2,7 @@\n 2\n 3\n 4\n-5\n+five\n 6\n 7\n 8\n"
        );
        assert!(shown(before, &after, true).contains("\x1b[31m-5\x1b[0m\n"));
    }

    #[test]
    fn texts_that_begin_or_end_with_nothing() {
        assert_eq!(shown("a\n", "a\n", false), "");
        assert_eq!(
            shown("", "a\n", false),
            "--- a/x.yaml\n+++ b/x.yaml\n@@ -0,0 +1 @@\n+a\n"
        );
        assert_eq!(
            shown("a", "a\n", false),
            "--- a/x.yaml\n+++ b/x.yaml\n@@ -1 +1 @@\n-a\n\\ No newline at end of file\n+a\n"
        );
    }
}

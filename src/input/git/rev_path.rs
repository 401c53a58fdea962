//! `REV[:PATH]`.

use super::git_error::GitError;

/// A revision as it was written, with the path in it where there is one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RevPath {
    /// What names the revision: `main`, `HEAD~1`, `v1.2^{commit}`.
    pub revision: String,
    /// The path as it was written: from the root of the repository, or after `./` or `../` from
    /// the working folder. Empty means the whole tree.
    pub path: Option<String>,
}

impl RevPath {
    /// Takes `REV[:PATH]` apart as git does: at the first colon that stands in no braces.
    pub fn parse(text: &str) -> Result<Self, GitError> {
        let mut depth = 0_u32;
        let colon = text.char_indices().find(|(_, letter)| {
            match letter {
                '{' => depth += 1,
                '}' => depth = depth.saturating_sub(1),
                _ => {}
            }
            *letter == ':' && depth == 0
        });
        let (revision, path) = match colon {
            Some((at, _)) => (&text[..at], Some(text[at + 1..].to_owned())),
            None => (text, None),
        };
        if let Some((from, to)) = revision.split_once("..") {
            let (from, since_fork) = (from.to_owned(), to.starts_with('.'));
            let to = to.trim_start_matches('.').to_owned();
            return Err(GitError::Range {
                from,
                to,
                since_fork,
            });
        }
        Ok(RevPath {
            revision: revision.to_owned(),
            path,
        })
    }
}

/// A path in a repository, written from a folder in it: without `.` and `..`, and without slashes
/// at its ends. Nothing where it leads out of the repository.
pub(super) fn normal(folder: &str, path: &str) -> Option<String> {
    let mut parts: Vec<&str> = Vec::new();
    for part in folder.split('/').chain(path.split('/')) {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop()?;
            }
            part => parts.push(part),
        }
    }
    Some(parts.join("/"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_revision_ends_at_the_first_colon_outside_braces() {
        for (text, revision, path) in [
            ("main", "main", None),
            ("HEAD~1:clusters/eu", "HEAD~1", Some("clusters/eu")),
            ("main:", "main", Some("")),
            ("main:./a:b", "main", Some("./a:b")),
            (
                "main@{2024-01-01 10:00}:a",
                "main@{2024-01-01 10:00}",
                Some("a"),
            ),
            ("HEAD^{/fix: all}", "HEAD^{/fix: all}", None),
        ] {
            let parsed = RevPath::parse(text).unwrap();
            assert_eq!(
                (parsed.revision.as_str(), parsed.path.as_deref()),
                (revision, path)
            );
        }
    }

    #[test]
    fn ranges_are_two_revisions() {
        for (text, help) in [
            ("main..", "Write `gatewright diff main HEAD`."),
            ("a..b", "Write `gatewright diff a b`."),
            (
                "main...x",
                "Write `gatewright diff $(git merge-base main x) x`.",
            ),
        ] {
            assert_eq!(RevPath::parse(text).unwrap_err().help(), help);
        }
    }

    #[test]
    fn paths_stay_in_the_repository() {
        assert_eq!(normal("a/b", "../c/./d/").as_deref(), Some("a/c/d"));
        assert_eq!(normal("a", "..").as_deref(), Some(""));
        assert_eq!(normal("a", "../.."), None);
    }
}

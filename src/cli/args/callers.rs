//! Words that other programs put in an order of their own.

use std::ffi::{OsStr, OsString};

/// What another program tells those it calls.
#[derive(Clone, Copy, Debug, Default)]
pub(in crate::cli) struct Callers {
    /// `kubectl diff` runs what this variable names.
    pub(in crate::cli) kubectl: bool,
    /// `git diff` runs it for one path.
    pub(in crate::cli) git: bool,
}

impl Callers {
    /// Those that speak through the environment.
    pub(in crate::cli) fn of_environment() -> Self {
        let is_set = |name| std::env::var_os(name).is_some_and(|value| !value.is_empty());
        Callers {
            kubectl: is_set("KUBECTL_EXTERNAL_DIFF"),
            git: is_set("GIT_DIFF_PATH_COUNTER"),
        }
    }

    /// The words in our order.
    ///
    /// Kubectl puts its two folders before all other words: `gatewright LIVE MERGED diff --flag`.
    /// Git's words come last, and the first of them is a path that may begin with `-`.
    pub(in crate::cli) fn in_order(self, mut words: Vec<OsString>) -> Vec<OsString> {
        let is = |at: usize, word: &str| words.get(at).is_some_and(|w| w == word);
        let is_folder = |at: usize| {
            let word = words.get(at).map(OsString::as_os_str).unwrap_or_default();
            !word.as_encoded_bytes().starts_with(b"-")
        };
        if self.kubectl && is(3, "diff") && is_folder(1) && is_folder(2) {
            words[1..].rotate_left(2);
        } else if self.git && is(1, "diff") && !words.iter().any(|word| word == "--") {
            let count = [9, 7].into_iter().find(|count| {
                let start = words.len().checked_sub(*count).filter(|start| *start >= 2);
                start.is_some_and(|start| is_of_git(&words[start..]))
            });
            if let Some(count) = count {
                words.insert(words.len() - count, "--".into());
            }
        }
        words
    }
}

/// Whether words are `path old-file old-hex old-mode new-file new-hex new-mode …`.
pub(in crate::cli) fn is_of_git<W: AsRef<OsStr>>(words: &[W]) -> bool {
    let word = |at: usize| words.get(at).and_then(|word| word.as_ref().to_str());
    let is_mode =
        |word: &str| word == "." || (word.len() == 6 && word.bytes().all(|b| b.is_ascii_digit()));
    let is_hex = |word: &str| word == "." || word.bytes().all(|b| b.is_ascii_hexdigit());
    matches!(words.len(), 7 | 9)
        && [3, 6].into_iter().all(|at| word(at).is_some_and(is_mode))
        && [2, 5].into_iter().all(|at| word(at).is_some_and(is_hex))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ordered(callers: Callers, words: &str) -> String {
        let words = words.split(' ').map(OsString::from).collect();
        let words = callers.in_order(words);
        let words: Vec<_> = words.iter().map(|word| word.to_str().unwrap()).collect();
        words.join(" ")
    }

    #[test]
    fn the_folders_of_kubectl_go_behind_the_command() {
        let kubectl = Callers {
            kubectl: true,
            git: false,
        };
        let said = "gatewright /tmp/LIVE-1 /tmp/MERGED-2 diff --format=json";
        let ours = "gatewright diff --format=json /tmp/LIVE-1 /tmp/MERGED-2";
        assert_eq!(ordered(kubectl, said), ours);
        assert_eq!(ordered(kubectl, ours), ours);
        assert_eq!(
            ordered(kubectl, "gatewright --color never diff a"),
            "gatewright --color never diff a"
        );
        assert_eq!(ordered(Callers::default(), said), said);
    }

    #[test]
    fn the_words_of_git_are_no_flags() {
        let git = Callers {
            kubectl: false,
            git: true,
        };
        let words = "-a /tmp/x 1f 100644 /dev/null . .";
        assert_eq!(
            ordered(git, &format!("gatewright diff --exit-code {words}")),
            format!("gatewright diff --exit-code -- {words}")
        );
        assert_eq!(
            ordered(git, &format!("gatewright diff {words} b rename")),
            format!("gatewright diff -- {words} b rename")
        );
        assert_eq!(ordered(git, "gatewright diff a b"), "gatewright diff a b");
    }
}

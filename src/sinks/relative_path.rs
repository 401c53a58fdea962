//! A path below the output folder that is safe on every machine.

use std::fmt;

/// Names that some systems open as devices, whatever stands after a dot.
const DEVICES: [&str; 4] = ["con", "prn", "aux", "nul"];

/// A path below the output folder: POSIX separators, at least one component, and no component
/// that leads elsewhere or that some file system refuses or reads differently.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct RelativePath(String);

/// Why a text is no [`RelativePath`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PathFault {
    /// The text.
    pub path: String,
    /// What is wrong with it, as the end of a sentence.
    pub why: String,
}

impl fmt::Display for PathFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "cannot write a file named {:?}: {}; choose another name",
            self.path, self.why
        )
    }
}

impl std::error::Error for PathFault {}

impl RelativePath {
    /// Takes a text that is a path below the output folder.
    pub fn parse(path: impl Into<String>) -> Result<Self, PathFault> {
        let path = path.into();
        match fault(&path) {
            Some(why) => Err(PathFault { path, why }),
            None => Ok(RelativePath(path)),
        }
    }

    /// The path, with `/` between its components.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for RelativePath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

fn fault(path: &str) -> Option<String> {
    if path.is_empty() {
        return Some("it is empty".to_owned());
    }
    if path.starts_with('/') {
        return Some("it is absolute, and files are written below the output folder only".into());
    }
    if path.len() > 1024 {
        return Some("it is longer than 1024 bytes".to_owned());
    }
    let folders = path.rsplit_once('/').map_or("", |(folders, _)| folders);
    path.split('/')
        .find_map(component_fault)
        .or_else(|| folders.split('/').find_map(hidden_folder_fault))
}

/// Tools keep copies of repositories in hidden folders, so no stale file is looked for there.
fn hidden_folder_fault(folder: &str) -> Option<String> {
    folder
        .starts_with('.')
        .then(|| format!("`{folder}` is a hidden folder, where files would be left when stale"))
}

fn component_fault(component: &str) -> Option<String> {
    if component.is_empty() {
        return Some("it has an empty component".to_owned());
    }
    if matches!(component, "." | "..") {
        return Some(format!("`{component}` leads to another folder"));
    }
    if let Some(c) = component.chars().find(|c| c.is_control()) {
        return Some(format!(
            "it holds the control character U+{:04X}",
            u32::from(c)
        ));
    }
    if let Some(c) = component.chars().find(|c| r#"\:<>"|?*"#.contains(*c)) {
        return Some(format!(
            "it holds `{c}`, which some file systems do not allow"
        ));
    }
    if component.ends_with(['.', ' ']) {
        return Some(format!(
            "`{component}` ends with a dot or space, which Windows drops"
        ));
    }
    if component.len() > 255 {
        return Some("it has a component longer than 255 bytes".to_owned());
    }
    if component.starts_with(super::disk::TEMPORARY_PREFIX) {
        return Some("such names are kept for temporary files".to_owned());
    }
    let stem = component
        .split('.')
        .next()
        .unwrap_or_default()
        .trim_end()
        .to_ascii_lowercase();
    let numbered = stem
        .strip_prefix("com")
        .or_else(|| stem.strip_prefix("lpt"));
    let port = numbered.is_some_and(|n| matches!(n.as_bytes(), [b'1'..=b'9']));
    if port || DEVICES.contains(&stem.as_str()) {
        return Some(format!("`{component}` names a device on Windows"));
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_paths_that_stay_below_the_folder_and_mean_the_same_everywhere() {
        for path in [
            "a.yaml",
            "a/b/c.yaml",
            "_cluster/namespace-x.yaml",
            "a/.hidden",
            "console.yaml",
            "com10.yaml",
            "ünïcode.yaml",
            "a b.yaml",
        ] {
            assert!(RelativePath::parse(path).is_ok(), "{path}");
        }
        for path in [
            "",
            "/etc/passwd",
            "..",
            "../x",
            "a/../b",
            "./a",
            "a//b",
            "a/",
            "a\\b",
            "C:x",
            "a\0b",
            "a\nb",
            "con",
            "NUL.yaml",
            "a/aux.tar.gz",
            "com1",
            "x.",
            "x ",
            "a?b",
            "...",
            ".gatewright-abc.tmp",
            ".git/x",
            "a/.hidden/x",
            "aux .yaml",
        ] {
            assert!(RelativePath::parse(path).is_err(), "{path:?}");
        }
        assert!(RelativePath::parse("a".repeat(256)).is_err());
        let fault = RelativePath::parse("a/../b").unwrap_err();
        assert_eq!(
            fault.to_string(),
            "cannot write a file named \"a/../b\": `..` leads to another folder; choose another name"
        );
    }
}

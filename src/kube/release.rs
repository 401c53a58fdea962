//! Releases by their minor version.

use std::fmt;
use std::str::FromStr;

/// A minor version such as `1.9`; patch versions change no field.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Release {
    major: u16,
    minor: u16,
}

impl Release {
    /// The release `major.minor`.
    pub const fn new(major: u16, minor: u16) -> Self {
        Release { major, minor }
    }
}

impl fmt::Display for Release {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}", self.major, self.minor)
    }
}

impl fmt::Debug for Release {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// What is wrong with a text that should be a release.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ReleaseError;

impl fmt::Display for ReleaseError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("not a version such as `1.9` or `1.9.1`")
    }
}

impl std::error::Error for ReleaseError {}

/// Reads `1.9`, `v1.9` and `1.9.1`; what follows the minor version is dropped.
impl FromStr for Release {
    type Err = ReleaseError;

    fn from_str(text: &str) -> Result<Self, ReleaseError> {
        let mut parts = text.strip_prefix('v').unwrap_or(text).splitn(3, '.');
        let mut number = || {
            let part = parts
                .next()
                .filter(|p| p.bytes().all(|b| b.is_ascii_digit()));
            part.and_then(|p| p.parse().ok()).ok_or(ReleaseError)
        };
        let release = Release::new(number()?, number()?);
        match parts.next() {
            Some(patch) if !patch.starts_with(|c: char| c.is_ascii_digit()) => Err(ReleaseError),
            _ => Ok(release),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reading() {
        for text in ["1.9", "v1.9", "1.9.1", "v1.9.1-rc.2"] {
            assert_eq!(text.parse(), Ok(Release::new(1, 9)), "{text}");
        }
        for text in [
            "", "1", "1.", "1.x", "latest", "1.9.", "1.9.x", "+1.9", "1. 9",
        ] {
            assert_eq!(text.parse::<Release>(), Err(ReleaseError), "{text}");
        }
        assert!(Release::new(1, 9) < Release::new(1, 10));
    }
}

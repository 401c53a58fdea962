//! The `apiVersion` of a document.

use std::fmt;

/// An API group and version, split from the text of an `apiVersion`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ApiVersion<'a> {
    /// The group; empty for the core group.
    pub group: &'a str,
    /// The version, such as `v1beta1`.
    pub version: &'a str,
}

impl<'a> ApiVersion<'a> {
    /// Splits `group/version` or `version`; nothing if a part is empty or there are too many.
    pub fn parse(text: &'a str) -> Option<Self> {
        let (group, version) = match text.split_once('/') {
            Some(("", _)) => return None,
            Some(parts) => parts,
            None => ("", text),
        };
        let good = !version.is_empty() && !version.contains('/') && !text.contains(' ');
        good.then_some(ApiVersion { group, version })
    }
}

impl fmt::Display for ApiVersion<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.group {
            "" => f.write_str(self.version),
            group => write!(f, "{group}/{}", self.version),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn splitting() {
        let parse = ApiVersion::parse;
        assert_eq!(
            parse("v1"),
            Some(ApiVersion {
                group: "",
                version: "v1"
            })
        );
        let found = parse("apps/v1").unwrap();
        assert_eq!(
            (found.group, found.version, found.to_string()),
            ("apps", "v1", "apps/v1".into())
        );
        for text in ["", "/v1", "apps/", "a/b/c", "a pps/v1"] {
            assert_eq!(parse(text), None, "{text}");
        }
    }
}

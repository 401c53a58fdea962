//! Places that a comparison leaves out.

use std::fmt;
use std::str::FromStr;

use crate::source::Node;

/// A place that does not count, and all below it: `spec.listeners[name=https].tls`,
/// `metadata.annotations["a.b/c"]`, `spec.rules[*].timeouts`; with a kind before it, only in
/// objects of that kind: `Service:spec.clusterIP`.
///
/// The form is that of [`Pointer`](crate::kube::Pointer), and `[*]` stands for every item. A kind
/// may have its group after it: `Gateway.networking.istio.io:spec.servers`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ignore {
    kind: Option<String>,
    steps: Vec<Step>,
}

/// One step of the way to a place.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Step {
    /// The value of a key.
    Key(String),
    /// The item of an index.
    Index(usize),
    /// Every item.
    Every,
    /// The items in which these fields have these values.
    Item(Vec<(String, String)>),
}

/// Why a text names no place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IgnoreError {
    what: &'static str,
    /// The character, counted from 1, that it is about.
    at: usize,
}

impl fmt::Display for IgnoreError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{} at character {}; a path is written `spec.listeners[name=https].tls`, \
             `metadata.annotations[\"a.b/c\"]` or `Service:spec.ports[*].nodePort`",
            self.what, self.at
        )
    }
}

impl std::error::Error for IgnoreError {}

impl FromStr for Ignore {
    type Err = IgnoreError;

    fn from_str(text: &str) -> Result<Self, IgnoreError> {
        let colon = text
            .find([':', '['])
            .filter(|at| text[*at..].starts_with(':'));
        let kind = colon.map(|at| text[..at].to_owned());
        if kind.as_deref() == Some("") {
            return Err(IgnoreError {
                what: "a kind is missing",
                at: 1,
            });
        }
        let mut reader = Reader {
            text,
            at: colon.map_or(0, |at| at + 1),
        };
        Ok(Ignore {
            kind,
            steps: reader.steps()?,
        })
    }
}

struct Reader<'t> {
    text: &'t str,
    at: usize,
}

impl<'t> Reader<'t> {
    fn rest(&self) -> &'t str {
        &self.text[self.at..]
    }

    fn wrong<T>(&self, what: &'static str) -> Result<T, IgnoreError> {
        let at = self.text[..self.at].chars().count() + 1;
        Err(IgnoreError { what, at })
    }

    fn steps(&mut self) -> Result<Vec<Step>, IgnoreError> {
        let mut steps = Vec::new();
        let mut wants_key = !self.rest().starts_with('[');
        loop {
            if wants_key {
                let length = self.rest().find(['.', '[']).unwrap_or(self.rest().len());
                if length == 0 {
                    return self.wrong("a key is missing");
                }
                let key = &self.rest()[..length];
                if let Some(at) = key.find([']', '"', '=', ' ']) {
                    self.at += at;
                    return self.wrong("a key such as this stands in brackets and quotes");
                }
                steps.push(Step::Key(key.to_owned()));
                self.at += length;
            }
            let Some(next) = self.rest().bytes().next() else {
                return Ok(steps);
            };
            self.at += 1;
            wants_key = next == b'.';
            if next == b'[' {
                steps.push(self.bracket()?);
            } else if next != b'.' {
                self.at -= 1;
                return self.wrong("a `.` or `[` is missing");
            }
        }
    }

    /// What stands between brackets, the first one of which is passed.
    fn bracket(&mut self) -> Result<Step, IgnoreError> {
        if self.rest().starts_with('"') {
            let mut read = serde_json::Deserializer::from_str(self.rest()).into_iter::<String>();
            let Some(Ok(key)) = read.next() else {
                return self.wrong("the quotes do not end");
            };
            self.at += read.byte_offset();
            return self.close(Step::Key(key));
        }
        let length = self.rest().find(']').unwrap_or(self.rest().len());
        let inside = &self.rest()[..length];
        let step = if inside == "*" {
            Step::Every
        } else if let Ok(index) = inside.parse() {
            Step::Index(index)
        } else {
            let pairs = inside.split(',').map(|pair| pair.split_once('='));
            match pairs.collect::<Option<Vec<_>>>() {
                Some(pairs) if pairs.iter().all(|(key, _)| !key.is_empty()) => Step::Item(
                    pairs
                        .into_iter()
                        .map(|(key, value)| (key.to_owned(), value.to_owned()))
                        .collect(),
                ),
                _ => {
                    return self.wrong("brackets hold `name=value`, an index, `*` or a quoted key");
                }
            }
        };
        self.at += length;
        self.close(step)
    }

    fn close(&mut self, step: Step) -> Result<Step, IgnoreError> {
        if !self.rest().starts_with(']') {
            return self.wrong("a `]` is missing");
        }
        self.at += 1;
        Ok(step)
    }
}

impl Ignore {
    /// Whether it is about objects of this kind.
    pub(super) fn is_about(&self, group: &str, kind: &str) -> bool {
        self.kind.as_deref().is_none_or(|wanted| {
            wanted == kind
                || wanted
                    .split_once('.')
                    .is_some_and(|(k, g)| k == kind && g == group)
        })
    }

    /// How many steps the way to its place has.
    pub(super) fn depth(&self) -> usize {
        self.steps.len()
    }

    /// Whether step `depth` goes to the value of this key.
    pub(super) fn takes_key(&self, depth: usize, key: &str) -> bool {
        matches!(self.steps.get(depth), Some(Step::Key(wanted)) if wanted == key)
    }

    /// Whether step `depth` goes to this item.
    pub(super) fn takes_item(&self, depth: usize, index: usize, item: Node<'_>) -> bool {
        match self.steps.get(depth) {
            Some(Step::Every) => true,
            Some(Step::Index(wanted)) => *wanted == index,
            Some(Step::Item(fields)) => fields
                .iter()
                .all(|(key, value)| item.get(key).is_some_and(|node| node.text() == value)),
            Some(Step::Key(_)) | None => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(text: &str) -> Step {
        Step::Key(text.to_owned())
    }

    #[test]
    fn every_form_of_a_path() {
        let read: Ignore = r#"Service:spec.ports[port=80,protocol=TCP]["a.b/c"][3][*].x"#
            .parse()
            .unwrap();
        assert_eq!(read.kind.as_deref(), Some("Service"));
        let item = vec![
            ("port".to_owned(), "80".to_owned()),
            ("protocol".to_owned(), "TCP".to_owned()),
        ];
        let expected = [
            key("spec"),
            key("ports"),
            Step::Item(item),
            key("a.b/c"),
            Step::Index(3),
            Step::Every,
            key("x"),
        ];
        assert_eq!(read.steps, expected);
        let read: Ignore = r#"metadata.annotations["a:b"]"#.parse().unwrap();
        assert_eq!(read.kind, None);
        assert_eq!(read.depth(), 3);
    }

    #[test]
    fn a_kind_with_or_without_its_group() {
        let read: Ignore = "Gateway.networking.istio.io:spec".parse().unwrap();
        assert!(read.is_about("networking.istio.io", "Gateway"));
        assert!(!read.is_about("gateway.networking.k8s.io", "Gateway"));
        let read: Ignore = "Gateway:spec".parse().unwrap();
        assert!(read.is_about("gateway.networking.k8s.io", "Gateway"));
        assert!(!read.is_about("gateway.networking.k8s.io", "HTTPRoute"));
    }

    #[test]
    fn mistakes_name_their_character() {
        for (text, what, at) in [
            ("", "a key is missing", 1),
            (":spec", "a kind is missing", 1),
            ("spec..x", "a key is missing", 6),
            ("spec.", "a key is missing", 6),
            ("spec.x[", "brackets hold", 8),
            ("spec.x[0", "a `]` is missing", 9),
            ("spec.x[name]", "brackets hold", 8),
            ("spec.x[0]y", "a `.` or `[`", 10),
            ("spec.x[\"a]", "the quotes do not end", 8),
            ("spec.a=b", "a key such as this", 7),
        ] {
            let error = text.parse::<Ignore>().unwrap_err();
            assert!(error.what.starts_with(what), "{text}: {error}");
            assert_eq!(error.at, at, "{text}: {error}");
        }
    }
}

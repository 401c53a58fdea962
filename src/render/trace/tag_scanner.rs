//! Finds the tags of a template.

use std::ops::Range;

/// A tag: what stands between its delimiters, white space and dashes aside.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Tag {
    pub(super) is_output: bool,
    /// The bytes of its content.
    pub(super) content: Range<usize>,
    /// One past its closing delimiter.
    pub(super) end: usize,
}

/// The tags of a template in order, without comments and what stands between `raw` and `endraw`.
/// A tag that does not end ends the search: the engine has told of it before.
pub(super) fn tags(text: &str) -> impl Iterator<Item = Tag> + '_ {
    let mut at = 0;
    let mut is_raw = false;
    std::iter::from_fn(move || {
        loop {
            let open = at + text[at..].find('{')?;
            let (is_output, close) = match text.as_bytes().get(open + 1) {
                Some(b'{') => (true, "}}"),
                Some(b'%') => (false, "%}"),
                Some(b'#') if !is_raw => {
                    at = open + text[open..].find("#}")? + 2;
                    continue;
                }
                _ => {
                    at = open + 1;
                    continue;
                }
            };
            if is_raw && is_output {
                at = open + 2;
                continue;
            }
            let Some(end) = tag_end(text, open + 2, close) else {
                at = open + 2;
                if is_raw {
                    continue;
                }
                return None;
            };
            let content = trimmed(text, open + 2..end);
            if is_raw && &text[content.clone()] != "endraw" {
                at = open + 2;
                continue;
            }
            at = end + 2;
            is_raw = !is_output && &text[content.clone()] == "raw";
            return Some(Tag {
                is_output,
                content,
                end: at,
            });
        }
    })
}

/// Where the closing delimiter of a tag begins: past its texts, and outside its brackets.
fn tag_end(text: &str, start: usize, close: &str) -> Option<usize> {
    let bytes = text.as_bytes();
    let mut depth = 0usize;
    let mut at = start;
    while at < bytes.len() {
        if depth == 0 && text.as_bytes()[at..].starts_with(close.as_bytes()) {
            return Some(at);
        }
        match bytes[at] {
            quote @ (b'"' | b'\'') => {
                at += 1;
                while *bytes.get(at)? != quote {
                    at += if bytes[at] == b'\\' { 2 } else { 1 };
                }
            }
            b'{' | b'[' | b'(' => depth += 1,
            b'}' | b']' | b')' => depth = depth.saturating_sub(1),
            _ => {}
        }
        at += 1;
    }
    None
}

fn trimmed(text: &str, range: Range<usize>) -> Range<usize> {
    let inner = &text[range.clone()];
    let inner = inner.strip_prefix(['-', '+']).unwrap_or(inner);
    let start = range.end - inner.trim_start().len();
    let inner = &text[start..range.end];
    let inner = inner.strip_suffix(['-', '+']).unwrap_or(inner);
    start..start + inner.trim_end().len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_are_found_past_texts_brackets_comments_and_raw_text() {
        let text = concat!(
            "a: {{ a }}\n{%- if x == \"%}\" -%}\n{# {{ no }} #}{{ {\"a\": {}} }}{ b }\n",
            "{% raw %}{{ no }}{% if %}{% endraw %}{{- '}}' -}}{% endif %}"
        );
        let found: Vec<_> = tags(text).map(|tag| &text[tag.content]).collect();
        assert_eq!(
            found,
            [
                "a",
                "if x == \"%}\"",
                "{\"a\": {}}",
                "raw",
                "endraw",
                "'}}'",
                "endif"
            ]
        );
        assert_eq!(tags("{{ a").count(), 0);
        assert_eq!(tags("{{ 'a").count(), 0);
    }
}

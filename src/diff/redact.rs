//! Texts that could not be read, and may hold values of Secrets.

use crate::source::{Sources, TooMuchText};

/// The same sources for a message that shows their lines: in a text that speaks of a Secret nothing
/// but keys is left. Every line keeps its length in bytes, so that positions stay what they are.
pub(super) fn redacted(sources: Sources) -> Sources {
    let any = |sources: &Sources| {
        sources
            .iter()
            .any(|source| source.text().contains("Secret"))
    };
    if !any(&sources) {
        return sources;
    }
    let copied = || -> Result<Sources, TooMuchText> {
        let mut copy = Sources::new();
        for source in sources.iter() {
            let text = source.text();
            if text.contains("Secret") {
                copy.add(source.name(), without_values(text))?;
            } else {
                copy.add(source.name(), text.clone())?;
            }
        }
        Ok(copy)
    };
    // They did fit, so the copy does.
    copied().unwrap_or_default()
}

fn without_values(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for line in text.split_inclusive('\n') {
        let key = line.find(':').map_or(0, |colon| colon + 1);
        out.push_str(&line[..key]);
        for c in line[key..].chars() {
            if c.is_ascii() && !c.is_ascii_alphanumeric() && !matches!(c, '+' | '/' | '=') {
                out.push(c);
            } else {
                out.extend(std::iter::repeat_n('*', c.len_utf8()));
            }
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_and_positions_stay() {
        let text = "kind: Secret\ndata:\n  a: aHVu/Q==\n  b: |\n    hunter2é\n";
        let expected = "kind: ******\ndata:\n  a: ********\n  b: |\n    *********\n";
        assert_eq!(without_values(text), expected);
        let mut sources = Sources::new();
        let id = sources.add("a", "a: Secret").unwrap();
        let other = sources.add("b", "a: b").unwrap();
        let start = sources.get(other).start();
        let copy = redacted(sources);
        assert_eq!(&**copy.get(id).text(), "a: ******");
        assert_eq!(&**copy.get(other).text(), "a: b");
        assert_eq!(copy.get(other).start(), start);
    }
}

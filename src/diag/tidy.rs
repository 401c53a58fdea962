//! What users wrote, made fit to stand in a message.

/// Longer quotations are shown in part.
const LONGEST_QUOTE: usize = 120;

/// A message as it is told: each quotation of sensible length, no text much longer than that.
pub(super) fn shortened(text: String) -> String {
    if text.len() <= LONGEST_QUOTE {
        return text;
    }
    let mut short = String::new();
    for (count, part) in text.split('`').enumerate() {
        if count > 0 {
            short.push('`');
        }
        // Every second part stands between backticks.
        if count % 2 == 1 {
            push_in_part(&mut short, part, LONGEST_QUOTE);
        } else {
            push_in_part(&mut short, part, 10 * LONGEST_QUOTE);
        }
    }
    short
}

/// The same in one line: what would break it or is unseen is written as an escape.
pub(super) fn in_one_line(text: String) -> String {
    if !text.contains(is_unseen) {
        return shortened(text);
    }
    let mut line = String::with_capacity(text.len());
    for c in text.chars() {
        if is_unseen(c) {
            line.extend(c.escape_default());
        } else {
            line.push(c);
        }
    }
    shortened(line)
}

fn is_unseen(c: char) -> bool {
    c.is_control() || matches!(c, '\u{2028}' | '\u{2029}' | '\u{FEFF}')
}

fn push_in_part(text: &mut String, part: &str, limit: usize) {
    if part.len() <= limit {
        text.push_str(part);
        return;
    }
    let head = part.floor_char_boundary(limit * 2 / 3);
    let tail = part.ceil_char_boundary(part.len() - limit / 6);
    text.push_str(&part[..head]);
    text.push('…');
    text.push_str(&part[tail..]);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_long_is_quoted_in_part() {
        let long = "ü".repeat(1000);
        let told = shortened(format!("`{long}` is not a name, and `b` is"));
        assert!(told.len() < 200, "{told}");
        assert!(told.starts_with("`üü") && told.ends_with("ü` is not a name, and `b` is"));
        let short = "`a` is not a name".to_owned();
        assert_eq!(shortened(short.clone()), short);
    }

    #[test]
    fn a_headline_is_one_line() {
        let told = in_one_line("`a\nb\u{FEFF}` is no é".to_owned());
        assert_eq!(told, "`a\\nb\\u{feff}` is no é");
    }
}

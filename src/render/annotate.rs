//! Annotations written into a text, which else stays as it is.

use crate::plan::Decoration;
use crate::source::{Node, Pos, Shape, Style, read_text};

/// A text of one object with further annotations; none, where there is no place for them that can
/// be told. The caller reads the result again, for an anchor may carry an edit elsewhere.
pub(super) fn annotate(text: &str, decorations: &[Decoration]) -> Option<String> {
    let read = read_text(&text.into(), Pos::new(0));
    let [document] = &*read.documents else {
        return None;
    };
    let metadata = document.tree.root().get("metadata")?;
    let annotations = metadata.get("annotations");
    let new = decorations.iter().filter(|decoration| {
        annotations.is_none_or(|carried| carried.get(decoration.key).is_none())
    });
    let pairs: Vec<String> = new
        .map(|decoration| format!("{}: \"{}\"", decoration.key, decoration.value))
        .collect();
    match annotations {
        Some(annotations) if annotations.shape() == Shape::Map => insert(text, annotations, &pairs),
        // An empty value has no place of its own that could be told from what follows it.
        Some(_) => None,
        None if metadata.style() == Style::Flow => {
            let list = flow(&pairs);
            insert(text, metadata, &[format!("\"annotations\": {{{list}}}")])
        }
        None => {
            let nested = pairs.iter().map(|pair| format!("  {pair}"));
            let lines: Vec<String> = std::iter::once("annotations:".to_owned())
                .chain(nested)
                .collect();
            insert(text, metadata, &lines)
        }
    }
}

/// Pairs as a map in braces has them.
fn flow(pairs: &[String]) -> String {
    let quoted = pairs.iter().map(|pair| match pair.split_once(": ") {
        Some((key, value)) if !key.starts_with('"') => format!("\"{key}\": {value}"),
        _ => pair.clone(),
    });
    quoted.collect::<Vec<_>>().join(", ")
}

/// Puts lines before the first entry of a map.
fn insert(text: &str, map: Node<'_>, lines: &[String]) -> Option<String> {
    let offset = |node: Node<'_>| node.pos().offset() as usize;
    let first = map.entries().next().map(|(key, _)| offset(key));
    let mut out = String::with_capacity(text.len() + 160);
    if map.style() == Style::Flow {
        let open = offset(map);
        if text.as_bytes().get(open) != Some(&b'{') {
            return None;
        }
        let (before, after) = text.split_at(open + 1);
        let comma = if first.is_some() { ", " } else { "" };
        out.extend([before, &flow(lines), comma, after]);
        return Some(out);
    }
    let first = first?;
    let line = text[..first].rfind('\n').map_or(0, |at| at + 1);
    let indent = &text[line..first];
    if !indent.bytes().all(|b| b == b' ') {
        return None;
    }
    let end = if text[..line].ends_with("\r\n") {
        "\r\n"
    } else {
        "\n"
    };
    out.push_str(&text[..line]);
    for added in lines {
        out.extend([indent, added, end]);
    }
    out.push_str(&text[line..]);
    Some(out)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Origin;

    fn annotated(text: &str) -> Option<String> {
        let decoration = Decoration {
            key: "x.io/wave",
            value: "1",
            origin: Origin::Default("a test"),
        };
        annotate(text, &[decoration])
    }

    #[test]
    fn an_annotation_goes_where_a_person_would_write_it() {
        for (text, expected) in [
            (
                "kind: A # why\nmetadata:\n    name: x # name\n",
                "kind: A # why\nmetadata:\n    annotations:\n      x.io/wave: \"1\"\n    name: x # name\n",
            ),
            (
                "metadata:\n  annotations:\n    # mine\n    a: on\n  name: x\n",
                "metadata:\n  annotations:\n    # mine\n    x.io/wave: \"1\"\n    a: on\n  name: x\n",
            ),
            (
                "metadata: {name: x}\n",
                "metadata: {\"annotations\": {\"x.io/wave\": \"1\"}, name: x}\n",
            ),
            (
                "metadata:\n  annotations: {}\n  name: x\n",
                "metadata:\n  annotations: {\"x.io/wave\": \"1\"}\n  name: x\n",
            ),
            (
                "{\"metadata\": {\"name\": \"x\", \"annotations\": {\"a\": \"b\"}}}",
                "{\"metadata\": {\"name\": \"x\", \"annotations\": {\"x.io/wave\": \"1\", \"a\": \"b\"}}}",
            ),
            (
                "metadata:\r\n  name: x\r\n",
                "metadata:\r\n  annotations:\r\n    x.io/wave: \"1\"\r\n  name: x\r\n",
            ),
        ] {
            assert_eq!(annotated(text).as_deref(), Some(expected));
        }
        assert_eq!(annotated("metadata:\n  annotations:\n  name: x\n"), None);
        assert_eq!(annotated("metadata:\n  ? name\n  : x\n"), None);
    }
}

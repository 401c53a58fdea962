//! Annotations written into a text, which else stays as it is.

use crate::plan::Decoration;
use crate::source::{Node, Pos, Shape, Style, read_text, scalar};

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
    let new: Vec<&Decoration> = new.collect();
    let Some(carried) = annotations else {
        if metadata.style() == Style::Flow {
            let list = format!("\"annotations\": {{{}}}", flow(&new));
            return insert_flow(text, metadata, &list);
        }
        let nested = block(&new).into_iter().map(|pair| format!("  {pair}"));
        let lines = std::iter::once("annotations:".to_owned()).chain(nested);
        return insert_lines(text, metadata, &lines.collect::<Vec<_>>());
    };
    match (carried.shape(), carried.style()) {
        (Shape::Map, Style::Flow) => insert_flow(text, carried, &flow(&new)),
        (Shape::Map, _) => insert_lines(text, carried, &block(&new)),
        // An empty value has no place of its own that could be told from what follows it.
        _ => None,
    }
}

/// Annotations as the lines of a block.
fn block(new: &[&Decoration]) -> Vec<String> {
    let line = |decoration: &&Decoration| {
        let mut line = format!("{}: ", decoration.key);
        scalar(&mut line, decoration.value);
        line
    };
    new.iter().map(line).collect()
}

/// Annotations as a map in braces has them, which may be JSON.
fn flow(new: &[&Decoration]) -> String {
    let pair = |d: &&Decoration| format!("\"{}\": \"{}\"", d.key, d.value);
    new.iter().map(pair).collect::<Vec<_>>().join(", ")
}

/// Puts entries after the brace that opens a map.
fn insert_flow(text: &str, map: Node<'_>, entries: &str) -> Option<String> {
    let open = map.pos().offset() as usize;
    if text.as_bytes().get(open) != Some(&b'{') {
        return None;
    }
    let (before, after) = text.split_at(open + 1);
    let comma = if map.entries().next().is_some() {
        ", "
    } else {
        ""
    };
    Some([before, entries, comma, after].concat())
}

/// Puts lines before the first entry of a map.
fn insert_lines(text: &str, map: Node<'_>, lines: &[String]) -> Option<String> {
    let first = map.entries().next()?.0.pos().offset() as usize;
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
    let mut out = text[..line].to_owned();
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

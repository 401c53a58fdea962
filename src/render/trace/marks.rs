//! Templates that note which of their tags is evaluated.

use std::fmt::Write as _;

use crate::source::LineIndex;

use super::tag_scanner::tags;

/// The function by which a template notes that one of its tags begins.
pub(super) const MARK: &str = "_gatewright_begins";

/// A template that notes which of its tags is evaluated. It writes what the first one writes, and
/// has the same lines.
#[derive(Clone, Debug)]
pub(super) struct Marked {
    /// Its text.
    pub(super) text: String,
    /// From which byte on which blocks are around, in order.
    regions: Vec<(usize, Vec<Block>)>,
    lines: LineIndex,
}

/// A block that is around a part of a template.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Block {
    /// Whether it is a loop.
    pub(super) is_loop: bool,
    /// The tags whose values decide that this part is written: the `if` and each `elif` up to
    /// here, or the `for`.
    pub(super) tags: Vec<u32>,
}

impl Marked {
    /// Marks a template, which its calls name by `index`.
    pub(super) fn new(index: u32, template: &str) -> Self {
        let mut text = String::with_capacity(template.len() * 2);
        let mut regions = Vec::new();
        let mut around: Vec<Block> = Vec::new();
        let mut copied = 0;
        for (number, tag) in tags(template).enumerate() {
            let number = number as u32;
            let content = &template[tag.content.clone()];
            let word = content.split_whitespace().next().unwrap_or_default();
            let (is_block, skip) = match word {
                _ if tag.is_output => (true, 0),
                "if" | "elif" => (true, word.len()),
                "for" => (false, iterable(content)),
                _ => (false, 0),
            };
            let begins = tag.content.start + skip;
            if tag.is_output || skip > 0 {
                text.push_str(&template[copied..begins]);
                let _ = write!(text, " {MARK}({index}, {number}) and ");
                let closing = if is_block { ("(", ")") } else { ("", "") };
                text.push_str(closing.0);
                text.push_str(&template[begins..tag.content.end]);
                text.push_str(closing.1);
                copied = tag.content.end;
            }
            text.push_str(&template[copied..tag.end]);
            copied = tag.end;
            if tag.is_output {
                continue;
            }
            match word {
                "if" | "for" => around.push(Block {
                    is_loop: word == "for",
                    tags: vec![number],
                }),
                "elif" => {
                    if let Some(block) = around.last_mut() {
                        block.tags.push(number);
                    }
                }
                // What a loop over nothing writes has no item.
                "else" => {
                    if let Some(block) = around.last_mut() {
                        block.is_loop = false;
                    }
                }
                "endif" | "endfor" => {
                    around.pop();
                }
                _ => continue,
            }
            regions.push((text.len(), around.clone()));
        }
        text.push_str(&template[copied..]);
        Marked {
            lines: LineIndex::new(&text),
            text,
            regions,
        }
    }

    /// The blocks around a byte of the marked text, the outermost first.
    pub(super) fn around(&self, at: usize) -> &[Block] {
        let next = self.regions.partition_point(|(start, _)| *start <= at);
        match next.checked_sub(1).and_then(|last| self.regions.get(last)) {
            Some((_, blocks)) => blocks,
            None => &[],
        }
    }

    /// The line of a byte, counted from 1.
    pub(super) fn line(&self, at: usize) -> usize {
        self.lines.line(at.min(self.text.len()))
    }
}

/// Where in `for … in LIST` the list begins; 0 if there is none.
fn iterable(content: &str) -> usize {
    let mut at = 0;
    for word in content.split_inclusive(char::is_whitespace) {
        at += word.len();
        if word.trim_end() == "in" {
            return at;
        }
    }
    0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_change_neither_lines_nor_what_is_around() {
        let template = "a\n{% for x in xs if x %}\n{% if x or y %}\n- {{ x ~ 1 }}\n\
                        {% elif z %}\nb\n{% else %}\nc\n{% endif %}\n{% endfor %}\nd\n";
        let marked = Marked::new(3, template);
        assert_eq!(marked.text.lines().count(), template.lines().count());
        assert!(
            marked
                .text
                .contains("for x in  _gatewright_begins(3, 0) and xs if x")
        );
        assert!(
            marked
                .text
                .contains("if _gatewright_begins(3, 1) and ( x or y)")
        );
        assert!(marked.text.contains("_gatewright_begins(3, 2) and (x ~ 1)"));
        let around = |text: &str| {
            let at = marked.text.find(text).unwrap();
            let blocks = marked.around(at).iter();
            blocks.map(|block| block.tags.clone()).collect::<Vec<_>>()
        };
        assert_eq!(around("a\n"), Vec::<Vec<u32>>::new());
        assert_eq!(around("- {{"), [vec![0], vec![1]]);
        assert_eq!(around("b\n"), [vec![0], vec![1, 3]]);
        assert_eq!(around("c\n"), [vec![0], vec![1, 3]]);
        assert_eq!(around("d\n"), Vec::<Vec<u32>>::new());
        assert_eq!(marked.line(marked.text.find("c\n").unwrap()), 8);
    }
}

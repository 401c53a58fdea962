//! Generated trees and texts for the laws of this folder.

use proptest::collection::vec;
use proptest::prelude::*;

use super::tree::{Node, Shape, Style, Tree, TreeBuilder};
use super::{Pos, shape_of_plain};

/// A value, before it is a tree.
#[derive(Clone, Debug)]
pub(super) enum Value {
    Plain(String),
    Text(String),
    List(Vec<Value>),
    Map(Vec<(String, Value)>),
}

/// Strings that are odd to somebody.
const ODD: &[&str] = &[
    "",
    " ",
    "~",
    "null",
    "true",
    "yes",
    "on",
    "n",
    "012",
    "1_000",
    "0x1F",
    "0X1F",
    "1e3",
    "1:30",
    ".5",
    "-.5",
    ".inf",
    "<<",
    "=",
    "2001-12-14",
    "---",
    "...",
    "--- a",
    "- a",
    "-",
    "? a",
    ": a",
    "a: b",
    "a #b",
    "a:",
    "#a",
    "&a",
    "*a",
    "!a",
    "|",
    ">",
    "%a",
    "@a",
    "`a",
    "'",
    "\"",
    "[",
    "{",
    "a, b",
    "a\nb",
    "a\nb\n",
    "a\n\n",
    "\na",
    " a\nb",
    "a \nb",
    "a\n b",
    "a\n\tb",
    "\ta",
    "a\tb\nc",
    "a\r\nb",
    "\u{85}",
    "\u{2028}",
    "\u{FEFF}",
    "\u{FFFE}",
    "\u{7F}",
    "\0",
    "é",
    "日本 語",
    "😀",
    "\\",
    "\\n",
    "a\n# b\n",
    "# b\nc",
    "a\n---\nb",
    "-x",
    "x]",
    "http://x:80/",
    "\n",
    "a\n\n\nb\n",
    "'a': \"b\"",
];

pub(super) fn text() -> impl Strategy<Value = String> {
    prop_oneof![
        4 => "[a-z][a-z0-9./-]{0,8}",
        4 => proptest::sample::select(ODD).prop_map(str::to_string),
        2 => r"[ -~\n]{0,12}",
        1 => "[a-z \n]{0,20}",
        1 => any::<String>(),
        1 => "[0-9._:eExob+-]{1,6}",
    ]
}

fn number() -> impl Strategy<Value = String> {
    let fixed = [
        "null", "~", "true", "FALSE", "0x1F", ".inf", "-.INF", ".nan", "1.5e+3", "-0",
    ];
    prop_oneof![
        proptest::sample::select(fixed.to_vec()).prop_map(str::to_string),
        any::<i64>().prop_map(|n| n.to_string()),
        (-1000..1000i32, 0..100u32).prop_map(|(a, b)| format!("{a}.{b:02}")),
    ]
}

pub(super) fn value() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![3 => text().prop_map(Value::Text), 1 => number().prop_map(Value::Plain)];
    leaf.prop_recursive(4, 24, 4, |inner| {
        prop_oneof![
            vec(inner.clone(), 0..4).prop_map(Value::List),
            vec((text(), inner), 0..4).prop_map(|mut entries| {
                let mut seen = Vec::new();
                entries.retain(|(key, _)| {
                    let new = !seen.contains(key);
                    seen.push(key.clone());
                    new
                });
                Value::Map(entries)
            }),
        ]
    })
}

pub(super) fn tree_of(value: &Value) -> Tree {
    let mut builder = TreeBuilder::detached();
    build(&mut builder, value);
    builder.finish()
}

fn build(builder: &mut TreeBuilder, value: &Value) {
    match value {
        Value::Plain(text) => {
            builder.owned(shape_of_plain(text), Style::Plain, text, Pos::NONE);
        }
        Value::Text(text) => {
            builder.string(text, Pos::NONE);
        }
        Value::List(items) => {
            builder.open(Shape::Seq, Style::Plain, Pos::NONE);
            for item in items {
                build(builder, item);
            }
            builder.close();
        }
        Value::Map(entries) => {
            builder.open(Shape::Map, Style::Plain, Pos::NONE);
            for (key, value) in entries {
                builder.string(key, Pos::NONE);
                build(builder, value);
            }
            builder.close();
        }
    }
}

/// A text as people write it: other indentation, quotes, brackets and comments than ours.
pub(super) fn human() -> impl Strategy<Value = String> {
    (value(), vec(any::<u8>(), 64), vec(value(), 0..2)).prop_map(|(first, dice, more)| {
        let mut hand = Hand {
            out: String::new(),
            dice,
            thrown: 0,
        };
        for value in std::iter::once(&first).chain(&more) {
            if hand.throw(2) == 0 || !hand.out.is_empty() {
                hand.out.push_str("---\n");
            }
            let tree = tree_of(value);
            hand.write(tree.root(), 0, false);
        }
        hand.out
    })
}

struct Hand {
    out: String,
    dice: Vec<u8>,
    thrown: usize,
}

impl Hand {
    fn throw(&mut self, sides: u8) -> u8 {
        self.thrown += 1;
        self.dice[self.thrown % self.dice.len()].wrapping_add(self.thrown as u8) % sides
    }

    fn end(&mut self) {
        let end = [
            "\n",
            "\n",
            "\n",
            " # c\n",
            "  \n",
            "\n\n",
            "\n# c\n",
            "\n   # c: d\n",
        ];
        let which = self.throw(end.len() as u8);
        self.out.push_str(end[which as usize]);
    }

    fn scalar(&mut self, text: &str, plain: bool) {
        let multi = text.contains(|c: char| c.is_control());
        match self.throw(4) {
            0 if !multi => {
                self.out.push('\'');
                self.out.push_str(&text.replace('\'', "''"));
                self.out.push('\'');
            }
            1 if !plain => self
                .out
                .push_str(&serde_json::Value::from(text).to_string()),
            _ => super::scalar(&mut self.out, text),
        }
    }

    fn write(&mut self, node: Node<'_>, column: usize, inline: bool) {
        let pad = |hand: &mut Hand, count: usize| {
            if count > 0 || !inline {
                hand.out.push_str(&" ".repeat(column));
            }
        };
        match node.shape() {
            Shape::Map | Shape::Seq if node.children().next().is_none() || self.throw(6) == 0 => {
                pad(self, 0);
                self.flow(node);
                self.end();
            }
            Shape::Map => {
                for (count, (key, value)) in node.entries().enumerate() {
                    pad(self, count);
                    self.scalar(key.text(), false);
                    self.out.push(':');
                    let deeper = column + 1 + usize::from(self.throw(4));
                    match value.shape() {
                        Shape::Map => {
                            self.end();
                            self.write(value, deeper, false);
                        }
                        Shape::Seq => {
                            self.end();
                            let column = if self.throw(2) == 0 { column } else { deeper };
                            self.write(value, column, false);
                        }
                        _ => {
                            self.out.push(' ');
                            self.leaf(value, column);
                        }
                    }
                }
            }
            Shape::Seq => {
                for (count, item) in node.items().enumerate() {
                    pad(self, count);
                    let spaces = 1 + usize::from(self.throw(5) / 4);
                    self.out.push('-');
                    self.out.push_str(&" ".repeat(spaces));
                    if matches!(item.shape(), Shape::Map | Shape::Seq) {
                        self.write(item, column + 1 + spaces, true);
                    } else {
                        self.leaf(item, column);
                    }
                }
            }
            _ => {
                pad(self, 0);
                self.leaf(node, column);
            }
        }
    }

    fn leaf(&mut self, node: Node<'_>, column: usize) {
        if node.shape() != Shape::Str {
            self.out.push_str(node.text());
        } else if node.text().contains('\n') && self.throw(3) > 0 {
            let header = ["|", "|-", "|+"][self.throw(3) as usize];
            self.out.push_str(header);
            let indent = column + 1 + usize::from(self.throw(3));
            for line in node.text().split('\n') {
                self.out.push('\n');
                self.out.push_str(&" ".repeat(indent));
                self.out.push_str(line);
            }
        } else {
            self.scalar(node.text(), false);
        }
        self.end();
    }

    fn flow(&mut self, node: Node<'_>) {
        match node.shape() {
            Shape::Map => {
                self.out.push('{');
                for (count, (key, value)) in node.entries().enumerate() {
                    self.out.push_str(if count > 0 { ", " } else { "" });
                    self.scalar(key.text(), true);
                    self.out.push_str(": ");
                    self.flow(value);
                }
                self.out.push('}');
            }
            Shape::Seq => {
                self.out.push('[');
                for (count, item) in node.items().enumerate() {
                    self.out.push_str(if count > 0 { "," } else { "" });
                    self.flow(item);
                }
                self.out.push(']');
            }
            Shape::Str => self.scalar(node.text(), true),
            _ => self.out.push_str(node.text()),
        }
    }
}

/// A text with a few slips of the keyboard.
pub(super) fn slipped(text: impl Strategy<Value = String>) -> impl Strategy<Value = String> {
    let bits = [
        " ", "  ", "\n", ":", ": ", "-", "- ", "#", " #", "'", "\"", "[", "]", "{", "}", ",", "|",
        "|-", ">", "&a ", "*a", "!", "?", "? ", "%", "~", "<<", "=", "a", "on", "1", "012", "\\",
        "\t", "\r", "\n---\n", "\n...\n", "\u{85}", "é", "|\n", "-\n", ":\n", "\n ", "\n  ", "\n#",
        "@", "\0",
    ];
    let slip = (
        any::<prop::sample::Index>(),
        0..3u8,
        proptest::sample::select(bits.to_vec()),
    );
    (text, vec(slip, 0..4)).prop_map(|(text, slips)| {
        let mut chars: Vec<String> = text.chars().map(String::from).collect();
        for (at, how, bit) in slips {
            let at = at.index(chars.len() + 1);
            match how {
                0 => chars.insert(at, bit.to_string()),
                1 if at < chars.len() => chars[at] = bit.to_string(),
                _ if at < chars.len() => {
                    chars.remove(at);
                }
                _ => {}
            }
        }
        chars.concat()
    })
}

/// Bits of YAML in any order.
pub(super) fn soup() -> impl Strategy<Value = String> {
    let bits = [
        " ", " ", "  ", "\n", "\n", "\n", ": ", ":", ":\n", "- ", "-", "-\n", "#", " # c\n", "'",
        "'a'", "\"", "\"a\"", "\"\\n\"", "[", "]", "{", "}", ", ", ",", "|\n", "|-\n", "|+\n", "a",
        "b", "c", "a: ", "b: ", "- a", "1", "on", "~", "null", "---\n", "--- ", "...\n", "<<",
        "\n  ", "\n    ", "\n ", "{}", "[]", "''", "é", ".", "?", "!", "&", "*", "%", "@", "=",
    ];
    vec(proptest::sample::select(bits.to_vec()), 0..24).prop_map(|bits| bits.concat())
}

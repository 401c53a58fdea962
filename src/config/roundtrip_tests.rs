//! Whatever the types can say, the schema takes, and it is decoded as it was written.

use proptest::prelude::*;
use serde::Deserialize;
use serde_json::{Map, Value, json};

use crate::source::{Pos, Shape, Style, TreeBuilder, emit};

use super::Edge;
use super::schema::long_schema;
use super::schema_view::View;
use super::testing::load_text;

/// Texts which a careless writer or reader would change.
const TEXTS: &[&str] = &[
    "plain", "on", "012", "1.0", "null", "~", "a: b", " #", "'", "\"", "a\nb\n", "é", "{}", "- x",
    "1_000",
];

/// Draws values from the schema, by choices that can be made smaller.
struct Draw {
    choices: std::vec::IntoIter<u8>,
    names: u32,
}

impl Draw {
    fn below(&mut self, n: usize) -> usize {
        self.choices.next().map_or(0, usize::from) % n
    }

    fn value(&mut self, at: View<'static>) -> Value {
        let choices = at.choices();
        if !choices.is_empty() {
            return choices[self.below(choices.len())].0.clone();
        }
        match at.text("type") {
            Some("object") => self.map(at),
            Some("array") => {
                let least = at.keyword("minItems").and_then(Value::as_u64).unwrap_or(0);
                let count = least as usize + self.below(3);
                (0..count)
                    .map(|_| self.value(at.items().unwrap()))
                    .collect()
            }
            Some("boolean") => json!(self.below(2) == 1),
            Some("integer") => {
                let bound = |keyword| at.keyword(keyword).and_then(Value::as_i64).unwrap();
                let (low, high) = (bound("minimum"), bound("maximum"));
                json!([low, high, low + 1][self.below(3)])
            }
            Some("number") => json!([0.5, 0.0, 1.0][self.below(3)]),
            Some("string") if at.keyword("pattern").is_none() => {
                TEXTS[self.below(TEXTS.len())].into()
            }
            Some("string") => {
                let example = at.example().unwrap().as_str().unwrap();
                match at.type_name() {
                    // Names of items must differ.
                    Some("ObjectName" | "DnsLabel") => {
                        self.names += 1;
                        format!("{example}-{}", self.names).into()
                    }
                    _ => example.into(),
                }
            }
            other => panic!("no way to draw {other:?}"),
        }
    }

    fn map(&mut self, at: View<'static>) -> Value {
        let mut map = Map::new();
        for (name, field) in at.fields() {
            if at.requires(name) || self.below(3) == 1 {
                map.insert(name.to_owned(), self.value(field));
            }
        }
        if let Some(values) = at.values() {
            for key in at.example().unwrap().as_object().unwrap().keys() {
                map.insert(key.clone(), self.value(values));
            }
        }
        map.into()
    }
}

fn write(builder: &mut TreeBuilder, value: &Value) {
    match value {
        Value::String(text) => _ = builder.string(text, Pos::NONE),
        Value::Array(items) => {
            builder.open(Shape::Seq, Style::Plain, Pos::NONE);
            for item in items {
                write(builder, item);
            }
            builder.close();
        }
        Value::Object(entries) => {
            builder.open(Shape::Map, Style::Plain, Pos::NONE);
            for (key, value) in entries {
                builder.string(key, Pos::NONE);
                write(builder, value);
            }
            builder.close();
        }
        scalar => _ = builder.plain(&scalar.to_string(), Pos::NONE),
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn what_is_written_is_read(choices in proptest::collection::vec(any::<u8>(), 0..600)) {
        let mut draw = Draw { choices: choices.into_iter(), names: 0 };
        let drawn = draw.value(View::of(long_schema()));
        let edge = Edge::deserialize(&drawn).unwrap();
        let written = serde_json::to_value(&edge).unwrap();
        let mut builder = TreeBuilder::detached();
        write(&mut builder, &written);
        let text = emit(builder.finish().root());
        let read = load_text(&text);
        prop_assert_eq!(serde_json::to_value(&read.edge).unwrap(), written);
    }
}

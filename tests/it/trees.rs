//! Document trees from values that an independent reader has read.

use gatewright::source::{Pos, Shape, Style, Tree, TreeBuilder};
use serde_json::Value;

/// The tree of a value, without places.
pub(crate) fn tree(value: &Value) -> Tree {
    let mut builder = TreeBuilder::detached();
    add(&mut builder, value);
    builder.finish()
}

fn add(builder: &mut TreeBuilder, value: &Value) {
    match value {
        Value::Object(map) => {
            builder.open(Shape::Map, Style::Plain, Pos::NONE);
            for (key, value) in map {
                builder.string(key, Pos::NONE);
                add(builder, value);
            }
            builder.close();
        }
        Value::Array(items) => {
            builder.open(Shape::Seq, Style::Plain, Pos::NONE);
            for item in items {
                add(builder, item);
            }
            builder.close();
        }
        Value::String(text) => {
            builder.string(text, Pos::NONE);
        }
        scalar => {
            builder.plain(&scalar.to_string(), Pos::NONE);
        }
    }
}

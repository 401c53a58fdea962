//! Trees from JSON values: for tests, which would rather not depend on a reader of texts.

use serde_json::Value;

use crate::source::{Pos, Shape, Style, Tree, TreeBuilder};

/// The tree of a value, whose nodes are numbered by their positions.
pub(crate) fn tree(value: &Value) -> Tree {
    let mut builder = TreeBuilder::detached();
    add(&mut builder, value);
    builder.finish()
}

fn add(builder: &mut TreeBuilder, value: &Value) {
    let pos = Pos::new(builder.len() as u32);
    match value {
        Value::Object(map) => {
            builder.open(Shape::Map, Style::Plain, pos);
            for (key, value) in map {
                builder.string(key, Pos::new(builder.len() as u32));
                add(builder, value);
            }
            builder.close();
        }
        Value::Array(items) => {
            builder.open(Shape::Seq, Style::Plain, pos);
            for item in items {
                add(builder, item);
            }
            builder.close();
        }
        Value::String(text) => {
            builder.string(text, pos);
        }
        scalar => {
            builder.plain(&scalar.to_string(), pos);
        }
    }
}

//! What a tag makes of a value.

use granit_parser::Tag;

use super::issue::IssueKind;
use super::scalar::shape_of_plain;
use super::tree::Shape;

/// The shape of a node with this tag, which without it has the shape `shape`.
pub(super) fn apply(tag: &Tag, shape: Shape, value: &str) -> Result<Shape, IssueKind> {
    let collection = matches!(shape, Shape::Seq | Shape::Map);
    if tag.original() == "!" {
        return Ok(if collection { shape } else { Shape::Str });
    }
    let Some(core) = tag.core_suffix() else {
        return Err(IssueKind::UnknownTag {
            tag: tag.original(),
        });
    };
    let plain = if collection {
        shape
    } else {
        shape_of_plain(value)
    };
    let fits = match (core, plain) {
        ("str", _) if !collection => Some(Shape::Str),
        ("null", Shape::Null) => Some(Shape::Null),
        ("bool", Shape::Bool) => Some(Shape::Bool),
        ("int", Shape::Int) => Some(Shape::Int),
        ("float", Shape::Float) => Some(Shape::Float),
        ("float", Shape::Int) if !value.starts_with("0x") && !value.starts_with("0o") => {
            Some(Shape::Float)
        }
        ("seq", Shape::Seq) | ("map", Shape::Map) => Some(shape),
        _ => None,
    };
    fits.ok_or_else(|| IssueKind::TagMismatch {
        tag: tag.original(),
        shape: plain,
    })
}

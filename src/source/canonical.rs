//! stub
use super::position::Pos;
use super::reader::Document;
use std::sync::Arc;
pub(super) fn read_canonical(_: &Arc<str>, _: Pos) -> Option<Vec<Document>> {
    None
}

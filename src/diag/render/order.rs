//! Which findings are shown, and in which order.

use std::cmp::Ordering;

use crate::diag::{Diagnostic, Place, Report};
use crate::source::Sources;

/// The findings sorted by place, in the order of the sources; those without a source come last.
/// Identical ones are there once.
pub fn in_order<'a>(report: &'a Report, sources: &Sources) -> Vec<&'a Diagnostic> {
    let mut all: Vec<_> = report.iter().map(|d| (key(&d.place, sources), d)).collect();
    all.sort_by(|(key, a), (other, b)| key.cmp(other).then_with(|| compare(a, b)));
    all.dedup_by(|(_, later), (_, earlier)| later == earlier);
    all.into_iter().map(|(_, diagnostic)| diagnostic).collect()
}

/// Where a place comes: in a source, in another text or file, or nowhere.
fn key<'a>(place: &'a Place, sources: &Sources) -> (u8, u32, &'a str, usize) {
    let pos = match place {
        Place::Node(pos) => *pos,
        Place::Range(span) => span.start,
        Place::File(name) => return (1, 0, name, 0),
        Place::Line { name, range, .. } => return (1, 0, name, range.start),
        Place::Nowhere => return (2, 0, "", 0),
    };
    // Later sources have larger positions.
    if sources.locate(pos).is_some() {
        (0, pos.offset(), "", 0)
    } else {
        (2, 0, "", 0)
    }
}

/// At one place the gravest comes first; identical ones come together.
fn compare(a: &Diagnostic, b: &Diagnostic) -> Ordering {
    let named = (b.level, a.id, &a.headline).cmp(&(a.level, b.id, &b.headline));
    named.then_with(|| {
        if a == b {
            Ordering::Equal
        } else {
            format!("{a:?}").cmp(&format!("{b:?}"))
        }
    })
}

//! Both states of an object as lines of canonical YAML.

use std::io;

use super::place::{Place, in_one_line, is_unseen};
use crate::diff::difference::{Diff, ObjectDiff, State};
use crate::diff::laid_out::laid_out;
use crate::diff::unified::{Unified, unified};
use crate::source::emit;

/// Writes how the lines of an object differ, as a unified diff. The second file is named as it
/// would be in a diff of files; a side that lacks the object is `/dev/null`.
pub(super) fn write(
    object: &ObjectDiff,
    diff: &Diff,
    color: bool,
    out: &mut dyn io::Write,
) -> io::Result<()> {
    let [before, after] = texts(object);
    let names = [&object.before, &object.after].map(|state| file(state.as_ref(), diff));
    let texts = Unified {
        before_name: &names[0],
        after_name: &names[1],
        before: &before,
        after: &after,
    };
    unified(texts, color, out)
}

/// The canonical text of both states, the first one laid out like the second. Characters that turn
/// the direction of a text, so that it reads as another one, are seen.
fn texts(object: &ObjectDiff) -> [String; 2] {
    let text = |state: &Option<State>| {
        let tree = state.as_ref().map(|state| &state.tree);
        tree.map(|tree| emit(tree.root())).unwrap_or_default()
    };
    let before = match (&object.before, &object.after) {
        (Some(before), Some(after)) => {
            emit(laid_out(&before.tree, &after.tree, &after.name).root())
        }
        (before, _) => text(before),
    };
    [before, text(&object.after)].map(|text| {
        if text.is_ascii() || !text.contains(is_unseen) {
            return text;
        }
        text.split('\n')
            .map(in_one_line)
            .collect::<Vec<_>>()
            .join("\n")
    })
}

fn file(state: Option<&State>, diff: &Diff) -> String {
    let place = state.and_then(|state| Place::of(state.tree.root().pos(), &diff.sources));
    place.map_or_else(|| "/dev/null".to_owned(), |place| in_one_line(&place.file))
}

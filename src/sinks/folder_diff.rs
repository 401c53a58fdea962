//! How a folder differs from a set, line by line.

use std::collections::BTreeMap;
use std::fs;
use std::io::{self, Write};

use super::folder_plan::{Difference, FolderPlan, Step};
use crate::diff::{Unified, unified};
use crate::input::reason;

/// What stands for a file that is not there.
const NONE: &str = "/dev/null";

/// Writes what would change as unified diffs, from what stands in the folder to what the config
/// renders, sorted by path. `patch` and `git apply` take it.
///
/// A temporary file of an interrupted run is a line between the diffs, which they pass over.
pub fn write_diff(plan: &FolderPlan<'_>, color: bool, out: &mut dyn Write) -> io::Result<()> {
    let steps: BTreeMap<&str, &Step<'_>> = plan.steps.iter().map(|s| (&*s.path, s)).collect();
    for difference in plan.differences() {
        let path = difference.path();
        let after = steps.get(path).map(|s| format!("{}{}", s.header, s.text));
        let before = match difference {
            Difference::LeftOver(_) => {
                writeln!(out, "left over by an interrupted run: {path}")?;
                continue;
            }
            Difference::Missing(_) => None,
            Difference::Different(_) | Difference::Stale(_) => {
                match fs::read(plan.real_root.join(path)) {
                    Ok(content) => Some(String::from_utf8_lossy(&content).into_owned()),
                    Err(error) => {
                        writeln!(out, "cannot read {path}: {}", reason(&error))?;
                        continue;
                    }
                }
            }
        };
        let name = |side: char, text: &Option<String>| match text {
            Some(_) => format!("{side}/{path}"),
            None => NONE.to_owned(),
        };
        let texts = Unified {
            before_name: &name('a', &before),
            after_name: &name('b', &after),
            before: before.as_deref().unwrap_or_default(),
            after: after.as_deref().unwrap_or_default(),
        };
        unified(texts, color, out)?;
    }
    Ok(())
}

//! Compares a set with what is there.

use std::collections::{BTreeMap, BTreeSet};
use std::ffi::OsStr;
use std::fs::{self, File, Metadata};
use std::io::{self, Read as _};
use std::path::Path;

use super::before::Before;
use super::folder_plan::{Action, FolderPlan, Step};
use super::ground::{Ground, Standing};
use super::header::{Header, without_carriage_returns};
use super::output::{Output, PlacedFile};
use super::refusal::Refusal;
use super::survey::survey;

/// What writing the set into a folder would do, and everything that stands in the way. Reads only.
pub(super) fn plan<'a>(root: &Path, output: &'a Output) -> Result<FolderPlan<'a>, Refusal> {
    let mut ground = Ground::new(root)?;
    let mut steps = Vec::new();
    let mut obstacles = BTreeSet::new();
    for placed in output.files() {
        let made_from = |path: &Path| output.is_made_from(path);
        match step(root, &mut ground, output.owner(), &made_from, placed) {
            Ok(step) => steps.push(step),
            Err(refusal) => drop(obstacles.insert(refusal)),
        }
    }
    obstacles.extend(one_place_twice(root, &steps));
    let mut plan = FolderPlan {
        new_folders: new_folders(ground.real_root(), &mut steps.iter()),
        steps,
        stale: Vec::new(),
        leftovers: Vec::new(),
        emptied: Vec::new(),
        obstacles: obstacles.into_iter().collect(),
        owner: output.owner(),
        root: root.to_owned(),
        real_root: ground.real_root().to_owned(),
    };
    if ground.exists() {
        survey(output, &mut plan);
    }
    Ok(plan)
}

fn step<'a>(
    root: &Path,
    ground: &mut Ground,
    owner: &str,
    made_from: &dyn Fn(&Path) -> bool,
    placed: PlacedFile<'a>,
) -> Result<Step<'a>, Refusal> {
    let (parent, name) = placed.path.rsplit_once('/').unwrap_or(("", &placed.path));
    let Standing {
        real: folder,
        exists,
    } = ground.folder(parent)?;
    let text = &*placed.file.text;
    let header = Header::of(owner, placed.target, text).line(placed.style);
    let target = folder.join(name);
    let shown = || root.join(&placed.path);
    if made_from(&target) {
        let why = "the config takes it up, so it cannot be what is rendered; move it away, and \
                   name it in the config from there";
        return Err(Refusal::new(shown(), why));
    }
    let found = if exists { look(&target, shown)? } else { None };
    let action = match &found {
        None => Action::Add,
        Some(found) => compare(&target, found, &header, text)
            .map_err(|error| Refusal::system(&shown(), &error))?,
    };
    let permissions = found.map(|found| found.permissions());
    Ok(Step {
        path: placed.path,
        action,
        folder,
        target,
        header,
        text,
        permissions,
    })
}

/// What stands where a file is to be; only a regular file may.
fn look(
    target: &Path,
    shown: impl Fn() -> std::path::PathBuf,
) -> Result<Option<Metadata>, Refusal> {
    let refuse = |why: &str| Err(Refusal::new(shown(), why));
    match fs::symlink_metadata(target) {
        Ok(found) if found.is_file() => Ok(Some(found)),
        Ok(found) if found.is_dir() => refuse("it is a folder where a file must be; move it away"),
        Ok(found) if found.is_symlink() => {
            refuse("it is a symbolic link, and only plain files are written; remove it")
        }
        Ok(_) => refuse("it is neither a file nor a folder; move it away"),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(Refusal::system(&shown(), &error)),
    }
}

/// Compares lengths first, so that most files that differ are not read twice.
fn compare(target: &Path, found: &Metadata, header: &str, text: &str) -> io::Result<Action> {
    let length = header.len() + text.len();
    if found.len() == length as u64 {
        let mut content = Vec::with_capacity(length + 1);
        File::open(target)?
            .take(length as u64 + 1)
            .read_to_end(&mut content)?;
        let (start, rest) = content.split_at(header.len().min(content.len()));
        if start == header.as_bytes() && rest == text.as_bytes() {
            return Ok(Action::Keep);
        }
    }
    let content = fs::read(target)?;
    if found.len() > length as u64 && is_checked_out_as(&content, header, text) {
        return Ok(Action::Keep);
    }
    Ok(Action::Change(Before::of(&content, text)))
}

/// Whether a version control system wrote the file with the line ends of Windows, which is no
/// difference.
fn is_checked_out_as(content: &[u8], header: &str, text: &str) -> bool {
    without_carriage_returns(content).strip_prefix(header.as_bytes()) == Some(text.as_bytes())
}

/// Paths that symbolic links inside the output folder make one.
fn one_place_twice(root: &Path, steps: &[Step<'_>]) -> Vec<Refusal> {
    let mut places: BTreeMap<&OsStr, &Step<'_>> = BTreeMap::new();
    let mut refusals = Vec::new();
    for step in steps {
        if let Some(other) = places.insert(step.target.as_os_str(), step) {
            let other = root.join(&other.path);
            let why = format!(
                "a symbolic link makes it the same file as `{}`; remove the link",
                other.display()
            );
            refusals.push(Refusal::new(root.join(&step.path), why));
        }
    }
    refusals
}

/// The folders below the output folder that must be made, parents first.
fn new_folders<'a, 'b: 'a>(
    real_root: &Path,
    steps: &mut dyn Iterator<Item = &'a Step<'b>>,
) -> Vec<std::path::PathBuf> {
    let mut folders = BTreeSet::new();
    for step in steps.filter(|step| step.action == Action::Add) {
        let above = step
            .folder
            .ancestors()
            .take_while(|folder| *folder != real_root);
        for folder in above {
            if folders.contains(folder) || folder.exists() {
                break;
            }
            folders.insert(folder.to_owned());
        }
    }
    folders.into_iter().collect()
}

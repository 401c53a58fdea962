//! From the files of an operand to one side of a comparison.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::{Inputs, render};
use crate::config::holds_config;
use crate::diag::Report;
use crate::diff::{Side, SideFile};
use crate::input::{LeftOut, LeftOutReason, Manifests, Material, Way};
use crate::render::Templates;
use crate::sinks::{Header, Output};
use crate::source::{Sources, TooMuchText};

/// What the files of an operand are compared as.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Taken {
    /// As manifests, whatever they hold.
    Manifests,
    /// As manifests, without the configs that stand beside them.
    Output,
    /// As a config: what it renders to.
    Config,
}

/// One side, with what was left out of it.
#[derive(Debug, Default)]
pub struct Taking {
    /// The files to compare.
    pub side: Side,
    /// The files of folders that were left out.
    pub left_out: Vec<LeftOut>,
}

/// Tells what two operands are compared as.
///
/// A folder or file that holds a config is rendered, unless files stand beside it that were
/// rendered: then those are compared, for they are what is reviewed and applied. One path in two
/// states is taken in one way.
pub fn taken(materials: [&Material; 2], ways: [Way; 2], same_path: bool) -> [Taken; 2] {
    let held = materials.map(|material| {
        let texts = || material.files.iter().map(|file| &file.file.text);
        let config = texts().any(holds_config);
        let output = texts().any(|text| Header::read(text.as_bytes()).is_some());
        (config, output)
    });
    let any_output = held.iter().any(|(_, output)| *output);
    let tell = |side: usize| match (ways[side], held[side]) {
        (Way::AsFound, _) if same_path && any_output => Taken::Output,
        (Way::AsFound, (true, true)) => Taken::Output,
        (Way::Config, _) | (Way::AsFound, (true, false)) => Taken::Config,
        (Way::Manifests, _) | (Way::AsFound, (false, _)) => Taken::Manifests,
    };
    [tell(0), tell(1)]
}

/// Takes the files of an operand, which a person calls by this name. Where a config has mistakes,
/// they are in the report, and there is no side.
pub fn take(
    name: String,
    material: Material,
    taken: Taken,
    templates: Templates,
    sources: &mut Sources,
    report: &mut Report,
) -> Result<Option<Taking>, TooMuchText> {
    if taken == Taken::Config && !material.is_absent {
        let files = material.into_file_set();
        let output = render(&Inputs { files, templates }, sources, report)?;
        return Ok(output.map(|output| Taking {
            side: rendered(name, &output),
            left_out: Vec::new(),
        }));
    }
    let ours = |text: &str| Header::read(text.as_bytes()).is_some();
    let mut manifests = Manifests::of(material, &ours);
    if taken == Taken::Output {
        manifests.leave_out(LeftOutReason::Config, holds_config);
    }
    let files = manifests.files.into_iter().map(|file| SideFile {
        name: file.name,
        shown: file.shown,
        text: file.text,
    });
    Ok(Some(Taking {
        side: Side {
            name,
            files: files.collect(),
        },
        left_out: manifests.left_out,
    }))
}

/// What would stand in the output folder, headers included, but for pages.
fn rendered(name: String, output: &Output) -> Side {
    let files = output.files().into_iter().filter(|placed| {
        let ending = placed.path.rsplit_once('.').map(|(_, ending)| ending);
        ending != Some("md")
    });
    let files = files.map(|placed| {
        let text = &placed.file.text;
        let header = Header::of(output.owner(), placed.target, text).line(placed.style);
        SideFile {
            shown: format!("{name} -> {}", placed.path),
            name: placed.path,
            text: format!("{header}{text}").into(),
        }
    });
    let files = files.collect();
    Side { name, files }
}

/// The files that were left out and differ between two sides, by why they were.
pub fn left_out_and_different(
    before: &[LeftOut],
    after: &[LeftOut],
) -> BTreeMap<LeftOutReason, BTreeSet<String>> {
    let by_name = |files: &[LeftOut]| -> BTreeMap<String, Arc<str>> {
        let named = files
            .iter()
            .map(|file| (file.name.clone(), Arc::clone(&file.text)));
        named.collect()
    };
    let sides = [(before, by_name(after)), (after, by_name(before))];
    let mut different: BTreeMap<_, BTreeSet<_>> = BTreeMap::new();
    for (files, others) in sides {
        for file in files {
            if others.get(&file.name) != Some(&file.text) {
                let names = different.entry(file.reason).or_default();
                names.insert(file.name.clone());
            }
        }
    }
    different
}

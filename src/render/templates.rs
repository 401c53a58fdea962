//! The templates of a run.

use std::collections::BTreeMap;
use std::sync::Arc;

use minijinja::syntax::SyntaxConfig;
use minijinja::{Environment, UndefinedBehavior};

use crate::diag::{Diagnostic, Place, Report, did_you_mean};
use crate::plan::{KINDS, PARTS};

use super::formatter::{escaping, format};

/// How many steps one rendering may take. The largest route that the API allows takes some
/// hundred thousand; a template that never ends is stopped within a second.
pub(super) const FUEL: u64 = 4_000_000;

/// How deep includes and macros may nest.
pub(super) const RECURSION: usize = 64;

/// The templates of a run: the built-in ones, and the user's which replace them.
#[derive(Clone, Debug, Default)]
pub struct Templates {
    /// The folder of the user's templates, as it was given.
    folder: String,
    own: Arc<BTreeMap<String, Arc<str>>>,
}

impl Templates {
    /// The built-in templates.
    pub fn built_in() -> Self {
        Self::default()
    }

    /// The built-in templates, of which those in `files` replace the ones of the same file name.
    ///
    /// `folder` is what a person calls the folder that they were read from. A name that no
    /// template has is reported.
    pub fn with_own(folder: &str, files: BTreeMap<String, String>, report: &mut Report) -> Self {
        let names = || built_in().map(|(name, _)| name);
        let mut own = BTreeMap::new();
        for (name, text) in files {
            if names().any(|known| known == name) {
                own.insert(name, Arc::from(text));
            } else {
                let place = Place::File(shown(folder, &name));
                report.push(
                    Diagnostic::error(
                        "unknown-template",
                        format!("no template is called `{name}`"),
                        place,
                    )
                    .because("A template replaces the built-in one of the same file name.")
                    .maybe_help(did_you_mean(&name, names())),
                );
            }
        }
        Templates {
            folder: folder.to_owned(),
            own: Arc::new(own),
        }
    }

    /// The text of a template.
    pub fn text(&self, name: &str) -> Option<Arc<str>> {
        let own = self.own.get(name).map(Arc::clone);
        own.or_else(|| {
            built_in()
                .find(|(known, _)| *known == name)
                .map(|(_, text)| Arc::from(text))
        })
    }

    /// What a person calls a template: the user's by its path, a built-in one by its name.
    pub fn shown(&self, name: &str) -> String {
        if self.own.contains_key(name) {
            shown(&self.folder, name)
        } else {
            format!("{name} (built in)")
        }
    }

    /// The engine for these templates, each of which is compiled when it is first wanted.
    pub(super) fn environment(&self) -> Environment<'static> {
        let templates = self.clone();
        let mut environment = Environment::new();
        environment.set_loader(move |name| Ok(templates.text(name).map(|text| text.to_string())));
        environment.set_undefined_behavior(UndefinedBehavior::Strict);
        environment.set_syntax(syntax());
        environment.set_auto_escape_callback(escaping);
        environment.set_formatter(format);
        environment.set_fuel(Some(FUEL));
        environment.set_recursion_limit(RECURSION);
        environment
    }
}

/// The built-in templates and their parts, by file name.
fn built_in() -> impl Iterator<Item = (&'static str, &'static str)> {
    let kinds = KINDS.iter().map(|kind| (kind.template, kind.text));
    kinds.chain(PARTS.iter().map(|part| (part.name, part.text)))
}

/// Lines that hold nothing but a tag leave no trace, so that a template looks like what it makes.
fn syntax() -> SyntaxConfig {
    let mut builder = SyntaxConfig::builder();
    builder
        .trim_blocks(true)
        .lstrip_blocks(true)
        .keep_trailing_newline(true);
    builder.build().unwrap_or_default()
}

fn shown(folder: &str, name: &str) -> String {
    match folder.strip_suffix('/').unwrap_or(folder) {
        "" => name.to_owned(),
        folder => format!("{folder}/{name}"),
    }
}

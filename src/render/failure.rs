//! How a failing template is told.

use std::error::Error as _;

use minijinja::value::ValueKind;
use minijinja::{Error, ErrorKind, Value};

use crate::diag::{Diagnostic, Place, did_you_mean};
use crate::plan::Planned;

use super::templates::{FUEL, Templates};

/// A template that failed, and with what.
pub(super) struct Failure<'f> {
    error: &'f Error,
    /// The template in which it failed: the planned one, or one that it includes.
    template: &'f str,
    value: &'f Value,
    planned: &'f Planned<'f>,
}

impl<'f> Failure<'f> {
    pub(super) fn new(
        error: &'f Error,
        name: &'f str,
        value: &'f Value,
        planned: &'f Planned<'f>,
    ) -> Self {
        let error = Self::innermost(error);
        Failure {
            error,
            template: error.name().unwrap_or(name),
            value,
            planned,
        }
    }

    /// The error in the template where it happened, below those of the templates that include it.
    pub(super) fn innermost(error: &Error) -> &Error {
        let mut inner = error;
        while let Some(source) = inner
            .source()
            .and_then(|source| source.downcast_ref::<Error>())
        {
            inner = source;
        }
        inner
    }

    pub(super) fn diagnostic(&self, templates: &Templates) -> Diagnostic {
        let text = templates.text(self.template).unwrap_or_default();
        let range = self
            .error
            .range()
            .filter(|range| text.get(range.clone()).is_some());
        let shown = templates.shown(self.template);
        let place = match range {
            Some(range) => Place::Line {
                name: shown,
                text,
                range,
            },
            None => Place::File(shown),
        };
        let said = self.error.detail().unwrap_or("no reason is given");
        let name = self.template;
        let diagnostic = |headline: String| Diagnostic::error("template-error", headline, place);
        let diagnostic = match self.error.kind() {
            ErrorKind::UndefinedError => self.undefined(diagnostic, said),
            ErrorKind::OutOfFuel => {
                diagnostic(format!("the template `{name}` does not come to an end"))
                    .label("it was here")
                    .because(format!("It was stopped after {FUEL} steps."))
            }
            ErrorKind::SyntaxError => {
                diagnostic(format!("the template `{name}` is not well formed: {said}"))
            }
            _ => diagnostic(format!("the template `{name}` fails: {said}")),
        };
        diagnostic.related(
            self.planned.origin.pos(),
            format!("while rendering `{}`", self.planned.artifact),
        )
    }

    /// The engine says: `rule.nam` is undefined.
    fn undefined(&self, word: impl FnOnce(String) -> Diagnostic, said: &str) -> Diagnostic {
        let Some(path) = said.split('`').nth(1) else {
            return word(format!(
                "the template `{}` reads what is not there",
                self.template
            ))
            .label(said.to_owned());
        };
        let (base, wanted) = match path.rsplit_once('.') {
            Some((base, wanted)) => (Some(base), wanted),
            None => (None, path),
        };
        let names = match base {
            Some(base) => self.fields(base),
            None => keys(self.value),
        };
        let diagnostic = word(format!(
            "the template `{}` reads `{path}`, which is not there",
            self.template
        ))
        .label("not defined");
        if names.is_empty() {
            return diagnostic;
        }
        let list: Vec<String> = names.iter().map(|name| format!("`{name}`")).collect();
        let list = list.join(", ");
        let known = match base {
            Some(base) => format!("`{base}` has {list}."),
            None => format!("The template is given {list}."),
        };
        let near = did_you_mean(wanted, names.iter().map(String::as_str));
        let near = near.filter(|help| help.starts_with("Did"));
        diagnostic.because(known).maybe_help(near)
    }

    /// The fields of a variable: of one that the template is given, or one of its loops'.
    fn fields(&self, base: &str) -> Vec<String> {
        let mut parts = base.split('.');
        let first = parts.next().unwrap_or_default();
        let found = self
            .value
            .get_attr(first)
            .ok()
            .filter(|value| !value.is_undefined());
        if let Some(mut value) = found {
            for part in parts {
                value = value.get_attr(part).unwrap_or_default();
            }
            return keys(&value);
        }
        // A loop's variable is known to the engine alone, which prints it as indented text:
        // its name at four spaces, and its fields at eight.
        let state = self.error.display_debug_info().to_string();
        state
            .lines()
            .skip_while(|line| *line != format!("    {base}: {{"))
            .skip(1)
            .take_while(|line| *line != "    },")
            .filter_map(|line| line.strip_prefix("        '")?.split('\'').next())
            .map(str::to_owned)
            .collect()
    }
}

fn keys(map: &Value) -> Vec<String> {
    let is_map = map.kind() == ValueKind::Map;
    let keys = map.try_iter().into_iter().flatten().filter(|_| is_map);
    keys.filter_map(|key| key.as_str().map(str::to_owned))
        .collect()
}

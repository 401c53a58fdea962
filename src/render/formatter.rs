//! How a value of a template is written.

use std::borrow::Cow;

use minijinja::value::{Value, ValueKind};
use minijinja::{AutoEscape, Error, ErrorKind, Output, State};

use crate::source::{is_plain, scalar};

/// The mark of templates that write YAML.
const YAML: AutoEscape = AutoEscape::Custom(Cow::Borrowed("yaml"));

/// How the values of a template are written, by its file name: plain text where it makes pages,
/// else YAML.
pub(super) fn escaping(name: &str) -> AutoEscape {
    if name.ends_with(".md.j2") {
        AutoEscape::None
    } else {
        YAML
    }
}

/// Writes a value so that a YAML reader reads it back: a string plain or quoted, a list or map in
/// the form of JSON. What a template marks as safe is written as it is.
pub(super) fn format(out: &mut Output, state: &mut State, value: &Value) -> Result<(), Error> {
    if *state.auto_escape() == AutoEscape::None || value.is_safe() {
        return Ok(write!(out, "{value}")?);
    }
    match value.kind() {
        ValueKind::Undefined => Ok(()),
        ValueKind::None => Ok(out.write_str("null")?),
        // The template language would write `True`, which YAML knows and Kubernetes does not write.
        ValueKind::Bool => Ok(out.write_str(if value.is_true() { "true" } else { "false" })?),
        ValueKind::Number => Ok(write!(out, "{value}")?),
        ValueKind::String => {
            let text = value.as_str().unwrap_or_default();
            if is_plain(text) {
                return Ok(out.write_str(text)?);
            }
            let mut quoted = String::with_capacity(text.len() + 8);
            scalar(&mut quoted, text);
            Ok(out.write_str(&quoted)?)
        }
        kind => {
            let json = serde_json::to_string(value).map_err(|error| {
                Error::new(
                    ErrorKind::BadSerialization,
                    format!("a value of the type {kind} cannot be written as YAML"),
                )
                .with_source(error)
            })?;
            Ok(out.write_str(&json)?)
        }
    }
}

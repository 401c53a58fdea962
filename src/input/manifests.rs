//! Manifests of any origin.

use std::io::Read;
use std::mem;
use std::path::Path;
use std::sync::Arc;

use super::file_names::{file_name, may_hold_objects, may_hold_yaml};
use super::file_set::Given;
use super::input_error::InputError;
use super::material::{LeftOut, LeftOutReason, Material, MaterialFile};
use super::operand::{Operand, Way, Whence};
use super::place::is_stdin;
use crate::diag::Report;
use crate::source::{Issue, IssueKind, Pos, read_text};

/// One file of manifests.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Manifest {
    /// Its name below what was given, with `/` between folders.
    pub name: String,
    /// What a person calls it.
    pub shown: String,
    /// Its text, of any number of documents, with line feeds as line ends.
    pub text: Arc<str>,
}

/// Manifests of any origin: what was named outright, and of folders what speaks of objects.
#[derive(Debug, Default)]
pub struct Manifests {
    /// The files.
    pub files: Vec<Manifest>,
    /// The files of folders that were left out.
    pub left_out: Vec<LeftOut>,
}

impl Manifests {
    /// Reads the files, folders and `-` that were named, from this working folder.
    pub fn read(
        named: &[String],
        working: &Path,
        stdin: &mut dyn Read,
        report: &mut Report,
    ) -> Result<Self, InputError> {
        if named.iter().filter(|name| is_stdin(name)).count() > 1 {
            return Err(InputError::StdinTwice);
        }
        let mut all = Manifests::default();
        for name in named {
            let whence = if is_stdin(name) {
                Whence::Stdin
            } else {
                Whence::Disk(name.clone())
            };
            let operand = Operand {
                way: Way::Manifests,
                whence,
                may_lack: false,
            };
            let material = Material::read(&operand, working, stdin, report)?;
            let found = Manifests::of(material, &|_| false);
            all.files.extend(found.files);
            all.left_out.extend(found.left_out);
        }
        Ok(all)
    }

    /// The manifests among the files of an operand.
    ///
    /// What was named outright is taken whatever it is, and so are the files of `kubectl diff`. Of a folder, the files are taken that speak
    /// of an object, or that `ours` says yes to, by their texts; templates are none yet. A file that
    /// speaks of an object and is broken is taken too, so that it is not passed over in silence.
    pub fn of(material: Material, ours: &dyn Fn(&str) -> bool) -> Self {
        let mut manifests = Manifests {
            files: Vec::with_capacity(material.files.len()),
            left_out: material.left_out,
        };
        for MaterialFile { name, file } in material.files {
            let taken = file.given == Given::Outright
                || !may_hold_yaml(file_name(&name))
                || ours(&file.text);
            let reason = if taken {
                None
            } else if !speaks_of_an_object(&file.text) {
                Some(LeftOutReason::NoObject)
            } else {
                is_template(&file.text).then_some(LeftOutReason::Template)
            };
            match reason {
                None => manifests.files.push(Manifest {
                    name,
                    shown: file.name,
                    text: with_line_feeds(file.text),
                }),
                Some(reason) => manifests.left_out.push(LeftOut {
                    name,
                    shown: file.name,
                    text: with_line_feeds(file.text),
                    reason,
                }),
            }
        }
        manifests
    }

    /// Whether a file of this name and text is one of manifests.
    pub fn is_one(name: &str, text: &str) -> bool {
        may_hold_objects(file_name(name)) && speaks_of_an_object(text)
    }

    /// Leaves more files out: those whose texts the question is answered yes for.
    pub fn leave_out(&mut self, reason: LeftOutReason, which: fn(&Arc<str>) -> bool) {
        let (out, files) = mem::take(&mut self.files)
            .into_iter()
            .partition(|file| which(&file.text));
        self.files = files;
        let out: Vec<Manifest> = out;
        self.left_out.extend(out.into_iter().map(|file| LeftOut {
            name: file.name,
            shown: file.shown,
            text: file.text,
            reason,
        }));
    }
}

/// Whether a text has a line with the key that every object begins with.
fn speaks_of_an_object(text: &str) -> bool {
    text.match_indices("apiVersion").any(|(at, key)| {
        let before = text[..at].trim_end_matches(['"', '\'']);
        let after = text[at + key.len()..].trim_start_matches(['"', '\'']);
        // In JSON the key may stand anywhere on a line.
        let starts = before.is_empty() || before.ends_with(['\n', '{', ' ', '\t', ',', '\u{FEFF}']);
        starts && after.trim_start_matches([' ', '\t']).starts_with(':')
    })
}

/// Whether a text is no YAML, for it has yet to be rendered.
fn is_template(text: &Arc<str>) -> bool {
    let breaks = |issue: &Issue| !matches!(issue.kind, IssueKind::Ambiguous { .. });
    text.contains("{{") && read_text(text, Pos::new(0)).issues.iter().any(breaks)
}

/// The same text with line feeds as line ends, which mean the same in YAML.
fn with_line_feeds(text: Arc<str>) -> Arc<str> {
    if text.contains("\r\n") {
        text.replace("\r\n", "\n").into()
    } else {
        text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_that_speak_of_objects() {
        for text in [
            "apiVersion: v1\nkind: A\n",
            "# x\n---\napiVersion : v1\n",
            "{\"kind\": \"A\", \"apiVersion\": \"v1\"}",
            "{\"apiVersion\":\"v1\"}",
            "\"apiVersion\": v1",
            "{apiVersion: v1}",
            "apiVersion: {{ .Values.x }}\n",
        ] {
            assert!(speaks_of_an_object(text), "{text}");
        }
        for text in ["", "a: 1\n", "# the apiVersion\n", "xapiVersion: 1\n"] {
            assert!(!speaks_of_an_object(text), "{text}");
        }
    }

    #[test]
    fn templates_are_what_cannot_be_read_and_has_braces() {
        for (text, template) in [
            ("{{- if .Values.a }}\napiVersion: v1\n{{- end }}\n", true),
            ("a: {{ .Values.a }}\n", true),
            ("a: \"{{ x }}\"\nb: on\n", false),
            ("a: [\n", false),
        ] {
            assert_eq!(is_template(&text.into()), template, "{text}");
        }
    }

    #[test]
    fn line_ends_do_not_count() {
        assert_eq!(&*with_line_feeds("a: 1\r\nb: 2\r\n".into()), "a: 1\nb: 2\n");
    }
}

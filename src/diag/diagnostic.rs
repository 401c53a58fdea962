//! One thing to tell the user.

use super::tidy::{in_one_line, shortened};
use crate::source::{Pos, Span};

/// How serious a diagnostic is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Level {
    /// Worth knowing; nothing need be done.
    Note,
    /// Probably not what was meant.
    Warning,
    /// The config cannot be rendered, or what it renders would be refused or misroute.
    Error,
}

impl Level {
    /// The word for it.
    pub fn as_str(self) -> &'static str {
        match self {
            Level::Note => "note",
            Level::Warning => "warning",
            Level::Error => "error",
        }
    }
}

/// The place that a diagnostic speaks of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Place {
    /// The node that begins here; how far it reaches is found when it is shown.
    Node(Pos),
    /// A range of a source.
    Range(Span),
    /// A file as a whole, or a folder.
    File(String),
    /// A line of a text that is not among the sources, such as a built-in template or a rendered
    /// document, which is shown with the message.
    Line {
        /// What a person calls the text.
        name: String,
        /// The text.
        text: std::sync::Arc<str>,
        /// The range of bytes to underline.
        range: std::ops::Range<usize>,
    },
    /// Nowhere in particular.
    Nowhere,
}

impl From<Pos> for Place {
    fn from(pos: Pos) -> Self {
        if pos.is_some() {
            Place::Node(pos)
        } else {
            Place::Nowhere
        }
    }
}

impl From<Span> for Place {
    fn from(span: Span) -> Self {
        Place::Range(span)
    }
}

/// A sentence below a diagnostic.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Note {
    /// Why it is wrong, or what follows from it.
    Note(String),
    /// What to do.
    Help(String),
}

/// One mistake, or one thing worth knowing.
///
/// The headline is lowercase, has no full stop, and makes sense alone; names that the user typed
/// stand in backticks. Notes and helps are sentences.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// How serious it is.
    pub level: Level,
    /// The name of the rule that found it, such as `unknown-field`.
    pub id: &'static str,
    /// What is wrong, in one line.
    pub headline: String,
    /// Where.
    pub place: Place,
    /// What to write under the underlined text.
    pub label: Option<String>,
    /// The other parties: places with a label each.
    pub related: Vec<(Place, String)>,
    /// Why, and what to do.
    pub notes: Vec<Note>,
}

impl Diagnostic {
    /// A diagnostic of this level.
    pub fn new(
        level: Level,
        id: &'static str,
        headline: impl Into<String>,
        place: impl Into<Place>,
    ) -> Self {
        Diagnostic {
            level,
            id,
            headline: in_one_line(headline.into()),
            place: place.into(),
            label: None,
            related: Vec::new(),
            notes: Vec::new(),
        }
    }

    /// An error.
    pub fn error(id: &'static str, headline: impl Into<String>, place: impl Into<Place>) -> Self {
        Self::new(Level::Error, id, headline, place)
    }

    /// A warning.
    pub fn warning(id: &'static str, headline: impl Into<String>, place: impl Into<Place>) -> Self {
        Self::new(Level::Warning, id, headline, place)
    }

    /// A note.
    pub fn note(id: &'static str, headline: impl Into<String>, place: impl Into<Place>) -> Self {
        Self::new(Level::Note, id, headline, place)
    }

    /// What to write under the underlined text.
    #[must_use]
    pub fn label(mut self, label: impl Into<String>) -> Self {
        self.label = Some(in_one_line(label.into()));
        self
    }

    /// Another party, with a label; a place that is nowhere is left out.
    #[must_use]
    pub fn related(mut self, place: impl Into<Place>, label: impl Into<String>) -> Self {
        let place = place.into();
        if place != Place::Nowhere {
            self.related.push((place, in_one_line(label.into())));
        }
        self
    }

    /// Why it is wrong: a sentence.
    #[must_use]
    pub fn because(mut self, why: impl Into<String>) -> Self {
        self.notes.push(Note::Note(shortened(why.into())));
        self
    }

    /// What to do: a sentence.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.notes.push(Note::Help(shortened(help.into())));
        self
    }

    /// What to do, where there is something to say.
    #[must_use]
    pub fn maybe_help(self, help: Option<impl Into<String>>) -> Self {
        match help {
            Some(help) => self.help(help),
            None => self,
        }
    }
}

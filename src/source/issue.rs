//! What a reader finds wrong in a text.

use std::fmt;

use super::position::Span;
use super::scalar::Ambiguity;
use super::tree::Shape;

/// One mistake in a text, and where it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Issue {
    /// What is wrong.
    pub kind: IssueKind,
    /// Where.
    pub span: Span,
}

/// The kinds of mistakes that make a text unreadable, or readable in more than one way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum IssueKind {
    /// The text is not YAML; the rest of its document is not read.
    Syntax {
        /// What is wrong, as a headline.
        what: String,
        /// What to do about it, as a sentence.
        help: Option<&'static str>,
    },
    /// A map holds a key twice; the tree keeps the first.
    DuplicateKey {
        /// The key.
        key: String,
        /// Where the map has it first.
        first: Span,
    },
    /// A plain scalar that YAML 1.1 and YAML 1.2 readers understand differently.
    Ambiguous {
        /// The scalar as it was written.
        text: String,
        /// The two readings.
        ambiguity: Ambiguity,
        /// Whether it is a key of a map.
        key: bool,
    },
    /// An alias of an anchor that its document does not have before it.
    UnknownAnchor {
        /// The name, without `*`.
        name: String,
        /// The most similar anchor that there is.
        nearest: Option<String>,
    },
    /// An alias inside the very node that it stands for.
    RecursiveAlias {
        /// The name, without `*`.
        name: String,
    },
    /// The aliases of a text stand for more nodes than any honest text has.
    TooManyAliases,
    /// So many mistakes that the rest of the text is not read.
    TooManyMistakes,
    /// Lists and maps stand in each other deeper than is read.
    TooDeep,
    /// A key that is a list, a map or null.
    KeyNotText {
        /// What it is.
        shape: Shape,
    },
    /// The value of a merge key `<<` that is neither a map nor a list of maps.
    MergeOfNoMap {
        /// What it is.
        shape: Shape,
    },
    /// A tag that has no meaning here.
    UnknownTag {
        /// The tag as it was written.
        tag: String,
    },
    /// A core tag on a value that is not of its kind.
    TagMismatch {
        /// The tag as it was written.
        tag: String,
        /// What the value is.
        shape: Shape,
    },
    /// A character that YAML does not allow in a text.
    ControlCharacter {
        /// The character.
        character: char,
    },
    /// A byte-order mark further on than at the start of the text.
    ByteOrderMark,
}

impl IssueKind {
    /// The name of the rule, as diagnostics name it.
    pub fn id(&self) -> &'static str {
        match self {
            IssueKind::Syntax { .. } => "yaml-syntax",
            IssueKind::DuplicateKey { .. } => "duplicate-key",
            IssueKind::Ambiguous { .. } => "ambiguous-scalar",
            IssueKind::UnknownAnchor { .. } | IssueKind::RecursiveAlias { .. } => "unknown-anchor",
            IssueKind::TooManyAliases => "too-many-aliases",
            IssueKind::TooManyMistakes => "too-many-mistakes",
            IssueKind::TooDeep => "too-deep",
            IssueKind::KeyNotText { .. } => "key-not-text",
            IssueKind::MergeOfNoMap { .. } => "merge-of-no-map",
            IssueKind::UnknownTag { .. } | IssueKind::TagMismatch { .. } => "unknown-tag",
            IssueKind::ControlCharacter { .. } | IssueKind::ByteOrderMark => "control-character",
        }
    }

    /// What to do about it, as a sentence.
    pub fn help(&self) -> Option<String> {
        match self {
            IssueKind::Syntax { help, .. } => help.map(str::to_string),
            IssueKind::Ambiguous { text, .. } => {
                Some(format!("Write `\"{text}\"` if the text is meant."))
            }
            IssueKind::UnknownAnchor {
                nearest: Some(nearest),
                ..
            } => Some(format!("Did you mean `*{nearest}`?")),
            IssueKind::UnknownAnchor {
                name,
                nearest: None,
            } => Some(format!(
                "An anchor `&{name}` has to stand before it in the same document."
            )),
            IssueKind::RecursiveAlias { .. } => {
                Some("Write out what is meant; nothing can hold itself.".to_string())
            }
            IssueKind::TooManyAliases => {
                Some("Write the values out, or use fewer aliases of aliases.".to_string())
            }
            IssueKind::TooManyMistakes => Some("Put the ones before it right first.".to_string()),
            IssueKind::TooDeep => Some("No config needs more than a few levels.".to_string()),
            IssueKind::KeyNotText { shape: Shape::Map } => Some(
                "A text that begins with `{` stands in quotes; a template (`{{ … }}`) has to be \
                 rendered first."
                    .to_string(),
            ),
            IssueKind::KeyNotText { .. } => Some("Put the key in quotes.".to_string()),
            IssueKind::MergeOfNoMap { .. } => {
                Some("Write an alias of a map, such as `<<: *defaults`.".to_string())
            }
            IssueKind::ControlCharacter { .. } => {
                Some("In double quotes it can be written as an escape.".to_string())
            }
            IssueKind::ByteOrderMark => Some("Take the unseen character out.".to_string()),
            IssueKind::UnknownTag { .. } | IssueKind::TagMismatch { .. } => {
                Some("Leave the tag out.".to_string())
            }
            IssueKind::DuplicateKey { .. } => Some("Leave one of them out.".to_string()),
        }
    }
}

/// The headline of the diagnostic.
impl fmt::Display for IssueKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            IssueKind::Syntax { what, .. } => f.write_str(what),
            IssueKind::DuplicateKey { key, .. } => write!(f, "the key `{key}` is given twice"),
            IssueKind::Ambiguous {
                text, ambiguity, ..
            } => {
                let Ambiguity { old, new } = ambiguity;
                write!(
                    f,
                    "`{text}` is {old} to some YAML readers and {new} to others"
                )
            }
            IssueKind::UnknownAnchor { name, .. } => write!(f, "there is no anchor `&{name}`"),
            IssueKind::RecursiveAlias { name } => {
                write!(f, "`*{name}` stands inside the value which it stands for")
            }
            IssueKind::TooManyAliases => f.write_str("the aliases stand for too many values"),
            IssueKind::TooManyMistakes => {
                f.write_str("with so many mistakes, the text is not read further than here")
            }
            IssueKind::TooDeep => {
                write!(
                    f,
                    "lists and maps are nested deeper than {} levels",
                    super::reader::MAX_DEPTH
                )
            }
            IssueKind::KeyNotText { shape } => {
                write!(
                    f,
                    "a key has to be text, and this one is {}",
                    shape.describe()
                )
            }
            IssueKind::MergeOfNoMap { shape } => write!(
                f,
                "a merge key takes a map or a list of maps, and this is {}",
                shape.describe()
            ),
            IssueKind::UnknownTag { tag } => write!(f, "unknown tag `{tag}`"),
            IssueKind::TagMismatch { tag, shape } => {
                write!(f, "the tag `{tag}` stands on {}", shape.describe())
            }
            IssueKind::ControlCharacter { character } => {
                write!(
                    f,
                    "the control character U+{:04X} is not allowed",
                    u32::from(*character)
                )
            }
            IssueKind::ByteOrderMark => {
                f.write_str("a byte-order mark is allowed at the start of a file only")
            }
        }
    }
}

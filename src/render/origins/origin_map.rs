//! For programs: one versioned document.

use std::io;

use schemars::JsonSchema;
use serde::Serialize;

/// The version of [`OriginMap`]. A field may be added within a version; nothing else changes.
const VERSION: u32 = 1;

/// Where the fields of rendered documents come from.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct OriginMap {
    /// The version of this form: 1.
    pub version: u32,
    /// The documents, in the order in which they are applied.
    pub documents: Vec<MappedDocument>,
}

impl OriginMap {
    /// A map of these documents.
    pub fn new(documents: Vec<MappedDocument>) -> Self {
        OriginMap {
            version: VERSION,
            documents,
        }
    }

    /// Writes the document, and a line feed after it.
    pub fn write(&self, pretty: bool, writer: &mut dyn io::Write) -> io::Result<()> {
        if pretty {
            serde_json::to_writer_pretty(&mut *writer, self)?;
        } else {
            serde_json::to_writer(&mut *writer, self)?;
        }
        writeln!(writer)
    }
}

/// What a document is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub enum MappedKind {
    /// A whole object.
    Object,
    /// A partial object, for one that others own.
    Patch,
    /// A file for an installer or another tool.
    ToolInput,
    /// A page for people, which has no fields.
    Page,
}

/// A rendered document.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct MappedDocument {
    /// What it is.
    pub kind: MappedKind,
    /// The object that it is, or is a part of.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub object: Option<MappedObject>,
    /// Its path below the output folder, where it has a file there.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub file: Option<String>,
    /// The template that wrote it; none for what is passed on as it is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub template: Option<String>,
    /// What called for it.
    pub called_for_by: MappedOrigin,
    /// Its fields that hold no others, in their order.
    pub fields: Vec<MappedField>,
}

/// The identity of an object.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct MappedObject {
    /// The API group; empty for the core group.
    pub group: String,
    /// The kind.
    pub kind: String,
    /// The namespace, where one is written.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub namespace: Option<String>,
    /// The name.
    pub name: String,
}

/// A field that holds no others.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct MappedField {
    /// Its place in the document, such as `spec.listeners[name=https].port`.
    pub path: String,
    /// Its value: a scalar, or an empty list or map.
    pub value: serde_json::Value,
    /// Where its value comes from, in the order of its parts.
    pub from: Vec<MappedOrigin>,
    /// What decided that it is there, from the outside in.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub because: Vec<MappedOrigin>,
    /// The line of the template that wrote it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub template: Option<MappedPlace>,
}

/// How a value came to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub enum OriginKind {
    /// It is written at the place.
    Written,
    /// It is the default of a config field.
    Default,
    /// A rule gives it because of what is written at the places.
    Derived,
    /// It stands in the template word for word.
    Template,
}

/// Where a value comes from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct MappedOrigin {
    /// How it came to be.
    pub kind: OriginKind,
    /// The config field whose default it is; `gatewright explain` tells more of it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub field: Option<String>,
    /// The rule that gives it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rule: Option<String>,
    /// The places that have a part in it, the first of which is the one to show.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub places: Vec<MappedPlace>,
}

/// A place in a file. Lines and columns are counted from 1; columns count characters.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct MappedPlace {
    /// The file, as it was named; of a built-in template its name.
    pub file: String,
    /// The line.
    pub line: usize,
    /// The column, where one is known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub column: Option<usize>,
    /// The text of the line, where it was asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
}

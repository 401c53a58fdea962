//! From positions to what people and programs are told.

use crate::kube::{self, pointer_to};
use crate::plan::{Artifact, Patch};
use crate::render::templates::Templates;
use crate::render::trace::{Field, TemplateLine, Traced};
use crate::source::{Causes, Node, Origin, Pos, Shape, Sources};

use super::origin_map::{
    MappedDocument, MappedField, MappedKind, MappedObject, MappedOrigin, MappedPlace, OriginKind,
};

/// The longest line that is told whole, in characters.
const LINE_AT_MOST: usize = 160;

/// How much of a longer line is told before the place.
const BEFORE: usize = 60;

/// Knows the texts that positions are in.
#[derive(Clone, Copy, Debug)]
pub struct Places<'s> {
    /// The config's files, and those of the user's own objects.
    pub sources: &'s Sources,
    /// The templates of the run.
    pub templates: &'s Templates,
    /// Whether the text of each line is told too.
    pub with_text: bool,
}

impl Places<'_> {
    /// A document and the fields of it for which `wanted` holds, by their indices among its
    /// fields.
    pub fn document(
        self,
        artifact: &Artifact,
        template: Option<&str>,
        origin: MappedOrigin,
        traced: Option<&Traced>,
        wanted: impl Fn(usize, &Field) -> bool,
    ) -> MappedDocument {
        let (kind, file) = match artifact {
            Artifact::Object(_) => (MappedKind::Object, None),
            Artifact::Patch(Patch { file, .. }) => (MappedKind::Patch, Some(file)),
            Artifact::ToolInput { file } => (MappedKind::ToolInput, Some(file)),
            Artifact::Page { file } => (MappedKind::Page, Some(file)),
        };
        let facts = artifact
            .id()
            .and_then(|id| kube::facts(&id.group, &id.kind));
        let fields = traced.map_or(Vec::new(), |traced| {
            let root = traced.tree.root();
            let fields = traced.fields.iter().enumerate();
            let fields = fields.filter(|(index, field)| wanted(*index, field));
            let field = |field: &Field| {
                let path = pointer_to(root, field.node, facts).to_string();
                self.field(path, traced.tree.node(field.node), field)
            };
            fields.map(|(_, wanted)| field(wanted)).collect()
        });
        MappedDocument {
            kind,
            object: artifact.id().map(|id| MappedObject {
                group: id.group.clone(),
                kind: id.kind.clone(),
                namespace: id.namespace.clone(),
                name: id.name.clone(),
            }),
            file: file.cloned(),
            template: template.map(|template| self.templates.shown(template)),
            called_for_by: origin,
            fields,
        }
    }

    fn field(self, path: String, node: Node<'_>, field: &Field) -> MappedField {
        let template = field.template.as_ref().map(|line| self.template(line));
        let mut from: Vec<MappedOrigin> =
            field.from.iter().map(|from| self.origin(*from)).collect();
        if from.is_empty() || field.is_mixed {
            from.push(MappedOrigin {
                kind: OriginKind::Template,
                field: None,
                rule: None,
                places: template.clone().into_iter().collect(),
            });
        }
        MappedField {
            path,
            value: value(node),
            from,
            because: field
                .because
                .iter()
                .map(|from| self.origin(*from))
                .collect(),
            template,
        }
    }

    /// Where something comes from.
    pub fn origin(self, origin: Origin) -> MappedOrigin {
        let places = |causes: Causes| causes.iter().filter_map(|pos| self.place(pos)).collect();
        let (kind, field, rule) = match origin {
            Origin::Written(_) => (OriginKind::Written, None, None),
            Origin::Default(field) => (OriginKind::Default, Some(field), None),
            Origin::Derived { rule, .. } => (OriginKind::Derived, None, Some(rule)),
        };
        MappedOrigin {
            kind,
            field: field.map(str::to_owned),
            rule: rule.map(str::to_owned),
            places: places(origin.causes()),
        }
    }

    /// Where an object of the user's own comes from: the entry of the config that names its file,
    /// and where in it the object begins.
    pub fn own_object(self, entry: Pos, start: Pos) -> MappedOrigin {
        self.origin(Origin::derived(
            "an object of a file in `spec.resources`",
            Causes::of([entry, start]),
        ))
    }

    fn place(self, pos: Pos) -> Option<MappedPlace> {
        let (source, offset) = self.sources.locate(pos)?;
        let (line, column) = source.line_column(offset);
        let range = source.lines().range(source.text(), line);
        Some(MappedPlace {
            file: source.name().to_owned(),
            line,
            column: Some(column),
            text: self
                .with_text
                .then(|| excerpt(&source.text()[range], column)),
        })
    }

    fn template(self, at: &TemplateLine) -> MappedPlace {
        let line = || {
            let text = self.templates.text(&at.template)?;
            text.lines()
                .nth(at.line.checked_sub(1)?)
                .map(|line| excerpt(line, 1))
        };
        MappedPlace {
            file: self.templates.shown(&at.template),
            line: at.line,
            column: None,
            text: self.with_text.then(line).flatten(),
        }
    }
}

/// A line without the space around it; of a long one, what is around a column, counted from 1.
fn excerpt(line: &str, column: usize) -> String {
    let count = line.chars().count();
    if count <= LINE_AT_MOST {
        return line.trim().to_owned();
    }
    let start = column.saturating_sub(BEFORE).min(count - LINE_AT_MOST);
    let kept: String = line.chars().skip(start).take(LINE_AT_MOST).collect();
    let dots = |cut| if cut { "…" } else { "" };
    let (before, after) = (dots(start > 0), dots(start + LINE_AT_MOST < count));
    format!("{before}{}{after}", kept.trim())
}

/// The value of a node that holds no others.
fn value(node: Node<'_>) -> serde_json::Value {
    let number = |node: Node<'_>| -> Option<serde_json::Value> {
        match node.as_i64() {
            Some(int) => Some(int.into()),
            None => node.as_f64().map(serde_json::Value::from),
        }
    };
    match node.shape() {
        Shape::Null => serde_json::Value::Null,
        Shape::Bool => node.as_bool().into(),
        Shape::Int | Shape::Float => number(node).unwrap_or_else(|| node.text().into()),
        Shape::Str => node.text().into(),
        Shape::Seq => serde_json::json!([]),
        Shape::Map => serde_json::json!({}),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_long_lines_what_is_around_the_place_is_told() {
        assert_eq!(excerpt("  a: b", 6), "a: b");
        let long = format!("{}HERE{}", "ä".repeat(500), "ö".repeat(500));
        let found = excerpt(&long, 501);
        assert!(found.contains("HERE") && found.starts_with('…') && found.ends_with('…'));
        assert_eq!(found.chars().count(), LINE_AT_MOST + 2);
        assert!(excerpt(&long, 1).starts_with("ää"));
        assert!(excerpt(&long, 1004).ends_with("öö"));
    }
}

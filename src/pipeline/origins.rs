//! From a model to where its fields come from.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;

use crate::diag::{Report, did_you_mean};
use crate::kube::{self, PointerError, find_pointer};
use crate::model::Model;
use crate::plan::{Artifact, Kind, plan};
use crate::render::{
    Field, MappedDocument, MappedOrigin, MappedPlace, OriginKind, OriginMap, Places,
    PlannedDocument, TraceError, Traced, Tracer, Unmet, find_document,
};
use crate::sinks::Output;
use crate::source::{NodeId, Origin, Pos, read_text};

/// Why it cannot be told where something comes from.
#[derive(Debug)]
pub enum OriginError {
    /// No document is meant, or not one alone.
    Document(Unmet),
    /// The document has no such field.
    Field {
        /// The field that was typed.
        typed: String,
        /// Why it leads nowhere.
        why: PointerError,
    },
    /// Tracing failed: a bug.
    Trace(TraceError),
}

impl From<TraceError> for OriginError {
    fn from(error: TraceError) -> Self {
        OriginError::Trace(error)
    }
}

impl fmt::Display for OriginError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            OriginError::Document(unmet) => unmet.fmt(f),
            OriginError::Trace(error) => error.fmt(f),
            OriginError::Field { typed, why } => no_field(f, typed, why),
        }
    }
}

fn no_field(f: &mut fmt::Formatter<'_>, typed: &str, why: &PointerError) -> fmt::Result {
    match why {
        PointerError::Malformed(at) => write!(
            f,
            "`{typed}` is not the form of a field, from `{}` on\n  help: Write it such as \
             `spec.listeners[name=https].port`, `spec.hostnames[0]` or \
             `metadata.labels[\"example.com/team\"]`.",
            typed.get(*at..).unwrap_or_default()
        ),
        PointerError::NoField {
            nearest,
            step,
            steps,
        } => {
            write!(f, "there is no field `{typed}`: ")?;
            if nearest.is_root() {
                write!(f, "the document has no `{step}`")?;
            } else {
                write!(f, "`{nearest}` has no `{step}`")?;
            }
            let help = did_you_mean(step, steps.iter().map(String::as_str));
            help.map_or(Ok(()), |help| write!(f, "\n  help: {help}"))
        }
    }
}

/// Where the fields of all rendered files come from: of the documents that the model plans, and
/// of the files that are made of their names.
pub fn origin_map(
    model: &Model,
    places: Places<'_>,
    output: &Output,
) -> Result<OriginMap, TraceError> {
    let plan = plan(model, &mut Report::new());
    let watch = Tracer::new(places.templates);
    let paths = paths(output);
    let mut documents = Vec::new();
    let mut callers = BTreeMap::new();
    for planned in PlannedDocument::all(&plan) {
        let artifact = planned.artifact();
        let traced = trace(planned, &watch)?;
        let mut document = document(planned, places, traced.as_ref(), |_, _| true);
        let Some(path) = paths.get(&artifact.to_string()) else {
            continue;
        };
        callers.insert(path.clone(), places_of_name(&document));
        document.file = Some(path.clone());
        documents.push(document);
    }
    let files = output.files().into_iter();
    let lists = files.filter(|placed| !callers.contains_key(&placed.path));
    let lists: Vec<_> = lists
        .map(|placed| list(placed.path, &placed.file.text, places, &callers))
        .collect();
    documents.extend(lists);
    Ok(OriginMap::new(documents))
}

/// Where one document comes from, or a field of it with all below it. Its file is told by the
/// output, if there is one.
pub fn origin(
    model: &Model,
    places: Places<'_>,
    output: &Output,
    object: &str,
    field: Option<&str>,
) -> Result<MappedDocument, OriginError> {
    let plan = plan(model, &mut Report::new());
    let paths = paths(output);
    let documents = PlannedDocument::all(&plan);
    let path = |artifact: &Artifact| paths.get(&artifact.to_string()).cloned();
    let planned = find_document(&documents, object, path).map_err(OriginError::Document)?;
    let traced = trace(planned, &Tracer::new(places.templates))?;
    let below = match (&traced, field) {
        (Some(traced), Some(field)) => {
            let artifact = planned.artifact();
            let id = artifact.id();
            let facts = id.and_then(|id| kube::facts(&id.group, &id.kind));
            let found = find_pointer(traced.tree.root(), field, facts);
            let node = found.map_err(|why| OriginError::Field {
                typed: field.to_owned(),
                why,
            })?;
            node..traced.tree.node(node).end()
        }
        _ => 0..NodeId::MAX,
    };
    let wanted = |_: usize, field: &Field| below.contains(&field.node);
    let mut document = document(planned, places, traced.as_ref(), wanted);
    document.file = path(&planned.artifact()).or(document.file);
    Ok(document)
}

/// The paths of documents below the output folder, by what messages call them.
fn paths(output: &Output) -> BTreeMap<String, String> {
    let files = output.files().into_iter();
    let named = files.flat_map(|placed| {
        let names = [&placed.file.about].into_iter().chain(&placed.file.also);
        let path = placed.path.clone();
        names.map(move |name| (name.clone(), path.clone()))
    });
    named.collect()
}

fn trace(planned: PlannedDocument<'_>, tracer: &Tracer) -> Result<Option<Traced>, TraceError> {
    match planned {
        PlannedDocument::Rendered(planned) => tracer.trace(planned),
        PlannedDocument::Own(own) => {
            let written = Traced::as_written(&own.resource.tree);
            Ok(Some(written.decorated(&own.decorations)))
        }
    }
}

fn document(
    planned: PlannedDocument<'_>,
    places: Places<'_>,
    traced: Option<&Traced>,
    wanted: impl Fn(usize, &Field) -> bool,
) -> MappedDocument {
    let artifact = planned.artifact();
    match planned {
        PlannedDocument::Rendered(planned) => {
            let template = Kind::of(planned.template).map(|kind| kind.template);
            let origin = places.origin(planned.origin);
            places.document(&artifact, template, origin, traced, wanted)
        }
        PlannedDocument::Own(own) => {
            let origin = places.own_object(own.resource.entry, own.resource.pos);
            places.document(&artifact, None, origin, traced, wanted)
        }
    }
}

/// A file by which a tool finds the others: what names one of them comes from what called for it.
fn list(
    path: String,
    text: &Arc<str>,
    places: Places<'_>,
    callers: &BTreeMap<String, Vec<MappedPlace>>,
) -> MappedDocument {
    const RULE: &str = "the files that are rendered, as kustomize finds them";
    let read = read_text(text, Pos::NONE);
    let tree = read
        .documents
        .into_iter()
        .next()
        .map(|document| document.tree);
    let traced = tree.as_ref().map(Traced::as_written);
    let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
    let folder = match folder {
        "" => String::new(),
        folder => format!("{folder}/"),
    };
    let by_rule = |places: &[MappedPlace]| MappedOrigin {
        kind: OriginKind::Derived,
        field: None,
        rule: Some(RULE.to_owned()),
        places: places.to_vec(),
    };
    let artifact = Artifact::ToolInput { file: path };
    let origin = places.origin(Origin::derived(RULE, Pos::NONE));
    let mut document = places.document(&artifact, None, origin, traced.as_ref(), |_, _| true);
    let mut named = None;
    for field in &mut document.fields {
        let file = field.value.as_str().map(|text| format!("{folder}{text}"));
        // The other fields of an item stand beside the file that it names.
        named = file.and_then(|file| callers.get(&file)).or(named);
        field.from = vec![by_rule(named.map_or(&[], Vec::as_slice))];
    }
    document
}

/// The places that a file's name follows from: those of what called for it, and of its identity.
fn places_of_name(document: &MappedDocument) -> Vec<MappedPlace> {
    let identity = ["metadata.name", "metadata.namespace"];
    let fields = document.fields.iter();
    let fields = fields.filter(|field| identity.contains(&field.path.as_str()));
    let origins = fields.flat_map(|field| field.from.iter().chain(&field.because));
    let origins = std::iter::once(&document.called_for_by).chain(origins);
    let mut places: Vec<MappedPlace> = Vec::new();
    for origin in origins.filter(|origin| origin.kind != OriginKind::Template) {
        for place in &origin.places {
            if !places.contains(place) {
                places.push(place.clone());
            }
        }
    }
    places
}

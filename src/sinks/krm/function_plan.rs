//! What becomes of the items of a list, and what is added to it.

use std::collections::BTreeMap;

use crate::diag::{Diagnostic, Place, Report};
use crate::kube::krm::{ListItem, ResourceList, bare, same_value, with_annotations};
use crate::kube::{self, ObjectId};
use crate::plan::Patch;
use crate::render::{Document, Documents};
use crate::sinks::{CommentStyle, Header, Layout};
use crate::source::{Tree, emit, read_text};

use super::patching::patched;
use super::remark::{Remark, place_of};

/// What becomes of an item.
#[derive(Clone, Debug)]
pub enum Fate {
    /// It is passed on as it is.
    Keep,
    /// Another object, or another state of it, takes its place.
    Replace(NewItem),
    /// A former run made it, and it is no longer rendered.
    Drop,
}

/// An object to write into the list.
#[derive(Clone, Debug)]
pub struct NewItem {
    /// The line that says whose it is, with its line feed; none for the objects of others.
    pub header: Option<String>,
    /// The object.
    pub tree: Tree,
}

/// What a function makes of its list.
#[derive(Clone, Debug)]
pub struct FunctionPlan {
    /// What becomes of the items, in their order.
    pub fates: Vec<Fate>,
    /// What is added after them, in the order in which it is applied.
    pub added: Vec<NewItem>,
    /// What there is to say of it.
    pub remarks: Vec<Remark>,
}

impl FunctionPlan {
    /// Plans how what the config of this name renders goes into a list.
    ///
    /// An item of a former run is known by its header, as a file is. It is replaced, or left out
    /// when it is no longer rendered; one that was changed by hand since, or that the config did
    /// not render, stands in the way unless it is what is rendered. Patches are applied to the
    /// items that they are for. `folder` is where new objects get their files; where these cannot be
    /// named, it is reported.
    pub fn new(
        list: &ResourceList,
        documents: &Documents,
        owner: &str,
        folder: &str,
        report: &mut Report,
    ) -> Option<Self> {
        let mut rendered = BTreeMap::new();
        for document in documents.objects() {
            if let Some(id) = document.artifact.id() {
                rendered.insert(id.clone(), bare(tree_of(document).root()));
            }
        }
        let mut plan = FunctionPlan {
            fates: Vec::new(),
            added: Vec::new(),
            remarks: Vec::new(),
        };
        let mut there: BTreeMap<ObjectId, usize> = BTreeMap::new();
        for (at, item) in list.items().enumerate() {
            let id = ObjectId::read(item.node).ok();
            let fate = match &id {
                Some(id) => plan.fate(at, &item, id, rendered.get(id), owner),
                None => Fate::Keep,
            };
            plan.fates.push(fate);
            if let Some(id) = id {
                there.entry(id).or_insert(at);
            }
        }
        for (patch, document) in documents.patches() {
            plan.patch(list, patch, &tree_of(document), there.get(&patch.target));
        }
        for (id, path) in paths(documents, owner, report)? {
            if !there.contains_key(&id)
                && let Some(tree) = rendered.get(&id)
            {
                let path = if folder.is_empty() {
                    path
                } else {
                    format!("{folder}/{path}")
                };
                let name = "internal.config.kubernetes.io/path".to_owned();
                plan.added.push(ours(tree, owner, &[(name, path)]));
            }
        }
        Some(plan)
    }

    fn fate(
        &mut self,
        at: usize,
        item: &ListItem<'_>,
        id: &ObjectId,
        rendered: Option<&Tree>,
        owner: &str,
    ) -> Fate {
        let header = header(item).filter(|header| header.owner == owner);
        let tree = match (rendered, &header) {
            (None, None) => return Fate::Keep,
            _ => bare(item.node),
        };
        if rendered.is_some_and(|rendered| same_value(rendered.root(), tree.root())) {
            return Fate::Keep;
        }
        let diagnostic = match (header, rendered) {
            (Some(header), _) if header.digest == digest(&tree, owner) => match rendered {
                Some(rendered) => {
                    return Fate::Replace(ours(rendered, owner, &item.orchestration()));
                }
                None => return Fate::Drop,
            },
            (Some(_), _) => Diagnostic::error(
                "edited-by-hand",
                format!("the item `{id}` was changed by hand since it was rendered"),
                place_of(item),
            )
            .because("To replace or remove it would lose the change.")
            .help("Make the change in the config, and remove the item."),
            (None, _) => Diagnostic::error(
                "not-rendered-here",
                format!("the item `{id}` is not one that this config rendered"),
                place_of(item),
            )
            .because("The config renders an object of that name which differs from it.")
            .help("Remove the item, or take it out of the config."),
        };
        self.remarks.push(Remark {
            diagnostic,
            item: Some(at),
        });
        Fate::Keep
    }

    /// Applies a patch to the item that it is for.
    fn patch(&mut self, list: &ResourceList, patch: &Patch, change: &Tree, at: Option<&usize>) {
        let target = &patch.target;
        let found = at.and_then(|at| Some((*at, list.items().nth(*at)?)));
        let Some((at, item)) = found else {
            let diagnostic = Diagnostic::note(
                "patch-without-target",
                format!("`{target}` is not among the items, so its patch is not applied"),
                Place::Nowhere,
            )
            .help(format!(
                "Apply `{}` of the rendered folder where the object is.",
                patch.file
            ));
            self.remarks.push(Remark {
                diagnostic,
                item: None,
            });
            return;
        };
        let facts = kube::facts(&target.group, &target.kind);
        let object = match &self.fates[at] {
            Fate::Replace(item) => item.tree.root(),
            _ => item.node,
        };
        match patched(object, change.root(), facts) {
            Ok(tree) if same_value(tree.root(), object) => {}
            Ok(tree) => self.fates[at] = Fate::Replace(NewItem { header: None, tree }),
            Err(fault) => {
                let diagnostic = Diagnostic::error(
                    "patch-not-applied",
                    format!(
                        "the patch of `{target}` cannot be applied at `{}`",
                        fault.path
                    ),
                    place_of(&item),
                )
                .because(format!("The list cannot be merged exactly: {}.", fault.why))
                .help(format!(
                    "Apply `{}` of the rendered folder by `kubectl`.",
                    patch.file
                ));
                self.remarks.push(Remark {
                    diagnostic,
                    item: Some(at),
                });
            }
        }
    }
}

fn tree_of(document: &Document) -> Tree {
    document.tree.clone().unwrap_or_else(|| {
        let read = read_text(&document.text, crate::source::Pos::NONE).documents;
        read.into_iter().next().map_or_else(
            || crate::source::TreeBuilder::detached().finish(),
            |document| document.tree,
        )
    })
}

/// An object of ours, with the line that says so.
fn ours(tree: &Tree, owner: &str, annotations: &[(String, String)]) -> NewItem {
    let header = Header::of(owner, "", &emit(tree.root()));
    NewItem {
        header: Some(header.line(CommentStyle::Hash)),
        tree: with_annotations(tree.root(), annotations),
    }
}

fn digest(tree: &Tree, owner: &str) -> String {
    Header::of(owner, "", &emit(tree.root())).digest
}

/// The header among the comments above an item.
fn header(item: &ListItem<'_>) -> Option<Header> {
    let lines = item.text?.lines().map(str::trim_start);
    let comments = lines.map(|line| line.strip_prefix("- ").unwrap_or(line).trim_start());
    let mut comments =
        comments.take_while(|line| line.is_empty() || line.starts_with('#') || *line == "-");
    comments.find_map(|line| Header::read(line.as_bytes()))
}

/// The files that objects have in a rendered folder, in the order in which they are applied.
fn paths(
    documents: &Documents,
    owner: &str,
    report: &mut Report,
) -> Option<Vec<(ObjectId, String)>> {
    let mut layout = Layout::default();
    let mut ids = Vec::new();
    for document in documents.objects() {
        ids.extend(document.artifact.id().cloned());
        layout.take(Document {
            tree: None,
            ..document.clone()
        });
    }
    let output = layout.finish_objects(owner, report)?;
    let files = output.targets().iter().flat_map(|target| &target.files);
    let paths = files.map(|file| file.path.to_string());
    Some(ids.into_iter().zip(paths).collect())
}

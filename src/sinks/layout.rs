//! Which file each rendered document goes to.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::config::{self, GitOpsTool};
use crate::diag::{Diagnostic, Report};
use crate::kube::ObjectId;
use crate::model::{self, Naming};
use crate::plan::{Artifact, Patch, Phase};
use crate::render::{Document, FilePathTemplate, component, kustomization, version};
use crate::source::Pos;

use super::file_paths::FilePaths;
use super::object_path::{STREAM, by_kind, by_kustomize, by_namespace, kustomize_namespace};
use super::output::{Output, OutputFile, TargetFiles};
use super::output_fault::OutputFault;
use super::relative_path::{PathFault, RelativePath};

/// Collects the files of one target, in the order in which their documents come.
///
/// Objects go below `manifests/`, as the config lays them out; patches, files for tools and pages
/// say their own path; and kustomize gets its files at the end.
#[derive(Debug)]
pub struct Layout {
    naming: Names,
    /// Whether each phase has a folder of its own.
    by_phase: bool,
    /// What in the config says how files are named.
    pos: Pos,
    objects: Vec<Object>,
    files: Vec<OutputFile>,
    patches: Vec<Patch>,
    faults: Vec<PathFault>,
}

/// How the files of objects are named.
#[derive(Debug)]
enum Names {
    By(config::Layout),
    Template(Box<FilePaths>),
}

/// An object on its way to a file.
#[derive(Debug)]
struct Object {
    id: ObjectId,
    version: String,
    /// Its path, where that is known before all objects are.
    path: Option<String>,
    phase: Phase,
    text: Arc<str>,
}

impl Default for Layout {
    fn default() -> Self {
        Layout::new(&model::Output::default(), &mut Report::new())
    }
}

impl Layout {
    /// No files yet. What is wrong with a template for file names is reported.
    pub fn new(output: &model::Output, report: &mut Report) -> Self {
        let naming = match &output.naming {
            Naming::Layout(layout) => Names::By(layout.value),
            Naming::Template(template) => match FilePathTemplate::new(template) {
                Ok(template) => Names::Template(Box::new(FilePaths::new(template))),
                Err(diagnostic) => {
                    report.push(*diagnostic);
                    Names::By(config::Layout::Namespace)
                }
            },
        };
        Layout {
            naming,
            by_phase: output.phases.contains_key(&GitOpsTool::Flux),
            pos: output.naming.pos(),
            objects: Vec::new(),
            files: Vec::new(),
            patches: Vec::new(),
            faults: Vec::new(),
        }
    }

    /// Gives a document its file.
    pub fn take(&mut self, document: Document) {
        let about = document.artifact.to_string();
        let path = match document.artifact {
            Artifact::Object(id) => {
                let root = document.tree.as_ref().map(crate::source::Tree::root);
                let path = match (&mut self.naming, root) {
                    (Names::Template(paths), Some(root)) => match paths.path(&id, root) {
                        Some(path) => Some(path),
                        None => return,
                    },
                    _ => None,
                };
                self.objects.push(Object {
                    id,
                    version: root.map_or("", version).to_owned(),
                    path,
                    phase: document.phase,
                    text: document.text,
                });
                return;
            }
            Artifact::Patch(partial) => {
                let file = partial.file.clone();
                self.patches.push(partial);
                file
            }
            Artifact::ToolInput { file } | Artifact::Page { file } => file,
        };
        self.push(path, document.text, about, false);
    }

    /// All files of the config of this name, those for kustomize among them. Why they cannot be
    /// written is reported.
    pub fn finish(mut self, owner: &str, report: &mut Report) -> Option<Output> {
        if let Names::Template(paths) = &mut self.naming
            && paths.finish(report)
        {
            return None;
        }
        let others = std::mem::take(&mut self.files);
        let shared = match self.naming {
            Names::Template(_) | Names::By(config::Layout::Stream) => true,
            Names::By(_) => false,
        };
        let mut manifests: Vec<String> = Vec::new();
        for (path, objects) in self.grouped(shared) {
            manifests.push(path.clone());
            let text = together(&objects);
            let mut names = objects.into_iter().map(|object| object.id.to_string());
            self.push(path, text, names.next().unwrap_or_default(), true);
            if let Some(file) = self.files.last_mut() {
                file.also = names.collect();
            }
        }
        self.files.extend(others);
        let patches = std::mem::take(&mut self.patches);
        self.take(kustomization(manifests.iter().map(String::as_str)));
        if let Some(component) = component(&patches) {
            self.take(component);
        }
        self.output(owner, report)
    }

    /// The objects and no more, one by one in the order in which they were taken, for those who
    /// pass on nothing else; how files are named plays no part.
    pub fn finish_objects(mut self, owner: &str, report: &mut Report) -> Option<Output> {
        for object in std::mem::take(&mut self.objects) {
            let path = format!("manifests/{}", by_namespace(&object.id));
            self.push(path, object.text, object.id.to_string(), true);
        }
        self.output(owner, report)
    }

    fn output(mut self, owner: &str, report: &mut Report) -> Option<Output> {
        let fault = if let Some(fault) = self.faults.pop() {
            OutputFault::Path(fault)
        } else {
            let target = TargetFiles {
                target: String::new(),
                folder: None,
                files: self.files,
            };
            match Output::new(owner, vec![target]) {
                Ok(output) => return Some(output),
                Err(fault) => fault,
            }
        };
        report.push(
            Diagnostic::error("conflicting-files", fault.to_string(), self.pos)
                .help("Rename one of the objects."),
        );
        None
    }

    /// The paths with their objects, both in the order in which objects were taken. Where files
    /// are not shared, two objects of one path stay two files, which is found later.
    fn grouped(&mut self, shared: bool) -> Vec<(String, Vec<Object>)> {
        let objects = std::mem::take(&mut self.objects);
        let mut namespaces: Vec<&str> = objects
            .iter()
            .filter_map(|object| kustomize_namespace(&object.id))
            .collect();
        namespaces.sort_unstable();
        namespaces.dedup();
        let several = namespaces.len() > 1;
        let mut places: BTreeMap<String, usize> = BTreeMap::new();
        let mut groups: Vec<(String, Vec<Object>)> = Vec::with_capacity(objects.len());
        for object in objects {
            let path = self.path(&object, several);
            match places.get(&path) {
                Some(place) if shared => groups[*place].1.push(object),
                _ => {
                    if shared {
                        places.insert(path.clone(), groups.len());
                    }
                    groups.push((path, vec![object]));
                }
            }
        }
        groups
    }

    fn path(&self, object: &Object, several: bool) -> String {
        let path = match (&self.naming, &object.path) {
            (Names::Template(_), Some(path)) => path.clone(),
            (Names::By(config::Layout::Kustomize), _) => {
                by_kustomize(&object.id, &object.version, several)
            }
            (Names::By(config::Layout::Kind), _) => by_kind(&object.id),
            (Names::By(config::Layout::Stream), _) => STREAM.to_owned(),
            _ => by_namespace(&object.id),
        };
        if self.by_phase {
            format!("manifests/{}/{path}", object.phase.folder())
        } else {
            format!("manifests/{path}")
        }
    }

    fn push(&mut self, path: String, text: Arc<str>, about: String, objects: bool) {
        match RelativePath::parse(path) {
            Ok(path) => self.files.push(OutputFile {
                path,
                text,
                about,
                also: Vec::new(),
                objects,
            }),
            Err(fault) => self.faults.push(fault),
        }
    }
}

/// The text of objects that share a file, one after the other.
fn together(objects: &[Object]) -> Arc<str> {
    if let [only] = objects {
        return Arc::clone(&only.text);
    }
    let mut text = String::with_capacity(objects.iter().map(|object| object.text.len() + 4).sum());
    for (index, object) in objects.iter().enumerate() {
        if index > 0 {
            text.push_str("---\n");
        }
        text.push_str(object.text.strip_prefix("---\n").unwrap_or(&object.text));
        if !text.ends_with('\n') {
            text.push('\n');
        }
    }
    text.into()
}

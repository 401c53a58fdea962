//! The way of a KRM function: a list in, a list out.

use std::path::Path;

use crate::checks;
use crate::diag::render::in_order;
use crate::diag::{Diagnostic, Place, Report};
use crate::input::{FileSet, Given, InputFile, Parameters};
use crate::kube::krm::{ListItem, ResourceList};
use crate::model::Model;
use crate::plan::{Artifact, plan};
use crate::render::{Documents, Templates, render_each};
use crate::sinks::krm::{FileRef, FunctionPlan, FunctionResult, ObjectRef, write_list};
use crate::source::{Node, Sources, TooMuchText};

use super::resolve;

/// What the config is called where it came without a path.
const NAMELESS: &str = "functionConfig";

/// The documents of the config among what a function is given.
struct Config<'l> {
    documents: Vec<(String, ListItem<'l>)>,
}

/// From a list to the list with what its config renders, and with results. Files that the config
/// names are read from the working folder. Every finding goes to the report as well; where one is
/// an error, the items are passed on as they came.
pub fn function(
    list: &ResourceList,
    working: &Path,
    sources: &mut Sources,
    report: &mut Report,
) -> Result<String, TooMuchText> {
    let config = Config::find(list, report);
    let files = config.files(working);
    let mut planned = None;
    if !report.has_errors()
        && let Some(model) = resolve(&files, sources, report)?
        && let Some(documents) = documents(&model, report)
    {
        let folder = config.folder();
        planned = FunctionPlan::new(list, &documents, &model.name, folder, report);
    }
    let parts = config.parts();
    let of_config = |diagnostic| FunctionResult::of_config(diagnostic, sources, &parts);
    let mut results: Vec<_> = in_order(report, sources)
        .into_iter()
        .map(of_config)
        .collect();
    for remark in planned.iter().flat_map(|plan| &plan.remarks) {
        let item = remark.item.and_then(|at| list.items().nth(at));
        results.push(FunctionResult::of_item(remark, item.as_ref()));
        report.push(remark.diagnostic.clone());
    }
    let planned = planned.filter(|_| !report.has_errors());
    Ok(write_list(list, planned.as_ref(), &results))
}

/// The whole objects and the patches that a model gives, each known to be acceptable; none, where
/// there is a mistake.
fn documents(model: &Model, report: &mut Report) -> Option<Documents> {
    if report.has_errors() {
        return None;
    }
    let target = model.versions.target();
    let mut plan = plan(model, report);
    let wanted = |artifact: &Artifact| artifact.id().is_some();
    plan.items.retain(|item| wanted(&item.artifact));
    let mut documents = Documents::default();
    let mut checked = Report::new();
    render_each(plan, &Templates::built_in(), report, |document| {
        checks::document(&document, &target, &mut checked);
        documents.documents.push(document);
    });
    report.extend(checked);
    (!report.has_errors()).then_some(documents)
}

impl<'l> Config<'l> {
    /// The `functionConfig`, where it is a config; else the configs among the items, which add
    /// up. A `functionConfig` of kind `ConfigMap` has parameters.
    fn find(list: &'l ResourceList, report: &mut Report) -> Self {
        let given = list.function_config();
        if let Some(config) = given.filter(|config| is_config(config.node)) {
            // An orchestrator may take the path away, but leave it in the item.
            let id = |node| ObjectRef::of(node);
            let twin = list.items().find(|item| id(item.node) == id(config.node));
            let path = config.path().or_else(|| twin.and_then(|item| item.path()));
            let name = path.unwrap_or(NAMELESS).to_owned();
            return Config {
                documents: vec![(name, config)],
            };
        }
        if let Some(fault) = given.and_then(|config| parameters(config.node)) {
            report.push(fault);
        }
        let found = list.items().filter(|item| is_config(item.node));
        let documents: Vec<_> = found
            .enumerate()
            .map(|(at, item)| {
                let nameless = || format!("items: config {}", at + 1);
                (item.path().map_or_else(nameless, str::to_owned), item)
            })
            .collect();
        if documents.is_empty() && !report.has_errors() {
            report.push(
                Diagnostic::error(
                    "no-config",
                    "there is no config in the ResourceList",
                    Place::Nowhere,
                )
                .because("A config is a document of kind `Edge`.")
                .help("Give it as `functionConfig`, or as one of the items."),
            );
        }
        Config { documents }
    }

    fn files(&self, working: &Path) -> FileSet {
        let file = |(name, item): &(String, ListItem<'_>)| InputFile {
            name: name.clone(),
            text: item.document().into(),
            given: Given::Outright,
        };
        FileSet::with_texts(self.documents.iter().map(file).collect(), working)
    }

    /// The folder of the first document.
    fn folder(&self) -> &str {
        let first = self.documents.first().map_or("", |(name, _)| name);
        first.rsplit_once('/').map_or("", |(folder, _)| folder)
    }

    fn parts(&self) -> Vec<(String, ObjectRef, Option<FileRef>)> {
        let part = |(name, item): &(String, ListItem<'_>)| {
            let path = (item.path().is_some() || name != NAMELESS).then(|| name.clone());
            let file = FileRef::of(item).or_else(|| {
                let known = path.filter(|path| !path.contains(": "))?;
                Some(FileRef {
                    path: known,
                    index: item.index(),
                })
            });
            (name.clone(), ObjectRef::of(item.node), file)
        };
        self.documents.iter().map(part).collect()
    }
}

fn is_config(document: Node<'_>) -> bool {
    let text = |key| document.get(key).and_then(Node::as_str).unwrap_or_default();
    text("apiVersion").starts_with("gatewright.dev/") && text("kind") == "Edge"
}

/// What is wrong with a `functionConfig` that is no config.
fn parameters(document: Node<'_>) -> Option<Diagnostic> {
    let text = |key| document.get(key).map_or("", Node::text);
    if (text("apiVersion"), text("kind")) != ("v1", "ConfigMap") {
        return Some(
            Diagnostic::error(
                "not-a-config",
                format!("the `functionConfig` is of kind `{}`", text("kind")),
                Place::Nowhere,
            )
            .because("It has to be a config, or a `ConfigMap` with parameters.")
            .help("Give a document of kind `Edge`."),
        );
    }
    let data = document.get("data").into_iter().flat_map(Node::entries);
    let data = data.map(|(key, value)| (key.text().to_owned(), value.text().to_owned()));
    let fault = Parameters::new(data).and_then(|parameters| parameters.refuse());
    let fault = fault.err()?;
    let diagnostic = Diagnostic::error("parameter", fault.to_string(), Place::Nowhere);
    Some(diagnostic.help(fault.help()))
}

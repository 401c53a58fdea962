//! From a model to documents.

use crate::diag::Report;
use crate::model::Model;
use crate::plan::plan;
use crate::render::{Documents, Templates, render};

/// Plans and renders, with the built-in templates unless told otherwise.
pub(super) fn rendered(model: &Model, templates: &Templates) -> (Documents, Report) {
    let mut report = Report::new();
    let plan = plan(model, &mut report);
    let documents = render(plan, templates, &mut report);
    (documents, report)
}

pub(super) fn good(model: &Model) -> Documents {
    let (documents, report) = rendered(model, &Templates::built_in());
    assert!(report.is_empty(), "{report:#?}");
    documents
}

//! Changes of requests and responses.

use serde::Serialize;

use crate::config::{HeaderValue, Port, RedirectScheme};
use crate::model::{HeaderModifier, PathModifier, Redirect, Rule};
use crate::source::{Located, Shown, Sourced};

use super::backend_ref::MirrorView;
use super::defaulted::shown;
use super::metadata::{Name, names, wrote};

/// The status code of a redirect that says none.
const FOUND: u16 = 302;

/// A filter of a rule, under the name that Gateway API has for its type.
#[derive(Debug, Serialize)]
#[serde(tag = "type")]
pub(super) enum FilterView<'m> {
    RequestHeaderModifier(HeaderModifierView<'m>),
    ResponseHeaderModifier(HeaderModifierView<'m>),
    RequestRedirect(RedirectView<'m>),
    #[serde(rename = "URLRewrite")]
    UrlRewrite(RewriteView<'m>),
    RequestMirror(MirrorView<'m>),
}

/// Changes of headers.
#[derive(Debug, Serialize)]
pub(super) struct HeaderModifierView<'m> {
    set: Vec<HeaderView<'m>>,
    add: Vec<HeaderView<'m>>,
    remove: Vec<Name<'m>>,
}

#[derive(Debug, Serialize)]
struct HeaderView<'m> {
    name: Sourced<&'m str>,
    value: Sourced<&'m str>,
}

/// Sends the client elsewhere.
#[derive(Debug, Serialize)]
pub(super) struct RedirectView<'m> {
    scheme: Option<Sourced<RedirectScheme>>,
    hostname: Option<&'m Sourced<String>>,
    port: Option<Sourced<Port>>,
    path: Option<PathModifierView<'m>>,
    status: Option<Shown<u16>>,
}

/// Changes the host or the path of the request.
#[derive(Debug, Serialize)]
pub(super) struct RewriteView<'m> {
    path: Option<PathModifierView<'m>>,
    hostname: Option<&'m Sourced<String>>,
}

/// A change of the path; one of the two is there.
#[derive(Debug, Serialize)]
struct PathModifierView<'m> {
    prefix: Option<Sourced<&'m str>>,
    full: Option<Sourced<&'m str>>,
}

impl<'m> FilterView<'m> {
    /// The filters of a rule, in the order in which they are written.
    pub(super) fn list(rule: &'m Rule, home: Sourced<&str>, explicit: Sourced<bool>) -> Vec<Self> {
        let headers = |modifier: &'m Option<HeaderModifier>| {
            modifier.as_ref().and_then(HeaderModifierView::new)
        };
        let mut filters = Vec::new();
        filters.extend(headers(&rule.request_headers).map(FilterView::RequestHeaderModifier));
        filters.extend(headers(&rule.response_headers).map(FilterView::ResponseHeaderModifier));
        let redirect = rule.redirect.as_ref();
        filters.extend(
            redirect.map(|to| FilterView::RequestRedirect(RedirectView::new(to, explicit))),
        );
        filters.extend(RewriteView::new(rule).map(FilterView::UrlRewrite));
        let mirrors = rule.mirrors.iter();
        filters.extend(mirrors.map(|to| FilterView::RequestMirror(MirrorView::new(to, home))));
        filters
    }
}

impl<'m> HeaderModifierView<'m> {
    fn new(modifier: &'m HeaderModifier) -> Option<Self> {
        let headers = |list: &'m [Located<HeaderValue>]| {
            let view = |header: &'m Located<HeaderValue>| HeaderView {
                name: wrote(&header.name),
                value: wrote(&header.value.value),
            };
            list.iter().map(view).collect()
        };
        let HeaderModifier { set, add, remove } = modifier;
        let empty = set.is_empty() && add.is_empty() && remove.is_empty();
        (!empty).then(|| HeaderModifierView {
            set: headers(set),
            add: headers(add),
            remove: names(remove.iter().map(wrote)),
        })
    }
}

impl<'m> RedirectView<'m> {
    fn new(redirect: &'m Redirect, explicit: Sourced<bool>) -> Self {
        let Redirect {
            scheme,
            host,
            port,
            path,
            status,
        } = redirect;
        // A redirect that says nothing else still has to say something.
        let bare = scheme.is_none() && host.is_none() && port.is_none() && path.is_none();
        RedirectView {
            scheme: *scheme,
            hostname: host.as_ref(),
            port: *port,
            path: path.as_ref().map(PathModifierView::new),
            status: shown(status, FOUND, explicit.map(|explicit| explicit || bare)),
        }
    }
}

impl<'m> RewriteView<'m> {
    fn new(rule: &'m Rule) -> Option<Self> {
        let view = RewriteView {
            hostname: rule.rewrite_host.as_ref(),
            path: rule.rewrite_path.as_ref().map(PathModifierView::new),
        };
        (view.hostname.is_some() || view.path.is_some()).then_some(view)
    }
}

impl<'m> PathModifierView<'m> {
    fn new(modifier: &'m PathModifier) -> Self {
        let (prefix, full) = match modifier {
            PathModifier::Prefix(path) => (Some(wrote(path)), None),
            PathModifier::Full(path) => (None, Some(wrote(path))),
        };
        PathModifierView { prefix, full }
    }
}

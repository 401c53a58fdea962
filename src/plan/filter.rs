//! Changes of requests and responses.

use serde::Serialize;

use crate::config::{HeaderValue, Port, RedirectScheme};
use crate::model::{HeaderModifier, PathModifier, Redirect, Rule};
use crate::source::Located;

use super::backend_ref::MirrorView;
use super::defaulted::shown;
use super::metadata::{Name, names};

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
    name: &'m str,
    value: &'m str,
}

/// Sends the client elsewhere.
#[derive(Debug, Serialize)]
pub(super) struct RedirectView<'m> {
    scheme: Option<RedirectScheme>,
    hostname: Option<&'m str>,
    port: Option<Port>,
    path: Option<PathModifierView<'m>>,
    status: Option<u16>,
}

/// Changes the host or the path of the request.
#[derive(Debug, Serialize)]
pub(super) struct RewriteView<'m> {
    hostname: Option<&'m str>,
    path: Option<PathModifierView<'m>>,
}

/// A change of the path; one of the two is there.
#[derive(Debug, Serialize)]
struct PathModifierView<'m> {
    prefix: Option<&'m str>,
    full: Option<&'m str>,
}

impl<'m> FilterView<'m> {
    /// The filters of a rule, in the order in which they are written.
    pub(super) fn list(rule: &'m Rule, namespace: &str, explicit: bool) -> Vec<Self> {
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
        filters.extend(mirrors.map(|to| FilterView::RequestMirror(MirrorView::new(to, namespace))));
        filters
    }
}

impl<'m> HeaderModifierView<'m> {
    fn new(modifier: &'m HeaderModifier) -> Option<Self> {
        let headers = |list: &'m [Located<HeaderValue>]| {
            let view = |header: &'m Located<HeaderValue>| HeaderView {
                name: &header.name,
                value: &header.value.value,
            };
            list.iter().map(view).collect()
        };
        let HeaderModifier { set, add, remove } = modifier;
        let empty = set.is_empty() && add.is_empty() && remove.is_empty();
        (!empty).then(|| HeaderModifierView {
            set: headers(set),
            add: headers(add),
            remove: names(remove.iter().map(|name| name.as_str())),
        })
    }
}

impl<'m> RedirectView<'m> {
    fn new(redirect: &'m Redirect, explicit: bool) -> Self {
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
            scheme: scheme.as_deref().copied(),
            hostname: host.as_ref().map(|host| host.as_str()),
            port: port.as_deref().copied(),
            path: path.as_ref().map(PathModifierView::new),
            status: shown(status, FOUND, explicit || bare),
        }
    }
}

impl<'m> RewriteView<'m> {
    fn new(rule: &'m Rule) -> Option<Self> {
        let view = RewriteView {
            hostname: rule.rewrite_host.as_ref().map(|host| host.as_str()),
            path: rule.rewrite_path.as_ref().map(PathModifierView::new),
        };
        (view.hostname.is_some() || view.path.is_some()).then_some(view)
    }
}

impl<'m> PathModifierView<'m> {
    fn new(modifier: &'m PathModifier) -> Self {
        let (prefix, full): (Option<&str>, Option<&str>) = match modifier {
            PathModifier::Prefix(path) => (Some(path), None),
            PathModifier::Full(path) => (None, Some(path)),
        };
        PathModifierView { prefix, full }
    }
}

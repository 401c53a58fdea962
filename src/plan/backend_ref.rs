//! Where a rule sends requests.

use serde::Serialize;

use crate::config::Port;
use crate::model::{Backend, Mirror};

use super::defaulted::shown;

/// A Service that gets a share of the requests.
#[derive(Debug, Serialize)]
pub(super) struct BackendRefView<'m> {
    name: &'m str,
    /// Where it is another than the route's.
    namespace: Option<&'m str>,
    port: Port,
    weight: Option<u32>,
    rewrite_host: Option<&'m str>,
}

impl<'m> BackendRefView<'m> {
    pub(super) fn new(backend: &'m Backend, namespace: &str, explicit: bool) -> Self {
        BackendRefView {
            name: &backend.service,
            namespace: Some(backend.namespace.as_str()).filter(|own| *own != namespace),
            port: *backend.port,
            weight: shown(&backend.weight, 1, explicit),
            rewrite_host: backend.rewrite_host.as_ref().map(|host| host.as_str()),
        }
    }
}

/// A Service that gets copies of requests.
#[derive(Debug, Serialize)]
pub(super) struct MirrorView<'m> {
    name: &'m str,
    /// Where it is another than the route's.
    namespace: Option<&'m str>,
    port: Port,
    percent: Option<u8>,
}

impl<'m> MirrorView<'m> {
    pub(super) fn new(mirror: &'m Mirror, namespace: &str) -> Self {
        MirrorView {
            name: &mirror.service,
            namespace: Some(mirror.namespace.as_str()).filter(|own| *own != namespace),
            port: *mirror.port,
            percent: mirror.percent.as_deref().copied(),
        }
    }
}

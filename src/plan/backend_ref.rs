//! Where a rule sends requests.

use serde::Serialize;

use crate::config::Port;
use crate::model::{Backend, Mirror};
use crate::source::{Located, Shown, Sourced};

use super::defaulted::{elsewhere, shown};
use super::metadata::wrote;

/// A Service that gets a share of the requests.
#[derive(Debug, Serialize)]
pub(super) struct BackendRefView<'m> {
    name: Sourced<&'m str>,
    /// Where it is another than the route's.
    namespace: Option<Shown<&'m str>>,
    port: Sourced<Port>,
    weight: Option<Shown<u32>>,
    rewrite_host: Option<&'m Sourced<String>>,
}

impl<'m> BackendRefView<'m> {
    pub(super) fn new(backend: &'m Backend, home: Sourced<&str>, explicit: Sourced<bool>) -> Self {
        BackendRefView {
            name: wrote(&backend.service),
            namespace: elsewhere(&backend.namespace, home),
            port: backend.port,
            weight: shown(&backend.weight, 1, explicit),
            rewrite_host: backend.rewrite_host.as_ref(),
        }
    }
}

/// A Service that gets copies of requests.
#[derive(Debug, Serialize)]
pub(super) struct MirrorView<'m> {
    name: Sourced<&'m str>,
    /// Where it is another than the route's.
    namespace: Option<Shown<&'m str>>,
    port: Sourced<Port>,
    percent: Option<Located<u8>>,
}

impl<'m> MirrorView<'m> {
    pub(super) fn new(mirror: &'m Mirror, home: Sourced<&str>) -> Self {
        MirrorView {
            name: wrote(&mirror.service),
            namespace: elsewhere(&mirror.namespace, home),
            port: mirror.port,
            percent: mirror.percent,
        }
    }
}

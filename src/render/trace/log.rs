//! What happens while a document is rendered.

use std::io;
use std::sync::{Arc, Mutex, PoisonError};

/// Which part of a view: its index among the watched ones.
pub(super) type PartId = u32;

/// A tag of a template: the template's index, and the tag's within it.
pub(super) type TagId = (u32, u32);

/// Something that happened after so many bytes of output.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Event {
    pub(super) at: usize,
    pub(super) what: What,
}

/// What happened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum What {
    /// The expression of a tag begins to be evaluated.
    Begins(TagId),
    /// A field was read.
    Read(PartId),
    /// A loop, or an index, came to an item of a list.
    Item { list: PartId, item: PartId },
}

/// The events of one rendering, shared by all that note some.
#[derive(Clone, Debug, Default)]
pub(super) struct Log(Arc<Mutex<Events>>);

#[derive(Debug, Default)]
struct Events {
    written: usize,
    events: Vec<Event>,
}

impl Log {
    pub(super) fn note(&self, what: What) {
        let mut log = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let at = log.written;
        log.events.push(Event { at, what });
    }

    /// The events so far, and a new beginning.
    pub(super) fn take(&self) -> Vec<Event> {
        let mut log = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        log.written = 0;
        std::mem::take(&mut log.events)
    }
}

/// Counts what is written, so that each event has its place in the output.
impl io::Write for Log {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let mut log = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        log.written += bytes.len();
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

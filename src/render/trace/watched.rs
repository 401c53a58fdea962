//! Views that note what is read of them.

use std::sync::Arc;

use minijinja::Value;
use minijinja::value::{Enumerator, Object, ObjectRepr, ValueKind};

use crate::plan::{Seen, SeenValue};
use crate::source::Origin;

use super::log::{Log, PartId, What};

/// What is known of one part of a view.
#[derive(Debug)]
struct Part {
    /// The part that holds it; the view itself holds itself.
    parent: PartId,
    /// The first part after it and all that it holds.
    end: PartId,
    origins: Vec<Origin>,
}

/// All parts of a view, in pre-order.
#[derive(Debug, Default)]
pub(super) struct Parts(Vec<Part>);

impl Parts {
    /// The value to render a view with, which notes what is read of it, and its parts.
    pub(super) fn watch(view: Seen, log: &Log) -> (Value, Parts) {
        let mut parts = Parts::default();
        let value = parts.add(view, 0, log);
        (value, parts)
    }

    fn add(&mut self, seen: Seen, parent: PartId, log: &Log) -> Value {
        let id = self.0.len() as PartId;
        self.0.push(Part {
            parent,
            end: id + 1,
            origins: seen.origins,
        });
        let value = match seen.value {
            SeenValue::Scalar(value) => value,
            SeenValue::List(items) => {
                let items = items.into_iter();
                let items = items.map(|item| (self.0.len() as PartId, self.add(item, id, log)));
                Value::from_object(List {
                    items: items.collect(),
                    id,
                    log: log.clone(),
                })
            }
            SeenValue::Map(fields) => {
                let fields = fields.into_iter().map(|(key, field)| {
                    let part = self.0.len() as PartId;
                    (Value::from(key), part, self.add(field, id, log))
                });
                Value::from_object(Map {
                    fields: fields.collect(),
                    log: log.clone(),
                })
            }
        };
        self.0[id as usize].end = self.0.len() as PartId;
        value
    }

    pub(super) fn holds(&self, outer: PartId, inner: PartId) -> bool {
        outer <= inner && inner < self.0[outer as usize].end
    }

    /// Where a part comes from as far as it says so itself.
    pub(super) fn own_origins(&self, id: PartId) -> &[Origin] {
        &self.0[id as usize].origins
    }

    /// Where a part comes from: what it says of itself; else the first that says something below
    /// it; else what the part that holds it comes from. The view as a whole says nothing.
    pub(super) fn origins(&self, id: PartId) -> &[Origin] {
        let part = &self.0[id as usize];
        if !part.origins.is_empty() {
            return &part.origins;
        }
        if id == 0 {
            return &[];
        }
        let below = &self.0[id as usize..part.end as usize];
        let below = below.iter().find(|part| !part.origins.is_empty());
        match below {
            Some(part) => &part.origins,
            None => self.origins(part.parent),
        }
    }
}

#[derive(Debug)]
struct Map {
    fields: Vec<(Value, PartId, Value)>,
    log: Log,
}

impl Object for Map {
    fn get_value(self: &Arc<Self>, key: &Value) -> Option<Value> {
        let (_, part, value) = self.fields.iter().find(|(field, ..)| field == key)?;
        self.log.note(What::Read(*part));
        Some(value.clone())
    }

    fn enumerate(self: &Arc<Self>) -> Enumerator {
        let keys = self.fields.iter().map(|(key, ..)| key.clone());
        Enumerator::Values(keys.collect())
    }
}

#[derive(Debug)]
struct List {
    items: Vec<(PartId, Value)>,
    id: PartId,
    log: Log,
}

impl Object for List {
    fn repr(self: &Arc<Self>) -> ObjectRepr {
        ObjectRepr::Seq
    }

    fn get_value(self: &Arc<Self>, key: &Value) -> Option<Value> {
        let index = (key.kind() == ValueKind::Number).then(|| key.as_usize())??;
        let (item, value) = self.items.get(index)?;
        self.log.note(What::Item {
            list: self.id,
            item: *item,
        });
        Some(value.clone())
    }

    fn enumerate(self: &Arc<Self>) -> Enumerator {
        Enumerator::Seq(self.items.len())
    }
}

//! What a template sees.

use minijinja::Value;
use minijinja::value::Serde;
use serde::{Serialize, Serializer};

use super::seen::{Seen, SeenError};

/// What a template sees: any serializable value.
///
/// A view holds no bare scalars in lists (`[{"name": …}]`, not `[…]`), so that each thing which a
/// template writes is a field that it read.
pub trait View {
    /// The value that the template is rendered with.
    fn value(&self) -> Value;

    /// The same with where each part comes from.
    fn seen(&self) -> Result<Seen, SeenError>;
}

impl<T: Serialize> View for T {
    fn value(&self) -> Value {
        Value::from(Serde(self))
    }

    fn seen(&self) -> Result<Seen, SeenError> {
        Seen::of(self)
    }
}

/// A view which is made when it is rendered and dropped after, so that a plan of many objects
/// holds none of them.
pub(super) struct Deferred<F>(pub(super) F);

impl<F, V> Serialize for Deferred<F>
where
    F: Fn() -> V,
    V: Serialize,
{
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        (self.0)().serialize(serializer)
    }
}

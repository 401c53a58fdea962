//! Where the values of the resolved model come from.

use std::ops::Deref;

use serde::ser::SerializeStruct as _;
use serde::{Serialize, Serializer};

use super::located::Located;
use super::position::Pos;

/// How many places a [`Causes`] has room for.
const MOST: usize = 8;

/// The places in the config that together called for something; the first is the one to show.
///
/// What follows from a list of any length names the first item that would do alone, so that a
/// few places are enough. Places are kept inline, for every value of the model has an origin.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Causes([Pos; MOST]);

impl Causes {
    /// No place: what follows from defaults alone.
    pub const NONE: Causes = Causes([Pos::NONE; MOST]);

    /// These places, in this order, each once; what nobody wrote is left out.
    pub fn of(places: impl IntoIterator<Item = Pos>) -> Self {
        places.into_iter().fold(Causes::NONE, Causes::and)
    }

    /// These and one more, where it is a place, is not among them and there is room.
    #[must_use]
    pub fn and(mut self, place: Pos) -> Self {
        if place.is_some() && !self.0.contains(&place) {
            let free = self.0.iter_mut().find(|pos| !pos.is_some());
            if let Some(free) = free {
                *free = place;
            }
        }
        self
    }

    /// These and others, as far as there is room.
    #[must_use]
    pub fn and_all(self, others: Causes) -> Self {
        others.iter().fold(self, Causes::and)
    }

    /// The place to show; [`Pos::NONE`] if there is none.
    pub fn first(&self) -> Pos {
        self.0[0]
    }

    /// The places.
    pub fn iter(&self) -> impl Iterator<Item = Pos> {
        self.0.into_iter().take_while(|pos| pos.is_some())
    }
}

impl From<Pos> for Causes {
    fn from(place: Pos) -> Self {
        Causes::NONE.and(place)
    }
}

impl Serialize for Causes {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.iter().map(Pos::offset))
    }
}

/// Where a value of the resolved model comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Origin {
    /// Written in the config, here.
    Written(Pos),
    /// Not written: the default of this config field.
    Default(&'static str),
    /// Worked out by a named rule, because of what is written at some places.
    Derived {
        /// The rule, as a person would name it.
        rule: &'static str,
        /// What called for it.
        from: Causes,
    },
}

impl Origin {
    /// The name by which a serializer that is not for people recognises origins: those of values
    /// are a struct of this name with the fields `value`, `origin` and perhaps `because`, and an
    /// origin is a variant of an enum of this name.
    pub const TOKEN: &'static str = "gatewright::Origin";

    /// What a rule gives because of what is written at some places.
    pub fn derived(rule: &'static str, from: impl Into<Causes>) -> Self {
        Origin::Derived {
            rule,
            from: from.into(),
        }
    }

    /// The place in the config to show for it, if there is one.
    pub fn pos(self) -> Pos {
        match self {
            Origin::Written(pos) => pos,
            Origin::Derived { from, .. } => from.first(),
            Origin::Default(_) => Pos::NONE,
        }
    }

    /// All places in the config that have a part in it.
    pub fn causes(self) -> Causes {
        match self {
            Origin::Written(pos) => pos.into(),
            Origin::Derived { from, .. } => from,
            Origin::Default(_) => Causes::NONE,
        }
    }

    /// The number by which [`Origin::TOKEN`]'s variants are told apart, and the text that each has.
    fn variant(&self) -> (u32, &'static str) {
        match self {
            Origin::Written(_) => (0, ""),
            Origin::Default(field) => (1, field),
            Origin::Derived { rule, .. } => (2, rule),
        }
    }

    /// The origin that was serialized as this variant.
    pub fn from_variant(index: u32, text: &'static str, from: Causes) -> Self {
        match index {
            0 => Origin::Written(from.first()),
            1 => Origin::Default(text),
            _ => Origin::Derived { rule: text, from },
        }
    }
}

impl Serialize for Origin {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let (index, text) = self.variant();
        serializer.serialize_newtype_variant(Origin::TOKEN, index, text, &self.causes())
    }
}

/// Serializes a value with its origin for those who ask for it, and alone for people.
pub(super) fn serialize_with<S: Serializer, T: Serialize>(
    value: &T,
    origin: Origin,
    because: Option<Origin>,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    if serializer.is_human_readable() {
        return value.serialize(serializer);
    }
    let mut both = serializer.serialize_struct(Origin::TOKEN, 3)?;
    both.serialize_field("value", value)?;
    both.serialize_field("origin", &origin)?;
    if let Some(because) = because {
        both.serialize_field("because", &because)?;
    }
    both.end()
}

/// A resolved value with its origin.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sourced<T> {
    /// The value.
    pub value: T,
    /// Where it comes from.
    pub origin: Origin,
}

impl<T> Sourced<T> {
    /// A value that was written in the config.
    pub fn written(value: T, pos: Pos) -> Self {
        Sourced {
            value,
            origin: Origin::Written(pos),
        }
    }

    /// A value that is the default of a config field.
    pub const fn default(value: T, field: &'static str) -> Self {
        Sourced {
            value,
            origin: Origin::Default(field),
        }
    }

    /// A value that a rule gives because of what is written at some places.
    pub fn derived(value: T, rule: &'static str, from: impl Into<Causes>) -> Self {
        Sourced {
            value,
            origin: Origin::derived(rule, from),
        }
    }

    /// The place in the config to show for it.
    pub fn pos(&self) -> Pos {
        self.origin.pos()
    }

    /// The same origin with another value.
    pub fn map<U>(self, with: impl FnOnce(T) -> U) -> Sourced<U> {
        Sourced {
            value: with(self.value),
            origin: self.origin,
        }
    }

    /// The same, with the value borrowed.
    pub fn as_ref(&self) -> Sourced<&T> {
        Sourced {
            value: &self.value,
            origin: self.origin,
        }
    }
}

impl<T> From<Located<T>> for Sourced<T> {
    fn from(located: Located<T>) -> Self {
        Sourced::written(located.value, located.pos)
    }
}

impl<T> Deref for Sourced<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.value
    }
}

impl<T: Serialize> Serialize for Sourced<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serialize_with(&self.value, self.origin, None, serializer)
    }
}

/// A value with its origin, and with what decided that it is there at all.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Shown<T> {
    /// The value, and where it comes from.
    pub value: Sourced<T>,
    /// Why it is there, where something beside the value itself decides that.
    pub because: Option<Origin>,
}

impl<T> Shown<T> {
    /// A value that is there because of something else.
    pub fn new(value: Sourced<T>, because: Origin) -> Self {
        Shown {
            value,
            because: Some(because),
        }
    }
}

impl<T> From<Sourced<T>> for Shown<T> {
    fn from(value: Sourced<T>) -> Self {
        Shown {
            value,
            because: None,
        }
    }
}

impl<T: Serialize> Serialize for Shown<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Sourced { value, origin } = &self.value;
        serialize_with(value, *origin, self.because, serializer)
    }
}

//! Models for tests, made by hand.

mod everything;
mod gitops;
mod installed;
mod least;
mod parts;
mod recipe;

pub(crate) use everything::everything;
pub(crate) use installed::{ambient, by_values};
pub(crate) use least::least;
pub(crate) use parts::{name, namespace, nothing};
pub(crate) use recipe::recipe;

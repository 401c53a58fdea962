//! What is rendered, into the list of a KRM function.

mod function_plan;
mod function_result;
mod patching;
mod remark;
#[cfg(test)]
mod tests;
mod write_list;

pub use function_plan::{Fate, FunctionPlan, NewItem};
pub use function_result::{FileRef, FunctionResult, ObjectRef, Severity};
pub use remark::Remark;
pub use write_list::write_list;

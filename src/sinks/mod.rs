//! The only writers: a folder of files, or a stream of objects.

mod before;
mod disk;
mod durability;
mod file_identity;
mod file_paths;
mod folder;
mod folder_diff;
mod folder_lock;
mod folder_plan;
mod ground;
mod hand_changes;
mod header;
mod interrupted;
pub mod krm;
mod layout;
mod object_path;
mod output;
mod output_fault;
mod planner;
mod protocol;
mod refusal;
mod relative_path;
mod single_file;
mod sink_error;
mod stdout;
mod survey;
#[cfg(test)]
mod tests;

pub use before::Before;
pub use disk::{Disk, RealDisk};
pub use folder::{Folder, Written};
pub use folder_diff::write_diff;
pub use folder_plan::{Action, Difference, FolderPlan, Stale, Step};
pub use hand_changes::HandChanges;
pub use header::{CommentStyle, Header};
pub use interrupted::{Doing, Interrupted};
pub use layout::Layout;
pub use output::{Output, OutputFile, PlacedFile, TargetFiles};
pub use output_fault::OutputFault;
pub use refusal::Refusal;
pub use relative_path::{PathFault, RelativePath};
pub use single_file::write_file;
pub use sink_error::SinkError;
pub use stdout::{StreamFormat, write_list, write_stdout, write_stream};

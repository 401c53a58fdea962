//! The only writers: a folder of files, or a stream of objects.

mod disk;
mod file_paths;
mod folder;
mod folder_lock;
mod folder_plan;
mod ground;
mod header;
mod layout;
mod object_path;
mod output;
mod output_fault;
mod planner;
mod refusal;
mod relative_path;
mod sink_error;
mod stdout;
mod survey;
#[cfg(test)]
mod tests;

pub use disk::{Disk, RealDisk};
pub use folder::{Folder, Written};
pub use folder_plan::{Action, Before, Difference, FolderPlan, Stale, Step};
pub use header::{CommentStyle, Header};
pub use layout::Layout;
pub use output::{Output, OutputFile, PlacedFile, TargetFiles};
pub use output_fault::OutputFault;
pub use refusal::Refusal;
pub use relative_path::{PathFault, RelativePath};
pub use sink_error::{Interrupted, SinkError};
pub use stdout::{StreamFormat, write_list, write_stdout, write_stream};

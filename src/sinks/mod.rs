//! The only writers: a folder of files, or a stream of objects.

mod disk;
mod folder;
mod folder_lock;
mod folder_plan;
mod ground;
mod header;
mod layout;
mod output;
mod output_fault;
mod planner;
mod refusal;
mod relative_path;
mod single_file;
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
pub use single_file::write_file;
pub use sink_error::{Interrupted, SinkError};
pub use stdout::{write_stdout, write_stream};

//! Objects as one stream.

use std::io::{self, BufWriter, Write};

use super::output::Output;
use super::sink_error::SinkError;

/// How much is gathered before it is handed to the system.
const BUFFER: usize = 64 * 1024;

/// Writes the objects of the set to standard output, in the given order.
pub fn write_stdout(output: &Output) -> Result<(), SinkError> {
    write_stream(output, &mut io::stdout().lock())
}

/// Writes the objects of the set as a stream of documents between `---`, in the given order.
///
/// The stream has no headers. A reader that has seen enough and closes the pipe is no error.
pub fn write_stream(output: &Output, writer: &mut dyn Write) -> Result<(), SinkError> {
    match stream(output, writer) {
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
        other => other.map_err(SinkError::Stdout),
    }
}

fn stream(output: &Output, writer: &mut dyn Write) -> io::Result<()> {
    let mut writer = BufWriter::with_capacity(BUFFER, writer);
    let files = output.targets().iter().flat_map(|target| &target.files);
    for (index, file) in files.filter(|file| file.objects).enumerate() {
        let text = file.text.strip_prefix("---\n").unwrap_or(&file.text);
        if index > 0 {
            writer.write_all(b"---\n")?;
        }
        writer.write_all(text.as_bytes())?;
        if !text.ends_with('\n') {
            writer.write_all(b"\n")?;
        }
    }
    writer.flush()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sinks::tests::output;

    struct Failing(io::ErrorKind);

    impl Write for Failing {
        fn write(&mut self, _: &[u8]) -> io::Result<usize> {
            Err(self.0.into())
        }
        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    #[test]
    fn only_objects_stream_in_the_given_order() {
        let mut set = output(&[
            ("z.yaml", "z: 1\n"),
            ("a.yaml", "---\na: 1"),
            ("R.md", "# page\n"),
        ]);
        set = {
            let mut targets = set.targets().to_vec();
            targets[0].files[2].objects = false;
            Output::new("edge", targets).unwrap()
        };
        let mut bytes = Vec::new();
        write_stream(&set, &mut bytes).unwrap();
        assert_eq!(String::from_utf8(bytes).unwrap(), "z: 1\n---\na: 1\n");
    }

    #[test]
    fn a_closed_pipe_is_no_error_and_a_full_disk_is() {
        let set = output(&[("a.yaml", "a: 1\n")]);
        assert!(write_stream(&set, &mut Failing(io::ErrorKind::BrokenPipe)).is_ok());
        let error = write_stream(&set, &mut Failing(io::ErrorKind::StorageFull)).unwrap_err();
        assert_eq!(
            error.to_string(),
            "cannot write to standard output: the disk is full"
        );
    }
}

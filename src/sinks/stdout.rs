//! Objects as one stream, or as one list.

use std::io::{self, BufWriter, Write};

use crate::source::{Pos, read_text, write_json};

use super::output::{Output, OutputFile};
use super::sink_error::SinkError;

/// How much is gathered before it is handed to the system.
const BUFFER: usize = 64 * 1024;

/// The form of objects on standard output.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StreamFormat {
    /// Documents between `---`.
    Yaml,
    /// One document of kind `List`.
    Json,
}

/// Writes the objects of the set to standard output, in the given order.
pub fn write_stdout(output: &Output, format: StreamFormat) -> Result<(), SinkError> {
    let mut writer = io::stdout().lock();
    match format {
        StreamFormat::Yaml => write_stream(output, &mut writer),
        StreamFormat::Json => write_list(output, &mut writer),
    }
}

/// Writes the objects of the set as a stream of documents between `---`, in the given order.
///
/// The stream has no headers. A reader that has seen enough and closes the pipe is no error.
pub fn write_stream(output: &Output, writer: &mut dyn Write) -> Result<(), SinkError> {
    done(stream(output, writer))
}

/// Writes the objects of the set as one JSON document of kind `List`, one object after the other
/// in the given order, in the layout of kubectl.
pub fn write_list(output: &Output, writer: &mut dyn Write) -> Result<(), SinkError> {
    done(list(output, writer))
}

fn done(written: io::Result<()>) -> Result<(), SinkError> {
    match written {
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
        other => other.map_err(SinkError::Stdout),
    }
}

fn objects(output: &Output) -> impl Iterator<Item = &OutputFile> {
    let files = output.targets().iter().flat_map(|target| &target.files);
    files.filter(|file| file.objects)
}

fn list(output: &Output, writer: &mut dyn Write) -> io::Result<()> {
    let mut writer = BufWriter::with_capacity(BUFFER, writer);
    writer
        .write_all(b"{\n    \"apiVersion\": \"v1\",\n    \"kind\": \"List\",\n    \"items\": [")?;
    let mut text = String::new();
    let mut first = true;
    for file in objects(output) {
        for document in read_text(&file.text, Pos::NONE).documents {
            text.clear();
            text.push_str(if first { "\n        " } else { ",\n        " });
            write_json(&mut text, document.tree.root(), 2);
            writer.write_all(text.as_bytes())?;
            first = false;
        }
    }
    writer.write_all(if first { b"]\n}\n" } else { b"\n    ]\n}\n" })?;
    writer.flush()
}

fn stream(output: &Output, writer: &mut dyn Write) -> io::Result<()> {
    let mut writer = BufWriter::with_capacity(BUFFER, writer);
    for (index, file) in objects(output).enumerate() {
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
    fn a_list_holds_the_same_objects_in_the_same_order() {
        let set = output(&[("z.yaml", "z: 012\n"), ("a.yaml", "a: {}\n---\nb: [x]\n")]);
        let mut bytes = Vec::new();
        write_list(&set, &mut bytes).unwrap();
        assert_eq!(
            String::from_utf8(bytes).unwrap(),
            r#"{
    "apiVersion": "v1",
    "kind": "List",
    "items": [
        {
            "z": 10
        },
        {
            "a": {}
        },
        {
            "b": [
                "x"
            ]
        }
    ]
}
"#
        );
        let mut bytes = Vec::new();
        write_list(&output(&[]), &mut bytes).unwrap();
        let empty: serde_json::Value = serde_json::from_slice(&bytes).unwrap();
        assert_eq!(empty["items"], serde_json::json!([]));
        assert!(write_list(&set, &mut Failing(io::ErrorKind::BrokenPipe)).is_ok());
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

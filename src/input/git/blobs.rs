//! The contents of files, from one run of `git cat-file --batch`.

use std::io::{self, BufRead, BufReader, Read, Write};
use std::process::Stdio;
use std::thread;

use super::git_error::GitError;
use super::program::{Program, not_run};
use crate::input::InputError;
use crate::input::place::SIZE_AT_MOST;

/// What git answered about one object.
enum Answer {
    Content(Vec<u8>),
    Missing,
    TooLarge,
}

/// Reads the contents of objects, in the given order; each comes with the name to use in messages.
///
/// The names are written by a thread of its own, so that neither side waits for the other with
/// full pipes.
pub(super) fn read_blobs(
    git: &Program,
    wanted: &[(&str, &str)],
) -> Result<Vec<Vec<u8>>, InputError> {
    if wanted.is_empty() {
        return Ok(Vec::new());
    }
    let mut command = git.command(["cat-file", "--batch", "--buffer"]);
    let mut child = command.stdin(Stdio::piped()).spawn().map_err(not_run)?;
    let (stdin, stdout, stderr) = (child.stdin.take(), child.stdout.take(), child.stderr.take());
    let (answers, said) = thread::scope(|scope| {
        scope.spawn(move || {
            let mut to = io::BufWriter::new(stdin?);
            let written = wanted
                .iter()
                .try_for_each(|(object, _)| writeln!(to, "{object}"));
            // Where git stopped reading, its answer says why.
            written.and_then(|()| to.flush()).ok()
        });
        let said = scope.spawn(move || {
            let mut said = Vec::new();
            let _ = stderr.map(|mut from| from.read_to_end(&mut said));
            said
        });
        let answers = stdout.map_or_else(
            || Ok(Vec::new()),
            |from| answers(&mut BufReader::with_capacity(1 << 16, from), wanted),
        );
        if answers.is_err() {
            let _ = child.kill();
        }
        (answers, said.join().unwrap_or_default())
    });
    let _ = child.wait();
    match answers {
        Ok(contents) => Ok(contents),
        Err(Stop::Told(error)) => Err(error),
        Err(Stop::Ended(shown)) => {
            let error = match GitError::said(&said) {
                // Git gives up where a partial clone lacks an object that it may not fetch.
                GitError::Failed(said) if said.contains("promisor") => {
                    GitError::MissingObject(shown)
                }
                GitError::Failed(said) if said.is_empty() => {
                    GitError::Failed("`git cat-file` ended too early".to_owned())
                }
                error => error,
            };
            Err(error.into())
        }
    }
}

/// Why reading stopped.
enum Stop {
    Told(InputError),
    /// Git ended before it answered about this.
    Ended(String),
}

fn answers(from: &mut dyn BufRead, wanted: &[(&str, &str)]) -> Result<Vec<Vec<u8>>, Stop> {
    let mut contents = Vec::with_capacity(wanted.len());
    for (_, shown) in wanted {
        let shown = || (*shown).to_owned();
        match answer(from) {
            Ok(Answer::Content(content)) => contents.push(content),
            Ok(Answer::Missing) => {
                return Err(Stop::Told(GitError::MissingObject(shown()).into()));
            }
            Ok(Answer::TooLarge) => return Err(Stop::Told(InputError::TooLarge(shown()))),
            Err(_) => return Err(Stop::Ended(shown())),
        }
    }
    Ok(contents)
}

/// Reads `<object> <type> <size>\n<content>\n`, or `<object> missing\n`.
fn answer(from: &mut dyn BufRead) -> io::Result<Answer> {
    let mut head = Vec::new();
    from.read_until(b'\n', &mut head)?;
    let head = String::from_utf8_lossy(&head);
    let mut words = head.trim_end().rsplit(' ');
    let size = match words.next() {
        Some("missing") => return Ok(Answer::Missing),
        Some(size) => size.parse::<u64>().map_err(io::Error::other)?,
        None => return Err(io::ErrorKind::UnexpectedEof.into()),
    };
    if size >= SIZE_AT_MOST {
        return Ok(Answer::TooLarge);
    }
    let mut content = vec![0; size as usize + 1];
    from.read_exact(&mut content)?;
    content.pop();
    Ok(Answer::Content(content))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn answers_are_taken_apart_by_their_sizes() {
        let said = b"aa blob 5\na\nb\0\n\nbb missing\ncc blob 0\n\n";
        let mut from = &said[..];
        let mut next = || match answer(&mut from) {
            Ok(Answer::Content(content)) => String::from_utf8(content).unwrap(),
            Ok(Answer::Missing) => "missing".to_owned(),
            Ok(Answer::TooLarge) => "too large".to_owned(),
            Err(_) => "ended".to_owned(),
        };
        assert_eq!(
            [next(), next(), next(), next()],
            ["a\nb\0\n", "missing", "", "ended"]
        );
        assert!(matches!(
            answer(&mut &b"aa blob 9999999999\n"[..]),
            Ok(Answer::TooLarge)
        ));
    }
}

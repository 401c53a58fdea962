//! A line that says that work is under way, for those who wait at a terminal.

use std::io::{self, IsTerminal as _, Write};
use std::sync::mpsc::{self, RecvTimeoutError, Sender};
use std::thread::{self, JoinHandle};
use std::time::Duration;

/// Work that is done sooner needs no words.
const PATIENCE: Duration = Duration::from_secs(1);

/// Goes to the start of the line and clears it.
const ERASE: &[u8] = b"\r\x1b[2K";

/// A line on the terminal while work is under way, which is gone once the work is done.
///
/// It has to be dropped before anything else is written.
#[derive(Debug)]
pub(super) struct Progress {
    waiting: Option<(Sender<()>, JoinHandle<()>)>,
}

impl Progress {
    /// Says on standard error what is under way, if that is a terminal and the work takes long.
    pub(super) fn new(words: &'static str) -> Self {
        let err = io::stderr();
        if err.is_terminal() {
            Self::after(PATIENCE, words, err)
        } else {
            Progress { waiting: None }
        }
    }

    /// Says it once this time has passed.
    fn after(patience: Duration, words: &'static str, mut to: impl Write + Send + 'static) -> Self {
        let (done, waits) = mpsc::channel();
        let thread = thread::spawn(move || {
            if waits.recv_timeout(patience) != Err(RecvTimeoutError::Timeout) {
                return;
            }
            // Where it cannot be written there is nobody to tell.
            let _ = write!(to, "{words}…").and_then(|()| to.flush());
            let _ = waits.recv();
            let _ = to.write_all(ERASE).and_then(|()| to.flush());
        });
        Progress {
            waiting: Some((done, thread)),
        }
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        if let Some((done, thread)) = self.waiting.take() {
            drop(done);
            let _ = thread.join();
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::{Arc, Mutex};

    use super::*;

    /// A terminal that tells when the first word has come.
    struct Screen(Arc<Mutex<Vec<u8>>>, Sender<()>);

    impl Write for Screen {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            self.0.lock().unwrap().extend(bytes);
            Ok(bytes.len())
        }

        fn flush(&mut self) -> io::Result<()> {
            let _ = self.1.send(());
            Ok(())
        }
    }

    #[test]
    fn long_work_is_told_and_the_line_is_gone_after_it() {
        let text = Arc::new(Mutex::new(Vec::new()));
        let (told, came) = mpsc::channel();
        let screen = Screen(Arc::clone(&text), told);
        let progress = Progress::after(Duration::ZERO, "rendering", screen);
        came.recv().unwrap();
        assert_eq!(*text.lock().unwrap(), "rendering…".as_bytes());
        drop(progress);
        assert_eq!(*text.lock().unwrap(), "rendering…\r\x1b[2K".as_bytes());
    }

    #[test]
    fn short_work_leaves_no_trace() {
        let text = Arc::new(Mutex::new(Vec::new()));
        let screen = Screen(Arc::clone(&text), mpsc::channel().0);
        drop(Progress::after(
            Duration::from_hours(1),
            "rendering",
            screen,
        ));
        assert!(text.lock().unwrap().is_empty());
    }
}

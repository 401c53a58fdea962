//! Processes, their processor time and their memory.

use std::error::Error;
use std::ffi::{OsStr, OsString};
use std::fs::File;
use std::io;
use std::path::{Path, PathBuf};
use std::process::Command;

pub(crate) type Result<T> = std::result::Result<T, Box<dyn Error>>;

/// A process to measure.
pub(crate) struct Case {
    pub(crate) name: &'static str,
    pub(crate) argv: Vec<OsString>,
    pub(crate) stdout: PathBuf,
    /// Seconds of processor time of each run.
    pub(crate) cpu: Vec<f64>,
    /// The exit code, beside 0, that says it has done its work.
    pub(crate) done: i32,
}

impl Case {
    pub(crate) fn new(name: &'static str, argv: &[&OsStr], stdout: &Path) -> Self {
        Case {
            name,
            argv: argv.iter().map(|&word| word.to_owned()).collect(),
            stdout: stdout.to_owned(),
            cpu: Vec::new(),
            done: 0,
        }
    }

    /// Seconds of processor time, the mean of so many processes one after the other.
    #[expect(clippy::cast_precision_loss, reason = "no count here is that large")]
    pub(crate) fn time(&self, repeats: usize) -> Result<f64> {
        const SCRIPT: &str = "TIMEFORMAT='%3U %3S'; times=$1 done=$2 out=$3; shift 3; \
            time for ((i = 0; i < times; i++)); do \
            \"$@\" >\"$out\" 2>/dev/null || (($? == done)) || exit; done";
        let done = Command::new("bash")
            .args(["-c", SCRIPT, "bash", &repeats.to_string()])
            .arg(self.done.to_string())
            .arg(&self.stdout)
            .args(&self.argv)
            .output()?;
        if !done.status.success() {
            return Err(format!("{} failed", self.name).into());
        }
        let text = String::from_utf8(done.stderr)?;
        let parts: std::result::Result<Vec<f64>, _> =
            text.split_whitespace().map(str::parse).collect();
        Ok(parts?.iter().sum::<f64>() / repeats as f64)
    }

    /// Peak memory in MB; none where there is no GNU `time`.
    pub(crate) fn memory(&self) -> Option<f64> {
        let done = Command::new("/usr/bin/time")
            .args(["-q", "-f", "peak %M"])
            .args(&self.argv)
            .stdout(File::create(&self.stdout).ok()?)
            .output()
            .ok()?;
        let text = String::from_utf8(done.stderr).ok()?;
        let peak = text.lines().find_map(|line| line.strip_prefix("peak "))?;
        Some(peak.parse::<f64>().ok()? * 1024.0 / 1e6)
    }
}

/// Measures the cases in turn, so that what disturbs one disturbs the others too.
pub(crate) fn run(cases: &mut [Case], runs: usize, repeats: usize) -> Result<()> {
    for case in cases.iter() {
        case.time(1)?;
    }
    for _ in 0..runs {
        for case in cases.iter_mut() {
            let cpu = case.time(repeats)?;
            case.cpu.push(cpu);
        }
    }
    Ok(())
}

pub(crate) fn print(out: &mut impl io::Write, title: &str, cases: &[Case]) -> Result<()> {
    writeln!(out, "{title}")?;
    for case in cases {
        let memory = case
            .memory()
            .map_or_else(|| "?".to_owned(), |mb| format!("{mb:.1}"));
        let cpu = median(&case.cpu) * 1e3;
        writeln!(out, "  {:<14} {cpu:8.1} ms  {memory:>6} MB", case.name)?;
    }
    if let [ours, others @ ..] = cases {
        for theirs in others {
            let ratio = median(&ours.cpu) / median(&theirs.cpu);
            writeln!(out, "  {ratio:.2} times the time of {}", theirs.name)?;
        }
    }
    Ok(())
}

pub(crate) fn median(values: &[f64]) -> f64 {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    sorted.get(sorted.len() / 2).copied().unwrap_or_default()
}

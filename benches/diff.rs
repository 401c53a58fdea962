//! What comparing two states costs, process and all: processor time and memory by number of routes,
//! of which one in a hundred differs; as folders of one file for each object, and as streams.
//!
//! `git diff --no-index` compares the same as lines. With `dyff` on the `PATH`, or named by `DYFF`,
//! it compares the streams as objects. Only figures of one run can be compared.
//!
//! `GATEWRIGHT_BENCH_SIZES` (default `10,100,1000,10000`) and `GATEWRIGHT_BENCH_RUNS` (default 5)
//! choose what is run. It needs `bash` for times, and GNU `time` for memory.

#[expect(
    dead_code,
    reason = "templates are compared by the benchmark of rendering"
)]
mod generate;
mod process;

use std::ffi::OsStr;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::{env, fs, io};

use generate::work;
use process::{Case, Result, print, run};

const OURS: &str = env!("CARGO_BIN_EXE_gatewright");

fn main() -> Result<()> {
    let sizes = env::var("GATEWRIGHT_BENCH_SIZES").unwrap_or("10,100,1000,10000".into());
    let runs = env::var("GATEWRIGHT_BENCH_RUNS").map_or(Ok(5), |runs| runs.parse())?;
    let dyff = env::var_os("DYFF").unwrap_or("dyff".into());
    let found = Command::new(&dyff)
        .arg("version")
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status();
    let dyff = found.is_ok_and(|status| status.success()).then_some(dyff);
    let folder = tempfile::tempdir()?;
    let mut out = io::stdout().lock();
    if dyff.is_none() {
        writeln!(
            out,
            "dyff is not there, so objects are compared by us alone"
        )?;
    }
    for size in sizes.split(',') {
        let size: usize = size.trim().parse()?;
        let states = Pair::new(size, &folder.path().join(size.to_string()))?;
        let repeats = (1000 / size).clamp(1, 20);

        let [a, b] = states.folders.each_ref().map(|path| path.as_os_str());
        let mut cases = cases(folder.path(), [a, b]);
        run(&mut cases, runs, repeats)?;
        print(&mut out, &format!("folders of {size} routes"), &cases)?;

        let [a, b] = states.streams.each_ref().map(|path| path.as_os_str());
        let mut cases = self::cases(folder.path(), [a, b]);
        if let Some(dyff) = &dyff {
            let argv: [&OsStr; 5] = [dyff, "between".as_ref(), "-b".as_ref(), a, b];
            cases.push(Case::new("dyff", &argv, &folder.path().join("dyff")));
        }
        run(&mut cases, runs, repeats)?;
        print(&mut out, &format!("streams of {size} routes"), &cases)?;
    }
    Ok(())
}

fn cases(folder: &Path, [a, b]: [&OsStr; 2]) -> Vec<Case> {
    let case = |name, program: &str, words: &[&str]| {
        let words = std::iter::once(&program).chain(words).map(OsStr::new);
        let argv: Vec<&OsStr> = words.chain([a, b]).collect();
        Case {
            done: 1,
            ..Case::new(name, &argv, &folder.join(name))
        }
    };
    vec![
        case("gatewright", OURS, &["diff"]),
        case("git", "git", &["diff", "--no-index", "--no-color"]),
    ]
}

/// Two states as folders and as streams.
struct Pair {
    folders: [PathBuf; 2],
    streams: [PathBuf; 2],
}

impl Pair {
    fn new(size: usize, folder: &Path) -> Result<Self> {
        fs::create_dir(folder)?;
        let before = work(size).config;
        let after: Vec<String> = before.lines().map(changed).collect();
        let configs = [before, after.join("\n") + "\n"];
        let folders = ["a", "b"].map(|name| folder.join(name));
        let streams = ["a.yaml", "b.yaml"].map(|name| folder.join(name));
        for ((config, files), stream) in configs.iter().zip(&folders).zip(&streams) {
            let path = folder.join("config");
            fs::write(&path, config)?;
            let render = || {
                let mut render = Command::new(OURS);
                render.arg("render").arg("-f").arg(&path);
                render.stderr(Stdio::null());
                render
            };
            fs::write(stream, render().output()?.stdout)?;
            let done = render()
                .arg("-o")
                .arg(files)
                .stdout(Stdio::null())
                .status()?;
            if !done.success() {
                return Err("the states cannot be rendered".into());
            }
        }
        Ok(Pair { folders, streams })
    }
}

/// A line of the config, in which the host of every hundredth route is another one.
fn changed(line: &str) -> String {
    match line.split_once("- svc-") {
        Some((_, host)) if host.get(3..5) == Some("00") && host.contains("example.com") => {
            line.replacen("- svc-", "- new-svc-", 1)
        }
        _ => line.to_owned(),
    }
}

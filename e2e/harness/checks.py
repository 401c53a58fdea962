"""What was checked, of which system, and what came of it."""

import sys
import threading
import time

DETAIL_LINES = 40


class System:
    """The checks of one system; as a context manager it takes the time."""

    def __init__(self, name, version):
        self.name, self.version = name, version
        self.passed = self.failed = 0
        self.seconds = 0.0
        self._lock = threading.Lock()
        self._begin = None
        self._open = 0

    def check(self, name, ok, detail=""):
        """Counts a check, and tells of one that fails; true where it holds.

        `detail` says what was found: a text, or a function for one that is dear to make.
        """
        with self._lock:
            if ok:
                self.passed += 1
            else:
                self.failed += 1
                text = str(detail() if callable(detail) else detail)
                lines = text.strip().splitlines()
                more = [f"… and {len(lines) - DETAIL_LINES} lines more"] if len(lines) > DETAIL_LINES else []
                told = "".join(f"    {line[:500]}\n" for line in lines[:DETAIL_LINES] + more)
                print(f"FAILED {self.name}: {name}\n{told}", end="", file=sys.stderr, flush=True)
        return bool(ok)

    def equal(self, name, found, expected):
        """Counts a check that two values are the same."""
        return self.check(name, found == expected, lambda: f"found    {found!r}\nexpected {expected!r}")

    def __enter__(self):
        with self._lock:
            if self._open == 0:
                self._begin = time.monotonic()
            self._open += 1
        return self

    def __exit__(self, *_):
        with self._lock:
            self._open -= 1
            if self._open == 0:
                self.seconds += time.monotonic() - self._begin
        return False


class Checks:
    """The systems of a run."""

    def __init__(self):
        self._systems = {}
        self._lock = threading.Lock()

    def system(self, name, version):
        """The system of this name, which is listed from now on."""
        with self._lock:
            return self._systems.setdefault(name, System(name, version))

    def failed(self):
        return sum(system.failed for system in self._systems.values())

    def summary(self):
        """The table, its closing line, and whether all is well. A system without checks has failed."""
        for system in self._systems.values():
            if system.passed + system.failed == 0:
                system.check("has checks", False, "not one check was made of it")
        rows = [("system", "version", "checks", "passed", "failed", "seconds")]
        for system in self._systems.values():
            counts = (system.passed + system.failed, system.passed, system.failed)
            rows.append((system.name, system.version, *map(str, counts), f"{system.seconds:.0f}"))
        widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
        lines = []
        for row in rows:
            cells = [
                cell.ljust(width) if column < 2 else cell.rjust(width)
                for column, (cell, width) in enumerate(zip(row, widths))
            ]
            lines.append("  ".join(cells).rstrip())
        passed = sum(system.passed for system in self._systems.values())
        failed = self.failed()
        lines += ["", f"{passed} passed, {failed} failed"]
        return "\n".join(lines), failed == 0 and passed > 0

"""What a suite is given."""

import shutil
from dataclasses import dataclass, field
from pathlib import Path

from .processes import Processes, run
from .systems import Systems


class Refused(Exception):
    """gatewright did not render a config."""


@dataclass
class Context:
    """The checkout, the binary under test, the systems, and a scratch folder that goes at the end."""

    root: Path
    gatewright: Path
    systems: Systems
    scratch: Path
    processes: Processes
    cases: list = field(default_factory=list)

    def folder(self, name):
        """A new, empty folder of the scratch folder."""
        path = self.scratch / name
        shutil.rmtree(path, ignore_errors=True)
        path.mkdir(parents=True)
        return path

    def render(self, config, out):
        """Renders a config, a file or a folder, into a folder."""
        result = run([self.gatewright, "render", "-f", config, "-o", out], env={"PATH": "/usr/bin:/bin", "NO_COLOR": "1"})
        if result.returncode != 0:
            raise Refused(f"{config} was refused ({result.returncode})\n{result.stdout}{result.stderr}")
        return Path(out)

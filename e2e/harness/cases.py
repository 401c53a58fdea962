"""Cases: what is put into the real systems, and what must hold there.

A case is a folder of `e2e/cases` with a `case.yaml`, or an example, which needs none. `case.yaml`:

    about: one sentence
    example: httpbin          # a folder of `examples`; or else `gatewright.yaml` beside this file
    variants:                 # the same config, changed; each is a case of its own
      - name: ambient
        spec: {mesh: {mode: ambient, inject: null}}    # merged into the config's; null takes a field out
    suites:                   # who takes it up, and with what settings; default: every suite
      api-server: {}
"""

import copy
import json
import shutil
from dataclasses import dataclass, field
from pathlib import Path

import yaml

_KEYS = {"about", "example", "variants", "suites"}


class BadCase(Exception):
    """A case that says what no one understands."""


@dataclass
class Case:
    """A config, and what is said of it."""

    name: str
    # The folder whose `gatewright.yaml` is rendered, with the files that it lists.
    folder: Path
    about: str = ""
    # Changes to the config, in their order.
    changes: list = field(default_factory=list)
    # Settings by suite; none: every suite takes the case up.
    suites: dict | None = None
    # The folder of `case.yaml`, for files that a suite's settings name.
    home: Path | None = None

    def settings(self, suite):
        """What the case says to a suite; none where the suite has no part in it."""
        if self.suites is None:
            return {}
        return self.suites.get(suite)

    def config(self):
        """The config's document, changed as the case says."""
        document = yaml.safe_load((self.folder / "gatewright.yaml").read_text())
        for change in self.changes:
            document["spec"] = merged(document["spec"], change)
        return document

    def write(self, target):
        """Writes the config, and the files beside it, into a folder; the config's path."""
        shutil.copytree(self.folder, target, dirs_exist_ok=True)
        path = Path(target) / "gatewright.yaml"
        if self.changes:
            # JSON is YAML, and leaves nothing to how words are quoted.
            path.write_text(json.dumps(self.config(), indent=2))
        return path


def merged(value, change):
    """Maps merge, null takes out, all else is replaced."""
    if isinstance(value, dict) and isinstance(change, dict):
        result = dict(value)
        for key, changed in change.items():
            if changed is None:
                result.pop(key, None)
            else:
                result[key] = merged(result.get(key), changed)
        return result
    return copy.deepcopy(change)


def load(root):
    """Every case: the examples first, then the folders of `e2e/cases`, by name."""
    root = Path(root)
    cases = [
        Case(f"examples/{folder.name}", folder)
        for folder in sorted((root / "examples").iterdir())
        if (folder / "gatewright.yaml").is_file()
    ]
    for folder in sorted((root / "e2e" / "cases").iterdir()):
        if folder.is_dir():
            cases += _case(root, folder)
    return cases


def _case(root, folder):
    said = yaml.safe_load((folder / "case.yaml").read_text()) or {}
    if unknown := set(said) - _KEYS:
        raise BadCase(f"{folder}/case.yaml: unknown fields {sorted(unknown)}")
    config = root / "examples" / said["example"] if "example" in said else folder
    if not (config / "gatewright.yaml").is_file():
        raise BadCase(f"{folder}/case.yaml: there is no {config}/gatewright.yaml")
    whole = Case(folder.name, config, said.get("about", ""), [], said.get("suites"), folder)
    variants = said.get("variants")
    if variants is None:
        return [whole]
    return [
        Case(f"{folder.name}/{variant['name']}", config, whole.about, [variant.get("spec", {})],
             variant.get("suites", whole.suites), folder)
        for variant in variants
    ]

"""The commands of a rendered runbook."""

import re
from dataclasses import dataclass


@dataclass(frozen=True)
class Command:
    """A command as it is written: one line, or a compound of several."""

    section: str
    text: str


def commands(page):
    """Every command of the blocks that are for a shell, in their order."""
    found, section, block = [], "", None
    for line in page.splitlines():
        if line.startswith("```"):
            if block is not None:
                found += [Command(section, text) for text in _split(block)]
                block = None
            elif line == "```sh":
                block = []
            else:
                # Another kind of block: its lines are no commands and no headings.
                block = None if line == "```" else _Other()
        elif block is not None:
            block.append(line)
        elif line.startswith("#"):
            section = line.lstrip("#").strip()
    return found


class _Other(list):
    """A block that is not for a shell."""


def _split(block):
    if isinstance(block, _Other):
        return
    compound = []
    for line in block:
        compound.append(line)
        if compound[0].startswith("if ") and line != "fi":
            continue
        yield "\n".join(compound)
        compound = []
    if compound:
        raise ValueError(f"a compound command without an end: {compound}")


def proxies(page):
    """The Deployments of gateways that a runbook names, as pairs of namespace and name."""
    wait = r"^kubectl rollout status deployment/(\S+) -n (\S+) --timeout=5m$"
    section = page.split("\n## Apply\n", 1)[1].split("\n## ", 1)[0]
    return sorted((namespace, name) for name, namespace in re.findall(wait, section, re.MULTILINE))

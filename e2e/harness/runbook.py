"""The commands of a rendered runbook."""

import re
from dataclasses import dataclass


@dataclass(frozen=True)
class Command:
    """A command as it is written: one line, or a compound of several."""

    section: str
    text: str
    # What the page says between this command's block and the next one.
    after: str = ""


def commands(page):
    """Every command of the blocks that are for a shell, in their order."""
    blocks, section, block = [], "", None
    for line in page.splitlines():
        if line.startswith("```"):
            if block is not None:
                block = None
            else:
                block = []
                blocks.append((line == "```sh", section, block, []))
        elif block is not None:
            block.append(line)
        elif line.startswith("#"):
            section = line.lstrip("#").strip()
        elif blocks:
            blocks[-1][3].append(line)
    return [
        Command(section, text, " ".join(after).strip())
        for for_shell, section, lines, after in blocks if for_shell for text in _split(lines)
    ]


def _split(block):
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

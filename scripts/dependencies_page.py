"""docs/dependencies.md: what the kit asks for by name and why, what that brings along, and every licence."""

import re
from collections.abc import Collection
from typing import NamedTuple

from lock_file import Pin, closure
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

Licences = dict[tuple[str, str], str]  # by name and version

HEAD = """# What it stands on

Made by `scripts/make_sbom.py` from `requirements.lock` and `requirements.in`; a test holds that it is the lock's.
The same for machines, with hashes and who asks for whom: `sbom.cdx.json` (CycloneDX 1.6). What is known against any
of it: `python3 scripts/kit.py audit`.

All of it is installed as it is published, from your package index, by hash; none of it is changed or copied into this
repository. "BSD License" is all that some packages say; they mean one with two or three clauses.
"""


class Wanted(NamedTuple):
    """A package that requirements.in asks for by name."""

    name: str
    reason: str
    part: str  # of requirements.in, as in "tests"


def parts(requirements: str) -> list[Wanted]:
    """What requirements.in asks for, in its order."""
    wanted, part = [], ""
    for line in requirements.splitlines():
        if title := re.fullmatch(r"# --- (.+) ---", line):
            part = title[1]
        elif line and not line.startswith("#"):
            requirement, _, reason = line.partition("#")
            wanted.append(Wanted(canonicalize_name(Requirement(requirement.strip()).name), reason.strip(), part))
    return wanted


def page(wanted: Collection[Wanted], pinned: Collection[Pin], licences: Licences) -> str:
    """The page as Markdown."""
    lines = [HEAD]
    for part in dict.fromkeys(each.part for each in wanted):
        rows = [_row(each.name, pinned, licences, each.reason) for each in wanted if each.part == part]
        lines += [
            f"## Asked for by name: {part}\n",
            "| package | version | licence | why |",
            "|---|---|---|---|",
            *rows,
            "",
        ]
    named = {each.name for each in wanted}
    brought = sorted({pin.name for pin in pinned} - named)
    lines += ["## Brought along by these\n", "| package | version | licence | for |", "|---|---|---|---|"]
    lines += [_row(name, pinned, licences, _purpose(name, wanted, pinned)) for name in brought]
    return "\n".join(lines) + "\n"


def _row(name: str, pinned: Collection[Pin], licences: Licences, last: str) -> str:
    versions = list(dict.fromkeys(pin.version for pin in pinned if pin.name == name))
    terms = dict.fromkeys(licences[name, version] for version in versions)
    return f"| {name} | {', '.join(versions)} | {'; '.join(terms)} | {last} |"


def _purpose(name: str, wanted: Collection[Wanted], pinned: Collection[Pin]) -> str:
    """The first part of requirements.in that cannot do without it."""
    for part in dict.fromkeys(each.part for each in wanted):
        if name in closure(pinned, {each.name for each in wanted if each.part == part}):
            return part
    raise ValueError(f"nothing in requirements.in asks for {name}")

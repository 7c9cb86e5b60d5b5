"""Read a lock: each pinned version with its hashes, and which packages asked for it.

A package stands there several times where its version depends on the system or on Python.
"""

import re
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name


class Pin(NamedTuple):
    """One version of one package in a lock."""

    name: str  # as package indexes spell it: lower case, hyphens
    version: str
    marker: str  # where it is installed, as in `sys_platform == "win32"`; "" for everywhere
    hashes: tuple[str, ...]  # sha256 of every file that may be installed, in hexadecimal
    asked_by: tuple[str, ...]  # packages of the lock; a file's name where somebody wrote it there


def pins(lock: Path) -> list[Pin]:
    """The pins of a lock file in its order.

    Raises ValueError where a line names no exact version.
    """
    blocks = re.findall(r"^[A-Za-z0-9].*?(?=^[A-Za-z0-9]|\Z)", lock.read_text(encoding="utf-8"), re.M | re.S)
    return [_pin(block) for block in blocks]


def _pin(block: str) -> Pin:
    requirement = Requirement(re.split(r"[\\\n]", block, maxsplit=1)[0])
    versions = [each.version for each in requirement.specifier if each.operator == "=="]
    if len(versions) != 1:
        raise ValueError(f"{requirement} is no exact version")
    return Pin(
        canonicalize_name(requirement.name),
        versions[0],
        str(requirement.marker or ""),
        tuple(re.findall(r"--hash=sha256:(\w+)", block)),
        tuple(re.findall(r"^\s+#\s+(?:via\s+)?(?:-r\s+)?([\w.-]+)$", block.replace("# via\n", ""), re.M)),
    )


def closure(pinned: Iterable[Pin], roots: set[str]) -> set[str]:
    """The names in `roots` and of everything that they bring along, near or far."""
    brings: dict[str, set[str]] = {}
    for pin in pinned:
        for parent in pin.asked_by:
            brings.setdefault(parent, set()).add(pin.name)
    reached, new = set(), set(roots)
    while new:
        reached |= new
        new = set().union(*(brings.get(name, set()) for name in new)) - reached
    return reached

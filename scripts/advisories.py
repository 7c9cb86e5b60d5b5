"""Known vulnerabilities from a file, in the format OSV (Open Source Vulnerability schema 1), against pinned versions.

In: a .json file (one advisory, a list of them, or an answer with "vulns") or a .zip of such files, as advisory
databases hand them out. Which versions an advisory concerns is worked out as that format says (section Evaluation);
versions compare as pip compares them (PEP 440).
"""

import json
import zipfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

from lock_file import Pin
from packaging.utils import canonicalize_name
from packaging.version import InvalidVersion, Version

LARGEST = 20_000_000  # bytes of one advisory; they have a few thousand
ECOSYSTEM = "PyPI"


class Vulnerability(NamedTuple):
    """What is known against one pinned version."""

    name: str
    version: str
    ids: tuple[str, ...]
    summary: str
    mended_in: tuple[str, ...]  # versions; empty where there is none yet


class Unreadable(Exception):
    """The file cannot be used. Its text is one sentence, with the remedy."""


class Advisories(NamedTuple):
    """The advisories about Python packages that a file holds."""

    entries: list[dict[str, Any]]
    latest: str  # the day of the latest change of any of them, as 2026-03-31; "" if none says

    def against(self, pinned: Iterable[Pin]) -> list[Vulnerability]:
        """What is known against these versions, in the order of the pins."""
        by_name: dict[str, list[tuple[dict[str, Any], dict[str, Any]]]] = {}
        for entry in self.entries:
            for affected in _of_python(entry):
                by_name.setdefault(canonicalize_name(affected["package"]["name"]), []).append((entry, affected))
        hits: dict[tuple[str, str, str], Vulnerability] = {}
        for pin in pinned:
            for entry, affected in by_name.get(pin.name, []):
                if _concerns(affected, pin.version):
                    hits.setdefault((pin.name, pin.version, entry["id"]), _vulnerability(pin, entry, affected))
        return list(hits.values())


def read(file: Path) -> Advisories:
    """The advisories of a .json or .zip file.

    Raises Unreadable if there is no such file, it is neither, or holds no advisory about a Python package.
    """
    try:
        documents = list(_documents(file))
    except OSError as error:
        raise Unreadable(f"{file} cannot be read ({error.strerror}): name a file of advisories.") from error
    except (ValueError, RecursionError, zipfile.BadZipFile) as error:
        raise Unreadable(f"{file} holds no advisories in the format OSV (.json, or .zip of such): {error}.") from error
    entries = [entry for document in documents for entry in _entries(document) if not entry.get("withdrawn")]
    entries = [entry for entry in entries if any(_of_python(entry))]
    if not entries:
        raise Unreadable(
            f"{file} holds no advisory about a Python package: take those for {ECOSYSTEM}, in the format OSV."
        )
    return Advisories(entries, max(str(entry.get("modified", ""))[:10] for entry in entries))


def _documents(file: Path) -> Iterator[Any]:
    if not zipfile.is_zipfile(file):
        yield json.loads(file.read_bytes())
        return
    with zipfile.ZipFile(file) as archive:
        for member in archive.infolist():
            if member.filename.endswith(".json"):
                if member.file_size > LARGEST:
                    raise ValueError(f"{member.filename} has more than {LARGEST // 1_000_000} MB")
                yield json.loads(archive.read(member))


def _entries(document: Any) -> Iterator[dict[str, Any]]:
    if isinstance(document, list):
        for each in document:
            yield from _entries(each)
    elif isinstance(document, dict) and isinstance(document.get("vulns"), list):
        yield from _entries(document["vulns"])
    elif isinstance(document, dict) and isinstance(document.get("id"), str):
        yield document


def _of_python(entry: dict[str, Any]) -> Iterator[dict[str, Any]]:
    listed = entry.get("affected")
    for affected in listed if isinstance(listed, list) else ():
        package = affected.get("package") if isinstance(affected, dict) else None
        if isinstance(package, dict) and package.get("ecosystem") == ECOSYSTEM and isinstance(package.get("name"), str):
            yield affected


def _concerns(affected: dict[str, Any], version: str) -> bool:
    """Whether this part of an advisory means this version; what cannot be compared counts as meant."""
    try:
        ours = Version(version)
        listed = version in (affected.get("versions") or ())
        return listed or any(_within(span["events"], ours) for span in _spans(affected))
    except (AttributeError, InvalidVersion, KeyError, TypeError):
        return True


def _spans(affected: dict[str, Any]) -> list[dict[str, Any]]:
    return [span for span in affected.get("ranges") or () if span.get("type") in ("ECOSYSTEM", "SEMVER")]


def _within(events: list[dict[str, str]], ours: Version) -> bool:
    inside = False
    for kind, at in sorted(_moments(events), key=lambda moment: moment[1]):
        if kind == "introduced" and ours >= at:
            inside = True
        elif (kind == "fixed" and ours >= at) or (kind == "last_affected" and ours > at):
            inside = False
    return inside


def _moments(events: list[dict[str, str]]) -> list[tuple[str, Version]]:
    kinds = ("introduced", "fixed", "last_affected")
    first_ever = "0.dev0"  # what the format means by "0"
    moments = [(kind, event[kind]) for event in events for kind in kinds if kind in event]
    return [(kind, Version(first_ever if at == "0" else at)) for kind, at in moments]


def _vulnerability(pin: Pin, entry: dict[str, Any], affected: dict[str, Any]) -> Vulnerability:
    try:
        mended = [event["fixed"] for span in _spans(affected) for event in span["events"] if "fixed" in event]
    except (AttributeError, KeyError, TypeError):
        mended = []
    aliases = entry.get("aliases")
    ids = (entry["id"], *map(str, aliases if isinstance(aliases, list) else ()))
    summary = entry.get("summary") or entry.get("details") or ""
    return Vulnerability(pin.name, pin.version, ids, str(summary), _later(pin.version, mended))


def _later(version: str, mended: list[str]) -> tuple[str, ...]:
    """Of the versions in which it is mended, those that come after ours, the nearest first."""
    later = set()
    for each in mended:
        try:
            later |= {Version(each)} if Version(each) > Version(version) else set()
        except (InvalidVersion, TypeError):
            continue
    return tuple(map(str, sorted(later)))

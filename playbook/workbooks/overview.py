"""The page of a batch, for whoever ran it: whose workbook is where, what is missing, who has none. Never a ranking."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote

from playbook.workbook import PAGE
from playbook.workbooks.fingerprints import of_text
from playbook.workbooks.manifest import COMPLETE, MADE, UP_TO_DATE
from playbook.workbooks.page import rendered, write_html


@dataclass(frozen=True)
class Overview:
    """What the page tells besides its workbooks: texts as they shall be read, not escaped."""

    company: str
    as_of: str
    simulated: bool = False
    off: tuple[str, ...] = ()  # what the exports did not hold
    not_computed: tuple[str, ...] = ()  # a sentence for each part of the company-wide work that failed
    record: tuple[str, ...] = ()  # a sentence for each habit of the record that most reps of the company have
    recognised: tuple[str, ...] = ()  # what the import took each file for
    without_workbook: tuple[tuple[str, str], ...] = ()  # (name, why)
    without_manager: tuple[str, ...] = ()
    under_way: bool = False  # written while the batch is at work; it stays so where the batch is stopped
    to_begin: int = 0  # how many workbooks were asked for and not begun when this was written


@dataclass(frozen=True)
class _Row:
    name: str
    link: str
    chapters: str
    complete: bool
    notes: tuple[str, ...]


def write_overview(workbooks: Path, facts: Overview, entries: Sequence[Mapping[str, Any]]) -> None:
    """Write `index.html` of the batch; `entries` are the manifest's, in the order of the managers' names."""
    rows = [_row(entry) for entry in entries]
    html = rendered("batch.html.jinja", facts=facts, rows=rows, record=of_text(repr(facts), repr(rows)))
    write_html(html, workbooks / PAGE)


def _row(entry: Mapping[str, Any]) -> _Row:
    chapters = entry["chapters"]
    done = sum(c["status"] in (MADE, UP_TO_DATE) for c in chapters.values())
    notes = []
    if "trouble" in entry:
        notes.append(entry["trouble"]["sentence"])
    notes += [f"Chapter {int(key[:2])}: {c['trouble']['sentence']}" for key, c in chapters.items() if "trouble" in c]
    notes += [
        f"Edited by the manager, kept as {c['edited_version_kept_as']}"
        for c in chapters.values()
        if "edited_version_kept_as" in c
    ]
    if entry["warnings"]:
        notes.append(
            f"{len(entry['warnings'])} warnings, in manifest.json"
            if len(entry["warnings"]) > 1
            else "1 warning, in manifest.json"
        )
    if entry.get("earlier"):
        notes.append(entry["earlier"])
    return _Row(
        name=entry["name"],
        link=f"{quote(entry['folder'])}/index.html",
        chapters=f"{done} of {len(chapters)}",
        complete=entry["status"] == COMPLETE,
        notes=tuple(notes),
    )

"""What a batch did, for whoever ran it: `manifest.json`. It is a report: the truth lies in the workbooks."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from playbook.atomic import write_beside
from playbook.workbook import Workbook
from playbook.workbooks.chapter_run import Trouble
from playbook.workbooks.fingerprints import of_file

MANIFEST = "manifest.json"
COMPLETE, INCOMPLETE, FAILED, WAITING = "complete", "incomplete", "failed", "waiting"
_EVERY_ENTRY_HAS = {"id", "name", "folder", "status", "chapters", "warnings"}
MADE, UP_TO_DATE = "made", "kept"  # of a chapter: run now, or still true and left alone


@dataclass
class ChapterState:
    """What became of one chapter of one workbook."""

    status: str = WAITING
    seconds: float = 0.0
    warnings: tuple[str, ...] = ()
    edited_copy: str = ""
    trouble: Trouble | None = None


@dataclass
class WorkbookState:
    """What became of one manager's workbook; `trouble` is what concerns it as a whole.

    `former_chapters_edited` are the copies of chapters that are there no more, as their manager had edited them.
    """

    person_id: str
    name: str
    folder: Path
    chapters: dict[str, ChapterState] = field(default_factory=dict)
    page: str = WAITING
    pdf: str = ""  # as `page`; empty where none was asked for
    trouble: Trouble | None = None
    seconds: float = 0.0
    former_chapters_edited: list[str] = field(default_factory=list)

    @property
    def status(self) -> str:
        """complete, incomplete (some chapters are missing), failed (there is none), or waiting."""
        states = [chapter.status for chapter in self.chapters.values()]
        if self.trouble is not None and not any(s in (MADE, UP_TO_DATE) for s in states):
            return FAILED
        if self.page == WAITING or WAITING in states:
            return WAITING
        good = sum(s in (MADE, UP_TO_DATE) for s in states)
        if good == len(states) and self.trouble is None:
            return COMPLETE
        return INCOMPLETE if good else FAILED

    @property
    def done(self) -> int:
        """How many chapters are complete."""
        return sum(chapter.status in (MADE, UP_TO_DATE) for chapter in self.chapters.values())

    @property
    def warnings(self) -> list[str]:
        """Every warning, with its chapter in front."""
        return [f"{key}: {text}" for key, chapter in self.chapters.items() for text in chapter.warnings]

    def as_dict(self) -> dict[str, Any]:
        """The manager's entry in the manifest."""
        entry: dict[str, Any] = {
            "id": self.person_id,
            "name": self.name,
            "folder": self.folder.name,
            "status": self.status,
            "seconds": round(self.seconds, 2),
            "warnings": self.warnings,
            "page": {"status": self.page, "sha256": of_file(Workbook(self.folder).page)},
            "chapters": {key: self._chapter(key, state) for key, state in self.chapters.items()},
        }
        if self.pdf:
            entry["pdf"] = {"status": self.pdf, "sha256": of_file(Workbook(self.folder).pdf)}
        if self.former_chapters_edited:
            entry["edited_former_chapters_kept_as"] = self.former_chapters_edited
        return entry | ({"trouble": _trouble_as_dict(self.trouble)} if self.trouble else {})

    def _chapter(self, key: str, state: ChapterState) -> dict[str, Any]:
        entry: dict[str, Any] = {"status": state.status, "seconds": round(state.seconds, 2)}
        if state.status in (MADE, UP_TO_DATE):
            entry["sha256"] = of_file(Workbook(self.folder).chapter(key))
        if state.edited_copy:
            entry["edited_version_kept_as"] = state.edited_copy
        return entry | ({"trouble": _trouble_as_dict(state.trouble)} if state.trouble else {})


def write_manifest(workbooks: Path, facts: Mapping[str, Any], entries: Sequence[Mapping[str, Any]]) -> None:
    """Write the manifest, beside and then renamed: `facts` about the run, and an entry for each manager."""
    text = json.dumps({**facts, "managers": list(entries)}, indent=1, ensure_ascii=False)
    with write_beside(workbooks / MANIFEST) as beside:
        beside.write_text(text + "\n", encoding="utf-8")


def read_manifest(workbooks: Path) -> list[Any]:
    """The managers' entries as the manifest of the run before this one has them; none if it cannot be read."""
    try:
        entries = json.loads((workbooks / MANIFEST).read_text(encoding="utf-8"))["managers"]
    except (OSError, ValueError, KeyError, TypeError):
        return []
    return entries if isinstance(entries, list) else []


def entries_in_place(workbooks: Path, entries: Sequence[Any]) -> dict[str, dict[str, Any]]:
    """Those of `entries`, by the manager's id, whose folder is still there; what is no entry is left out."""
    whole = [e for e in entries if isinstance(e, dict) and e.keys() >= _EVERY_ENTRY_HAS]
    return {e["id"]: e for e in whole if isinstance(e["folder"], str) and (workbooks / e["folder"]).is_dir()}


def _trouble_as_dict(trouble: Trouble) -> dict[str, str]:
    return {"sentence": trouble.sentence, "technical": trouble.technical}

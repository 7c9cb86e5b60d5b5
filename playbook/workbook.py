"""A manager's workbook as a folder: every path that may lie in it, what it is, whose, and whom it speaks of.

One class knows the names, so that what builds, opens, collects or forgets a workbook asks it and lists none of its own.
Whoever adds a file to a workbook adds it here; a test walks a built workbook and finds each file known.
"""

import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

REMADE, PRESERVED, PASSING = "remade", "kept", "passing"
REPS, MANAGER, NOBODY = "reps", "manager", "nobody"

JOURNAL = "journal.jsonl"
MOVED_JOURNAL = "journal.moved.jsonl"
PAGE, PDF = "index.html", "workbook.pdf"
GUIDE_PAGE, GUIDE_TEXT = "guide.html", "guide.md"
LEADERS_SHEET, TEAMS_SHEET = "sheet-for-your-leader.html", "sheet-for-your-team.html"
REMINDERS = "commitments.ics"
TEAM = "team"
FACTS = "team.toml"
CHAPTER = re.compile(r"(\d\d)_(\w+)\.ipynb")


@dataclass(frozen=True)
class KnownFile:
    """What is known of every file whose path in the workbook matches `pattern`.

    `life` is REMADE (a build writes it anew), KEPT (no build touches it: it is the manager's) or PASSING (gone when
    what made it ends). `speaks_of` is whose person it may name: of REPS (and of the manager), of the MANAGER alone, or
    of NOBODY.
    """

    pattern: re.Pattern[str]
    what: str
    life: str
    speaks_of: str


def _known(pattern: str, what: str, life: str, speaks_of: str) -> KnownFile:
    return KnownFile(re.compile(pattern), what, life, speaks_of)


# The first that matches counts.
FILES = (
    _known(r"(.*/)?\.[^/]+\.part(\.\w+)?", "a file while it is written", PASSING, REPS),
    _known(rf"\.{re.escape(JOURNAL)}\.lock", "the journal's lock on Windows", PASSING, NOBODY),
    _known(r"(.*/)?\.ipynb_checkpoints/.*", "what JupyterLab keeps of a chapter", PASSING, REPS),
    _known(re.escape(JOURNAL), "what the manager wrote", PRESERVED, REPS),
    _known(re.escape(MOVED_JOURNAL), "the journal before it was moved into a database", PRESERVED, REPS),
    _known(
        r"journal\.damaged(-\d+)?\.jsonl", "a journal with lines that could not be read, as it was", PRESERVED, REPS
    ),
    _known(re.escape(REMINDERS), "reminders of commitments for the manager's calendar", PRESERVED, REPS),
    _known(r"[^/]+\.ics", "the manager's calendar, laid there by themselves", PRESERVED, REPS),
    _known(r"agenda-[a-z0-9-]+\.html", "the page for a 1:1 with one rep", PRESERVED, REPS),
    _known(r"[^/]+\.mine(-\d+)?\.ipynb", "a chapter as the manager edited it", PRESERVED, REPS),
    _known(CHAPTER.pattern, "a chapter", REMADE, REPS),
    _known(re.escape(PAGE), "all chapters on one page", REMADE, REPS),
    _known(re.escape(PDF), "the page on paper", REMADE, REPS),
    _known(rf"{re.escape(GUIDE_PAGE)}|{re.escape(GUIDE_TEXT)}", "the guide", REMADE, NOBODY),
    _known(rf"{re.escape(LEADERS_SHEET)}|{re.escape(TEAMS_SHEET)}", "a sheet to hand out", REMADE, MANAGER),
    _known(rf"{TEAM}/\w+\.(parquet|csv|toml)", "the team's data, and what was found in it", REMADE, REPS),
)


@dataclass(frozen=True)
class Workbook:
    """The workbook in `folder`, whether or not it is made already."""

    folder: Path

    @property
    def journal(self) -> Path:
        """What the manager wrote."""
        return self.folder / JOURNAL

    @property
    def moved_journal(self) -> Path:
        """The journal's file after it was moved into a database."""
        return self.folder / MOVED_JOURNAL

    @property
    def page(self) -> Path:
        """All chapters on one page."""
        return self.folder / PAGE

    @property
    def pdf(self) -> Path:
        """The page on paper."""
        return self.folder / PDF

    @property
    def reminders(self) -> Path:
        """Reminders of commitments, as a calendar."""
        return self.folder / REMINDERS

    @property
    def team(self) -> Path:
        """The folder of the team's data."""
        return self.folder / TEAM

    @property
    def facts(self) -> Path:
        """Whose workbook it is, and of which day."""
        return self.team / FACTS

    @property
    def exists(self) -> bool:
        """Whether a build made a workbook here."""
        return self.facts.is_file()

    @property
    def journals(self) -> list[Path]:
        """The journal and every copy of it that was put aside here, as far as they are there."""
        named = [self.journal, self.moved_journal, *sorted(self.folder.glob("journal.damaged*.jsonl"))]
        return [file for file in named if os.path.lexists(file)]

    def chapter(self, key: str) -> Path:
        """The chapter of this key (its file's name without the ending)."""
        return self.folder / f"{key}.ipynb"

    def agenda(self, name: str) -> Path:
        """The page for a 1:1 with a rep, whose `name` is one for a file."""
        return self.folder / f"agenda-{name}.html"

    def damaged_journal(self) -> Path:
        """The first free name for a journal that is put aside as it was."""
        names = ("journal.damaged.jsonl", *(f"journal.damaged-{n}.jsonl" for n in range(2, 1000)))
        return next(self.folder / name for name in names if not os.path.lexists(self.folder / name))

    def known(self, file: Path) -> KnownFile | None:
        """What is known of a file in the folder; None of one that somebody else put there."""
        path = file.relative_to(self.folder).as_posix()
        return next((known for known in FILES if known.pattern.fullmatch(path)), None)

    def files(self) -> Iterator[tuple[Path, KnownFile | None]]:
        """Every file in the folder, by its name, with what is known of it; no link is followed out of it."""
        for folder, folders, names in os.walk(self.folder):
            folders.sort()
            for name in sorted(names):
                file = Path(folder) / name
                yield file, self.known(file)


def workbook_around(team_folder: Path) -> Workbook | None:
    """The workbook that a team's folder belongs to, or None if it is no part of one.

    A workbook that lost its journal, or whose page is not made yet, is still one.
    """
    folder = team_folder.resolve()
    above = Workbook(folder.parent)
    is_one = folder.name == TEAM and (os.path.lexists(above.journal) or above.page.is_file())
    return above if is_one else None

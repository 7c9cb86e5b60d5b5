"""A batch: every asked manager's workbook, chapter by chapter, side by side; what fails stays where it is.

The list of work is one task for each manager and chapter, none of which needs another. A workbook's page is made when
its last chapter is finished. With `resume` a file that is still true is left alone: its own record says so.
"""

import os
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Any

from playbook import as_of, roster, wording
from playbook.atomic import make_private
from playbook.catalogue import briefly_called
from playbook.chapters.pages import this_week
from playbook.errors import UnusableInput
from playbook.escaping import plain
from playbook.journal.place import ensure_journal
from playbook.team import save_team
from playbook.workbooks import guide_page, handout_files, notebook_record, page
from playbook.workbooks.chapter_run import ChapterOutcome, ChapterTask, Trouble, run_chapter
from playbook.workbooks.company_source import OWN_FOLDER, Source, company_from
from playbook.workbooks.company_wide import CompanyWide, company_wide
from playbook.workbooks.contents import Chapter, chapters_in
from playbook.workbooks.fingerprints import of_code, of_folder, of_text, versions
from playbook.workbooks.journals_read import carried_over, not_read, noted_starts, state_of
from playbook.workbooks.manifest import (
    COMPLETE,
    FAILED,
    KEPT,
    MADE,
    MANIFEST,
    ChapterState,
    WorkbookState,
    earlier_entries,
    write_manifest,
)
from playbook.workbooks.overview import Overview, write_overview
from playbook.workbooks.pdf import check_pdf
from playbook.workbooks.progress import Progress
from playbook.workbooks.rosters import asked_managers, without_workbook, workbook_folder
from playbook.workbooks.sole_run import remove_if_unused, sole_run
from playbook.workbooks.workers import Workers

_SECONDS_BETWEEN_MANIFESTS = 2.0
_MOST_NAMED = 6  # on the terminal; the batch's page names everybody
PATIENCE = 300  # seconds that one step of a chapter may take


@dataclass(frozen=True)
class Request:
    """What is asked of a batch; `today` is the day it runs, `chapters` the chapters' folder if not the kit's."""

    company: Sequence[Path]
    workbooks: Path
    today: date
    managers: Sequence[str] = ()
    jobs: int = 1
    resume: bool = False
    as_of: date | None = None
    mapping: Path | None = None
    dates: str | None = None
    journals: Path | None = None
    chapters: Path | None = None
    patience: int = PATIENCE
    pdf: bool = False


@dataclass(frozen=True)
class Result:
    """What became of a batch: its managers' states in the order of their names."""

    workbooks: Path
    as_of: date
    books: Sequence[WorkbookState]
    seconds: float
    notes: tuple[str, ...] = ()

    @property
    def complete(self) -> bool:
        """Whether everything asked for was made."""
        return all(book.status == COMPLETE for book in self.books)


def build(request: Request, say: Callable[[str], None] = print) -> Result:
    """Make the asked workbooks, and tell `say` what a person should know on the way.

    Raises
    ------
    UnusableInput : if the company, a manager asked for, the chapters or the place for the workbooks cannot be used, or
        a PDF is asked for where none can be made.
    """
    began = time.monotonic()
    if request.pdf:
        check_pdf()
    chapters = chapters_in(request.chapters)
    _check_place(request)
    new = not request.workbooks.exists()
    make_private(request.workbooks)
    try:
        return _built(request, chapters, say, began)
    except UnusableInput:
        if new:
            remove_if_unused(request.workbooks)
        raise


def _built(request: Request, chapters: list[Chapter], say: Callable[[str], None], began: float) -> Result:
    with sole_run(request.workbooks):
        source = company_from(
            request.company,
            request.workbooks / OWN_FOLDER,
            mapping=request.mapping,
            dates=request.dates,
            today=request.today,
        )
        for line in (*source.told, *as_of.remarks_on(source.company, request.as_of, request.today)):
            say(line)
        unread: list[str] = []
        places = (request.workbooks, request.journals)
        wide = company_wide(
            source,
            request.as_of,
            request.today,
            lambda company: noted_starts(company, request.managers, *places, os.environ, unread),
        )
        return _Batch(request, chapters, source, wide, say, unread).run(began)


@dataclass
class _Book:
    """A workbook while it is being made."""

    state: WorkbookState
    cover: page.Cover
    chapters: tuple[Chapter, ...]
    waiting: set[str] = field(default_factory=set)
    entry: dict[str, Any] = field(default_factory=dict)  # in the manifest, once nothing will change in it
    pdf: bool = False

    def page_task(self) -> page.PageTask:
        troubles = {key: c.trouble for key, c in self.state.chapters.items() if c.trouble}
        return page.PageTask(self.state.folder, self.chapters, self.cover, troubles, self.pdf)


class _Batch:
    def __init__(
        self,
        request: Request,
        chapters: list[Chapter],
        source: Source,
        wide: CompanyWide,
        say: Callable[[str], None],
        unread: Sequence[str] = (),
    ) -> None:
        self._request, self._chapters, self._source, self._wide, self._say = request, chapters, source, wide, say
        self._managers = asked_managers(wide.company, request.managers)
        self._earlier = earlier_entries(request.workbooks)
        self._guide = guide_page.guide_files(chapters)
        self._books: dict[Path, _Book] = {}
        self._notes: list[str] = list(not_read(unread, wide.company))
        self._manifest_written = 0.0
        self._under_way = True

    def run(self, began: float) -> Result:
        total = len(self._managers) * len(self._chapters)
        jobs = max(1, min(self._request.jobs, total))
        self._say(
            f"Making {wording.count(len(self._managers), 'workbook')} "
            f"of {wording.count(len(self._chapters), 'chapter')} "
            f"from the data of {plain(self._wide.company.settings.name)} as of {wording.day(self._wide.as_of)}."
        )
        self._write_report(at_once=True)
        with (
            tempfile.TemporaryDirectory(prefix="player-to-coach-", ignore_cleanup_errors=True) as scratch,
            Workers(jobs, Path(scratch)) as workers,
            Progress(total) as progress,
        ):
            for person in self._managers.itertuples():
                self._begin(person.person_id, _name(person), workers, progress)
                while workers.unfinished >= 2 * jobs + len(self._chapters):
                    self._take(workers, progress)
            while workers.unfinished:
                self._take(workers, progress)
        self._under_way = False
        self._write_report(at_once=True)
        states = [book.state for book in self._books.values()]
        notes = (*self._notes, *_left_over(self._source, self._wide))
        return Result(self._request.workbooks, self._wide.as_of, states, time.monotonic() - began, notes)

    def _begin(self, person_id: str, name: str, workers: Workers, progress: Progress) -> None:
        """Lay down a manager's data and the place of the journal, and give what has to be made to the workers."""
        settings = self._wide.company.settings
        folder = workbook_folder(self._request.workbooks, settings.company_id, person_id, name)
        state = WorkbookState(person_id, name, folder, {c.key: ChapterState() for c in self._chapters})
        book = _Book(state, self._cover(name), tuple(self._chapters), pdf=self._request.pdf)
        self._books[folder] = book
        began = time.monotonic()
        try:
            inputs = self._lay_down(book)
        except Exception as error:  # one team's data must not stop the others
            self._no_data(book, error, workers, progress)
            return
        for chapter in self._chapters:
            notebook = notebook_record.read(folder / chapter.file.name) if self._request.resume else {}
            made_from = of_text(inputs, chapter.source)
            if notebook_record.is_fresh(notebook, made_from):
                state.chapters[chapter.key] = ChapterState(KEPT, warnings=notebook_record.warnings_in(notebook))
                progress.finished(name)
                continue
            book.waiting.add(chapter.key)
            workers.give(run_chapter, ChapterTask(folder, chapter, made_from, self._request.patience))
        state.seconds += time.monotonic() - began
        if not book.waiting:
            self._give_page(book, workers)

    def _lay_down(self, book: _Book) -> str:
        """Write the team's folder; the hash of everything but the chapter that a chapter is made from."""
        folder = book.state.folder
        folder.mkdir(exist_ok=True, mode=0o700)
        self._bring_journal(book.state)
        ensure_journal(folder)
        (folder / "team").mkdir(exist_ok=True, mode=0o700)
        team = self._wide.team_for(book.state.person_id)
        save_team(team, folder / "team")
        guide_page.lay_down(self._guide, folder)
        handout_files.lay_down(book.state.name, folder)
        names = team.reps["name"].fillna(team.reps["person_id"])
        book.cover = replace(book.cover, team=tuple(plain(name) for name in names), week=this_week.three_things(team))
        written = state_of(self._wide.company.settings.company_id, book.state.person_id, folder, os.environ)
        return of_text(of_folder(folder / "team"), written, of_code())

    def _bring_journal(self, state: WorkbookState) -> None:
        if self._request.journals is None:
            return
        company_id = self._wide.company.settings.company_id
        old = workbook_folder(self._request.journals, company_id, state.person_id, state.name)
        self._notes += carried_over(old, state.folder, state.name)

    def _no_data(self, book: _Book, error: Exception, workers: Workers, progress: Progress) -> None:
        # The technical part may hold other people's data: it goes to the manifest, not on the manager's page.
        technical = notebook_record.without_paths(f"{type(error).__name__}: {error}")
        book.state.trouble = Trouble("This team's data could not be put together.", technical)
        for chapter in self._chapters:
            book.state.chapters[chapter.key] = ChapterState(FAILED, trouble=Trouble(book.state.trouble.sentence))
            progress.finished(book.state.name)
        if book.state.folder.is_dir():
            workers.give(page.write_page, book.page_task(), first=True)

    def _give_page(self, book: _Book, workers: Workers) -> None:
        task = book.page_task()
        if self._request.resume and page.is_fresh(task):
            book.state.page = KEPT
            book.state.pdf = KEPT if task.pdf else ""
            book.entry = book.state.as_dict()
            self._write_report()
        else:
            workers.give(page.write_page, task, first=True)

    def _take(self, workers: Workers, progress: Progress) -> None:
        for task, answer in workers.finished():
            book = self._books[task.workbook]
            if isinstance(task, ChapterTask):
                self._take_chapter(book, task.chapter.key, answer)
                progress.finished(book.state.name)
                if not book.waiting:
                    self._give_page(book, workers)
            else:
                self._take_page(book, answer)

    def _take_chapter(self, book: _Book, key: str, answer: ChapterOutcome | Exception) -> None:
        book.waiting.discard(key)
        if isinstance(answer, Exception):
            trouble = Trouble(
                "The program that runs it ended unexpectedly; the machine may be short of memory.", str(answer)
            )
            book.state.chapters[key] = ChapterState(FAILED, trouble=trouble)
            return
        status = FAILED if answer.trouble else MADE
        book.state.chapters[key] = ChapterState(status, answer.seconds, answer.warnings, answer.kept_as, answer.trouble)
        book.state.seconds += answer.seconds

    def _take_page(self, book: _Book, answer: page.PageOutcome | Exception) -> None:
        if isinstance(answer, Exception):
            answer = page.PageOutcome(0.0, Trouble("The page could not be made.", str(answer)))
        book.state.page = FAILED if answer.trouble else MADE
        if book.pdf:
            book.state.pdf = FAILED if answer.trouble or answer.pdf_trouble else MADE
        book.state.trouble = book.state.trouble or answer.trouble or answer.pdf_trouble
        book.state.seconds += answer.seconds
        book.entry = book.state.as_dict()
        self._write_report()

    def _cover(self, name: str) -> page.Cover:
        return page.Cover(
            manager=plain(name),
            company=plain(self._wide.company.settings.name),
            team=(),
            as_of=wording.day(self._wide.as_of),
            age=f"{wording.age(self._wide.days_old)} old" if self._wide.days_old else "",
            simulated=self._wide.company.settings.simulated,
        )

    def _write_report(self, *, at_once: bool = False) -> None:
        """The manifest and the batch's page; while the batch runs, not more often than people read them."""
        now = time.monotonic()
        if not at_once and now - self._manifest_written < _SECONDS_BETWEEN_MANIFESTS:
            return
        self._manifest_written = now
        under_way = {book.state.person_id: book.state.as_dict() for book in self._books.values() if not book.entry}
        finished = {book.state.person_id: book.entry for book in self._books.values() if book.entry}
        everyone = self._earlier | under_way | finished
        entries = sorted(everyone.values(), key=lambda e: (plain(e["name"]).casefold(), e["id"]))
        write_manifest(self._request.workbooks, self._facts(), entries)
        write_overview(self._request.workbooks, self._overview(), entries)

    def _facts(self) -> dict[str, Any]:
        return {
            "company_id": self._wide.company.settings.company_id,
            "as_of": self._wide.as_of.isoformat(),
            "versions": versions(),
            "inputs": dict(self._source.files),
            "chapters": {chapter.key: chapter.source for chapter in self._chapters},
        }

    def _overview(self) -> Overview:
        company = self._wide.company
        nobody = without_workbook(company)
        return Overview(
            company=plain(company.settings.name),
            as_of=wording.day(self._wide.as_of),
            simulated=company.settings.simulated,
            off=tuple(briefly_called(need) for need in self._wide.missing),
            recognised=tuple(plain(line) for line in self._source.told),
            without_workbook=tuple((plain(row.name) or row.person_id, row.why) for row in nobody.itertuples()),
            without_manager=tuple(_name(person) for person in roster.reps_without_manager(company).itertuples()),
            under_way=self._under_way,
            to_begin=len(self._managers) - len(self._books) if self._under_way else 0,
        )


def _left_over(source: Source, wide: CompanyWide) -> Iterator[str]:
    """What whoever runs the batch should know besides: who gets no workbook, and what the import asks to note."""
    nobody = [f"{_name(person)} ({person.why})" for person in without_workbook(wide.company).itertuples()]
    if nobody:
        more = f"; and {len(nobody) - _MOST_NAMED} more" if nobody[_MOST_NAMED:] else ""
        yield f"Without a workbook: {'; '.join(nobody[:_MOST_NAMED])}{more}."
    if source.to_note:
        notes = wording.count(source.to_note, "thing")
        yield f"About the exports {notes} to note: see “Please note” above, or {OWN_FOLDER}/import-report.md."


def _check_place(request: Request) -> None:
    """Refuse a place that would write into the exports, or among a person's other files."""
    place = request.workbooks.resolve()
    for path in request.company:
        if place == path.resolve() or place.is_relative_to(path.resolve()):
            raise UnusableInput(
                "the workbooks would be written into the folder of the exports.",
                where=str(request.workbooks),
                remedy="Name another folder after --to; exports are only read.",
            )
    if request.workbooks.exists() and not request.workbooks.is_dir():
        raise UnusableInput("this is a file.", where=str(request.workbooks), remedy="Name a folder after --to.")
    known = {OWN_FOLDER, MANIFEST}
    there = {f.name for f in request.workbooks.iterdir()} if request.workbooks.is_dir() else set()
    if {name for name in there if not name.startswith(".")} and not there & known:
        raise UnusableInput(
            "this folder holds other files.",
            where=str(request.workbooks),
            remedy="Name an empty or new folder after --to, or one that an earlier build made.",
        )


def _name(person: Any) -> str:
    return plain(person.name) or str(person.person_id)

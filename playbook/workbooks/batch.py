"""A batch: every asked manager's workbook, chapter by chapter, side by side; what fails stays where it is.

The list of work is one task for each manager and chapter, none of which needs another. A workbook's page is made when
its last chapter is finished. With `resume` a file that is still true is left alone: its own record says so.
"""

import os
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pandas as pd

from playbook import as_of, wording
from playbook.atomic import make_private
from playbook.crm.reading_options import ReadingOptions
from playbook.errors import UnusableInput
from playbook.escaping import plain
from playbook.scratch import scratch_folder
from playbook.warm_engine import warm_parent
from playbook.workbooks import guide_page, notebook_record, page
from playbook.workbooks.account import Account
from playbook.workbooks.chapter_run import ChapterOutcome, ChapterTask, Trouble, run_chapter, warm_modules
from playbook.workbooks.circumstances_file import circumstances_beside
from playbook.workbooks.company_source import OWN_FOLDER, CompanySource, company_from
from playbook.workbooks.company_wide import CompanyWide, company_wide
from playbook.workbooks.contents import Chapter, chapters_in
from playbook.workbooks.engine import Engine
from playbook.workbooks.journals_read import carried_over, not_read, noted_circumstances, noted_starts
from playbook.workbooks.manifest import COMPLETE, FAILED, MADE, MANIFEST, ChapterState, WorkbookState
from playbook.workbooks.pdf import check_pdf
from playbook.workbooks.progress import Progress
from playbook.workbooks.rosters import managers_named, name_of, workbook_folder
from playbook.workbooks.run_facts import closing_notes, manifest_facts, overview_of
from playbook.workbooks.sole_run import remove_if_unused, sole_run
from playbook.workbooks.team_folder import lay_down
from playbook.workbooks.work_list import WorkbookRun, clear_former_chapters, stale_chapters, stale_page
from playbook.workbooks.workers import Workers

PATIENCE = 300  # seconds that one step of a chapter may take
_SECONDS_A_REP = 5  # and more for a large team: a step that looks at each rep takes half of one, on an idle machine


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
    reading: ReadingOptions = ReadingOptions()
    journals: Path | None = None
    chapters: Path | None = None
    patience: int = PATIENCE
    pdf: bool = False
    circumstances: Path | None = None


@dataclass(frozen=True)
class BatchResult:
    """What became of a batch: its managers' states in the order of their names."""

    workbooks: Path
    as_of: date
    books: Sequence[WorkbookState]
    seconds: float
    notes: tuple[str, ...] = ()
    all_computed: bool = True  # whether no part of the company-wide work failed

    @property
    def complete(self) -> bool:
        """Whether everything asked for was made, and nothing in it is off by a fault."""
        return self.all_computed and all(book.status == COMPLETE for book in self.books)


def build(request: Request, say: Callable[[str], None] = print) -> BatchResult:
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
    warm_parent.start(*warm_modules())  # it loads while the company is read
    new = not request.workbooks.exists()
    make_private(request.workbooks)
    try:
        return _built(request, chapters, say, began)
    except UnusableInput:
        if new:
            remove_if_unused(request.workbooks)
        raise


def _built(request: Request, chapters: list[Chapter], say: Callable[[str], None], began: float) -> BatchResult:
    with sole_run(request.workbooks):
        source = company_from(
            request.company,
            request.workbooks / OWN_FOLDER,
            request.reading,
            request.today,
        )
        beside = circumstances_beside(request.circumstances, source, skip_bad_rows=request.reading.skip_bad_rows)
        source = beside.source
        for line in (
            *source.report_lines,
            *beside.lines,
            *as_of.remarks_on(source.company, request.as_of, request.today),
        ):
            say(line)
        unread: list[str] = []
        places = (request.workbooks, request.journals)
        wide = company_wide(
            source,
            request.as_of,
            request.today,
            lambda company: noted_starts(company, request.managers, *places, os.environ, unread),
            lambda company: beside.and_noted(noted_circumstances(company, request.managers, *places, os.environ)),
        )
        return _made(request, chapters, source, wide, say, unread, began)


def _made(
    request: Request,
    chapters: Sequence[Chapter],
    source: CompanySource,
    wide: CompanyWide,
    say: Callable[[str], None],
    unread: Sequence[str],
    began: float,
) -> BatchResult:
    managers = managers_named(wide.company, request.managers)
    total = len(managers) * len(chapters)
    jobs = max(1, min(request.jobs, total))
    say(
        f"Making {wording.count(len(managers), 'workbook')} of {wording.count(len(chapters), 'chapter')} "
        f"from the data of {plain(wide.company.settings.name)} as of {wording.day(wide.as_of)}."
    )
    account = Account(
        request.workbooks, manifest_facts(source, wide, chapters), overview_of(source, wide), len(managers)
    )
    with (
        scratch_folder("player-to-coach-") as scratch,
        Workers(jobs, scratch) as engine,
        Progress(total) as progress,
    ):
        batch = _Batch(request, chapters, wide, account, engine, progress)
        batch.run(managers, at_once=2 * jobs + len(chapters))
    account.close()
    notes = (*not_read(unread, wide.company), *batch.notes, *closing_notes(source, wide))
    return BatchResult(request.workbooks, wide.as_of, account.states, time.monotonic() - began, notes, not wide.faults)


class _Batch:
    """The list of work goes to the engine, what comes back goes to the account."""

    def __init__(
        self,
        request: Request,
        chapters: Sequence[Chapter],
        wide: CompanyWide,
        account: Account,
        engine: Engine,
        progress: Progress,
    ) -> None:
        self._request, self._chapters, self._wide = request, tuple(chapters), wide
        self._account, self._engine, self._progress = account, engine, progress
        self._guide = guide_page.guide_files(chapters)
        self._runs: dict[Path, WorkbookRun] = {}
        self.notes: list[str] = []

    def run(self, managers: pd.DataFrame, at_once: int) -> None:
        """Make the workbooks of `managers`; at most about `at_once` tasks wait at any time."""
        for person in managers.itertuples():
            self._begin(str(person.person_id), name_of(person))
            while self._engine.unfinished >= at_once:
                self._take()
        while self._engine.unfinished:
            self._take()

    def _begin(self, person_id: str, name: str) -> None:
        """Lay down a manager's data and the place of the journal, and submit what has to be made."""
        folder = workbook_folder(self._request.workbooks, self._company_id, person_id, name)
        state = WorkbookState(person_id, name, folder, {c.key: ChapterState() for c in self._chapters})
        run = self._runs[folder] = WorkbookRun(state, self._cover(name), self._chapters, self._request.pdf)
        self._account.begun(state)
        began = time.monotonic()
        try:
            folder.mkdir(exist_ok=True, mode=0o700)
            self._bring_journal(state)
            inputs = lay_down(run, self._wide, self._guide)
            clear_former_chapters(run)
        except Exception as error:  # one team's data must not stop the others
            self._no_data(run, error)
            return
        tasks = stale_chapters(run, inputs, patience=self._patience(person_id), resume=self._request.resume)
        for _ in range(len(self._chapters) - len(tasks)):
            self._progress.finished(name)
        for task in tasks:
            self._engine.submit(run_chapter, task)
        state.seconds += time.monotonic() - began
        if not run.waiting:
            self._submit_page(run)

    def _patience(self, person_id: str) -> int:
        """How many seconds one step of a chapter may take for this manager's team."""
        reports = int((self._wide.company.people["manager_id"] == person_id).sum())
        return self._request.patience + _SECONDS_A_REP * reports

    @property
    def _company_id(self) -> str:
        return self._wide.company.settings.company_id

    def _bring_journal(self, state: WorkbookState) -> None:
        if self._request.journals is None:
            return
        old = workbook_folder(self._request.journals, self._company_id, state.person_id, state.name)
        self.notes += carried_over(old, state.folder, state.name)

    def _no_data(self, run: WorkbookRun, error: Exception) -> None:
        # The technical part may hold other people's data: it goes to the manifest, not on the manager's page.
        technical = notebook_record.without_paths(f"{type(error).__name__}: {error}")
        run.state.trouble = Trouble("This team's data could not be put together.", technical)
        for chapter in self._chapters:
            run.state.chapters[chapter.key] = ChapterState(FAILED, trouble=Trouble(run.state.trouble.sentence))
            self._progress.finished(run.state.name)
        if run.state.folder.is_dir():
            self._engine.submit(page.write_page, run.page_task(), first=True)
        else:
            self._account.finished(run.state)

    def _submit_page(self, run: WorkbookRun) -> None:
        task = stale_page(run, resume=self._request.resume)
        if task is None:
            self._account.finished(run.state)
        else:
            self._engine.submit(page.write_page, task, first=True)

    def _take(self) -> None:
        for task, answer in self._engine.finished():
            run = self._runs[task.workbook]
            if not isinstance(task, ChapterTask):
                _note_page(run, answer)
                self._account.finished(run.state)
                continue
            _note_chapter(run, task.chapter.key, answer)
            self._progress.finished(run.state.name)
            if not run.waiting:
                self._submit_page(run)

    def _cover(self, name: str) -> page.Cover:
        settings = self._wide.company.settings
        return page.Cover(
            manager=plain(name),
            company=plain(settings.name),
            team=(),
            as_of=wording.day(self._wide.as_of),
            age=f"{wording.age(self._wide.days_old)} old" if self._wide.days_old else "",
            simulated=settings.simulated,
        )


def _note_chapter(run: WorkbookRun, key: str, answer: ChapterOutcome | Exception) -> None:
    run.waiting.discard(key)
    if isinstance(answer, Exception):
        trouble = Trouble(
            "The program that runs it ended unexpectedly; the machine may be short of memory.", str(answer)
        )
        run.state.chapters[key] = ChapterState(FAILED, trouble=trouble)
        return
    status = FAILED if answer.trouble else MADE
    run.state.chapters[key] = ChapterState(status, answer.seconds, answer.warnings, answer.edited_copy, answer.trouble)
    run.state.seconds += answer.seconds


def _note_page(run: WorkbookRun, answer: page.PageOutcome | Exception) -> None:
    if isinstance(answer, Exception):
        answer = page.PageOutcome(0.0, Trouble("The page could not be made.", str(answer)))
    run.state.page = FAILED if answer.trouble else MADE
    if run.pdf:
        run.state.pdf = FAILED if answer.trouble or answer.pdf_trouble else MADE
    run.state.trouble = run.state.trouble or answer.trouble or answer.pdf_trouble
    run.state.seconds += answer.seconds


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

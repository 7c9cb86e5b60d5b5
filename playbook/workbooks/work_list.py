"""The list of work of one workbook: which of its chapters are stale, and then its page.

In: a workbook's folder with its data in place.  Out: tasks for an engine. None needs another, but for the page, which
is due once the last chapter is finished.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

from playbook.workbook import CHAPTER
from playbook.workbooks import notebook_record, page
from playbook.workbooks.chapter_run import ChapterTask
from playbook.workbooks.contents import Chapter
from playbook.workbooks.fingerprints import of_text
from playbook.workbooks.manifest import UP_TO_DATE, ChapterState, WorkbookState


@dataclass
class WorkbookRun:
    """A workbook while it is being made; `waiting` are the keys of its chapters that an engine has not handed back."""

    state: WorkbookState
    cover: page.Cover
    chapters: tuple[Chapter, ...]
    pdf: bool = False
    waiting: set[str] = field(default_factory=set)

    def page_task(self) -> page.PageTask:
        """The page of the workbook as it now is."""
        troubles = {key: c.trouble for key, c in self.state.chapters.items() if c.trouble}
        return page.PageTask(self.state.folder, self.chapters, self.cover, troubles, self.pdf)


def stale_chapters(run: WorkbookRun, inputs: str, *, patience: int, resume: bool) -> Sequence[ChapterTask]:
    """The chapters that have to be made; those that are still true are noted as kept.

    Parameters
    ----------
    inputs : the hash of everything but the chapter itself that a chapter of this workbook is made from.
    patience : how many seconds one step of a chapter may take.
    resume : without it every chapter is stale.
    """
    tasks = []
    for chapter in run.chapters:
        made_from = of_text(inputs, chapter.source)
        notebook = notebook_record.read(run.state.folder / chapter.file.name) if resume else {}
        if notebook_record.is_fresh(notebook, made_from):
            run.state.chapters[chapter.key] = ChapterState(UP_TO_DATE, warnings=notebook_record.warnings_in(notebook))
        else:
            tasks.append(ChapterTask(run.state.folder, chapter, made_from, patience))
    run.waiting = {task.chapter.key for task in tasks}
    return tasks


def clear_former_chapters(run: WorkbookRun) -> None:
    """Take away the chapters of an earlier build that are none of this one, as after a chapter was put between others.

    What is in them is made anew under another number, and answers lie in the journal. One that the manager edited is
    kept as `….mine.ipynb`; a notebook that no build made is left alone.
    """
    todays = {chapter.file.name for chapter in run.chapters}
    for file in sorted(run.state.folder.glob("*.ipynb")):
        if file.name in todays or not CHAPTER.fullmatch(file.name) or not notebook_record.is_of_a_build(file):
            continue
        if edited := notebook_record.put_edited_aside(file):
            run.state.former_chapters_edited.append(edited.name)
        file.unlink(missing_ok=True)


def stale_page(run: WorkbookRun, *, resume: bool) -> page.PageTask | None:
    """The page, if it has to be made; else it is noted as kept."""
    task = run.page_task()
    if not (resume and page.is_fresh(task)):
        return task
    run.state.page = UP_TO_DATE
    run.state.pdf = UP_TO_DATE if task.pdf else ""
    return None

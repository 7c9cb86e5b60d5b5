"""One chapter of one workbook, run by papermill: the unit of work of a batch.

Independent of every other: it reads the workbook's `team/`, runs inside the workbook's folder with `team="team"`, and
writes one file. Its cells run in a child forked from a warm process, by papermill's engine `playbook`.
"""

import logging
import pkgutil
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from playbook import chapters
from playbook.workbooks.contents import PARAMETER, Chapter
from playbook.workbooks.notebook_record import put_edited_aside, settled, without_paths, write

if TYPE_CHECKING:
    from nbformat import NotebookNode

ENGINE = "playbook"  # by papermill's entry point; see playbook.warm_engine
START_SECONDS = 120  # a kernel that has not started by then will not; a busy machine needs most of it
_LAST_STEPS = 12  # lines of a technical account; the last ones say what happened


@dataclass(frozen=True)
class ChapterTask:
    """What one run needs; `patience` is how many seconds one step of the chapter may take."""

    workbook: Path
    chapter: Chapter
    inputs: str
    patience: int


@dataclass(frozen=True)
class Trouble:
    """Why something could not be made: one sentence for everybody, and the technical part."""

    sentence: str
    technical: str = ""


@dataclass(frozen=True)
class ChapterOutcome:
    """What became of a run: the file is complete and in its place, or there is trouble and no file."""

    key: str
    seconds: float
    warnings: tuple[str, ...] = ()
    edited_copy: str = ""
    trouble: Trouble | None = None


def run_chapter(task: ChapterTask) -> ChapterOutcome:
    """Run the chapter and put it in its place; what goes wrong is told in the outcome, never raised.

    A chapter that the manager edited is first kept as `….mine.ipynb`. Where the run fails, no file is left that would
    show older figures beside the newer ones of the other chapters.
    """
    began = time.monotonic()
    file = task.workbook / task.chapter.file.name
    notebook, trouble = None, None
    warnings: list[str] = []
    try:
        notebook, warnings = settled(_executed(task), task.chapter, task.inputs)
    except Exception as error:  # whatever a chapter does, the others must not suffer
        trouble = trouble_of(error)
    try:
        edited_copy = put_edited_aside(file)
        if notebook is None:
            file.unlink(missing_ok=True)
        else:
            write(notebook, file)
    except OSError as error:
        edited_copy, trouble = None, Trouble("The chapter could not be written.", without_paths(str(error)))
    return ChapterOutcome(
        key=task.chapter.key,
        seconds=time.monotonic() - began,
        warnings=tuple(warnings),
        edited_copy=edited_copy.name if edited_copy else "",
        trouble=trouble,
    )


def warm_modules() -> list[str]:
    """What is loaded once, before any chapter runs: the modules of the chapters."""
    return [module.name for module in pkgutil.walk_packages(chapters.__path__, f"{chapters.__name__}.")]


def trouble_of(error: BaseException) -> Trouble:
    """What went wrong in a run, in one sentence that shows no data, and its technical part without paths."""
    kind = type(error).__name__
    if kind == "CellTimeoutError":
        return Trouble("One of its steps took too long and was stopped.", without_paths(str(error)))
    if kind == "DeadKernelError":
        return Trouble("The program that runs it ended unexpectedly; the machine may be short of memory.", kind)
    if kind == "PapermillExecutionError":
        steps = without_paths("\n".join(getattr(error, "traceback", []) or [str(error)])).splitlines()
        return Trouble("One of its steps met something that it cannot handle.", "\n".join(steps[-_LAST_STEPS:]))
    return Trouble("It could not be run.", without_paths(f"{kind}: {error}"))


def _executed(task: ChapterTask) -> "NotebookNode":
    import nbformat
    import papermill

    from playbook.workbooks.kernel import ThisPython  # where no process can be forked

    for name in ("papermill", "traitlets", "nbclient"):
        logging.getLogger(name).setLevel(logging.CRITICAL)
    return papermill.execute_notebook(
        nbformat.read(task.chapter.file, as_version=4),
        None,
        parameters={PARAMETER: "team"},
        cwd=task.workbook,
        engine_name=ENGINE,
        kernel_name="python3",
        language="python",
        progress_bar=False,
        start_timeout=START_SECONDS,
        execution_timeout=task.patience,
        request_save_on_cell_execute=False,
        kernel_manager_class=ThisPython,
        shutdown_kernel="immediate",
        record_timing=False,
        store_widget_state=False,
    )

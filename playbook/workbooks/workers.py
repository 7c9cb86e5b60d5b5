"""Processes that work side by side: each keeps its libraries loaded, and one that dies takes nobody's work along.

Processes, never threads: a chapter runs inside its workbook's folder, and a process has only one such place.
"""

import multiprocessing
import os
import signal
from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from playbook.forms.form import PAPER_ONLY
from playbook.warm_engine.parent_watch import end_with_parent
from playbook.warm_engine.warm_parent import FIXED_ENVIRONMENT, can_fork, warm_context

_TRIES = 2  # a task whose process died may have been the neighbour's victim: it gets one more try, alone


class ProcessDied(Exception):
    """The process that did a task ended without an answer, twice."""


@dataclass
class _Job:
    work: Callable[[Any], Any]
    task: Any
    died: int = 0


class Workers:
    """Does tasks in `jobs` processes and hands back each as it is finished.

    `scratch` is a folder for what the processes leave behind; whoever made it removes it.
    """

    def __init__(self, jobs: int, scratch: Path) -> None:
        self._jobs, self._scratch = jobs, scratch
        self._waiting: deque[_Job] = deque()
        self._suspects: deque[_Job] = deque()  # were running when a process died
        self._running: dict[Future[Any], _Job] = {}
        self._pool: ProcessPoolExecutor | None = None

    def __enter__(self) -> "Workers":
        return self

    def __exit__(self, kind: object, *_: object) -> None:
        pool, self._pool = self._pool, None
        if pool is None:
            return
        if kind is not None:  # interrupted or failed: nobody waits for what is still running
            for process in list((pool._processes or {}).values()):
                process.terminate()
        pool.shutdown(wait=True, cancel_futures=True)

    @property
    def unfinished(self) -> int:
        """How many tasks were given and not yet handed back."""
        return len(self._waiting) + len(self._suspects) + len(self._running)

    def submit(self, work: Callable[[Any], Any], task: Any, *, first: bool = False) -> None:
        """Have `work(task)` done; both must be picklable. `first` puts it before what waits."""
        job = _Job(work, task)
        (self._waiting.appendleft if first else self._waiting.append)(job)
        self._start()

    def finished(self) -> Iterator[tuple[Any, Any]]:
        """Wait until something is finished, and yield each (task, answer); an answer may be an exception."""
        self._start()
        done, _ = wait(self._running, return_when=FIRST_COMPLETED)
        broken = any(isinstance(future.exception(), BrokenProcessPool) for future in done)
        if broken:
            yield from self._after_a_death()
            return
        for future in done:
            job = self._running.pop(future)
            error = future.exception()
            self._start()
            yield job.task, future.result() if error is None else error

    def _start(self) -> None:
        if self._pool is None:
            self._pool = ProcessPoolExecutor(
                self._jobs,
                mp_context=warm_context() if can_fork() else multiprocessing.get_context("spawn"),
                initializer=_prepare_process,
                initargs=(str(self._scratch), dict(os.environ)),
            )
        alone = bool(self._suspects)
        queue = self._suspects if alone else self._waiting
        while queue and len(self._running) < (1 if alone else self._jobs):
            job = queue.popleft()
            try:
                self._running[self._pool.submit(job.work, job.task)] = job
            except BrokenProcessPool:
                queue.appendleft(job)
                return
            if alone:
                return

    def _after_a_death(self) -> Iterator[tuple[Any, Any]]:
        """Begin anew: what was running is tried once more, one at a time, so that the guilty one is known."""
        answers, lost = [], []
        for future, job in self._running.items():
            error = future.exception(timeout=60)
            if isinstance(error, BrokenProcessPool):
                lost.append(job)
            else:
                answers.append((job.task, future.result() if error is None else error))
        self._running.clear()
        if self._pool is not None:
            self._pool.shutdown(wait=True)
            self._pool = None
        for job in lost:
            job.died += 1
            if job.died < _TRIES:
                self._suspects.append(job)
            else:
                answers.append((job.task, ProcessDied("The process that ran it ended without an answer.")))
        yield from answers
        self._start()


def _prepare_process(scratch: str, environment: dict[str, str]) -> None:
    """Make a new process ready: quiet, out of the user's own Jupyter, and gone when its parent is gone.

    The warm parent, from which it is forked, may have been started in another environment.
    """
    os.environ.clear()
    os.environ.update(environment)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the parent's to answer
    for name in ("JUPYTER_CONFIG_DIR", "JUPYTER_DATA_DIR", "JUPYTER_RUNTIME_DIR", "IPYTHONDIR"):
        folder = Path(scratch) / name.lower()
        folder.mkdir(mode=0o700, exist_ok=True)
        os.environ[name] = str(folder)
    # Nobody sits at a batch: sheets are paper, and no widget's random id gets into a chapter.
    os.environ.update({**FIXED_ENVIRONMENT, "JUPYTER_NO_CONFIG": "1", PAPER_ONLY: "1"})
    end_with_parent()

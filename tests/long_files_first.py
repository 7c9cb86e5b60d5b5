"""A plugin of pytest: in which order the processes of the whole suite take its files (pyproject.toml names it).

pytest-xdist takes the files with the most tests first. The longest tests stand in files of few, so they came last, and
then one process worked on alone for minutes.
"""

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from xdist.workermanage import WorkerController

# Rooms and files whose tests take long, one by one, the longest first.
LONG = (
    "tests/browser/",
    "tests/test_checks.py",
    "tests/workbooks/",
    "notebooks/",
    "tests/disclosure/",
    "tests/readings/",
    "tests/chapters/test_any_journal.py",
    "tests/journal/",
    "tests/crm/",
    "tests/diagnosis/",
    "tests/simulate/",
)
BROWSER = "tests/browser/"  # half of their time these wait: best beside a process that computes


def rank(file: str) -> int:
    """How early a file is taken; those of one rank by how many tests they hold."""
    return next((place for place, start in enumerate(LONG) if file.startswith(start)), len(LONG))


def next_file(files_left: list[str], browser_is_busy: bool) -> str:
    """The file to take: the first by rank, but none of the browser's while another process has one of those."""
    others = [file for file in files_left if not file.startswith(BROWSER)]
    return min(others if browser_is_busy and others else files_left, key=rank)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config, log):
    """Whole files, as `--dist loadfile` gives them out, in our order."""
    if config.getvalue("dist") != "loadfile":
        return None
    from xdist.scheduler import LoadFileScheduling

    class LongFilesFirst(LoadFileScheduling):
        def _assign_work_unit(self, node: "WorkerController") -> None:
            browser_is_busy = any(
                file.startswith(BROWSER) and not all(done.values())
                for other, files in self.assigned_work.items()
                for file, done in files.items()
                if other is not node
            )
            self.workqueue.move_to_end(next_file(list(self.workqueue), browser_is_busy), last=False)
            super()._assign_work_unit(node)

    return LongFilesFirst(config, log)

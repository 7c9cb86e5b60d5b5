"""What does the work of a batch: it takes independent tasks and hands each back when it is done.

`workers.Workers` does it in processes of this machine; another engine (a cluster's queue, a test's own) fits where it
keeps to this protocol. Tasks need nothing of each other; each writes files of its own.
"""

from collections.abc import Callable, Iterator
from typing import Any, Protocol


class Engine(Protocol):
    """Does tasks side by side, in any order."""

    @property
    def unfinished(self) -> int:
        """How many tasks were submitted and not yet handed back."""
        ...

    def submit(self, work: Callable[[Any], Any], task: Any, *, first: bool = False) -> None:
        """Have `work(task)` done; both must be picklable. `first` puts it before what waits."""
        ...

    def finished(self) -> Iterator[tuple[Any, Any]]:
        """Wait until something is finished, and yield each (task, answer); an answer may be an exception."""
        ...

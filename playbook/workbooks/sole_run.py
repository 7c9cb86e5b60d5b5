"""One batch at a time in a folder of workbooks, and none of the leftovers of one that was killed."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playbook.alone import holds_alone
from playbook.atomic import append_privately
from playbook.errors import UnusableInput

_LOCK = ".build.lock"


@contextmanager
def sole_run(workbooks: Path) -> Iterator[None]:
    """Hold `workbooks` for this run; a run that ends, however it ends, lets go of it.

    Raises
    ------
    UnusableInput : if another run is at work there.
    """
    with append_privately(workbooks / _LOCK) as lock:
        if not holds_alone(lock.fileno()):
            raise UnusableInput(
                "another build is at work here.", where=str(workbooks), remedy="Wait until it is done, or stop it."
            )
        clear_unfinished(workbooks)
        yield


def remove_if_unused(workbooks: Path) -> None:
    """Take away a folder that a refused run had made and left empty but for its lock."""
    if {file.name for file in workbooks.iterdir()} <= {_LOCK}:
        (workbooks / _LOCK).unlink(missing_ok=True)
        workbooks.rmdir()


def clear_unfinished(workbooks: Path) -> None:
    """Remove the hidden `.part` files of a run that was killed while it wrote them."""
    for file in workbooks.rglob(".*.part*"):
        file.unlink(missing_ok=True)

"""Where an import that is larger than memory keeps its pieces: beside its target, gone when it ends.

What a killed import leaves is removed by the next one into the same place; a folder that another import still holds
is left alone.
"""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playbook.atomic import make_private
from playbook.errors import PlaybookError
from playbook.scratch import scratch_folder

_FULL = ("no space left", "disk full", "max_temp_directory_size", "not enough space", "disk quota")


class DiskFull(PlaybookError):
    """The disk beside the target has no room for the import's pieces."""


class MemoryShort(PlaybookError):
    """Even the pieces of an import do not fit into memory."""


@contextmanager
def workroom(target: Path) -> Iterator[Path]:
    """A folder for pieces beside `target`; it vanishes at the end, however the block ends.

    Raises
    ------
    DiskFull : if the disk has no room for what the block writes.
    MemoryShort : if memory does not suffice.
    """
    parent = target.resolve().parent
    make_private(parent)
    try:
        with scratch_folder(f".{target.name[:40]}.importing-", parent) as room:
            yield room
    except Exception as error:
        if isinstance(error, MemoryError) or "out of memory" in str(error).lower():
            raise MemoryShort(
                "the import in pieces needs more memory than there is.",
                remedy="Allow it more with --memory, close other programs, or use a larger computer.",
            ) from error
        if not _is_full(error):
            raise
        free = shutil.disk_usage(parent).free // 1024**2
        raise DiskFull(
            f"the disk is full ({free:,} MB are left after clearing up).",
            where=str(parent),
            remedy="An import that is larger than memory needs about twice the size of the exports beside its "
            "target while it runs. Make room, or choose a target on a larger disk.",
        ) from None


def _is_full(error: Exception) -> bool:
    if isinstance(error, OSError) and error.errno == 28:
        return True
    message = str(error).lower()
    return not isinstance(error, PlaybookError) and any(word in message for word in _FULL)

"""How much memory an import may use, and whether exports fit into it.

In memory an import takes about six times the size of the exports as text; what would take more than is allowed is
imported in pieces. Allowed is half of what the computer has free, or what the user says.
"""

import os
import re
import sys
from pathlib import Path

from playbook.crm.larger.sources import unpacked_size
from playbook.errors import UnusableInput

VARIABLE = "PLAYBOOK_MEMORY"
LEAST = 512 * 1024**2  # the interpreter and its libraries alone take half of this
_TIMES_THE_TEXT = 6  # measured: 0.54 GB of CSV took 3.3 GB
_SHARE = 0.5  # of what is free: others work on the computer too
_UNITS = {"": 1, "K": 1024, "M": 1024**2, "G": 1024**3, "T": 1024**4}
_UNKNOWN = 4 * 1024**3  # taken as free where the system does not say


def allowed(size_given: str = "") -> int:
    """The bytes of memory that an import may use: as told (`2GB`), as PLAYBOOK_MEMORY says, else half of what is free.

    Raises
    ------
    UnusableInput : if that is no size, or too little to work with.
    """
    size_text, where = (size_given, "--memory") if size_given else (os.environ.get(VARIABLE, ""), VARIABLE)
    if not size_text:
        return max(int(free_memory() * _SHARE), LEAST)
    match = re.fullmatch(r"\s*(\d+(?:\.\d+)?)\s*([KMGT]?)i?B?\s*", size_text, re.IGNORECASE)
    if not match:
        raise UnusableInput(f"{size_text!r} is no size.", where=where, remedy="Write a size such as 2GB.")
    size = int(float(match.group(1)) * _UNITS[match.group(2).upper()])
    if size < LEAST:
        raise UnusableInput(
            f"{size_text!r} is too little to import anything.",
            where=where,
            remedy=f"Give {LEAST // 1024**2}MB at least.",
        )
    return size


def fits(paths: list[Path], memory: int) -> bool:
    """Whether the exports under `paths` can be imported in that many bytes of memory.

    Raises
    ------
    UnusableInput : if a path does not exist.
    """
    enough = memory // _TIMES_THE_TEXT
    return unpacked_size(paths, enough) <= enough


def free_memory() -> int:
    """The bytes of memory that are free here, within the limit of a container."""
    limits = [_of_the_system(), *_of_the_container()]
    return min(limits)


def _of_the_system() -> int:
    meminfo = Path("/proc/meminfo")
    if meminfo.is_file() and (match := re.search(r"MemAvailable:\s+(\d+) kB", meminfo.read_text())):
        return int(match.group(1)) * 1024
    if sys.platform == "win32":
        return _of_windows()
    try:
        return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") // 2
    except (AttributeError, OSError, ValueError):
        return _UNKNOWN


def _of_the_container() -> list[int]:
    limit, used = Path("/sys/fs/cgroup/memory.max"), Path("/sys/fs/cgroup/memory.current")
    try:
        return [max(int(limit.read_text()) - int(used.read_text()), 0)]
    except (OSError, ValueError):  # no such file, or "max"
        return []


if sys.platform == "win32":

    def _of_windows() -> int:
        import ctypes

        class Status(ctypes.Structure):
            _fields_ = [("length", ctypes.c_ulong), ("load", ctypes.c_ulong)] + [
                (name, ctypes.c_ulonglong) for name in ("all", "free", "all_pages", "pages", "all_own", "own", "more")
            ]

        status = Status(length=ctypes.sizeof(Status))
        answered = ctypes.windll.kernel32.GlobalMemoryStatusEx(ctypes.byref(status))
        return status.free if answered else _UNKNOWN

"""The warm parent: a clean process of one thread that holds the libraries, from which others are forked.

It is the standard library's fork server. A process that was forked from it is warm itself, and forks its own children.
Where a platform cannot fork safely (Windows; macOS, whose system libraries start threads), there is none.
"""

import multiprocessing
import multiprocessing.forkserver
import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from multiprocessing.context import ForkContext, ForkServerContext

# One thread a process: notebooks run beside one another, threads of libraries would only get in each other's way, and a
# process with threads must not fork. One hash seed: the same inputs give the same bytes.
FIXED_ENVIRONMENT = {
    "OMP_NUM_THREADS": "1",
    "OPENBLAS_NUM_THREADS": "1",
    "MKL_NUM_THREADS": "1",
    "JE_ARROW_MALLOC_CONF": "background_thread:false",
    "PYTHONHASHSEED": "0",
    "MPLBACKEND": "module://matplotlib_inline.backend_inline",  # as a kernel sets it
}
_LIBRARIES = "playbook.warm_engine.preload"


def can_fork() -> bool:
    """Whether this platform forks safely."""
    return sys.platform.startswith("linux")


def start(*modules: str) -> None:
    """Start the warm parent, unless it runs; it then loads its libraries and `modules` while the caller goes on."""
    if can_fork() and not _is_warm():
        _start([_LIBRARIES, *modules])


def warm_context() -> "ForkContext | ForkServerContext":
    """How to start a process that is warm from its first moment: forked from this one if it is warm, else from the
    warm parent.

    Raises
    ------
    RuntimeError : where the platform cannot fork safely.
    """
    if not can_fork():
        raise RuntimeError("this platform cannot fork safely")
    if _is_warm():
        return multiprocessing.get_context("fork")
    start()
    return multiprocessing.get_context("forkserver")


def _is_warm() -> bool:
    """Whether this process was forked from the warm parent and has stayed fit to be forked."""
    forked = multiprocessing.forkserver.get_inherited_fds() is not None
    return forked and "playbook.warm_engine.preload" in sys.modules and thread_count() == 1


def thread_count() -> int:
    """How many threads this process has, those of libraries included; Linux only."""
    return len(os.listdir("/proc/self/task"))


def _start(modules: Sequence[str]) -> None:
    multiprocessing.forkserver.set_forkserver_preload(list(modules))
    with _environment(FIXED_ENVIRONMENT):
        multiprocessing.forkserver.ensure_running()


@contextmanager
def _environment(values: dict[str, str]) -> Iterator[None]:
    """The environment of what is started meanwhile; this process gets its own back."""
    before = {name: os.environ.get(name) for name in values}
    os.environ.update(values)
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                del os.environ[name]
            else:
                os.environ[name] = value

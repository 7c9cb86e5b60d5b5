"""A process that ends when the one that started it is gone, however that one died; no thread watches for it."""

import multiprocessing
import os
import select
import signal
import threading
from multiprocessing.connection import wait as wait_for

from playbook.warm_engine.warm_parent import can_fork


def end_with_parent() -> None:
    """End this process as soon as its parent is gone; for processes that multiprocessing started."""
    parent = multiprocessing.parent_process()
    if parent is None:
        return
    if can_fork():
        _be_signalled(parent.sentinel)
    else:
        threading.Thread(target=_wait_and_end, args=(parent.sentinel,), daemon=True).start()


def _be_signalled(sentinel: int) -> None:
    """Have the system send SIGIO, which ends a process, when the parent's end of the pipe is closed.

    A thread that waits would do as well, but a process with threads must not fork.
    """
    import fcntl

    signal.signal(signal.SIGIO, signal.SIG_DFL)
    fcntl.fcntl(sentinel, fcntl.F_SETOWN, os.getpid())
    fcntl.fcntl(sentinel, fcntl.F_SETFL, fcntl.fcntl(sentinel, fcntl.F_GETFL) | os.O_ASYNC)
    if select.select([sentinel], [], [], 0)[0]:  # gone before we could ask
        os._exit(1)


def _wait_and_end(sentinel: int) -> None:
    wait_for([sentinel])
    os._exit(1)

"""Whether this process is the only one at a piece of work: a lock on an open file, taken without waiting."""

import sys


def holds_alone(handle: int) -> bool:
    """Take the open file `handle` for this process; False if another holds it. The system lets go when it is closed."""
    try:
        if sys.platform == "win32":
            import msvcrt

            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True

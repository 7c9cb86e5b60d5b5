"""Make the folder .venv that the kit runs in, unless it is there and right.

It counts as right only with its stamp, which is written last. So a set-up that was killed, two at once, a changed lock,
a moved folder or a Python that was upgraded underneath never leave one that looks finished and is not.
"""

import hashlib
import importlib.util
import os
import platform
import shutil
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path

from kit_install import Missing, clean_environment, install, run_step

RECIPE = "1"  # raise it when a finished .venv must be made again although the lock is the same
DISK_NEEDED = 2_000_000_000  # bytes: 1 GB of packages, and as much again while they are unpacked

FIRST_TIME = "Setting up Player to Coach in .venv (1 GB): once, a minute, or a few on a slow line."

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
BEFORE = ROOT / ".venv.before"  # the last right one, until the new one is
LOCK = ROOT / "requirements.lock"
PROJECT = ROOT / "pyproject.toml"
STAMP = VENV / "kit-stamp.txt"
LOG = ROOT / "build" / "setup.log"

__all__ = [
    "ROOT",
    "Missing",
    "base_python",
    "check_machine",
    "clean_environment",
    "is_ready",
    "one_at_a_time",
    "set_up",
    "venv_python",
    "version_of",
]


def venv_python():
    """The Python inside .venv."""
    return VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


def fingerprint():
    """What a finished .venv was made from; when it changes, .venv is made again (paths are written into it)."""
    lock = hashlib.sha256(LOCK.read_bytes()).hexdigest()
    project = hashlib.sha256(PROJECT.read_bytes()).hexdigest()  # commands and entry points are written at set-up
    made_for = f"for {sys.platform} {platform.machine()}"
    return "\n".join([f"recipe {RECIPE}", f"lock {lock}", f"project {project}", made_for, str(ROOT)])


def is_ready():
    """Whether .venv is complete, made from this lock, and its Python still is the version that it was made for."""
    try:
        stamp, _, version = STAMP.read_text(encoding="utf-8").rpartition("\n")
    except OSError:
        return False
    return stamp == fingerprint() and version == version_of(venv_python())


def version_of(python):
    """Major and minor version of a Python, as "3.11"; "" if it does not run (its base was removed, say)."""
    ask = [str(python), "-I", "-S", "-c", "import sys; print(*sys.version_info[:2], sep='.')"]
    try:
        output = subprocess.run(ask, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, timeout=60).stdout
    except (OSError, subprocess.SubprocessError):
        return ""
    return output.decode().strip()


def set_up():
    """Make .venv unless it is ready. If that fails, the one before, if any, is as it was; raises Missing."""
    _check_lock()
    if is_ready():
        return
    check_machine(DISK_NEEDED)
    with one_at_a_time():
        if is_ready():  # another window did it while this one waited
            return
        _put_aside()
        try:
            _make()
        except BaseException:
            shutil.rmtree(VENV, ignore_errors=True)
            if BEFORE.exists() and not VENV.exists():
                BEFORE.rename(VENV)
            raise
        shutil.rmtree(BEFORE, ignore_errors=True)


def _check_lock():
    if not LOCK.exists():
        raise Missing(f"requirements.lock is missing in {ROOT}: unpack the whole kit, not only a part of it.")


def check_machine(disk_needed):
    """Say in one sentence (Missing) what this machine lacks, before anything is begun; `disk_needed` in bytes."""
    if not (importlib.util.find_spec("venv") and importlib.util.find_spec("ensurepip")):
        cure = "install a complete Python, then start again"
        if shutil.which("apt-get"):
            cure = f"run `sudo apt install python3.{sys.version_info.minor}-venv`, then start again"
        raise Missing(f"This Python lacks the part that makes private environments (venv with ensurepip): {cure}.")
    if not os.access(ROOT, os.W_OK):
        raise Missing(f"The folder {ROOT} cannot be written to: copy the kit to a folder of your own.")
    free = shutil.disk_usage(ROOT).free
    if free < disk_needed:
        room = f"The disk has {free / 1e9:.1f} GB free and setting up needs {disk_needed / 1e9:.1f} GB"
        raise Missing(f"{room}: make room, then start again.")


@contextmanager
def one_at_a_time():
    """Hold the project's set-up lock; the system lets go of it when this process ends, however it ends.

    An installer inherits the lock: if this process is killed, the next set-up waits until that one is done writing.
    """
    with open(ROOT / ".venv.lock", "a+") as handle:
        os.set_inheritable(handle.fileno(), True)
        if not _try_lock(handle):
            print("Another window is setting up Player to Coach; waiting for it.", flush=True)
            while not _try_lock(handle):
                time.sleep(0.5)
        yield


def _try_lock(handle):
    """Take the lock if it is free. A file system that knows no locks counts as free."""
    if os.name == "nt":
        import msvcrt

        try:
            handle.seek(0)
            msvcrt.locking(handle.fileno(), msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True
    import fcntl

    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    except OSError:
        pass
    return True


def _put_aside():
    """Keep a complete older .venv until the new one is complete; clear away one that was cut off."""
    try:
        if STAMP.exists():
            if BEFORE.exists():
                shutil.rmtree(BEFORE)
            VENV.rename(BEFORE)
        elif VENV.exists():
            shutil.rmtree(VENV)
    except OSError as error:
        raise Missing("The folder .venv is in use: close the kit's other windows, then start again.") from error


def _make():
    started = time.time()
    LOG.parent.mkdir(parents=True, exist_ok=True)
    LOG.write_bytes(b"")
    print("Bringing .venv up to date." if BEFORE.exists() else FIRST_TIME, flush=True)
    run_step("a Python of its own", [base_python(), "-m", "venv", str(VENV)], LOG)
    install(venv_python(), LOCK, ROOT, LOG)
    STAMP.write_text(f"{fingerprint()}\n{version_of(venv_python())}", encoding="utf-8")
    print(f"Set up in {time.time() - started:.0f} seconds.", flush=True)


def base_python():
    """The Python that a new environment stands on; not one that is itself inside an environment."""
    return getattr(sys, "_base_executable", None) or sys.executable

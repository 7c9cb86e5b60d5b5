"""The environment of `kit.py audit`: .venv.audit, made when it is first needed, from a lock of its own.

The auditor is no part of the kit, and nothing of the kit need be installed to audit it. Like .venv it counts as right
only with its stamp, which is written last; unlike .venv it is small, so one that is not right is simply made again.
"""

import hashlib
import os
import shutil

from kit_install import HASHED, run_step
from kit_setup import LOG, ROOT, base_python, check_machine, one_at_a_time, version_of

VENV = ROOT / ".venv.audit"
LOCK = ROOT / "requirements-audit.lock"
STAMP = VENV / "kit-stamp.txt"
DISK_NEEDED = 200_000_000  # bytes


def python():
    """The Python inside .venv.audit."""
    return VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


def set_up():
    """Make .venv.audit unless it is there and right; raises Missing."""
    if _is_ready():
        return
    check_machine(DISK_NEEDED)
    with one_at_a_time():
        if _is_ready():  # another window did it while this one waited
            return
        shutil.rmtree(VENV, ignore_errors=True)
        LOG.parent.mkdir(parents=True, exist_ok=True)
        LOG.write_bytes(b"")
        print("Setting up the audit in .venv.audit: once, some seconds.", flush=True)
        run_step("a Python of its own", [base_python(), "-m", "venv", str(VENV)], LOG)
        run_step("the auditor", [str(python()), "-m", "pip", "install"] + HASHED + [str(LOCK)], LOG)
        STAMP.write_text(_fingerprint(), encoding="utf-8")


def _is_ready():
    try:
        return STAMP.read_text(encoding="utf-8") == _fingerprint()
    except OSError:
        return False


def _fingerprint():
    """What a finished .venv.audit was made from, and by which Python."""
    return "\n".join([hashlib.sha256(LOCK.read_bytes()).hexdigest(), str(ROOT), version_of(python())])

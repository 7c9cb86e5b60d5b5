"""Install the locked packages and the playbook into .venv, and say in one sentence why it failed where it does.

Every package is checked by its hash. uv does it in seconds; it is itself installed by pip from its hash in the lock.
pip does it all where uv cannot, as pip knows every setting that a company may have made for its mirror.
"""

import ast
import os
import platform
import re
import subprocess
import sys
import tempfile
import time
from contextlib import suppress
from pathlib import Path

HASHED = ["--require-hashes", "--only-binary=:all:", "-r"]


class Missing(Exception):
    """Something that the person at the keyboard can put right. Its text is one sentence, with the remedy."""


def clean_environment():
    """Variables for the kit's own Python: without those that lend it another Python's packages, or keep it slow.

    What Python keeps of a module that it compiled lies in this folder, which is the kit's own. Without it each start
    compiles every package anew: eight seconds where it takes three.
    """
    unwanted = ("PYTHONPATH", "PYTHONHOME", "PYTHONDONTWRITEBYTECODE")
    environment = {key: value for key, value in os.environ.items() if key not in unwanted}
    environment.update(PIP_USER="0", PIP_DISABLE_PIP_VERSION_CHECK="1")
    if os.name == "nt":
        environment["PYTHONUTF8"] = "1"
    return environment


def install(python, lock, root, log):
    """Put every package of the file `lock`, then the project in `root`, into the environment of `python`."""
    pins = lock.read_text(encoding="utf-8")
    pip = [str(python), "-m", "pip", "install"]
    count = f"{len(re.findall(r'^[A-Za-z0-9]', pins, re.M))} packages"
    if not _install_by_uv(python, lock, pins, pip, count, log):
        run_step(count + ", the slow way (a minute or two)", pip + HASHED + [str(lock)], log)
    # From this folder, so that a change in it counts at once; without an index, so that it needs no network.
    of_its_own = ["--no-deps", "--no-index", "--no-build-isolation", "--editable", str(root)]
    run_step("the playbook", pip + of_its_own, log)


def _install_by_uv(python, lock, pins, pip, count, log):
    """Install all by uv. False where uv cannot be had or fails, and pip might not."""
    with tempfile.TemporaryDirectory() as folder:
        only_uv = Path(folder) / "uv.lock.txt"
        only_uv.write_text(pinned(pins, "uv"), encoding="utf-8")
        if not _works("the installer", pip + HASHED + [str(only_uv)], log, final=(FULL, DISTRUSTED, OFFLINE)):
            return False
    uv = [str(python), "-m", "uv", "pip", "install", "--python", str(python)]
    environment = uv_environment(clean_environment(), _pip_settings(python))
    return _works(count, uv + HASHED + [str(lock)], log, environment, final=(FULL,))


def pinned(pins, name):
    """The block of one package in a lock: its version and its hashes."""
    block = re.search(rf"^{re.escape(name)}==.*?(?=^\S|\Z)", pins, re.M | re.S)
    if not block:
        raise Missing(f"requirements.lock is damaged, it does not name {name}: unpack the kit again.")
    return "".join(line for line in block.group().splitlines(True) if not line.lstrip().startswith("#"))


# ---------------------------------------------------------------------------- settings for a company's mirror


def _pip_settings(python):
    """What pip was told on this machine, as {"index-url": ...}; `install` goes before `global`, PIP_* before both."""
    argv = [str(python), "-m", "pip", "config", "list"]
    listed = subprocess.run(argv, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=clean_environment())
    return parsed_settings(listed.stdout.decode("utf-8", "replace"))


def parsed_settings(listed):
    """The lines of `pip config list`, as one dictionary; where a setting is made twice, the one that pip obeys."""
    rank = {"global": 0, "install": 1, ":env:": 2}
    settings = []
    for line in listed.splitlines():
        place, _, rest = line.partition(".")
        key, _, value = rest.partition("=")
        if place in rank and value:
            settings.append((rank[place], key, str(ast.literal_eval(value))))
    return {key: value for _, key, value in sorted(settings, key=lambda setting: setting[0])}


def uv_environment(environment, pip):
    """`environment` plus pip's settings in uv's words, as uv reads none of pip's; what was set for uv itself stays."""
    environment_of_uv = {
        "UV_DEFAULT_INDEX": pip.get("index-url"),
        "UV_INDEX": " ".join(pip.get("extra-index-url", "").split()),
        "UV_INDEX_STRATEGY": "unsafe-best-match",  # pip's way with several indexes; safe, as the hashes decide
        "UV_FIND_LINKS": ",".join(pip.get("find-links", "").split()),
        "UV_NO_INDEX": "1" if pip.get("no-index", "").lower() in ("1", "true", "yes", "on") else None,
        "UV_INSECURE_HOST": " ".join(pip.get("trusted-host", "").split()),
        "UV_HTTP_TIMEOUT": pip.get("timeout") or pip.get("default-timeout"),
        "SSL_CERT_FILE": pip.get("cert"),
        "SSL_CLIENT_CERT": pip.get("client-cert"),
        "ALL_PROXY": pip.get("proxy"),
        "UV_SYSTEM_CERTS": "1",  # a company's own certificate is in the system's store
        "UV_NO_PROGRESS": "1",
    }
    return dict({key: value for key, value in environment_of_uv.items() if value}, **environment)


# ------------------------------------------------------------------------------- one step, shown and explained

FULL = "The disk is full: make room, then start again."
DISTRUSTED = (
    "The package index showed a certificate that this machine does not trust: ask your IT for the company's "
    "certificate file, name it in the variable PIP_CERT, then start again."
)
OFFLINE = (
    "The package index cannot be reached: connect to the internet (behind a company's mirror: name it in the variable "
    "PIP_INDEX_URL), then start again."
)
CHANGED = "A downloaded package is not the one that this kit was tested with: ask whoever runs your package mirror."
NOT_OFFERED = (
    f"A package is not offered for Python {platform.python_version()} on this machine: try Python 3.12, or ask whoever "
    "runs your package mirror."
)
TOO_LONG = "The folder's path is too long for Windows: move the kit to a shorter one, then start again."
FORBIDDEN = "A file in .venv could not be written: close the kit's other windows, then start again."

REASONS = (  # what an installer says, and what it means; the first that fits
    (r"No space left|os error 28\b|os error 112\b|Errno 28\b", FULL),
    (r"CERTIFICATE_VERIFY_FAILED|certificate verify failed|invalid peer certificate|UnknownIssuer", DISTRUSTED),
    (
        r"Retrying \(|NewConnectionError|NameResolution|ProxyError|dns error|error sending request|timed out",
        OFFLINE,
    ),
    (r"DO NOT MATCH THE HASHES|[Hh]ash mismatch", CHANGED),
    (r"No matching distribution|No solution found|no (usable )?wheels", NOT_OFFERED),
    (r"WinError 206\b|os error 206\b", TOO_LONG),
    (r"Permission denied|Access is denied|os error 5\b|os error 13\b", FORBIDDEN),
)


def _works(what, argv, log, environment=None, final=()):
    """Run a step for which there is another way; False if it failed, unless for a reason in `final`."""
    try:
        run_step(what, argv, log, environment)
    except Missing as missing:
        if str(missing) in final:
            raise
        return False
    return True


def run_step(what, argv, log, environment=None):
    """Run one program of the set-up, with its seconds ticking; what it says goes to `log`. Raises Missing."""
    started = time.time()
    live = sys.stdout.isatty()
    with open(log, "ab") as handle:
        start = handle.seek(0, os.SEEK_END)
        child = subprocess.Popen(
            argv,
            stdin=subprocess.DEVNULL,
            stdout=handle,
            stderr=subprocess.STDOUT,
            env=environment or clean_environment(),
            close_fds=False,  # the set-up lock goes with it
        )
        try:
            while child.poll() is None:
                if live:
                    print(f"\r  {what} ... {time.time() - started:.0f} s", end="", flush=True)
                with suppress(subprocess.TimeoutExpired):
                    child.wait(timeout=1)
        except BaseException:
            child.kill()
            child.wait()
            raise
    outcome = "failed" if child.returncode else f"{time.time() - started:.0f} s"
    print(("\r" if live else "") + f"  {what} ... {outcome}", flush=True)
    if child.returncode:
        raise Missing(reason(what, log.read_bytes()[start:].decode("utf-8", "replace")))


def reason(what, output):
    """One sentence for a step that failed, from what its program said."""
    for pattern, sentence in REASONS:
        if re.search(pattern, output):
            return sentence
    return f"Setting up failed at {what}: build/setup.log says why."

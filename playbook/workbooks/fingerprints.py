"""What tells whether a chapter is still true: hashes of everything that it was made from."""

import hashlib
import importlib.metadata
import platform
from collections.abc import Iterable
from functools import cache
from pathlib import Path

import playbook
from playbook.chapter_numbers import numbers

_PACKAGES = ("pandas", "numpy", "matplotlib", "papermill", "nbclient", "nbconvert", "ipykernel", "pyarrow")


def of_text(*parts: str) -> str:
    """The SHA-256 of `parts`; where one ends and the next begins counts too."""
    digest = hashlib.sha256()
    for part in parts:
        raw = part.encode()
        digest.update(f"{len(raw)}:".encode() + raw)
    return digest.hexdigest()


def of_file(file: Path) -> str:
    """The SHA-256 of a file's bytes; of nothing, if there is no file."""
    return hashlib.sha256(file.read_bytes() if file.is_file() else b"").hexdigest()


def of_files(folder: Path, files: Iterable[Path]) -> str:
    """One hash of the names (relative to `folder`) and bytes of `files`."""
    return of_text(*(f"{file.relative_to(folder).as_posix()}={of_file(file)}" for file in sorted(files)))


def of_folder(folder: Path) -> str:
    """One hash of every file in `folder` that is not hidden."""
    return of_files(folder, (f for f in folder.rglob("*") if f.is_file() and not f.name.startswith(".")))


@cache
def of_code() -> str:
    """One hash of the kit's own files, its chapters' numbers, and the versions of what a chapter runs on."""
    package = Path(playbook.__file__).parent
    files = (
        f for f in package.rglob("*") if f.is_file() and "__pycache__" not in f.parts and not f.name.startswith(".")
    )
    chapters = (f"{key} {number}" for key, number in numbers().items())  # sentences name them by number
    return of_text(of_files(package, files), *chapters, *(f"{name} {version}" for name, version in versions().items()))


@cache
def versions() -> dict[str, str]:
    """The versions of Python, of the kit, and of the packages that a workbook's bytes depend on."""
    installed = {name: importlib.metadata.version(name) for name in _PACKAGES}
    return {"python": platform.python_version(), "player-to-coach": playbook.__version__, **installed}

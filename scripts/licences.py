"""The licence of each pinned version, as an SPDX expression where the package gives one.

What counts is what a package says of itself: its licence expression, else the line in its field for one, else its
classifiers. Read in .venv where that version is installed, else as the package index describes it for another system.
"""

import json
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterable
from importlib.metadata import Distribution, distributions
from pathlib import Path
from typing import NamedTuple

from lock_file import Pin
from packaging.utils import canonicalize_name

SYSTEMS = ("manylinux_2_28_x86_64", "win_amd64", "macosx_14_0_arm64")
PYTHONS = ("3.11", "3.12")
LONGEST = 60  # characters; longer, and the field holds the licence's text
# Packages that say it nowhere but in the file LICENSE that they bring.
READ_BY_HAND = {"axe-playwright-python": "MIT"}
# What the words of packages without an expression mean, where they can mean one licence only.
SPDX = {
    "3-clause bsd license": "BSD-3-Clause",
    "apache 2.0": "Apache-2.0",
    "apache license, version 2.0": "Apache-2.0",
    "apache software license": "Apache-2.0",
    "bsd": "BSD License",
    "isc license": "ISC",
    "isc license (iscl)": "ISC",
    "mit license": "MIT",
    "mozilla public license 2.0 (mpl 2.0)": "MPL-2.0",
    "psfl": "PSF-2.0",
    "python software foundation license": "PSF-2.0",
}


class Declared(NamedTuple):
    """What a package declares in its metadata."""

    expression: str
    text: str
    classifiers: tuple[str, ...]


def licence(name: str, declared: Declared) -> str:
    """The licence of a package: an SPDX expression, or the words of its classifiers.

    Raises ValueError where it declares none, so that somebody reads its files.
    """
    if declared.expression or name in READ_BY_HAND:
        return declared.expression or READ_BY_HAND[name]
    text = declared.text.strip()
    if clauses := re.match(r"BSD (\d)-Clause License\b", text):
        return f"BSD-{clauses[1]}-Clause"
    texts = [text] if text and len(text) <= LONGEST and "\n" not in text and text != "UNKNOWN" else []
    kinds = [each.rpartition(" :: ")[2] for each in declared.classifiers if each.startswith("License ::")]
    kinds = [kind for kind in kinds if kind not in ("OSI Approved", "DFSG approved")]
    for words in [*texts, " or ".join(kinds)]:
        if words:
            return SPDX.get(words.lower(), words)
    raise ValueError(f"{name} declares no licence: read its files, then add it to READ_BY_HAND")


def declared(pinned: Iterable[Pin], site_packages: Path) -> dict[tuple[str, str], Declared]:
    """What each pinned version declares, by name and version; from `site_packages`, else from the package index."""
    here: dict[tuple[str, str], Distribution] = {
        (canonicalize_name(each.name), each.version): each for each in distributions(path=[str(site_packages)])
    }
    declarations = {}
    for name, version in dict.fromkeys((pin.name, pin.version) for pin in pinned):
        if dist := here.get((name, version)):
            fields = {
                key: dist.metadata.get_all(key) or [""] for key in ("License-Expression", "License", "Classifier")
            }
            expression, text = str(fields["License-Expression"][0]), str(fields["License"][0])
            declarations[name, version] = Declared(expression, text, tuple(map(str, fields["Classifier"])))
        else:
            declarations[name, version] = _described(name, version)
    return declarations


def _described(name: str, version: str) -> Declared:
    """What the package index says of a version that is not for this system; nothing is installed."""
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "report.json"
        for system, python in ((system, python) for system in SYSTEMS for python in PYTHONS):
            argv = [
                sys.executable,
                "-m",
                "pip",
                "install",
                "--dry-run",
                "--quiet",
                "--report",
                str(report),
                "--no-deps",
            ]
            argv += ["--only-binary=:all:", "--target", folder, "--platform", system, "--python-version", python]
            if subprocess.run([*argv, f"{name}=={version}"], capture_output=True).returncode == 0:
                fields = json.loads(report.read_text(encoding="utf-8"))["install"][0]["metadata"]
                kinds = tuple(fields.get("classifier", ()))
                return Declared(fields.get("license_expression", ""), fields.get("license", ""), kinds)
    raise ValueError(f"{name} {version} is offered for none of {', '.join(SYSTEMS)}")

"""Read the files that name what the kit needs: requirements.in, requirements.lock, environment.yml, pyproject.toml."""

import re
import tomllib
from pathlib import Path

import yaml
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parents[2]
KIT = "the kit"  # a part of requirements.in
EXTRAS = {  # name in pyproject.toml: part of requirements.in
    "database": "a journal in a database",
    "pdf": "a PDF of each workbook",
    "connectors": "straight from a CRM",
    "voila": "pages that run by themselves",
}
PLATFORMS = "older where a platform is no longer served"


def requirements_of(part: str | None = None) -> list[Requirement]:
    """The requirements of one part of requirements.in; of all parts but the platforms' exceptions by default."""
    requirements, here = [], ""
    for line in (ROOT / "requirements.in").read_text().splitlines():
        if title := re.fullmatch(r"# --- (.+) ---", line):
            here = title[1]
        elif text := line.split("#")[0].strip():
            wanted = here == part if part else here != PLATFORMS
            requirements += [Requirement(text)] if wanted else []
    return requirements


def locked() -> dict[str, list[Requirement]]:
    """Every pin of requirements.lock by name; several where the version depends on the platform or Python."""
    pins: dict[str, list[Requirement]] = {}
    for text in re.findall(r"^([A-Za-z0-9][^\\\n]*)", (ROOT / "requirements.lock").read_text(), re.M):
        pin = Requirement(text)
        pins.setdefault(canonicalize_name(pin.name), []).append(pin)
    return pins


def locked_versions(name: str) -> list[str]:
    """The versions that the lock holds of one package."""
    return [next(iter(pin.specifier)).version for pin in locked().get(canonicalize_name(name), [])]


def conda_environment() -> dict:
    """environment.yml as it stands."""
    return yaml.safe_load((ROOT / "environment.yml").read_text())


def project() -> dict:
    """The [project] table of pyproject.toml."""
    return tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]

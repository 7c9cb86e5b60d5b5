"""Tell what is known against any version that the kit pins.

    python3 scripts/kit.py audit                      asks the package index, through pip-audit
    python3 scripts/kit.py audit --advisories FILE    reads a file of advisories instead, and asks nobody

Exit status: 0 if nothing is known, 1 if something is, or if a version could not be judged, 2 if nobody could be asked.
"""

import argparse
import json
import subprocess
import sys
import tempfile
from collections.abc import Collection, Iterable
from pathlib import Path
from typing import NamedTuple

import advisories
from advisories import Unreadable, Vulnerability
from lock_file import Pin, pins

ROOT = Path(__file__).resolve().parent.parent
LOCKS = ("requirements.lock", "requirements-audit.lock")
LOG = ROOT / "build" / "audit.log"
UNREACHED = (
    "The package index could not be asked (build/audit.log says why): connect to the internet, or hand over a file of "
    "advisories (OSV) with --advisories FILE."
)
UNKNOWN = (
    "The package index that answers here tells nothing of vulnerabilities, as mirrors often do not: hand over a file "
    "of advisories (OSV) with --advisories FILE."
)


class Outcome(NamedTuple):
    """What an audit came to."""

    known: list[Vulnerability]
    unjudged: list[str]  # versions that the index did not know, as "numpy 2.5.5"
    source: str  # who was asked, for the last sentence


def main(words: list[str]) -> int:
    """Audit both locks, print what is known; returns the exit status."""
    options = _parsed(words)
    pinned = [pin for lock in LOCKS for pin in pins(ROOT / lock)]
    try:
        outcome = from_file(pinned, options.advisories) if options.advisories else from_index(pinned)
    except Unreadable as problem:
        print(problem, file=sys.stderr)
        return 2
    print("\n".join(sentences(outcome, len({(pin.name, pin.version) for pin in pinned}))))
    return 1 if outcome.known or outcome.unjudged else 0


def _parsed(words: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="kit.py audit", description="Known vulnerabilities of what the kit pins.")
    parser.add_argument("--advisories", type=Path, metavar="FILE", help="advisories (OSV: .json, or .zip of such)")
    return parser.parse_args(words)


def from_file(pinned: Iterable[Pin], file: Path) -> Outcome:
    """What a file of advisories says. Raises Unreadable."""
    read = advisories.read(file)
    until = f", the latest of {read.latest}" if read.latest else ""
    return Outcome(read.against(pinned), [], f"{file.name} ({len(read.entries):,} advisories{until})")


def from_index(pinned: Collection[Pin]) -> Outcome:
    """What the package index says, asked through pip-audit, for every system at once. Raises Unreadable."""
    known: dict[tuple[str, str, str], Vulnerability] = {}
    unjudged: dict[str, None] = {}
    for round_of_pins in _rounds(pinned):
        for dependency in _asked(round_of_pins)["dependencies"]:
            if "skip_reason" in dependency:
                unjudged[f"{dependency['name']} {round_of_pins.get(dependency['name'], '')}".strip()] = None
            for each in dependency.get("vulns", ()):
                name, version = dependency["name"], dependency["version"]
                ids = (each["id"], *each.get("aliases", ()))
                hit = Vulnerability(name, version, ids, each.get("description", ""), tuple(each["fix_versions"]))
                known[name, version, each["id"]] = hit
    if len(unjudged) == len({(pin.name, pin.version) for pin in pinned}):
        raise Unreadable(UNKNOWN)
    return Outcome(list(known.values()), list(unjudged), "the package index")


def _rounds(pinned: Iterable[Pin]) -> list[dict[str, str]]:
    """Names and versions in as few lists as hold no name twice: pip-audit takes one version of each."""
    rounds: list[dict[str, str]] = []
    for name, version in dict.fromkeys((pin.name, pin.version) for pin in pinned):
        place = next((each for each in rounds if name not in each), None)
        if place is None:
            rounds.append(place := {})
        place[name] = version
    return rounds


def _asked(versions: dict[str, str]) -> dict:
    """The answer of pip-audit about these versions. Raises Unreadable if there is none."""
    with tempfile.TemporaryDirectory() as folder:
        listed = Path(folder) / "versions.txt"
        listed.write_text("".join(f"{name}=={version}\n" for name, version in versions.items()), encoding="utf-8")
        argv = [sys.executable, "-m", "pip_audit", "--requirement", str(listed), "--no-deps", "--disable-pip"]
        argv += ["--format", "json", "--progress-spinner", "off"]
        answer = subprocess.run(argv, capture_output=True, text=True, encoding="utf-8", errors="replace")
    try:
        return json.loads(answer.stdout)
    except ValueError:
        LOG.parent.mkdir(parents=True, exist_ok=True)
        LOG.write_text(answer.stderr, encoding="utf-8")
        raise Unreadable(UNREACHED) from None


def sentences(outcome: Outcome, count: int) -> list[str]:
    """What to print, a line each: what is known, what could not be judged, and the sum."""
    lines = [_sentence(each) for each in outcome.known]
    if outcome.unjudged:
        lines.append(f"Not known to {outcome.source}, so not judged: {', '.join(outcome.unjudged)}.")
    hit = len({(each.name, each.version) for each in outcome.known})
    checked = f"{count - len(outcome.unjudged)} pinned versions were checked against {outcome.source}"
    if not hit:
        return [*lines, f"{checked}: nothing is known against any of them."]
    versions = "one of them" if hit == 1 else f"{hit} of them"
    remedy = "Raise them in requirements.in, make the lock again (the command stands there), then run the tests."
    return [*lines, f"{checked}: something is known against {versions}. {remedy}"]


def _sentence(each: Vulnerability) -> str:
    mended = f"mended in {' and '.join(each.mended_in)}" if each.mended_in else "mended in no version yet"
    line = f"{each.name} {each.version}: {_one_line(', '.join(each.ids))}, {mended}"
    summary = _one_line(each.summary)
    return f"{line}: {summary}" if summary else f"{line}."


def _one_line(text: str, most: int = 160) -> str:
    """A stranger's text for a terminal: one line, nothing that steers it, not too long."""
    line = " ".join("".join(c if c.isprintable() else " " for c in text).split())
    return line if len(line) <= most else line[: most - 1] + "…"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

"""What a remedy says, done: the printed option typed, the printed entry written into a mapping file, a command run."""

import contextlib
import io
import json
import re
import shlex
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

from playbook.cli import main
from tests.crm.export_files import write, write_rows

Files = dict[str, "list[list[str]] | bytes | None"]

_ENTRY = r"(?:\[[a-z_]+\] )?(?:\"[^\"]+\"|[\w.]+) = (?:\[[^\]]*\]|\"[^\"]*\"|…|[\d.]+)"
_ENTRIES = re.compile(rf"{_ENTRY}(?:, {_ENTRY})*")
_OPTION = re.compile(r"(without )?(--(?!to\b)[a-z-]+)(?: (dmy|mdy|YYYY-MM-DD))?")  # a place after --to is anybody's
_COMMAND = re.compile(r"python3 scripts/kit\.py ([a-z]+) EXPORT\.\.\. --to COMPANY")


@dataclass(frozen=True)
class Attempt:
    """A command as somebody types it, with the files and the mapping file that it is given.

    `files` are written below EXPORTS; in `arguments` that word stands for their folder, TO for the folder to write to,
    TO.csv for a file beside it.
    """

    files: Files
    arguments: tuple[str, ...] = ("import", "EXPORTS", "--to", "TO")
    mapping: str = ""

    def run(self, folder: Path) -> tuple[int, str]:
        """The exit status, and all that was printed or reported."""
        exports, to, mapping = folder / "exports", folder / "to", folder / "ours.toml"
        exports.mkdir(parents=True)
        for name, content in self.files.items():
            if isinstance(content, bytes):
                write(exports, name, content)
            elif content is not None:
                write_rows(exports, name, content)
        options = ["--mapping", str(mapping)] if self.mapping else []
        if self.mapping:
            mapping.write_text(self.mapping, encoding="utf-8")
        words = {"EXPORTS": str(exports), "TO": str(to), "TO.csv": f"{to}.csv"}
        arguments = [words.get(word, word.replace("EXPORTS/", f"{exports}/")) for word in self.arguments]
        printed = io.StringIO()
        with contextlib.redirect_stdout(printed), contextlib.redirect_stderr(printed):
            try:
                status = main([*arguments, *options])
            except SystemExit as refused:
                status = int(refused.code or 0)
        report = to / "import-report.json"
        texts = _texts(json.loads(report.read_text(encoding="utf-8"))) if report.is_file() else ()
        return status, "\n".join([printed.getvalue(), *texts])


def _texts(values: object) -> Iterator[str]:
    """Every text in a report."""
    if isinstance(values, str):
        yield values
    elif isinstance(values, dict | list):
        for value in values.values() if isinstance(values, dict) else values:
            yield from _texts(value)


@dataclass(frozen=True)
class Way:
    """One of the things that a remedy says can be done: in its words, and the attempt after it."""

    words: str
    attempt: Attempt


@dataclass(frozen=True)
class Answers:
    """What only a person can put in: for each printed placeholder or example, what belongs there."""

    by_text: dict[str, str] = field(default_factory=dict)

    def into(self, text: str) -> str:
        """`text` with the first of each placeholder replaced, in turn."""
        for printed, meant in self.by_text.items():
            text = text.replace(printed.split("#")[0], meant, 1)
        return text


def ways_on(remedy: str, attempt: Attempt, answers: Answers) -> Iterator[Way]:
    """Each option, entry and command that `remedy`, as it was printed, names; done to `attempt`."""
    for entries in _ENTRIES.finditer(remedy):
        written = answers.into(entries.group())
        yield Way(written, replace(attempt, mapping="\n".join(filter(None, [attempt.mapping, written]))))
    for without, option, value in _OPTION.findall(remedy):
        typed = [option] if not value and option == "--skip-bad-rows" else [option, answers.into(value or option)]
        if without or f"leave {option} away" in remedy:
            yield Way(f"without {option}", replace(attempt, arguments=_without(attempt.arguments, option)))
        if not without:
            yield Way(shlex.join(typed), replace(attempt, arguments=(*_without(attempt.arguments, option), *typed)))
    for command in _COMMAND.findall(remedy):
        yield Way(command, replace(attempt, arguments=(command, "EXPORTS", "--to", "TO")))


def _without(arguments: tuple[str, ...], option: str) -> tuple[str, ...]:
    if option not in arguments:
        return arguments
    at = arguments.index(option)
    many = 1 if option == "--skip-bad-rows" else 2
    return (*arguments[:at], *arguments[at + many :])

"""The workbooks from the page on which the exports were looked at."""

import re
import shlex
from pathlib import Path

from playbook.bring_your_data.workbooks_from_here import WorkbooksFromHere, as_typed, build_command


class Printed:
    """A batch that prints these lines and ends with this code."""

    def __init__(self, code: int, *lines: str) -> None:
        self.stdout = iter([line + "\n" for line in lines])
        self._code = code

    def wait(self) -> int:
        return self._code


def made(tmp_path: Path, batch: Printed) -> tuple[WorkbooksFromHere, list[list[str]]]:
    """The button after it was pressed, and the commands that it started."""
    commands: list[list[str]] = []
    here = WorkbooksFromHere(
        lambda into: build_command([tmp_path / "deals.csv"], tmp_path / "mapping.toml", into),
        lambda command: commands.append(command) or batch,
    )
    here._folder.value = str(tmp_path / "books")
    here.make().join(timeout=10)
    return here, commands


def text_of(here: WorkbooksFromHere) -> str:
    return re.sub(r"<[^>]+>", " ", here._status.value)


def test_the_command_reads_by_the_mapping_and_makes_only_what_changed(tmp_path):
    _, (command,) = made(tmp_path, Printed(0))
    typed = shlex.split(as_typed(command))
    assert typed[:2] == ["playbook", "build"] and typed[2] == str(tmp_path / "deals.csv")
    assert typed[-5:] == ["--mapping", str(tmp_path / "mapping.toml"), "--to", str(tmp_path / "books"), "--resume"]


def test_where_each_workbook_is_stands_there_when_all_are_made(tmp_path):
    page = tmp_path / "books" / "mo-kay" / "index.html"
    page.parent.mkdir(parents=True)
    page.write_text("")
    here, _ = made(tmp_path, Printed(0, "  9 of 9 chapters"))
    assert str(page) in text_of(here)
    assert (here._bar.value, here._bar.max, here._button.disabled) == (9, 9, False)


def test_where_the_batch_fails_its_own_words_say_why(tmp_path):
    here, _ = made(tmp_path, Printed(2, "  1 of 9 chapters", "Nobody leads anybody.", "", "Put a list <beside> it."))
    assert "Nobody leads anybody." in text_of(here) and "&lt;beside&gt;" in here._status.value
    assert "1 of 9" not in text_of(here)
    assert not here._button.disabled


def test_a_program_that_cannot_be_started_is_named_and_the_button_can_be_pressed_again():
    def refused(command: list[str]) -> Printed:
        raise OSError("no such program")

    here = WorkbooksFromHere(lambda into: ["nothing"], refused)
    here.make().join(timeout=10)
    assert "no such program" in text_of(here) and not here._button.disabled

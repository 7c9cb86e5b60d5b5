"""The workbooks, made from the page on which the exports were looked at: a button, a bar, and where they are.

The batch runs in a process of its own, as from the command line, so that the page stays usable and a failure there is
no failure here. It ends with the notebook's process. Made again into the same folder, only what changed is made.
"""

import atexit
import contextlib
import re
import shlex
import subprocess
import sys
import threading
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Protocol

import ipywidgets as widgets

from playbook.display import PagePart, bullets, callout, note, say, together
from playbook.escaping import for_html

_FINISHED = re.compile(r"\s*(\d+) of (\d+) chapters")
_WIDE = {"style": {"description_width": "initial"}, "layout": {"width": "auto"}}
_LAST_LINES = 12  # of what the batch printed, where it failed
FOLDER = "workbooks"


class Batch(Protocol):
    """A batch that runs: what it prints, line by line, and how it ended (0: everything was made)."""

    @property
    def stdout(self) -> Iterable[str] | None:
        """What it prints."""

    def wait(self) -> int:
        """Wait for the end; its exit code."""


def build_command(exports: Sequence[Path], mapping: Path, into: Path) -> list[str]:
    """The command that makes every manager's workbook from `exports`, read by `mapping`, into the folder `into`."""
    options = ["--mapping", str(mapping), "--to", str(into), "--resume"]
    return [sys.executable, "-m", "playbook", "build", *map(str, exports), *options]


def as_typed(command: Sequence[str]) -> str:
    """A command of `build_command` as a person types it."""
    return shlex.join(["playbook", *command[3:]])


class WorkbooksFromHere:
    """The button, and what stands below it while the workbooks are made and afterwards: `root`.

    `command_for` says the command for a folder; `run` starts it, and its lines are what the batch prints.
    """

    def __init__(
        self, command_for: Callable[[Path], list[str]], run: Callable[[list[str]], Batch] | None = None
    ) -> None:
        self._command_for, self._run = command_for, run or _started
        self._folder = widgets.Text(value=FOLDER, description="Folder for the workbooks", **_WIDE)
        self._button = widgets.Button(
            description="Make the workbooks", button_style="primary", layout=widgets.Layout(width="auto")
        )
        self._button.on_click(lambda _: self.make())
        self._bar = widgets.IntProgress(
            description="Chapters made", min=0, max=1, style={"description_width": "initial"}
        )
        self._bar.layout.display = "none"
        self._status = widgets.HTML()
        self.root = widgets.VBox([self._folder, self._button, self._bar, self._status])

    def make(self) -> threading.Thread:
        """Start the batch, and follow it beside whatever else is done on the page; the thread that follows it."""
        into = Path(self._folder.value.strip() or FOLDER).expanduser()
        self._button.disabled = True
        self._bar.value, self._bar.max, self._bar.layout.display = 0, 1, ""
        self._say(note("The exports are being read. The first chapters take a minute."))
        follower = threading.Thread(target=self._follow, args=(into,), daemon=True)
        follower.start()
        return follower

    def _follow(self, into: Path) -> None:
        lines: list[str] = []
        try:
            process = self._run(self._command_for(into))
            for line in process.stdout or ():
                if progress := _FINISHED.match(line):
                    self._bar.max, self._bar.value = int(progress[2]), int(progress[1])
                    self._say(note("{done} of {all} chapters are made.", done=progress[1], all=progress[2]))
                else:
                    lines.append(line.rstrip())
            self._say(made_part(into) if process.wait() == 0 else failed_part(lines))
        except OSError as error:
            self._say(callout("The workbooks could not be made.", "{why}", why=str(error)))
        finally:
            self._bar.layout.display, self._button.disabled = "none", False

    def _say(self, part: PagePart) -> None:
        self._status.value = f'<div role="status" class="jp-RenderedHTMLCommon">{part.html}</div>'


def made_part(into: Path) -> PagePart:
    """Where each workbook is; each as the page that opens anywhere."""
    pages = sorted(into.glob("*/index.html"))
    return together(
        say("**Made.** Open a workbook's page in the file browser on the left, or send its folder to its manager:"),
        bullets(str(page) for page in pages),
        note("Each folder is private to its manager. Make them again after the next export: answers and notes stay."),
    )


def failed_part(lines: Sequence[str]) -> PagePart:
    """What the batch said last, as it says what to do."""
    text = "\n".join(line for line in lines if line.strip()).splitlines()[-_LAST_LINES:]
    return together(
        callout("Not every workbook was made.", "{what}", what="What was said last stands below."),
        PagePart(f"<pre>{for_html(chr(10).join(text))}</pre>", "\n".join(text)),
    )


def _started(command: list[str]) -> "subprocess.Popen[str]":
    process = subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL, text=True, encoding="utf-8"
    )
    atexit.register(_end, process)
    return process


def _end(process: "subprocess.Popen[str]") -> None:
    with contextlib.suppress(OSError):
        process.terminate()

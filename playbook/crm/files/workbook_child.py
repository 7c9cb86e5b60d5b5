"""Workbooks whose reader cannot be held to what they may take, read in a child that can: XLS, XLSB and ODS.

A reader lays all sheets out before it says how large they are: 6 kB of XLS took 5.8 GB, or ended the whole process.
"""

import io
import json
import subprocess
import sys
import threading
import zipfile
from collections.abc import Generator, Iterator
from contextlib import suppress
from pathlib import Path
from typing import IO

from playbook.crm.files.sheet_pieces import HiddenSheets, Piece, SheetBegins
from playbook.crm.files.sheets_to_pipe import ALL_READ
from playbook.crm.files.workbook_texts import hold_text_within
from playbook.errors import UnusableInput

_MEMORY, _TIMES_ITS_SIZE = 1024**3, 80  # bytes; sheets of nothing but numbers take thirty times their size
_SECONDS, _SECONDS_A_MB = 60, 5  # exports take a hundredth
_PROGRAM = "import sys; sys.path.append(sys.argv.pop()); from playbook.crm.files.sheets_to_pipe import main; main()"
_PACKAGES = str(Path(__file__).parents[3])


def is_measured(data: bytes) -> bool:
    """Whether a workbook is one of those whose cells and texts are counted before its reader is let near it (XLSX)."""
    if data[:2] != b"PK":
        return False
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return not {"content.xml", "xl/workbook.bin"} & {name.lower() for name in archive.namelist()}


def pieces_from_child(data: bytes, name: str) -> Iterator[Piece]:
    """The pieces of a workbook (`sheet_pieces`), read by a child process within the memory and time of its size.

    Raises
    ------
    UnusableInput : if the workbook is locked or damaged, or takes more than that.
    """
    memory = _MEMORY + _TIMES_ITS_SIZE * len(data)
    # Isolated (-I): no module of the folder that we happen to be in is taken for one of ours.
    argv = [sys.executable, "-I", "-c", _PROGRAM, str(memory), _PACKAGES]
    seconds = _SECONDS + _SECONDS_A_MB * len(data) / 1024**2
    with subprocess.Popen(argv, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as child:
        too_late = threading.Timer(seconds, child.kill)
        too_late.daemon = True
        too_late.start()
        try:
            assert child.stdin and child.stdout
            _hand_over(data, child.stdin)
            if (yield from _pieces(child.stdout, len(data), name)):
                return
        finally:
            too_late.cancel()
            child.kill()
    raise UnusableInput(
        f"takes more than {memory // 1024**2:,} MB of memory or {seconds:.0f} seconds to read, which no export of its "
        "size does.",
        where=name,
        remedy="Open it in a spreadsheet, save it as CSV, and use that.",
    )


def _hand_over(data: bytes, line: IO[bytes]) -> None:
    """Send all bytes of the workbook; a child that has ended takes none, and what it sent says why."""
    with suppress(OSError):
        line.write(data)
    with suppress(OSError):
        line.close()


def _pieces(lines: IO[bytes], size: int, name: str) -> Generator[Piece, None, bool]:
    """The pieces that the child sends; at the end, whether those are all."""
    text = 0
    for line in lines:
        text += len(line)
        hold_text_within(text, size, name)
        content = json.loads(line) if line.endswith(b"\n") else None
        if isinstance(content, list):
            yield content
        elif content is None:
            return False
        elif content == ALL_READ:
            return True
        elif "hidden" in content:
            yield HiddenSheets(content["hidden"])
        elif "sheet" in content:
            yield SheetBegins(content["sheet"], content["cells"])
        else:
            raise UnusableInput(content["what"], where=name, remedy=content["remedy"])
    return False

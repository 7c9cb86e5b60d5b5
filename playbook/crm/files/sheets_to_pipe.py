"""The program of a child that reads one workbook: its bytes come in, its pieces go out, a line of JSON each.

It limits its own memory first. What it may hold is checked by who asked (`workbook_child`); a hostile file that takes
more ends this child, and nothing else.
"""

import json
import sys
from contextlib import suppress

from playbook.crm.files.sheet_pieces import HiddenSheets, Piece, SheetBegins, sheet_pieces
from playbook.errors import UnusableInput

ALL_READ = {"all_read": True}  # the last line: without it, the child was ended


def main() -> None:
    """Read the workbook that comes in; the only argument is at most how many bytes of memory that may take."""
    _limit_memory(int(sys.argv[1]))
    out = sys.stdout.buffer
    try:
        for piece in sheet_pieces(sys.stdin.buffer.read(), ""):
            out.write(_line(_as_json(piece)))
    except UnusableInput as refusal:
        out.write(_line({"what": refusal.what, "remedy": refusal.remedy}))
    out.write(_line(ALL_READ))


def _limit_memory(most: int) -> None:
    """Limit the memory of this process, where the system can: Windows cannot, and macOS does not hold to it."""
    with suppress(ImportError, ValueError, OSError):
        import resource

        hard = resource.getrlimit(resource.RLIMIT_AS)[1]
        least = most if hard == resource.RLIM_INFINITY else min(most, hard)
        resource.setrlimit(resource.RLIMIT_AS, (least, least))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _as_json(piece: Piece) -> object:
    if isinstance(piece, HiddenSheets):
        return {"hidden": piece.names}
    return {"sheet": piece.sheet, "cells": piece.cells} if isinstance(piece, SheetBegins) else piece


def _line(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace") + b"\n"

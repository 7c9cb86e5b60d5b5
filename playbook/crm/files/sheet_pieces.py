"""A workbook's sheets piece by piece, as calamine reads them: first how large one is, then its rows.

In: a workbook's bytes.  Out: pieces. How much it may hold is for whoever takes them; loads quickly, for a child.
"""

import io
from collections.abc import Iterator
from dataclasses import dataclass

import python_calamine as calamine

from playbook.crm.files.cell_texts import as_text
from playbook.errors import UnusableInput


@dataclass(frozen=True)
class SheetBegins:
    """Of the sheet whose rows follow: what it is called, and on how many cells it is laid out."""

    sheet: str
    cells: int


@dataclass(frozen=True)
class HiddenSheets:
    """The sheets that are hidden in the workbook, whose rows do not follow."""

    names: list[str]


Piece = SheetBegins | HiddenSheets | list[list[str]]  # a list is of rows, every cell as text ('' where empty)
_ROWS = 500  # in a piece
_SAVE_AGAIN = "Save it again, or as CSV."


def sheet_pieces(data: bytes, name: str) -> Iterator[Piece]:
    """The hidden sheets of a workbook, then each of the others with its rows.

    Raises
    ------
    UnusableInput : if it is locked, or damaged.
    """
    try:
        yield from _pieces(calamine.CalamineWorkbook.from_filelike(io.BytesIO(data)))
    except calamine.PasswordError:
        raise UnusableInput(
            "is locked with a password.", where=name, remedy="Save it without one and run again."
        ) from None
    except (UnusableInput, MemoryError):
        raise
    except Exception as error:  # the reader's own, and what damaged dates and times raise
        raise UnusableInput(f"cannot be read as a spreadsheet ({error}).", where=name, remedy=_SAVE_AGAIN) from None
    except BaseException as error:  # a panic of the reader is no Exception
        if type(error).__name__ != "PanicException":
            raise
        raise UnusableInput("cannot be read as a spreadsheet.", where=name, remedy=_SAVE_AGAIN) from None


def _pieces(book: calamine.CalamineWorkbook) -> Iterator[Piece]:
    hidden = [s.name for s in book.sheets_metadata if s.visible != calamine.SheetVisibleEnum.Visible]
    hidden = hidden if len(hidden) < len(book.sheet_names) else []
    yield HiddenSheets(hidden)
    for sheet in (s for s in book.sheet_names if s not in hidden):
        page = book.get_sheet_by_name(sheet)
        yield SheetBegins(sheet, page.total_height * max(page.total_width, 1))
        rows = page.to_python(skip_empty_area=False)
        for at in range(0, len(rows), _ROWS):
            yield [[as_text(cell) for cell in row] for row in rows[at : at + _ROWS]]

"""One cell of a spreadsheet in, text out that can be read in one way only.

A number has a decimal point, and never exactly three digits after it, which could be thousands; a date is 2026-03-31.
"""

import datetime as dt


def as_text(cell: object) -> str:
    """One cell as text that admits a single reading."""
    if cell is None or cell != cell:
        return ""
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, float):
        return _number_as_text(cell)
    if isinstance(cell, dt.datetime):
        return (
            cell.strftime("%Y-%m-%d") if cell.time() == dt.time() and cell.tzinfo is None else cell.isoformat(sep=" ")
        )
    if isinstance(cell, (dt.date, dt.time)):
        return cell.isoformat()
    return str(cell).strip()


def _number_as_text(number: float) -> str:
    if number.is_integer() and abs(number) < 1e15:
        return str(int(number))
    decimal_text = f"{number:.10f}".rstrip("0") if abs(number) < 1e15 else repr(number)
    whole, _, decimals = decimal_text.partition(".")
    return f"{decimal_text}0" if len(decimals) == 3 else decimal_text

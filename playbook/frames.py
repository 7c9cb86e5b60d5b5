"""Whether a frame that crosses from one room to another has the columns that its row class says.

A row class is a NamedTuple beside what makes the frame (`diagnosis.diagnosis_rows`, `forecast.forecast_rows`): its
fields are the columns, in their order, with their types and, behind each, what it means. Whoever reads such a frame
with `itertuples` says that class.
"""

from collections.abc import Callable
from typing import NamedTuple, get_args, get_type_hints

import pandas as pd

_HOLDS: dict[type, Callable[[pd.Series], bool]] = {
    str: pd.api.types.is_string_dtype,
    float: pd.api.types.is_float_dtype,
    int: pd.api.types.is_integer_dtype,
    bool: pd.api.types.is_bool_dtype,
    pd.Timestamp: pd.api.types.is_datetime64_any_dtype,
}


def departures(frame: pd.DataFrame, *rows: type[NamedTuple]) -> list[str]:
    """How the columns of `frame` depart from the fields of `rows`, one class after the other; a line each, or none."""
    fields = {name: kind for row in rows for name, kind in get_type_hints(row).items()}
    lines = [f"{name}: not there" for name in fields if name not in frame]
    lines += [f"{name}: in no row class" for name in frame if name not in fields]
    for name, hint in fields.items():
        kind = next(iter(get_args(hint)), hint)  # of `str | None`, which is text that may be missing, the first
        if name in frame and not _HOLDS[kind](frame[name]):
            lines.append(f"{name}: {frame[name].dtype}, which is no {kind.__name__}")
    if not lines and list(frame) != list(fields):
        lines.append(f"in another order: {', '.join(map(str, frame))}")
    return lines

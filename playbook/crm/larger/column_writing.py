"""What whole columns say about their writing, asked of the engine: the different days, one number of each shape.

A piece never decides: the order of day and month, the decimal sign, per cent or share are those of the column.
"""

import pandas as pd

from playbook.crm.headings.fields import FIELDS, MONEY, NUMBER, SHARE
from playbook.crm.headings.recognised import Recognised
from playbook.crm.larger.duckdb_engine import DuckDbEngine, literal
from playbook.crm.larger.reading import Staged
from playbook.crm.values import dates, money
from playbook.crm.values.typed import (
    Judged,
    Options,
    clock_as_minutes,
    decimal_sign,
    headings_of_days,
    headings_of_fields,
    orders_of_days,
)

_TABLE = "judged"


def judged(recognised: Recognised, options: Options, engine: DuckDbEngine) -> Judged:
    """What is true of the columns of a table on disk.

    Raises
    ------
    UnusableInput : as `typed`: the order of day and month stays open, or a column contradicts itself.
    """
    raw = recognised.raw
    if not isinstance(raw, Staged):
        raise TypeError(f"{raw.label} is in memory, and decides by itself")
    engine.create_view(_TABLE, raw.place)
    column = {h: raw.column(h) for h in raw.headings}
    days = {h: _first_of_each(engine, column[h], literal(dates.DAY_PART), h) for h in headings_of_days(recognised)}
    orders = orders_of_days(recognised, days, options)
    numeric = {h: _numeric(engine, column[h]) for h in days}
    writings = {}
    for name, heading in headings_of_fields(recognised):
        holds, where = FIELDS[recognised.kind][name], f"{raw.label}, column {heading!r}"
        decimal = decimal_sign(recognised, options)
        if holds in (MONEY, NUMBER):
            shapes = _shapes(engine, column[heading])
            shapes = clock_as_minutes(shapes, name) if holds == NUMBER else shapes
            writings[heading] = money.written(shapes, decimal, where)
        elif holds == SHARE:
            writings[heading] = money.shares_written(_different(engine, column[heading]), where, decimal)
    for heading in recognised.wide_quotas:
        where = f"{raw.label}, column {heading!r}"
        writings[heading] = money.written(_shapes(engine, column[heading]), options.decimal, where)
    return Judged(orders, numeric, writings, lambda heading: _counts(engine, column[heading]))


def _first_of_each(engine: DuckDbEngine, column: str, pattern: str, heading: str) -> pd.Series:
    """The first text of each different day of the column, in their order; days that begin with a year are left out."""
    part = f"coalesce(nullif(regexp_extract({column}, {pattern}, 1), ''), {column})"
    return engine.frame(
        f"SELECT arg_min({column}, _row) AS v FROM {_TABLE} WHERE {column} IS NOT NULL "
        f"AND NOT regexp_matches({column}, {literal(dates.YEAR_FIRST)}) GROUP BY {part} ORDER BY min(_row)"
    )["v"].rename(heading)


def _shapes(engine: DuckDbEngine, column: str) -> pd.Series:
    """The first value of each shape: texts that differ only in digits other than 0 are of one shape."""
    return engine.frame(
        f"SELECT arg_min({column}, _row) AS v FROM {_TABLE} WHERE {column} IS NOT NULL "
        f"GROUP BY regexp_replace({column}, '[1-9]', '9', 'g') ORDER BY min(_row)"
    )["v"]


def _different(engine: DuckDbEngine, column: str) -> pd.Series:
    return engine.frame(f"SELECT {column} AS v FROM {_TABLE} WHERE {column} IS NOT NULL GROUP BY 1 ORDER BY min(_row)")[
        "v"
    ]


def _counts(engine: DuckDbEngine, column: str) -> pd.Series:
    """How often each different text of the column stands there."""
    counts = engine.frame(f"SELECT {column} AS v, count(*) AS n FROM {_TABLE} WHERE {column} IS NOT NULL GROUP BY 1")
    return pd.Series(counts["n"].to_numpy(), index=pd.Index(counts["v"]))


def _numeric(engine: DuckDbEngine, column: str) -> bool:
    """Whether whatever is not written year first is a number of days or seconds, and something is."""
    number, iso = literal(dates.NUMBER), literal(f"^{dates.ISO}$")
    ((numbers, others, years),) = engine.rows(
        f"SELECT count(*) FILTER (regexp_matches({column}, {number})), "
        f"count(*) FILTER (NOT regexp_matches({column}, {number}) AND NOT regexp_matches({column}, {iso})), "
        f"count(*) FILTER (regexp_matches({column}, {iso})) FROM {_TABLE} "
        f"WHERE {column} IS NOT NULL"
    )
    if not numbers:
        return False
    texts = engine.frame(
        f"SELECT DISTINCT {column} AS v FROM {_TABLE} WHERE {column} IS NOT NULL "
        f"AND NOT regexp_matches({column}, {number})"
    )["v"]
    return dates.none_is_a_text(texts) if others or years else True

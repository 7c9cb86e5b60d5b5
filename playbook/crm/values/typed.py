"""A recognised table with its values read: text, days, amounts, shares and flags instead of text only.

A cell of a deal or a quota that cannot be read stops the import, with its row and heading, or drops the row if the
user said so; elsewhere it is taken as missing and counted.
"""

from collections.abc import Callable
from collections.abc import Mapping as Dict
from dataclasses import dataclass, replace
from functools import cache

import pandas as pd

from playbook.crm.account.ledger import Ledger
from playbook.crm.headings.alike import scale_in, without_unit
from playbook.crm.headings.fields import DAY, FIELDS, FLAG, ID, MONEY, NUMBER, SHARE, TABLE_OF
from playbook.crm.headings.mapping import Mapping, generic
from playbook.crm.headings.recognised import Recognised
from playbook.crm.values import dates, money
from playbook.crm.values.changed_values import with_plain_changes
from playbook.crm.values.dates import Elsewhere
from playbook.crm.values.words import (
    by_unique,
    closely_folded,
    examples,
    flags,
    missing_texts,
    without_missing_words,
    word_list,
)
from playbook.errors import UnusableInput

_AS_WRITTEN = {"rep_id", "rep_name", "rep_email"}  # "Unassigned" is an answer here, not a missing value
_WITH_CONTINENTS = {"region", "territory", "segment"}
_OF_A_CURRENCY = {"amount", "quota_month", "quota_quarter", "quota_year"}
_STRICT = {"opportunities": (DAY, MONEY), "quotas": (DAY, MONEY)}
_MOST_BAD = 0.5  # of the cells of a column; with more, it is the column that is no such column
_CLOCK = r"\d{1,3}:\d{2}(?::\d{2})?(?:\.\d+)?"


@dataclass(frozen=True)
class Options:
    """What the user said beyond the files, the day of the import, and how days stand in the folder as a whole."""

    today: pd.Timestamp
    dates: str = ""
    decimal: str = ""
    time_zone: str = "UTC"
    skip_bad_rows: bool = False
    user: Mapping | None = None
    dates_elsewhere: Callable[[], Dict[str, Elsewhere]] = dict


@dataclass(frozen=True)
class Typed:
    """A recognised table with its values read: one column per field, `_file`, and the row's number as its index.

    `aside` holds the columns that mean nothing to the kit, as text, with the same index.
    """

    recognised: Recognised
    rows: pd.DataFrame
    aside: pd.DataFrame


@dataclass(frozen=True)
class Judged:
    """What was decided for whole columns, by heading, where a table is read in pieces.

    `orders`: the order of day and month and why; `numeric`: whether days are numbers; `writings`: of numbers.
    `counts` gives the different texts of a column and how often each stands there.
    """

    orders: dict[str, tuple[str, str]]
    numeric: dict[str, bool]
    writings: dict[str, money.Writing]
    counts: Callable[[str], pd.Series]


def typed(recognised: Recognised, options: Options, ledger: Ledger, judged: Judged | None = None) -> Typed:
    """The values of `recognised`.

    Parameters
    ----------
    judged : what is true of its whole columns, where `recognised` is a piece of a table.

    Raises
    ------
    UnusableInput : if a cell cannot be read, or the order of day and month stays open.
    """
    raw = recognised.raw
    _broken_rows(recognised, options, ledger)
    if judged is None:
        days = {h: raw.cells[h] for h in headings_of_days(recognised)}
        orders = orders_of_days(recognised, days, options)
        judged = Judged(orders, {}, {}, lambda heading: raw.cells[heading].value_counts())
    orders = judged.orders
    columns: dict[str, pd.Series] = {}
    bad = pd.Series(False, index=raw.cells.index)
    for name, heading in headings_of_fields(recognised):
        values, unreadable, currencies = _read(recognised, name, heading, judged, options, ledger)
        bad |= _unreadable(recognised, name, heading, unreadable, bad, judged, options, ledger)
        if recognised.kind == "opportunities" and name == "amount" and name in columns:
            columns[name] = _without_zeros(columns[name], values, recognised.columns[name], heading, ledger)
        columns[name] = values if name not in columns else columns[name].fillna(values)
        if name in _OF_A_CURRENCY and "currency" not in recognised.columns:
            of_cells = currencies.fillna(recognised.currencies.get(name))
            columns["currency"] = columns["currency"].fillna(of_cells) if "currency" in columns else of_cells
    for heading in recognised.wide_stage_dates:
        read = dates.moments(
            raw.cells[heading], orders[heading][0], options.today, options.time_zone,
            numeric=judged.numeric.get(heading),
        )  # fmt: skip
        bad |= _unreadable(recognised, "closed_on", heading, read.unreadable, bad, judged, options, ledger)
        columns[heading] = read.values
    quota = "amount" if recognised.kind == "quotas" else "quota"
    for heading in recognised.wide_quotas:
        where = f"{raw.label}, column {heading!r}"
        writing = judged.writings.get(heading)
        read_quota = money.numbers(raw.cells[heading], options.decimal, where, writing, _yen(recognised))
        bad |= _unreadable(recognised, quota, heading, read_quota.unreadable, bad, judged, options, ledger)
        columns[heading] = read_quota.values
        if "currency" not in recognised.columns:
            columns["currency"] = columns.get("currency", read_quota.currencies).fillna(read_quota.currencies)
    _say_orders(recognised, orders, ledger)
    rows = pd.DataFrame(columns, index=raw.cells.index)
    if recognised.kind == "stage_history" and {"field", "stage"} <= set(rows):
        order = orders[recognised.columns["entered_on"]][0] if "entered_on" in recognised.columns else ""
        rows = with_plain_changes(rows, order or options.dates, options.today, options.time_zone)
    rows["_file"] = pd.Series(raw.label, index=rows.index, dtype="str")
    aside = raw.cells[recognised.left_aside]
    return Typed(recognised, rows[~bad], aside[~bad])


def headings_of_days(recognised: Recognised) -> list[str]:
    """The headings below which days stand."""
    days = [h for name, h in headings_of_fields(recognised) if FIELDS[recognised.kind][name] == DAY]
    return list(dict.fromkeys([*days, *recognised.wide_stage_dates]))


def orders_of_days(recognised: Recognised, days: dict[str, pd.Series], options: Options) -> dict[str, tuple[str, str]]:
    """The order of day and month of each heading of days, from its values (or the different ones), and why.

    Raises
    ------
    UnusableInput : as `dates.decided_orders`.
    """
    given = options.dates or (recognised.mapping.dates if recognised.mapping else "")
    return dates.decided_orders(days, given, recognised.raw.label, options.dates_elsewhere)


def headings_of_fields(recognised: Recognised) -> list[tuple[str, str]]:
    """Field and heading, each field's first choice before the others that fill its gaps."""
    return [*recognised.columns.items(), *((name, h) for name, others in recognised.also.items() for h in others)]


def _read(
    recognised: Recognised, name: str, heading: str, judged: Judged, options: Options, ledger: Ledger
) -> tuple[pd.Series, pd.Series, pd.Series]:
    """The column's values, the cells that could not be read, and the currencies written in its cells."""
    kind, text = FIELDS[recognised.kind][name], recognised.raw.cells[heading]
    where = f"{recognised.raw.label}, column {heading!r}"
    none = missing_texts(text.index)
    decimal = decimal_sign(recognised, options)
    writing = judged.writings.get(heading)
    if kind == DAY:
        order, numeric = judged.orders[heading][0], judged.numeric.get(heading)
        read = dates.moments(text, order, options.today, options.time_zone, numeric=numeric)
        if read.zoned:
            ledger.assume(f"Moments with a time zone became days in {options.time_zone}.")
        return read.values, read.unreadable, none
    if kind in (MONEY, NUMBER):
        text = clock_as_minutes(text, name) if kind == NUMBER else text
        number = money.numbers(text, decimal, where, writing, _yen(recognised))
        scale = _scale(heading) if kind == MONEY else 1.0
        if scale != 1.0:
            ledger.assume(f"{heading!r} is in units of {scale:,.12g}, as its heading says.")
        return number.values * scale, number.unreadable, number.currencies
    if kind == SHARE:
        share = money.shares(text, where, decimal, writing)
        return share.values, share.unreadable, none
    if kind == FLAG:
        flag = flags(text)
        return flag, text[text.notna() & flag.isna()], none
    if kind == ID or name in _AS_WRITTEN:
        return text, text.iloc[:0], none
    filled = without_missing_words(text)[0]
    if name in _WITH_CONTINENTS and set(text.dropna().unique()) & _continents():
        filled = filled.mask(text == "NA", "NA")  # beside EMEA and APAC it is North America
    return filled, text.iloc[:0], none


@cache
def _continents() -> frozenset[str]:
    return frozenset(generic().words["continent"]["any"])


def _scale(heading: str) -> float:
    """How much one of the column is, by the unit in its heading: `(k€)`, `amount_cents`, `（千円）`."""
    unit = scale_in(without_unit(heading)[1])
    return float(word_list("unit").get(closely_folded(unit), 1)) if unit else 1.0


def _yen(recognised: Recognised) -> str:
    """The currency that ¥ stands for: the yuan below Chinese headings."""
    return "CNY" if recognised.language == "zh" else "JPY"


def decimal_sign(recognised: Recognised, options: Options) -> str:
    """The decimal sign that the user or the CRM's mapping tells; empty if the values decide."""
    return options.decimal or (recognised.mapping.decimal if recognised.mapping else "")


def clock_as_minutes(text: pd.Series, name: str) -> pd.Series:
    """Durations written 0:15:30 as a number in the field's unit; other texts as they are."""
    clocks = text.str.fullmatch(_CLOCK).fillna(False).astype(bool)
    if not clocks.any():
        return text
    per_second = {"minutes": 1 / 60, "seconds": 1.0, "milliseconds": 1000.0, "hours": 1 / 3600}.get(name, 1 / 60)

    def number(clock: str) -> str:
        parts = [float(p) for p in clock.split(":")]
        seconds = parts[0] * 3600 + parts[1] * 60 + parts[2] if len(parts) == 3 else parts[0] * 60 + parts[1]
        return f"{seconds * per_second:.4f}"

    return text.where(~clocks, by_unique(text.where(clocks), number))


def _without_zeros(
    amounts: pd.Series, others: pd.Series, heading: str, other_heading: str, ledger: Ledger
) -> pd.Series:
    """`amounts` without the zeros beside which another column names one: an actual revenue before anything is sold."""
    nothing = (amounts == 0) & (others > 0)
    what = f"{heading} of 0 where {other_heading} tells more; that was taken"
    ledger.repair("opportunities", what, int(nothing.sum()), examples(others[nothing].map("{:g}".format)))
    return amounts.mask(nothing)


def _broken_rows(recognised: Recognised, options: Options, ledger: Ledger) -> None:
    for number, what in recognised.raw.broken:
        if not options.skip_bad_rows:
            raise UnusableInput(
                f"the row has {what}.",
                where=f"{recognised.raw.label}, row {number}",
                remedy="Correct the row (a text with a separator in it needs quotation marks), or run again with "
                "--skip-bad-rows to leave it out (it will be listed in the report).",
            )
        ledger.drop_from(recognised.raw.label, f"a row has {what}", 1, f"row {number}")


_WHAT_IT_IS_NOT = {
    DAY: "no date in any order",
    MONEY: "no amount",
    NUMBER: "no number",
    SHARE: "no share or per cent",
    FLAG: "neither yes nor no",
}


def _unreadable(
    recognised: Recognised,
    name: str,
    heading: str,
    cells: pd.Series,
    gone: pd.Series,
    judged: Judged,
    options: Options,
    ledger: Ledger,
) -> pd.Series:
    """Which rows are to be left out because of `cells`; raises or counts, as the kind of file demands.

    A row that is `gone` for another cell is not counted again.
    """
    bad = pd.Series(False, index=recognised.raw.cells.index)
    kind = FIELDS[recognised.kind][name]
    if kind not in _WHAT_IT_IS_NOT:  # a text can always be read
        return bad
    what = _WHAT_IT_IS_NOT[kind]
    if kind not in _STRICT.get(recognised.kind, ()):
        table = TABLE_OF.get(recognised.kind, recognised.kind)
        ledger.repair(table, f"{heading}: {what}; taken as missing", len(cells), examples(cells))
        return bad
    if len(cells) and not options.skip_bad_rows:
        raise UnusableInput(
            f"{cells.iloc[0]!r} is {_in_order(what, kind, options)}.",
            where=f"{recognised.raw.label}, row {cells.index[0]}, column {heading!r}",
            remedy=_remedy(recognised, name, heading, judged, options),
        )
    fresh = cells[~gone.loc[cells.index]]
    example = f"row {fresh.index[0]}: {fresh.iloc[0]!r}" if len(fresh) else ""
    ledger.drop_from(recognised.raw.label, f"{heading}: {what}", len(fresh), example)
    bad.loc[cells.index] = True
    return bad


def _remedy(recognised: Recognised, name: str, heading: str, judged: Judged, options: Options) -> str:
    """What to do about a cell that cannot be read; rows are offered to be left out only where most would stay."""
    other = {dates.DMY: dates.MDY, dates.MDY: dates.DMY}.get(options.dates, "")
    in_other_order = replace(judged, orders={**judged.orders, heading: (other, "")})
    if FIELDS[recognised.kind][name] == DAY and other and not _bad(recognised, name, heading, in_other_order, options):
        return f"All days of this column have the {'day' if other == dates.DMY else 'month'} first: --dates {other}."
    counts = judged.counts(heading)
    if _bad(recognised, name, heading, judged, options) > _MOST_BAD * counts.sum():
        return (
            "So it is with most cells of this column. If it holds something else, leave it out in a mapping file: "
            f'[{recognised.kind}] aside = ["{heading}"]; else correct it.'
        )
    return "Correct the cell, or run again with --skip-bad-rows to leave the row out (it will be listed in the report)."


def _bad(recognised: Recognised, name: str, heading: str, judged: Judged, options: Options) -> int:
    """How many cells of the whole column cannot be read."""
    counts = judged.counts(heading)
    cells = pd.DataFrame({heading: pd.Series(counts.index, dtype="str")})
    whole = replace(recognised, raw=replace(recognised.raw, cells=cells))
    _, unreadable, _ = _read(whole, name, heading, judged, options, Ledger())
    return int(counts.to_numpy()[unreadable.index].sum())


def _in_order(what: str, kind: str, options: Options) -> str:
    return (
        f"no date with {'day' if options.dates == 'dmy' else 'month'} first" if kind == DAY and options.dates else what
    )


def _say_orders(recognised: Recognised, orders: dict[str, tuple[str, str]], ledger: Ledger) -> None:
    order_in_words = {"dmy": "day first", "mdy": "month first"}
    for heading, (order, why) in orders.items():
        if order and why:
            in_words = order_in_words.get(order, "day first or month first by how they are written")
            ledger.note(recognised.raw.label, f"dates in {heading!r} read {in_words}: {why}")


def all_typed(tables: list[Recognised], options: Options, ledger: Ledger) -> dict[str, list[Typed]]:
    """The typed tables by kind, in the order of the files."""
    by_kind: dict[str, list[Typed]] = {kind: [] for kind in FIELDS}
    for recognised in tables:
        if recognised.kind:
            by_kind[recognised.kind].append(typed(recognised, options, ledger))
    return by_kind

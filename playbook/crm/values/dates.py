"""Days and moments as people write them, read column by column.

The order of day and month is decided for a whole column, from values that admit one reading only (31/01/2026). A
column that stays open takes the order of another column of the same file, as one export has one order. If none is
decided either, a few open days take that of days written alike in the folder's other files; else the import asks.
Where days of a column have several shapes (01-16-2026 beside 13/01/2026), a shape decides for itself only: a
spreadsheet turns the days that it can read round, and leaves the others as they were. Points between the numbers
(31.01.2026) mean the day first, as every country that writes points does. A moment with a time zone becomes a day in
the company's time zone; one without is taken as written.
"""

import re
from collections.abc import Callable, Iterable
from collections.abc import Mapping as Dict
from dataclasses import dataclass

import numpy as np
import pandas as pd

from playbook.crm.values.month_names import month_number
from playbook.crm.values.words import by_unique, matches, without_missing_words
from playbook.errors import UnusableInput
from playbook.wording import listing

DMY, MDY = "dmy", "mdy"
_NO_CHANCE = 8  # different days of one shape that both orders read: fewer than one in a thousand such columns by chance
ISO = r"\d{4}-\d{2}-\d{2}([T ].*)?"
_THREE = re.compile(
    r"^(?:[A-Za-zÀ-ÿ]{2,10}\.?,?\s+)?(\d{1,2})\s*([/.\-\s])\s*(\d{1,2})\s*\2\s*(\d{4}|\d{2})\.?(?:[,\s]+.*|T.*)?$"
)
_YEAR_FIRST = re.compile(r"^(\d{4})[/.\-](\d{1,2})[/.\-](\d{1,2})(?:[,\sT]+.*)?$")
_COMPACT = re.compile(r"^(\d{4})(\d{2})(\d{2})(?:T?\d{4,6}Z?)?$")
_NAMED = re.compile(
    r"^(?:[^\W\d]{2,12}\.?,?\s+)?(\d{1,2})(?:st|nd|rd|th|\.|º)?[\s\-/]*(?:de\s+|of\s+)?([^\W\d_]{3,12})\.?[\s\-/,]*(?:de\s+)?(\d{4}|\d{2})(?:[,\s]+.*)?$"
)
_NAME_FIRST = re.compile(
    r"^(?:[^\W\d]{2,12}\.?,\s+)?([^\W\d_]{3,12})\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})(?:[,\s]+.*)?$"
)
_YEAR_NAMED = re.compile(r"^(\d{4})[\s\-]([^\W\d_]{3,12})[\s\-](\d{1,2})$")
_TIME = re.compile(r"(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,]\d+)?)?\s*([AaPp])?\.?\s*([Mm])?")
YEAR_FIRST = r"^\d{4}[-/.]?\d{2}"
DAY_PART = r"^(\S+?)(?:[T\s,].*)?$"  # a day without its time
NUMBER = r"^(\d{5}(\.\d+)?|\d{10}|\d{13})$"  # of days, seconds or milliseconds
_DAY_ZERO = pd.Timestamp("1899-12-30")  # of a spreadsheet's day numbers


@dataclass(frozen=True)
class Moments:
    """A column read as moments (datetime64[us], in the company's time zone, without one); what could not be read.

    `order` is how day and month stand, empty where it does not matter; `why` says how that was decided.
    """

    values: pd.Series
    unreadable: pd.Series
    order: str = ""
    why: str = ""
    zoned: bool = False


@dataclass(frozen=True)
class Evidence:
    """What days say about the order of day and month: values that only one order can read, or that both can.

    `many_open` counts the different days that both orders read, each in its own way.
    """

    day_first: str = ""
    month_first: str = ""
    open: str = ""
    points: bool = False
    many_open: int = 0

    @property
    def order(self) -> str:
        """The order that the values decide; empty if none, or if they contradict each other."""
        if bool(self.day_first) != bool(self.month_first):
            return DMY if self.day_first else MDY
        return DMY if self.points and not self.month_first else ""


def evidence(values: pd.Series) -> Evidence:
    """What `values` say about the order of day and month, whatever their shape."""
    matched = ((text, _THREE.match(text)) for text in _days_written(values))
    return _evidence_of([(text, match) for text, match in matched if match])


def evidence_by_shape(values: pd.Series) -> dict[str, Evidence]:
    """The same for each shape among them (`/4`: parted by strokes, a year of four digits)."""
    by_shape: dict[str, list[tuple[str, re.Match[str]]]] = {}
    for text in _days_written(values):
        if match := _THREE.match(text):
            by_shape.setdefault(_shape(match), []).append((text, match))
    return {shape: _evidence_of(days) for shape, days in by_shape.items()}


def _shape(match: re.Match[str]) -> str:
    return f"{match.group(2).strip() or '_'}{len(match.group(4))}"


def _evidence_of(days: list[tuple[str, re.Match[str]]]) -> Evidence:
    day_first = month_first = open_ = ""
    points, many_open = True, 0
    for text, match in days:
        first, second = int(match.group(1)), int(match.group(3))
        points = points and match.group(2) == "."
        if first > 12 >= second:
            day_first = day_first or text
        elif second > 12 >= first:
            month_first = month_first or text
        elif first != second:
            open_ = open_ or text
            many_open += 1
    return Evidence(day_first, month_first, open_, points and bool(day_first or month_first or open_), many_open)


def _days_written(values: pd.Series) -> list[str]:
    """The different days among `values`, without their times; days that begin with a year are left out."""
    filled = values.dropna()
    if filled.empty:
        return []
    not_iso = filled[~matches(filled, YEAR_FIRST)]
    return list(not_iso.str.extract(DAY_PART, expand=False).fillna(not_iso).unique())


def moments(
    values: pd.Series, order: str, today: pd.Timestamp, time_zone: str = "UTC", *, numeric: bool | None = None
) -> Moments:
    """`values` (text) as moments.

    Parameters
    ----------
    order : dmy or mdy, for values that write three numbers with the year last.
    today : a two-digit year is the nearest one not more than twenty years after it.
    time_zone : in which a moment that names its zone becomes a day.
    numeric : whether the whole column holds numbers of days or seconds, where `values` are a piece of it.
    """
    given, _ = without_missing_words(values)
    read = pd.Series(np.datetime64("NaT", "us"), index=values.index, dtype="datetime64[us]")
    left = given.dropna()
    zoned = False
    iso = left[matches(left, f"^{ISO}$")]
    if not iso.empty:
        days, zoned = _iso(iso, time_zone)
        read = read.where(~read.index.isin(days.index), days.reindex(read.index))
        left = left[read.reindex(left.index).isna()]
    if not left.empty:
        numeric = matches(left, NUMBER).all() if numeric is None else numeric
        one = _one_number if numeric else lambda text: _moment_of_text(text, order, today.year)
        days = by_unique(left, one, "datetime64[us]")
        read = read.fillna(days.reindex(read.index))
    return Moments(read, given[given.notna() & read.isna()], order, zoned=zoned)


def none_is_a_text(texts: pd.Series) -> bool:
    """Whether each of `texts` says that there is no value, or is a moment with the year first."""
    given = without_missing_words(texts)[0].dropna()
    iso = matches(given, f"^{ISO}$")
    return bool(iso.all()) and bool(_iso(given, "UTC")[0].notna().all())


def _iso(texts: pd.Series, time_zone: str) -> tuple[pd.Series, bool]:
    if (named := matches(texts, r"(UTC|GMT)$")).any():
        texts = texts.mask(named, texts[named].str.replace(r"\s*(UTC|GMT)$", "Z", regex=True))
    if (short := matches(texts, r"^.{10} \d:")).any():  # 2026-03-31 9:05
        texts = texts.mask(short, texts[short].str.replace(r"^(.{10}) (\d):", r"\1 0\2:", regex=True))
    zoned = matches(texts, r"^.{11,}(Z|[+-]\d{2}:?\d{2})$")
    if not zoned.any():
        return pd.to_datetime(texts, format="ISO8601", errors="coerce").astype("datetime64[us]"), False
    with_zone = pd.to_datetime(texts[zoned], format="ISO8601", errors="coerce", utc=True)
    there = with_zone.dt.tz_convert(time_zone).dt.tz_localize(None).astype("datetime64[us]")
    plain = pd.to_datetime(texts[~zoned], format="ISO8601", errors="coerce").astype("datetime64[us]")
    return pd.concat([there, plain]).reindex(texts.index), True


def _one_number(text: str) -> pd.Timestamp | None:
    """A spreadsheet's day number (five digits) or seconds or milliseconds since 1970."""
    number = float(text)
    if len(text) >= 10 and "." not in text:
        return pd.Timestamp(number, unit="ms" if len(text) == 13 else "s")
    return _DAY_ZERO + pd.Timedelta(days=number) if 10_000 <= number < 90_000 else None


def _moment_of_text(text: str, order: str, this_year: int) -> pd.Timestamp | None:
    match = _THREE.match(text)
    if match:
        first, second, year = int(match.group(1)), int(match.group(3)), match.group(4)
        by_order = _order_of_shape(order, _shape(match)) or (DMY if match.group(2) == "." else "")
        if first == second or not by_order:
            by_order = by_order or DMY
        day, month = (first, second) if by_order == DMY else (second, first)
        return _moment(_year(year, this_year), month, day, text)
    if match := _YEAR_FIRST.match(text) or _COMPACT.match(text):
        return _moment(int(match.group(1)), int(match.group(2)), int(match.group(3)), text[8:])
    for pattern, day_at, name_at, year_at in ((_NAMED, 1, 2, 3), (_NAME_FIRST, 2, 1, 3), (_YEAR_NAMED, 3, 2, 1)):
        match = pattern.match(text)
        if match and (named := month_number(match.group(name_at))):
            return _moment(_year(match.group(year_at), this_year), named, int(match.group(day_at)), text)
    return None


def _order_of_shape(order: str, shape: str) -> str:
    """The order of one shape, where `order` tells several apart (`/4:dmy -4:mdy`)."""
    if ":" not in order:
        return order
    return dict(part.split(":") for part in order.split(" ")).get(shape, "")


def _year(text: str, this_year: int) -> int:
    if len(text) == 4:
        return int(text)
    year = this_year // 100 * 100 + int(text)
    return year - 100 if year > this_year + 20 else year


def _moment(year: int, month: int, day: int, text: str) -> pd.Timestamp | None:
    hour = minute = second = 0
    if clock := _TIME.search(text):
        hour, minute, second = int(clock.group(1)), int(clock.group(2)), int(clock.group(3) or 0)
        if clock.group(4):
            hour = hour % 12 + (12 if clock.group(4).lower() == "p" else 0)
    try:
        return pd.Timestamp(year=year, month=month, day=day, hour=hour, minute=minute, second=second)
    except ValueError:
        return None


@dataclass(frozen=True)
class Elsewhere:
    """The order of days of one shape in other files of the folder, and a heading and a file where it stands."""

    order: str
    heading: str
    file: str


def orders_elsewhere(columns: Iterable[tuple[str, str, pd.Series]]) -> dict[str, Elsewhere]:
    """The order of each shape of days in `columns` (file, heading, texts); none of a shape that stands both ways."""
    by_shape: dict[str, list[Elsewhere]] = {}
    for file, heading, values in columns:
        for shape, seen in evidence_by_shape(values).items():
            orders = [DMY] * bool(seen.day_first) + [MDY] * bool(seen.month_first)
            by_shape.setdefault(shape, []).extend(Elsewhere(order, heading, file) for order in orders)
    return {shape: all_[0] for shape, all_ in by_shape.items() if len({each.order for each in all_}) == 1}


def _nowhere() -> Dict[str, Elsewhere]:
    return {}


def decided_orders(
    columns: dict[str, pd.Series], given: str, where: str, elsewhere: Callable[[], Dict[str, Elsewhere]] = _nowhere
) -> dict[str, tuple[str, str]]:
    """For each date column of a file: the order of day and month, and why.

    Parameters
    ----------
    columns : heading → its text.
    given : the order that the user gave (`--dates`, mapping file); empty if none. In a column of several shapes it is
        that of those which do not decide for themselves.
    where : the file, for the errors.
    elsewhere : the orders of the folder's other files (`orders_elsewhere`), asked for only where nothing else decides.

    Returns
    -------
    dict: heading → (dmy, mdy, empty where it does not matter, or the order of each shape: `/4:dmy -4:mdy`; why).

    Raises
    ------
    UnusableInput : if days of one shape contradict each other, or nothing decides.
    """
    mixed: dict[str, tuple[str, str]] = {}
    for heading, values in columns.items():
        shapes = evidence_by_shape(values)
        if len(shapes) > 1 and (orders := _by_shape(shapes, given, f"{where}, column {heading!r}")):
            mixed[heading] = orders
    if given in (DMY, MDY):
        return {heading: mixed.get(heading, (given, "you said so")) for heading in columns}
    alike = {heading: values for heading, values in columns.items() if heading not in mixed}
    return mixed | _orders_of_one_shape(alike, where, elsewhere)


def _by_shape(shapes: dict[str, Evidence], given: str, where: str) -> tuple[str, str] | None:
    """The order of each shape of a column whose shapes do not all stand alike, and why; None where they do."""
    own = {shape: seen.order for shape, seen in shapes.items() if seen.order}
    alone = [shape for shape, seen in shapes.items() if shape not in own and seen.many_open >= _NO_CHANCE]
    contradicts = any(seen.day_first and seen.month_first for seen in shapes.values())
    if contradicts or not own or (len(set(own.values())) == 1 and not alone):
        return None
    open_shapes = [shape for shape, seen in shapes.items() if shape not in own and seen.open]
    if open_shapes and not given:
        unsettled = shapes[open_shapes[0]]
        settled = next(text for s in own if (text := shapes[s].day_first or shapes[s].month_first or shapes[s].open))
        raise UnusableInput(
            f"{unsettled.open!r} could have the day or the month first, and days written like {settled!r} do not say "
            "it: a spreadsheet turns only some days of a column round.",
            where=where,
            remedy=f"Say how those like {unsettled.open!r} stand: run again with --dates dmy (day first) or "
            "--dates mdy (month first). The others stay as they are.",
        )
    orders = own | dict.fromkeys(open_shapes, given)
    own_texts = [shapes[s].day_first or shapes[s].month_first or shapes[s].open for s in own]
    written = listing([repr(text) for text in own_texts])
    why = f"{written} admit no other reading"
    if open_shapes:
        why = f"{written} admit no other reading, and {shapes[open_shapes[0]].open!r} stands as you said"
    return " ".join(f"{shape}:{order}" for shape, order in orders.items()), why


def _orders_of_one_shape(
    columns: dict[str, pd.Series], where: str, elsewhere: Callable[[], Dict[str, Elsewhere]]
) -> dict[str, tuple[str, str]]:
    """The order of each column whose days stand alike."""
    evidence_by_heading = {heading: evidence(values) for heading, values in columns.items()}
    for heading, seen in evidence_by_heading.items():
        if seen.day_first and seen.month_first:
            raise UnusableInput(
                f"{seen.day_first!r} has the day first and {seen.month_first!r} the month, so others could be either.",
                where=f"{where}, column {heading!r}",
                remedy="Correct the column: write all its days in one order, best as 2026-03-31.",
            )
    decided = {heading: seen.order for heading, seen in evidence_by_heading.items() if seen.order}
    orders = {}
    for heading, seen in evidence_by_heading.items():
        if heading in decided:
            text = seen.day_first or seen.month_first
            orders[heading] = (seen.order, f"{text!r} admits no other reading" if text else "numbers parted by points")
        elif not seen.open:
            orders[heading] = ("", "")
        elif len(set(decided.values())) == 1:
            other = next(iter(decided))
            orders[heading] = (decided[other], f"as in the column {other!r} of the same file")
        elif settled := _settled_elsewhere(columns[heading], elsewhere):
            orders[heading] = (
                settled.order,
                f"as days written alike in the column {settled.heading!r} of {settled.file}",
            )
        else:
            raise UnusableInput(
                f"{seen.open!r} could have the day or the month first, and no other value decides.",
                where=f"{where}, column {heading!r}",
                remedy="Say which it is: run again with --dates dmy (day first) or --dates mdy (month first).",
            )
    return orders


def _settled_elsewhere(values: pd.Series, elsewhere: Callable[[], Dict[str, Elsewhere]]) -> Elsewhere | None:
    """Where other files settle all shapes of a column alike; never for so many open days that they are odd."""
    shapes = evidence_by_shape(values)
    if any(seen.many_open >= _NO_CHANCE for seen in shapes.values()):
        return None
    known = elsewhere()
    settled = [known.get(shape) for shape in shapes]
    orders = {each.order for each in settled if each is not None}
    return settled[0] if len(orders) == 1 and None not in settled else None

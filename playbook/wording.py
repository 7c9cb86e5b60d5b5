"""Money, dates, shares, counts and ranges as a person says them; one place per way of saying.

In: a number, date or list.  Out: plain text (not escaped).  A missing value is said as "unknown", never as nan.
"""

import math
import re
from collections.abc import Iterable
from datetime import date

import pandas as pd

UNKNOWN = "unknown"
_MONTHS_FROM, _YEARS_FROM, _DAYS_A_MONTH = 70, 24, 30.44  # days, months, days: from there on an age is rounded
_QUITE_SURE = 0.99  # data never says more
_AMOUNT = re.compile(r"(?P<number>[−\d.,]+)(?P<unit>%| .+)?")
_SIGNS = {"USD": "$", "EUR": "€", "GBP": "£", "JPY": "¥", "INR": "₹"}
_SMALL = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")


def money(amount: float, currency: str = "", *, exact: bool = False) -> str:
    """`amount` as `$1.2M`, `$340k`, `$87`; with `exact` as `$340,120`. Without a known currency no sign is shown."""
    if _unknown(amount):
        return UNKNOWN
    sign = _SIGNS.get(currency, f"{currency} " if currency else "")
    minus, size = ("−" if round(amount) < 0 else ""), abs(float(amount))
    if exact or size < 1_000:
        return f"{minus}{sign}{size:,.0f}"
    for unit, letter in ((1e9, "bn"), (1e6, "M"), (1e3, "k")):
        if round(size / unit, 3 if unit == 1e3 else 2) >= 1:
            digits = f"{size / unit:.1f}" if size / unit < 9.95 else f"{size / unit:,.0f}"
            return f"{minus}{sign}{digits.removesuffix('.0')}{letter}"
    return f"{minus}{sign}{size:,.0f}"


def rounded_money(amount: float, currency: str = "") -> str:
    """An estimate or a sum as prose says it, with two digits or three: `$285k`, `$1.43M`, `$860`; tables are exact."""
    if _unknown(amount) or round(float(amount)) == 0:
        return money(amount, currency)
    digits = 2 - math.floor(math.log10(abs(float(amount))))
    near = round(float(amount), digits)
    if abs(near) < 1_000_000:
        return money(near, currency)
    sign, minus = _SIGNS.get(currency, f"{currency} " if currency else ""), "−" if near < 0 else ""
    unit, letter = (1e9, "bn") if abs(near) >= 1e9 else (1e6, "M")
    return f"{minus}{sign}{abs(near) / unit:,.3g}{letter}"


def share(value: float) -> str:
    """A share between 0 and 1 as `24%`."""
    return UNKNOWN if _unknown(value) else f"{number(value * 100)}%"


def certainty(probability: float) -> str:
    """How sure something is, as `88%`; never quite: `over 99%`, `under 1%`."""
    if not _unknown(probability) and probability >= _QUITE_SURE:
        return "over 99%"
    return "under 1%" if not _unknown(probability) and probability < 1 - _QUITE_SURE else share(probability)


def points(value: float) -> str:
    """A difference of two shares as `7 points`, without its direction."""
    size = UNKNOWN if _unknown(value) else f"{abs(value) * 100:.0f}"
    return f"{size} point" if size == "1" else f"{size} points"


def span(first: str, last: str) -> str:
    """Two amounts as one range, a unit they share said once: `16 to 24%`, `1 to 4 points`, `$9k to $14k`, `5 days`."""
    if first == last:
        return last
    near, far = _AMOUNT.fullmatch(first), _AMOUNT.fullmatch(last)
    if near and far and near["unit"] and far["unit"] in (near["unit"], f"{near['unit']}s"):
        first = near["number"]
    return f"{first} to {last}"


def number(value: float, digits: int = 0) -> str:
    """A plain number with thousands separators: `1,204`, `2.5`."""
    return UNKNOWN if _unknown(value) else f"{round(float(value), digits) + 0.0:,.{digits}f}".replace("-", "−")


def day(value: date | pd.Timestamp | None) -> str:
    """A day as `31 Dec 2017`."""
    return UNKNOWN if value is None or _unknown(value) else f"{value.day} {value:%b %Y}"


def month(value: date | pd.Timestamp) -> str:
    """The month of a day as `December 2017`."""
    return UNKNOWN if _unknown(value) else f"{value:%B %Y}"


def days(value: float) -> str:
    """A duration as `1 day`, `34 days`."""
    return UNKNOWN if _unknown(value) else count(round(value), "day")


def age(value: float) -> str:
    """How old something is, from its days: `more than three weeks`, `about 4 months`, `about 9 years`."""
    if _unknown(value):
        return UNKNOWN
    if value < _MONTHS_FROM:
        return f"more than {in_words(int(value // 7))} {'week' if 7 <= value < 14 else 'weeks'}"
    months = round(value / _DAYS_A_MONTH)
    return f"about {count(months, 'month')}" if months < _YEARS_FROM else f"about {count(round(months / 12), 'year')}"


def hours(value: float) -> str:
    """A number of hours to the quarter as `1¼ hours`, `8 hours`, `½ hour`."""
    if _unknown(value):
        return UNKNOWN
    all_quarters = round(float(value) * 4)
    whole, quarters = divmod(all_quarters, 4)
    whole_hours = f"{whole:,}" if whole or not quarters else ""
    return f"{whole_hours}{('', '¼', '½', '¾')[quarters]} {'hour' if 0 < all_quarters <= 4 else 'hours'}"


def shortened(text: str, most: int) -> str:
    """`text`, or where it is longer than `most` characters its beginning with an ellipsis."""
    return text if len(text) <= most else f"{text[: most - 1].rstrip()}…"


def count(n: int, one: str, many: str = "") -> str:
    """`1 deal`, `12 deals`, `1,204 deals`, `no deals`."""
    number_text = "no" if n == 0 else f"{n:,}"
    return f"{number_text} {one if n == 1 else many or one + 's'}"


def in_words(n: int) -> str:
    """A small count as a word (`three`), a larger one in digits."""
    return _SMALL[n] if 0 <= n < len(_SMALL) else f"{n:,}"


def upper_first(text: str) -> str:
    """`text` with a capital at its start, to open a sentence; the rest stays: `Average close date in HubSpot`."""
    return text[:1].upper() + text[1:]


def lower_first(text: str) -> str:
    """`text` with a small letter at its start, to stand within a sentence; the rest stays."""
    return text[:1].lower() + text[1:]


def times(n: float) -> str:
    """How often: `once`, `twice`, `three times`, `12 times`."""
    return {1: "once", 2: "twice"}.get(int(n), f"{in_words(int(n))} times")


def paragraph(*sentences: str) -> str:
    """Whole sentences one after the other; those that have nothing to say (empty) are left out."""
    return " ".join(filter(None, sentences))


def listing(items: Iterable[object], last: str = "and") -> str:
    """`Ana`, `Ana and Ben`, `Ana, Ben and Cara`; with `last` "or" for what is absent or a choice."""
    texts = [str(item) for item in items]
    return f"{', '.join(texts[:-1])} {last} {texts[-1]}" if len(texts) > 1 else "".join(texts)


def _unknown(value: object) -> bool:
    return value is None or bool(pd.isna(value))

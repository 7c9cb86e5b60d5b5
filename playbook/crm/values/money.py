"""Amounts and shares as people write them, read column by column.

Which of point and comma is the decimal sign is decided for a whole column, from the values that admit one reading
(`9.999,99`, `$3.972.451`, `12.5`). Where none decides, groups of three digits are thousands: money has no third
decimal. A column in which some values say one thing and some the other is read value by value if each admits one
reading, else refused.
"""

import re
from dataclasses import dataclass, field, replace

import numpy as np
import pandas as pd

from playbook.crm.headings.alike import SIGNS
from playbook.crm.values.words import (
    by_unique,
    closely_folded,
    matches,
    missing_texts,
    without_missing_words,
    word_list,
)
from playbook.errors import UnusableInput

_SPACES = re.compile(r"[\s\u00a0\u202f\u2009'’`_]+")
_CODE = re.compile(r"^(?:([A-Z]{3})\s*)?([^A-Za-z]*?)\s*(?:([A-Z]{3}))?$")
# With thousands parted by commas only before a sign such as 万: 1,255M may be one million and a quarter.
_SHORT = re.compile(r"^([+-]?\d+(?:[.,]\d{1,2})?|\d{1,3}(?:,\d{3})+(?=[^\W\d_a-zA-Z]))([^\W\d_]+)\.?$")
_DOLLAR, _YEN = "$", "¥"
# Digits and signs of East Asian width.
_AS_ASCII = {0xFF01 + n: 0x21 + n for n in range(94)} | {ord("￥"): "¥", ord("￡"): "£", ord("￦"): "₩"}
_RAND = re.compile(r"^R\s?(?=\d)")
_PLAIN = r"[+-]?\d{1,30}(\.\d{1,30})?([eE][+-]?\d{1,3})?"
# The longer ones first; empty where several countries write so.
_SIGN_NAMES = {
    "US$": "USD",
    "HK$": "HKD",
    "NT$": "TWD",
    "NZ$": "NZD",
    "MX$": "MXN",
    "CN¥": "CNY",
    "CA$": "CAD",
    "AU$": "AUD",
    "R$": "BRL",
    "A$": "AUD",
    "C$": "CAD",
    "S$": "SGD",
    "CHF": "CHF",
    "RMB": "CNY",
    "人民币": "CNY",
    "kr": "",
    "Kč": "CZK",
    "zł": "PLN",
    "Ft": "HUF",
    "TL": "TRY",
    "Rp": "IDR",
    "Rs.": "INR",
    "Rs": "INR",
    "руб.": "RUB",
    "руб": "RUB",
    "грн": "UAH",
    "лв": "BGN",
    "円": "JPY",
    "원": "KRW",
    "元": "",
    "EURO": "EUR",
    "Euro": "EUR",
}


@dataclass(frozen=True)
class Writing:
    """How the numbers of a column are written: as plain ones, or with which decimal sign (empty: each by itself)."""

    plain: bool = False
    decimal: str = "."
    note: str = ""
    percent: bool = False


@dataclass(frozen=True)
class Numbers:
    """A column read as numbers: float64 with NaN where there is none; what could not be read; the currencies met."""

    values: pd.Series
    unreadable: pd.Series
    currencies: pd.Series
    notes: tuple[str, ...] = field(default=())


def written(values: pd.Series, decimal: str = "", where: str = "") -> Writing:
    """How the column is written whose `values` (or one of each shape of them) these are.

    Raises
    ------
    UnusableInput : if the values contradict each other about the decimal sign.
    """
    given, _ = without_missing_words(values)
    if not decimal and _all_plain(given):
        return Writing(plain=True)
    parts = [_parts(str(u)) for u in given.dropna().unique()]
    sign, note = _decimal_sign([p for p in parts if p.digits], decimal, where)
    return Writing(decimal=sign, note=note)


def numbers(
    values: pd.Series, decimal: str = "", where: str = "", writing: Writing | None = None, yen: str = "JPY"
) -> Numbers:
    """`values` (text) as numbers.

    Parameters
    ----------
    decimal : "." or "," where the reader knows; empty to decide from the values.
    where : file and heading, for the error.
    writing : how the whole column is written, where `values` are a piece of it.
    yen : the currency that ¥ stands for; in a Chinese export it is the yuan.

    Raises
    ------
    UnusableInput : if the values contradict each other about the decimal sign.
    """
    given, missing = without_missing_words(values)
    notes = (f"{missing:,} cells that say that there is no value",) if missing else ()
    none = missing_texts(values.index)
    if writing.plain if writing else not decimal and _all_plain(given):
        plain = _finite(pd.to_numeric(given).astype("float64"))
        return Numbers(plain, given[given.notna() & plain.isna()], none, notes)
    codes, uniques = pd.factorize(given)
    parts = [_parts(str(u)) for u in uniques]
    sign, note = (
        (writing.decimal, writing.note) if writing else _decimal_sign([p for p in parts if p.digits], decimal, where)
    )
    read = np.array([p.value(sign) for p in parts] + [np.nan])
    dollar = "USD" if sign != "," else None  # $3.972.451 is some peso: whose, the file does not say
    of_sign = {_DOLLAR: dollar, _YEN: yen}
    money = [of_sign.get(p.currency, p.currency or None) for p in parts] + [None]
    numbers_ = _finite(pd.Series(read[codes], index=values.index, dtype="float64"))
    currencies = pd.Series(pd.array(money, dtype="str").take(codes), index=values.index)
    unreadable = given[given.notna() & numbers_.isna()]
    return Numbers(numbers_, unreadable, currencies, (*notes, *((note,) if note else ())))


def _finite(read: pd.Series) -> pd.Series:
    return read.mask(np.isinf(read))


def _all_plain(given: pd.Series) -> bool:
    """Whether each value is a plain number whose decimal point cannot be meant as a thousands sign."""
    filled = given.dropna()
    if filled.empty or not matches(filled, f"^{_PLAIN}$").all():
        return filled.empty
    dotted = filled[filled.str.contains(".", regex=False)]
    return dotted.empty or not matches(dotted, r"^[+-]?[1-9]\d{0,2}\.\d{3}$").all()


@dataclass(frozen=True)
class _Parts:
    """One amount taken apart: its digits with points and commas, its sign, a factor, its currency."""

    digits: str
    minus: bool
    factor: float
    currency: str

    def votes(self) -> str:
        """The decimal sign that this value demands: `.`, `,`, or empty where it admits both or needs none."""
        points, commas = self.digits.count("."), self.digits.count(",")
        if points and commas:
            return "." if self.digits.rfind(".") > self.digits.rfind(",") else ","
        if not points and not commas:
            return ""
        mark = "." if points else ","
        if points + commas > 1:
            return "," if mark == "." else "."
        before, _, after = self.digits.partition(mark)
        if len(after) == 3 and 1 <= len(before) <= 3 and not before.startswith("0"):
            return ""
        return mark

    def undecided(self) -> bool:
        """Whether a point or comma stands there that could be either."""
        return not self.votes() and ("." in self.digits or "," in self.digits)

    def value(self, decimal: str) -> float:
        if not self.digits:
            return np.nan
        if not decimal:  # a lone group of three is thousands
            decimal = "," if "." in self.digits else "."
        decimal = self.votes() or decimal  # what admits one reading is read so, whatever was said of the others
        thousands = "," if decimal == "." else "."
        whole, _, after = self.digits.partition(decimal)
        if (
            decimal in after
            or thousands in after
            or not re.fullmatch(rf"\d*|\d{{1,3}}(?:\{thousands}\d{{2,3}})*", whole)
        ):
            return np.nan
        try:
            size = float(f"{whole.replace(thousands, '')}.{after}" if after else whole.replace(thousands, "") or "nan")
        except ValueError:
            return np.nan
        return (-size if self.minus else size) * self.factor


def _parts(text: str) -> _Parts:
    """One cell taken apart; without digits if it is no amount."""
    amount, minus = text.translate(_AS_ASCII).strip().replace("−", "-").replace("–", "-"), False
    if amount.startswith("(") and amount.endswith(")"):
        amount, minus = amount[1:-1], True
    amount, currency = _without_currency(amount)
    amount = _SPACES.sub("", amount)
    if amount.startswith("(") and amount.endswith(")"):
        amount, minus = amount[1:-1], True
    if amount.endswith((",-", ".-")):  # 1200.- is a way of writing no cents
        amount = amount[:-2]
    if amount.endswith("-"):
        amount, minus = amount[:-1], not minus
    if amount.startswith(("-", "+")):
        minus, amount = minus ^ (amount[0] == "-"), amount[1:]
    if (short := _SHORT.match(amount)) and (times := word_list("times").get(closely_folded(short.group(2)))):
        return _Parts(short.group(1), minus, float(times), currency)
    if re.fullmatch(r"\d+(?:\.\d+)?[eE][+-]?\d{1,2}", amount):
        return _Parts(f"{float(amount):f}", minus, 1.0, currency)
    return _Parts(amount if re.fullmatch(r"[\d.,]*\d[\d.,]*", amount) else "", minus, 1.0, currency)


def _without_currency(amount: str) -> tuple[str, str]:
    """The amount without the currency's name, sign or code, and that code."""
    currency = ""
    for name, code in _SIGN_NAMES.items():
        if name in amount:
            amount, currency = amount.replace(name, " "), code
    for sign, code in SIGNS.items():
        if sign in amount:
            amount, currency = amount.replace(sign, " "), currency or (sign if sign in (_DOLLAR, _YEN) else code)
    amount = amount.strip()
    if _RAND.match(amount):
        amount, currency = _RAND.sub("", amount), "ZAR"
    coded = _CODE.match(amount)
    if coded and (coded.group(1) or coded.group(3)):
        amount, currency = coded.group(2), coded.group(1) or coded.group(3)
    return amount, currency


def _decimal_sign(parts: list[_Parts], given: str, where: str) -> tuple[str, str]:
    if given:
        return given, ""
    votes = {vote: p for p in reversed(parts) if (vote := p.votes())}  # the first of each
    undecided = next((p for p in parts if p.undecided()), None)
    if len(votes) == 1:
        return next(iter(votes)), ""
    if not votes:
        if undecided is None:
            return ".", ""
        marks = {"." if "." in p.digits else "," for p in parts if p.undecided()}
        if len(marks) == 1:
            return (
                "," if marks == {"."} else "."
            ), f"{undecided.digits} was read as a whole number: three digits are thousands"
    if undecided is None:
        return "", "points and commas are mixed; each value was read by itself, as each admits one reading"
    amounts = [p.digits for p in (*votes.values(), undecided)]
    raise UnusableInput(
        f"{amounts[0]} and {amounts[-2] if len(amounts) > 2 else amounts[-1]} use points and commas in different ways, "
        f"so {undecided.digits} could be two numbers.",
        where=where,
        remedy='Say which it is in a mapping file (decimal = "," or decimal = "."), or correct the column.',
    )


def shares_written(values: pd.Series, where: str = "", decimal: str = "") -> Writing:
    """How the column is written whose different values these are.

    Raises
    ------
    UnusableInput : as `numbers`.
    """
    signs, bare = _without_per_cent(values)
    writing = written(bare, decimal, where)
    return replace(writing, percent=signs or bool((numbers(bare, writing=writing).values.abs() > 1).any()))


def _without_per_cent(values: pd.Series) -> tuple[bool, pd.Series]:
    in_percent = values.str.contains("%", regex=False).fillna(False).astype(bool)
    return bool(in_percent.any()), by_unique(values, lambda v: v.replace("%", "").strip())


def shares(values: pd.Series, where: str = "", decimal: str = "", writing: Writing | None = None) -> Numbers:
    """`values` as shares of 1: per cent or share is decided for the column, by a `%` or by a value above 1.

    Raises
    ------
    UnusableInput : as `numbers`.
    """
    writing = writing or shares_written(values, where, decimal)
    read = numbers(_without_per_cent(values)[1], writing=writing)
    if writing.percent:
        return Numbers(read.values / 100, read.unreadable, read.currencies, (*read.notes, "per cent made into shares"))
    return read

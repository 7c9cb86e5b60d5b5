"""When two headings are the same: case, accents, punctuation and a company's own suffixes do not count."""

import re
import unicodedata
from functools import lru_cache

_UNIT = re.compile(r"\s*[(\[（［]\s*([^()\[\]（）［］]{1,24})\s*[)\]）］]\s*$")
SIGNS = {"$": "USD", "€": "EUR", "£": "GBP", "¥": "JPY", "₹": "INR", "₩": "KRW", "₽": "RUB", "₺": "TRY", "₪": "ILS"}
SIGNS |= {"₫": "VND", "₱": "PHP", "₴": "UAH", "฿": "THB", "₦": "NGN"}
_ANY_SIGN = "[" + "".join(SIGNS) + "]"
_CURRENCY = re.compile(rf"\b([A-Z]{{3}})\b|({_ANY_SIGN})")
_CODES = "USD|EUR|GBP|CHF|CAD|AUD|NZD|JPY|BRL|MXN|COP|ARS|CLP|PEN|INR|SEK|NOK|DKK|PLN|CZK|SGD|ZAR"
_CODE_BEHIND = re.compile(
    rf"[\s_\-]+(?:in[\s_]+)?([KTM]?(?:{_CODES})|cents)$|[\s_\-]+([KTM]{_ANY_SIGN})$|\s*({_ANY_SIGN})$",
    re.IGNORECASE,
)
_SCALED = re.compile(rf"^([KTM])\s?({_CODES}|{_ANY_SIGN})$", re.IGNORECASE)  # TEUR, k€
_PREFIXES = ("property_hs_", "property_")


@lru_cache(maxsize=20_000)
def normal(heading: str) -> str:
    """`heading` as letters and digits only, lower case, without accents and without the `__c` of a custom field.

    >>> normal("Opportunity Owner"), normal("opportunity_owner__c"), normal("Fecha de creación")
    ('opportunityowner', 'opportunityowner', 'fechadecreacion')
    """
    text = unicodedata.normalize("NFKD", heading.strip()).casefold()
    text = re.sub(r"__[a-z]$", "", text)
    for prefix in _PREFIXES:
        text = text.removeprefix(prefix)
    return "".join(c for c in text if c.isalnum())


def without_unit(heading: str) -> tuple[str, str]:
    """`heading` without the unit at its end, and that unit: `Amount (EUR)` and `amount_eur` are an amount in `EUR`."""
    unit = _UNIT.search(heading)
    if unit and unit.start():
        return heading[: unit.start()], unit.group(1)
    unit = _CODE_BEHIND.search(heading)
    if unit and unit.start():
        return heading[: unit.start()], next(group for group in unit.groups() if group).upper()
    return heading, ""


@lru_cache(maxsize=20_000)
def words_in(heading: str) -> tuple[str, ...]:
    """The words of `heading`, without case and accents: `closeDate`, `close_date` and `Close Date` are the same two.

    >>> words_in("Fecha estimada de cierre"), words_in("CloseDate")
    (('fecha', 'estimada', 'de', 'cierre'), ('close', 'date'))
    """
    spaced = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", re.sub(r"__[a-z]$", "", heading.strip()))
    plain = "".join(c for c in unicodedata.normalize("NFKD", spaced).casefold() if not unicodedata.combining(c))
    return tuple(re.findall(r"[^\W_]+", plain))


def currency_in(unit: str) -> str:
    """The currency that a unit names, as its three letters; empty if it names none."""
    plain = unicodedata.normalize("NFKC", unit).strip()
    if scaled := _SCALED.match(plain):
        plain = scaled.group(2).upper()
    currency = _CURRENCY.search(plain)
    return (currency.group(1) or SIGNS[currency.group(2)]) if currency else ""


def scale_in(unit: str) -> str:
    """What a unit says besides its currency, in small letters: `k` of `k€`, `cents`, `千` of `千円`; empty if nothing.

    One letter says something only beside a currency, but for `k`.
    """
    plain = unicodedata.normalize("NFKC", unit).strip()
    if scaled := _SCALED.match(plain):
        return scaled.group(1).casefold()
    rest = re.sub(rf"\b(?:{_CODES})\b|{_ANY_SIGN}|[円元원]$|^in\b", " ", plain, flags=re.IGNORECASE).strip().casefold()
    return rest if len(rest) > 1 or rest == "k" or not rest.isascii() or rest != plain.casefold() else ""


def unique(headings: list[str]) -> list[str]:
    """`headings` with a number behind those that are there more than once, and a name for those without one."""
    seen: dict[str, int] = {}
    named = []
    for place, heading in enumerate(headings, start=1):
        name = " ".join(heading.split()) or f"column {place}"
        seen[name] = seen.get(name, 0) + 1
        named.append(name if seen[name] == 1 else f"{name} ({seen[name]})")
    return named

"""When two headings are the same: case, accents, punctuation and a company's own suffixes do not count."""

import re
import unicodedata
from functools import lru_cache

_UNIT = re.compile(r"\s*[(\[]\s*([^()\[\]]{1,24})\s*[)\]]\s*$")
_CURRENCY = re.compile(r"\b([A-Z]{3})\b|([$€£¥₹])")
_CODE_BEHIND = re.compile(
    r"[\s_\-]+(?:in[\s_]+)?(USD|EUR|GBP|CHF|CAD|AUD|NZD|JPY|BRL|MXN|COP|ARS|CLP|PEN|INR|SEK|NOK|DKK|PLN|CZK|SGD|ZAR)$|"
    r"\s*([$€£¥₹])$",
    re.IGNORECASE,
)
SIGNS = {"$": "USD", "€": "EUR", "£": "GBP", "¥": "JPY", "₹": "INR"}
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
        return heading[: unit.start()], (unit.group(1) or unit.group(2)).upper()
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
    currency = _CURRENCY.search(unit)
    return (currency.group(1) or SIGNS[currency.group(2)]) if currency else ""


def unique(headings: list[str]) -> list[str]:
    """`headings` with a number behind those that are there more than once, and a name for those without one."""
    seen: dict[str, int] = {}
    named = []
    for place, heading in enumerate(headings, start=1):
        name = " ".join(heading.split()) or f"column {place}"
        seen[name] = seen.get(name, 0) + 1
        named.append(name if seen[name] == 1 else f"{name} ({seen[name]})")
    return named

"""When two headings are the same: case, accents, punctuation and a company's own suffixes do not count."""

import re
import unicodedata
from functools import lru_cache

_UNIT = re.compile(r"\s*[(\[]\s*([^()\[\]]{1,24})\s*[)\]]\s*$")
_CURRENCY = re.compile(r"\b([A-Z]{3})\b|([$€£¥₹])")
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
    """`heading` without a unit in brackets at its end, and that unit: `Amount (EUR)` is `Amount`, `EUR`."""
    found = _UNIT.search(heading)
    return (heading[: found.start()], found.group(1)) if found and found.start() else (heading, "")


def currency_in(unit: str) -> str:
    """The currency that a unit names, as its three letters; empty if it names none."""
    found = _CURRENCY.search(unit)
    return (found.group(1) or SIGNS[found.group(2)]) if found else ""


def unique(headings: list[str]) -> list[str]:
    """`headings` with a number behind those that are there more than once, and a name for those without one."""
    seen: dict[str, int] = {}
    named = []
    for place, heading in enumerate(headings, start=1):
        name = " ".join(heading.split()) or f"column {place}"
        seen[name] = seen.get(name, 0) + 1
        named.append(name if seen[name] == 1 else f"{name} ({seen[name]})")
    return named

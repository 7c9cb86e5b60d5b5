"""What a heading can mean in a mapping: as written there, as it sounds, without its unit, without a CRM's decoration.

A CRM decorates headings (`Deal - Title`, `Opportunity: Owner: Full Name`); its mapping lists those prefixes and
suffixes. A heading that stands for two things (`Closed`: yes or no, or the day) means the one that its values fit.
"""

import re
from collections.abc import Iterable, Sequence

import pandas as pd

from playbook.crm.fields import DAY, FIELDS, FLAG, MONEY, NUMBER, SHARE
from playbook.crm.headings import normal, without_unit
from playbook.crm.mapping import Heading, KindMapping, Mapping
from playbook.crm.raw import RawTable
from playbook.crm.words import closely_folded, word_list

_LOOKED_AT = 40  # different values of a column, from which one sees what it holds
_DAY = re.compile(r"\d{1,4}[./\-\s]\s?\d{1,2}[./\-\s]\s?\d{2,4}|^\d{5,13}(\.\d+)?$|[^\W\d_]{3,}.*\d{2,4}")
_DIGIT = re.compile(r"\d")


class Meanings:
    """What the headings of one table mean; the values are looked at once per column."""

    def __init__(self, raw: RawTable) -> None:
        self._cells = raw.cells
        self._seen: dict[str, list[str]] = {}

    def of(
        self, heading: str, kind: str, headings: KindMapping, decoration: KindMapping | None = None
    ) -> Heading | None:
        """What `heading` means in `headings`; `decoration` is the mapping whose prefixes and suffixes are taken off."""
        for shown in shorter_forms(heading, decoration or headings):
            if alike := headings.known.get(normal(shown)):
                ranked = sorted(alike, key=lambda k: k.written != shown)  # as written there comes first
                return next((k for k in ranked if self._fits(heading, FIELDS[kind][k.field])), ranked[0])
        return None

    def _fits(self, heading: str, holds: str) -> bool:
        if heading not in self._seen:
            filled = self._cells[heading].dropna()
            self._seen[heading] = [str(v) for v in pd.unique(filled.head(2000))[:_LOOKED_AT]]
        return fits(self._seen[heading], holds)


def fits(values: Sequence[str], holds: str) -> bool:
    """Whether any of `values` could be a value of that sort; a column without values fits all."""
    if not values:
        return True
    if holds == FLAG:
        known = word_list("flag")
        return any(closely_folded(v) in known for v in values)
    if holds == DAY:
        return any(_DAY.search(v) for v in values)
    return not (holds in (MONEY, NUMBER, SHARE) and not any(_DIGIT.search(v) for v in values))


def shorter_forms(heading: str, headings: KindMapping) -> list[str]:
    """`heading` as it stands, without its unit, and without the prefixes and suffixes that a CRM puts around names.

    >>> shorter_forms("Deal - Value (EUR)", KindMapping({}, prefixes=("Deal - ",)))
    ['Deal - Value (EUR)', 'Deal - Value', 'Value (EUR)', 'Value']
    """
    whole = heading.strip()
    bare = whole
    low = bare.casefold()
    for prefix in headings.prefixes:
        if low.startswith(prefix.casefold()) and len(bare) > len(prefix):
            bare = bare[len(prefix) :].strip()
            low = bare.casefold()
    for suffix in headings.suffixes:
        if low.endswith(suffix.casefold()) and len(bare) > len(suffix):
            bare = bare[: -len(suffix)].strip()
            low = bare.casefold()
    return list(dict.fromkeys(form for shown in (whole, bare) for form in (shown, without_unit(shown)[0])))


class KnownHeadings:
    """Every heading that any of the mappings knows; by these a row of headings is told from a title."""

    def __init__(self, mappings: Iterable[Mapping]) -> None:
        mappings = tuple(mappings)
        kinds = [k for m in mappings for k in m.kinds.values()]
        aside = {normal(h) for m in mappings for rule in m.set_aside.values() for h in rule["headings"]}
        self._known = {h for k in kinds for h in k.known} | aside
        self._decorated = [k for k in kinds if k.prefixes or k.suffixes]

    def __contains__(self, heading: str) -> bool:
        forms = [heading.strip(), without_unit(heading)[0]]
        forms += [form for kind in self._decorated for form in shorter_forms(heading, kind)[2:]]
        return any(normal(form) in self._known for form in forms)

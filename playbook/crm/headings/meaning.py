"""What a heading can mean in a mapping: as written there, as it sounds, without its unit, without a CRM's decoration.

A CRM decorates headings (`Deal - Title`, `Opportunity: Owner: Full Name`); its mapping lists those prefixes and
suffixes. A heading that stands for two things (`Closed`: yes or no, or the day) means the one that its values fit.
One that no list has is looked up by its words, whatever their order: `fecha_cierre_estimada` is `Fecha estimada de
cierre`, and `status_venda`, which names the deal as well, is `Status`. Where no heading of a table says what became of
its deals, the column whose values say of some that they were won, and of others that they were lost, is their stage.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import cached_property, lru_cache
from itertools import product

import pandas as pd

from playbook.crm.files.raw_table import RawTable
from playbook.crm.headings.alike import normal, without_unit, words_in
from playbook.crm.headings.fields import DAY, FIELDS, FLAG, MONEY, NUMBER, SHARE
from playbook.crm.headings.mapping import Heading, KindMapping, Mapping, generic
from playbook.crm.tables.outcomes import outcome_of_name, outcome_words
from playbook.crm.values.words import closely_folded, word_list

LOOKED_THROUGH = 2000  # cells of a column, among which those are
_LOOKED_AT = 40  # different values of a column, from which one sees what it holds
_DAY = re.compile(r"\d{1,4}[./\-\s]\s?\d{1,2}[./\-\s]\s?\d{2,4}|^\d{5,13}(\.\d+)?$|[^\W\d_]{3,}.*\d{2,4}")
_DIGIT = re.compile(r"\d")
_MOST_WORDS = 8  # a heading of more words is a sentence
_BY_WORDS = 60  # a heading found by its words stands behind one that is in the list
_BY_VALUES = 90  # and one by its values behind all
_DEALS = "opportunities"
_OF_AN_OUTCOME = frozenset({"stage", "status", "is_won", "is_closed", "is_lost"})


class Meanings:
    """What the headings of one table mean; the values are looked at once per column."""

    def __init__(self, raw: RawTable) -> None:
        self._cells = raw.cells
        self._headings = raw.headings
        self._seen: dict[str, list[str]] = {}

    def of(
        self,
        heading: str,
        kind: str,
        headings: KindMapping,
        decoration: KindMapping | None = None,
        language: str = "",
    ) -> Heading | None:
        """What `heading` means in `headings`; `decoration` is the mapping whose prefixes and suffixes are taken off.

        A word of two languages (`Gestor`: a Spanish seller, a Portuguese manager) is of the table's, where it is known.
        """
        for form in shorter_forms(heading, decoration or headings):
            if alike := headings.known.get(normal(form)):
                # of the table's language, then as written there, comes first
                ranked = sorted(alike, key=lambda k: (bool(language) and k.language != language, k.written != form))
                return next((k for k in ranked if self._fits(heading, FIELDS[kind][k.field])), ranked[0])
        return self._by_its_words(heading, kind, headings, decoration) or self._by_its_values(heading, kind, headings)

    def _by_its_values(self, heading: str, kind: str, headings: KindMapping) -> Heading | None:
        if kind != _DEALS or headings is not generic().kinds[_DEALS] or heading != self._telling_outcomes:
            return None
        return Heading("stage", "", _BY_VALUES, heading, by_values=True)

    @cached_property
    def _telling_outcomes(self) -> str:
        """The first heading below which deals are won and lost, where none is known to be of outcomes; else empty."""
        self.__dict__["_telling_outcomes"] = ""  # meanwhile
        plain = generic().kinds[_DEALS]
        known = {h: meaning for h in self._headings if (meaning := self.of(h, _DEALS, plain))}
        if not _OF_AN_OUTCOME.isdisjoint(meaning.field for meaning in known.values()):
            return ""
        return next((h for h in self._headings if h not in known and _tells_outcomes(self._cells[h])), "")

    def _by_its_words(
        self, heading: str, kind: str, headings: KindMapping, decoration: KindMapping | None
    ) -> Heading | None:
        if headings is not generic().kinds.get(kind):  # a CRM's own headings are known to the letter
            return None
        for form in shorter_forms(heading, decoration or headings):
            for words in _readings(form, kind == "opportunities"):
                for known in headings.by_words.get(words, ()):
                    if self._fits(heading, FIELDS[kind][known.field]):
                        return replace(known, rank=known.rank + _BY_WORDS)
        return None

    def _fits(self, heading: str, holds: str) -> bool:
        if heading not in self._seen:
            filled = self._cells[heading].dropna()
            self._seen[heading] = [str(v) for v in pd.unique(filled.head(LOOKED_THROUGH))[:_LOOKED_AT]]
        return fits(self._seen[heading], holds)


def _tells_outcomes(cells: pd.Series) -> bool:
    """Whether some of the cells say that a deal was won, and others that one was lost, among a few different words."""
    values = pd.unique(cells.dropna().head(LOOKED_THROUGH))
    if len(values) > _LOOKED_AT:
        return False
    return {"won", "lost"} <= {outcome_of_name(str(value), outcome_words([])) for value in values}


@lru_cache(maxsize=20_000)
def _readings(heading: str, of_deals: bool) -> tuple[tuple[str, ...], ...]:
    """The words of `heading` in alphabetical order: as they stand, with abbreviations spelled out, without the deal.

    One word alone says too little, unless it stood beside an abbreviation or a word for the deal (`DT_FECHAMENTO`,
    `status_venda`).
    """
    words = generic().words
    plain_words = [w for w in words_in(heading) if w not in words["little_words"]["any"]]
    spellings = [[s for s, short in words["abbreviation"].items() if w in short] or [w] for w in plain_words]
    readings: dict[tuple[str, ...], None] = {}
    for reading in product(*spellings) if len(plain_words) <= _MOST_WORDS else ():
        whole = [w for w in reading if w != "nothing"]
        without_deal = [w for w in whole if w not in words["deal"]["any"]] if of_deals else whole
        for reading_words in (whole, without_deal):
            if reading_words and (len(reading_words) > 1 or reading_words != plain_words):
                readings[tuple(sorted(reading_words))] = None
    return tuple(readings)


def fits(values: Sequence[str], holds: str) -> bool:
    """Whether any of `values` could be a value of that sort; a column without values fits all."""
    if not values:
        return True
    if holds == FLAG:
        known = word_list("flag")
        return any(closely_folded(v.removesuffix(".0")) in known for v in values)
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
    return list(dict.fromkeys(form for name in (whole, bare) for form in (name, without_unit(name)[0])))


class KnownHeadings:
    """Every heading that any of the mappings knows; by these a row of headings is told from a title."""

    def __init__(self, mappings: Iterable[Mapping]) -> None:
        mappings = tuple(mappings)
        kinds = [k for m in mappings for k in m.kinds.values()]
        aside = {normal(h) for m in mappings for rule in m.set_aside.values() for h in rule["headings"]}
        self._known = {h for k in kinds for h in k.known} | aside
        self._decorated = [k for k in kinds if k.prefixes or k.suffixes]
        deals = generic().kinds["opportunities"]
        self._by_words = {words for words in deals.by_words if len(words) > 1}

    def __contains__(self, heading: object) -> bool:
        if not isinstance(heading, str):
            return False
        forms = [heading.strip(), without_unit(heading)[0]]
        forms += [form for kind in self._decorated for form in shorter_forms(heading, kind)[2:]]
        if any(normal(form) in self._known for form in forms):
            return True
        return any(words in self._by_words for form in forms[:2] for words in _readings(form, True))

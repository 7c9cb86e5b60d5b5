"""Which column of a table fills which field: each heading claims one, and of several claims to a field one wins.

Filled columns come before empty ones; then the user's word, the CRM's headings, the generic ones; then the table's own
language; then the place in the mapping's list, and in the file.
"""

import re
from collections.abc import Iterable, Sequence
from collections.abc import Mapping as Dict
from dataclasses import dataclass, field, replace
from itertools import chain

from playbook.crm.headings.alike import currency_in, normal, without_unit
from playbook.crm.headings.candidates import Candidate
from playbook.crm.headings.fields import DAY, FIELDS, MONEY
from playbook.crm.headings.mapping import GENERIC, Heading, KindMapping, Mapping, generic, language_name
from playbook.crm.headings.meaning import Meanings

_STAGE_DATE = "the day on which a deal entered the stage that the heading names"
_QUOTA = "a quota, for the period that the heading names"


@dataclass(frozen=True)
class Columns:
    """What each heading means; the fields are those of `Recognised`."""

    columns: Dict[str, str] = field(default_factory=dict)
    also: Dict[str, tuple[str, ...]] = field(default_factory=dict)
    reasons: Dict[str, str] = field(default_factory=dict)
    currencies: Dict[str, str] = field(default_factory=dict)
    wide_stage_dates: Dict[str, tuple[str, str]] = field(default_factory=dict)
    wide_quotas: Dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, order=True)
class _Claim:
    """A heading that a mapping knows as a field; of several to one field the least wins."""

    is_empty: bool
    trust: int  # the place of its mapping: the user's, the CRM's, the generic one
    is_foreign: bool  # known in another language than the table's
    place: int
    heading: str
    name: str = field(compare=False)  # of the field
    why: str = field(compare=False)

    def is_as_good_as(self, other: "_Claim") -> bool:
        """Whether nothing but the place parts the two."""
        return (self.is_empty, self.trust, self.is_foreign) == (other.is_empty, other.trust, other.is_foreign)


def columns_of(candidate: Candidate, user: Mapping | None, meanings: Meanings) -> Columns:
    """What each heading of the candidate's table means; `user`, the user's own mapping file, wins."""
    sources = _sources(candidate, user)
    headings = _headings_in_use(candidate, sources)
    by_claims = _with_the_winners(candidate, sources, sorted(_claims(candidate, headings, sources, meanings)))
    with_currency = _with_currency_of_amount(candidate, headings, by_claims)
    return _with_stages_and_periods(candidate, headings, sources, with_currency)


def _with_the_winners(candidate: Candidate, sources: Sequence[Mapping], claims: Sequence[_Claim]) -> Columns:
    """Each field with the first of the `claims` to it, and with those that fill its gaps."""
    fields = FIELDS[candidate.kind]
    first = {claim.name: claim for claim in reversed(claims)}
    columns = {name: first[name].heading for name in fields if name in first}
    filled_up = [name for name in columns if fields[name] in (DAY, MONEY)]
    fillers = {name: _fillers(first[name], claims, candidate, sources) for name in filled_up}
    reasons = {claim.heading: claim.why for claim in first.values()}
    reasons |= {c.heading: f"{c.why}; where {columns[c.name]!r} is empty" for c in chain(*fillers.values())}
    return Columns(
        columns=columns,
        also={name: tuple(c.heading for c in others) for name, others in fillers.items() if others},
        reasons=reasons,
        currencies={name: unit for name, h in columns.items() if (unit := currency_in(without_unit(h)[1]))},
    )


def _with_currency_of_amount(candidate: Candidate, headings: Sequence[str], own: Columns) -> Columns:
    """With the column that says the currency of the amounts, where only its heading tells that it does."""
    if "currency" not in FIELDS[candidate.kind] or "currency" in own.columns or "amount" not in own.columns:
        return own
    amount = own.columns["amount"]
    heading = _currency_of(amount, [h for h in headings if h not in own.reasons])
    if not heading:
        return own
    reasons = {**own.reasons, heading: f"it names the currency of {amount!r}"}
    return replace(own, columns={**own.columns, "currency": heading}, reasons=reasons)


def _with_stages_and_periods(
    candidate: Candidate, headings: Sequence[str], sources: Sequence[Mapping], own: Columns
) -> Columns:
    """With the columns whose heading names a stage (the day it was entered) or a period (its quota)."""
    free = [h for h in headings if h not in own.reasons]
    sections = [m.kinds[candidate.kind] for m in sources]
    stage_dates = _stage_dates(free, sections)
    periods = _quotas(free, sections) | {h: p for h, p in candidate.periods.items() if h in free}
    reasons = {**own.reasons, **dict.fromkeys(stage_dates, _STAGE_DATE), **dict.fromkeys(periods, _QUOTA)}
    return replace(own, reasons=reasons, wide_stage_dates=stage_dates, wide_quotas=periods)


def _sources(candidate: Candidate, user: Mapping | None) -> list[Mapping]:
    """The mappings that are asked what a heading means, in the order in which they are believed."""
    believed = (user, candidate.mapping, generic())
    return list(dict.fromkeys(m for m in believed if m is not None and candidate.kind in m.kinds))


def _headings_in_use(candidate: Candidate, sources: Sequence[Mapping]) -> list[str]:
    """The headings that no mapping of the user's or of the CRM says to leave aside."""
    own_sections = [m for m in sources if m.of_user or m is candidate.mapping]
    aside = frozenset(chain.from_iterable(m.kinds[candidate.kind].aside for m in own_sections))
    return [h for h in candidate.raw.headings if normal(h) not in aside]


def _claims(
    candidate: Candidate, headings: Sequence[str], sources: Sequence[Mapping], meanings: Meanings
) -> Iterable[_Claim]:
    """What each heading is first known as."""
    cells = candidate.raw.cells
    for place, heading in enumerate(headings):
        for trust, source in enumerate(sources):
            section = source.kinds[candidate.kind]
            if known := meanings.of(heading, candidate.kind, section, candidate.section, candidate.language):
                is_empty = bool(len(cells)) and bool(cells[heading].isna().all())
                is_foreign = known.language != candidate.language
                why = _why(heading, known, source)
                yield _Claim(is_empty, trust, is_foreign, known.rank * 100 + place, heading, known.field, why)
                break


def _fillers(first: _Claim, claims: Sequence[_Claim], candidate: Candidate, sources: Sequence[Mapping]) -> list[_Claim]:
    """The claims that fill the gaps of the `first`: other columns of the same CRM (Actual Revenue, else Est. Revenue).

    Of generic headings none stands for another (ARR, MRR).
    """
    if candidate.mapping.crm == GENERIC or sources[first.trust] is not candidate.mapping:
        return []
    return [c for c in claims if c.name == first.name and c is not first and c.is_as_good_as(first)]


def _why(heading: str, known: Heading, mapping: Mapping) -> str:
    if mapping.of_user:
        return "your mapping file says so"
    if known.by_values:
        return "its values say what was won and what was lost"
    whose = "the generic list of headings" if mapping.crm == GENERIC else f"the {mapping.crm} mapping"
    language = language_name(known.language)
    where = f"{whose}, {language}" if language else whose
    is_as_written = heading.strip() == known.written
    return f"heading known in {where}" if is_as_written else f"heading known in {where} as {known.written!r}"


def _currency_of(amount: str, headings: Sequence[str]) -> str:
    """The amount's heading with a word for currency around it (`Total Amount Currency`, `Divisa de Importe`)."""
    words = [normal(w) for w in generic().words["currency_heading"]["any"]]
    own = {normal(amount), normal(without_unit(amount)[0])}
    wanted = {form for name in own for word in words for form in (name + word, word + name)}
    return next((h for h in headings if normal(h) in wanted), "")


def _stage_dates(headings: Sequence[str], sections: Sequence[KindMapping]) -> dict[str, tuple[str, str]]:
    """The headings that name a stage, below which stands the day it was entered: stage and pipeline."""
    patterns = [_pattern(p) for section in sections for p in section.wide_stage_dates]
    fitting = _fitting({h: h.strip() for h in headings}, patterns)
    return {h: (parts["stage"], parts.groupdict().get("pipeline") or "") for h, parts in fitting.items()}


def _quotas(headings: Sequence[str], sections: Sequence[KindMapping]) -> dict[str, str]:
    """The headings that name a period, below which stands its quota: only letters and digits count."""
    patterns = [_pattern(re.sub(r"[_\s]+", " ", p)) for section in sections for p in section.wide_quotas]
    fitting = _fitting({h: re.sub(r"[_\W]+", " ", h).strip() for h in headings}, patterns)
    return {h: parts["period"] for h, parts in fitting.items() if re.search(r"\d", parts["period"])}


def _fitting(texts: Dict[str, str], patterns: Sequence[re.Pattern]) -> dict[str, re.Match]:
    """The headings that fit a pattern, by the first that they fit; `texts`: a heading → as it is compared."""
    fitting: dict[str, re.Match] = {}
    for pattern in patterns:
        for heading, text in texts.items():
            if parts := pattern.fullmatch(text):
                fitting.setdefault(heading, parts)
    return fitting


def _pattern(heading: str) -> re.Pattern:
    """The pattern of a heading in which `{stage}` and the like stand for any text."""
    parts = re.split(r"(\{\w+\})", heading)
    regex = "".join(f"(?P<{p[1:-1]}>.+?)" if p.startswith("{") else re.escape(p).replace(r"\ ", r"\s+") for p in parts)
    return re.compile(regex, re.IGNORECASE)

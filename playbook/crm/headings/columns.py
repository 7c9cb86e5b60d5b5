"""Which column of a table fills which field: the user's word first, then the CRM's headings, then the generic ones."""

import re
from collections.abc import Mapping as Dict
from dataclasses import dataclass, field

from playbook.crm.files.raw_table import RawTable
from playbook.crm.headings.alike import currency_in, normal, without_unit
from playbook.crm.headings.fields import DAY, FIELDS, MONEY
from playbook.crm.headings.mapping import GENERIC, Heading, Mapping, generic, language_name
from playbook.crm.headings.meaning import Meanings


@dataclass(frozen=True)
class Columns:
    """`columns`: field → heading; `also`: headings that fill a field's gaps; `reasons`: heading → why."""

    columns: Dict[str, str]
    also: Dict[str, tuple[str, ...]]
    reasons: Dict[str, str]
    currencies: Dict[str, str] = field(default_factory=dict)  # of a field whose heading names one
    wide_stage_dates: Dict[str, tuple[str, str]] = field(default_factory=dict)  # heading → stage, pipeline
    wide_quotas: Dict[str, str] = field(default_factory=dict)  # heading → period


def columns_of(
    raw: RawTable, kind: str, language: str, mapping: Mapping, user: Mapping | None, meanings: Meanings
) -> Columns:
    """What each heading of `raw`, a table of that kind and language, means.

    Parameters
    ----------
    mapping : the CRM's (or the generic one), by which the table was recognised.
    user : the user's own mapping file; it wins.
    """
    sources = list(dict.fromkeys(m for m in (user, mapping, generic()) if m is not None and kind in m.kinds))
    claims: dict[str, list[tuple[tuple[int, int, int, int], str, str]]] = {}
    aside = frozenset().union(*(m.kinds[kind].aside for m in (user, mapping) if m is not None and kind in m.kinds))
    headings = [h for h in raw.headings if normal(h) not in aside]
    for place, heading in enumerate(headings):
        for trust, source in enumerate(sources):
            known = meanings.of(heading, kind, source.kinds[kind], mapping.kinds.get(kind), language)
            if known is None:
                continue
            empty = int(raw.cells[heading].isna().all()) if len(raw.cells) else 0
            worth = (empty, trust, int(known.language != language), known.rank * 100 + place)
            claims.setdefault(known.field, []).append((worth, heading, _reason(heading, known, source)))
            break
    columns: dict[str, str] = {}
    also: dict[str, tuple[str, ...]] = {}
    reasons: dict[str, str] = {}
    currencies: dict[str, str] = {}
    for name, holds in FIELDS[kind].items():
        if name not in claims:
            continue
        (worth, heading, why), *others = sorted(claims[name])
        columns[name], reasons[heading] = heading, why
        if unit := currency_in(without_unit(heading)[1]):
            currencies[name] = unit
        if holds in (DAY, MONEY) and mapping.crm != GENERIC:  # Actual Revenue, else Est. Revenue
            of_crm = sources.index(mapping) == worth[1]  # of generic headings none stands for another (ARR, MRR)
            fills = [(h, w) for other, h, w in others if of_crm and other[:3] == worth[:3]]
            also |= {name: tuple(h for h, _ in fills)} if fills else {}
            reasons |= {h: f"{w}; where {heading!r} is empty" for h, w in fills}
    if "currency" in FIELDS[kind] and "currency" not in columns and "amount" in columns:
        heading = _currency_of(columns["amount"], headings, set(reasons))
        columns |= {"currency": heading} if heading else {}
        reasons |= {heading: f"it names the currency of {columns['amount']!r}"} if heading else {}
    return _with_wide(headings, kind, sources, Columns(columns, also, reasons, currencies))


def _currency_of(amount: str, headings: list[str], taken: set[str]) -> str:
    """The amount's heading with a word for currency around it (`Total Amount Currency`, `Divisa de Importe`)."""
    words = [normal(w) for w in generic().words["currency_heading"]["any"]]
    own = {normal(amount), normal(without_unit(amount)[0])}
    wanted = {form for name in own for word in words for form in (name + word, word + name)}
    return next((h for h in headings if h not in taken and normal(h) in wanted), "")


def _reason(heading: str, known: Heading, mapping: Mapping) -> str:
    if mapping.of_user:
        return "your mapping file says so"
    whose = "the generic list of headings" if mapping.crm == GENERIC else f"the {mapping.crm} mapping"
    language = language_name(known.language)
    where = f"{whose}, {language}" if language else whose
    is_as_written = heading.strip() == known.written
    return f"heading known in {where}" if is_as_written else f"heading known in {where} as {known.written!r}"


def _with_wide(headings: list[str], kind: str, sources: list[Mapping], columns: Columns) -> Columns:
    """With the columns whose heading names a stage (the day it was entered) or a period (a quota)."""
    taken = {*columns.columns.values(), *sum(columns.also.values(), ())}
    stage_dates: dict[str, tuple[str, str]] = {}
    quotas: dict[str, str] = {}
    reasons = dict(columns.reasons)
    for mapping in sources:
        for pattern in mapping.kinds[kind].wide_stage_dates:
            for heading in headings:
                hit = _fitting(pattern).fullmatch(heading.strip())
                if hit and heading not in stage_dates and heading not in taken:
                    stage_dates[heading] = (hit["stage"], hit.groupdict().get("pipeline") or "")
                    reasons[heading] = "the day on which a deal entered the stage that the heading names"
        for pattern in mapping.kinds[kind].wide_quotas:
            for heading in headings:
                hit = _fitting(pattern, words=True).fullmatch(re.sub(r"[_\W]+", " ", heading).strip())
                if hit and heading not in quotas and heading not in taken:
                    quotas[heading] = hit["period"]
                    reasons[heading] = "a quota, for the period that the heading names"
    quotas = {h: period for h, period in quotas.items() if re.search(r"\d", period)}
    reasons = {h: why for h, why in reasons.items() if h in taken or h in stage_dates or h in quotas}
    return Columns(columns.columns, columns.also, reasons, columns.currencies, stage_dates, quotas)


def _fitting(pattern: str, words: bool = False) -> re.Pattern:
    """The pattern of a heading: `{stage}` and the like stand for any text; with `words` only letters and digits
    count."""
    parts = re.split(r"(\{\w+\})", re.sub(r"[_\s]+", " ", pattern) if words else pattern)
    regex = "".join(f"(?P<{p[1:-1]}>.+?)" if p.startswith("{") else re.escape(p).replace(r"\ ", r"\s+") for p in parts)
    return re.compile(regex, re.IGNORECASE)

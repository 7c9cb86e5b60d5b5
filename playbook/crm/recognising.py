"""What a raw table is, whose headings it wears, and which of its columns means what; each answer with its reason.

A CRM recognises a file when the headings that its mapping demands are all there. Of several, the one that knows most
headings wins; the generic mapping stands in where no CRM does. A user's mapping wins over all.
"""

import re
from collections.abc import Mapping as Dict
from dataclasses import dataclass, field

from playbook.crm.fields import DAY, FIELDS, MONEY, SAID
from playbook.crm.headings import currency_in, normal, without_unit
from playbook.crm.mapping import GENERIC, Heading, KindMapping, Mapping, generic, language_said
from playbook.crm.raw import RawTable

_EXACT = 0.25  # a heading written exactly as the mapping has it counts a little more than one that only sounds alike
_RANK_OF_NAME = {
    "people": ("team", "rep", "agent", "user", "owner", "people", "roster", "employee"),
    "quotas": ("quota", "target"),
}


@dataclass(frozen=True)
class Recognised:
    """A raw table with a meaning. `columns`: field → heading; `reasons`: heading → why; `wide_*`: heading → parts."""

    raw: RawTable
    kind: str
    crm: str
    language: str
    why: str
    columns: Dict[str, str] = field(default_factory=dict)
    also: Dict[str, tuple[str, ...]] = field(default_factory=dict)  # headings that fill a field's gaps
    reasons: Dict[str, str] = field(default_factory=dict)
    currencies: Dict[str, str] = field(default_factory=dict)
    wide_stage_dates: Dict[str, tuple[str, str]] = field(default_factory=dict)
    wide_quotas: Dict[str, str] = field(default_factory=dict)
    everyone: bool = False
    mapping: Mapping | None = None

    @property
    def left_aside(self) -> list[str]:
        """The headings that mean nothing to the kit."""
        used = {*self.columns.values(), *sum(self.also.values(), ()), *self.wide_stage_dates, *self.wide_quotas}
        return [h for h in self.raw.headings if h not in used]


@dataclass(frozen=True)
class _Candidate:
    mapping: Mapping
    kind: str
    score: float
    hits: int
    language: str


def recognised(raw: RawTable, mappings: tuple[Mapping, ...], user: Mapping | None = None) -> Recognised:
    """What `raw` is. A table that nobody knows has the kind `""` and the reason why.

    Parameters
    ----------
    mappings : the shipped mappings, the generic one last.
    user : the user's own mapping file, if there is one; it wins.
    """
    told = _told_kind(raw, user)
    if told == "ignore":
        return Recognised(raw, "", user.crm, "", "your mapping file says that it is to be left out", mapping=user)
    if not told and (aside := _set_aside(raw, mappings)):
        return Recognised(raw, "", aside[0], "", aside[1])
    candidates = [c for m in ((user,) if user else ()) + mappings for c in _candidates(raw, m, told, user)]
    if not candidates:
        return Recognised(raw, "", "", "", _closest(raw, mappings))
    best = max(candidates, key=lambda c: c.score)
    return _with_columns(raw, best, user, told)


def _told_kind(raw: RawTable, user: Mapping | None) -> str:
    if user is None:
        return ""
    names = {raw.file, raw.file.rsplit("/", 1)[-1], f"{raw.file}/{raw.sheet}", raw.sheet} - {""}
    return next((kind for name, kind in user.files.items() if name in names), "")


def _set_aside(raw: RawTable, mappings: tuple[Mapping, ...]) -> tuple[str, str] | None:
    have = {normal(h) for h in raw.headings}
    for mapping in mappings:
        for rule in mapping.set_aside.values():
            if all(normal(h) in have for h in rule["headings"]):
                return mapping.crm, rule["says"]
    return None


def _candidates(raw: RawTable, mapping: Mapping, told: str, user: Mapping | None) -> list[_Candidate]:
    found = []
    for kind, headings in mapping.kinds.items():
        if told and kind != told:
            continue
        hits = {h: known for h in raw.headings if (known := _meaning(h, headings))}
        if mapping is user and not headings.recognise and not told and len(hits) < 2:
            continue
        fields_hit = {known.field for known in hits.values()}
        if not told and not all(any(name in fields_hit for name in group) for group in headings.recognise):
            continue
        if not hits and not told:
            continue
        if not told and any(normal(h) in headings.unless for h in raw.headings):
            continue
        own = len(fields_hit) + _EXACT * sum(h.strip() == known.written for h, known in hits.items())
        plain = _generic_fields(raw, kind) | fields_hit
        score = len(plain) + (own / 10 + 0.5 if mapping.crm != GENERIC else 0) + (100 if mapping is user else 0)
        score += 0.75 * any(word in raw.file.lower() for word in _RANK_OF_NAME.get(kind, ()))
        score += _like_a_history(raw, hits) if kind == "stage_history" else 0
        if not set(headings.recognise) and mapping.crm != GENERIC and not mapping.of_user:
            continue
        found.append(_Candidate(mapping, kind, score, len(fields_hit), _language(hits)))
    return found


def _like_a_history(raw: RawTable, hits: Dict[str, Heading]) -> float:
    """A history has several rows for one deal; a table in which each deal stands once is rather the deals."""
    ids = next((raw.cells[h] for h, known in hits.items() if known.field == "opportunity_id"), None)
    if ids is None or len(ids) < 2:
        return 0.0
    return 1.5 if ids.duplicated().any() else -1.5


def _generic_fields(raw: RawTable, kind: str) -> set[str]:
    plain = generic().kinds.get(kind)
    return {k.field for h in raw.headings if plain and (k := _meaning(h, plain))}


def _meaning(heading: str, headings: KindMapping) -> Heading | None:
    """What a heading means in one mapping: as written there if it is, else as it sounds, else without its unit."""
    for shown in (heading.strip(), without_unit(heading)[0]):
        if alike := headings.known.get(normal(shown)):
            return next((k for k in alike if k.written == shown), alike[0])
    return None


def _language(hits: Dict[str, Heading]) -> str:
    counts: dict[str, int] = {}
    for known in hits.values():
        counts[known.language] = counts.get(known.language, 0) + 1
    return max(counts, key=lambda code: (counts[code], code == "en")) if counts else ""


def _closest(raw: RawTable, mappings: tuple[Mapping, ...]) -> str:
    best: tuple[int, str, list[str]] = (0, "", [])
    for kind, headings in generic().kinds.items():
        hit = {k.field for h in raw.headings if (k := _meaning(h, headings))}
        lacking = [" or ".join(group) for group in headings.recognise if not any(name in hit for name in group)]
        if len(hit) > best[0]:
            best = (len(hit), kind, lacking)
    if best[0] < 2:
        return "no mapping knows its headings"
    return f"it is most like {SAID[best[1]]}, but no heading was known for {'; '.join(best[2]) or 'the rest'}"


def _with_columns(raw: RawTable, best: _Candidate, user: Mapping | None, told: str) -> Recognised:
    """Each heading's meaning, from the user's mapping, the CRM's, and the generic one, in this order."""
    sources = [m for m in (user, best.mapping, generic()) if m is not None]
    claims: dict[str, list[tuple[tuple[int, int, int, int], str, str]]] = {}
    currencies: dict[str, str] = {}
    for place, heading in enumerate(raw.headings):
        for trust, mapping in enumerate(dict.fromkeys(sources)):
            known = _meaning(heading, mapping.kinds[best.kind]) if best.kind in mapping.kinds else None
            if known is None:
                continue
            empty = int(raw.cells[heading].isna().all()) if len(raw.cells) else 0
            worth = (empty, trust, int(known.language != best.language), known.rank * 100 + place)
            claims.setdefault(known.field, []).append((worth, heading, _reason(heading, known, mapping, best)))
            break
    columns, also, reasons = {}, {}, {}
    for name, kind in FIELDS[best.kind].items():
        if name in claims:
            (worth, heading, why), *others = sorted(claims[name])
            columns[name], reasons[heading] = heading, why
            if unit := currency_in(without_unit(heading)[1]):
                currencies[name] = unit
            if kind in (DAY, MONEY) and best.mapping.crm != GENERIC:  # Actual Revenue, else Est. Revenue
                fills = [(h, w) for other, h, w in others if other[:3] == worth[:3]]
                also |= {name: tuple(h for h, _ in fills)} if fills else {}
                reasons |= {h: f"{w}; where {heading!r} is empty" for h, w in fills}
    found = Recognised(
        raw, best.kind, best.mapping.crm, best.language, _why(best, told), columns, also, reasons, currencies,
        everyone=any(m.kinds[best.kind].everyone for m in sources if best.kind in m.kinds and m.crm != GENERIC),
        mapping=best.mapping,
    )  # fmt: skip
    return _with_wide_columns(found, sources)


def _reason(heading: str, known: Heading, mapping: Mapping, best: _Candidate) -> str:
    if mapping.of_user:
        return "your mapping file says so"
    whose = "the generic list of headings" if mapping.crm == GENERIC else f"the {mapping.crm} mapping"
    language = language_said(known.language)
    alike = "" if heading.strip() == known.written else f" as {known.written!r}"
    return f"heading known in {whose}{', ' + language if language else ''}{alike}"


def _why(best: _Candidate, told: str) -> str:
    if told:
        return "your mapping file says so"
    name = "the generic list of headings" if best.mapping.crm == GENERIC else f"the {best.mapping.crm} mapping"
    language = language_said(best.language)
    return f"{best.hits} of its columns are known in {name}{', ' + language if language else ''}"


def _with_wide_columns(found: Recognised, sources: list[Mapping]) -> Recognised:
    taken = {*found.columns.values(), *sum(found.also.values(), ())}
    stage_dates: dict[str, tuple[str, str]] = {}
    quotas: dict[str, str] = {}
    reasons = dict(found.reasons)
    for mapping in sources:
        headings = mapping.kinds.get(found.kind)
        for pattern in headings.wide_stage_dates if headings else ():
            for heading in found.raw.headings:
                hit = _fitting(pattern).fullmatch(heading.strip())
                if hit and heading not in stage_dates and heading not in taken:
                    stage_dates[heading] = (hit["stage"], hit.groupdict().get("pipeline") or "")
                    reasons[heading] = "the day on which a deal entered the stage that the heading names"
        for pattern in headings.wide_quotas if headings else ():
            for heading in found.raw.headings:
                hit = _fitting(pattern, words=True).fullmatch(re.sub(r"[_\W]+", " ", heading).strip())
                if hit and heading not in quotas and heading not in taken:
                    quotas[heading] = hit["period"]
                    reasons[heading] = "a quota, for the period that the heading names"
    quotas = {h: period for h, period in quotas.items() if re.search(r"\d", period)}
    reasons = {h: why for h, why in reasons.items() if h in taken or h in stage_dates or h in quotas}
    return Recognised(**{**found.__dict__, "wide_stage_dates": stage_dates, "wide_quotas": quotas, "reasons": reasons})


def _fitting(pattern: str, words: bool = False) -> re.Pattern:
    """The pattern of a heading: `{stage}` and the like stand for any text; with `words` only letters and digits
    count."""
    parts = re.split(r"(\{\w+\})", re.sub(r"[_\s]+", " ", pattern) if words else pattern)
    said = "".join(f"(?P<{p[1:-1]}>.+?)" if p.startswith("{") else re.escape(p).replace(r"\ ", r"\s+") for p in parts)
    return re.compile(said, re.IGNORECASE)

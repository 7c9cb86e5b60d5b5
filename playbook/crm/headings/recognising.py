"""What a raw table is, whose headings it wears, and which of its columns means what; each answer with its reason.

A CRM recognises a file when the headings that its mapping demands are all there. Of several, the one that knows most
headings wins; the generic mapping stands in where no CRM does. A user's mapping wins over all.
"""

from collections.abc import Callable
from collections.abc import Mapping as Dict
from dataclasses import dataclass, field
from functools import partial

from playbook.crm.files.raw_table import RawTable
from playbook.crm.headings.alike import normal
from playbook.crm.headings.columns import columns_of
from playbook.crm.headings.fields import FIELDS, KIND_LABELS, field_label
from playbook.crm.headings.mapping import GENERIC, Heading, KindMapping, Mapping, generic, language_name
from playbook.crm.headings.meaning import Meanings
from playbook.crm.values.words import matches
from playbook.wording import listing

_EXACT = 0.25  # a heading written exactly as the mapping has it counts a little more than one that only sounds alike
_ENOUGH = 20_000  # rows by which a history is told from deals
_WHO = {"person_id", "name", "first_name", "last_name", "email", "manager_id", "manager_name"}
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


@dataclass(frozen=True)
class Readings:
    """The ways to read one table by its headings: the `best`, and by kind how it would be read as one of the `others`.

    `said_by_user` says that a mapping file of the user's own says what the table is.
    """

    best: Recognised
    others: Dict[str, Callable[[], Recognised]] = field(default_factory=dict)
    said_by_user: bool = False

    def of_kind(self, kind: str) -> Recognised | None:
        """The table read as one of that kind, if its headings allow it."""
        if kind == self.best.kind:
            return self.best
        return self.others[kind]() if kind in self.others else None

    def aside(self, why: str) -> Recognised:
        """The table left aside for that reason, which says what it looked like."""
        best = self.best
        looks = f"its headings are like those of {KIND_LABELS[best.kind]}"
        return Recognised(best.raw, "", best.crm, best.language, f"{why} ({looks})")


def readings_of(raw: RawTable, mappings: tuple[Mapping, ...], user: Mapping | None = None) -> Readings:
    """How `raw` can be read, by its headings. A table that nobody knows has the kind `""` and the reason why.

    Parameters
    ----------
    mappings : the shipped mappings, the generic one last.
    user : the user's own mapping file, if there is one; it wins.
    """
    users_kind = _kind_by_user(raw, user)
    if user and users_kind == "ignore":
        why = "your mapping file says that it is to be left out"
        return Readings(Recognised(raw, "", user.crm, "", why, mapping=user), said_by_user=True)
    if not users_kind and (aside := _set_aside(raw, mappings)):
        return Readings(Recognised(raw, "", aside[0], "", aside[1]))
    meanings = Meanings(raw)
    candidates = [c for m in mappings for c in _candidates(raw, m, "", user, meanings)]
    of_user = _candidates(raw, user, users_kind, user, meanings) if user else []
    best = max([*candidates, *of_user], key=lambda c: c.score, default=None)
    if kind := users_kind or (best.kind if best and best.mapping is user else ""):
        # The user says what the file is; the mapping of its CRM still knows its other headings.
        of_kind = (
            [c for c in candidates if c.kind == kind] or of_user or _candidates(raw, mappings[-1], kind, user, meanings)
        )
        best = max(of_kind, key=lambda c: c.score, default=None)
    if not users_kind and (best is None or best.kind == "opportunities") and _one_row_a_person(raw, meanings):
        return Readings(Recognised(raw, "", "", "", "a summary with one row per person, not one row per deal"))
    if best is None:
        return Readings(Recognised(raw, "", "", "", _closest(raw, mappings, meanings)))
    ways = {c.kind: c for c in sorted(candidates, key=lambda c: c.score) if c.kind != best.kind}
    return Readings(
        _with_columns(raw, best, user, users_kind, meanings),
        {kind: partial(_with_columns, raw, other, user, "", meanings) for kind, other in ways.items()},
        bool(users_kind) or best.mapping is user,
    )


def _kind_by_user(raw: RawTable, user: Mapping | None) -> str:
    if user is None:
        return ""
    return next((kind for name, kind in user.files.items() if name in raw.names), "")


def _set_aside(raw: RawTable, mappings: tuple[Mapping, ...]) -> tuple[str, str] | None:
    have = {normal(h) for h in raw.headings}
    for mapping in mappings:
        for rule in mapping.set_aside.values():
            without = not any(normal(h) in have for h in rule.get("without", ()))
            if without and all(normal(h) in have for h in rule["headings"]):
                return mapping.crm, rule["says"]
    return None


def _candidates(
    raw: RawTable, mapping: Mapping, users_kind: str, user: Mapping | None, meanings: Meanings
) -> list[_Candidate]:
    candidates = []
    for kind, headings in mapping.kinds.items():
        if users_kind and kind != users_kind:
            continue
        hits = {h: known for h in raw.headings if (known := meanings.of(h, kind, headings))}
        fields_hit = {known.field for known in hits.values()}
        if (
            mapping is user
            and not headings.recognise
            and not users_kind
            and len(fields_hit) < max(2, _half_of(headings))
        ):
            continue
        if not users_kind and not all(any(name in fields_hit for name in group) for group in headings.recognise):
            continue
        if not hits and not users_kind:
            continue
        if kind == "people" and not users_kind and _only_ids(hits):
            continue
        if not users_kind and any(h.strip().casefold() in headings.unless for h in raw.headings):
            continue
        own = len(fields_hit) + _EXACT * sum(h.strip() == known.written for h, known in hits.items())
        plain = _generic_fields(raw, kind, headings, meanings) | fields_hit
        score = len(plain) + (own / 10 + 0.5 if mapping.crm != GENERIC else 0) + (100 if mapping is user else 0)
        score += 0.75 * any(word in raw.file.lower() for word in _RANK_OF_NAME.get(kind, ()))
        score += _like_a_history(raw, hits) if kind == "stage_history" else 0
        if not set(headings.recognise) and mapping.crm != GENERIC and not mapping.of_user:
            continue
        candidates.append(_Candidate(mapping, kind, score, len(fields_hit), _language(hits)))
    return candidates


def _only_ids(hits: Dict[str, Heading]) -> bool:
    """Whether nothing but a column `id` would tell who the people of a list are: it may be of anything."""
    who = {h: known.field for h, known in hits.items() if known.field in _WHO}
    return bool(who) and all(name == "person_id" and normal(h) == "id" for h, name in who.items())


def _half_of(headings: KindMapping) -> int:
    """Half of the fields that a section of the mapping names: with fewer of them, a file is not meant by it."""
    return (len({known.field for alike in headings.known.values() for known in alike}) + 1) // 2


def _like_a_history(raw: RawTable, hits: Dict[str, Heading]) -> float:
    """A history has several rows for one deal, in several stages; a table where each deal stands once is the deals."""
    columns = {known.field: raw.cells[h] for h, known in reversed(list(hits.items()))}
    ids, stages = columns.get("opportunity_id"), columns.get("stage")
    if ids is None or len(ids) < 2:
        return 0.0
    if not ids.duplicated().any():
        return -1.5
    first = ids.head(_ENOUGH)
    several = first[first.duplicated(keep=False)].dropna()
    moved = stages is not None and (stages[several.index].groupby(several).nunique() > 1).mean() > 0.5
    return 5.0 if moved else 1.5


def _generic_fields(raw: RawTable, kind: str, decoration: KindMapping, meanings: Meanings) -> set[str]:
    plain = generic().kinds.get(kind)
    return {k.field for h in raw.headings if plain and (k := meanings.of(h, kind, plain, decoration))}


def _language(hits: Dict[str, Heading]) -> str:
    counts: dict[str, int] = {}
    for known in hits.values():
        counts[known.language] = counts.get(known.language, 0) + 1
    return max(counts, key=lambda code: (counts[code], code == "en")) if counts else ""


def _closest(raw: RawTable, mappings: tuple[Mapping, ...], meanings: Meanings) -> str:
    """Why nobody knows the table: what it is most like, and which headings are wanting."""
    best: tuple[set[str], str, list[set[str]]] = (set(), "", [])
    for kind, headings in ((k, h) for m in reversed(mappings) for k, h in m.kinds.items()):  # of equals, the generic
        hit = {k.field for h in raw.headings if (k := meanings.of(h, kind, headings))}
        lacking = [set(group) for group in sorted(headings.recognise, key=len) if not hit & set(group)]
        if len(hit) > len(best[0]):
            best = (hit, kind, [g for i, g in enumerate(lacking) if not any(g & before for before in lacking[:i])])
    hit, kind, lacking = best
    have = f"its headings: {', '.join(raw.headings[:12])}"
    if len(hit) < 2:
        return f"hardly any of its headings is known ({', '.join(raw.headings[:12])})"
    sold = kind == "opportunities" and hit & {"rep_id", "rep_name"} and hit & {"amount", "closed_on", "won_on"}
    if sold and any("status" in group for group in lacking):
        return (
            "it is most like deals, but no column says which were won, lost or open (a stage or a status); a list of "
            f"sales, orders or invoices holds only what was won ({have})"
        )
    wanted = [_one_of_the_fields([name for name in FIELDS[kind] if name in group]) for group in lacking]
    first, *others = wanted or [""]
    lacks = [f"no column was recognised as {first}", *(f"nor as {other}" for other in others)]
    unknown = "; ".join(lacks) if wanted else "the rest was not recognised"
    return f"it is most like {KIND_LABELS[kind]}, but {unknown} ({have})"


def _one_row_a_person(raw: RawTable, meanings: Meanings) -> bool:
    """Whether each owner stands once, beside nothing but numbers: totals per person, which look like deals."""
    known = {
        h: k.field for h in raw.headings if (k := meanings.of(h, "opportunities", generic().kinds["opportunities"]))
    }
    owners = [h for h, name in known.items() if name in ("rep_id", "rep_name")]
    others = [raw.cells[h].dropna() for h in raw.headings if h not in owners]
    if len(owners) != 1 or len(raw.cells) < 2 or len(others) < 2 or raw.cells[owners[0]].duplicated().any():
        return False
    if {"stage", "status", "created_on", "closed_on", "opportunity_id"} & set(known.values()):
        return False
    return all(matches(column, r"^[\s\d.,%$€£+()-]*$").all() for column in others)


def _one_of_the_fields(group: list[str]) -> str:
    """Fields of which one is needed, as a person says it."""
    names = list(dict.fromkeys(field_label(name).split(" (")[0] for name in group))
    return listing(names, "or")


def _with_columns(
    raw: RawTable, best: _Candidate, user: Mapping | None, users_kind: str, meanings: Meanings
) -> Recognised:
    sources = [m for m in (user, best.mapping, generic()) if m is not None and best.kind in m.kinds]
    own = user if user is not None and best.kind in user.kinds else None
    columns = columns_of(raw, best.kind, best.language, best.mapping, own, meanings)
    return Recognised(
        raw, best.kind, best.mapping.crm, best.language, _why(best, users_kind), **columns.__dict__,
        everyone=any(m.kinds[best.kind].everyone for m in sources if m.crm != GENERIC), mapping=best.mapping,
    )  # fmt: skip


def _why(best: _Candidate, users_kind: str) -> str:
    if users_kind:
        return "your mapping file says so"
    name = "the generic list of headings" if best.mapping.crm == GENERIC else f"the {best.mapping.crm} mapping"
    language = language_name(best.language)
    return f"{best.hits} of its columns are known in {f'{name}, {language}' if language else name}"

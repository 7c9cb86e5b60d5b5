"""Why a table is nothing to the kit: what CRMs say of it, totals per person, or what it is most like and lacks."""

from collections.abc import Sequence
from dataclasses import dataclass

from playbook.crm.files.raw_table import RawTable
from playbook.crm.headings.alike import normal
from playbook.crm.headings.fields import FIELDS, KIND_LABELS, field_label
from playbook.crm.headings.mapping import KindMapping, Mapping, generic
from playbook.crm.headings.meaning import Meanings
from playbook.crm.values.words import matches
from playbook.wording import listing

_NUMBERS = r"^[\s\d.,%$€£+()-]*$"
_OF_A_DEAL = {"stage", "status", "created_on", "closed_on", "opportunity_id"}
_SOLD = ({"rep_id", "rep_name"}, {"amount", "closed_on", "won_on"})
_MOST_HEADINGS = 12  # in a sentence
_NO_OUTCOMES = (
    "it is most like deals, but no column says which were won, lost or open (a stage or a status); a list of sales, "
    "orders or invoices holds only what was won, and deals in a file for each outcome need a column that says it"
)


def set_aside_by_crm(raw: RawTable, mappings: Sequence[Mapping]) -> tuple[str, str]:
    """The CRM that knows `raw` as a file to leave aside, and its reason; both empty if none does."""
    have = {normal(h) for h in raw.headings}
    for mapping in mappings:
        for rule in mapping.set_aside.values():
            without = not any(normal(h) in have for h in rule.get("without", ()))
            if without and all(normal(h) in have for h in rule["headings"]):
                return mapping.crm, rule["says"]
    return "", ""


def is_one_row_a_person(raw: RawTable, meanings: Meanings) -> bool:
    """Whether each owner stands once, beside nothing but numbers: totals per person, which look like deals."""
    plain = generic().kinds["opportunities"]
    field_of = {h: known.field for h in raw.headings if (known := meanings.of(h, "opportunities", plain))}
    owners = [h for h, name in field_of.items() if name in ("rep_id", "rep_name")]
    others = [raw.cells[h].dropna() for h in raw.headings if h not in owners]
    if len(owners) != 1 or len(raw.cells) < 2 or len(others) < 2 or raw.cells[owners[0]].duplicated().any():
        return False
    return _OF_A_DEAL.isdisjoint(field_of.values()) and all(matches(column, _NUMBERS).all() for column in others)


@dataclass(frozen=True)
class _Likeness:
    """How much of a kind of file a table has: the `fields` it fills, and the groups of which it fills none."""

    kind: str
    fields: frozenset[str]
    lacking: tuple[frozenset[str], ...]


def why_unknown(raw: RawTable, mappings: Sequence[Mapping], meanings: Meanings) -> str:
    """Why nobody knows the table: what it is most like, and which headings are wanting."""
    sections = [(kind, section) for m in reversed(mappings) for kind, section in m.kinds.items()]
    alike = [_likeness(raw, kind, section, meanings) for kind, section in sections]
    most = max(alike, key=lambda each: len(each.fields), default=_Likeness("", frozenset(), ()))  # of equals, generic
    headings = ", ".join(raw.headings[:_MOST_HEADINGS])
    if len(most.fields) < 2:
        return f"hardly any of its headings is known ({headings})"
    if _is_of_sales(most):
        return f"{_NO_OUTCOMES} (its headings: {headings})"
    return f"it is most like {KIND_LABELS[most.kind]}, but {_what_is_wanting(most)} (its headings: {headings})"


def why_no_deals(raw: RawTable, meanings: Meanings) -> str:
    """Why a table with an owner and an amount or a day of closing in each row is no deals; empty where it has none."""
    plain = generic().kinds["opportunities"]
    return _NO_OUTCOMES if _is_of_sales(_likeness(raw, "opportunities", plain, meanings)) else ""


def _likeness(raw: RawTable, kind: str, section: KindMapping, meanings: Meanings) -> _Likeness:
    fields = frozenset(known.field for h in raw.headings if (known := meanings.of(h, kind, section)))
    groups = (frozenset(group) for group in sorted(section.recognise, key=len))
    lacking = [group for group in groups if group.isdisjoint(fields)]
    apart = [g for i, g in enumerate(lacking) if all(g.isdisjoint(before) for before in lacking[:i])]
    return _Likeness(kind, fields, tuple(apart))


def _is_of_sales(most: _Likeness) -> bool:
    """Whether a table has who sold and what or when, and lacks nothing but what became of each deal."""
    sold = most.kind == "opportunities" and all(most.fields & group for group in _SOLD)
    return sold and any("status" in group for group in most.lacking)


def _what_is_wanting(most: _Likeness) -> str:
    wanted = [_one_of_the_fields([name for name in FIELDS[most.kind] if name in group]) for group in most.lacking]
    if not wanted:
        return "the rest was not recognised"
    first, *others = wanted
    return "; ".join([f"no column was recognised as {first}", *(f"nor as {other}" for other in others)])


def _one_of_the_fields(group: list[str]) -> str:
    """Fields of which one is needed, as a person says it."""
    names = list(dict.fromkeys(field_label(name).split(" (")[0] for name in group))
    return listing(names, "or")

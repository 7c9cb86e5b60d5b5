"""What each table of a folder is, decided for all of them together.

Headings alone say what a table may be; which of these it is, its cells and the other tables decide. The table whose
rows carry most of a deal stands as the deals, and with it every other that is the same sort of export (another year,
team or pipeline). What names those deals, or carries less of its own than they do, is about deals and none: payments,
a history of leads, totals by owner. A list in which nobody owns a deal, and nobody's manager is named, is not the team.
What the user's mapping file says a table is, it is.
"""

from collections.abc import Callable, Iterable, Sequence
from collections.abc import Mapping as Dict
from dataclasses import dataclass, replace

import pandas as pd

from playbook.crm.files.raw_table import RawTable
from playbook.crm.headings.alike import normal
from playbook.crm.headings.deal_evidence import (
    LOOKED_THROUGH,
    DealEvidence,
    deal_evidence,
    key_of_something_else,
    names_deals,
    same_people,
)
from playbook.crm.headings.mapping import Mapping
from playbook.crm.headings.recognised import Recognised
from playbook.crm.headings.table_readings import Readings, readings_of
from playbook.crm.headings.unknown_tables import why_no_deals
from playbook.crm.tables.outcomes import outcome_of_name, outcome_words
from playbook.crm.tables.stages import usual_stages
from playbook.crm.values.words import closely_folded, word_list, words_of

DEALS, PEOPLE, QUOTAS = "opportunities", "people", "quotas"
_SAME_SORT = 0.7  # of the headings of the smaller table stand in the other: two exports of one sort
_NEARLY_ALL = 0.9  # of the cells of a column are ids of deals: it names deals
_OFTEN = 0.5  # of the rows of a list of people name somebody again: it is a list of something else
_STATE = normal("State")  # where a deal stands, or a customer
_MOST_OUTCOMES = 40  # different values of a column that tells outcomes
_WHO = {"rep_id": "person_id", "rep_name": "name", "rep_email": "email"}
_LEADS = ("manager_id", "manager_name")

NamesDeals = Callable[[RawTable, str, RawTable, str], float]


@dataclass(frozen=True)
class _Deals:
    """A table read as deals, and what its rows carry."""

    readings: Readings
    table: Recognised
    evidence: DealEvidence


@dataclass(frozen=True)
class _Rules:
    """By what tables are told apart: how columns are compared with ids, and the usual names of open stages."""

    names: NamesDeals
    outcome_by_word: Dict[str, str]
    usual: frozenset[str]


def recognised_folder(
    tables: Iterable[RawTable],
    mappings: tuple[Mapping, ...],
    user: Mapping | None = None,
    names: NamesDeals | None = None,
) -> list[Recognised]:
    """What each of `tables` is, in their order; one that is nothing to the kit has the kind `""` and the reason why.

    Parameters
    ----------
    mappings : the shipped mappings, the generic one last.
    user : the user's own mapping file, if there is one; it wins.
    names : the share of the cells of a column that are ids in another table's column, where the tables hold only some
        of their rows.
    """
    in_use = [user, *mappings] if user else list(mappings)
    rules = _Rules(names or _among_ids, outcome_words(in_use), usual_stages(in_use))
    readings = [_people_or_deals(readings_of(raw, mappings, user), rules) for raw in tables]
    may_be_deals = {i: _as_deals(each, rules) for i, each in enumerate(readings) if each.kind == DEALS}
    deals = _standing_as_deals(list(may_be_deals.values()))
    return [
        _without_places(_beside(may_be_deals[i], deals, rules), rules)
        if i in may_be_deals
        else _one_of_the_team(each, readings, deals)
        for i, each in enumerate(readings)
    ]


def _people_or_deals(readings: Readings, rules: _Rules) -> Readings:
    """`readings`, with deals before a list of people whose rows tell what was won, or name most people again.

    A list that names people again and again has a row for each of their quotas, if its headings allow that; else for
    each of what they own, such as customers' contacts.
    """
    if not _may_be_other_people(readings):
        return readings
    people = readings.table
    outcomes = next((h for h in people.raw.headings if _tells_outcomes(people.raw.cells[h], rules)), "")
    if outcomes:
        says = f"its {outcomes!r} tells what was won and lost, as of deals, but it has neither a day nor an amount"
        return readings.rather(DEALS) or readings.nothing(says)
    again = _named_again(people)
    says = (
        why_no_deals(people.raw, readings.meanings)
        or f"its {again!r} names most people again, so each row is something of theirs and no member of the team"
    )
    return (readings.rather(QUOTAS, DEALS) or readings.nothing(says)) if again else readings


def _may_be_other_people(readings: Readings) -> bool:
    """Whether a list of people names nobody's manager, and no mapping file of the user's says that it is the team."""
    is_list = readings.kind == PEOPLE and not readings.settled
    return is_list and not any(_filled(readings.table, field) for field in _LEADS)


def _without_places(table: Recognised, rules: _Rules) -> Recognised:
    """`table` without a status that is the state where a customer is (TX): beside a stage, and no word of a status."""
    heading = table.columns.get("status", "")
    if table.kind != DEALS or normal(heading) != _STATE or "stage" not in table.columns:
        return table
    if table.mapping and table.mapping.of_user:
        return table
    values = [str(value) for value in table.raw.cells[heading].dropna().head(LOOKED_THROUGH).unique()]
    of_status = words_of("open") | word_list("closed").keys() | word_list("no_deal").keys() | rules.usual
    if any(outcome_of_name(v, dict(rules.outcome_by_word)) or closely_folded(v) in of_status for v in values):
        return table
    columns = {name: own for name, own in table.columns.items() if name != "status"}
    reasons = {own: why for own, why in table.reasons.items() if own != heading}
    return replace(table, columns=columns, reasons=reasons)


def _tells_outcomes(cells: pd.Series, rules: _Rules) -> bool:
    """Whether a column tells of some rows that they were won, and of others that they were lost."""
    values = cells.dropna().head(LOOKED_THROUGH).unique()
    if len(values) > _MOST_OUTCOMES:
        return False
    return {"won", "lost"} <= {outcome_of_name(str(value), dict(rules.outcome_by_word)) for value in values}


def _named_again(people: Recognised) -> str:
    """The column by which most rows of a list of people name somebody who stands there already; else empty."""
    for field in ("person_id", "name"):
        who = _column(people, field)
        if who is not None and float(who.dropna().duplicated().mean()) >= _OFTEN:
            return people.columns.get(field, "")
    return ""


def _as_deals(readings: Readings, rules: _Rules) -> _Deals:
    table = readings.table
    return _Deals(readings, table, deal_evidence(table.raw, table.columns, rules.outcome_by_word))


def _standing_as_deals(tables: Sequence[_Deals]) -> list[_Deals]:
    """The table whose rows carry most of a deal, all that are of its sort, and any that the user names."""
    if not tables:
        return []
    most = max(tables, key=lambda t: (t.readings.settled, t.evidence.weight, len(t.table.raw.cells)))
    return [t for t in tables if t is most or t.readings.settled or _of_one_sort(t.evidence, most.evidence)]


def _of_one_sort(one: DealEvidence, other: DealEvidence) -> bool:
    """Whether two tables have most headings in common, and the same ids: the same export of other deals."""
    in_common = len(one.headings & other.headings)
    same_keys = (normal(one.id_heading), one.own_key) == (normal(other.id_heading), other.own_key)
    return same_keys and in_common >= _SAME_SORT * min(len(one.headings), len(other.headings))


def _beside(table: _Deals, deals: Sequence[_Deals], rules: _Rules) -> Recognised:
    """`table` as it is read beside those that stand as `deals`."""
    if table in deals:
        return table.table
    why = next((why for each in deals if (why := _no_deals_beside(table, each, rules))), "")
    return table.readings.aside(f"{why}, so its rows are no deals of their own").table if why else table.table


def _no_deals_beside(table: _Deals, deals: _Deals, rules: _Rules) -> str:
    """Why the rows of `table` are no deals beside those of `deals`; empty where they may be."""
    raw, main = table.table.raw, deals.table.raw
    return (
        _about_deals(table.evidence, deals.evidence, raw, main, rules.names)
        or _less_than_deals(table.evidence, deals.evidence, main.label)
        or _in_no_known_state(table.evidence, deals.evidence, main.label, rules.usual)
    )


def _about_deals(own: DealEvidence, theirs: DealEvidence, raw: RawTable, main: RawTable, names: NamesDeals) -> str:
    """Why rows are about deals, which they name by id."""
    if not theirs.id_heading:
        return ""
    if own.id_heading:
        here = names(raw, own.id_heading, main, theirs.id_heading)
        if theirs.owner and not own.owner:
            return f"each row names a deal by its {own.id_heading!r} and no owner, which {main.label} does"
        if here >= _NEARLY_ALL and own.repeats and not theirs.repeats:
            return f"it has several rows for one deal of {main.label}"
        if here == 1.0:
            return f"each of its deals stands in {main.label} already"
    others = (heading for heading in raw.headings if heading != own.id_heading)
    naming = next((h for h in others if names(raw, h, main, theirs.id_heading) >= _NEARLY_ALL), "")
    return f"its {naming!r} names deals of {main.label}" if naming else ""


def _less_than_deals(own: DealEvidence, theirs: DealEvidence, main: str) -> str:
    """Why rows carry less of their own than deals do."""
    if (theirs.day or theirs.amount) and not (own.day or own.amount):
        return f"it has neither a day nor an amount, as the deals of {main} have"
    if not theirs.id_heading or own.id_heading:
        return ""
    if own.own_key:
        return f"it is a list by {own.own_key!r}, beside the deals of {main}"
    totals = own.one_row_an_owner and not own.day
    return f"it has one row for each owner, beside the deals of {main}" if totals else ""


def _in_no_known_state(own: DealEvidence, theirs: DealEvidence, main: str, usual: frozenset[str]) -> str:
    """Why rows are in states that deals are never in: an order is `Activated`, a ticket `Solved`."""
    strange = own.states and not own.closes and not own.states & (theirs.states | usual)
    if not (strange and theirs.closes):
        return ""
    return f"none of its rows is in a state known of deals, as those of {main} are"


def _among_ids(raw: RawTable, heading: str, deals: RawTable, id_heading: str) -> float:
    return names_deals(raw.cells[heading], deals.cells[id_heading])


def _one_of_the_team(readings: Readings, everything: Sequence[Readings], deals: Sequence[_Deals]) -> Recognised:
    """A table as its headings say; a list of people unless it is of other people than those who own deals."""
    people = readings.table
    if not _may_be_other_people(readings):
        return people
    owners = [(_column(d.table, owner), _column(people, own)) for d in deals for owner, own in _WHO.items()]
    compared = [same_people(one, other) for one, other in owners if one is not None and other is not None]
    leaders = [_column(table, field) for table in (r.table for r in everything) for field in _LEADS]
    listed = [_column(people, field) for field in ("person_id", "name")]
    leads = any(same_people(one, other) for one in leaders if one is not None for other in listed if other is not None)
    if leads or any(compared):
        return people
    if compared:
        return readings.aside("nobody in it owns a deal or leads somebody who does, so it is not your team").table
    if key := key_of_something_else(people.raw, people.columns):
        return readings.aside(f"it is a list by {key!r}, and nobody in it is known to own a deal").table
    return people


def _filled(table: Recognised, field: str) -> bool:
    column = _column(table, field)
    return column is not None and bool(column.notna().any())


def _column(table: Recognised, field: str) -> pd.Series | None:
    """The cells of the column that fills `field`; none where no column does."""
    if field == "name" and field not in table.columns and {"first_name", "last_name"} <= set(table.columns):
        first, last = (table.raw.cells[table.columns[part]] for part in ("first_name", "last_name"))
        return first.fillna("") + " " + last.fillna("")
    heading = table.columns.get(field)
    return None if heading is None else table.raw.cells[heading]

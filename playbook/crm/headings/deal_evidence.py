"""What the cells of a table say of whether its rows are deals: what each row carries of its own, and whom it names.

In: a table, and which column would fill which field if its rows were deals.  Out: `DealEvidence`.
"""

from collections.abc import Mapping as Dict
from dataclasses import dataclass

import pandas as pd

from playbook.crm.files.raw_table import RawTable
from playbook.crm.headings.alike import normal, words_in
from playbook.crm.headings.mapping import generic
from playbook.crm.tables.outcomes import outcome_of_name
from playbook.crm.values.words import closely_folded
from playbook.members import is_among

OWNER = ("rep_id", "rep_name", "rep_email")
STATE = ("stage", "status")
FLAGS = ("is_won", "is_closed", "is_lost")
DAYS = ("created_on", "closed_on", "won_on", "lost_on", "expected_close_on")
LOOKED_THROUGH = 20_000  # rows from which one sees what a table is
_FEWEST_ROWS = 2
_MOST_STATES = 200


@dataclass(frozen=True)
class DealEvidence:
    """What each row of a table carries: an id of a deal, an owner, a state, a day, an amount.

    `id_heading` is the column of the deals' ids (empty: none); `own_key` the heading of an id of something else, such
    as `lead_id`, if the table begins with one. `repeats` says that one deal's id stands in several rows,
    `one_row_an_owner` that no owner stands twice. `states` are the stages or statuses, closely folded; `closes` says
    whether any is known to be won or lost.
    """

    headings: frozenset[str]
    id_heading: str
    own_key: str
    repeats: bool
    owner: bool
    states: frozenset[str]
    closes: bool
    day: bool
    amount: bool
    one_row_an_owner: bool

    @property
    def weight(self) -> int:
        """How much of a deal each row carries; of several tables the one with most stands as the deals."""
        return 2 * (self.owner + bool(self.states) + self.closes) + self.day + self.amount + bool(self.id_heading)


def deal_evidence(raw: RawTable, columns: Dict[str, str], outcome_by_word: Dict[str, str]) -> DealEvidence:
    """What the rows of `raw` carry, if they are deals with those `columns` (field → heading)."""
    cells = raw.cells.head(LOOKED_THROUGH)

    def filled(fields: tuple[str, ...]) -> bool:
        return any(name in columns and cells[columns[name]].notna().any() for name in fields)

    ids = cells[columns["opportunity_id"]].dropna() if "opportunity_id" in columns else pd.Series(dtype="str")
    owner = next((cells[columns[name]].dropna() for name in OWNER if name in columns), pd.Series(dtype="str"))
    states = {str(s) for n in STATE if n in columns for s in cells[columns[n]].dropna().unique()[:_MOST_STATES]}
    return DealEvidence(
        headings=frozenset(normal(h) for h in raw.headings),
        id_heading=columns.get("opportunity_id", "") if len(ids) else "",
        own_key=key_of_something_else(raw, columns),
        repeats=bool(ids.duplicated().any()),
        owner=filled(OWNER),
        states=frozenset(closely_folded(state) for state in states),
        closes=filled(FLAGS) or any(outcome_of_name(s, dict(outcome_by_word)) in ("won", "lost") for s in states),
        day=filled(DAYS),
        amount=filled(("amount",)),
        one_row_an_owner=len(owner) >= _FEWEST_ROWS and not owner.duplicated().any(),
    )


def key_of_something_else(raw: RawTable, columns: Dict[str, str]) -> str:
    """The first heading, if it is an id of something that none of the `columns` is: `lead_id`, `Order No`."""
    words, first = generic().words, raw.headings[0] if raw.headings else ""
    parts = words_in(first)
    is_key = len(parts) > 1 and parts[-1] in words["key"]["any"] and not set(words["deal"]["any"]) & set(parts)
    return first if is_key and first not in columns.values() else ""


def names_deals(cells: pd.Series, ids: pd.Series) -> float:
    """The share of the filled `cells` that are one of the deals' `ids`; 0 where none is filled."""
    own = cells.dropna().head(LOOKED_THROUGH)
    return float(is_among(own, ids).mean()) if len(own) else 0.0


def same_people(one: pd.Series, other: pd.Series) -> bool:
    """Whether any of `one` is among `other`, whatever the order and the letters' case of the names."""

    def folded(names: pd.Series) -> set[tuple[str, ...]]:
        return {tuple(sorted(words_in(str(name)))) for name in names.dropna().unique()}

    return bool(folded(one) & folded(other))

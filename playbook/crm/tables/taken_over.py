"""Deals that somebody else created or owned before: taken over from a leaver, handed over, or re-assigned.

In: deals with their owner, who created them, and who owned them before.  Out: a flag. Such a deal is its owner's
revenue, and in no comparison: what became of it began with somebody else. Where a desk or a program creates deals for
others, nothing was taken over.
"""

import pandas as pd

from playbook.crm.account.ledger import Ledger
from playbook.crm.tables.owner_changes import is_owner, with_former_owner
from playbook.crm.tables.people import Directory
from playbook.crm.values.words import examples
from playbook.wording import count

PAIR = ["created_by", "rep_id", "_opened_by_owner"]
_HOW_IT_IS_DONE = 1 / 3  # of the deals created by others: then that is how deals are entered, and tells nothing
_A_DESK = 4  # owners for whom somebody without deals of their own created some: inside sales, an import, a web form


def with_opener(
    rows: pd.DataFrame, owner: pd.Series, known: Directory, changes: pd.DataFrame | None = None
) -> pd.DataFrame:
    """`rows`, where it is known who created them, with `_opened_by_owner`: whether that is their `owner` (person_ids).

    Whoever owned a deal before, as the `changes` of owner tell (`owner_changes`), stands for who created it.
    """
    rows = with_former_owner(rows, owner, known, changes)
    return rows.assign(_opened_by_owner=is_owner(rows, owner, known)) if "created_by" in rows else rows


def taken_over_pairs(pairs: pd.DataFrame, leavers: frozenset[str], ledger: Ledger) -> pd.DataFrame:
    """Those of all `pairs` (of PAIR, and `many`) in which a deal was taken over; what was decided is said.

    `leavers` gave their deals away at once (`gave_all_away_at_once`), and are no desk to however many they went.
    """
    by_owner = pairs["_opened_by_owner"].astype(bool)
    by_another = ~by_owner.groupby([pairs["created_by"], pairs["rep_id"]]).transform("any")
    sellers = set(pairs.loc[by_owner, "created_by"])
    owners_of_creator = pairs.groupby("created_by")["rep_id"].nunique()
    desks = set(owners_of_creator.index[owners_of_creator >= _A_DESK]) - sellers - leavers
    other, total = int(pairs.loc[by_another, "many"].sum()), int(pairs["many"].sum())
    if other > _HOW_IT_IS_DONE * total:
        ledger.assume(
            f"{other:,} of {total:,} deals were created, or owned before, by somebody else than their owner: that is "
            "how deals are entered here, so it tells nothing about whose a deal is."
        )
        return pairs.iloc[:0]
    taken = pairs[by_another & ~pairs["created_by"].isin(desks)]
    many = int(taken["many"].sum())
    if many:
        ledger.assume(
            f"{count(many, 'deal was', 'deals were')} taken over from somebody else, who created "
            f"{'it or owned it' if many == 1 else 'them or owned them'} before ({examples(taken['created_by'], 3)}): "
            "revenue of the owner, and left out of every comparison of reps."
        )
    return taken


def with_taken_over(rows: pd.DataFrame, taken: pd.DataFrame) -> pd.DataFrame:
    """`rows` with `taken_over`, missing where nobody knows who created or first owned the deal."""
    if "created_by" not in rows:
        return rows
    own = pd.MultiIndex.from_frame(rows[["created_by", "rep_id"]])
    flag = pd.Series(own.isin(pd.MultiIndex.from_frame(taken[["created_by", "rep_id"]])), index=rows.index)
    return rows.assign(taken_over=flag.astype("boolean").mask(rows["created_by"].isna()))

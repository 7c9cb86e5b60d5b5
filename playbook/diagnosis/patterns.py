"""What the whole company shows, so that nobody coaches a person for it: the quarter's end, a segment, a source.

In: a company as known at a day.  Out: one row per group in which the win rate stands apart from all other deals.
"""

from datetime import date

import pandas as pd

from playbook import roster, wording
from playbook.company import Company
from playbook.metrics.strata import quarter_end, strata
from playbook.metrics.win_rate_by import TRAITS, closed_deals, win_rate_by

COLUMNS = ["pattern", "group", "driver", "seen", "others", "low", "high", "n", "q", "why"]
FEWEST_TOLD = 5  # reps behind a number that reaches every manager's folder
_MOST_REPS = 2 / 3  # of the reps with enough deals must show it for it to be everybody's
_FEWEST_CLOSED = 5


def company_wide_patterns(company: Company, as_of: date) -> pd.DataFrame:
    """Groups of deals whose win rate differs for everybody (false-discovery rate 5%, and by a margin that matters).

    Returns
    -------
    DataFrame of COLUMNS: pattern (trait: `quarter_end`, `segment` …), group, driver (`win_rate`), seen (the group's win
    rate), others (that of all other deals), low, high (95%), n (closed deals of the group), q, why (one sentence).
    """
    closed = closed_deals(roster.deals_to_compare(company), as_of)
    table = win_rate_by(closed, company.settings.fiscal_year_starts)
    mirrored = (table["trait"] == "quarter_end") & (table["group"] == "no")  # the same gap, told from the other side
    apart = table[table["different"] & ~mirrored]
    traits = strata(closed, company.settings.fiscal_year_starts)
    told = pd.Series([_many_people(closed, row, traits) for row in apart.itertuples()], index=apart.index, dtype=bool)
    apart = apart[told]
    found = pd.DataFrame(
        {
            "pattern": apart["trait"],
            "group": apart["group"],
            "driver": "win_rate",
            "seen": apart["rate"],
            "others": apart["rate"] - apart["gap"],
            "low": apart["low"],
            "high": apart["high"],
            "n": apart["closed"].astype("int64"),
            "q": apart["q"],
        }
    ).reset_index(drop=True)
    return found.assign(why=[_why(row) for row in found.itertuples(index=False)])[COLUMNS]


def _many_people(closed: pd.DataFrame, row: object, traits: pd.DataFrame) -> bool:
    """Whether the group holds deals of enough reps to be told outside of their team."""
    return closed.loc[traits[row.trait] == row.group, "rep_id"].nunique() >= FEWEST_TOLD


def everybody_at_quarter_end(company: Company, as_of: date, found: pd.DataFrame | None = None) -> bool:
    """Whether the win rate of a quarter's last month stands apart, and at least two in three reps show it.

    `found` : the company's `company_wide_patterns`, if they are at hand.
    """
    found = company_wide_patterns(company, as_of) if found is None else found
    if not (found["pattern"] == "quarter_end").any():
        return False
    closed = closed_deals(roster.deals_to_compare(company), as_of)
    at_end = quarter_end(closed, company.settings.fiscal_year_starts) == "yes"
    won = (closed["outcome"] == "won").groupby([closed["rep_id"], at_end]).agg(["mean", "size"]).unstack()
    both = won[(won["size"] >= _FEWEST_CLOSED).all(axis=1)]["mean"]
    sign = found.loc[found["pattern"] == "quarter_end", ["seen", "others", "group"]].iloc[0]
    up = (sign["seen"] > sign["others"]) == (sign["group"] == "yes")
    more_at_end = (both[True] - both[False]) > 0
    return len(both) >= _FEWEST_CLOSED and bool((more_at_end == up).mean() >= _MOST_REPS)


def _why(row: object) -> str:
    which = _WHICH.get((row.pattern, row.group)) or f"with {TRAITS[row.pattern].lower()} {row.group}"
    return (
        f"Across the whole company, {wording.share(row.seen)} of the {row.n:,} closed deals {which} are won, and "
        f"{wording.share(row.others)} of all others: that is no one person's doing."
    )


_WHICH = {
    ("quarter_end", "yes"): "that closed in a quarter's last month",
    ("size", "1"): "in the smallest quarter by size",
    ("size", "2"): "in the second smallest quarter by size",
    ("size", "3"): "in the second largest quarter by size",
    ("size", "4"): "in the largest quarter by size",
    ("kind", "new"): "with new customers",
    ("kind", "renewal"): "that are renewals",
    ("kind", "expansion"): "that are expansions",
}

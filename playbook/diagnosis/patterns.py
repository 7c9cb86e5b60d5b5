"""What the whole company shows, so that nobody coaches a person for it: the quarter's end, a segment, a source.

In: a company as known at a day.  Out: one row per group in which the win rate stands apart from all other deals.
"""

from datetime import date

import pandas as pd

from playbook import roster
from playbook.company import Company
from playbook.diagnosis.diagnosis_rows import Pattern
from playbook.drivers.win_rate import DRIVER as WIN_RATE
from playbook.metrics.strata import quarter_end, strata
from playbook.metrics.win_rate_by import closed_deals, win_rate_by

COLUMNS = list(Pattern._fields)
FEWEST_SELLERS = 5  # reps behind a number that reaches every manager's folder
_MOST_REPS = 2 / 3  # of the reps with enough deals must show it for it to be everybody's
_FEWEST_CLOSED = 5


def company_wide_patterns(company: Company, as_of: date) -> pd.DataFrame:
    """Groups of deals whose win rate differs for everybody (false-discovery rate 5%, and by a margin that matters).

    Returns
    -------
    DataFrame of `rows.Pattern`.
    """
    closed = closed_deals(roster.deals_to_compare(company), as_of)
    table = win_rate_by(closed, company.settings.fiscal_year_starts)
    mirrored = (table["trait"] == "quarter_end") & (table["group"] == "no")  # the same gap, told from the other side
    apart = table[table["different"] & ~mirrored]
    traits = strata(closed, company.settings.fiscal_year_starts)
    groups = zip(apart["trait"], apart["group"], strict=True)
    sellers = [closed.loc[traits[trait] == group, "rep_id"].nunique() for trait, group in groups]
    apart = apart[pd.Series(sellers, index=apart.index, dtype="int64") >= FEWEST_SELLERS]
    return pd.DataFrame(
        {
            "pattern": apart["trait"],
            "group": apart["group"],
            "driver": WIN_RATE.key,
            "seen": apart["rate"],
            "others": apart["rate"] - apart["gap"],
            "low": apart["low"],
            "high": apart["high"],
            "n": apart["closed"].astype("int64"),
            "q": apart["q"],
        }
    ).reset_index(drop=True)[COLUMNS]


def everybody_at_quarter_end(company: Company, as_of: date, patterns: pd.DataFrame | None = None) -> bool:
    """Whether the win rate of a quarter's last month stands apart, and at least two in three reps show it.

    `patterns` : the company's `company_wide_patterns`, if they are at hand.
    """
    patterns = company_wide_patterns(company, as_of) if patterns is None else patterns
    if not (patterns["pattern"] == "quarter_end").any():
        return False
    closed = closed_deals(roster.deals_to_compare(company), as_of)
    at_end = quarter_end(closed, company.settings.fiscal_year_starts) == "yes"
    won = (closed["outcome"] == "won").groupby([closed["rep_id"], at_end]).agg(["mean", "size"]).unstack()
    both = won[(won["size"] >= _FEWEST_CLOSED).all(axis=1)]["mean"]
    sign = patterns.loc[patterns["pattern"] == "quarter_end", ["seen", "others", "group"]].iloc[0]
    up = (sign["seen"] > sign["others"]) == (sign["group"] == "yes")
    more_at_end = (both[True] - both[False]) > 0
    return len(both) >= _FEWEST_CLOSED and bool((more_at_end == up).mean() >= _MOST_REPS)

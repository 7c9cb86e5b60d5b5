"""Where a period's revenue comes from: won, committed, best case, due, at risk, per rep.

In: deals, the open ones with their flags, and a period.  Out: money and counts per rep.
An open deal is due in the period if its expected close date is not after the period's end: a date that has passed
has not gone away. Committed and best case are parts of what is due; at risk cuts across them.
"""

import pandas as pd

from playbook.metrics.periods import Period

PARTS = ("won", "committed", "best_case", "open_due", "at_risk", "open_all")


def revenue_by_rep(deals: pd.DataFrame, open_now: pd.DataFrame, period: Period, reps: pd.Series) -> pd.DataFrame:
    """What each rep has won in `period` and has open that is due by its end.

    Parameters
    ----------
    deals : opportunities; of these the won ones count.
    open_now : open deals with their flags (`open_deals.open_deals`).
    reps : the rep_ids to report on, in the order wanted; a rep without deals gets zeros.

    Returns
    -------
    DataFrame indexed by rep_id: for each of won, committed, best_case, open_due, at_risk, open_all (whenever it is due)
    its money, `<part>_deals` (how many deals) and `<part>_unknown` (how many of those have no amount, and so are
    missing from the money).
    """
    due = open_now[open_now["expected_close_on"] <= pd.Timestamp(period.ends_on)]
    rows = {
        "won": deals[(deals["outcome"] == "won") & period.holds(deals["closed_on"])],
        "committed": due[due["forecast_category"] == "commit"],
        "best_case": due[due["forecast_category"] == "best_case"],
        "open_due": due,
        "at_risk": due[due["at_risk"]],
        "open_all": open_now,
    }
    return pd.concat([_sums(part, rows[part], reps) for part in PARTS], axis="columns")


def in_all(by_rep: pd.DataFrame) -> dict[str, float]:
    """The team's sums of `revenue_by_rep`, money as float and counts as int."""
    return {c: float(v) if c in PARTS else int(v) for c, v in by_rep.sum().items()}


def _sums(part: str, deals: pd.DataFrame, reps: pd.Series) -> pd.DataFrame:
    by_rep = deals.groupby("rep_id")
    sums = pd.DataFrame(
        {
            part: by_rep["amount"].sum(),
            f"{part}_deals": by_rep.size(),
            f"{part}_unknown": deals["amount"].isna().groupby(deals["rep_id"]).sum(),
        }
    )
    filled = sums.reindex(pd.Index(reps, name="rep_id")).fillna(0)
    return filled.astype({part: "float64", f"{part}_deals": "int64", f"{part}_unknown": "int64"})

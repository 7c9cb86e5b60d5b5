"""What the CRM says about lost deals: lost to whom, for which reason, to which competitor.

In: closed deals.  Out: counts, with the share of lost deals that say anything at all.
These are the words of whoever closed the deal, not causes.
"""

import pandas as pd

from playbook.metrics.proportions import wilson

NO_ENTRY = "not said"


def lost_by(closed: pd.DataFrame, column: str, most: int = 6) -> pd.DataFrame:
    """Lost deals by `column` (`lost_to`, `lost_reason`, `competitor`), the most frequent first.

    Returns
    -------
    DataFrame: entry (the value, `n others` for the folded rest, `not said` last), deals, folded (how many values are in
    this row, 0 for a single one), share (of the lost deals that say anything), low, high (Wilson; NaN for `not said`).
    """
    lost = closed.loc[closed["outcome"] == "lost", column]
    counts = lost.dropna().value_counts().rename_axis("entry").reset_index(name="deals")
    counts = counts.sort_values(["deals", "entry"], ascending=[False, True], ignore_index=True)
    counts = counts.assign(folded=0)
    if len(counts) > most + 1:
        rest = counts.iloc[most:]
        other = pd.DataFrame({"entry": [f"{len(rest)} others"], "deals": [rest["deals"].sum()], "folded": [len(rest)]})
        counts = pd.concat([counts.iloc[:most], other], ignore_index=True)
    interval = wilson(counts["deals"], pd.Series(counts["deals"].sum(), index=counts.index))
    rows = counts.join(interval).rename(columns={"rate": "share"})
    silent = int(lost.isna().sum())
    if not silent:
        return rows
    return pd.concat([rows, pd.DataFrame({"entry": [NO_ENTRY], "deals": [silent], "folded": [0]})], ignore_index=True)

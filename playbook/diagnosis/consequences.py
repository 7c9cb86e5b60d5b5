"""What is only a consequence of something else is not named as a cause, and a driver with two measures is named once.

In: judged evidence with two measures of the forecast.  Out: one row per rep and driver.
Consequences are held equal where each driver is measured, so none is left to explain away: large deals, slow sources
and the like are traits of the comparison (`adjustment`); each stage's conversion is that of the deals that reached it,
so one weak stage does not pull down the next; pushes of the close date are counted per week that a deal was open, so a
long cycle alone does not raise them; and what was committed is asked of won and of lost deals apart, the lost ones by
the stage in which they were lost, so who loses more does not look like one who promises too much (a forecast is judged
as a test is, by what it says of those who have it and of those who have not; Yerushalmy 1947).
"""

import pandas as pd


def one_row_per_driver(rows: pd.DataFrame) -> pd.DataFrame:
    """Where a driver has two measures, the one with the likelier harm; a good side counts only if neither harms."""
    harm = rows["harm"].fillna(-1.0)
    ordered = rows.assign(_harm=harm, _n=rows["n"]).sort_values(
        ["rep_id", "driver", "_harm", "_n"], ascending=[True, True, False, False], kind="stable"
    )
    goods = ordered.groupby(["rep_id", "driver"])[["good", "real_good"]].transform("min")
    first = ordered.assign(**goods).drop_duplicates(["rep_id", "driver"]).drop(columns=["_harm", "_n"])
    return first.sort_values(["manager_id", "rep_id", "driver"], ignore_index=True)

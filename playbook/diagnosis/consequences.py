"""What is only a consequence of something else is not named as a cause.

In: judged evidence with two measures of the forecast.  Out: one row per rep and driver, consequences taken out.
Commitments come true less often for a rep who loses more in the last stages: what the rep's own conversion explains is
taken off before the forecast is judged. Large deals, slow sources and the like are held equal already (`adjustment`);
each stage's conversion is that of the deals that reached it, so one weak stage does not pull down the next; pushes of
the close date are counted per week that a deal was open, so a long cycle alone does not raise them.
"""

import numpy as np
import pandas as pd

_EXPLAINS_AT_LEAST = 0.5  # of a forecast's shortfall, for it to be called a consequence


def one_row_per_driver(rows: pd.DataFrame) -> pd.DataFrame:
    """Where a driver has two measures, the one with the likelier harm; a good side counts only if neither harms."""
    harm = rows["harm"].fillna(-1.0)
    ordered = rows.assign(_harm=harm, _n=rows["n"]).sort_values(
        ["rep_id", "driver", "_harm", "_n"], ascending=[True, True, False, False], kind="stable"
    )
    goods = ordered.groupby(["rep_id", "driver"])[["good", "real_good"]].transform("min")
    kept = ordered.assign(**goods).drop_duplicates(["rep_id", "driver"]).drop(columns=["_harm", "_n"])
    return kept.sort_values(["manager_id", "rep_id", "driver"], ignore_index=True)


def without_consequences(rows: pd.DataFrame, positions: dict[str, int]) -> pd.DataFrame:
    """`rows` in which a forecast that only follows from late losses is not likely to be a cause of its own.

    Parameters
    ----------
    positions : the position of each stage, to know the later ones.

    Returns
    -------
    `rows` with `consequence_of` (a driver, or missing), and harm lowered to 0 for those.
    """
    stage = rows["driver"].str.partition(":")[2]
    place = stage.map(positions)
    late = place >= np.median(list(positions.values())) if positions else pd.Series(False, index=rows.index)
    losing = rows[late & (rows["harm"] >= 0.5)]
    shortfall = (losing["best"].abs() * losing["margin"]).groupby(losing["rep_id"]).sum()
    worst = losing.sort_values("harm", ascending=False, kind="stable").drop_duplicates("rep_id")
    of = worst.set_index("rep_id")["driver"]
    is_forecast = (rows["driver"] == "forecast_accuracy") & (rows["aspect"] == "came true")
    explained = rows["rep_id"].map(shortfall).fillna(0.0)
    follows = is_forecast & (explained >= _EXPLAINS_AT_LEAST * rows["best"].abs() * rows["margin"]) & (explained > 0)
    return rows.assign(consequence_of=rows["rep_id"].map(of).where(follows), harm=rows["harm"].mask(follows, 0.0))

"""What a colleague with pandas works out of a folder: guesses at the numbers of people outside of its team.

In: what the folder holds, and what the reader knows anyway (the own reps' numbers, how many others there are).  Out:
guesses in the scale in which levels are averaged (money and days as logarithms, shares and counts as they are).
The reader is taken for cleverer than anybody is: how many deals each of the others has is known too.
"""

import numpy as np
import pandas as pd

DRIVERS = ("win_rate", "deal_size", "cycle_time", "pipeline_generation")
_LOGARITHMS = ("deal_size", "cycle_time")


def scaled(driver: str, values: pd.Series) -> pd.Series:
    """The values in the scale in which levels are averaged, and errors counted."""
    values = values.astype("float64")
    return np.log(values.clip(lower=1e-9)) if driver in _LOGARITHMS else values


def expected_levels(folder: dict[str, pd.DataFrame], driver: str) -> dict[str, pd.Series]:
    """Every way in which the folder tells what is expected of each own rep, by its name; indexed by rep_id."""
    levels = folder["levels"][folder["levels"]["driver"] == driver].set_index("rep_id")
    table = folder["diagnosis"][folder["diagnosis"]["driver"] == driver].set_index("rep_id")
    ratio = table["unit"] == "ratio"
    middle = (table["low"] + table["high"]) / 2
    return {
        "expected": levels["expected"],
        "around it": (levels["peer_low"] + levels["peer_high"]) / 2,
        "what is usual": (table["usual_low"] + table["usual_high"]) / 2,
        "difference": (table["seen"] / (1 + middle)).where(ratio, table["seen"] - middle),
        "best estimate": (table["seen"] / (1 + table["effect"])).where(ratio, table["seen"] - table["effect"]),
    }


def the_others_level(
    expected: pd.Series, driver: str, known: pd.Series, weight: pd.Series, others: float
) -> float | None:
    """The level of those who are not known: what is expected of a rep is the mean of everybody else.

    Parameters
    ----------
    expected : of each own rep, as the folder tells it.
    known, weight : level of everybody whom the reader knows, and how much each counts.
    others : how much the rest counts.
    """
    told = scaled(driver, expected.dropna())
    if told.empty:
        return None
    guesses = []
    for rep, level in told.items():
        mates = known.index != rep
        rest = float((scaled(driver, known[mates]) * weight[mates]).sum())
        guesses.append((level * (weight[mates].sum() + others) - rest) / others)
    return float(np.mean(guesses))


def claimed_values(benchmarks: pd.DataFrame, driver: str) -> list[float]:
    """Numbers of the benchmarks that the reader takes for somebody's own."""
    row = benchmarks[benchmarks["driver"] == driver]
    return [] if row.empty else row[["low", "lower", "middle", "upper", "high"]].iloc[0].dropna().tolist()

"""From beliefs to verdicts: the first that holds of too_little_data, not_comparable, coach, ask_first, team_wide …

In: judged evidence, one row per rep and driver.  Out: verdict and priority.
`ask_first` stands where a rep stands out as for `coach`, and the record differs in a way that could make it
(`alternatives`); `strength` stands only where it does not.
`coach` needs both: that the difference is more likely than not beyond the margin that matters; and that it is real,
for of all rows called `coach` at most one in twenty is expected to be no real difference (false-discovery rate,
Efron 2010, over all reps and drivers together). At most two drivers a rep are called `coach`: people change one thing
at a time. `scripts/bench_diagnosis.py` shows what these bounds find, and whom they accuse, on two simulators.
"""

import numpy as np
import pandas as pd

VERDICTS = (
    "coach",
    "ask_first",
    "watch",
    "strength",
    "no_evidence",
    "too_little_data",
    "team_wide",
    "not_comparable",
    "disputed",
)
FALSE_DISCOVERIES = 0.05
FALSE_STRENGTHS = 0.10
SURE = 0.50  # that it is beyond the margin
REAL = 0.85  # that it is real: beyond half the margin
SURE_STRENGTH, REAL_STRENGTH = 0.80, 0.92  # praise that is not deserved is worth less than none
SIGN = 0.35  # from here on a sign to watch
MOST_TO_COACH = 2


def with_verdicts(rows: pd.DataFrame) -> pd.DataFrame:
    """`rows` (as `judging.judged` gives them, one per rep and driver) with verdict, probability and priority.

    `rows` have the flags could_be_the_record and flattered (`alternatives`) beside what `judged` gives.

    `probability` is that of a difference beyond the margin: to the harmful side, or to the good one for strengths;
    beyond the own team's level where the whole team shows it. NaN where nothing is compared. `priority` counts from 1
    within each rep: what to coach first, then signs, then the rest; by probability, then by money.
    """
    harm = rows["harm"]
    open_ = ~rows["little"] & rows["comparable"]
    stands_out = standing_out(rows)
    ask = stands_out & rows["could_be_the_record"]
    coach = stands_out & ~ask
    coach &= believed(rows["real"].where(coach), FALSE_DISCOVERIES)
    strong = open_ & (rows["good"] >= SURE_STRENGTH) & (rows["real_good"] >= REAL_STRENGTH) & ~rows["flattered"]
    strong &= believed(rows["real_good"].where(strong), FALSE_STRENGTHS)
    verdict = np.select(
        [
            rows["little"],
            ~rows["comparable"],
            coach,
            ask,
            rows["shows"] & ~strong,
            open_ & (harm >= SIGN),
            strong,
        ],
        ["too_little_data", "not_comparable", "coach", "ask_first", "team_wide", "watch", "strength"],
        "no_evidence",
    )
    probability = harm.where(verdict != "strength", rows["good"])
    judged = rows.assign(verdict=pd.Series(verdict, index=rows.index, dtype="str"), probability=probability)
    judged = judged.assign(probability=judged["probability"].where(open_))
    return _with_priority(_at_most_two(judged))


def standing_out(rows: pd.DataFrame) -> pd.Series:
    """Which rows stand out to the harmful side, by more than luck: of those it is asked what else could make it."""
    return ~rows["little"] & rows["comparable"] & (rows["harm"] >= SURE) & (rows["real"] >= REAL)


def believed(probability: pd.Series, most: float) -> pd.Series:
    """Which rows may be believed together so that at most the share `most` of them is expected to be false."""
    known = probability.dropna().sort_values(ascending=False, kind="stable")
    running = (1 - known).expanding().mean()
    return (running <= most).reindex(probability.index, fill_value=False)


def _at_most_two(rows: pd.DataFrame) -> pd.DataFrame:
    coached = rows[rows["verdict"] == "coach"].sort_values(
        ["rep_id", "probability", "at_stake"], ascending=[True, False, False], kind="stable"
    )
    more = coached[coached.groupby("rep_id").cumcount() >= MOST_TO_COACH].index
    return rows.assign(verdict=rows["verdict"].mask(rows.index.isin(more), "watch"))


def _with_priority(rows: pd.DataFrame) -> pd.DataFrame:
    order = {v: i for i, v in enumerate(("coach", "ask_first", "watch", "team_wide", "no_evidence", "too_little_data"))}
    keyed = rows.assign(
        _group=rows["verdict"].map(order).fillna(len(order)),
        _unsure=1 - rows["probability"].fillna(0).round(2),
        _free=-rows["at_stake"].fillna(0),
    ).sort_values(["rep_id", "_group", "_unsure", "_free", "driver"], kind="stable")
    return rows.assign(priority=keyed.groupby("rep_id").cumcount() + 1)

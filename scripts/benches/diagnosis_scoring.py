"""The arithmetic of the diagnosis' bench: who was named, rightly or not; what probabilities and ranges were worth.

In: one row per rep (what is true of them) and one per rep, driver and method (how loudly it was named).  Out: tables.
Every function is pure; `bench_diagnosis.py` feeds and prints them.
"""

import numpy as np
import pandas as pd

NAIVE_SHORTFALL = 0.15
MOST_HEALTHY, MOST_DECOYS = 0.03, 0.05  # false alarms at which methods are compared
PLANTED, HEALTHY, BETWEEN = "planted", "healthy", "between"
DECOYS = ("hard_territory", "new_hire", "luck", "team_wide")
NO_CAUSE = ("none", "good_luck", "hard_territory", "new_hire", "luck")
BINS = (0.0, 0.05, 0.1, 0.2, 0.3, 0.5, 0.7, 0.85, 0.95, 1.0)


def kinds_of_reps(truth: pd.DataFrame, beyond: pd.Series) -> pd.DataFrame:
    """What each rep is to the bench.

    Parameters
    ----------
    truth : rep_id, cause (`none`, a decoy, a driver, `team_wide:` or `strength:` before a driver).
    beyond : indexed by rep_id: in how many drivers the rep truly lies beyond the margin to the harmful side.

    Returns
    -------
    DataFrame indexed by rep_id: kind (PLANTED, a decoy, HEALTHY; BETWEEN for one in whom nothing is planted and who
    truly lies beyond a margin), causes (frozenset of drivers to name), strengths (frozenset), two (two causes at once).
    """
    rows = []
    for rep, causes in truth.groupby("rep_id")["cause"]:
        distinct = set(causes)
        strengths = frozenset(c.removeprefix("strength:") for c in distinct if c.startswith("strength:"))
        wide = any(c.startswith("team_wide:") for c in distinct)
        real = frozenset(c for c in distinct if c not in NO_CAUSE and not c.startswith(("strength:", "team_wide:")))
        decoy = "team_wide" if wide else next((d for d in DECOYS if d in distinct), "")
        nothing = BETWEEN if beyond.get(rep, 0) else HEALTHY
        kind = PLANTED if real else decoy or nothing
        rows.append({"rep_id": rep, "kind": kind, "causes": real, "strengths": strengths, "two": len(real) > 1})
    return pd.DataFrame(rows).set_index("rep_id")


def naive_shortfalls(deals: pd.DataFrame, people: pd.DataFrame) -> pd.DataFrame:
    """How far each rep lies under the team's average in win rate, deal size and volume, as a share of that average.

    Parameters
    ----------
    deals : rep_id, outcome, amount.
    people : rep_id, manager_id.

    Returns
    -------
    DataFrame: rep_id, driver (`win_rate`, `deal_size`, `pipeline_generation`), score (0.2 is 20% under; less than 0
    above; 0 where nothing is known). The average is that of the team's members, the rep among them.
    """
    by_rep = deals.groupby("rep_id")
    closed = deals[deals["outcome"].isin(["won", "lost"])]
    measures = pd.DataFrame(
        {
            "win_rate": (closed["outcome"] == "won").groupby(closed["rep_id"]).mean(),
            "deal_size": deals[deals["outcome"] == "won"].groupby("rep_id")["amount"].mean(),
            "pipeline_generation": by_rep.size().astype("float64"),
        }
    ).reindex(people["rep_id"])
    measures["pipeline_generation"] = measures["pipeline_generation"].fillna(0.0)
    average = measures.groupby(people["manager_id"].to_numpy()).transform("mean")
    under = (1 - measures / average).fillna(0.0)
    return under.rename_axis("rep_id").reset_index().melt("rep_id", var_name="driver", value_name="score")


def first_named(scores: pd.DataFrame) -> pd.DataFrame:
    """Per rep the driver with the highest score: indexed by rep_id, driver and score; ties by the driver's name."""
    ordered = scores.sort_values(["score", "driver"], ascending=[False, True], kind="stable")
    return ordered.drop_duplicates("rep_id").set_index("rep_id")[["driver", "score"]]


def is_right(driver: str, causes: frozenset[str]) -> bool:
    """Whether naming `driver` names one of the causes; a low win rate names a weak stage, to be generous."""
    return driver in causes or (driver == "win_rate" and any(c.startswith("stage:") for c in causes))


def threshold(reps: pd.DataFrame, first: pd.DataFrame) -> float:
    """The lowest score to name a rep at which at most 3% of healthy reps and 5% of decoys are named."""
    score = first["score"].reindex(reps.index).fillna(-np.inf).to_numpy()
    groups = ((reps["kind"] == HEALTHY, MOST_HEALTHY), (reps["kind"].isin(DECOYS), MOST_DECOYS))
    return max((lowest_allowed(score[which.to_numpy()], most) for which, most in groups), default=-np.inf)


def lowest_allowed(scores: np.ndarray, most: float) -> float:
    """The highest score that must not be named, so that at most the share `most` of `scores` lies above it."""
    if not len(scores):
        return -np.inf
    allowed = int(np.floor(most * len(scores) + 1e-9))
    return float(np.sort(scores)[::-1][min(allowed, len(scores) - 1)])


def outcome(reps: pd.DataFrame, first: pd.DataFrame, above: float) -> dict[str, float]:
    """What a method does that names each rep whose first driver scores more than `above`.

    Returns
    -------
    dict: recall (of planted reps, the share whose first-named driver is one of the causes), accused (of planted reps,
    named at all), healthy, between, decoys and each decoy by itself (the shares named); NaN where there is no such rep.
    """
    at = first.reindex(reps.index)
    named = (at["score"] > above).to_numpy()
    right = np.array([n and is_right(d, c) for n, d, c in zip(named, at["driver"], reps["causes"], strict=True)])
    kind = reps["kind"].to_numpy()
    shares = {"recall": _share(right[kind == PLANTED]), "accused": _share(named[kind == PLANTED])}
    shares |= {"healthy": _share(named[kind == HEALTHY]), "decoys": _share(named[np.isin(kind, DECOYS)])}
    return shares | {k: _share(named[kind == k]) for k in (*DECOYS, BETWEEN)}


def recall_per_driver(reps: pd.DataFrame, scores: pd.DataFrame, above: float) -> pd.DataFrame:
    """Of each planted cause, the share that is named at all (first or not): indexed by driver; recall, n."""
    named = scores[scores["score"] > above].groupby("rep_id")["driver"].agg(set)
    rows = [
        {
            "driver": cause.partition(":")[0],
            "found": any(is_right(d, frozenset({cause})) for d in named.get(rep, set())),
        }
        for rep, causes in reps["causes"].items()
        for cause in sorted(causes)
    ]
    table = pd.DataFrame(rows, columns=["driver", "found"])
    return table.groupby("driver")["found"].agg(recall="mean", n="size")


def calibration(predicted: pd.Series, true: pd.Series, bins: tuple[float, ...] = BINS) -> pd.DataFrame:
    """In each bin of predicted probability: predicted (mean), true_share, n. Bins include their lower end."""
    place = np.clip(np.searchsorted(bins, predicted, side="right") - 1, 0, len(bins) - 2)
    label = pd.Series([f"{bins[i]:.2f} to {bins[i + 1]:.2f}" for i in place], index=predicted.index, dtype="str")
    table = pd.DataFrame({"bin": label, "predicted": predicted, "true": true.astype("float64")})
    return table.groupby("bin").agg(predicted=("predicted", "mean"), true_share=("true", "mean"), n=("true", "size"))


def coverage(rows: pd.DataFrame) -> pd.DataFrame:
    """How often the true difference lies in [low, high], ends included: indexed by group; covered, below, above, n.

    `below`: the truth lies under the range. Columns of `rows`: group, low, high, true.
    """
    under, over = rows["true"] < rows["low"], rows["true"] > rows["high"]
    table = rows.assign(covered=~under & ~over, below=under, above=over)
    means = table.groupby("group")[["covered", "below", "above"]].mean()
    return means.assign(n=table.groupby("group").size())


def _share(flags: np.ndarray) -> float:
    return float(flags.mean()) if len(flags) else float("nan")

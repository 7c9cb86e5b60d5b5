"""Whether results show what a driver says: fewer deals opened must bring fewer wins, or the deals were only filtered.

In: a rep's deals, and how far below the peers a driver puts them.  Out: per rep and driver what speaks against it.
Two explanations are set against each other by their likelihoods (as in Royall 1997): the weakness is real, and wins
lie below the peers' by as much; or it lies in how deals are entered or moved, and wins are as usual. Only where the
second is clearly likelier does it speak against the driver: somebody who opens half the deals and wins as many filters
early; somebody whose deals leave a stage half as often and are won as often moves them otherwise.
"""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from playbook.records.inputs import RecordInputs

_CLEARLY = 1.0  # natural logarithm of how much likelier "as usual" must be
_EXTRA = 1.4  # by which wins vary more than independent ones
_FEWEST_EXPECTED = 8.0  # wins that peers would have had; with fewer, results say nothing
_LENT = 5.0  # deals of everybody that are lent to each kind of deal
_ALIKE = ("segment", "source", "kind", "pipeline")
_OLD_ENOUGH = 0.95  # of the wins had come after so long


@dataclass(frozen=True)
class Result:
    """Wins of a rep: seen, usual (of the like deals of others), n (deals), and whether they speak against a driver."""

    name: str
    seen: float
    usual: float
    n: float
    speaks_against: bool


@dataclass(frozen=True)
class ResultChecks:
    """Results by rep and driver; only where they can be told."""

    results: dict[tuple[str, str], Result]

    def of(self, rep_id: str, driver: str) -> Result | None:
        """The result behind a driver of a rep; none where it cannot be told."""
        return self.results.get((rep_id, driver))


def result_checks(rows: pd.DataFrame, inputs: RecordInputs, exits: pd.DataFrame | None) -> ResultChecks:
    """The results behind `rows` of new pipeline and of stages; `exits` as `stage_conversion.followed_up` gives them."""
    found: dict[tuple[str, str], Result] = {}
    deals = _with_usual_wins(_old_enough(inputs))
    pipeline = rows[(rows["driver"] == "pipeline_generation") & (rows["expected"] > 0)]
    for row in pipeline.itertuples(index=False):
        own = deals[deals["rep_id"] == row.rep_id]
        less = row.seen / row.expected
        # Who filters early has fewer deals, of which the more are won; who only opens fewer wins the usual share.
        found |= _weighed(row, own, "wins_of_those_opened", if_real=1.0, if_record=1 / max(less, 0.05))
    for stage in rows.loc[rows["driver"].str.startswith("stage:"), "driver"].unique() if exits is not None else ():
        entered = exits.loc[exits["stage"] == stage.partition(":")[2], "opportunity_id"]
        there = _with_usual_wins(inputs.deals[inputs.deals.index.isin(entered)])
        for row in rows[(rows["driver"] == stage) & (rows["expected"] > 0)].itertuples(index=False):
            own = there[there["rep_id"] == row.rep_id]
            found |= _weighed(
                row, own, "wins_of_those_entered", if_real=max(row.seen / row.expected, 0.05), if_record=1.0
            )
    return ResultChecks(found)


def _weighed(row: object, own: pd.DataFrame, name: str, if_real: float, if_record: float) -> dict:
    """The result, where the like deals of others would have brought enough wins and the driver lies below the peers."""
    wins, usual = float(own["won"].sum()), float(own["usual"].sum())
    if usual < _FEWEST_EXPECTED or if_real > 0.95 * if_record:
        return {}
    for_real = (wins * np.log(if_real / if_record) + usual * (if_record - if_real)) / _EXTRA
    return {(row.rep_id, row.driver): Result(name, wins, usual, float(len(own)), bool(for_real < -_CLEARLY))}


def _old_enough(inputs: RecordInputs) -> pd.DataFrame:
    """The deals of which is known whether they are won: those older than 95 of 100 wins were."""
    deals = inputs.deals[inputs.deals["created_on"].notna()]
    taken = (deals["closed_on"] - deals["created_on"]).dt.days[deals["outcome"] == "won"]
    age = (inputs.day - deals["created_on"]).dt.days
    return deals[age >= taken.quantile(_OLD_ENOUGH)] if taken.notna().any() else deals.iloc[:0]


def _with_usual_wins(deals: pd.DataFrame) -> pd.DataFrame:
    """Per deal: rep_id, won, and usual, the share that others win of deals of the same kind."""
    won = (deals["outcome"] == "won").astype("float64")
    kind = deals.groupby(list(_ALIKE), dropna=False, sort=False).ngroup()
    overall = float(won.mean()) if len(won) else 0.0
    n, wins = won.groupby(kind).transform("size"), won.groupby(kind).transform("sum")
    own = [kind, deals["rep_id"]]
    n_own, wins_own = won.groupby(own).transform("size"), won.groupby(own).transform("sum")
    usual = (wins - wins_own + _LENT * overall) / (n - n_own + _LENT)
    return pd.DataFrame({"rep_id": deals["rep_id"], "won": won, "usual": usual})

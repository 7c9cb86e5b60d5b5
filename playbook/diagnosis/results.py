"""Whether results show what a driver says: fewer deals opened must bring fewer wins, or the deals were only filtered.

In: a rep's deals, and how far below the peers a driver puts them.  Out: per rep and driver what speaks against it.
Two explanations are set against each other by their likelihoods (as in Royall 1997): the weakness is real, and wins
lie below the peers' by as much; or it lies in how deals are entered or moved, and wins are as usual. Only where the
second is clearly likelier does it speak against the driver: somebody who opens half the deals and wins as many filters
early; somebody whose deals leave a stage half as often and are won as often moves them otherwise.
"""

from typing import NamedTuple

import numpy as np
import pandas as pd

from playbook.drivers.driver import OPENED, REACHED
from playbook.drivers.registry import driver_of, name_in
from playbook.members import is_among
from playbook.records.inputs import RecordInputs

WINS_OF_THOSE_OPENED, WINS_OF_THOSE_ENTERED = "wins_of_those_opened", "wins_of_those_entered"
_CLEARLY = 1.0  # natural logarithm of how much likelier "as usual" must be
_EXTRA = 1.4  # by which wins vary more than independent ones
_FEWEST_EXPECTED = 8.0  # wins that peers would have had; with fewer, results say nothing
_LENT = 5.0  # deals of everybody that are lent to each kind of deal
_ALIKE = ("segment", "source", "kind", "pipeline")
_OLD_ENOUGH = 0.95  # of the wins had come after so long
_LEAST_RATIO = 0.05  # of the peers' level; none is taken for lower


class Result(NamedTuple):
    """Wins of a rep beside a driver in which the rep lies below the peers."""

    name: str  # WINS_OF_THOSE_OPENED or WINS_OF_THOSE_ENTERED
    seen: float  # wins
    usual: float  # wins that others have of the like deals
    n: float  # deals
    speaks_against: bool  # whether they speak against the driver


ResultChecks = dict[tuple[str, str], Result]  # by rep_id and driver; only where results can tell


def result_checks(rows: pd.DataFrame, inputs: RecordInputs, exits: pd.DataFrame | None) -> ResultChecks:
    """The results behind `rows` of drivers of which wins tell (`Driver.wins_of`).

    Parameters
    ----------
    rows : one per rep and driver, with seen and expected.
    exits : as `stage_conversion.followed_up` gives them; none without a history of stages.
    """
    results: ResultChecks = {}
    below = rows[rows["expected"] > 0]
    opened = _with_usual_wins(_old_enough(inputs))
    for key in below["driver"].unique():
        wins_of = driver_of(key).wins_of
        here = below[below["driver"] == key]
        ratio = (here["seen"] / here["expected"]).clip(lower=_LEAST_RATIO)
        if wins_of == OPENED:
            # Who filters early has fewer deals, of which the more are won; who only opens fewer wins the usual share.
            expected = {rep: (1.0, 1 / less) for rep, less in zip(here["rep_id"], ratio, strict=True)}
            results |= _weighed(key, WINS_OF_THOSE_OPENED, opened, expected)
        elif wins_of == REACHED and exits is not None:
            entered = exits.loc[exits["stage"] == name_in(key), "opportunity_id"]
            deals = _with_usual_wins(inputs.deals[is_among(inputs.deals.index, entered)])
            expected = {rep: (less, 1.0) for rep, less in zip(here["rep_id"], ratio, strict=True)}
            results |= _weighed(key, WINS_OF_THOSE_ENTERED, deals, expected)
    return results


def _weighed(driver: str, name: str, deals: pd.DataFrame, expected: dict[str, tuple[float, float]]) -> ResultChecks:
    """The results of those of whom enough wins are expected, if the weakness is real below what the record would bring.

    `expected` has for each rep the wins, over the usual ones, if the weakness is real and if it is the record.
    """
    results: ResultChecks = {}
    for rep_id, (if_real, if_record) in expected.items():
        own = deals[deals["rep_id"] == rep_id]
        wins, usual = float(own["won"].sum()), float(own["usual"].sum())
        if usual < _FEWEST_EXPECTED or if_real > 0.95 * if_record:
            continue
        for_real = (wins * np.log(if_real / if_record) + usual * (if_record - if_real)) / _EXTRA
        results[rep_id, driver] = Result(name, wins, usual, float(len(own)), bool(for_real < -_CLEARLY))
    return results


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

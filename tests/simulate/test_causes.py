"""What is planted shows in the tables, about as large as planted; nothing else changes with it."""

import pytest

from tests.simulate.large_company import CAUSES, TEAM_OF, company, per_rep

RATIOS = ("pipeline_generation", "deal_size", "cycle_time", "activity")
# What a cause brings along by nature: a deal that is open for longer is pushed more often, is worked on for longer
# and ends differently by the time of the count.
BRINGS = {
    "win_rate": ("stage:Discovery", "stage:Solution", "stage:Proposal", "stage:Negotiation", "forecast_accuracy"),
    "stage:Solution": ("win_rate", "forecast_accuracy"),
    "stage:Negotiation": ("win_rate", "forecast_accuracy"),
    "cycle_time": ("slippage",),
    "deal_size": ("win_rate", "cycle_time"),
}


def difference(cause: str, measure: str) -> float:
    """The team with the cause minus the team without one; as a share of the latter where sizes are ratios."""
    means = per_rep().groupby("team")[measure].mean()
    apart = means[TEAM_OF[cause]] - means[0]
    return apart / means[0] if measure in RATIOS else apart


def standard_error(cause: str, measure: str) -> float:
    """Of the same difference, from how much the reps of both teams differ among themselves."""
    spread = per_rep().groupby("team")[measure].var() / per_rep().groupby("team")[measure].count()
    both = (spread[TEAM_OF[cause]] + spread[0]) ** 0.5
    return both / per_rep().groupby("team")[measure].mean()[0] if measure in RATIOS else both


@pytest.mark.parametrize("cause", CAUSES)
def test_a_planted_cause_shows_and_is_about_as_large_as_planted(cause):
    assert difference(cause, cause) == pytest.approx(CAUSES[cause], rel=0.25)
    assert abs(difference(cause, cause)) > 5 * standard_error(cause, cause)


@pytest.mark.parametrize("cause", CAUSES)
def test_a_planted_cause_changes_nothing_that_does_not_follow_from_it(cause):
    others = {*CAUSES, "stage:Discovery", "stage:Proposal"} - {cause, *BRINGS.get(cause, ())}
    changed = [
        measure for measure in sorted(others) if abs(difference(cause, measure)) > 4.0 * standard_error(cause, measure)
    ]
    assert changed == []


def test_the_truth_names_each_planted_cause_with_its_unit_and_a_sentence():
    truth = company().truth.set_index("rep_id")
    planted = truth[truth["cause"] != "none"]
    assert len(planted) == len(CAUSES) * 30 and len(truth) == (len(CAUSES) + 1) * 30
    assert planted["size"].ne(0).all() and planted["unit"].ne("").all()
    assert truth["sentence"].str.fullmatch(r"[A-Z].*\.").all()


def test_the_true_model_has_one_row_per_seller_and_driver():
    model = company().model
    assert not model.duplicated(["rep_id", "driver"]).any()
    assert set(model["rep_id"]) == set(company().truth["rep_id"])
    assert company().interventions.empty

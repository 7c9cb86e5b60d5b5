"""The bench's own arithmetic, worked out by hand: who is named rightly, what probabilities and ranges are worth."""

import benches.diagnosis_limit as limit
import benches.diagnosis_scoring as scoring
import numpy as np
import pandas as pd
import pytest


def test_naive_rule_says_how_far_each_rep_lies_under_the_teams_average():
    won_and_lost = {"ana": ("won", "won", "lost", "lost"), "ben": ("won", "lost", "lost", "lost")}
    deals = pd.DataFrame([(r, o, 100.0) for r, outcomes in won_and_lost.items() for o in outcomes])
    deals.columns = ["rep_id", "outcome", "amount"]
    people = pd.DataFrame({"rep_id": ["ana", "ben"], "manager_id": "mo"})
    under = scoring.naive_shortfalls(deals, people).set_index(["rep_id", "driver"])["score"]
    assert under["ben", "win_rate"] == pytest.approx(1 - 0.25 / 0.375)
    assert under["ana", "win_rate"] == pytest.approx(1 - 0.5 / 0.375)
    assert under["ben", "deal_size"] == under["ben", "pipeline_generation"] == 0


def test_naive_rule_compares_within_the_own_team_only():
    deals = pd.DataFrame({"rep_id": ["ana", "ben", "ben"], "outcome": "won", "amount": [10.0, 90.0, 90.0]})
    people = pd.DataFrame({"rep_id": ["ana", "ben"], "manager_id": ["mo", "ned"]})
    assert (scoring.naive_shortfalls(deals, people)["score"] == 0).all()


def test_naive_rule_takes_a_rep_without_any_deal_for_one_with_no_volume():
    deals = pd.DataFrame({"rep_id": ["ana"], "outcome": ["won"], "amount": [10.0]})
    people = pd.DataFrame({"rep_id": ["ana", "ben"], "manager_id": "mo"})
    under = scoring.naive_shortfalls(deals, people).set_index(["rep_id", "driver"])["score"]
    assert under["ben", "pipeline_generation"] == 1.0 and under["ben", "win_rate"] == 0.0


def kinds(**causes):
    truth = pd.DataFrame([(rep, c) for rep, planted in causes.items() for c in planted], columns=["rep_id", "cause"])
    return scoring.kinds_of_reps(truth, pd.Series({"dora": 1}))


def test_reps_are_planted_decoys_healthy_or_between():
    reps = kinds(
        ana=["stage:Demo", "activity"],
        ben=["team_wide:activity"],
        cara=["none"],
        dora=["none"],
        eva=["luck"],
        fay=["strength:activity"],
    )
    assert reps["kind"].to_dict() == {
        "ana": "planted", "ben": "team_wide", "cara": "healthy", "dora": "between", "eva": "luck", "fay": "healthy"
    }  # fmt: skip
    assert reps.loc["ana", "causes"] == {"stage:Demo", "activity"} and reps.loc["ana", "two"]
    assert reps.loc["fay", "strengths"] == {"activity"} and not reps.loc["ben", "causes"]


def test_threshold_lets_no_more_healthy_reps_and_decoys_be_named_than_allowed():
    scores = np.arange(100.0)
    above = scoring.lowest_allowed(scores, 0.03)
    assert (scores > above).sum() == 3
    assert scoring.lowest_allowed(np.array([]), 0.03) == -np.inf


def test_scores_that_tie_at_the_threshold_are_not_named():
    scores = np.array([1.0] * 10 + [0.0] * 90)
    assert (scores > scoring.lowest_allowed(scores, 0.03)).sum() == 0


def test_recall_counts_only_the_first_named_driver():
    reps = kinds(ana=["activity"], ben=["activity"], cara=["activity"], eva=["none"])
    first = pd.DataFrame(
        {"driver": ["activity", "slippage", "activity", "slippage"], "score": [0.9, 0.9, 0.1, 0.2]},
        index=["ana", "ben", "cara", "eva"],
    )
    shares = scoring.outcome(reps, first, above=0.15)
    assert shares["recall"] == pytest.approx(1 / 3) and shares["accused"] == pytest.approx(2 / 3)
    assert shares["healthy"] == 1.0 and np.isnan(shares["luck"])


def test_a_rep_whom_a_method_says_nothing_of_is_not_named():
    reps = kinds(ana=["activity"], ben=["activity"])
    first = pd.DataFrame({"driver": ["activity"], "score": [0.9]}, index=["ana"])
    assert scoring.outcome(reps, first, above=-np.inf)["recall"] == 0.5


def test_a_low_win_rate_names_a_weak_stage_and_nothing_else():
    assert scoring.is_right("win_rate", frozenset({"stage:Demo"}))
    assert not scoring.is_right("win_rate", frozenset({"activity"}))
    assert not scoring.is_right("stage:Trial", frozenset({"stage:Demo"}))


def test_recall_per_driver_counts_each_of_two_causes():
    reps = kinds(ana=["stage:Demo", "activity"], ben=["stage:Trial"])
    scores = pd.DataFrame({"rep_id": ["ana", "ana"], "driver": ["activity", "stage:Demo"], "score": [0.9, 0.2]})
    recall = scoring.recall_per_driver(reps, scores, above=0.5)
    assert recall.loc["activity"].tolist() == [1.0, 1] and recall.loc["stage"].tolist() == [0.0, 2]


def test_calibration_sets_predicted_beside_true_shares_with_lower_ends_in_their_bin():
    predicted = pd.Series([0.0, 0.05, 0.96, 1.0])
    bins = scoring.calibration(predicted, pd.Series([False, True, True, False]))
    assert bins.index.tolist() == ["0.00 to 0.05", "0.05 to 0.10", "0.95 to 1.00"]
    assert bins.loc["0.95 to 1.00"].tolist() == [0.98, 0.5, 2]


def test_coverage_counts_truths_within_the_ends_and_says_on_which_side_others_lie():
    rows = pd.DataFrame({"group": "all", "low": -1.0, "high": 1.0, "true": [-1.0, 0.0, 1.5, 1.0, -3.0]})
    assert scoring.coverage(rows).loc["all"].tolist() == [0.6, 0.2, 0.2, 5]


def test_the_limit_names_nobody_for_what_the_whole_team_shows():
    reps = ["ana", "ben", "cara"]
    teams = pd.Series("mo", index=reps)
    alone = pd.DataFrame({"rep_id": reps, "driver": "activity", "log_ratio": [10.0, -5.0, -5.0]})
    shared = alone.assign(log_ratio=10.0)
    named = {k: limit.own_cause(v, teams, 0.05, 0.02)["score"].tolist() for k, v in (("a", alone), ("s", shared))}
    assert named["a"][0] > 0.99 and max(named["a"][1:]) < 0.01
    assert max(named["s"]) < 0.1


def test_a_ratio_averages_over_sizes_and_ordinary_differences():
    seen = np.array([0.0, -1.0])

    def loglik(shift):
        return -0.5 * (seen - shift) ** 2 / 0.04

    ratio = limit.log_ratio(loglik, [-1.0], ordinary=1e-6)
    assert ratio == pytest.approx([-12.5, 12.5], abs=1e-3)
    assert abs(limit.log_ratio(loglik, [-1.0], ordinary=0.5)).max() < 12.5


def test_like_for_like_peers_are_those_with_deals_of_the_same_segment():
    rep, segment = np.array([0, 0, 1, 2, 2]), np.array([0, 0, 0, 1, 1])
    weights = limit.like_for_like(rep, segment, 3, counted=np.ones(3))
    assert weights[0] == pytest.approx([0, 1, 0], abs=1e-6) and weights.sum(axis=1) == pytest.approx([1, 1, 1])

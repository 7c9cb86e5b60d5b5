import pandas as pd

from playbook.coaching.peer_pairs import BY_LOT, PERHAPS, SURE, peer_pairs
from tests.coaching.small_team import diagnosis

REPS = pd.DataFrame({"person_id": ["r1", "r2", "r3", "r4", "r5"]})


def pairs(*rows: tuple[str, str, str, int]) -> list[tuple[str, str]]:
    """Those that the data proposes."""
    return [(pair.first, pair.second) for pair in peer_pairs(REPS, diagnosis(*rows)) if pair.how == SURE]


def with_effect(rows: list[tuple[str, str, str, float]]) -> pd.DataFrame:
    findings = diagnosis(*((rep, driver, verdict, 1) for rep, driver, verdict, _ in rows))
    return findings.assign(effect=[effect for *_, effect in rows])


def test_a_strength_meets_what_a_colleague_works_on():
    (pair, *_) = peer_pairs(REPS, diagnosis(("r3", "slippage", "strength", 1), ("r1", "slippage", "watch", 1)))
    assert (pair.first, pair.second, pair.first_shows, pair.second_shows) == ("r1", "r3", (), ("slippage",))
    assert not pair.mutual


def test_two_who_complement_each_other_go_before_one_way_pairs():
    rows = [("r1", "slippage", "strength", 1), ("r2", "slippage", "coach", 1), ("r3", "slippage", "watch", 1)]
    rows += [("r3", "activity", "strength", 2), ("r1", "activity", "watch", 2)]
    assert pairs(*rows) == [("r1", "r3")]


def test_evidence_goes_before_a_sign():
    rows = [("r1", "slippage", "strength", 1), ("r2", "slippage", "watch", 1), ("r3", "slippage", "coach", 1)]
    assert pairs(*rows) == [("r1", "r3")]


def test_nobody_stands_in_two_pairs():
    rows = [("r1", "slippage", "strength", 1)] + [(rep, "slippage", "coach", 1) for rep in ("r2", "r3", "r4")]
    assert pairs(*rows) == [("r1", "r2")]


def test_pairs_stand_in_the_order_of_names():
    rows = [("r5", "slippage", "strength", 1), ("r2", "slippage", "coach", 1)]
    rows += [("r4", "activity", "strength", 1), ("r1", "activity", "watch", 1)]
    assert pairs(*rows) == [("r1", "r4"), ("r2", "r5")]


def test_strengths_alone_make_no_pair():
    assert pairs(("r1", "slippage", "strength", 1), ("r2", "activity", "coach", 1)) == []


def test_a_colleague_on_the_better_side_will_do_where_nobody_is_surely_strong():
    rows = [("r1", "slippage", "watch", 0.3), ("r2", "slippage", "no_evidence", 0.1)]
    rows += [("r4", "slippage", "no_evidence", -0.1), ("r5", "slippage", "too_little_data", -0.5)]
    pairs = {(p.first, p.second): p for p in peer_pairs(REPS, with_effect(rows))}
    assert pairs[("r1", "r4")].how == PERHAPS and pairs[("r1", "r4")].second_shows == ("slippage",)


def test_the_better_side_is_the_higher_one_where_more_is_better():
    rows = [
        ("r1", "activity", "coach", -0.3),
        ("r2", "activity", "no_evidence", -0.1),
        ("r3", "activity", "no_evidence", 0.1),
    ]
    assert ("r1", "r3") in {(p.first, p.second) for p in peer_pairs(REPS, with_effect(rows)) if p.how == PERHAPS}


def test_a_sure_strength_goes_before_a_figure_on_the_better_side():
    rows = [
        ("r1", "slippage", "watch", 0.3),
        ("r2", "slippage", "no_evidence", -0.1),
        ("r4", "slippage", "strength", -0.4),
    ]
    assert {(p.first, p.second, p.how) for p in peer_pairs(REPS, with_effect(rows))} >= {("r1", "r4", SURE)}


def test_the_rest_is_drawn_by_lot_and_at_most_one_is_left_over():
    drawn = peer_pairs(REPS, pd.DataFrame(), "house/m1")
    people = [rep for pair in drawn for rep in (pair.first, pair.second)]
    assert len(people) == len(set(people)) == 4 and {pair.how for pair in drawn} == {BY_LOT}
    assert all(pair.first < pair.second for pair in drawn)


def test_the_draw_is_the_same_again_and_another_one_for_another_team():
    assert peer_pairs(REPS, pd.DataFrame(), "a") == peer_pairs(REPS, pd.DataFrame(), "a")
    draws = {tuple((p.first, p.second) for p in peer_pairs(REPS, pd.DataFrame(), str(seed))) for seed in range(20)}
    assert len(draws) > 3


def test_somebody_outside_the_team_is_in_no_pair():
    assert pairs(("r9", "slippage", "strength", 1), ("r1", "slippage", "coach", 1)) == []


def test_two_measures_of_one_driver_are_not_the_same_skill():
    rows = [("r1", "forecast_accuracy", "watch", -0.2), ("r2", "forecast_accuracy", "no_evidence", 0.1)]
    findings = with_effect(rows)
    assert PERHAPS in {p.how for p in peer_pairs(REPS, findings.assign(aspect="won"))}
    assert PERHAPS not in {p.how for p in peer_pairs(REPS, findings.assign(aspect=["won", "lost"]))}

import pandas as pd

from playbook.coaching.peer_pairs import peer_pairs
from tests.coaching.small_team import diagnosis

REPS = pd.DataFrame({"person_id": ["r1", "r2", "r3", "r4", "r5"]})


def pairs(*rows: tuple[str, str, str, int]) -> list[tuple[str, str]]:
    return [(pair.first, pair.second) for pair in peer_pairs(REPS, diagnosis(*rows))]


def test_a_strength_meets_what_a_colleague_works_on():
    (pair,) = peer_pairs(REPS, diagnosis(("r3", "slippage", "strength", 1), ("r1", "slippage", "watch", 1)))
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
    assert peer_pairs(REPS, pd.DataFrame()) == []


def test_somebody_outside_the_team_is_in_no_pair():
    assert pairs(("r9", "slippage", "strength", 1), ("r1", "slippage", "coach", 1)) == []

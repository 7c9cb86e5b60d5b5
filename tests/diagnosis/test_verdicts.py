import numpy as np
import pandas as pd

from playbook.diagnosis.verdicts import FALSE_DISCOVERIES, believed, with_verdicts


def rows(**columns) -> pd.DataFrame:
    n = max((len(v) for v in columns.values() if isinstance(v, list)), default=1)
    usual = {
        "rep_id": [f"r{i}" for i in range(n)],
        "driver": "win_rate",
        "little": False,
        "comparable": True,
        "shows": False,
        "harm": 0.0,
        "real": 0.0,
        "good": 0.0,
        "real_good": 0.0,
        "at_stake": 0.0,
        "could_be_the_record": False,
        "flattered": False,
    }
    return pd.DataFrame(usual | columns, index=range(n))


def verdicts(**columns) -> list[str]:
    return with_verdicts(rows(**columns))["verdict"].tolist()


SURELY = {"harm": 0.999, "real": 0.9999}


def test_too_little_data_comes_before_everything():
    assert verdicts(little=True, comparable=False, shows=True, **SURELY) == ["too_little_data"]


def test_without_peers_nothing_is_said_of_the_rep():
    assert verdicts(comparable=False, shows=True, **SURELY) == ["not_comparable"]


def test_what_may_be_how_the_record_is_kept_is_asked_first():
    assert verdicts(could_be_the_record=[True, False], **SURELY) == ["ask_first", "coach"]


def test_how_the_record_is_kept_is_asked_only_of_what_stands_out():
    assert verdicts(could_be_the_record=True, harm=0.4, real=0.5) == ["watch"]


def test_what_the_team_shows_is_the_teams():
    assert verdicts(shows=True) == ["team_wide"]


def test_who_stands_apart_even_from_the_own_team_is_coached():
    assert verdicts(shows=True, **SURELY) == ["coach"]


def test_likely_and_real_is_coached_and_likely_alone_is_watched():
    assert verdicts(harm=[0.999, 0.9], real=[0.9999, 0.5]) == ["coach", "watch"]


def test_the_good_side_is_a_strength():
    assert verdicts(good=0.999, real_good=0.9999) == ["strength"]


def test_no_strength_is_told_where_the_record_could_flatter():
    assert verdicts(good=0.999, real_good=0.9999, flattered=[True, False]) == ["no_evidence", "strength"]


def test_in_between_there_is_no_evidence():
    assert verdicts(harm=0.1, real=0.2, good=0.1) == ["no_evidence"]


def test_at_most_two_drivers_of_a_rep_are_coached_the_likeliest_ones():
    judged = with_verdicts(
        rows(
            rep_id=["r1"] * 3,
            driver=["activity", "deal_size", "slippage"],
            harm=[0.97, 0.999, 0.99],
            real=[0.9999] * 3,
        )
    )
    assert dict(zip(judged["driver"], judged["verdict"], strict=True)) == {
        "activity": "watch",
        "deal_size": "coach",
        "slippage": "coach",
    }


def test_of_those_believed_together_few_are_expected_to_be_nothing():
    probability = pd.Series([0.99, 0.97, 0.93, 0.90, 0.80, 0.60])
    believable = believed(probability, FALSE_DISCOVERIES)
    assert believable.tolist() == [True, True, True, False, False, False]
    assert (1 - probability[believable]).mean() <= FALSE_DISCOVERIES


def test_priority_counts_each_reps_own_drivers_from_one():
    judged = with_verdicts(
        rows(
            rep_id=["r1", "r1", "r2"],
            driver=["activity", "deal_size", "activity"],
            harm=[0.2, 0.999, 0.1],
            real=[0.2, 0.9999, 0.1],
        )
    )
    assert judged["priority"].tolist() == [2, 1, 1]


def test_of_two_equally_likely_causes_the_dearer_comes_first():
    judged = with_verdicts(
        rows(rep_id=["r1"] * 2, driver=["a", "b"], harm=[0.99] * 2, real=[0.9999] * 2, at_stake=[10.0, 90.0])
    )
    assert judged["priority"].tolist() == [2, 1]


def test_where_nothing_is_compared_no_probability_is_told():
    assert np.isnan(with_verdicts(rows(little=True, **SURELY))["probability"].iloc[0])

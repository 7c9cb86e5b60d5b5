import numpy as np

from playbook.diagnosis.own_team import team_difference
from tests.diagnosis.made_rows import evidence


def team(differences, errors=0.4, **columns):
    rows = evidence(value=[30.0] * len(differences), **columns)
    raw = np.array(differences, dtype="float64")
    return team_difference(rows, raw, np.full(len(raw), errors))


def test_a_team_that_lies_low_together_shows_it():
    assert team([-1.8, -2.0, -1.5, -2.2, -1.7, -1.9])["shows"].all()


def test_one_low_rep_does_not_make_a_team():
    beside = team([-4.0, -0.1, 0.2, -0.2, 0.1, -0.1])
    assert not beside["shows"].any()


def test_who_stands_on_the_good_side_is_not_counted_in():
    beside = team([1.5, -2.0, -1.8, -2.2, -1.9, -2.1])
    assert not beside["shows"].iloc[0]
    assert beside["shows"].iloc[1:].all()


def test_the_rep_is_no_part_of_the_level_that_the_others_show():
    assert np.isclose(team([-6.0, -2.0, -2.0, -2.0, -2.0])["team"].iloc[0], -2.0)


def test_where_less_is_better_a_high_team_shows_it():
    assert team([2.0, 1.9, 2.1, 2.2, 1.8], sign=-1)["shows"].all()


def test_three_people_are_too_few_to_be_a_whole_team():
    assert not team([-2.0, -2.0, -2.0])["shows"].any()


def test_reps_without_a_manager_are_no_team():
    assert not team([-2.0] * 6, manager_id=None)["shows"].any()


def test_two_teams_are_looked_at_apart():
    beside = team([-2.0] * 5 + [0.0] * 5, manager_id=["m1"] * 5 + ["m2"] * 5)
    assert beside["shows"].tolist() == [True] * 5 + [False] * 5

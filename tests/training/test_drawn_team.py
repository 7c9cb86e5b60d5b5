"""A team to judge: the evidence points where the truth is, luck included, and nothing on the page tells the truth."""

from dataclasses import replace

import numpy as np
import pytest

from playbook.errors import PlaybookError
from playbook.training import drawn_team
from playbook.training.drawn_team import (
    CLEAR,
    COACH,
    ELSEWHERE,
    LEAVE,
    MEASURES,
    ORDINARY_OUTSIDE,
    WATCH,
    Seen,
    draw_team,
)
from playbook.training.exercise_paper import exercise_on_paper
from playbook.training.item_bank import item_bank
from playbook.training.kinds.judge_team import FIRST, JudgeTeam, points_for
from playbook.training.misconceptions import (
    BIGGEST_SUM_FIRST,
    LOWEST_IS_WEAK,
    RECORD_IS_REP,
    SMALL_NUMBERS,
    WHOLLY_SURE,
)
from playbook.training.variant import Variant

each_seed = pytest.mark.parametrize("seed", range(6))


@each_seed
def test_a_planted_cause_lies_far_outside_luck_and_nothing_else_does(seed):
    for rep in draw_team(Variant(seed)).reps:
        outside = {key: seen.outside for key, seen in rep.seen.items()}
        if rep.right == COACH:
            assert outside[rep.measure] >= CLEAR and max(outside, key=outside.get) == rep.measure
        elif rep.right != ELSEWHERE:
            assert max(outside.values()) <= CLEAR


@each_seed
def test_everything_that_can_be_right_is_in_a_team(seed):
    rights = [rep.right for rep in draw_team(Variant(seed)).reps]
    assert {COACH, WATCH, ELSEWHERE, LEAVE} == set(rights) and rights.count(COACH) in (2, 3)


@each_seed
def test_the_largest_sum_never_lies_with_somebody_to_coach(seed):
    team = draw_team(Variant(seed))
    assert max(team.reps, key=lambda rep: rep.money).right != COACH


@each_seed
def test_few_deals_look_like_a_finding_and_nobody_without_a_cause_does(seed):
    for rep in draw_team(Variant(seed), 10).reps:
        worst = max(seen.outside for seen in rep.seen.values())
        if rep.right == WATCH:
            assert 1 < worst <= CLEAR and max(seen.n for seen in rep.seen.values()) < 12
        if rep.right == LEAVE:
            assert worst < ORDINARY_OUTSIDE


def test_how_many_have_a_cause_differs_from_team_to_team():
    teams = [draw_team(Variant(seed), 10).reps for seed in range(8)]
    assert {sum(rep.right == COACH for rep in team) for team in teams} == {2, 3}
    assert len({tuple(sorted(rep.right for rep in team)) for team in teams}) >= 4


def test_an_unfair_team_is_redrawn_from_the_same_seed_in_the_same_way(monkeypatch):
    """Every first draw is called unfair here: the team is another, and always the same other."""
    fair, calls = drawn_team._is_fair, []

    def never_the_first(team):
        calls.append(team)
        return len(calls) > 1 and fair(team)

    usual = draw_team(Variant(7))
    monkeypatch.setattr(drawn_team, "_is_fair", never_the_first)
    again = draw_team(Variant(7))
    assert calls[0] not in calls[1:] and fair(again)
    calls.clear()
    assert draw_team(Variant(7)) == again and fair(usual)


def with_rep(team, right, **changes):
    """The team with the first rep of whom `right` is right changed."""
    rep = next(rep for rep in team.reps if rep.right == right)
    return replace(team, reps=tuple(replace(one, **changes) if one is rep else one for one in team.reps))


def as_usual(seen):
    return replace(seen, count=round(seen.usual * seen.n))


def test_a_rep_whose_data_hides_a_cause_or_shows_one_that_is_none_is_drawn_again():
    team = draw_team(Variant(4), 10)
    assert all(drawn_team._shows_the_truth(rep) for rep in team.reps)
    cause = next(rep for rep in team.reps if rep.right == COACH)
    healthy = next(rep for rep in team.reps if rep.right == LEAVE)
    hidden = {key: as_usual(seen) for key, seen in cause.seen.items()}
    accused = healthy.seen | {"late": replace(healthy.seen["late"], count=0)}
    assert not drawn_team._shows_the_truth(replace(cause, seen=hidden))
    assert not drawn_team._shows_the_truth(replace(healthy, seen=accused))


def test_a_team_that_rewards_the_largest_sum_or_leaves_open_with_whom_to_begin_is_not_fair():
    team = draw_team(Variant(4), 10)
    first, second = sorted((rep for rep in team.reps if rep.right == COACH), key=lambda rep: -rep.furthest)[:2]
    assert drawn_team._is_fair(team) and first.name == team.first
    assert not drawn_team._is_fair(with_rep(team, COACH, money=10**9))
    as_clear = replace(team, reps=tuple(replace(r, seen=first.seen) if r is second else r for r in team.reps))
    assert not drawn_team._is_fair(as_clear)


def test_whom_to_begin_with_counts_only_where_they_are_coached():
    """Else whoever coaches nobody would pass by naming the one who lies furthest out."""
    judged = JudgeTeam(draw_team(Variant(4), 10))
    best = judged.best()
    left_alone = judged.mark(best | {judged.team.first: LEAVE}).points
    another_topic = next(k for k, _ in judged.fields()[0].takes.options
                         if k.startswith(COACH) and k != best[judged.team.first])  # fmt: skip
    assert left_alone == pytest.approx(1 - 3 / 12)
    assert judged.mark(best | {judged.team.first: another_topic}).points == pytest.approx(1 - 1.5 / 12)


@each_seed
def test_in_a_whole_team_two_healthy_reps_lie_a_little_outside_as_luck_has_it(seed):
    """So that whoever takes all that is outside for a finding accuses two, and is not let through."""
    healthy = [rep.furthest for rep in draw_team(Variant(seed), 10).reps if rep.right == LEAVE]
    assert sum(outside > 1 for outside in healthy) >= 2 and max(healthy) < drawn_team.ORDINARY_OUTSIDE


@each_seed
def test_each_wrong_answer_about_a_rep_says_what_misled_to_it(seed):
    team = draw_team(Variant(seed), 10)
    parts = {part.field: part for part in JudgeTeam(team).parts()}
    for rep in team.reps:
        for measure in MEASURES:
            why, seen = parts[rep.name].answers[f"coach:{measure.key}"], rep.seen[measure.key]
            average = np.mean([one.seen[measure.key].rate for one in team.reps])
            worse = (average - seen.rate if measure.low_is_worse else seen.rate - average) / average
            assert (SMALL_NUMBERS in why) == (rep.right == WATCH)
            assert (RECORD_IS_REP in why) == (rep.right == ELSEWHERE and seen.outside > 1)
            assert (LOWEST_IS_WEAK in why) == (worse >= 0.15) and (WHOLLY_SURE in why) == (seen.outside > 1)
        assert parts[rep.name].answers[LEAVE] == ()
    dearest = max(team.reps, key=lambda rep: rep.money)
    assert BIGGEST_SUM_FIRST in parts[dearest.name].answers["coach:late"]
    assert BIGGEST_SUM_FIRST in parts[FIRST].answers[dearest.name]


def test_where_no_fair_team_comes_up_it_is_said_and_no_unfair_one_used(monkeypatch):
    monkeypatch.setattr(drawn_team, "_is_fair", lambda team: False)
    monkeypatch.setattr(drawn_team, "_MOST_DRAWS", 2)
    with pytest.raises(PlaybookError, match="no fair"):
        draw_team(Variant(7))


def test_luck_is_wider_where_there_are_fewer_deals():
    few, many = Seen(2, 10, 0.4, True), Seen(20, 100, 0.4, True)
    assert few.outside < 1 < many.outside and few.luck[0] < many.luck[0]


def test_accusing_costs_what_a_right_answer_gives_and_waiting_half():
    team = draw_team(Variant(1))
    healthy = next(rep for rep in team.reps if rep.right == LEAVE)
    cause = next(rep for rep in team.reps if rep.right == COACH)
    assert [points_for(healthy, a) for a in (LEAVE, WATCH, "coach:late")] == [1.0, 0.5, -1.0]
    other = next(key for key in cause.seen if key != cause.measure)
    answers = (f"coach:{cause.measure}", WATCH, LEAVE, f"coach:{other}")
    assert [points_for(cause, a) for a in answers] == [1.0, 0.5, 0.0, -0.5]


def test_leaving_everybody_alone_or_coaching_everybody_is_far_from_enough():
    team = draw_team(Variant(2))
    response = JudgeTeam(team)
    for answer in (LEAVE, "coach:late", WATCH):
        values = {rep.name: answer for rep in team.reps} | {FIRST: team.reps[0].name}
        assert response.mark(values).points < 0.7


@each_seed
def test_the_page_says_nothing_of_what_is_right(seed):
    exercise = item_bank()["judging/whole-team"].exercise(seed)
    paper = exercise_on_paper(exercise).text
    assert not [rep.why for rep in exercise.facts["team"].reps if rep.why in paper]


def test_who_is_not_judged_is_named():
    team = draw_team(Variant(3))
    names = [rep.name for rep in team.reps]
    missing = JudgeTeam(team).missing(dict.fromkeys(names[1:], LEAVE))
    assert names[0] in missing and names[1] not in missing

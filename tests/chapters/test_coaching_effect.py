import pandas as pd

from playbook.chapters.coaching_effect import did_it_help
from playbook.coaching.effect_verdicts import HELPED, TOO_EARLY
from playbook.team import team_of
from tests.coaching.small_team import AS_OF, company, team, thin


def with_effects(*rows: tuple[str, str, str]) -> object:
    table = pd.DataFrame(rows, columns=["rep_id", "driver", "verdict"]).assign(
        manager_id="m1",
        began_on=pd.Timestamp("2025-11-01"),
        n_before=40,
        n_after=12,
        known_on=pd.Timestamp("2026-09-01"),
        why="From 20% to 45% (40 closed deals in the year before, 12 since): more than luck would bring.",
    )
    return team_of(company(), "m1", AS_OF, {"coaching_effect": table})


def test_what_helped_is_said_with_name_subject_and_counts():
    shown = did_it_help(with_effects(("r1", "discounting", HELPED))).text
    assert "It helped" in shown and "Ana, Discounting." in shown and "12 since" in shown


def test_what_is_too_early_says_when_numbers_could_know():
    shown = did_it_help(with_effects(("r2", "win_rate", TOO_EARLY))).text
    assert "about September 2026" in shown and "40 before, 12 since" in shown


def test_people_stand_by_name_whatever_came_of_it():
    shown = did_it_help(with_effects(("r2", "win_rate", TOO_EARLY), ("r1", "slippage", TOO_EARLY))).text
    assert shown.index("Ana") < shown.index("Ben")


def test_without_a_subject_coached_twice_there_is_nothing_to_compare():
    assert "nothing to compare" in did_it_help(team()).text


def test_without_a_log_it_says_what_turns_it_on():
    assert "is off" in did_it_help(team(None, thin({"r1": "Ana"}))).text

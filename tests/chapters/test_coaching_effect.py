import pandas as pd
import pytest

from playbook.chapters.holding_people_to_it.coaching_effect import did_it_help
from playbook.coaching.effect_rows import HELPED, SHARE_OF_DEALS, TOO_EARLY, Effect
from playbook.team import team_of
from tests.coaching.small_team import AS_OF, company, team, thin


def with_effects(*rows: tuple[str, str, str], **numbers: object) -> object:
    table = pd.DataFrame(rows, columns=["rep_id", "driver", "verdict"]).assign(
        manager_id="m1",
        began_on=pd.Timestamp("2025-11-01"),
        n_before=40,
        **{"n_after": 12, "known_on": pd.Timestamp("2026-09-01"), "before": 0.2, "after": 0.45}
        | {"aspect": "", "sessions": 2, "measured_as": SHARE_OF_DEALS}
        | numbers,
    )
    table = table.reindex(columns=list(Effect._fields))
    return team_of(company(), "m1", AS_OF, {"coaching_effect": table})


def test_what_helped_is_said_with_name_subject_and_counts():
    text = did_it_help(with_effects(("r1", "discounting", HELPED))).text
    assert "It helped" in text and "Ana, Discounting." in text and "12 since" in text


@pytest.mark.parametrize(
    ("driver", "low", "high", "expected"),
    [
        ("discounting", 0.09, 0.15, "9 to 15 points better"),
        ("win_rate", -0.02, 0.09, "2 points worse to 9 points better"),
        ("slippage", -1.4, -0.6, "0.60 to 1.4 a deal worse"),
        ("win_rate", 0.001, 0.08, "0 to 8 points better"),
        ("win_rate", 0.01, 0.04, "1 to 4 points better"),
    ],
)
def test_the_effect_is_told_with_its_range(driver, low, high, expected):
    text = did_it_help(with_effects(("r1", driver, HELPED), low=low, high=high)).text
    assert f"The true change is {expected}, 19 times out of 20." in text


def test_what_is_too_early_says_when_numbers_could_know():
    text = did_it_help(with_effects(("r2", "win_rate", TOO_EARLY))).text
    assert "about September 2026" in text and "40 before, 12 since" in text


def test_where_the_numbers_stay_with_others_so_does_the_day_on_which_they_could_know():
    hidden = {"before": float("nan"), "after": float("nan"), "known_on": pd.NaT}
    assert "this data cannot say" in did_it_help(with_effects(("r2", "win_rate", TOO_EARLY), **hidden)).text
    assert (
        "not within three years" in did_it_help(with_effects(("r2", "win_rate", TOO_EARLY), **hidden, n_after=1)).text
    )


def test_people_stand_by_name_whatever_came_of_it():
    text = did_it_help(with_effects(("r2", "win_rate", TOO_EARLY), ("r1", "slippage", TOO_EARLY))).text
    assert text.index("Ana") < text.index("Ben")


def test_without_a_subject_coached_twice_there_is_nothing_to_compare():
    assert "nothing to compare" in did_it_help(team()).text


def test_without_a_log_it_says_what_turns_it_on():
    assert "is off" in did_it_help(team(None, thin({"r1": "Ana"}))).text

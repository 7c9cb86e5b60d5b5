from dataclasses import replace

import pandas as pd
import pytest

from playbook.chapters.cover_from_your_leader import cover
from playbook.chapters.each_rep import each_rep
from playbook.chapters.the_coaching_conversation import conversation
from playbook.chapters.why_deals_are_lost import win_rate_apart
from playbook.coaching.shared_causes import THE_CALENDAR, of_the_calendar, shared_by_the_team, shared_habits
from playbook.diagnosis.diagnosis_rows import QUARTER_END, TEAM, Pattern
from playbook.team import Team
from tests.coaching.small_team import REPS, diagnosis, team

LATE = pd.DataFrame([Pattern("quarter_end", "yes", "win_rate", 0.81, 0.52, 0.2, 0.4, 1204, 0.001)])


def late(findings: pd.DataFrame) -> pd.DataFrame:
    """`found`, in which each shared win rate is the calendar's."""
    shared = (findings["driver"] == "win_rate") & (findings["verdict"] == "team_wide")
    return findings.assign(shared_by=findings["shared_by"].mask(shared, QUARTER_END))


SHARED = late(
    diagnosis(
        *((rep, "win_rate", "team_wide", 1) for rep in REPS),
        *((rep, "deal_size", "team_wide", 2) for rep in ("r1", "r2")),
    )
)


def with_findings(findings: pd.DataFrame = SHARED, company_wide: pd.DataFrame = LATE) -> Team:
    return replace(team(), findings={"diagnosis": findings, "company_wide": company_wide})


def test_a_win_rate_that_all_share_is_the_calendars_where_all_close_late_in_the_quarter():
    assert set(SHARED.loc[of_the_calendar(SHARED), "driver"]) == {"win_rate"}
    assert set(shared_by_the_team(SHARED)["driver"]) == {"deal_size"}


def test_what_the_team_shows_is_the_teams_though_the_company_closes_late():
    own = SHARED.assign(shared_by=TEAM)
    assert not of_the_calendar(own).any()
    assert set(shared_by_the_team(own)["driver"]) == {"win_rate", "deal_size"}
    assert "Win rate" in win_rate_apart.whose_it_is(with_findings(own)).text


def test_a_verdict_on_one_person_is_never_the_calendars():
    assert not of_the_calendar(diagnosis(("r1", "win_rate", "coach", 1))).any()


@pytest.mark.parametrize(
    "cell", [win_rate_apart.whose_it_is, cover.to_enablement, each_rep.cannot_say, conversation.who]
)
def test_each_chapter_says_so_once_and_asks_nothing_of_the_team_for_it(cell):
    text = cell(with_findings()).text
    assert text.lower().count(THE_CALENDAR.lower()) == 1
    assert "Win rate: all" not in text and "5 of 5" not in text and "Deal size" in text


def test_the_leader_reads_of_no_training_for_the_calendar():
    text = cover.page(with_findings()).text
    assert "Enablement" in text and "win rate" not in text.lower()


def test_only_the_calendar_is_taken_to_nobody():
    of_win_rate = SHARED[SHARED["driver"] == "win_rate"]
    assert "Ask enablement to read five such deals" not in win_rate_apart.whose_it_is(with_findings(of_win_rate)).text
    assert "Ask enablement to read five such deals" in win_rate_apart.whose_it_is(with_findings()).text


def test_a_reps_part_calls_it_the_calendar_and_leaves_it_out_of_what_was_compared():
    findings = late(diagnosis(("r1", "win_rate", "team_wide", 1), ("r1", "activity", "no_evidence", 2)))
    text = each_rep.reps(with_findings(findings), rep="Ana").text
    assert f"Win rate: a matter of the calendar. {THE_CALENDAR}" in text
    assert "Only one driver could be compared." in text and "act on. Not among them: win rate" in text


def record(*habits: bool) -> pd.DataFrame:
    return pd.DataFrame({"trait": "left_open", "habit": list(habits)})


def test_a_habit_of_two_in_three_is_everybodys():
    assert shared_habits(record(*[True] * 6, *[False] * 2)).values.tolist() == [["left_open", 6, 8]]
    assert shared_habits(record(*[True] * 3, *[False] * 5)).empty


def test_a_habit_of_two_people_is_no_process():
    assert shared_habits(record(True, True)).empty and shared_habits(pd.DataFrame()).empty

"""How the record is kept, as `each_rep` shows it of a rep and of a team."""

from dataclasses import replace

import pandas as pd
import pytest

from playbook.chapters.each_rep import each_rep
from playbook.chapters.each_rep.record_part import record_of_rep, record_of_team, taken_over
from playbook.records.record_rows import RecordRow
from playbook.team import Team
from tests.chapters.test_what_every_page_keeps import BLAMING
from tests.coaching.small_team import REPS, team


def with_record(*rows: tuple[str, str, float, str, bool]) -> Team:
    """The team of Mo with a record of (rep, trait, value, side, habit); usual is 0.1."""
    record = [RecordRow("m1", rep, trait, value, 30, 0.05, 0.1, value - 0.1, side, 11, False, habit)
              for rep, trait, value, side, habit in rows]  # fmt: skip
    table = pd.DataFrame(record, columns=list(RecordRow._fields))
    usual = team()
    return replace(usual, findings={**usual.findings, "record": table})


def test_what_differs_in_a_reps_record_is_shown_with_its_numbers_and_one_rule():
    text = record_of_rep(with_record(("r1", "entered_late", 0.79, "high", True)), "r1", "Ana").text
    assert "79% of the deals begin in a later stage (usual: 10%)." in text
    assert "A habit is no fault, and it says nothing about how Ana sells." in text
    assert "agree on one rule: a deal is entered after the first real conversation." in text


def test_a_record_like_that_of_others_is_not_spoken_of():
    assert not record_of_rep(with_record(("r1", "entered_late", 0.1, "alike", False)), "r1", "Ana")
    assert not record_of_rep(team(), "r1", "Ana")


def test_a_circumstance_is_no_habit_of_the_record():
    assert not record_of_rep(with_record(("r1", "share_of_a_quota", -0.7, "low", False)), "r1", "Ana")


def test_who_keeps_the_record_more_closely_than_the_others_is_told_no_rule():
    text = record_of_rep(with_record(("r1", "dates_left_behind", 0.0, "low", False)), "r1", "Ana").text
    assert "Perhaps it is the others who have the habit" in text and "agree on one rule" not in text


def test_three_habits_are_enough_for_a_page():
    traits = ("entered_late", "left_open", "closed_in_bulk", "stages_left_out")
    text = record_of_rep(with_record(*(("r1", trait, 0.8, "high", True) for trait in traits)), "r1", "Ana").text
    assert text.count("(usual: ") == 3


@pytest.mark.parametrize(("reps", "spoken_of"), [(list(REPS), True), (list(REPS)[:1], False)])
def test_what_most_of_a_team_do_is_a_matter_of_the_process(reps, spoken_of):
    rows = [(rep, "left_open", 0.8 if rep in reps else 0.0, "alike", rep in reps) for rep in REPS]
    part = record_of_team(with_record(*rows))
    assert bool(part) == spoken_of
    if spoken_of:
        assert f"With {len(REPS)} of your {len(REPS)} reps old deals that nobody works on stand open." in part.text
        assert "a matter of the process, and of nobody alone" in part.text
        assert "When I know that a deal is lost, I will close it before I go home." in part.text


def test_each_rep_shows_both_and_blames_nobody():
    whole = with_record(*((rep, "left_open", 0.8, "high" if rep == "r1" else "alike", True) for rep in REPS))
    page = each_rep.reps(whole).text + each_rep.cannot_say(whole).text
    assert page.count("How the record is kept") == 1 and "most of the team keep the CRM so" in page
    assert not BLAMING.search(page)


def test_a_reps_part_of_the_record_names_nobody_else():
    whole = with_record(*((rep, "left_open", 0.8, "high", True) for rep in REPS))
    text = record_of_rep(whole, "r1", "Ana").text
    assert not [name for name in REPS.values() if name != "Ana" and name in text]


def test_deals_that_came_from_somebody_else_are_counted_and_said_to_be_compared_with_nobody():
    usual = team()
    deals = usual.company.opportunities
    own = deals.index[deals["rep_id"] == "r1"][:2]
    marked = deals.assign(taken_over=deals.index.isin(own))
    mine = replace(usual, company=usual.company.with_tables(opportunities=marked))
    assert taken_over(mine, "r1", "Ana").text.startswith(
        "2 deals of Ana came from somebody else, who created or owned them"
    )
    assert not taken_over(mine, "r2", "Ben") and not taken_over(usual, "r1", "Ana")

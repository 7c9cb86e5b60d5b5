import pytest

from playbook.chapters.the_improvement_plan import coaching_plan
from playbook.coaching.plays import play_of
from playbook.errors import UnusableInput
from tests.coaching.small_team import company, diagnosis, team, thin


def test_a_draft_holds_focus_when_then_indicator_support_and_days():
    text = coaching_plan.drafts(team(), rep="Ben").text
    play = play_of("slippage")
    assert all(
        line[1:] in text for line in (play.focus, play.if_then, play.leading_indicator, play.support, play.worked_if)
    )
    assert "after 10 working days" in text and "14 Apr 2026" in text


def test_where_too_few_came_before_it_says_that_the_numbers_can_never_show_it():
    text = coaching_plan.drafts(team(), rep="Ana").text
    assert "The numbers can never show a change of 10 points from here" in text
    assert "at least 194 deals that leave this step before it, and there are 26." in text
    assert "Ana stands at 50% of 26." in text


def test_a_near_date_is_said_in_weeks_and_month():
    assert "in about 36 weeks, in December 2026" in coaching_plan.drafts(team(), rep="Ben").text


def test_on_old_data_no_day_that_has_long_passed_is_proposed():
    text = coaching_plan.drafts(team(days_old=900), rep="Ben").text
    assert "2026" not in text.replace("what the data shows", "")
    assert "after 10 working days" in text and "in about 36 weeks." in text


def test_too_few_deals_give_no_date():
    findings = diagnosis(("r1", "deal_size", "watch", 1))
    assert "too few won deals" in coaching_plan.drafts(team(findings)).text


def test_a_driver_that_the_rep_has_no_deals_for_is_still_a_draft():
    findings = diagnosis(("r1", "win_rate", "watch", 1))
    text = coaching_plan.drafts(team(findings, thin({"r1": "Ana"}))).text
    assert "Plan of Ana" in text and "too few deals closed or stale" in text


@pytest.mark.parametrize(
    ("driver", "change"),
    [
        ("pipeline_generation", "by 20%"),
        ("activity", "by 20%"),
        ("cycle_time", "by 15%"),
        ("forecast_accuracy", "of 10 points"),
    ],
)
def test_the_size_of_change_is_said_in_the_driver_s_own_unit(driver, change):
    text = coaching_plan.drafts(team(diagnosis(("r1", driver, "coach", 1)))).text
    assert f"a change {change}" in text or "too few" in text


def test_without_a_focus_there_is_no_draft_and_that_is_said():
    assert "no focus for Cara" in coaching_plan.drafts(team(), rep="Cara").text
    assert "no focus for anybody" in coaching_plan.drafts(team(diagnosis())).text
    assert "no focus for anybody" in coaching_plan.drafts(team(None)).text


def test_an_unknown_rep_is_told():
    with pytest.raises(UnusableInput, match="the parameter rep"):
        coaching_plan.drafts(team(), rep="Zoe")


def test_a_new_rep_gets_three_days_from_the_first_one():
    text = coaching_plan.new_reps(team()).text
    assert "Eve began on 1 Feb 2026, 58 days before" in text
    assert "Day 90: 2 May 2026" in text and "Ana" not in text


def test_without_new_reps_or_start_dates_the_chapter_says_so():
    veterans = company().people.assign(hired_on="2020-01-01")
    assert "Nobody of your 5 reps began" in coaching_plan.new_reps(team(of=company().with_tables(people=veterans))).text
    assert "is off." in coaching_plan.new_reps(team(of=thin({"r1": "Ana"}))).text
    assert "nobody to ramp" in coaching_plan.new_reps(team(None, thin())).text


def test_the_rep_holds_the_pen():
    assert "The rep holds the pen" in coaching_plan.blank(team()).text

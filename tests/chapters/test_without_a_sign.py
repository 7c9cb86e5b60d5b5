"""A team about which the data says nothing gets the chapters of the talk and of the plan in full."""

import pytest

from playbook.chapters.the_coaching_conversation import conversation
from playbook.chapters.the_coaching_conversation.without_a_sign import FOUR_QUESTIONS
from playbook.chapters.the_improvement_plan import coaching_plan
from playbook.coaching.selling_skills import SKILLS
from tests.coaching.small_team import REPS, company, diagnosis, team, thin

QUIET = team(diagnosis(*((rep, "win_rate", "no_evidence", 1) for rep in REPS)))
WITHOUT_FINDINGS = (QUIET, team(None), team(None, thin({"r1": "Ana"})), team(None, thin()))


@pytest.mark.parametrize("mine", WITHOUT_FINDINGS, ids=["quiet", "no diagnosis", "three deals", "nobody"])
def test_the_talk_has_two_conversations_to_watch_four_questions_and_a_strength_interview(mine):
    text = conversation.conversations(mine).text
    assert "Early in a deal:" in text and "Late in a deal:" in text
    assert all(question in text for question in FOUR_QUESTIONS) and len(FOUR_QUESTIONS) == 4
    assert "you were at your best" in text


def test_each_rep_has_a_page_for_the_talk_and_a_plan_to_fill_in():
    talk, plan = conversation.conversations(QUIET).text, coaching_plan.drafts(QUIET).text
    assert all(f"A page for the talk with {name}" in talk for name in REPS.values())
    assert all(f"The plan of {name}, to fill in or to print" in plan for name in REPS.values())


def test_the_plan_has_an_if_then_for_each_skill_and_the_days_to_look_again():
    text = coaching_plan.drafts(QUIET).text
    assert all(skill.if_then in text for skill in SKILLS) and "after 10 working days" in text


def test_a_team_with_a_sign_has_it_folded_once_for_the_others():
    html = conversation.everyone_else(team()).html
    assert html.count("Two conversations to watch, four questions") == 1
    assert "Early in a deal" not in html.split("<details>")[0]
    assert "Early in a deal" not in conversation.everyone_else(QUIET).text


def test_the_plans_of_a_team_with_a_sign_have_five_to_choose_from_folded_for_the_others():
    html = coaching_plan.drafts(team()).html
    assert SKILLS[0].if_then in html and SKILLS[0].if_then not in html.split("For the others: five")[0]


def test_nobody_of_another_job_or_without_deals_is_among_those_to_watch():
    rows = diagnosis(*((rep, "win_rate", "too_little_data", 1) for rep in REPS))
    deals = company().opportunities
    mine = team(
        rows.assign(sells=rows["rep_id"] != "r2"), company().with_tables(opportunities=deals[deals["rep_id"] != "r3"])
    )
    pages = conversation.conversations(mine).text + coaching_plan.drafts(mine).text
    assert "A page for the talk with Ana" in pages and "The plan of Ana" in pages
    assert not [name for name in ("Ben", "Cara") if f"with {name}" in pages or f"The plan of {name}" in pages]

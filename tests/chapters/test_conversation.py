import pandas as pd
import pytest

from playbook.chapters.the_coaching_conversation import conversation
from playbook.coaching.plays import play_of
from playbook.errors import UnusableInput
from playbook.forms.saved_answers import saved_answers
from playbook.journal import sheet_registry
from playbook.journal.events import ANSWER, new_event
from tests.coaching.small_team import company, diagnosis, team, thin


def test_reps_stand_in_three_groups_by_name():
    text = conversation.who(team()).text
    assert "Start here (a difference that luck hardly explains): Ana (conversion out of Discovery)." in text
    assert "Ben (slippage), Dan and Eve." in text
    assert "no proof that all is well: watch one conversation, and speak of what goes well): Cara." in text


def test_what_the_whole_team_shows_is_no_talk_with_one_rep():
    assert "Not a talk with one rep: Deal size." in conversation.who(team()).text


def test_each_rep_with_a_focus_gets_the_whole_play_and_a_sheet():
    text = conversation.conversations(team()).text
    for heading, driver in (
        ("Ana: the problem and its cost, in the customer's words", "stage:Discovery"),
        ("Ben: a close date with the customer's own reason", "slippage"),
    ):
        play = play_of(driver)
        assert heading in text and play.scene in text
        assert all(line in text for line in (*play.perhaps_not_the_rep, *play.questions, *play.observe))
        assert all(criterion.seen in text and criterion.missing in text for criterion in play.rubric)
    assert "Cara:" not in text and text.count("We look again on:") == 2


def test_at_most_one_focus_per_rep():
    assert "Ana: something in return" not in conversation.conversations(team()).text


def test_a_sign_is_not_called_evidence():
    text = conversation.conversations(team(), rep="Ben").text
    assert "not yet evidence" in text and "Luck hardly explains" not in text


def test_a_colleague_whose_strength_it_is_may_teach():
    assert "It is a strength of Cara." in conversation.conversations(team()).text


@pytest.mark.parametrize("rep", ["ana", " ANA ", "r1"])
def test_one_rep_can_be_chosen_by_name_or_id(rep):
    text = conversation.conversations(team(), rep=rep).text
    assert "Ana:" in text and "Ben:" not in text


def test_an_unknown_rep_is_told_with_the_names_that_would_do():
    with pytest.raises(UnusableInput, match="Ana, Ben, Cara, Dan and Eve"):
        conversation.conversations(team(), rep="Zoe")


def test_a_chosen_rep_without_a_focus_gets_a_talk_about_strengths():
    text = conversation.conversations(team(), rep="Cara").text
    assert "Stands out well in: Conversion out of Discovery." in text
    assert "glad about" in text


def test_nobody_to_coach_is_no_proof_that_all_is_well():
    quiet = team(diagnosis(*((rep, "win_rate", "no_evidence", 1) for rep in ("r1", "r2", "r3", "r4", "r5"))))
    assert "That is no proof that all is well" in conversation.conversations(quiet).text
    assert "no sure difference" in conversation.everyone_else(quiet).text


def test_reps_with_the_same_advice_share_a_line_by_name():
    assert "Dan and Eve" in conversation.everyone_else(team()).text


def test_a_disputed_verdict_asks_for_an_answer_first():
    disputed = team(diagnosis(("r1", "win_rate", "disputed", 1)))
    assert "disputed" in conversation.everyone_else(disputed).text
    assert "Ana:" not in conversation.conversations(disputed).text


def test_without_a_diagnosis_the_chapter_says_so():
    assert "is off." in conversation.who(team(None)).text
    assert conversation.conversations(team(None)).text and conversation.everyone_else(team(None)).text


def test_a_manager_without_reps_gets_no_table():
    nobody = team(None, thin())
    for page_part in (conversation.who(nobody), conversation.conversations(nobody), conversation.everyone_else(nobody)):
        assert page_part.text and "<table" not in page_part.html


def test_names_and_reasons_from_data_are_escaped():
    people = company().people
    hostile = company().with_tables(
        people=people.assign(
            name=people["name"].where(people["person_id"] != "r1", "<script>alert(1)</script> {why} **x**")
        )
    )
    findings = diagnosis(("r1", "stage:<b>Late</b>", "coach", 1)).assign(why="{name} <i>falls</i>")
    page_part = conversation.conversations(team(findings, hostile))
    assert "<script>" not in page_part.html and "<b>Late" not in page_part.html and "<i>falls" not in page_part.html
    assert "&lt;b&gt;Late" in page_part.html and "{why} **x**" in page_part.html


def test_a_focus_without_a_person_of_the_team_is_not_shown():
    assert "Zed" not in conversation.who(team(diagnosis(("r9", "activity", "coach", 1)))).text


def test_the_team_and_its_findings_are_not_changed():
    mine = team()
    before = mine.finding("diagnosis").copy()
    conversation.conversations(mine)
    pd.testing.assert_frame_equal(mine.finding("diagnosis"), before)


def test_each_rep_with_a_focus_is_asked_what_came_of_the_hypothesis():
    text = conversation.conversations(team()).text
    assert "After watching Ana twice, what the data pointed to" in text
    assert "After watching Cara twice" not in text


def test_what_came_of_hypotheses_is_counted_and_names_nobody():
    mine = team()
    journal = saved_answers(mine).journal
    for rep, result in (("r1", "confirmed"), ("r2", "nothing-seen")):
        subject = sheet_registry.HYPOTHESIS.subject(rep, "slippage", "2026Q1", "result")
        journal.append([new_event(ANSWER, subject, result, author="mo")])
    text = conversation.how_often_it_was_so(mine).text
    journal.rewrite(lambda events: [])
    assert "2 hypotheses: 1 confirmed, 0 explained by something else, 1 not seen at all." in text
    assert "Ana" not in text and "Ben" not in text

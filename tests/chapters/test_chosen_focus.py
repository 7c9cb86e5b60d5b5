"""What the manager chose stands in the chapters that follow; without a choice all is as the data proposes."""

import pytest

from playbook.chapter_numbers import named
from playbook.chapters.chosen_focus import focus_chosen
from playbook.chapters.cover_from_your_leader import cover
from playbook.chapters.each_rep import each_rep
from playbook.chapters.pages import agenda
from playbook.chapters.the_coaching_conversation import conversation
from playbook.chapters.the_improvement_plan import coaching_plan
from playbook.chapters.why_deals_are_lost import lost_deals
from playbook.coaching.focus import focus_of_each
from playbook.journal.file_journal import FileJournal
from tests.coaching.small_team import DIAGNOSIS, team
from tests.forms.at_work import workbook
from tests.journal.writing import answer


@pytest.fixture(scope="module")
def mine(tmp_path_factory):
    """Ana's second finding was chosen instead of the first, and for Ben nothing."""
    book = tmp_path_factory.mktemp("book")
    made = workbook(book)
    FileJournal(book / "journal.jsonl").append(
        [
            answer("focus/r1/choice", "discounting"),
            answer("focus/r2/choice", "not-now"),
            answer("focus/r3/choice", "slippage"),  # nothing that was found for Cara
            answer("first-rep/whom", "Ana, as she asked."),
            answer("line-up/2026-03-31/chart", "4"),
            answer("lost-deals-settled/for-others", "Security papers: three losses name them."),
        ]
    )
    return made


def test_a_chosen_finding_goes_before_the_first_one(mine):
    assert "Ana: something in return for every concession" in conversation.conversations(mine).text
    assert "Ana: the problem and its cost" not in conversation.conversations(mine).text
    assert (
        "Plan of Ana" in coaching_plan.drafts(mine).text
        and "Ana: something in return" in coaching_plan.drafts(mine).text
    )
    assert "Something in return for every concession (discounting)." in agenda.agenda(mine, "r1").text


def test_nothing_for_now_leaves_the_rep_without_a_talk_and_says_whose_choice_it_was(mine):
    assert (
        "Ben: a close date" not in conversation.conversations(mine).text
        and "Plan of Ben" not in coaching_plan.drafts(mine).text
    )
    assert f"You chose nothing for now in {named('each_rep')}." in conversation.everyone_else(mine).text


def test_what_was_not_found_for_a_rep_cannot_become_the_focus(mine):
    assert focus_chosen(mine, {"focus/r3/choice": "slippage"})["driver"].isna().to_list()[2]


def test_without_a_choice_the_focus_is_that_of_the_data():
    focus = focus_chosen(team(), {})
    assert focus.drop(columns="waits").equals(focus_of_each(team().reps, DIAGNOSIS)) and not focus["waits"].any()


def test_the_chapter_asks_only_for_reps_with_something_found_and_shows_the_choice_again(mine):
    text = each_rep.first_step(mine).text
    assert "Ana:\n☐ conversion out of Discovery · ☒ discounting (a sign) · ☐ nothing for now" in text
    assert "Ben:" in text and "Cara:" not in text and "Ana, as she asked." in text


def test_the_guess_which_chart_is_real_stands_beside_the_answer(mine):
    text = each_rep.which_is_real(mine).text
    assert "☒ 4" in text and "You chose chart 4." in text
    assert "You chose chart" not in each_rep.which_is_real(team()).text


def test_what_goes_to_others_stands_on_the_leaders_page(mine):
    assert "Security papers: three losses name them." in lost_deals.sheet(mine).text
    assert "From our lost deals: Security papers: three losses name them." in cover.page(mine).text

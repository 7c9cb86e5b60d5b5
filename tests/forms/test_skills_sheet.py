import pytest

from playbook.coaching import review_evidence, selling_skills
from playbook.forms import deal_review, joint_call, skills_sheet
from playbook.forms.self_assessment import first_steps, way_of_promotion
from playbook.forms.worksheets import on_paper
from playbook.journal import sheet_registry


def test_the_skills_sheet_has_five_lines_and_the_rep_marks_before_the_manager():
    sheet = skills_sheet.skills("r1", "Ana")
    assert len(sheet.lines) == 5
    assert [question.text for question in sheet.questions] == [
        "Ana marks",
        "I mark",
        "The customer's words, and the day",
    ]


def test_on_paper_whose_mark_a_box_is_stands_above_it():
    answers = {"skills/r1/problem/rep": "seen", "skills/r1/problem/manager": "not-yet"}
    html = on_paper(skills_sheet.skills("r1", "Ana", answers), answers).html
    row = html[html.index("The problem and its cost") :].split("</tr>")[0]
    assert html.index("Ana marks") < html.index("I mark") < html.index("The problem and its cost")
    assert row.index("☒ Seen · ☐ Partly · ☐ Not seen yet") < row.index("☐ Seen · ☐ Partly · ☒ Not seen yet")


def test_the_sheet_of_a_rep_is_on_paper_once_it_is_begun_alone_and_that_for_anybody_always():
    begun = {"skills/r1/worth/manager": "partly"}
    assert not on_paper(skills_sheet.skills("r1", "Ana"), {})
    assert 'class="ptc-alone"' in on_paper(skills_sheet.skills("r1", "Ana", begun), begun).html
    assert on_paper(skills_sheet.skills(), {}) and "ptc-alone" not in on_paper(skills_sheet.skills(), {}).html


def test_what_the_rep_says_of_a_skill_and_what_the_manager_says_are_two_answers():
    subjects = [placed.subject for placed in skills_sheet.skills("r1", "Ana").placed()]
    assert len(set(subjects)) == 15 and "skills/r1/next-step/words" in subjects


def test_what_we_think_is_no_mark_of_a_deal_review():
    labels = [label for _, label in deal_review.evidence().questions[0].answer.options]
    assert labels == ["The customer did it", "The customer said it", "Nothing yet"]


def test_a_joint_call_is_prepared_before_and_opened_by_the_rep_after():
    texts = [question.text for question in joint_call.joint_call().questions]
    before = [text.startswith("Before.") for text in texts]
    assert before == sorted(before, reverse=True) and any(before)
    assert texts[sum(before)].startswith("After, the rep first.")


@pytest.mark.parametrize(
    ("marks", "registered"),
    [(selling_skills.MARKS, sheet_registry.SKILL_MARKS), (review_evidence.MARKS, sheet_registry.EVIDENCE_MARKS)],
)
def test_marks_are_those_that_a_journal_keeps(marks, registered):
    assert marks == registered


def test_how_somebody_was_promoted_is_ticked_and_read_back():
    assert first_steps().questions[0].key == "way"
    assert way_of_promotion({"first-steps/way": "assumed"}) == "assumed" and way_of_promotion({}) == ""

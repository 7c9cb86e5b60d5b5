"""The exams' pages: their heads say what they take, and the capstone is a lesson in all but its team."""

import json
import re

import pytest

from playbook.training.exam.exam_forms import exam_form
from playbook.training.lesson_list import exam_pages, lessons_folder

PAGES = exam_pages()
each_page = pytest.mark.parametrize("page", PAGES, ids=lambda page: page.key)
CAPSTONE = next(page for page in PAGES if page.exam == "capstone")
GUIDE = lessons_folder().parent.parent / "playbook" / "guide" / "facilitator" / f"{CAPSTONE.file.stem}.md"


def cells(page):
    return ["".join(cell["source"]) for cell in json.loads(page.file.read_text(encoding="utf-8"))["cells"]]


@each_page
def test_a_page_begins_with_its_title(page):
    assert cells(page)[0].startswith(f"# {page.title}\n")


@pytest.mark.parametrize("page", [page for page in PAGES if page.exam != "capstone"], ids=lambda page: page.key)
def test_a_form_says_how_many_questions_it_has_and_how_long_it_takes(page):
    assert len(exam_form(5, page.exam)) == 9 and "Nine questions" in cells(page)[0]
    assert page.minutes == 10 and "ten minutes" in cells(page)[0]


def test_the_capstone_says_what_it_takes_and_asks_before_it_tells():
    texts = cells(CAPSTONE)
    assert f"About {CAPSTONE.minutes} minutes, {CAPSTONE.doing} of which you spend answering." in texts[0]
    assert "Answer before you read on" in texts[3] and "training.ask(" in texts[4]


def test_before_the_team_stands_how_it_is_judged():
    text = "".join(cells(CAPSTONE))
    assert text.index("exam.judged_by(") < text.index("exam.whole_team(") < text.index("training.reflect(")


def test_the_capstone_ends_in_a_promise_a_certificate_and_three_rules():
    texts = cells(CAPSTONE)
    assert "training.promise(" in texts[-3] and "exam.certificate(" in texts[-2]
    assert len(re.findall(r"^\d\. When .+\.$", texts[-1], re.MULTILINE)) == 3


def test_the_capstone_has_its_page_for_facilitators():
    text = GUIDE.read_text(encoding="utf-8")
    assert text.startswith(f"# {CAPSTONE.title}\n") and "## How to debrief" in text

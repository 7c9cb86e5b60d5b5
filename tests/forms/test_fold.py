"""A folded part: away from the eye, never out of reach, and open once something was written in it."""

from playbook.display import say
from playbook.forms.fold import Fold
from playbook.forms.form import form
from playbook.forms.live import live_form
from playbook.forms.sheets import Questions, questions
from playbook.journal.answer_types import Words
from playbook.journal.journals import MemoryJournal
from playbook.journal.sheet_registry import RegisteredSheet
from tests.forms.at_work import saved
from tests.journal.writing import answer

SHEET = Questions(RegisteredSheet("s", {"why": Words()}), "A sheet", questions(("why", "Why:", 1)))
FOLD = Fold("More of it", (say("Words."), SHEET))


def journal(*events) -> MemoryJournal:
    made = MemoryJournal()
    made.append(list(events))
    return made


def inside(widget):
    press, box = next(child for child in widget.children if len(getattr(child, "children", ())) == 2).children
    return press, box


def test_on_paper_it_is_folded_with_its_sheet_inside():
    html = form(saved(journal()), FOLD).html
    assert "<details><summary>More of it</summary>" in html and html.index("Why:") < html.index("</details>")


def test_what_was_begun_stands_open():
    html = form(saved(journal(answer("s/why", "Because."))), FOLD).html
    assert "<details open>" in html and "Because." in html


def test_a_button_opens_it_where_somebody_fills_it_in():
    press, box = inside(live_form(saved(journal()), [FOLD]))
    assert press.description == "More of it" and box.layout.display == "none"
    press.value = True
    assert box.layout.display is None
    press.value = False
    assert box.layout.display == "none"


def test_a_live_form_with_an_answer_inside_opens_by_itself_and_what_is_typed_is_kept():
    press, box = inside(live_form(saved(journal(answer("s/why", "Because."))), [FOLD]))
    assert press.value and box.layout.display is None
    assert box.children[1].children[1].value == "Because."

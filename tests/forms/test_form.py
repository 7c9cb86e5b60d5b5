import json
from functools import partial

import ipywidgets as widgets
import pytest

from playbook.display import say
from playbook.forms import form as form_module
from playbook.forms import live as live_module
from playbook.forms.actions import Action
from playbook.forms.agreement import agreement
from playbook.forms.autosave import AutoSave
from playbook.forms.controls import value_in
from playbook.forms.form import form
from playbook.forms.live import live_form
from playbook.forms.saved_answers import SavedAnswers, saved_answers, workbook_of
from playbook.forms.sheets import Choice, Grid, Growing, Line, Question, Questions, Text, options
from playbook.forms.worksheets import on_paper
from playbook.journal.answer_types import Day, Number, OneOf, Words
from playbook.journal.events import COMMITMENT
from playbook.journal.journals import MemoryJournal
from playbook.journal.sheet_registry import RegisteredSheet
from tests.coaching.small_team import team
from tests.forms.at_work import Fickle, saved, workbook
from tests.journal.writing import answer

YES_NO = Choice(options(("y", "Yes"), ("n", "No")))
SMALL = RegisteredSheet(
    "small", {"words": Words(), "line": Words(50), "yes": OneOf(("y", "n")), "hours": Number(), "day": Day()}
)
QUESTIONS = Questions(
    SMALL,
    "A small sheet",
    (
        Question("words", "In your words:", Text(2)),
        Question("line", "In one line:"),
        Question("yes", "Yes or no?", YES_NO),
        Question("hours", "How many hours?", Number()),
        Question("day", "By when?", Day()),
    ),
)
GRID = Grid(
    RegisteredSheet("grid", {"done": OneOf(("y", "n"))}, about=("task",)),
    "A grid",
    ("Task",),
    (Line("1", "The first task", ("First",)), Line("2", "The second task", ("Second",))),
    (Question("done", "Done", YES_NO),),
)
ANSWERS = {
    "small/words": "Line one.\n<b>Line two.</b>",
    "small/yes": "n",
    "small/hours": 2.5,
    "small/day": "2026-04-10",
    "grid/2/done": "y",
}


def journal(answers=ANSWERS) -> Fickle:
    made = Fickle()
    made.append([answer(subject, value) for subject, value in answers.items()])
    return made


def controls_in(widget) -> dict[str, widgets.Widget]:
    controls = {widget.description: widget} if getattr(widget, "description", "") else {}
    for child in getattr(widget, "children", ()):
        controls |= controls_in(child)
    return controls


def live(store, *parts):
    return controls_in(live_form(saved(store), parts))


@pytest.fixture(autouse=True)
def saved_at_once(monkeypatch):
    """No pause: whether a loop runs in this process (a browser's, say) is no matter of these tests."""

    def at_once(seconds, do):
        do()

    monkeypatch.setattr(live_module, "AutoSave", partial(AutoSave, later=at_once))


@pytest.fixture
def somebody(monkeypatch):
    monkeypatch.setattr(form_module, "somebody_is_here", lambda: True)


def test_the_paper_shows_each_answer_and_room_where_there_is_none():
    part = on_paper(QUESTIONS, ANSWERS)
    assert "Line one.<br>&lt;b&gt;Line two.&lt;/b&gt;" in part.html and part.html.count("ptc-line") == 1
    assert "☐ Yes · ☒ No" in part.text and "2.5" in part.text and "10 Apr 2026" in part.text


def test_a_grid_on_paper_is_a_table_with_a_box_for_each_option():
    part = on_paper(GRID, ANSWERS)
    assert part.html.count("☐") == 3 and part.html.count("☒") == 1
    assert '<th scope="row">Second</th><td>☒</td><td>☐</td>' in part.html


def test_a_form_is_one_output_in_three_ways(somebody):
    bundle = form(saved(journal()), say("Read this."), QUESTIONS)._repr_mimebundle_()
    assert set(bundle) == {"text/html", "text/plain", "application/vnd.jupyter.widget-view+json"}
    assert "Read this." in bundle["text/plain"] and "Line one." in bundle["text/html"]
    assert "VBox" not in bundle["text/plain"]


def test_without_a_person_at_a_kernel_a_form_is_paper_alone():
    assert set(form(saved(journal()), QUESTIONS)._repr_mimebundle_()) == {"text/html", "text/plain"}


def test_the_paper_is_plain_elements_and_the_same_twice():
    one, two = form(saved(journal()), QUESTIONS, GRID), form(saved(journal()), QUESTIONS, GRID)
    assert one == two and not any(tag in one.html for tag in ("<input", "<textarea", "<select", "<script", " id="))


def test_each_control_shows_its_saved_answer_and_is_called_by_its_question():
    controls = live(journal(), QUESTIONS, GRID)
    assert controls["In your words"].value == ANSWERS["small/words"]
    assert controls["How many hours?"].value == 2.5 and controls["By when?"].value.isoformat() == "2026-04-10"
    assert controls["Yes or no?"].value == "n" and controls["The second task"].value == "y"
    assert controls["The first task"].value is None and controls["The first task"].label == "Choose …"
    assert controls["In one line"].value == ""


def test_showing_a_form_writes_no_event():
    store = journal()
    before = store.read().events
    live(store, QUESTIONS, GRID)
    assert store.read().events == before


def test_what_is_typed_reaches_the_journal_under_its_subject():
    from datetime import date

    store = journal({})
    controls = live(store, QUESTIONS, GRID)
    controls["In your words"].value = "mine"
    controls["How many hours?"].value = 3
    controls["By when?"].value = date(2026, 5, 1)
    controls["The first task"].value = "y"
    assert {e.subject: e.value for e in store.read().events} == {
        "small/words": "mine",
        "small/hours": 3,
        "small/day": "2026-05-01",
        "grid/1/done": "y",
    }


def test_an_emptied_answer_is_empty_again():
    store = journal()
    controls = live(store, QUESTIONS)
    for label in ("In your words", "How many hours?"):
        controls[label].value = type(controls[label].value)()
    controls["Yes or no?"].value = None
    assert saved(store).values.keys() == {"small/day", "grid/2/done"}


def test_taking_back_brings_the_earlier_words_to_the_page():
    store = journal()
    controls = live(store, QUESTIONS)
    controls["In your words"].value = "worse"
    controls["Take back the last change"].click()
    assert controls["In your words"].value == ANSWERS["small/words"]
    assert saved(store).values["small/words"] == ANSWERS["small/words"]


def test_a_stored_answer_that_is_no_option_any_more_is_not_lost():
    store = journal({"small/yes": "perhaps", "small/hours": "many", "small/day": "soon"})
    controls = live(store, QUESTIONS)
    assert controls["Yes or no?"].value is None and controls["How many hours?"].value == 0
    assert "perhaps" not in on_paper(QUESTIONS, {}).text and saved(store).values["small/yes"] == "perhaps"


def test_a_form_of_an_earlier_run_still_saves_as_another_window_may_show_it():
    store = journal()
    before = live(store, QUESTIONS)
    live(store, QUESTIONS)
    before["In one line"].value = "typed in the other window"
    assert saved(store).values["small/line"] == "typed in the other window"


def test_a_thing_is_added_without_an_event_and_kept_with_its_first_word():
    sheet = Growing(
        RegisteredSheet("thing", {"what": Words()}, ("id",)),
        "Things",
        (Question("what", "What"),),
        ("k1",),
        "a thing",
        kind=COMMITMENT,
    )
    store = journal({"thing/k1/what": "the first"})
    root = live_form(saved(store), [sheet])
    controls_in(root)["Add a thing"].click()
    assert len(store.read().events) == 1
    cards = [c for c in _all(root) if isinstance(c, widgets.Text)]
    assert [card.value for card in cards] == ["the first", ""]
    cards[1].value = "the second"
    last = store.read().events[-1]
    assert last.kind == COMMITMENT and last.value == "the second" and last.subject.startswith("thing/")


def test_a_button_shows_below_itself_what_it_made():
    action = Action("Make it", lambda which: say("Made {which}.", which=which), "Which", (("r1", "Ana"), ("r2", "Ben")))
    root = live_form(saved(journal()), [QUESTIONS, action])
    controls = controls_in(root)
    controls["Which"].value = "r2"
    controls["Make it"].click()
    assert any("Made r2." in getattr(w, "value", "") for w in _all(root) if isinstance(w, widgets.HTML))


def test_without_a_workbook_the_page_says_that_nothing_is_kept(somebody):
    assert "This page has no workbook" in form(saved(MemoryJournal()), QUESTIONS).text
    assert "This page has no workbook" not in form(saved(journal()), QUESTIONS).text


def test_a_journal_that_cannot_be_read_is_no_empty_form(somebody):
    part = form(SavedAnswers(None, "ana", remark="The database does not answer."), QUESTIONS)
    assert "The database does not answer." in part.text and "In your words" in part.text
    assert set(part._repr_mimebundle_()) == {"text/html", "text/plain"}


def test_a_workbook_is_known_by_its_journal_and_the_sample_is_none(tmp_path):
    mine = workbook(tmp_path / "book")
    assert workbook_of(mine) == (tmp_path / "book").resolve() and saved_answers(mine).lasting
    assert workbook_of(team()) is None and not saved_answers(team()).lasting


def test_reading_the_answers_leaves_the_journal_as_it_was(tmp_path):
    mine = workbook(tmp_path / "book")
    saved_answers(mine)
    assert (tmp_path / "book" / "journal.jsonl").read_bytes() == b""


def test_a_setting_that_names_no_database_is_said_on_the_page_and_stops_nothing(tmp_path, monkeypatch):
    monkeypatch.setenv("PLAYBOOK_JOURNAL", "nonsense")
    unreachable = saved_answers(workbook(tmp_path / "book"))
    assert unreachable.journal is None and "no address of a database" in unreachable.remark


def test_answers_can_be_kept_in_a_database_alone(tmp_path, monkeypatch):
    monkeypatch.setenv("PLAYBOOK_JOURNAL", f"sqlite:///{tmp_path}/answers.db")
    monkeypatch.setenv("PLAYBOOK_AUTHOR", "ana")
    mine = workbook(tmp_path / "book")
    controls_in(live_form(saved_answers(mine), [agreement()]))["We look again on"].value = "kept"
    assert saved_answers(mine).values == {"agreement/again": "kept"}
    assert (tmp_path / "book" / "journal.jsonl").read_bytes() == b""
    monkeypatch.setenv("PLAYBOOK_AUTHOR", "ben")
    assert saved_answers(mine).values == {}


@pytest.mark.parametrize("placed", list(QUESTIONS.placed()), ids=lambda a: a.subject)
def test_a_control_gives_back_what_it_was_given(placed):
    from playbook.forms.controls import control_of

    value = ANSWERS.get(placed.subject)
    assert value_in(placed, control_of(placed, value)) == value
    json.dumps(value)


def _all(widget) -> list[widgets.Widget]:
    return [widget, *(w for child in getattr(widget, "children", ()) for w in _all(child))]

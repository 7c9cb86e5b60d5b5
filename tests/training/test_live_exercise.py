"""The live exercise: what is pressed is marked, kept and answered; the truth is in no widget before."""

import json

import ipywidgets as widgets
import pytest

from playbook.training.item_bank import item_bank
from playbook.training.learner import learner_here
from playbook.training.learner_folder import lay_out
from playbook.training.live_exercise import live_exercise

ITEM = item_bank()["luck/lowest-against-the-average"]


@pytest.fixture
def learner(tmp_path, monkeypatch):
    monkeypatch.delenv("PLAYBOOK_JOURNAL", raising=False)
    return learner_here(lay_out(tmp_path / "mine", own_seed=5))


@pytest.fixture
def exercise(learner):
    return live_exercise(learner, ITEM, "is_it_luck", 11)


def inside(widget):
    yield widget
    for child in getattr(widget, "children", ()):
        yield from inside(child)


def button(root, words):
    return next(w for w in inside(root) if isinstance(w, widgets.Button) and w.description.startswith(words))


def text_of(root):
    return " ".join(w.value for w in inside(root) if isinstance(w, widgets.HTML))


def answer(root, values, sure="80"):
    for w in inside(root):
        if isinstance(w, widgets.RadioButtons):
            w.value = values["choice"]
        elif isinstance(w, widgets.Dropdown):
            w.value = sure


def test_nothing_of_the_truth_is_in_the_widgets_before_it_is_checked(exercise):
    response = ITEM.exercise(11).response
    state = json.dumps([w.get_state() for w in inside(exercise)], default=str)
    for option in response.options:
        assert option.feedback not in state and option.text in json.loads(json.dumps(state))
    assert ITEM.rule not in state


def test_an_answer_that_is_not_complete_is_asked_for(exercise):
    button(exercise, "Check").click()
    assert "Choose one of the answers first." in text_of(exercise)


def test_how_sure_one_is_is_asked_as_well(exercise):
    answer(exercise, ITEM.exercise(11).response.best(), sure=None)
    button(exercise, "Check").click()
    assert "Say how sure you are as well." in text_of(exercise)


def test_a_right_answer_is_said_to_be_right_and_kept(exercise, learner):
    answer(exercise, ITEM.exercise(11).response.best())
    button(exercise, "Check").click()
    assert "<strong>Right.</strong>" in text_of(exercise) and "Your answer is saved." in text_of(exercise)
    (attempt,) = learner_here(learner.folder).attempts
    assert (attempt.item, attempt.seed, attempt.points, attempt.sure) == (ITEM.key, 11, 1.0, 80.0)


def test_a_wrong_answer_gets_the_sentence_that_belongs_to_it(exercise):
    answer(exercise, {"choice": "coach"})
    button(exercise, "Check").click()
    assert "Not this one." in text_of(exercise) and "somebody is always the lowest" in text_of(exercise)


def test_a_hint_is_counted(exercise, learner):
    button(exercise, "Give me a hint").click()
    answer(exercise, ITEM.exercise(11).response.best())
    button(exercise, "Check").click()
    assert learner_here(learner.folder).attempts[0].hints == 1


def test_another_one_is_newly_drawn_and_can_be_answered(exercise, learner):
    answer(exercise, {"choice": "coach"})
    button(exercise, "Check").click()
    button(exercise, "Another one").click()
    assert "Not this one." not in text_of(exercise)
    answer(exercise, {"choice": "watch"})
    button(exercise, "Check").click()
    first, second = learner_here(learner.folder).attempts
    assert first.seed != second.seed and second.points == 1


def test_an_answer_that_cannot_be_saved_is_called_so_and_saved_with_the_next(exercise, learner):
    learner.folder.chmod(0o500)
    journal = learner.saved.journal
    append, journal.append = journal.append, _refuse
    answer(exercise, {"choice": "coach"})
    button(exercise, "Check").click()
    assert "Not saved:" in text_of(exercise)
    journal.append = append
    learner.folder.chmod(0o700)
    button(exercise, "Another one").click()
    answer(exercise, {"choice": "watch"})
    button(exercise, "Check").click()
    assert len(learner_here(learner.folder).attempts) == 2


def _refuse(events):
    from playbook.journal.journals import NotSaved

    raise NotSaved("the disk is full.")

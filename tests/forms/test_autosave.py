import pytest

from playbook.forms import autosave
from playbook.forms.autosave import LONGEST, PAUSE, save_what_is_typed
from tests.forms.at_work import Desk, Fickle


def test_what_stands_for_a_second_is_saved_and_shown_as_saved_with_the_time():
    desk = Desk()
    desk.type("a", "words")
    assert desk.values == {} and desk.messages == []
    assert desk.later.comes() == PAUSE
    assert desk.values == {"a": "words"}
    assert desk.messages[-1].text.startswith("Saved at ") and desk.messages[-1].text.count(":") == 2


def test_each_keystroke_puts_the_save_off_but_never_beyond_five_seconds(monkeypatch):
    from datetime import UTC, datetime, timedelta

    now = [datetime(2026, 3, 31, tzinfo=UTC)]

    class Clock(datetime):
        @classmethod
        def now(cls, zone=None):
            return now[0]

    monkeypatch.setattr(autosave, "datetime", Clock)
    desk = Desk()
    waits = []
    for letter in range(11):
        desk.type("a", "x" * (letter + 1))
        waits.append(next(iter(desk.later.planned.values()))[0])
        now[0] += timedelta(seconds=0.5)
    assert len(desk.later.planned) == 1 and waits[:9] == [PAUSE] * 9
    assert waits[10] == 0 and LONGEST > 9 * 0.5


def test_only_the_last_of_quick_changes_becomes_an_event():
    desk = Desk()
    for text in ("w", "wo", "wor"):
        desk.type("a", text)
    desk.later.comes()
    assert [event.value for event in desk.journal.read().events] == ["wor"]


def test_typing_what_stands_already_writes_no_event():
    desk = Desk()
    desk.type("a", "x")
    desk.later.comes()
    desk.type("a", "x")
    desk.type("b", None)
    desk.later.comes()
    assert len(desk.journal.read().events) == 1


def test_what_is_not_saved_is_named_with_why_and_saved_later_by_itself_with_the_same_event():
    desk = Desk()
    desk.journal.fault = "the disk is full."
    desk.type("a", "words")
    desk.later.comes()
    message = desk.messages[-1]
    assert message.trouble and "Not saved: the disk is full." in message.text
    assert "“The question a”" in message.text and "still on this page" in message.text and "Make room." in message.text
    desk.later.comes()  # tried again, in vain
    desk.journal.fault = ""
    desk.later.comes()
    assert desk.values == {"a": "words"} and not desk.messages[-1].trouble and not desk.later.planned


def test_a_journal_that_cannot_be_read_saves_nothing_and_says_so():
    desk = Desk()
    desk.type("a", "words")
    desk.journal.fault = "unreadable"
    desk.later.comes()
    assert desk.messages[-1].trouble
    desk.journal.fault = ""
    desk.later.comes()
    assert desk.values == {"a": "words"}


def test_two_windows_lose_nothing_and_the_later_one_is_told_of_the_other():
    journal = Fickle()
    one, two = Desk(journal), Desk(journal)
    one.type("a", "from one")
    one.later.comes()
    two.type("a", "from two")
    two.type("b", "only two")
    two.later.comes()
    assert two.values == {"a": "from two", "b": "only two"}
    assert "Another window had written something else meanwhile: “The question a”" in two.messages[-1].text
    assert [event.value for event in journal.read().events] == ["from one", "from two", "only two"]
    two.type("a", "again")
    two.later.comes()
    assert "Another window" not in two.messages[-1].text


def test_the_last_change_of_the_own_form_is_taken_back_step_by_step():
    desk = Desk()
    for subject, value in (("a", 1), ("a", 2), ("elsewhere", 3)):
        desk.type(subject, value)
        desk.later.comes()
    own = {"a"}.__contains__
    assert desk.auto_save.take_back(own) == ("a", 1)
    assert desk.auto_save.take_back(own) == ("a", None)
    assert desk.auto_save.take_back(own) is None and "nothing to take back" in desk.messages[-1].text
    assert desk.values == {"elsewhere": 3}


def test_an_undo_that_cannot_be_kept_changes_nothing_and_says_so():
    desk = Desk()
    desk.type("a", 1)
    desk.later.comes()
    desk.journal.fault = "the disk is full."
    assert desk.auto_save.take_back(lambda subject: True) is None
    assert desk.messages[-1].trouble and "Not taken back" in desk.messages[-1].text


def test_what_waits_in_any_form_is_saved_when_the_kernel_ends_or_a_form_is_opened():
    desk = Desk()
    desk.type("a", "just typed")
    save_what_is_typed()
    assert desk.values == {"a": "just typed"}


@pytest.mark.parametrize("value", ["", "x" * 100_000, "a\nb\u2028c\ud800", 0.5])
def test_any_answer_is_saved_as_it_is(value):
    desk = Desk()
    desk.type("a", value)
    desk.later.comes()
    assert desk.values == {"a": value}

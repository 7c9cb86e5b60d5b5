from playbook.journal.commitments import field_subject
from playbook.journal.erasing import GONE, mark, without
from tests.journal.writing import answer, undo

EVENTS = [
    answer("06/conversation/r1/open/saw", "Interrupts."),
    answer("conversation/r11/open/saw", "Listens."),
    answer(field_subject("c1", "whose"), "r1"),
    answer(field_subject("c1", "what"), "When … I will …"),
    answer(field_subject("c2", "what"), "I tell Ana by Friday; Anabel too."),
    answer("first-steps/whom", "ANA"),
]


def test_what_is_about_a_person_goes_and_the_rest_stays():
    left = without(EVENTS, "r1", ["Ana"])
    assert left.removed == 3
    assert [event.subject for event in left.events] == [EVENTS[1].subject, EVENTS[4].subject, EVENTS[5].subject]


def test_a_name_inside_another_text_is_blacked_out_and_a_longer_name_is_not():
    left = without(EVENTS, "r1", ["Ana"])
    assert left.events[1].value == f"I tell {GONE} by Friday; Anabel too." and left.events[2].value == GONE
    assert left.blacked_out == 2


def test_an_undo_of_what_is_gone_goes_too():
    assert without([*EVENTS, undo(EVENTS[0].id)], "r1").removed == 4


def test_the_event_left_behind_names_nobody():
    left = mark(without(EVENTS, "r1", ["Ana"]), "mo")
    assert left.value == {"events": 3, "texts": 2} and "r1" not in left.subject


def test_nobody_is_found_by_an_empty_name():
    assert without(EVENTS, "r9", ["", " "]).events == EVENTS

from datetime import date

from playbook.journal.commitments import LEADER, Commitment, commitments_in, field_subject

ANSWERS = {
    field_subject("c1", "whose"): "r1",
    field_subject("c2", "whose"): LEADER,
    field_subject("c1", "due"): "2026-03-31",
    field_subject("c2", "due"): "soon",
    field_subject("c1", "state"): "kept",
    "commitments-settled/day": "Monday",
    field_subject("c3", "colour"): "blue",
}


def test_the_fields_of_a_commitment_come_together_by_its_id():
    assert commitments_in(ANSWERS)[0] == Commitment("c1", whose="r1", due=date(2026, 3, 31), state="kept")


def test_a_day_that_is_none_is_no_day_and_what_is_no_field_is_no_commitment():
    assert commitments_in(ANSWERS)[1:] == [Commitment("c2", whose=LEADER)]


def test_only_an_open_one_is_due_from_its_day_on():
    day = date(2026, 3, 31)
    assert Commitment("c", due=day).is_due(day) and not Commitment("c", due=day, state="kept").is_due(day)
    assert not Commitment("c", due=day).is_due(date(2026, 3, 30)) and not Commitment("c").is_due(day)

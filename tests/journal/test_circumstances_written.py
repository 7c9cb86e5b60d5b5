import pytest

from playbook.errors import UnusableInput
from playbook.journal.circumstances_written import circumstances_in, entry_of, field_subject

ANSWERS = {
    field_subject("k1", "who"): "r1",
    field_subject("k1", "what"): "part_time",
    field_subject("k1", "detail"): "50%",
    field_subject("k1", "from"): "2026-01-01",
    field_subject("k2", "note"): "begun",
}


def test_an_entry_is_what_its_fields_say_and_the_measures_take_it():
    first, _ = circumstances_in(ANSWERS)
    entry = entry_of(first, ["r1"], {})
    assert (entry.rep_id, entry.kind, entry.share, entry.source) == ("r1", "part_time", 0.5, "manager")


@pytest.mark.parametrize(
    ("answers", "why"),
    [
        ({}, "names nobody of your team"),
        ({"who": "stranger", "what": "leave"}, "names nobody of your team"),
        ({"who": "r1"}, "does not say yet what it is"),
        ({"who": "r1", "what": "leave"}, "needs the day"),
    ],
)
def test_an_entry_that_is_not_complete_or_about_somebody_else_is_refused(answers, why):
    fields = {field_subject("k", name): value for name, value in ({"note": "x"} | answers).items()}
    with pytest.raises(UnusableInput, match=why):
        entry_of(circumstances_in(fields)[0], ["r1"], {})

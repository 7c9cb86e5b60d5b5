import math
from datetime import date

import pytest

from playbook.circumstances import KINDS, understood
from playbook.diagnosis.circumstance_rows import CircumstanceRow
from playbook.diagnosis.verdicts import VERDICTS as ALL_VERDICTS
from playbook.sentences.circumstance_sentences import VERDICTS, at_once, both_readings, in_words
from playbook.sentences.record_sentences import may_be, to_ask

PART_TIME = understood("ana", "part time", detail="50%", starts_on=date(2026, 1, 1))
HANDED_OVER = understood("ana", "deals shared or handed over")


def row(entry, driver="pipeline_generation", bears="measured", without="coach", with_it="no_evidence", seen=(0.6, 1.2)):
    return CircumstanceRow("m1", *entry, driver, bears, without, with_it, *seen, 0.9, 1.6)


def test_an_entry_is_said_with_its_days():
    assert in_words(PART_TIME) == "part time (50%), from 1 Jan 2026"
    leave = understood("ana", "leave", starts_on=date(2026, 1, 1), ends_on=date(2026, 2, 1))
    assert in_words(leave) == "leave, 1 Jan 2026 to 1 Feb 2026"
    assert in_words(HANDED_OVER) == "deals were shared or handed over"


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_can_be_said_and_can_be_the_reason_to_ask_first(kind):
    entry = HANDED_OVER._replace(kind=kind, detail="Acme")
    assert in_words(entry) and may_be("inherited", f"known:{kind}", math.nan, math.nan).startswith("But it was noted")


def test_both_readings_stand_side_by_side():
    (line,) = both_readings([row(PART_TIME)], "Ana", "USD")
    assert line == (
        "New pipeline. As the data stands alone: 0.60 a week, something to coach. With this taken into account: 1.2 a "
        "week, where 0.90 to 1.6 a week would be usual; nothing stands out."
    )


def test_what_cannot_be_measured_says_ask_first_and_no_number():
    (line,) = both_readings([row(HANDED_OVER, bears="asked_first", with_it="ask_first", seen=(0.6, 0.6))], "Ana", "")
    assert line.endswith("With this taken into account: ask first, as no measure can tell how much of it this makes.")


def test_where_nothing_moves_that_is_said():
    same = row(PART_TIME, without="no_evidence", seen=(1.2, 1.2))
    assert both_readings([same], "Ana", "") == ["No verdict changes by it."]
    assert both_readings([row(PART_TIME), same], "Ana", "")[1:] == ["Nothing else changes."]


def test_an_entry_on_which_nothing_rests_says_so():
    nothing = row(PART_TIME, driver="", bears="", without="", with_it="")
    assert both_readings([nothing], "Ana", "") == ["No verdict on Ana rests on it."]


def test_at_once_the_own_level_is_told_or_that_it_is_asked_first():
    line = at_once("pipeline_generation", "coach", "measured", 0.6, 1.2, "")
    assert line.startswith("New pipeline, today “something to coach”.")
    assert line.endswith("With this taken into account: 1.2 a week instead of 0.60 a week.")
    assert at_once("pipeline_generation", "coach", "asked_first", math.nan, math.nan, "").endswith("ask first.")
    assert at_once("cycle_time", "coach", "measured", 30.0, 30.0, "").endswith("measured anew.")


def test_every_verdict_has_words():
    assert set(VERDICTS) == set(ALL_VERDICTS)


def test_of_what_was_noted_the_question_is_about_what_was_noted():
    assert to_ask("late_closing", "known:crm_not_kept").startswith("Ask where it is kept instead")
    assert to_ask("late_closing", "closing_lag").startswith("Ask when a lost deal is closed")

"""What only people know, in `each_rep`: the readings of the build, what a new entry touches at once, and the sheet."""

from dataclasses import replace
from datetime import date

import pandas as pd
import pytest

from playbook.chapters.each_rep import each_rep, what_you_know
from playbook.circumstances import understood
from playbook.diagnosis.circumstance_rows import CircumstanceRow
from playbook.forms.saved_answers import saved_answers
from playbook.journal.circumstances_written import field_subject
from playbook.journal.events import CIRCUMSTANCE, new_event
from tests.chapters.measured_team import measured
from tests.coaching.small_team import REPS

NAME = REPS["r1"]
NOTE = "A note for the manager alone."
PART_TIME = understood("r1", "part time", detail="50%", starts_on=date(2026, 1, 1), note=NOTE)


def team(*rows):
    mine = measured()
    columns = list(CircumstanceRow._fields)
    mine = replace(mine, findings={**mine.findings, "circumstances": pd.DataFrame(list(rows), columns=columns)})
    return replace(mine, company=replace(mine.company, settings=replace(mine.company.settings, company_id="known")))


def reading(driver="pipeline_generation", without="coach", with_it="no_evidence"):
    return CircumstanceRow("m1", *PART_TIME, driver, "measured", without, with_it, 0.5, 1.0, 0.9, 1.6)


@pytest.fixture
def journal(request):
    """The journal of this page, empty again after the test."""
    saved = saved_answers(team()).journal
    yield saved
    saved.rewrite(lambda events: [])


def write(journal, **fields):
    events = [
        new_event(CIRCUMSTANCE, field_subject("k1", "from" if name == "starts" else name), value, author="mo")
        for name, value in fields.items()
    ]
    journal.append(events)


def test_the_readings_of_the_build_stand_side_by_side_with_the_note(journal):
    text = what_you_know.what_you_know(team(reading())).text
    assert f"{NAME}: part time (50%), from 1 Jan 2026 (from operations)." in text
    assert "As the data stands alone: 0.50 a week, something to coach." in text
    assert "With this taken into account: 1.0 a week" in text and NOTE in text


def test_a_rep_s_own_part_says_what_was_taken_into_account_and_never_the_note():
    text = each_rep.reps(team(reading()), NAME).text
    assert "Taken into account beside the data: part time (50%), from 1 Jan 2026." in text and NOTE not in text


def test_nobody_elses_part_holds_it():
    others = [name for name in REPS.values() if name != NAME]
    assert not any("Taken into account" in each_rep.reps(team(reading()), name).text for name in others)


def test_a_new_entry_says_at_once_which_verdicts_it_touches(journal):
    write(journal, who="r1", what="deals_handed_over")
    text = what_you_know.what_you_know(team()).text
    assert f"{NAME}: deals were shared or handed over (new)." in text
    assert "today “something to coach”. With this taken into account: ask first." in text
    assert "The next workbook compares anew" in text


def test_a_new_entry_that_touches_nothing_says_so(journal):
    write(journal, who="r3", what="part_time", detail="50%")
    assert "No verdict that you might act on rests on it." in what_you_know.what_you_know(team()).text


def test_an_entry_that_the_build_knew_is_not_new(journal):
    write(journal, who="r1", what="part_time", detail="50%", starts="2026-01-01")
    assert "(new)" not in what_you_know.what_you_know(team(reading())).text


def test_an_entry_that_is_not_complete_is_not_counted_and_says_what_is_missing(journal):
    write(journal, who="r1", what="leave")
    text = what_you_know.what_you_know(team()).text
    assert "Not counted yet" in text and f"{NAME}: “leave” needs the day from which it was so." in text

"""What only people know is understood or refused with a remedy, and bears on what a driver is sensitive to."""

import math
from datetime import date

import pandas as pd
import pytest

from playbook.circumstances import ASK_FIRST, KINDS, MEASURED, NO_MATTER, entries_in, frame_of, known_at, understood
from playbook.drivers.driver import SENSITIVITIES
from playbook.errors import UnusableInput

JANUARY, MARCH = date(2026, 1, 1), date(2026, 3, 31)


@pytest.mark.parametrize("text", ["50%", "50 %", "0.5", "0,5"])
def test_a_share_of_full_time_is_read_as_people_write_it(text):
    assert understood("ana", "Part-time", detail=text).share == 0.5


@pytest.mark.parametrize("text", ["50", "1", "0", "100%", "half"])
def test_what_is_no_share_is_refused_with_how_to_write_it(text):
    with pytest.raises(UnusableInput, match="Write it like 50%"):
        understood("ana", "part time", detail=text)


@pytest.mark.parametrize("written", ["Came from another job", "new_in_job", "came from  another JOB"])
def test_a_kind_is_known_by_its_key_and_by_its_label_in_any_case(written):
    assert understood("ana", written, starts_on=JANUARY).kind == "new_in_job"


def test_an_unknown_kind_is_answered_with_the_nearest_and_with_all():
    with pytest.raises(UnusableInput, match="Did you mean “part time”.*deals shared or handed over"):
        understood("ana", "part tme", detail="50%")


def test_a_leave_without_its_first_day_is_refused():
    with pytest.raises(UnusableInput, match="needs the day"):
        understood("ana", "leave")


def test_days_that_run_backwards_are_refused():
    with pytest.raises(UnusableInput, match="ends before it begins"):
        understood("ana", "leave", starts_on=MARCH, ends_on=JANUARY)


def test_an_account_is_written_as_the_data_has_it_or_refused_with_the_nearest():
    assert understood("ana", "an account is gone", detail="ACME", accounts=["Acme"]).account == "Acme"
    with pytest.raises(UnusableInput, match="Did you mean: Acme"):
        understood("ana", "an account is gone", detail="Acne", accounts=["Acme", "Zeta"])


def test_every_kind_bears_on_something_that_a_driver_can_be_sensitive_to():
    assert all(kind.bears_on and kind.bears_on <= SENSITIVITIES for kind in KINDS.values())


def test_part_time_is_measured_where_weeks_are_counted_asked_first_elsewhere_and_no_matter_where_it_makes_nothing():
    bears = KINDS["part_time"].bears
    assert bears(["part_time"], "week") == MEASURED
    assert bears(["part_time"], "deal") == ASK_FIRST
    assert bears(["one_account"], "week") == NO_MATTER


def test_what_no_measure_can_take_into_account_is_asked_first_everywhere():
    assert KINDS["deals_handed_over"].bears(["handover"], "week") == ASK_FIRST


def test_entries_outlive_being_a_frame():
    entry = understood("ana", "leave", starts_on=JANUARY, note="until spring")
    (back,) = entries_in(frame_of([entry]))
    assert (back.rep_id, back.kind, back.starts_on, back.note) == (
        "ana",
        "leave",
        pd.Timestamp(JANUARY),
        "until spring",
    )
    assert math.isnan(back.share) and pd.isna(back.ends_on)


def test_what_begins_after_the_day_is_not_known_at_it():
    frame = frame_of([understood("ana", "leave", starts_on=MARCH), understood("ben", "part time", detail="50%")])
    assert list(known_at(frame, JANUARY)["rep_id"]) == ["ben"]

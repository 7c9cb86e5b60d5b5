"""Rules by which entries repeat: laid out as dateutil does, and no further than the span that is asked for."""

from datetime import datetime
from itertools import takewhile

import pytest
from dateutil.rrule import rrulestr
from hypothesis import given, settings
from hypothesis import strategies as st

from playbook.recurrences import MOST_EFFORT, Effort, NotLaidOut, fits_a_time_zone, times_between

FIRST, LAST = datetime(2026, 3, 1), datetime(2026, 3, 31, 23, 59)
START = datetime(2026, 3, 2, 9)
NEVER = [
    "BYMONTH=2;BYMONTHDAY=30",
    "BYMONTH=4;BYMONTHDAY=31",
    "BYMONTHDAY=-31;BYMONTH=2",
    "BYMONTH=3;BYYEARDAY=1",
    "BYWEEKNO=53;BYMONTH=6",
    "BYDAY=MO;BYSETPOS=366",
    "BYMONTHDAY=1;BYYEARDAY=40",
]


def _laid_out(rule: str, start: datetime = START, effort: int = MOST_EFFORT) -> list[datetime]:
    return times_between(rule, start, FIRST, LAST, Effort(effort))


@pytest.mark.parametrize("never", NEVER)
@pytest.mark.parametrize("every", ["DAILY", "WEEKLY", "MONTHLY", "YEARLY"])
@pytest.mark.parametrize("end", ["", ";UNTIL=20991231T000000", ";COUNT=5", ";INTERVAL=3"])
def test_a_rule_that_never_happens_is_followed_no_further_than_the_span(every, never, end):
    effort = Effort(MOST_EFFORT)
    assert times_between(f"FREQ={every};{never}{end}", START, FIRST, LAST, effort) == []
    assert MOST_EFFORT - effort.left <= 100, "a step more than there are days in the span, or years of a few days each"


@pytest.mark.parametrize("never", NEVER)
@pytest.mark.parametrize("every", ["HOURLY", "MINUTELY", "SECONDLY"])
def test_what_repeats_within_a_day_is_no_meeting(every, never):
    with pytest.raises(NotLaidOut):
        _laid_out(f"FREQ={every};{never}")


@pytest.mark.parametrize("every", ["DAILY", "WEEKLY", "MONTHLY", "YEARLY"])
@pytest.mark.parametrize(
    "parts",
    [
        "INTERVAL=0",
        "INTERVAL=-1",
        "INTERVAL=99999999999999999999",
        "INTERVAL=x",
        "BYHOUR=8,9,10,11,12;BYMINUTE=0,10,20,30,40",
        "BYSECOND=" + ",".join(map(str, range(60))),
        "BYSETPOS=" + ",".join(["1"] * 5_000),
        "BYDAY=XX",
        "BYMONTHDAY=",
    ],
)
def test_a_rule_that_stands_still_or_is_no_meetings_is_not_laid_out(every, parts):
    with pytest.raises(NotLaidOut):
        _laid_out(f"FREQ={every};{parts}")


def test_a_rule_from_long_ago_begins_shortly_before_the_span():
    effort = Effort(200)
    assert len(times_between("FREQ=DAILY", datetime(1, 1, 1, 9), FIRST, LAST, effort)) == 31


def test_what_is_left_of_the_effort_is_taken_from_rule_by_rule():
    effort = Effort(50)
    assert len(times_between("FREQ=DAILY", START, FIRST, LAST, effort)) == 30
    with pytest.raises(NotLaidOut):
        times_between("FREQ=DAILY", START, FIRST, LAST, effort)


@settings(deadline=None, max_examples=300)
@given(
    every=st.sampled_from(["DAILY", "WEEKLY", "MONTHLY", "YEARLY"]),
    interval=st.integers(1, 5),
    more=st.sampled_from(
        ["", "BYDAY=MO,WE,SU", "BYMONTHDAY=1,15,-1", "BYDAY=TU,TH;BYSETPOS=-1", "BYMONTH=3", "WKST=SU;BYDAY=SU,MO"]
    ),
    end=st.sampled_from(["", ";COUNT=40", ";COUNT=3", ";UNTIL=20260317T120000", ";UNTIL=20240101T000000"]),
    start=st.datetimes(datetime(2016, 1, 1), datetime(2026, 6, 30)),
)
def test_a_rule_is_laid_out_as_dateutil_does_that_goes_through_all(every, interval, more, end, start):
    start = start.replace(microsecond=0)
    rule = ";".join(part for part in (f"FREQ={every}", f"INTERVAL={interval}", more) if part) + end
    all_times = takewhile(lambda at: at <= LAST, rrulestr(rule, dtstart=start))
    assert _laid_out(rule, start) == [at for at in all_times if at >= FIRST]


@pytest.mark.parametrize(
    "rule",
    [
        "FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10",
        "FREQ=YEARLY;BYMONTH=3;BYMONTHDAY=8,9,10,11,12,13,14;BYDAY=SU",
        "FREQ=YEARLY;UNTIL=19951029T010000Z;BYMONTH=9;BYDAY=4SU",
    ],
)
def test_the_rules_of_time_zones_are_known(rule):
    assert fits_a_time_zone(rule)

"""Calendar files as programs write them: read into meetings, and reminders written so that programs read them."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from playbook import escaping
from playbook.calendars import Reminder, calendar_in, meetings, reminder_text, write_reminders

MARCH = (date(2026, 3, 1), date(2026, 3, 31))
DAY = date(2026, 3, 20)
STAMP = datetime(2026, 3, 1, 9, tzinfo=UTC)


def event(*lines: str, start: str = "20260302T090000", end: str = "20260302T100000", title: str = "1:1 Ana") -> str:
    body = (f"DTSTART:{start}", f"DTEND:{end}", f"SUMMARY:{title}", "UID:u1", *lines)
    return "\r\n".join(["BEGIN:VEVENT", *body, "END:VEVENT"])


def calendar(*events: str) -> str:
    return "\r\n".join(["BEGIN:VCALENDAR", *events, "END:VCALENDAR", ""])


def days(*events: str, span=MARCH) -> list[int]:
    return [m.begins.day for m in meetings(calendar(*events), *span).held]


def test_a_meeting_has_a_title_a_beginning_and_its_hours():
    (only,) = meetings(calendar(event(end="20260302T103000", title=r"Forecast\, weekly")), *MARCH).held
    assert (only.title, only.begins, only.hours) == ("Forecast, weekly", datetime(2026, 3, 2, 9), 1.5)


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        ("RRULE:FREQ=WEEKLY", [2, 9, 16, 23, 30]),
        ("RRULE:FREQ=WEEKLY;INTERVAL=2", [2, 16, 30]),
        ("RRULE:FREQ=WEEKLY;BYDAY=MO,WE;COUNT=4", [2, 4, 9, 11]),
        ("RRULE:FREQ=WEEKLY;UNTIL=20260316T235959Z", [2, 9, 16]),
        ("RRULE:FREQ=WEEKLY;UNTIL=20260315", [2, 9]),
        ("RRULE:FREQ=DAILY;COUNT=3", [2, 3, 4]),
        ("RRULE:FREQ=DAILY;BYDAY=MO,TU,WE,TH,FR;COUNT=6", [2, 3, 4, 5, 6, 9]),
        ("RRULE:FREQ=WEEKLY;INTERVAL=2;WKST=SU;BYDAY=SU,MO;COUNT=4", [2, 15, 16, 29]),
        ("RRULE:FREQ=MONTHLY", [2]),
        ("RRULE:FREQ=MONTHLY;BYDAY=4TU", [2, 24]),
        ("RRULE:FREQ=MONTHLY;BYDAY=TU;BYSETPOS=-1", [2, 31]),
        ("RDATE:20260310T090000", [2, 10]),
        ("RRULE:FREQ=HOURLY", [2]),
        ("RRULE:FREQ=WEEKLY;INTERVAL=x;COUNT=1", [2]),
    ],
)
def test_a_repeated_meeting_counts_each_time(rule, expected):
    assert days(event(rule)) == expected


def test_a_meeting_of_every_year_is_counted_in_each():
    assert days(event("RRULE:FREQ=YEARLY", start="20240310T090000", end="20240310T100000")) == [10]


def test_a_meeting_keeps_to_the_clock_on_the_wall_when_summer_time_begins():
    begins = "DTSTART;TZID=W. Europe Standard Time:20260323T090000"
    held = meetings(calendar(f"BEGIN:VEVENT\n{begins}\nDURATION:PT1H\nRRULE:FREQ=WEEKLY\nEND:VEVENT"), *MARCH).held
    assert [f"{m.begins:%d %H:%M %z}" for m in held] == ["23 09:00 +0100", "30 09:00 +0200"]


def test_a_time_zone_that_the_calendar_itself_defines_is_known():
    zone = "BEGIN:VTIMEZONE\nTZID:Ours\nBEGIN:STANDARD\nDTSTART:16010101T000000\nTZOFFSETFROM:+0300\nTZOFFSETTO:+0300"
    zone += "\nEND:STANDARD\nEND:VTIMEZONE"
    one = "BEGIN:VEVENT\nDTSTART;TZID=Ours:20260302T090000\nDTEND:20260302T080000Z\nEND:VEVENT"
    assert [m.hours for m in meetings(calendar(zone, one), *MARCH).held] == [2]


def test_a_meeting_that_began_to_repeat_long_ago_is_counted_in_the_span():
    assert days(event("RRULE:FREQ=WEEKLY", start="20200106T090000", end="20200106T100000")) == [2, 9, 16, 23, 30]


def test_days_left_out_and_moved_meetings_are_counted_once():
    repeated = event("RRULE:FREQ=WEEKLY", "EXDATE:20260309T090000", "EXDATE:20260330T090000")
    moved = event("RECURRENCE-ID:20260316T090000", start="20260317T140000", end="20260317T150000")
    assert days(repeated, moved) == [2, 17, 23]


def test_a_meeting_is_moved_whatever_zone_says_which_one_it_was():
    weekly = "BEGIN:VEVENT\nUID:u1\nDTSTART;TZID={zone}:20260302T090000\nDURATION:PT1H\nRRULE:FREQ=WEEKLY\nEND:VEVENT"
    moved = event("RECURRENCE-ID:20260316T080000Z", start="20260317T140000Z", end="20260317T150000Z")
    for zone in ("Europe/Berlin", "W. Europe Standard Time"):
        assert days(weekly.format(zone=zone), moved) == [2, 9, 17, 23, 30]


def test_one_that_is_cancelled_of_a_series_is_not_held():
    assert days(event("RRULE:FREQ=WEEKLY"), event("RECURRENCE-ID:20260316T090000", "STATUS:CANCELLED")) == [
        2,
        9,
        23,
        30,
    ]


def test_a_day_left_out_leaves_out_its_meeting_at_any_hour():
    assert days(event("RRULE:FREQ=WEEKLY", "EXDATE;VALUE=DATE:20260309")) == [2, 16, 23, 30]


@pytest.mark.parametrize("line", ["STATUS:CANCELLED", "TRANSP:TRANSPARENT"])
def test_what_is_cancelled_or_free_takes_no_hours(line):
    assert days(event(line)) == []


@pytest.mark.parametrize(
    ("start", "end"), [("20260302", "20260303"), ("20260302T090000", "20260304T090000"), ("x", "y")]
)
def test_whole_days_trips_and_nonsense_are_no_meetings(start, end):
    assert days(event(start=start, end=end)) == []


def test_a_duration_does_for_an_end():
    text = calendar("BEGIN:VEVENT\nDTSTART;TZID=Europe/Berlin:20260302T090000\nDURATION:PT1H30M\nEND:VEVENT")
    (only,) = meetings(text, *MARCH).held
    assert only.hours == 1.5 and only.title == "" and only.begins.hour == 9


def in_a_zone(name: str, standard: str, daylight: str) -> str:
    """A calendar that defines a zone by these rules, and an hour of its July; icalendar remembers zones by name."""
    parts = [
        f"BEGIN:{part}\nDTSTART:1601{month}01T000000\nTZOFFSETFROM:{before}\nTZOFFSETTO:{after}\n{rule}\nEND:{part}"
        for part, month, before, after, rule in (
            ("STANDARD", "01", "+0400", "+0300", standard),
            ("DAYLIGHT", "03", "+0300", "+0400", daylight),
        )
    ]
    zone = "\n".join([f"BEGIN:VTIMEZONE\nTZID:{name}", *parts, "END:VTIMEZONE"])
    return calendar(zone, f"BEGIN:VEVENT\nDTSTART;TZID={name}:20260702T090000\nDURATION:PT1H\nEND:VEVENT")


JULY = (date(2026, 7, 1), date(2026, 7, 31))


def test_a_zone_that_the_calendar_defines_changes_its_clocks_by_its_yearly_rule():
    rules = "RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10", "RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3"
    (only,) = meetings(in_a_zone("Yearly", *rules), *JULY).held
    assert only.begins.utcoffset() == timedelta(hours=4)


@pytest.mark.parametrize(
    "rule",
    [
        "RRULE:FREQ=SECONDLY",
        "RRULE:FREQ=YEARLY;INTERVAL=0",
        "RRULE:FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30",
        "EXRULE:FREQ=SECONDLY",
        'RRULE;X="a:b":FREQ=SECONDLY',
        "RRU\n LE:FREQ=SECO\n NDLY",
        "TZNAME:x\x0bRRULE:FREQ=SECONDLY",
    ],
)
def test_a_zone_whose_rule_no_zone_has_is_not_laid_out(rule):
    (only,) = meetings(in_a_zone(f"No {escaping.short_hash(rule)}", rule, rule), *JULY).held
    assert only.begins == datetime(2026, 7, 2, 9), "as it stands, in no zone"


def test_what_no_meeting_does_counts_on_its_first_day_and_is_named():
    march = meetings(calendar(event("RRULE:FREQ=SECONDLY", title="Odd"), event(title="Even")), *MARCH)
    assert [m.title for m in march.held] == ["Even", "Odd"] and march.counted_once == ["Odd"]


def test_many_rules_that_take_long_take_no_longer_than_one(monkeypatch):
    monkeypatch.setattr("playbook.calendars.MOST_EFFORT", 10_000)
    long = ["RRULE:FREQ=DAILY;COUNT=9;BYMONTH=2;BYMONTHDAY=30" for _ in range(50)]
    entries = [event(rule, start="20060302T090000", end="20060302T100000") for rule in long]
    march = meetings(calendar(*entries, event("RRULE:FREQ=WEEKLY", title="Last")), *MARCH)
    assert march.counted_once == ["1:1 Ana"] * 49 + ["Last"], "the first alone is laid out: it never happens"
    assert [m.title for m in march.held] == ["Last"], "it begins in March"


def test_folded_lines_quoted_zones_and_alarms_are_read_through():
    alarm = "BEGIN:VALARM\nSUMMARY:not this\nTRIGGER:-PT5M\nEND:VALARM"
    times = 'DTSTART;TZID="A: zone":20260302T090000\nDTEND:20260302T100000'
    text = f"BEGIN:VEVENT\n{times}\nSUMMARY:A lo\n ng name\n{alarm}\nEND:VEVENT"
    assert [m.title for m in meetings(text, *MARCH).held] == ["A long name"]


@settings(deadline=None, max_examples=100)
@given(st.text(alphabet="BEGINVT:;=\n\r,0123456789TZDSRUL", max_size=200))
def test_no_text_stops_the_reading(text):
    assert meetings(calendar(event(), f"BEGIN:VEVENT\n{text}\nEND:VEVENT"), *MARCH).held


@settings(deadline=None)
@given(st.text(min_size=1), st.text())
def test_a_reminder_is_read_back_as_one_whole_day_whatever_it_says(title, details):
    text = reminder_text([Reminder("k", DAY, title, details)], STAMP)
    assert text.count("BEGIN:VEVENT") == 1 and f"DTSTART;VALUE=DATE:{DAY:%Y%m%d}" in text
    assert all(len(line.encode()) <= 75 for line in text.split("\r\n")) and "\n" not in text.replace("\r\n", "")


def test_the_same_commitment_replaces_its_reminder():
    uid = [line for line in reminder_text([Reminder("k", DAY, "a")], STAMP).splitlines() if line.startswith("UID")]
    assert uid == [line for line in reminder_text([Reminder("k", DAY, "b")], STAMP).splitlines() if "UID" in line]


def test_the_own_reminders_are_not_taken_for_the_manager_s_calendar(tmp_path):
    write_reminders(tmp_path / "commitments.ics", [Reminder("k", DAY, "a")], STAMP)
    assert calendar_in(tmp_path) is None
    (tmp_path / "mine.ics").write_text(calendar(event()))
    assert calendar_in(tmp_path).name == "mine.ics"

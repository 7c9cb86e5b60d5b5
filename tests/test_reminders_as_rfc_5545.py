"""The reminders against the grammar of RFC 5545: what a strict calendar program reads, it must find."""

import re
from datetime import UTC, date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from playbook.calendars import Reminder, reminder_text

STAMP = datetime(2026, 3, 1, 9, tzinfo=UTC)
LINE = re.compile(
    r"(?P<name>[A-Z-]+)(?P<parameters>(?:;[A-Z-]+=[^;:\x00-\x1f\x7f]+)*):(?P<value>[^\x00-\x08\x0a-\x1f\x7f]*)"
)
TEXT = re.compile(r"(?:[^\\;,]|\\[\\;,nN])*")  # 3.3.11: backslash, semicolon and comma are escaped
ONCE = {"UID": 1, "DTSTAMP": 1, "DTSTART": 1, "DTEND": 1, "SUMMARY": 1}
HARD = [
    Reminder("c1", date(2026, 12, 31), "Ana: When price; comes, I \\ ask back:\nand wait.", "Seen, by both; often\\"),
    Reminder("c2", date(2028, 2, 28), "Ü" * 90 + "語" * 60 + "👩‍👩‍👧" * 20),
    Reminder("c2/…", date(2026, 1, 1), "", "\r\nEND:VEVENT\r\nBEGIN:VEVENT\r\n"),
]


def unfolded(text: str) -> list[str]:
    """Content lines, after what 3.1 asks of lines: CRLF at every end, at most 75 octets, folds begin with a space."""
    assert text.endswith("\r\n") and not re.search(r"(?<!\r)\n|\r(?!\n)", text)
    assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))
    return text.replace("\r\n ", "").removesuffix("\r\n").split("\r\n")


def components(text: str) -> list[dict[str, list[str]]]:
    """The events with their properties; every line is one, and every component is closed where it was opened."""
    opened, components = [], []
    for line in unfolded(text):
        line_match = LINE.fullmatch(line)
        assert line_match, line
        name, value = line_match["name"], line_match["value"]
        if name == "BEGIN":
            opened.append(value)
            if value == "VEVENT":
                components.append({})
        elif name == "END":
            assert opened.pop() == value
        elif opened == ["VCALENDAR", "VEVENT"]:
            components[-1].setdefault(name, []).append(value)
    assert not opened
    return components


def check(reminders: list[Reminder]) -> None:
    text = reminder_text(reminders, STAMP)
    assert unfolded(text)[:2] == ["BEGIN:VCALENDAR", "VERSION:2.0"] and text.count("PRODID:") == 1
    events = components(text)
    assert len(events) == len(reminders)
    for reminder, event in zip(reminders, events, strict=True):
        assert {name: len(event.get(name, [])) for name in ONCE} == ONCE
        assert event["DTSTAMP"] == ["20260301T090000Z"]
        assert event["DTSTART"] == [f"{reminder.on:%Y%m%d}"] and event["DTEND"][0] > event["DTSTART"][0]
        assert all(TEXT.fullmatch(value) for name in ("SUMMARY", "DESCRIPTION") for value in event.get(name, []))
    assert len({event["UID"][0] for event in events}) == len({reminder.key for reminder in reminders})


@pytest.mark.parametrize("reminders", [[], HARD], ids=["none", "hard texts"])
def test_a_strict_reader_finds_every_reminder_once_as_a_whole_day(reminders):
    check(reminders)


@settings(deadline=None, max_examples=60)
@given(st.text(), st.text(), st.dates(date(1990, 1, 1), date(2100, 1, 1)))
def test_no_text_breaks_the_file(title, details, on):
    check([Reminder("k", on, title, details)])


def test_a_whole_day_is_told_as_a_date_and_wakes_nobody_before_nine():
    text = reminder_text(HARD[:1], STAMP)
    assert "DTSTART;VALUE=DATE:20261231\r\nDTEND;VALUE=DATE:20270101\r\n" in text
    assert "TRIGGER;RELATED=START:PT9H\r\n" in text and "TRANSP:TRANSPARENT\r\n" in text

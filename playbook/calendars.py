"""Calendar files (.ics, RFC 5545): the manager's week read from one, reminders written into one.

In: the text of a calendar, or days with a sentence.  Out: meetings of a span of days with their hours; or a file that
any calendar takes. Nothing is sent to anybody.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, tzinfo
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from playbook.atomic import write_beside
from playbook.escaping import plain, short_hash

REMINDERS = "commitments.ics"
_WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_LONGEST = timedelta(hours=16)  # what is longer is a trip or a holiday, not a meeting
_DURATION = re.compile(r"P(?:(\d+)W)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?")


@dataclass(frozen=True)
class Meeting:
    """One meeting on one day: its title, when it begins (as its own calendar says), and its length in hours."""

    title: str
    begins: datetime
    hours: float


@dataclass(frozen=True)
class Reminder:
    """A day with a sentence; `key` is the same for the same thing, so that a calendar replaces it."""

    key: str
    on: date
    title: str
    details: str = ""


def meetings(text: str, first: date, last: date) -> list[Meeting]:
    """The meetings from `first` to `last`, both included, in order.

    Repeated ones (daily, weekly, monthly on the same day) are counted each time; cancelled, all-day and free ones, and
    what lasts longer than 16 hours, are not. A rule that is not understood counts once.
    """
    entries = [e for e in _entries(text) if e.get("STATUS", ("", {}))[0].upper() != "CANCELLED"]
    moved = {(_value(e, "UID"), _moment(e["RECURRENCE-ID"])) for e in entries if "RECURRENCE-ID" in e}
    found = [m for entry in entries for m in _of(entry, first, last, moved)]
    return sorted(found, key=lambda m: (m.begins.isoformat(), m.title))


def read_calendar(file: Path) -> str:
    """The text of a calendar file; broken characters do not stop it."""
    return file.read_text(encoding="utf-8-sig", errors="replace")


def calendar_in(folder: Path) -> Path | None:
    """The calendar that somebody laid into `folder`, the first by name; the kit's own reminders are none."""
    found = sorted(f for f in folder.glob("*.ics") if f.name != REMINDERS)
    return found[0] if found else None


def write_reminders(file: Path, reminders: Iterable[Reminder], stamp: datetime) -> None:
    """Write all-day reminders, each with an alarm at nine that morning; the file appears whole or not at all."""
    with write_beside(file) as beside:
        beside.write_text(reminder_text(reminders, stamp), encoding="utf-8", newline="")


def reminder_text(reminders: Iterable[Reminder], stamp: datetime) -> str:
    """The text of a calendar with these reminders; `stamp` is when it was made."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Player to Coach//Commitments//EN", "CALSCALE:GREGORIAN"]
    for reminder in reminders:
        lines += [
            "BEGIN:VEVENT",
            f"UID:{short_hash(reminder.key)}-{short_hash(reminder.key, 'player-to-coach')}@player-to-coach",
            f"DTSTAMP:{stamp.astimezone(UTC):%Y%m%dT%H%M%SZ}",
            f"DTSTART;VALUE=DATE:{reminder.on:%Y%m%d}",
            f"DTEND;VALUE=DATE:{reminder.on + timedelta(days=1):%Y%m%d}",
            f"SUMMARY:{_escaped(reminder.title)}",
            *([f"DESCRIPTION:{_escaped(reminder.details)}"] if reminder.details else []),
            "TRANSP:TRANSPARENT",
            "CLASS:PRIVATE",
            "BEGIN:VALARM",
            "ACTION:DISPLAY",
            f"DESCRIPTION:{_escaped(reminder.title)}",
            "TRIGGER;RELATED=START:PT9H",
            "END:VALARM",
            "END:VEVENT",
        ]
    return "".join(f"{_folded(line)}\r\n" for line in [*lines, "END:VCALENDAR"])


Entry = dict[str, tuple[str, Mapping[str, str]]]


def _entries(text: str) -> Iterator[Entry]:
    """Each VEVENT as its properties; of one that is given several times (EXDATE) the values are joined."""
    entry: Entry | None = None
    inside = 0  # an alarm within an event has properties of its own
    for line in re.sub(r"\r?\n[ \t]", "", text).splitlines():
        name, parameters, value = _property(line)
        if name == "BEGIN":
            entry, inside = ({}, 0) if value.upper() == "VEVENT" else (entry, inside + 1)
        elif name == "END" and value.upper() == "VEVENT":
            if entry and "DTSTART" in entry:
                yield entry
            entry = None
        elif name == "END":
            inside -= 1
        elif entry is not None and inside == 0:
            before = entry.get(name)
            entry[name] = (f"{before[0]},{value}" if before and name == "EXDATE" else value, parameters)


def _property(line: str) -> tuple[str, Mapping[str, str], str]:
    head, _, value = line.partition(":")
    while head.count('"') % 2 and value:  # a colon inside a quoted parameter
        more, _, value = value.partition(":")
        head = f"{head}:{more}"
    name, *told = re.split(r';(?=(?:[^"]*"[^"]*")*[^"]*$)', head)
    pairs = (part.partition("=")[::2] for part in told)
    return name.strip().upper(), {key.upper(): given.strip('"') for key, given in pairs}, value.strip()


def _of(entry: Entry, first: date, last: date, moved: set[tuple[str, datetime | None]]) -> Iterator[Meeting]:
    begins = _moment(entry["DTSTART"])
    length = _length(entry, begins)
    if begins is None or length is None or _value(entry, "TRANSP").upper() == "TRANSPARENT":
        return
    title = plain(re.sub(r"\\([,;\\nN])", lambda m: " " if m[1] in "nN" else m[1], _value(entry, "SUMMARY")))
    left_out = {_moment((text, entry["EXDATE"][1])) for text in _value(entry, "EXDATE").split(",") if text}
    for at in _repeats(begins, _value(entry, "RRULE"), last):
        gone = at in left_out or ("RECURRENCE-ID" not in entry and (_value(entry, "UID"), at) in moved)
        if first <= at.date() <= last and not gone:
            yield Meeting(title, at, length / timedelta(hours=1))


def _length(entry: Entry, begins: datetime | None) -> timedelta | None:
    """How long an event lasts; None for all-day events and for what is no meeting."""
    if begins is None:
        return None
    ends = _moment(entry["DTEND"]) if "DTEND" in entry else None
    told = _DURATION.fullmatch(_value(entry, "DURATION"))
    if ends is not None and (ends.tzinfo is None) == (begins.tzinfo is None):
        length = ends - begins
    elif told and any(told.groups()):
        weeks, days, hours, minutes, seconds = (int(part or 0) for part in told.groups())
        length = timedelta(weeks=weeks, days=days, hours=hours, minutes=minutes, seconds=seconds)
    else:
        return None
    return length if timedelta(0) < length <= _LONGEST else None


def _moment(told: tuple[str, Mapping[str, str]]) -> datetime | None:
    """A date-time in its own time zone; None for a day without a time."""
    text, parameters = told
    match = re.fullmatch(r"(\d{8})T(\d{6})(Z?)", text.strip())
    if not match:
        return None
    try:
        at = datetime.strptime(match[1] + match[2], "%Y%m%d%H%M%S")
    except ValueError:
        return None
    return at.replace(tzinfo=UTC if match[3] else _zone(parameters.get("TZID", "")))


def _zone(name: str) -> tzinfo | None:
    """The time zone, or none: then the time counts as it stands, which is what a person reads in the calendar."""
    try:
        return ZoneInfo(name) if name else None
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return None


def _repeats(begins: datetime, rule: str, last: date) -> Iterator[datetime]:
    """The beginnings up to `last`, by the clock on the wall; only rules that every calendar writes are followed."""
    told = dict(part.partition("=")[::2] for part in rule.upper().split(";") if part)
    step = max(1, int(told.get("INTERVAL", "1")) if told.get("INTERVAL", "1").isdecimal() else 1)
    most = int(told["COUNT"]) if told.get("COUNT", "").isdecimal() else None
    until = _until(told.get("UNTIL", ""), begins)
    for n, day in enumerate(_days(begins.date(), told, step, last)):
        at = begins.replace(year=day.year, month=day.month, day=day.day)
        if (most is not None and n >= most) or (until is not None and day > until) or day > last:
            return
        yield at


def _days(first: date, told: Mapping[str, str], step: int, last: date) -> Iterator[date]:
    """The days of a rule from `first` on, until they pass `last`."""
    every = told.get("FREQ", "")
    if every == "DAILY":
        yield from _each(first, timedelta(days=step), last)
    elif every == "WEEKLY":
        asked = [d for d in told.get("BYDAY", "").split(",") if d in _WEEKDAYS] or [_WEEKDAYS[first.weekday()]]
        monday = first - timedelta(days=first.weekday())
        for week in _each(monday, timedelta(weeks=step), last):
            days = (week + timedelta(days=_WEEKDAYS.index(day)) for day in sorted(asked, key=_WEEKDAYS.index))
            yield from (day for day in days if day >= first)
    elif every == "MONTHLY" and not told.keys() & {"BYDAY", "BYSETPOS"}:
        months = range(first.year * 12 + first.month - 1, last.year * 12 + last.month, step)
        yield from (d for m in months if (d := _same_day(m, first.day)) is not None)
    else:
        yield first


def _each(first: date, step: timedelta, last: date) -> Iterator[date]:
    day = first
    while day <= last:
        yield day
        day += step


def _same_day(month: int, day: int) -> date | None:
    try:
        return date(month // 12, month % 12 + 1, day)
    except ValueError:
        return None


def _until(text: str, begins: datetime) -> date | None:
    moment = _moment((text, {}))
    if moment is not None:
        return (moment.astimezone(begins.tzinfo) if moment.tzinfo and begins.tzinfo else moment).date()
    return datetime.strptime(text, "%Y%m%d").date() if re.fullmatch(r"\d{8}", text) else None


def _value(entry: Entry, name: str) -> str:
    return entry[name][0] if name in entry else ""


def _escaped(text: str) -> str:
    return re.sub(r"([\\;,])", r"\\\1", plain(text))


def _folded(line: str) -> str:
    """A line in pieces of at most 75 bytes, never cut inside a character."""
    pieces: list[str] = []
    piece = ""
    for character in line:
        if len((piece + character).encode()) > (75 if not pieces else 74):
            pieces.append(piece)
            piece = ""
        piece += character
    return "\r\n ".join([*pieces, piece])

"""Calendar files (.ics, RFC 5545): the manager's week read from one, reminders written into one.

In: the text of a calendar, or days with a sentence.  Out: meetings of a span of days with their hours; or a file that
any calendar takes. Nothing is sent to anybody. icalendar reads and writes the text; decision 0018 says why.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from pathlib import Path
from typing import Any

from playbook.atomic import write_beside
from playbook.escaping import plain, short_hash
from playbook.recurrences import MOST_EFFORT, Effort, NotLaidOut, fits_a_time_zone, times_between
from playbook.workbook import REMINDERS

_LONGEST = timedelta(hours=16)  # what is longer is a trip or a holiday, not a meeting
_MOST_ZONES = 50  # that a calendar defines; each takes a moment to lay out
_COMPONENT = re.compile(r"^BEGIN:(VTIMEZONE|VEVENT)[ \t]*$.*?^END:\1[ \t]*$", re.IGNORECASE | re.MULTILINE | re.DOTALL)

_BEGINS = re.compile(r"^DTSTART\b.*:(\d{8})", re.IGNORECASE | re.MULTILINE)
_OFTEN = re.compile(r"^(RRULE|RDATE|RECURRENCE-ID)\b", re.IGNORECASE | re.MULTILINE)
_FOLD = re.compile(r"\n[ \t]")
_ANY_RULE = re.compile(r"^[ \t]*(?:RRULE|EXRULE)\b(.*)$", re.IGNORECASE | re.MULTILINE)
_A_DAY = timedelta(days=1)

Event = Mapping[str, Sequence[Any]]  # a property's name → what icalendar reads of it, each time that it is given


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


@dataclass(frozen=True)
class Meetings:
    """What a calendar holds in a span of days: the meetings in order, and the titles of those that count once only.

    Of the latter the rule by which they repeat cannot be read, is no meeting's, or takes too long to lay out.
    """

    held: list[Meeting]
    counted_once: list[str]


def meetings(text: str, first: date, last: date) -> Meetings:
    """The meetings from `first` to `last`, both included.

    Repeated ones are counted each time, by the clock on the wall where they are held; cancelled, all-day and free ones,
    and what lasts longer than 16 hours, are not.
    """
    events = list(_events(text, first, last))
    replaced: dict[str, list[datetime | date]] = defaultdict(list)
    for event in events:
        if (instead_of := _day_or_moment(event, "RECURRENCE-ID")) is not None:
            replaced[_text(event, "UID")].append(instead_of)
    held: list[Meeting] = []
    counted_once, effort = [], Effort(MOST_EFFORT)
    for event in events:
        begins = _day_or_moment(event, "DTSTART")
        if _takes_no_time(event) or not isinstance(begins, datetime) or not _length(event, begins):
            continue
        try:
            repeats = _repeats(event, begins, first, last, effort)
        except NotLaidOut:
            repeats = set()
            counted_once.append(plain(_text(event, "SUMMARY")))
        held += _held(event, begins, repeats, (first, last), replaced[_text(event, "UID")])
    return Meetings(sorted(held, key=lambda meeting: (meeting.begins.isoformat(), meeting.title)), counted_once)


def read_calendar(file: Path) -> str:
    """The text of a calendar file; broken characters do not stop it."""
    return file.read_text(encoding="utf-8-sig", errors="replace")


def calendar_in(folder: Path) -> Path | None:
    """The calendar that somebody laid into `folder`, the first by name; the kit's own reminders are none."""
    calendars = sorted(f for f in folder.glob("*.ics") if f.name != REMINDERS)
    return calendars[0] if calendars else None


def write_reminders(file: Path, reminders: Iterable[Reminder], stamp: datetime) -> None:
    """Write all-day reminders, each with an alarm at nine that morning; the file appears whole or not at all."""
    with write_beside(file) as beside:
        beside.write_text(reminder_text(reminders, stamp), encoding="utf-8", newline="")


def reminder_text(reminders: Iterable[Reminder], stamp: datetime) -> str:
    """The text of a calendar with these reminders; `stamp` is when it was made."""
    import icalendar

    calendar = icalendar.Calendar()
    calendar.add("VERSION", "2.0")
    calendar.add("PRODID", "-//Player to Coach//Commitments//EN")
    calendar.add("CALSCALE", "GREGORIAN")
    for reminder in reminders:
        event, alarm = icalendar.Event(), icalendar.Alarm()
        event.add("UID", f"{short_hash(reminder.key)}-{short_hash(reminder.key, 'player-to-coach')}@player-to-coach")
        event.add("DTSTAMP", stamp.astimezone(UTC))
        event.add("DTSTART", reminder.on)
        event.add("DTEND", reminder.on + _A_DAY)
        event.add("SUMMARY", plain(reminder.title))
        if reminder.details:
            event.add("DESCRIPTION", plain(reminder.details))
        event.add("TRANSP", "TRANSPARENT")
        event.add("CLASS", "PRIVATE")
        alarm.add("ACTION", "DISPLAY")
        alarm.add("DESCRIPTION", plain(reminder.title))
        alarm.add("TRIGGER", timedelta(hours=9), parameters={"RELATED": "START"})
        event.add_component(alarm)
        calendar.add_component(event)
    return calendar.to_ical(sorted=False).decode()


def _events(text: str, first: date, last: date) -> Iterator[Event]:
    """The events of a calendar that can be read and that may fall between these days.

    One that is broken costs no other. Time zones that the calendar defines come first in it, so they are known below.
    """
    import icalendar  # takes as long as the rest of a chapter's imports, and most workbooks hold no calendar

    zones = 0
    for component in _COMPONENT.finditer(text.replace("\r\n", "\n").replace("\r", "\n")):
        if component[1].upper() == "VEVENT":
            if _lies_elsewhere(component.group(), first, last):
                continue
        elif (zones := zones + 1) > _MOST_ZONES or not _changes_clocks_yearly(component.group()):
            continue
        try:
            read = icalendar.Component.from_ical(component.group().encode(), multiple=True)
        except (ValueError, LookupError, TypeError, AttributeError):
            continue
        for event in (c for c in read if c.name == "VEVENT"):
            lists = {name: value if isinstance(value, list) else [value] for name, value in event.items()}
            yield {n: [v for v in values if not isinstance(v, icalendar.vBroken)] for n, values in lists.items()}


def _lies_elsewhere(event: str, first: date, last: date) -> bool:
    """Whether an event happens once, and so far from these days that no time zone brings it near; quick to tell."""
    begins = _BEGINS.findall(event)
    around = f"{first - _A_DAY:%Y%m%d}", f"{last + _A_DAY:%Y%m%d}"
    return bool(begins) and not _OFTEN.search(event) and not any(around[0] <= day <= around[1] for day in begins)


def _changes_clocks_yearly(zone: str) -> bool:
    """Whether all rules of a time zone are such as time zones have; others would be laid out without bounds."""
    lines = _FOLD.sub("", zone).splitlines()  # as dateutil cuts them: at more than line feeds
    rules = _ANY_RULE.findall("\n".join(lines))
    return all(rule.startswith(":") and fits_a_time_zone(rule[1:].strip()) for rule in rules)


def _takes_no_time(event: Event) -> bool:
    return _text(event, "STATUS").upper() == "CANCELLED" or _text(event, "TRANSP").upper() == "TRANSPARENT"


def _held(
    event: Event,
    begins: datetime,
    repeats: set[datetime],
    span: tuple[date, date],
    replaced: Sequence[datetime | date],
) -> Iterator[Meeting]:
    """The meetings that an event stands for; of a repeated one, without those that another event is held instead of."""
    length = _length(event, begins) or timedelta()
    zone = begins.tzinfo
    extra = (_on_the_wall(day, zone) for day in _several(event, "RDATE"))
    times = {begins.replace(tzinfo=None), *repeats, *(at for at in extra if isinstance(at, datetime))}
    left_out = _several(event, "EXDATE") + list(() if "RECURRENCE-ID" in event else replaced)
    gone = {_on_the_wall(moment, zone) for moment in left_out}
    for at in times:
        if span[0] <= at.date() <= span[1] and at not in gone and at.date() not in gone:
            yield Meeting(plain(_text(event, "SUMMARY")), at.replace(tzinfo=zone), length / timedelta(hours=1))


def _length(event: Event, begins: datetime) -> timedelta | None:
    """How long an event lasts; None for what is no meeting."""
    ends, length = _day_or_moment(event, "DTEND"), getattr(_one(event, "DURATION"), "dt", None)
    if isinstance(ends, datetime) and (ends.tzinfo is None) == (begins.tzinfo is None):
        length = ends - begins
    return length if isinstance(length, timedelta) and timedelta(0) < length <= _LONGEST else None


def _repeats(event: Event, begins: datetime, first: date, last: date, effort: Effort) -> set[datetime]:
    """When an event is repeated in a span of days, as its rule says, by the clock on the wall."""
    from icalendar import vRecur

    if (rule := _one(event, "RRULE")) is None:
        return set()
    if not isinstance(rule, vRecur):
        raise NotLaidOut
    ends = {_on_the_wall(until, begins.tzinfo) for until in rule.get("UNTIL", [])}
    until = [d if isinstance(d, datetime) else datetime.combine(d, time.max) for d in ends]
    try:
        written = vRecur({**rule, **({"UNTIL": until} if until else {})}).to_ical().decode()
    except (ValueError, TypeError) as error:
        raise NotLaidOut from error
    days = datetime.combine(first, time.min), datetime.combine(last, time.max)
    return set(times_between(written, begins.replace(tzinfo=None), *days, effort))


def _on_the_wall(moment: datetime | date, zone: tzinfo | None) -> datetime | date:
    """A moment as a clock on the wall of `zone` shows it; where no zone is known, as it stands. A day stays one."""
    if not isinstance(moment, datetime):
        return moment
    return (moment.astimezone(zone) if moment.tzinfo and zone else moment).replace(tzinfo=None)


def _day_or_moment(event: Event, name: str) -> datetime | date | None:
    value = getattr(_one(event, name), "dt", None)
    return value if isinstance(value, date) else None  # a datetime is one as well


def _several(event: Event, name: str) -> list[datetime | date]:
    """The days and moments of a property that lists them and may stand several times; of periods, their beginnings."""
    moments = [moment.dt for dates in event.get(name, ()) for moment in dates.dts]
    return [moment[0] if isinstance(moment, tuple) else moment for moment in moments]


def _one(event: Event, name: str) -> Any:
    """A property's value, the first where it stands several times against the rules."""
    return next(iter(event.get(name, ())), None)


def _text(event: Event, name: str) -> str:
    return str(_one(event, name) or "")

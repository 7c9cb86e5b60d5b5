"""One event of a journal: who said what about which question, when. Events are added, never changed.

In: what a person typed.  Out: a line of text that says it, and back. A subject names the question for good: the sheet,
whom or what it is about, the question, each part safe from what another part holds.
"""

import json
import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from urllib.parse import quote, unquote

ANSWER, COMMITMENT, CIRCUMSTANCE = "answer", "commitment", "circumstance"
UNDONE = "undone"  # its value is the id of an event that no longer counts
ERASED = "erased"  # left behind where a person was erased; names nobody
_LONGEST_FIELD = 5_000  # a subject with three ids in it, each letter written as %XX, is shorter
_DEEPEST = 20  # an answer is a text or a number; what erasing leaves behind is one level deep
_FIRST_YEAR, _LAST_YEAR = 1971, 9998  # a day before or after still has a neighbour in any time zone
_FIELDS = ("id", "at", "author", "kind", "subject", "value")

Value = str | int | float | bool | None | dict | list


class Unreadable(ValueError):
    """A line that is no event: torn while it was written, or damaged since."""


@dataclass(frozen=True, slots=True)
class Event:
    """`at` is the moment in UTC (ISO 8601, milliseconds), `value` what JSON can hold; None empties an answer."""

    id: str
    at: str
    author: str
    kind: str
    subject: str
    value: Value

    @property
    def moment(self) -> datetime:
        """When it was said, in UTC."""
        at = datetime.fromisoformat(self.at)
        return at.astimezone(UTC) if at.tzinfo else at.replace(tzinfo=UTC)


def new_event(kind: str, subject: str, value: Value, *, author: str, now: datetime | None = None) -> Event:
    """An event with an id of its own; `now` is the clock unless given."""
    moment = (now or datetime.now(UTC)).astimezone(UTC)
    at = moment.isoformat(timespec="milliseconds").replace("+00:00", "Z")
    return Event(secrets.token_hex(8), at, author, kind, subject, value)


def subject_of(*parts: str) -> str:
    """The subject of a question, as `conversation/r1/slippage/saw`: a slash inside a part is no border."""
    return "/".join(quote(part, safe=" ()+:@") for part in parts)


def parts_of(subject: str) -> list[str]:
    """What `subject_of` was made from."""
    return [unquote(part) for part in subject.split("/")]


def as_line(event: Event) -> bytes:
    """The event as one line of a journal file, with its end."""
    return as_json({name: getattr(event, name) for name in _FIELDS}).encode() + b"\n"


def as_json(value: object, *, indent: int | None = None) -> str:
    """`value` as JSON that can be encoded: its letters as they are, unless half of a character pair is among them."""
    text = json.dumps(value, ensure_ascii=False, indent=indent)
    try:
        text.encode()
    except UnicodeEncodeError:  # some keyboards and exports produce one
        return json.dumps(value, indent=indent)
    return text


def from_line(line: bytes) -> Event:
    """The event in one line.

    Raises
    ------
    Unreadable : if the line is no event.
    """
    try:
        fields = json.loads(line)
        event = Event(**{name: fields[name] for name in _FIELDS})
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise Unreadable(str(error)) from None
    check(event)
    return event


def check(event: Event) -> None:
    """Make sure of everything about an event but its value, which only its question can judge.

    Raises
    ------
    Unreadable : if a field is no text or no moment that a calendar holds; it would surface later, far from its line.
    """
    for name in _FIELDS[:-1]:
        text = getattr(event, name)
        if not isinstance(text, str) or len(text) > _LONGEST_FIELD:
            raise Unreadable(f"{name} is not a text of a field's length")
        try:
            text.encode()  # half of a character pair cannot be written anywhere
        except UnicodeEncodeError as error:
            raise Unreadable(f"{name}: {error}") from None
    if _depth(event.value) > _DEEPEST:
        raise Unreadable("the value is nested too deeply")
    try:
        year = event.moment.year
    except (ValueError, OverflowError) as error:
        raise Unreadable(f"at: {error}") from None
    if not _FIRST_YEAR <= year <= _LAST_YEAR:
        raise Unreadable("at lies in no year of this kit")


def _depth(value: Value) -> int:
    depth, level = 0, [value]
    while level := [inside for item in level for inside in _inside(item)]:
        depth += 1
    return depth


def _inside(value: Value) -> Iterable[Value]:
    return value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()

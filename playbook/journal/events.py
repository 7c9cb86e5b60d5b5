"""One event of a journal: who said what about which question, when. Events are added, never changed.

In: what a person typed.  Out: a line of text that says it, and back. A subject names the question for good: chapter,
form, question, and whom it is about, each part safe from what another part holds.
"""

import json
import secrets
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from urllib.parse import quote, unquote

ANSWER, COMMITMENT = "answer", "commitment"
UNDONE = "undone"  # its value is the id of an event that no longer counts
ERASED = "erased"  # left behind where a person was erased; names nobody
_FIELDS = ("id", "at", "author", "kind", "subject", "value")

Value = str | int | float | bool | None | dict | list


class Unreadable(ValueError):
    """A line that is no event: torn while it was written, or damaged since."""


@dataclass(frozen=True)
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
        return datetime.fromisoformat(self.at)


def new_event(kind: str, subject: str, value: Value, *, author: str, now: datetime | None = None) -> Event:
    """An event with an id of its own; `now` is the clock unless given."""
    moment = (now or datetime.now(UTC)).astimezone(UTC)
    at = moment.isoformat(timespec="milliseconds").replace("+00:00", "Z")
    return Event(secrets.token_hex(8), at, author, kind, subject, value)


def subject_of(*parts: str) -> str:
    """The subject of a question, as `06/scores/r1/stage`; a slash inside a part is told from one between two."""
    return "/".join(quote(part, safe=" ()+:@") for part in parts)


def parts_of(subject: str) -> list[str]:
    """What `subject_of` was made from."""
    return [unquote(part) for part in subject.split("/")]


def as_line(event: Event) -> bytes:
    """The event as one line of a journal file, with its end."""
    told = asdict(event)
    try:
        text = json.dumps(told, ensure_ascii=False, allow_nan=False).encode()
    except UnicodeEncodeError:  # half of a character pair, which some keyboards and exports produce
        text = json.dumps(told, allow_nan=False).encode()
    return text + b"\n"


def from_line(line: bytes) -> Event:
    """The event in one line.

    Raises
    ------
    Unreadable : if the line is no event.
    """
    try:
        told = json.loads(line)
        event = Event(**{name: told[name] for name in _FIELDS})
        event.moment  # noqa: B018  a time that is none would surface later, far from its line
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise Unreadable(str(error)) from None
    if not all(isinstance(getattr(event, name), str) for name in _FIELDS[:-1]):
        raise Unreadable("a field is not a text")
    return event

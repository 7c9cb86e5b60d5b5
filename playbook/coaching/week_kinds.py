"""Hours of a calendar sorted into the kinds of `your_week`, by the words in a meeting's title.

In: meetings.  Out: hours a week by kind. A title that says nothing counts as an internal meeting, and is listed, for
the manager to sort: a word in a title is a guess, not knowledge.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from playbook.coaching.time_budget import COACHING, KINDS_OF_HOURS

(_, LISTENING, OWN_DEALS, REPS_DEALS, FORECAST, ADMINISTRATION, INTERNAL, PEOPLE) = KINDS_OF_HOURS
# The first kind with a word of the title in it; words are looked for at the beginning of a word.
_WORDS = (
    (COACHING, r"1:1|1-1|1on1|one.on.one|1 to 1|coach|role.?play|debrief|skill|development talk"),
    (PEOPLE, r"interview|hiring|candidate|onboarding|performance review|recruit|\bhr\b|ramp"),
    (FORECAST, r"forecast|pipeline|report|dashboard|commit call|qbr|numbers"),
    (LISTENING, r"ride.?along|call listening|listen|shadow"),
    (REPS_DEALS, r"deal review|deal desk|deal support|escalation|war room|deal strategy"),
    (ADMINISTRATION, r"approval|expense|admin|contract|legal|discount|pricing|email|crm clean"),
    (OWN_DEALS, r"customer|client|demo|prospect|negotiation|proposal|discovery|kick.?off|closing"),
    (INTERNAL, r"team meeting|all.?hands|stand.?up|sync|staff|weekly|training|town hall|planning"),
)


@dataclass(frozen=True)
class Sorted:
    """`hours` a week by kind, in the order of KINDS_OF_HOURS; `unsorted` are the titles that said nothing."""

    hours: dict[str, float]
    unsorted: tuple[str, ...]


def sort_hours(meetings: Iterable[tuple[str, float]], weeks: float, names: Sequence[str] = ()) -> Sorted:
    """Hours a week by kind, from (title, hours) over `weeks`. A title with only a rep's name in it is a 1:1."""
    hours = dict.fromkeys(KINDS_OF_HOURS, 0.0)
    unsorted = set()
    for title, length in meetings:
        kind = kind_of(title, names)
        if kind is None:
            unsorted.add(title or "(without a title)")
        hours[kind or INTERNAL] += length / weeks
    return Sorted(hours, tuple(sorted(unsorted)))


def kind_of(title: str, names: Sequence[str] = ()) -> str | None:
    """The kind that a title tells, or None."""
    for kind, words in _WORDS:
        if re.search(rf"(?<!\w)(?:{words})", title, re.IGNORECASE):
            return kind
    known = [re.escape(name) for name in names if name.strip()]
    if known and re.search(rf"(?<!\w)(?:{'|'.join(known)})(?!\w)", title, re.IGNORECASE):
        return COACHING
    return None

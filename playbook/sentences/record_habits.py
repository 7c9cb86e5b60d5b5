"""How the record is kept, in words: each habit's name, a rule to agree on, and what the rep gains by it.

In: rows of `records.record_rows.RecordRow`.  Out: sentences, each template once. No blame and no score: a habit of the
record has its reasons, and one rule is agreed on at a time.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from playbook import wording
from playbook.sentences.record_sentences import shows


@dataclass(frozen=True)
class RecordHabit:
    """A habit of the record: its `name` as a clause, a `rule` to agree on as another, and what a rep gains by it."""

    name: str
    rule: str
    gain: str


_CLOSE = "a deal is closed on the day on which it is known to be lost"
_ENTER = "a deal is entered after the first real conversation"
_STAGES = "a deal is moved on the day on which it moves, and everybody enters the same stages"
HABITS: Mapping[str, RecordHabit] = {
    "closing_lag": RecordHabit(
        "lost deals are closed weeks after their last sign of life",
        _CLOSE,
        "The list of open deals is short, and holds what can still be won.",
    ),
    "closed_in_bulk": RecordHabit(
        "lost deals are closed many on a day", _CLOSE, "No half day at the end of the month goes into tidying up."
    ),
    "left_open": RecordHabit(
        "old deals that nobody works on stand open",
        "a deal without a sign of life for sixty days is closed, and may be opened again",
        "The deal review is about deals that live.",
    ),
    "lost_copies": RecordHabit(
        "copies of deals are closed as lost",
        "a copy is merged or deleted, and not closed as lost",
        "What was never lost no longer counts as lost.",
    ),
    "entered_late": RecordHabit(
        "deals are entered when they have come far",
        _ENTER,
        "The early work counts, and nobody else claims the customer.",
    ),
    "done_before_entry": RecordHabit(
        "deals are entered after work on them began",
        _ENTER,
        "The early work counts, and nobody else claims the customer.",
    ),
    "stages_left_out": RecordHabit(
        "stages on the way are never entered", _STAGES, "Nobody asks for an update that the CRM could give."
    ),
    "stages_on_one_day": RecordHabit(
        "several stages are entered on one day", _STAGES, "Nobody asks for an update that the CRM could give."
    ),
    "dates_left_behind": RecordHabit(
        "close dates pass and are left as they are",
        "a close date is moved in the talk in which it changes",
        "No deal stands on the list of overdue ones, and the forecast talk is short.",
    ),
    "wins_without_activity": RecordHabit(
        "wins have hardly any logged activity",
        "mail and calendar are synced, and what they miss is logged once a week",
        "The work shows without being typed in twice.",
    ),
    "entered_in_parts": RecordHabit(
        "one sale is entered as several deals", "one sale is one deal", "A large deal is seen as the large deal it is."
    ),
}
_RULE = "If it gets in the way, agree on one rule: {rule}. {gain}"
_SHARED = "With {reps} of your {of} reps {name}."
_FOR_OPERATIONS = "With {reps} of {of} reps {name}. One rule for all would help: {rule}."


def differs(trait: str, value: float, usual: float) -> str:
    """`79% of the deals begin in a later stage (usual: 3%).`; empty where there is no number."""
    clause = shows(trait, value, usual)
    return f"{wording.upper_first(clause)}." if clause else ""


def one_rule(trait: str) -> str:
    """A rule to agree on, and what whoever sells gains by it."""
    habit = HABITS[trait]
    return _RULE.format(rule=habit.rule, gain=habit.gain)


def shared(trait: str, reps: int, of: int) -> str:
    """With how many of a team it is so."""
    return _SHARED.format(reps=reps, of=of, name=HABITS[trait].name)


def for_operations(trait: str, reps: int, of: int) -> str:
    """With how many of a company it is so, and which rule for all would help; for whoever runs the CRM."""
    habit = HABITS[trait]
    return _FOR_OPERATIONS.format(reps=reps, of=of, name=habit.name, rule=habit.rule)

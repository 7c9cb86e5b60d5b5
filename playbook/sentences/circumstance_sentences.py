"""What people know beside the data, in words: an entry, and the verdicts that it touches, both readings side by side.

In: entries (`playbook.circumstances`) and rows of the finding `circumstances`.  Out: whole sentences.
"""

import pandas as pd

from playbook import wording
from playbook.circumstances import ASK_FIRST, Circumstance
from playbook.coaching.driver_levels import level, level_range
from playbook.diagnosis.circumstance_rows import CircumstanceRow
from playbook.drivers.registry import label_of

VERDICTS = {
    "coach": "something to coach",
    "ask_first": "ask first",
    "watch": "a sign to watch",
    "strength": "a strength",
    "no_evidence": "nothing stands out",
    "too_little_data": "too little data to say",
    "team_wide": "the whole team shows it",
    "not_comparable": "no comparable peers",
    "disputed": "disputed",
}
_IN_WORDS = {  # of each kind, with {detail}
    "part_time": "part time ({detail})",
    "leave": "leave",
    "new_in_job": "came from another job",
    "territory_changed": "the territory changed",
    "deals_handed_over": "deals were shared or handed over",
    "account_gone": "the account {detail} is gone",
    "crm_not_kept": "the CRM is not kept for {detail}",
}
_NOTHING_RESTS_ON_IT = "No verdict on {name} rests on it."
_ALONE = "{driver}. As the data stands alone: {level}, {verdict}."
_TAKEN = "With this taken into account: {level}, where {usual} would be usual; {verdict}."
_TAKEN_WITHOUT_RANGE = "With this taken into account: {level}; {verdict}."
_ASK = "With this taken into account: {verdict}, as no measure can tell how much of it this makes."
_NOTHING_ELSE, _NOTHING_MOVES = "Nothing else changes.", "No verdict changes by it."
_AT_ONCE = "{driver}, today “{verdict}”. With this taken into account: {level} instead of {before}."
_AT_ONCE_UNMEASURED = "{driver}, today “{verdict}”. With this taken into account it is measured anew."
_AT_ONCE_ASK = "{driver}, today “{verdict}”. With this taken into account: ask first."


def in_words(entry: Circumstance) -> str:
    """An entry without its note: `part time (50%), from 1 Jan 2026`."""
    what = _IN_WORDS[entry.kind].format(detail=entry.detail)
    first, last = (None if pd.isna(day) else wording.day(day) for day in (entry.starts_on, entry.ends_on))
    days = {
        (True, True): "{what}, {first} to {last}",
        (True, False): "{what}, from {first}",
        (False, True): "{what}, until {last}",
        (False, False): "{what}",
    }[first is not None, last is not None]
    return days.format(what=what, first=first, last=last)


def both_readings(rows: list[CircumstanceRow], name: str, currency: str) -> list[str]:
    """What one entry changes: a line per driver in which a verdict or a level moves, and one for the others."""
    touched = [row for row in rows if row.driver]
    if not touched:
        return [_NOTHING_RESTS_ON_IT.format(name=name)]
    moved = [row for row in touched if _moves(row, currency)]
    lines = [wording.paragraph(_without(row, currency), _with(row, currency)) for row in moved]
    if not moved:
        return [_NOTHING_MOVES]
    return [*lines, *([_NOTHING_ELSE] if len(moved) < len(touched) else [])]


def at_once(driver: str, verdict: str, bears: str, before: float, after: float, currency: str) -> str:
    """What an entry that no build knows yet will change in one driver; `before` and `after` are own levels."""
    words = {"driver": label_of(driver), "verdict": VERDICTS[verdict]}
    if bears == ASK_FIRST:
        return _AT_ONCE_ASK.format(**words)
    if pd.isna(after) or level(driver, after, currency) == level(driver, before, currency):
        return _AT_ONCE_UNMEASURED.format(**words)
    return _AT_ONCE.format(level=level(driver, after, currency), before=level(driver, before, currency), **words)


def _moves(row: CircumstanceRow, currency: str) -> bool:
    if row.bears == ASK_FIRST:
        return row.verdict_with == "ask_first" != row.verdict_without
    if row.verdict_without != row.verdict_with:
        return True
    return not pd.isna(row.seen_with) and level(row.driver, row.seen_with, currency) != level(
        row.driver, row.seen_without, currency
    )


def _without(row: CircumstanceRow, currency: str) -> str:
    return _ALONE.format(
        driver=label_of(row.driver),
        level=_level(row.driver, row.seen_without, currency),
        verdict=VERDICTS[row.verdict_without],
    )


def _with(row: CircumstanceRow, currency: str) -> str:
    verdict = VERDICTS[row.verdict_with]
    if row.bears == ASK_FIRST:
        return _ASK.format(verdict=verdict)
    seen = _level(row.driver, row.seen_with, currency)
    if pd.isna(row.usual_low):
        return _TAKEN_WITHOUT_RANGE.format(level=seen, verdict=verdict)
    usual = level_range(row.driver, row.usual_low, row.usual_high, currency)
    return _TAKEN.format(level=seen, usual=usual, verdict=verdict)


def _level(driver: str, value: float, currency: str) -> str:
    return "nothing to measure" if pd.isna(value) else level(driver, value, currency)

"""What else could make a difference, in words: what stands out in how the record is kept, what to ask, what would tell.

In: facts of the record and of what was tested.  Out: clauses and sentences, each template once. No blame: a habit of
the record has its reasons, and is agreed on, not corrected.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from playbook import wording
from playbook.circumstances import KNOWN
from playbook.diagnosis.diagnosis_rows import RESULTS_HOLD


@dataclass(frozen=True)
class Way:
    """One way in which a difference could come about: its name, what to ask, and what would tell."""

    name: str
    ask: str
    tells: str


WAYS: Mapping[str, Way] = {
    "late_closing": Way("late closing", "when a lost deal is closed", "the last mail in three lost deals"),
    "bulk_closing": Way("closing in bulk", "on which days lost deals are closed", "the last mail in three lost deals"),
    "stale_open_deals": Way("deals left open", "which open deals are over", "a walk through the oldest open deals"),
    "late_entry": Way("late entry", "when a deal is entered, and from which stage on", "the first mail in three deals"),
    "early_filtering": Way(
        "filtering before entry", "what is talked to and never entered", "two weeks of the calendar beside the deals"
    ),
    "backdated_entry": Way("backdated entry", "which day is entered as the first", "the first mail in three deals"),
    "unused_stage": Way("a stage that is not used", "which stages are used, and why", "three deals, stage by stage"),
    "jumped_stages": Way(
        "stages moved in one go", "when stages are brought up to date", "three won deals, stage by stage"
    ),
    "dates_not_kept": Way(
        "dates that others do not keep", "when a close date is moved", "how late the last wins of all came in"
    ),
    "categories_not_kept": Way(
        "categories not kept alike", "what a commit means to each", "the commits of the team, one by one"
    ),
    "activities_not_logged": Way(
        "a log that is not complete", "what is logged, and what syncs", "one week of the calendar beside the log"
    ),
    RESULTS_HOLD: Way(
        "results that hold", "which contacts moved a deal, and what is not logged", "one week of the calendar"
    ),
    "split_deals": Way("deals entered in parts", "when one sale becomes several deals", "three sales, as invoiced"),
    "amount_units": Way(
        "another unit of amounts", "in which unit amounts are typed", "three amounts beside the orders"
    ),
    "owner_change": Way("a change of owner", "who worked these deals", "the names in three deals' mails"),
    "handover": Way("deals handed over", "who owns a deal after it is passed on", "where three of the own leads went"),
    "part_time": Way("part time", "which share of a week there is to sell", "the quota and the contract"),
    "absence": Way("time away", "which weeks were off", "the calendar"),
    "tenure": Way("the first months in this job", "since when these customers are theirs", "the first own deal"),
    "other_system": Way("deals kept elsewhere", "which deals are not in this CRM", "the other list"),
    "job": Way("another kind of job", "what the title stands for here", "what others of this title show"),
    "one_account": Way("one large account", "what happened at the largest account", "the numbers without it"),
    "unusual_colleague": Way("an unusual colleague", "who is unlike the rest", "the numbers without them"),
    "inherited": Way("deals taken over", "which deals were somebody else's", "the names in three deals' mails"),
    "duplicates_closed": Way("copies closed as lost", "which lost deals were copies", "deals of the same name"),
}
# What the record shows, with {value} and {usual} in the trait's own unit.
_SHOWS: Mapping[str, str] = {
    "closing_lag": "lost deals are closed {value} days after their last sign of life (usual: {usual})",
    "closed_in_bulk": "{value} of the lost deals are closed three or more on a day (usual: {usual})",
    "left_open": "{value} of the quiet old deals stand open (usual: {usual})",
    "lost_copies": "{value} of the lost deals have a twin of the same name (usual: {usual})",
    "entered_late": "{value} of the deals begin in a later stage (usual: {usual})",
    "done_before_entry": "on {value} of the deals something was done before they were entered (usual: {usual})",
    "days_to_first_sign": "the first thing on a deal comes {value} weeks after its first day (usual: {usual})",
    "stages_left_out": "{value} of the stages on the way are never entered (usual: {usual})",
    "stages_on_one_day": "{value} of the stages are entered and left on one day (usual: {usual})",
    "edits_on_one_weekday": "{value} of all changes fall on one weekday (usual: {usual})",
    "dates_left_behind": "{value} of the deals outlive their close date by two weeks (usual: {usual})",
    "categories_used": "{value} of the wins were ever called best case or commit (usual: {usual})",
    "wins_without_activity": "{value} of the wins have one logged activity at most (usual: {usual})",
    "logged_away_from_deals": "{value} activities a week are logged away from deals (usual: {usual})",
    "unit_of_amounts": "the middle amount is {value} (usual: {usual})",
    "entered_in_parts": "{value} of the deals look like parts of one (usual: {usual})",
    "round_sums": "{value} of the amounts are whole thousands (usual: {usual})",
    "worked_by_others": "{value} of the work on these deals was somebody else's (usual: {usual})",
    "works_for_others": "{value} of the own work is on deals that others own now (usual: {usual})",
    "owns_wins": "{value} of the own closed deals are wins (usual: {usual})",
    "share_of_a_quota": "the quota is {value} of the usual one",
    "weeks_not_at_work": "in {value} of the weeks there is no trace of work (usual: {usual})",
    "title_of_few": "the title is one that few others have",
    "largest_account": "the largest account holds {value} of the deals (usual: {usual})",
    "deals_per_activity": "{value} deals are opened for each logged activity (usual: {usual})",
    "deals_per_quota": "the deals opened come to {value} times the quota (usual: {usual})",
    "wins_of_those_opened": "of the deals that were opened more are won than usual ({value}; usual: {usual})",
    "wins_of_those_entered": "of the deals that were there, as many are won as usual ({value}; usual: {usual})",
}
# What people said, by kind of circumstance.
_CIRCUMSTANCE_CLAUSES: Mapping[str, str] = {
    "part_time": "this is part time",
    "leave": "there was leave",
    "new_in_job": "this job is a new one",
    "territory_changed": "the territory changed",
    "deals_handed_over": "deals were shared or handed over",
    "account_gone": "an account is gone",
    "crm_not_kept": "not everything is kept in the CRM",
}
_ASK_OF_NOTED: Mapping[str, str] = {
    "territory_changed": "Ask which of these deals came with the territory; the numbers without them would tell.",
    "deals_handed_over": "Ask which of these deals came from whom; the names in three deals' mails would tell.",
    "crm_not_kept": "Ask where it is kept instead; that list beside the CRM would tell.",
}
_RESULTS_HOLD = "But no result that can be compared falls short of theirs, so less may be enough."
_NOTED = "But it was noted that {what}, and that alone could make it."
_OF_OTHERS = re.compile(r"\s\(usual: \{usual\}\)|;\susual: \{usual\}")
_NAMED_FIRST = ("late_closing", "late_entry", "part_time", "one_account", "unused_stage", "activities_not_logged")
_MOST_NAMED = 6
_LOGS = ("logged_away_from_deals", "owns_wins", "share_of_a_quota", "deals_per_activity", "deals_per_quota")
_PLAIN = ("closing_lag", "days_to_first_sign", "wins_of_those_opened", "wins_of_those_entered")
_SHARES_OF_LOGS = ("owns_wins", "share_of_a_quota")


def shows(trait: str, value: float, usual: float) -> str:
    """The clause of what the record shows: `79% of the deals begin in a later stage (usual: 3%)`; empty if none."""
    template = _SHOWS.get(trait, "")
    if not template or not np.isfinite(value):
        return ""
    if not np.isfinite(usual):  # nothing to compare with, or nothing that may be told of others
        template = _OF_OTHERS.sub("", template)
    return template.format(value=_amount(trait, value), usual=_amount(trait, usual))


def may_be(way: str, trait: str, value: float, usual: float) -> str:
    """The sentence that a difference may be how the record is kept, with its numbers."""
    if trait.startswith(KNOWN):
        return _NOTED.format(what=_CIRCUMSTANCE_CLAUSES[trait.removeprefix(KNOWN)])
    if way == RESULTS_HOLD:
        return _RESULTS_HOLD
    seen = shows(trait, value, usual)
    return f"But {seen or WAYS[way].name}, and that alone could make it."


def to_ask(way: str, trait: str = "") -> str:
    """The sentence of what to ask, and what would tell; of what people noted, by its kind."""
    if noted := _ASK_OF_NOTED.get(trait.removeprefix(KNOWN)):
        return noted
    return f"Ask {WAYS[way].ask}; {WAYS[way].tells} would tell."


def ruled_out(keys: Sequence[str]) -> str:
    """`Ruled out: late closing, part time and one large account.`; empty if nothing was.

    Of many the usual ones are named, and the others counted.
    """
    first = [key for key in _NAMED_FIRST if key in keys]
    named = [*first, *(key for key in keys if key not in first)][:_MOST_NAMED]
    names = [WAYS[key].name for key in named]
    more = len(keys) - len(named)
    return f"Ruled out: {wording.listing([*names, f'{more} more'] if more else names)}." if keys else ""


def not_testable(keys: Sequence[str]) -> str:
    """What this export cannot show; empty if all was tested."""
    return f"This export cannot show: {wording.listing([WAYS[key].name for key in keys])}." if keys else ""


def _amount(trait: str, value: float) -> str:
    if not np.isfinite(value):
        return "not known"
    if trait in _LOGS:
        return wording.share(np.exp(value)) if trait in _SHARES_OF_LOGS else wording.number(float(np.exp(value)), 1)
    if trait == "unit_of_amounts":
        return f"{10**value:,.0f}"
    return wording.number(value, 0 if value >= 10 else 1) if trait in _PLAIN else wording.share(value)

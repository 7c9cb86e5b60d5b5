"""The catalogue of tables and columns: what each is called in a sentence, how to ask for it, what it switches on.

A thing is named as `Company.has` names it: `quotas`, or `people.hired_on`. Whoever says that something is missing (the
import report, a chapter, the page of a batch) says it in these words. What a driver needs stands with the driver.
The short labels of menus and of kinds of files are `crm.headings.fields`: most fields of an export are no column here.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Entry:
    """One table or column: `called` is what a sentence lacks or needs, `ask_for` what to ask an administrator for.

    A CRM's own words for what to ask for stand in its mapping (`[ask_for]`), and go before these.
    """

    called: str
    ask_for: str


@dataclass(frozen=True)
class Section:
    """A part of the workbook that is off without what it needs: all of `needs`, or with `any_will_do` one of them.

    Where any will do, the first is the one to ask for.

    `what` is the part as a sentence names it, `chapters` the keys of those that show it.
    """

    what: str
    chapters: tuple[str, ...]
    needs: tuple[str, ...]
    any_will_do: bool = False

    def lacks(self, missing: Callable[[Sequence[str]], list[str]]) -> list[str]:
        """For want of what the section is off, nothing if it is on; `missing` tells of needs which are not there."""
        lacking = missing(self.needs)
        if not self.any_will_do:
            return lacking
        return lacking[:1] if len(lacking) == len(self.needs) else []


CATALOGUE: Mapping[str, Entry] = {
    "people": Entry("the list of people", "a list of your people"),
    "people.person_id": Entry("people's ids", "a list of your people with their ids"),
    "people.name": Entry("people's names", "a list of your people with their names"),
    "people.role": Entry("who sells and who leads", "a list of your people with what each one's role is"),
    "people.job": Entry("people's jobs", "a list of your people with each one's job"),
    "people.manager_id": Entry(
        "each person's manager",
        "a list of your people with a column for each one's manager (name and manager are enough)",
    ),
    "people.territory": Entry("people's territories", "a list of your people with each one's territory"),
    "people.segment": Entry("whom people sell to", "a list of your people with the segment that each one serves"),
    "people.hired_on": Entry(
        "the day on which each person was hired", "a list of your people with the day on which each one was hired"
    ),
    "people.left_on": Entry(
        "the day on which somebody left", "a list of your people, with those who left and the day on which they did"
    ),
    "people.promoted_on": Entry(
        "the day on which somebody became a manager", "a list of your people with the day on which each began to lead"
    ),
    "people.active": Entry("who is still here", "a list of your people that says who is still here"),
    "opportunities": Entry("deals", "the deals: owner, stage, amount, day created, day closed"),
    "opportunities.opportunity_id": Entry("the deals' ids", "the id of each deal"),
    "opportunities.rep_id": Entry("the owner of each deal", "the owner of each deal"),
    "opportunities.account": Entry("the customers", "the customer of each deal"),
    "opportunities.name": Entry("names of deals", "the name of each deal"),
    "opportunities.segment": Entry("the customers' segments", "the segment of each deal's customer"),
    "opportunities.region": Entry("the customers' regions", "the region of each deal's customer"),
    "opportunities.source": Entry("the source of each deal", "the lead source of each deal"),
    "opportunities.product": Entry("products", "the product of each deal"),
    "opportunities.kind": Entry("which deals are new and which renewals", "the type of each deal"),
    "opportunities.pipeline": Entry("the pipeline of each deal", "the pipeline of each deal"),
    "opportunities.stage": Entry("the stage of each deal", "the stage of each deal"),
    "opportunities.outcome": Entry(
        "whether a deal is open, won or lost", "won, lost and open deals, with what became of each"
    ),
    "opportunities.amount": Entry("the amounts of deals", "the amount of each deal"),
    "opportunities.list_amount": Entry("list prices", "the list price of each deal beside the price paid"),
    "opportunities.discount": Entry(
        "discounts or list prices",
        "the discount of each deal, or its list price beside the price paid",
    ),
    "opportunities.created_on": Entry("the day on which each deal was created", "the creation date of each deal"),
    "opportunities.closed_on": Entry("the day on which each deal closed", "the close date of each deal"),
    "opportunities.expected_close_on": Entry(
        "the expected close dates of open deals", "the expected close date of each open deal"
    ),
    "opportunities.lost_to": Entry("to whom deals were lost", "whom each lost deal was lost to"),
    "opportunities.lost_reason": Entry("reasons for losses", "the reason of each lost deal"),
    "opportunities.competitor": Entry("competitors of lost deals", "the competitor of each lost deal"),
    "opportunities.forecast_category": Entry("forecast categories", "the forecast category of each open deal"),
    "opportunities.next_step": Entry("the next step of each open deal", "the next step of each open deal"),
    "opportunities.taken_over": Entry(
        "which deals were taken over", "who created each deal, or a history of its owners"
    ),
    "stages": Entry("the list of stages", "a list of your stages in their order"),
    "stages.pipeline": Entry("the pipeline of each stage", "a list of your stages with the pipeline of each"),
    "stages.stage": Entry("the names of the stages", "a list of your stages by name"),
    "stages.position": Entry("the order of the stages", "a list of your stages in their order"),
    "stages.probability": Entry("the probability of each stage", "a list of your stages with their probabilities"),
    "stages.outcome": Entry("which stages mean won or lost", "a list of your stages that says which mean won or lost"),
    "stage_history": Entry(
        "stage history (when each deal entered each stage)",
        "the stage history: one row per deal and stage, with the day on which it was entered",
    ),
    "stage_history.opportunity_id": Entry(
        "which step belongs to which deal", "the stage history with the deal's id in each row"
    ),
    "stage_history.step": Entry("the order of the steps of a deal", "the stage history with day and time of each step"),
    "stage_history.stage": Entry("which stage was entered", "the stage history with the stage in each row"),
    "stage_history.entered_on": Entry(
        "the day on which each stage was entered", "the stage history with the day on which each stage was entered"
    ),
    "stage_history.amount": Entry(
        "the history of amounts", "the stage history with the amount of the deal at each change"
    ),
    "stage_history.expected_close_on": Entry(
        "the history of expected close dates", "the stage history with the expected close date at each change"
    ),
    "stage_history.forecast_category": Entry(
        "the history of forecast categories", "the stage history with the forecast category at each change"
    ),
    "activities": Entry("activities (calls, meetings and tasks)", "calls, meetings and tasks with owner and date"),
    "activities.rep_id": Entry("who did each activity", "activities with the owner of each"),
    "activities.opportunity_id": Entry("which activity belongs to which deal", "activities with the deal of each"),
    "activities.kind": Entry("the kind of each activity", "activities with the kind of each: call, meeting, task"),
    "activities.on": Entry("the day of each activity", "activities with the day of each"),
    "activities.minutes": Entry("how long activities took", "activities with how long each one took"),
    "quotas": Entry("quotas", "the quotas: person, period, amount"),
    "quotas.rep_id": Entry("whose quota it is", "the quotas with the person of each"),
    "quotas.starts_on": Entry("when a quota begins", "the quotas with the period of each"),
    "quotas.ends_on": Entry("when a quota ends", "the quotas with the period of each"),
    "quotas.amount": Entry("the amounts of quotas", "the quotas with the amount of each"),
    "quotas.unit": Entry("what quotas are counted in", "the quotas, in money or in deals"),
    "coaching_log": Entry(
        "the log of coaching sessions", "a log of coaching: a table with manager, rep, day, minutes and focus"
    ),
    "coaching_log.manager_id": Entry("who coached", "the log of coaching sessions with the manager of each"),
    "coaching_log.rep_id": Entry("who was coached", "the log of coaching sessions with the rep of each"),
    "coaching_log.on": Entry("the day of each coaching session", "the log of coaching sessions with the day of each"),
    "coaching_log.kind": Entry("the kind of coaching", "the log of coaching sessions with the kind of each"),
    "coaching_log.minutes": Entry("how long coaching took", "the log of coaching sessions with the minutes of each"),
    "coaching_log.focus": Entry("what was coached", "the log of coaching sessions with what each was about"),
}

# What the workbook shows beyond the drivers, whose own files say what they need.
SECTIONS: Mapping[str, Section] = {
    "workbooks": Section("a workbook for each manager", (), ("people.manager_id",)),
    "coaching_so_far": Section("your coaching so far", ("your_week",), ("coaching_log",)),
    "period": Section("the month and the quarter", ("where_revenue_comes_from",), ("opportunities.closed_on",)),
    "money": Section("what won and open deals are worth", ("where_revenue_comes_from",), ("opportunities.amount",)),
    "due": Section("the sum of what is due", ("where_revenue_comes_from",), ("opportunities.expected_close_on",)),
    "committed": Section(
        "the split into committed and best case", ("where_revenue_comes_from",), ("opportunities.forecast_category",)
    ),
    "quotas": Section(
        "the comparison with quotas",
        ("where_revenue_comes_from",),
        ("quotas", "opportunities.closed_on", "opportunities.amount"),
    ),
    "ages": Section(
        "the age of open deals, and new pipeline", ("where_revenue_comes_from",), ("opportunities.created_on",)
    ),
    "passed_dates": Section(
        "which open deals are past their date", ("where_revenue_comes_from",), ("opportunities.expected_close_on",)
    ),
    "pushed_dates": Section(
        "which open deals were pushed", ("where_revenue_comes_from",), ("stage_history.expected_close_on",)
    ),
    "leaks": Section("where deals leak", ("why_deals_are_lost",), ("stage_history", "stages.position")),
    "losses": Section(
        "what was said about lost deals",
        ("why_deals_are_lost",),
        ("opportunities.lost_reason", "opportunities.competitor", "opportunities.lost_to"),
        any_will_do=True,
    ),
    "reasons": Section("losses by reason", ("why_deals_are_lost",), ("opportunities.lost_reason",)),
    "sources": Section("the win rate by source", ("why_deals_are_lost",), ("opportunities.source",)),
    "segments": Section(
        "comparing reps who serve the same customers by segment",
        ("why_deals_are_lost", "each_rep"),
        ("opportunities.segment",),
    ),
    "new_in_the_job": Section("allowing for people who are new in the job", ("each_rep",), ("people.hired_on",)),
    "who_is_new": Section("who is new", ("your_new_role", "the_improvement_plan"), ("people.hired_on",)),
    "sessions": Section("what was kept so far", ("holding_people_to_it",), ("coaching_log",)),
    "effect": Section("whether coaching helped", ("holding_people_to_it",), ("coaching_log",)),
}

# The order in which a gap is worth closing.
WORTH_CLOSING = ("people.manager_id", "stage_history", "quotas", "opportunities.created_on", "activities")


def called(need: str) -> str:
    """What a table or column is called in a sentence: `the order of the stages`."""
    return CATALOGUE[need].called


def briefly_called(need: str) -> str:
    """The same without what explains it in brackets."""
    return called(need).partition(" (")[0]


def to_ask_for(need: str) -> str:
    """What to ask for, wherever the reader stands: `the close date of each deal`."""
    return CATALOGUE[need].ask_for


def briefly_to_ask_for(need: str) -> str:
    """The same without what it holds: `the quotas`."""
    return to_ask_for(need).partition(":")[0]


def export_to_ask_for(need: str, in_a_crm: Iterable[Mapping[str, str]] = ()) -> str:
    """What to ask an administrator to export; the words of the first CRM that has some go before ours.

    Parameters
    ----------
    in_a_crm : the `[ask_for]` of the mappings in use: need → words.
    """
    own = to_ask_for(need)
    if need.startswith("opportunities."):
        own = f"{own}, as one more column of the same export"
    return next((words[need] for words in in_a_crm if need in words), own)

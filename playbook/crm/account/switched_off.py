"""What the imported data cannot say, what each gap switches off, and the one export to ask for next."""

from dataclasses import dataclass

from playbook.company import Company
from playbook.crm.headings.mapping import Mapping, generic
from playbook.drivers.registry import DRIVERS


@dataclass(frozen=True)
class Off:
    """Something that is off for want of data: what it is, and what it would need, in words."""

    what: str
    needs: str


_SAID = {
    "stage_history": "stage history (when each deal entered each stage)",
    "stages.position": "the order of the stages",
    "activities": "calls, meetings and tasks",
    "quotas": "quotas",
    "coaching_log": "a log of coaching sessions",
    "people.manager_id": "each person's manager",
    "people.hired_on": "the day on which each person was hired",
    "opportunities.created_on": "the day on which each deal was created",
    "opportunities.closed_on": "the day on which each deal closed",
    "opportunities.amount": "amounts",
    "opportunities.discount": "discounts or list prices",
    "opportunities.expected_close_on": "expected close dates of open deals",
    "opportunities.segment": "the customers' segments",
    "opportunities.source": "the source of each deal",
    "opportunities.lost_reason": "reasons for losses",
    "opportunities.forecast_category": "forecast categories",
    "stage_history.expected_close_on": "the history of expected close dates",
    "stage_history.forecast_category": "the history of forecast categories",
}

# Sections of the chapters beyond the drivers: what they show, and what they need.
_SECTIONS = (
    ("a workbook for each manager", ("people.manager_id",)),
    ("attainment and coverage of quota (chapter 03)", ("quotas",)),
    ("revenue by month and quarter (chapter 03)", ("opportunities.closed_on", "opportunities.amount")),
    ("which open deals are due when (chapter 03)", ("opportunities.expected_close_on",)),
    ("committed against won (chapter 03)", ("opportunities.forecast_category",)),
    ("losses by reason (chapter 04)", ("opportunities.lost_reason",)),
    ("losses by source (chapter 04)", ("opportunities.source",)),
    ("comparing reps who serve the same customers by segment (chapters 04 and 05)", ("opportunities.segment",)),
    ("allowing for people who are new in the job (chapters 05 and 07)", ("people.hired_on",)),
    ("whether coaching helped (chapter 08)", ("coaching_log",)),
)

# The order in which a gap is worth closing, and what to ask for.
_NEXT = (
    ("people.manager_id", "people_managers"),
    ("stage_history", "stage_history"),
    ("quotas", "quotas"),
    ("opportunities.created_on", "opportunities_created"),
    ("activities", "activities"),
)


def switched_off(company: Company) -> list[Off]:
    """Each driver and section that is off, in the order of the chapters."""
    lacking = [(what, company.missing(needs)) for what, needs in _SECTIONS]
    lacking += [(f"the driver {driver.label!r}", driver.lacks(company.missing)) for driver in DRIVERS.values()]
    return [
        Off(what, ", ".join(dict.fromkeys(_SAID.get(n, n) for n in missing))) for what, missing in lacking if missing
    ]


def next_export(company: Company, mappings: list[Mapping]) -> str:
    """The export that would switch on most, named as the CRM in use names it; empty if nothing is missing."""
    for need, asked in _NEXT:
        if not company.has(need):
            said = next((m.ask_for[asked] for m in [*mappings, generic()] if asked in m.ask_for), "")
            gives = _SAID[need].partition(" (")[0]
            return said if gives in said else f"{said} (it gives {gives})"
    return ""

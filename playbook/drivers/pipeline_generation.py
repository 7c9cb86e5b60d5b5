"""New pipeline: how many deals a rep opens, week by week."""

from collections.abc import Iterator

from playbook.drivers.driver import OPENED, PER_WEEK, Aspect, Driver
from playbook.drivers.price import in_proportion
from playbook.metrics.observations import COUNTS, WEEK_TRAITS, DealsToCompare, Observations
from playbook.metrics.rep_weeks import pipeline_weeks


def _measure(deals: DealsToCompare) -> Iterator[Observations]:
    if deals.company.has("opportunities.created_on"):
        yield Observations(DRIVER.key, COUNTS, pipeline_weeks(deals.company, deals.as_of), WEEK_TRAITS)


DRIVER = Driver(
    key="pipeline_generation",
    label="New pipeline",
    order=10,
    measure=_measure,
    needs=("opportunities.created_on",),
    unit=PER_WEEK,
    level_unit=PER_WEEK,
    higher_is_better=True,
    margin=0.20,
    relative_margin=True,
    fewest=8,
    fewest_deals=10,
    counts="week",
    aspects=(
        Aspect(
            counted="weeks of data",
            one="week",
            many="weeks",
            fact="{level} deals a week were opened over {n} weeks.",
        ),
    ),
    price=in_proportion,
    wins_of=OPENED,
    look_at="their calendar of the last two weeks: when do they open new conversations, and with whom?",
    sensitive_to=(
        "late_entry",  # a deal that is entered late, or only once it looks good, was never opened
        "early_filtering",
        "backdated_entry",
        "split_deals",
        "duplicates_closed",
        "handover",  # whoever passes a deal on has opened it, and does not own it
        "owner_change",
        "inherited",
        "part_time",
        "absence",
        "tenure",
        "other_system",
        "job",
        "unusual_colleague",
    ),
)

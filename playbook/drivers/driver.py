"""What a driver's file must hold: one thing that can stop a rep closing, and everything that depends on which it is.

A file `playbook/drivers/<key>.py` defines `DRIVER`; beside it stand its play (`plays/<key>.md`) and their tests. No
other file names a driver's key to decide anything.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

import pandas as pd

from playbook.drivers.showing import RecentDeals
from playbook.metrics.observations import DealsToCompare, Observations

SHARE, MONEY, DAYS, PER_WEEK, PER_DEAL, RATIO = "share", "money", "days", "per week", "per deal", "ratio"
# Of which deals the wins must be fewer, too, where a driver is weak: those opened, or those that reached its stage.
OPENED, REACHED = "opened", "reached"

# How a rep's record may be kept, and what may be their circumstances: each can make a difference that is not theirs.
SENSITIVITIES = frozenset(
    {
        "late_closing",  # lost deals are closed days or weeks after they were lost
        "bulk_closing",  # they are closed together, once a month or quarter
        "stale_open_deals",  # or never
        "late_entry",  # deals are entered when they have come far, or look good
        "backdated_entry",  # or with a day on which nobody had entered them
        "unused_stage",  # a stage that this rep never uses
        "jumped_stages",  # stages that are passed on one day
        "dates_not_kept",  # expected close dates are not moved when they should be (or are, by few)
        "categories_not_kept",  # forecast categories are not used, or kept by few
        "activities_not_logged",
        "split_deals",  # one sale is entered as several
        "amount_units",  # amounts in thousands, per month, or in another currency
        "owner_change",  # whoever owns a deal at its end did not lead it, or the other way round
        "handover",  # deals are passed on by those who open them, or after they were won
        "part_time",
        "absence",
        "tenure",  # new in this job, if not in the company
        "other_system",  # most of this rep's deals stand elsewhere
        "job",  # a kind of selling of its own
        "one_account",  # much hangs on one customer
        "unusual_colleague",  # a single person moves what is usual
        "inherited",  # deals taken over from somebody else
        "duplicates_closed",  # copies of deals were closed as lost
        "early_filtering",  # what others lose, this rep never enters
    }
)


@dataclass(frozen=True, kw_only=True)
class Aspect:
    """One way in which a driver is measured, and how that is said. Most drivers have one, whose `key` is empty.

    `key` is the aspect of its observations. `counted` says what n counts (`weeks of data`), `one` and `many` the same
    where some more of them are waited for (`week`, `weeks`).
    `fact` tells a rep's own level in a sentence, with {n}, {level}, {hits} (of shares: how many of n) and {name} (of a
    driver that comes by name, as each stage's conversion does). `counts_the_rest`: {hits} are those whose value is 0.
    `each` says of shares what a row is that counts as 1.
    `label` is the driver's name for this aspect, where it differs; `over_time` the same above a curve of quarters.
    `look_at` replaces the driver's, `stands` the sentence about a rep's own share in a plan.
    `second`: each rep has the first aspect and this one, and is judged by one of them.
    """

    key: str = ""
    counted: str
    one: str
    many: str
    fact: str
    counts_the_rest: bool = False
    each: str = ""
    label: str = ""
    over_time: str = ""
    look_at: str = ""
    stands: str = "{name} stands at {level} of {known}."
    second: bool = False


Measure = Callable[[DealsToCompare], Iterable[Observations]]
Price = Callable[[pd.Series, pd.Series], pd.Series]


@dataclass(frozen=True, kw_only=True)
class Driver:
    """One thing that can stop a rep closing.

    What it is: `key` (the file's name), `label`, `order` (its place on every page).
    How it is measured: `measure` gives its observations, none where the data does not hold them; `needs` are the tables
    and columns without which it is off, unless one of `enough` is there; with all of `instead_of` another driver
    stands in its place. `by_name`: it comes once for each of something, as `stage:Discovery`; `label_by_name` and
    `short_by_name` are then its labels, with {name}.
    How it is said: `unit` of a difference, `level_unit` of a level; `aspects`, the first for where none is told.
    `counts` is what n counts, a deal or a week; `counted_in_all` the same for all aspects together, where the first
    does not say it. `signed`: its levels may lie below zero.
    What matters: `margin` is the smallest difference from like-for-like peers that is worth a manager's hour, in
    `unit`; with `relative_margin` a share of the peers' own level. `fewest` is the rep's own n below which nothing is
    said. `price` says by which share the rep's revenue would rise at the peers' level, from the level expected of the
    rep and the difference from it; without one it costs nothing that could be told.
    What else could make it: `sensitive_to` names traits of a record and circumstances (`SENSITIVITIES`);
    `closes_late`: it is nobody's where everybody closes in a quarter's last month. `wins_of`: of which deals (OPENED,
    REACHED) fewer must be won where it is weak; empty where wins do not tell.
    Where to look: `look_at`, and `deals_that_show_it` with a column `why`, the ones to show first; none where no single
    deal shows it.
    `fewest_deals`: the rep's own deals below which nothing is said, where n counts weeks: whoever owns a handful may
    have another task.
    `is_input`: it counts what somebody puts in, and what comes of it is counted by other drivers. Where none of those
    is behind peers, it is asked about and not coached.
    `sums_up`: it is followed over time where nothing else stands out.
    How it is coached: by the play of its key; one that comes by name may have several, and `play_by_name` chooses among
    `plays` by the name and its place on the way (0 the first, 1 the last; None where that is not known).

    Raises
    ------
    ValueError : if a sensitivity is not one of SENSITIVITIES, or there is no aspect.
    """

    key: str
    label: str
    order: int
    measure: Measure
    needs: tuple[str, ...]
    unit: str
    level_unit: str
    higher_is_better: bool
    margin: float
    fewest: int
    aspects: tuple[Aspect, ...]
    look_at: str
    sensitive_to: tuple[str, ...]
    relative_margin: bool = False
    fewest_deals: int = 0
    counts: str = "deal"
    counted_in_all: str = ""
    price: Price | None = None
    deals_that_show_it: Callable[[RecentDeals], pd.DataFrame] | None = None
    enough: tuple[str, ...] = ()
    instead_of: tuple[str, ...] = ()
    by_name: bool = False
    label_by_name: str = "{name}"
    short_by_name: str = "{name}"
    signed: bool = False
    closes_late: bool = False
    wins_of: str = ""
    is_input: bool = False
    sums_up: bool = False
    plays: tuple[str, ...] = ()
    play_by_name: Callable[[str, float | None], str] | None = None

    def __post_init__(self) -> None:
        if unknown := sorted(set(self.sensitive_to) - SENSITIVITIES):
            raise ValueError(f"driver {self.key}: sensitive_to holds {', '.join(unknown)}, not in SENSITIVITIES")
        if not self.aspects:
            raise ValueError(f"driver {self.key}: it has no aspect")

    @property
    def counted(self) -> str:
        """What n counts, whichever aspect it is."""
        return self.counted_in_all or self.aspects[0].counted

    def aspect(self, key: str) -> Aspect:
        """The aspect of this key; the first where it is empty.

        Raises
        ------
        ValueError : if the driver has no such aspect.
        """
        if not key:
            return self.aspects[0]
        for aspect in self.aspects:
            if aspect.key == key:
                return aspect
        raise ValueError(f"driver {self.key} has no aspect {key!r}")

    def counted_as(self, aspect: str) -> str:
        """What n counts where it is known which aspect that is; else what all of them count."""
        return self.aspect(aspect).counted if aspect else self.counted

    def replaced(self, has: Callable[..., bool]) -> bool:
        """Whether another driver stands in its place; `has` tells of tables and columns whether all are there."""
        return bool(self.instead_of) and has(*self.instead_of)

    def lacks(self, missing: Callable[[Sequence[str]], list[str]]) -> list[str]:
        """Which of its needs the data does not hold; `missing` tells it of any. Nothing where it is replaced."""
        if self.replaced(lambda *needs: not missing(needs)) or any(not missing([other]) for other in self.enough):
            return []
        return missing(self.needs)

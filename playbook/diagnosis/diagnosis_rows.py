"""The columns of the findings `diagnosis` and `company_wide`: facts only, from which `sentences` renders what is read.

Apart from the modules that make them: chapters load no statistics library.
"""

from typing import NamedTuple

FEWEST_PEERS = 5  # with fewer, a comparison is none
RESULTS_HOLD = "results_hold"  # a way: less is put in than peers do, and no result is behind theirs
TEAM, QUARTER_END = "team", "quarter_end"  # who else shows it, where a verdict is `team_wide`


class DiagnosisRow(NamedTuple):
    """One row of `diagnosis`: a rep and a driver, the verdict, and the facts that are its reason."""

    manager_id: str
    rep_id: str
    driver: str
    stage: str | None
    verdict: str
    priority: int  # within one rep, 1 first
    probability: float  # of a difference beyond the driver's margin; missing where nothing is compared
    effect: float  # rep less peers in `unit`, best estimate
    low: float  # 90% range of it
    high: float
    peers: int  # people in the comparison
    unit: str  # of effect, low, high
    n: int  # the rep's own deals (or weeks) that are compared; all of them where nothing is compared
    own_n: int  # all of them, those included of which others have too few of the like
    value_at_stake: float  # money per quarter; missing where the verdict is none to act on
    aspect: str  # which measure of the driver was compared; empty where it has one
    value: float  # of `total`, how many count as 1; both missing where no share of deals is counted
    total: float
    seen: float  # the rep's own level (`levels`)
    usual_low: float  # where nine of ten ordinary reps land with this n, by luck alone; missing without a comparison
    usual_high: float
    more: int  # how many more deals (or weeks) would tell; 0 where none are waited for
    deals: int  # that the rep owns, open or closed
    sells: bool  # whether the title is a seller's
    ramping: bool  # still in the time in which everybody ramps
    shared_by: str  # TEAM or QUARTER_END where the verdict is team_wide, else empty
    mates: int  # others of the own team that were looked at
    way: str | None  # where the verdict is ask_first: how else it could come about (a driver's `sensitive_to`)
    way_trait: str | None  # the trait of the record that shows it
    way_value: float  # the rep's, in the trait's scale
    way_usual: float  # what is usual among like colleagues
    could_make_it: str | None  # of differences that stand out: the ways that could make it, by commas
    ruled_out: str | None  # those that could not
    not_testable: str | None  # those that this export cannot show


class Pattern(NamedTuple):
    """One row of `company_wide`: a group of deals whose win rate stands apart with everybody."""

    pattern: str  # the trait by which deals are grouped: quarter_end, segment …
    group: str  # which group of it
    driver: str  # win_rate
    seen: float  # the group's win rate, 0 to 1
    others: float  # that of all other deals
    low: float  # 95% range of the group's win rate
    high: float
    n: int  # closed deals of the group
    q: float  # expected share of false ones among all that are as sure as this (Benjamini and Hochberg 1995)


class FalseAlarms(NamedTuple):
    """How many people were accused in `companies` of one shape in which nobody differs."""

    companies: int
    people: int  # judged in at least one driver, all companies together
    accused: int  # of them, called `coach` in at least one
    low: float  # 95% range of the share
    high: float

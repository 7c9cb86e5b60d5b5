"""One plain sentence per verdict, fit to be said aloud to the rep: n, the comparison, its range, what to look at.

In: judged rows with verdicts, and their levels.  Out: a sentence each. No sentence names a person, and none says why
something is so: the data shows where, only observing shows why.
"""

import math

import pandas as pd

from playbook import wording
from playbook.diagnosis.evidence import FEWEST_PEERS
from playbook.drivers.driver import DAYS, MONEY, SHARE, Driver
from playbook.drivers.registry import driver_of, name_in
from playbook.drivers.win_rate import LATE_IN_THE_QUARTER
from playbook.metrics.jobs import NOT_SELLING
from playbook.metrics.observations import MEANS, SHARES

_POWER = 2.8  # standard errors between two means for 80% power at two-sided 5%


def sentences(rows: pd.DataFrame, levels: pd.DataFrame, currency: str = "") -> list[str]:
    """The sentence of each row of `rows`; `levels` has the same order."""
    pairs = zip(rows.itertuples(index=False), levels.itertuples(index=False), strict=True)
    return [_sentence(row, level, currency) for row, level in pairs]


def units_needed(row: object, difference: float) -> int:
    """How many deals (or weeks) it takes to tell a difference of so many margins from luck, four times out of five."""
    own = row.scatter if row.family == MEANS else row.expected * (1 - row.expected if row.family == SHARES else 1)
    per_unit = own * row.inflation / (row.total / row.n)
    return math.ceil(per_unit * (_POWER / (abs(difference) * row.margin)) ** 2)


def _sentence(row: object, level: object, currency: str) -> str:
    driver = driver_of(row.driver)
    if row.verdict == "too_little_data":
        return _too_little(row, driver)
    if row.verdict == "not_comparable":
        return _not_comparable(row, level, driver, currency)
    fact = f"{_own(row, level, currency)}; with deals like these, {_peers(row, level, currency)}"
    if row.verdict == "coach":
        return f"{fact}, and luck hardly explains that; to see why, look at {_look_at(row, driver)}."
    if row.verdict == "watch":
        return f"{fact}; it may be luck{_more(row, row.best)}; until then, look at {_look_at(row, driver)}."
    if row.verdict == "strength":
        return f"{fact}, and luck hardly explains that: a strength to ask about and to share."
    if row.verdict == "team_wide":
        return f"{fact}, {_shared(row)}, so look at process, product and leads before any one person."
    if row.low > 0 or row.high < 0:
        return f"{fact}: a difference too small, or not sure enough, to act on."
    return f"{fact}: nothing here that luck would not bring."


def _look_at(row: object, driver: Driver) -> str:
    """What to look at, without a question mark that would end the sentence twice; of forecasts, on the side at hand."""
    return (driver.aspect(row.aspect).look_at or driver.look_at).removesuffix("?")


def _shared(row: object) -> str:
    if row.shared_by == "quarter_end":
        return f"and {LATE_IN_THE_QUARTER}"
    return f"and the {wording.count(int(row.mates), 'other')} of the team lie on the same side"


def _too_little(row: object, driver: object) -> str:
    if row.n == 0:
        if row.ramping:
            return "Still in the first half year, in which everybody ramps: nothing is compared yet."
        return f"There are no {_what_counts(row, driver)} to look at in this export."
    if row.n >= driver.fewest and row.deals < driver.fewest_deals:
        owned = wording.count(int(row.deals), "deal is theirs", "deals are theirs").replace("no ", "No ")
        return f"{owned}: whoever owns so few may have another task, so ask what they work on before you compare."
    needed = driver.fewest
    if row.expected == row.expected and row.total > 0:
        needed = max(needed, min(units_needed(row, 2.0), 10 * driver.fewest))
    more = max(needed - row.n, driver.fewest - row.n, 1)
    ramping = " since the first half year" if row.ramping else ""
    return (
        f"{_counted(row, driver)}{ramping}: too few to tell skill from luck; "
        f"about {_rounded(more)} more would begin to tell."
    )


def _not_comparable(row: object, level: object, driver: object, currency: str) -> str:
    own = _own(row, level, currency)
    if row.job == NOT_SELLING:
        return f"{own}; the title is not a seller's, so ask what they work on: nothing is compared."
    if row.peers < FEWEST_PEERS:
        others = {0: "nobody else does", 1: "only 1 other does"}.get(int(row.peers), f"only {int(row.peers)} others do")
        return f"{own}; {others} the same job with enough deals, and a fair comparison needs {FEWEST_PEERS}."
    return f"{own}; hardly anybody else sells the like, so there is no fair comparison."


def _counted(row: object, driver: object) -> str:
    """`only 3 won deals`, with the singular where it is one."""
    n = int(row.n)
    counted = _what_counts(row, driver)
    counted = counted if n != 1 else counted.replace("deals", "deal").replace("weeks", "week")
    return f"Only {n} {counted}"


def _what_counts(row: object, driver: object) -> str:
    """What the n of a row counts, by the aspect of the driver that was looked at."""
    return driver.counted_in_all or driver.counted_as(row.aspect)


def _more(row: object, difference: float) -> str:
    more = units_needed(row, difference) - row.n
    what = f"{driver_of(row.driver).counts}s"
    return f", and about {_rounded(more)} more {what} will tell" if more > 0 else ", and the next quarter will tell"


def _rounded(more: float) -> str:
    return str(int(more)) if more <= 20 else f"{round(more / 10) * 10:,.0f}"


def _own(row: object, level: object, currency: str) -> str:
    driver = driver_of(row.driver)
    aspect = driver.aspect(row.aspect)
    if row.family == SHARES:
        n = round(row.total)
        hits = n - round(row.value) if aspect.counts_the_rest else round(row.value)
        return aspect.fact.format(hits=hits, n=n, name=name_in(row.driver))
    return aspect.fact.format(level=_level(driver, level.seen, currency), n=int(row.n), name=name_in(row.driver))


def _peers(row: object, level: object, currency: str) -> str:
    peers = f"{wording.count(int(row.peers), 'peer')}"
    driver = driver_of(row.driver)
    if row.family == SHARES:
        ends = (level.peer_low, level.peer_high)
        ends = (1 - ends[1], 1 - ends[0]) if driver.aspect(row.aspect).counts_the_rest else ends
        low, high = math.ceil(ends[0] * row.total - 1e-9), math.floor(ends[1] * row.total + 1e-9)
        span = str(low) if low >= high else f"{low} to {high}"
        return f"{span} would be usual ({peers})"
    low, high = _level(driver, level.peer_low, currency), _level(driver, level.peer_high, currency)
    unit = {DAYS: " days", SHARE: "%"}.get(driver.level_unit, "")
    return f"{low if low == high else f'{low.removesuffix(unit)} to {high}'} would be usual ({peers})"


def _level(driver: Driver, value: float, currency: str) -> str:
    if driver.level_unit == MONEY:
        return wording.money(value, currency)
    if driver.level_unit == SHARE:
        return wording.share(value)
    if driver.level_unit == DAYS:
        return f"{wording.number(value, 0 if value >= 10 else 1)} days"
    return wording.number(value, 1 if value >= 1 else 2)

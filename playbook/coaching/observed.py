"""A rep's own deals and weeks in one driver, as the diagnosis measures it, with the day on which each became known.

In: a company (or a team's slice of it), a rep, a driver.  Out: the values, from which `own_trend` reads the level by
quarter, and `evidence` the pace and the spread. Not a comparison, and no verdict. There is no second measure: the
driver's own file says what is counted, here as there.
"""

from dataclasses import dataclass, field
from datetime import date

import numpy as np
import pandas as pd

from playbook.company import Company
from playbook.drivers.observing import observations_of
from playbook.metrics.observations import MEANS, Observations

WEEK = pd.Timedelta(days=7)
_COLUMNS = {"on": "datetime64[us]", "value": "float64", "exposure": "float64"}


def _nothing() -> pd.DataFrame:
    return pd.DataFrame({name: pd.Series(dtype=kind) for name, kind in _COLUMNS.items()})


@dataclass(frozen=True)
class OwnValues:
    """The values of one rep in one driver.

    `rows`: on (the day on which it was known), value, exposure; one per deal or week, oldest first. A level is the sum
    of values by the sum of exposures: 0 or 1 by 1 for shares; sums of (natural logarithms of) what was measured by how
    often for means; counts by weeks, or by deals open in them.
    `family`, `logarithms`, `per` and `aspect` are those of the observations. `unfinished` counts what is still under
    way, of which only is known that it lasts at least so long; it is not among the rows.
    """

    rows: pd.DataFrame = field(default_factory=_nothing)
    family: str = MEANS
    logarithms: bool = False
    per: float = 1.0
    aspect: str = ""
    unfinished: int = 0

    @property
    def level(self) -> float:
        """Values by exposure, before it is told as a person says it: NaN without rows."""
        exposure = float(self.rows["exposure"].sum())
        return float(self.rows["value"].sum()) / exposure if exposure > 0 else float("nan")

    def in_natural_unit(self, level: pd.DataFrame) -> pd.DataFrame:
        """Levels in the driver's natural unit: geometric means, counts per week or per deal, shares."""
        return np.exp(level) if self.logarithms else level * self.per


def own_values(company: Company, rep_id: str, driver: str, as_of: date, aspect: str = "") -> OwnValues:
    """The rep's own values for `driver`, oldest first.

    Parameters
    ----------
    aspect : by which measure the diagnosis judged this rep, where the driver has more than one; the first that the data
        holds where that is not told, or not held.

    Raises
    ------
    UnknownDriver : if there is no such driver.
    """
    measured = observations_of(company, driver, as_of)
    if not measured:
        return OwnValues()
    return _of_rep(next((seen for seen in measured if seen.aspect == aspect), measured[0]), rep_id, as_of)


def weeks_seen(values: pd.DataFrame, as_of: date, most: int, since: date | None = None) -> float:
    """How many weeks up to `as_of` the pace is read from: `most`, or fewer where the values (or the rep) are younger.

    The rep's first day counts where it is known and later than the window's start. At least one week.
    """
    if values.empty:
        return float(most)
    begin = pd.Timestamp(as_of) - most * WEEK
    youngest = max(begin, values["on"].min()) if since is None or pd.isna(since) else max(begin, pd.Timestamp(since))
    return max((pd.Timestamp(as_of) - youngest) / WEEK, 1.0)


def _of_rep(seen: Observations, rep_id: str, as_of: date) -> OwnValues:
    own = seen.rows[seen.rows["rep_id"] == rep_id]
    known = own[~own["censored"].astype(bool) & (own["on"] <= pd.Timestamp(as_of))]
    units = known.groupby("unit_id", observed=True, sort=True).agg(
        on=("on", "max"), value=("value", "sum"), exposure=("exposure", "sum")
    )
    rows = units.astype(_COLUMNS).sort_values("on", kind="stable", ignore_index=True)
    return OwnValues(
        rows=rows,
        family=seen.family,
        logarithms=seen.logarithms,
        per=seen.per,
        aspect=seen.aspect,
        unfinished=int(own["censored"].sum()),
    )

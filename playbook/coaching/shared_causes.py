"""What the whole team shows, and what of it is only the calendar: in one place, for every chapter that tells it.

In: a diagnosis and the patterns of the whole company.  Out: the rows that several reps share, and those in which
everybody wins far more in a quarter's last month. That is how deals are closed, so nobody is trained for it.
"""

import pandas as pd

from playbook.drivers.registry import driver_of
from playbook.drivers.win_rate import LATE_IN_THE_QUARTER

THE_CALENDAR = (
    "With everybody far more is won in a quarter's last month: that is how deals are closed, not how well they are "
    "sold."
)
_SHARED, _PATTERN = "team_wide", "quarter_end"


def of_the_calendar(diagnosis: pd.DataFrame, company_wide: pd.DataFrame) -> pd.Series:
    """For each row of `diagnosis` whether it is shared only because the whole company closes late in the quarter.

    Not so where the pattern stands in the company's sum but too few reps show it: then `why` says that the team does.
    `company_wide` : the patterns of the whole company, column pattern; may be empty.
    """
    if diagnosis.empty or "pattern" not in company_wide or not (company_wide["pattern"] == _PATTERN).any():
        return pd.Series(False, index=diagnosis.index, dtype=bool)
    late = diagnosis["why"].str.contains(LATE_IN_THE_QUARTER, regex=False, na=False)
    of_it = diagnosis["driver"].map(lambda key: driver_of(key).closes_late).astype(bool)
    return (diagnosis["verdict"] == _SHARED) & of_it & late


def shared_by_the_team(diagnosis: pd.DataFrame, company_wide: pd.DataFrame) -> pd.DataFrame:
    """The rows that the whole team or segment shows, and that are more than the calendar's."""
    if diagnosis.empty:
        return diagnosis
    return diagnosis[(diagnosis["verdict"] == _SHARED) & ~of_the_calendar(diagnosis, company_wide)]

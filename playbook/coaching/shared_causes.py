"""What the whole team shows, and what of it is only the calendar: in one place, for every chapter that tells it.

In: a diagnosis.  Out: the rows that several reps share, and those in which
everybody wins far more in a quarter's last month. That is how deals are closed, so nobody is trained for it.
"""

import pandas as pd

from playbook.diagnosis.rows import QUARTER_END

THE_CALENDAR = (
    "With everybody far more is won in a quarter's last month: that is how deals are closed, not how well they are "
    "sold."
)
_SHARED = "team_wide"


def of_the_calendar(diagnosis: pd.DataFrame) -> pd.Series:
    """For each row of `diagnosis` whether it is shared only because the whole company closes late in the quarter.

    Not so where the pattern stands in the company's sum but too few reps show it: then the team shares it.
    """
    if diagnosis.empty:
        return pd.Series(False, index=diagnosis.index, dtype=bool)
    return (diagnosis["verdict"] == _SHARED) & (diagnosis["shared_by"] == QUARTER_END)


def shared_by_the_team(diagnosis: pd.DataFrame) -> pd.DataFrame:
    """The rows that the whole team or segment shows, and that are more than the calendar's."""
    if diagnosis.empty:
        return diagnosis
    return diagnosis[(diagnosis["verdict"] == _SHARED) & ~of_the_calendar(diagnosis)]

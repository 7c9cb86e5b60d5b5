"""What the whole team shows, what of it is only the calendar, and which habits of the record most of it have.

In: a diagnosis, a record.  Out: the rows that several reps share, and those in which
everybody wins far more in a quarter's last month. That is how deals are closed, so nobody is trained for it. A habit of
the record that most have is a matter of the process, and of nobody alone.
"""

import pandas as pd

from playbook.diagnosis.diagnosis_rows import QUARTER_END

THE_CALENDAR = (
    "With everybody far more is won in a quarter's last month: that is how deals are closed, not how well they are "
    "sold."
)
_SHARED = "team_wide"
_FEWEST, _MOST = 3, 2 / 3  # reps, and share of those measured, who have a habit before it is everybody's


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


def shared_habits(record: pd.DataFrame) -> pd.DataFrame:
    """The habits of the record that two in three of the reps of `record` have, three at least.

    Returns
    -------
    DataFrame: trait, reps (with the habit), of (in how many it was measured); by trait.
    """
    if record.empty:
        return pd.DataFrame(columns=["trait", "reps", "of"])
    counts = record.groupby("trait")["habit"].agg(["sum", "size"]).set_axis(["reps", "of"], axis=1).reset_index()
    most = (counts["reps"] >= _FEWEST) & (counts["reps"] >= _MOST * counts["of"])
    return counts[most].astype({"reps": "int64", "of": "int64"}).reset_index(drop=True)

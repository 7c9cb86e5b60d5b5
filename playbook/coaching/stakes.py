"""The money at stake in a rep's driver, with its range, as a person says it.

In: a row of the diagnosis and the finding `levels`, which holds the range.  Out: amounts, and a text.
"""

from dataclasses import dataclass

import pandas as pd

from playbook import wording


@dataclass(frozen=True)
class Stake:
    """Money per quarter: the middle and the range in which the true amount lies nine times out of ten; NaN: unknown."""

    middle: float
    low: float = float("nan")
    high: float = float("nan")

    @property
    def known(self) -> bool:
        """Whether there is an amount at all."""
        return self.middle == self.middle


def stake(levels: pd.DataFrame, rep_id: str, driver: str, middle: float) -> Stake:
    """The stake of one rep in one driver; `middle` is the diagnosis' `value_at_stake`."""
    if pd.isna(middle) or not {"at_stake_low", "at_stake_high"} <= set(levels.columns):
        return Stake(float(middle))
    row = levels[(levels["rep_id"] == rep_id) & (levels["driver"] == driver)]
    if row.empty or row[["at_stake_low", "at_stake_high"]].iloc[0].isna().any():
        return Stake(float(middle))
    return Stake(float(middle), float(row["at_stake_low"].iloc[0]), float(row["at_stake_high"].iloc[0]))


def said(found: Stake, currency: str) -> str:
    """`$49k a quarter, $30k to $70k`; without a range the amount alone."""
    return f"{wording.money(found.middle, currency)} a quarter{said_range(found, currency, ', {}')}"


def said_range(found: Stake, currency: str, form: str = "{}") -> str:
    """`$30k to $70k` put into `form`; nothing where the range is unknown or no wider than the amount."""
    low, high = wording.money(found.low, currency), wording.money(found.high, currency)
    if found.low != found.low or found.high != found.high or low == high:
        return ""
    return form.format(f"up to {high}" if found.low <= 0 else f"{low} to {high}")

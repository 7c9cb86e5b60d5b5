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
    low, high = float(row["at_stake_low"].iloc[0]), float(row["at_stake_high"].iloc[0])
    # The range is what these deals alone would say; an estimate that lies outside of it has none that could be told.
    return Stake(float(middle), low, high) if low <= middle <= high else Stake(float(middle))


def stake_text(at_stake: Stake, currency: str) -> str:
    """`$49k a quarter, $30k to $70k`; without a range the amount alone."""
    return f"{wording.money(at_stake.middle, currency)} a quarter{stake_range(at_stake, currency, ', {}')}"


def stake_range(at_stake: Stake, currency: str, form: str = "{}") -> str:
    """`$30k to $70k` put into `form`; nothing where the range is unknown or no wider than the amount."""
    low, high = wording.money(at_stake.low, currency), wording.money(at_stake.high, currency)
    if at_stake.low != at_stake.low or at_stake.high != at_stake.high or low == high:
        return ""
    return form.format(f"up to {high}" if at_stake.low <= 0 else f"{low} to {high}")

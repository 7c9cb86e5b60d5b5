"""What the CRM holds of one rep, and what can be done to it without breaking it: close later, leave open, leave out.

Whoever changes a record here leaves it whole: a closed deal's last move is its closing, the first one its entry, steps
count from 1, and nothing lies after the day the company is looked at.
"""

from dataclasses import dataclass, replace

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from playbook.simulate import philox


@dataclass(frozen=True)
class Record:
    """The rows of one rep in the canonical tables, and the open stages in their order.

    `moves` are the history of the rep's deals; `seen_on` is the day on which all of it is looked at. `seed` decides
    which deals chance picks (`share_of`).
    """

    deals: pd.DataFrame
    moves: pd.DataFrame
    activities: pd.DataFrame
    quotas: pd.DataFrame
    stages: tuple[str, ...]
    seen_on: pd.Timestamp
    seed: int

    def share_of(self, what: str, ids: "pd.Series[str]") -> NDArray[np.float64]:
        """A number from 0 to below 1 for each id: it belongs to the id and to `what` is drawn."""
        things = philox.numbers_of(ids.astype(str))
        return philox.two_uniforms(philox.key_of(self.seed, what), things, np.zeros(len(things), dtype=np.int64))[0]


def on_a_workday(days: "pd.Series[pd.Timestamp]") -> "pd.Series[pd.Timestamp]":
    """The same days, those of a weekend moved to Monday."""
    return days + pd.to_timedelta((7 - days.dt.day_of_week).where(days.dt.day_of_week >= 5, 0), unit="D")


def closed_on(record: Record, days: "pd.Series[pd.Timestamp]") -> Record:
    """The record with other closing days (`days`, by opportunity_id); a deal closed after `seen_on` is open still."""
    later = days[days > record.seen_on].index
    record = left_open(record, later)
    day = record.deals["opportunity_id"].map(days.drop(later))
    deals = record.deals.assign(
        closed_on=day.fillna(record.deals["closed_on"]), expected_close_on=day.fillna(record.deals["expected_close_on"])
    )
    closing = ~record.moves["stage"].isin(record.stages)
    at = record.moves["opportunity_id"].map(days.drop(later)).where(closing)
    moves = record.moves.assign(
        entered_on=at.fillna(record.moves["entered_on"]), expected_close_on=at.fillna(record.moves["expected_close_on"])
    )
    return replace(record, deals=deals, moves=moves)


def left_open(record: Record, ids: pd.Index) -> Record:
    """The record in which these closed deals were never closed: they stand as before their last move."""
    these = record.moves["opportunity_id"].isin(ids)
    moves = record.moves[~these | record.moves["stage"].isin(record.stages)]
    return as_last_moved(
        replace(
            record,
            moves=moves,
            deals=_where(
                record.deals,
                record.deals["opportunity_id"].isin(ids),
                {"outcome": "open", "closed_on": pd.NaT, "lost_to": None, "lost_reason": None},
            ),
        )
    )


def as_last_moved(record: Record) -> Record:
    """The record whose open deals stand as their last move says: stage, amount, expected date and category."""
    last = record.moves.drop_duplicates("opportunity_id", keep="last").set_index("opportunity_id")
    is_open = record.deals["outcome"] == "open"
    columns = ["stage", "amount", "expected_close_on", "forecast_category"]
    last_state = last[columns].reindex(record.deals["opportunity_id"]).set_axis(record.deals.index)
    changed = {column: last_state[column].where(is_open, record.deals[column]) for column in columns}
    return replace(record, deals=record.deals.assign(**changed))


def without_deals(record: Record, ids: pd.Index) -> Record:
    """The record in which these deals were never entered; what was done on them is logged on no deal."""
    activities = record.activities
    on_them = activities["opportunity_id"].isin(ids)
    return replace(
        record,
        deals=record.deals[~record.deals["opportunity_id"].isin(ids)],
        moves=record.moves[~record.moves["opportunity_id"].isin(ids)],
        activities=activities.assign(opportunity_id=activities["opportunity_id"].where(~on_them, None)),
    )


def with_moves(record: Record, moves: pd.DataFrame) -> Record:
    """The record with these moves: steps counted anew, deals entered on their first, open ones as the last one says."""
    moves = moves.assign(step=moves.groupby("opportunity_id").cumcount() + 1)
    first = moves.drop_duplicates("opportunity_id").set_index("opportunity_id")["entered_on"]
    created = record.deals["opportunity_id"].map(first).fillna(record.deals["created_on"])
    return as_last_moved(replace(record, deals=record.deals.assign(created_on=created), moves=moves))


def closings(record: Record, outcome: str, since: pd.Timestamp | None) -> "pd.Series[pd.Timestamp]":
    """The closing day of the deals with this outcome that were closed from `since` on, by opportunity_id."""
    deals = record.deals[record.deals["outcome"] == outcome]
    days = deals.set_index("opportunity_id")["closed_on"]
    return days if since is None else days[days >= since]


def opened(record: Record, since: pd.Timestamp | None) -> pd.DataFrame:
    """The deals that were opened from `since` on."""
    return record.deals if since is None else record.deals[record.deals["created_on"] >= since]


def _where(frame: pd.DataFrame, rows: "pd.Series[bool]", values: dict[str, object]) -> pd.DataFrame:
    return frame.assign(**{column: frame[column].where(~rows, value) for column, value in values.items()})

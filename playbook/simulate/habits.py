"""How a rep keeps the CRM, and what is the rep's own life: what the record then shows of the same selling.

In: a simulated company and who has which habit.  Out: the company as that record shows it, and what is true of it.
Nothing here changes how well a rep sells. Each kind is a function from a rep's true record to the one that is kept;
the kinds follow the patterns of imperfect event logs in Suriadi, Andrews, ter Hofstede & Wynn (2017).
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date

import numpy as np
import pandas as pd

from playbook.company import Company
from playbook.errors import UnusableInput
from playbook.simulate.rep_record import (
    Record,
    closed_on,
    closings,
    left_open,
    on_a_workday,
    opened,
    with_moves,
    without_deals,
)

TRUTH_COLUMNS = ("rep_id", "habit", "since", "size", "sentence")


@dataclass(frozen=True)
class Habit:
    """One habit or circumstance of one rep.

    `size` is in the kind's own unit (`KINDS`), the usual one where none is given; `since` is the day from which it
    holds, all along where none is given. `stage` is for `jumped_stages` alone: the one stage that is never used.
    """

    rep_id: str
    kind: str
    since: date | None = None
    size: float | None = None
    stage: str = ""

    @property
    def amount(self) -> float:
        """Its size; the usual one where none is given."""
        return KINDS[self.kind].usual if self.size is None else self.size

    @property
    def begins(self) -> pd.Timestamp | None:
        """The day from which it holds, as the tables write days."""
        return None if self.since is None else pd.Timestamp(self.since)


@dataclass(frozen=True)
class Kind:
    """One kind of habit: its usual size, the sentence of the truth (with `{size}` in it), and what it does."""

    usual: float
    sentence: str
    record: Callable[[Record, Habit], Record]


def with_habits(
    company: Company, habits: Iterable[Habit], seen_on: date, seed: int = 0
) -> tuple[Company, pd.DataFrame]:
    """The company as its record shows it, and one row per habit of what is true.

    The rows of reps without a habit are the same as before; several habits of one rep act in the order given. The same
    arguments give the same tables; which deals chance picks depends on `seed` and the deal alone.

    Returns
    -------
    The company, and a frame with rep_id, habit, since (NaT: all along), size (in the kind's unit), sentence.

    Raises
    ------
    UnusableInput : if a habit is of no known kind, or its rep is not among the people.
    """
    habits = list(habits)
    _check(company, habits)
    stages = company.stages.sort_values("position")
    open_stages = tuple(stages.loc[stages["outcome"] == "open", "stage"])
    for rep_id in dict.fromkeys(habit.rep_id for habit in habits):
        own = [habit for habit in habits if habit.rep_id == rep_id]
        company = _recorded(company, rep_id, own, open_stages, pd.Timestamp(seen_on), seed)
    return company, _truth(habits)


def _check(company: Company, habits: list[Habit]) -> None:
    people = set(company.people["person_id"])
    for habit in habits:
        if habit.kind not in KINDS:
            raise UnusableInput(
                f"{habit.kind!r} is no habit.",
                where="the habits of the simulation",
                remedy=f"Choose one of: {', '.join(KINDS)}.",
            )
        if habit.rep_id not in people:
            raise UnusableInput(
                f"nobody has the id {habit.rep_id!r}.",
                where="the habits of the simulation",
                remedy="Name a person_id of the table people.",
            )


def _recorded(
    company: Company, rep_id: str, habits: list[Habit], stages: tuple[str, ...], seen_on: pd.Timestamp, seed: int
) -> Company:
    mine = {name: company.table(name)["rep_id"] == rep_id for name in ("opportunities", "activities", "quotas")}
    ids = company.opportunities.loc[mine["opportunities"], "opportunity_id"]
    mine["stage_history"] = company.stage_history["opportunity_id"].isin(ids)
    own = {name: company.table(name)[rows] for name, rows in mine.items()}
    record = Record(
        deals=own["opportunities"],
        moves=own["stage_history"],
        activities=own["activities"],
        quotas=own["quotas"],
        stages=stages,
        seen_on=seen_on,
        seed=seed,
    )
    for habit in habits:
        record = KINDS[habit.kind].record(record, habit)
    recorded = {
        "opportunities": record.deals,
        "stage_history": record.moves,
        "activities": record.activities,
        "quotas": record.quotas,
    }
    tables = {n: pd.concat([company.table(n)[~rows], recorded[n]], ignore_index=True) for n, rows in mine.items()}
    activities, known = tables["activities"], tables["opportunities"]["opportunity_id"]
    # a colleague may have worked on a deal that was never entered
    tables["activities"] = activities.assign(
        opportunity_id=activities["opportunity_id"].where(activities["opportunity_id"].isin(known), None)
    )
    return company.with_tables(**tables)


def _truth(habits: list[Habit]) -> pd.DataFrame:
    rows = [
        (h.rep_id, h.kind, pd.NaT if h.since is None else pd.Timestamp(h.since), h.amount, _sentence(h)) for h in habits
    ]
    return pd.DataFrame(rows, columns=list(TRUTH_COLUMNS)).astype({"since": "datetime64[us]", "size": "float64"})


def _sentence(habit: Habit) -> str:
    size = f"{habit.amount:.0%}" if 0 < habit.amount < 1 else f"{habit.amount:.0f}"
    if habit.stage:
        return f"Sells as an ordinary rep does and never uses the stage {habit.stage}."
    return KINDS[habit.kind].sentence.format(size=size)


def _late_closing(record: Record, habit: Habit) -> Record:
    """A lost deal is closed days after it was lost: half to one and a half times `size` days."""
    lost = closings(record, "lost", habit.begins)
    late = habit.amount * (0.5 + record.share_of("late closing", lost.index.to_series()))
    return closed_on(record, on_a_workday(lost + pd.to_timedelta(np.round(late), unit="D")))


def _bulk_closing(record: Record, habit: Habit) -> Record:
    """Lost deals are closed together, on the last working day of the month (size 1) or of so many months."""
    lost = closings(record, "lost", habit.begins)
    months = int(habit.amount)
    index = lost.dt.year * 12 + lost.dt.month - 1
    following = (index // months + 1) * months
    first = pd.to_datetime({"year": following // 12, "month": following % 12 + 1, "day": 1})
    last = first - pd.Timedelta(days=1)
    last = last - pd.to_timedelta((last.dt.day_of_week - 4).clip(lower=0), unit="D")
    return closed_on(record, last.where(last >= lost, lost).astype(lost.dtype))


def _never_closing(record: Record, habit: Habit) -> Record:
    """A share of the lost deals is never closed."""
    lost = closings(record, "lost", habit.begins).index.to_series()
    return left_open(record, lost.index[record.share_of("never closing", lost) < habit.amount])


def _late_entry(record: Record, habit: Habit) -> Record:
    """A deal is entered once it is in the stage number `size` (3: the third); one that never gets there is not."""
    late = record.stages[: int(habit.amount) - 1]
    ids = opened(record, habit.begins)["opportunity_id"]
    ours = record.moves["opportunity_id"].isin(ids)
    position = record.moves["stage"].map({stage: i for i, stage in enumerate(record.stages)})
    furthest = position.groupby(record.moves["opportunity_id"]).max()
    never = ids[ids.map(furthest) < len(late)]
    record = without_deals(record, pd.Index(never))
    begun = (~record.moves["stage"].isin(late)).groupby(record.moves["opportunity_id"]).cummax()
    return with_moves(record, record.moves[begun | ~ours.reindex(record.moves.index)])


def _backdated_entry(record: Record, habit: Habit) -> Record:
    """The day on which a deal was opened is set up to `size` days too early (at least half of it)."""
    ids = opened(record, habit.begins)["opportunity_id"]
    early = np.round(habit.amount * (0.5 + 0.5 * record.share_of("backdated entry", ids)))
    by = pd.Series(pd.to_timedelta(early, unit="D"), index=ids)
    first = ~record.moves.duplicated("opportunity_id")
    shift = record.moves["opportunity_id"].map(by).where(first).fillna(pd.Timedelta(0))
    return with_moves(record, record.moves.assign(entered_on=record.moves["entered_on"] - shift))


def _jumped_stages(record: Record, habit: Habit) -> Record:
    """A share of the won deals is moved through its stages on the day it is won; or one stage is never used."""
    if habit.stage:
        return _without_stage(record, habit)
    won = closings(record, "won", habit.begins)
    jumped = won[record.share_of("jumped stages", won.index.to_series()) < habit.amount]
    first = ~record.moves.duplicated("opportunity_id")
    day = record.moves["opportunity_id"].map(jumped).where(~first)
    moves = record.moves.assign(entered_on=day.fillna(record.moves["entered_on"]))
    again = moves.duplicated(["opportunity_id", "stage", "entered_on"]) & day.notna()
    return with_moves(record, moves[~again])


def _without_stage(record: Record, habit: Habit) -> Record:
    place = record.stages.index(habit.stage)
    neighbour = record.stages[place - 1 if place else min(1, len(record.stages) - 1)]
    ids = opened(record, habit.begins)["opportunity_id"]
    unused = record.moves["opportunity_id"].isin(ids) & (record.moves["stage"] == habit.stage)
    moves = record.moves.assign(stage=record.moves["stage"].where(~unused, neighbour))
    before = moves.groupby("opportunity_id")[["stage", "expected_close_on", "forecast_category"]].shift()
    same = (moves[before.columns] == before).all(axis=1)
    return with_moves(record, moves[~(unused & same)])


def _activities_not_logged(record: Record, habit: Habit) -> Record:
    """A share of the activities is not logged."""
    done = record.activities
    place = done.groupby(["opportunity_id", "on"], dropna=False).cumcount()
    named = done["rep_id"] + done["opportunity_id"].fillna("") + done["on"].astype(str) + place.astype(str)
    missing = record.share_of("activities not logged", named) < habit.amount
    if habit.begins is not None:
        missing &= (done["on"] >= habit.begins).to_numpy()
    return replace(record, activities=done[~missing])


def _dates_left_as_opened(record: Record, habit: Habit) -> Record:
    """The expected close date stays as it was when the deal was opened, in a share of the deals."""
    return _left_as_opened(record, habit, "expected_close_on")


def _categories_left_as_opened(record: Record, habit: Habit) -> Record:
    """The forecast category stays as it was when the deal was opened, in a share of the deals."""
    return _left_as_opened(record, habit, "forecast_category")


def _left_as_opened(record: Record, habit: Habit, column: str) -> Record:
    ids = opened(record, habit.begins)["opportunity_id"]
    ids = ids[record.share_of(f"{column} not kept", ids) < habit.amount]
    moves = record.moves
    ours = moves["opportunity_id"].isin(ids) & moves["stage"].isin(record.stages)
    moves = moves.assign(
        **{column: moves.groupby("opportunity_id")[column].transform("first").where(ours, moves[column])}
    )
    columns = ["stage", "amount", "expected_close_on", "forecast_category"]
    same = (moves[columns] == moves.groupby("opportunity_id")[columns].shift()).all(axis=1)
    return with_moves(record, moves[~(ours & same)])


def _split_deals(record: Record, habit: Habit) -> Record:
    """A deal is entered as `size` deals, each with its part of the amount; what was done is logged on the first."""
    parts = int(habit.amount)
    ids = opened(record, habit.begins)["opportunity_id"]

    def split(frame: pd.DataFrame, amounts: list[str]) -> pd.DataFrame:
        ours = frame["opportunity_id"].isin(ids)
        pieces = [frame[~ours]]
        for part in range(parts):
            piece = frame[ours].copy()
            piece["opportunity_id"] += f"-{part + 1}" if part else ""
            piece[amounts] = (piece[amounts] / parts).round(2)
            pieces.append(piece)
        return pd.concat(pieces, ignore_index=True)

    return replace(record, deals=split(record.deals, ["amount", "list_amount"]), moves=split(record.moves, ["amount"]))


def _amount_units(record: Record, habit: Habit) -> Record:
    """Amounts are entered in units of `size` (1000: in thousands)."""
    ids = opened(record, habit.begins)["opportunity_id"]

    def scaled(frame: pd.DataFrame, amounts: list[str]) -> pd.DataFrame:
        by = np.where(frame["opportunity_id"].isin(ids), habit.amount, 1.0)
        return frame.assign(**{column: frame[column] / by for column in amounts})

    return replace(
        record, deals=scaled(record.deals, ["amount", "list_amount"]), moves=scaled(record.moves, ["amount"])
    )


def _part_time(record: Record, habit: Habit) -> Record:
    """The rep works a share of the week: so much is opened and done, and so much is the quota."""
    ids = opened(record, habit.begins)["opportunity_id"]
    left_out = pd.Index(ids[record.share_of("part time", ids) >= habit.amount])
    done = record.activities[~record.activities["opportunity_id"].isin(left_out)]
    prospecting = replace(record, activities=done[done["opportunity_id"].isna()])
    logged = _activities_not_logged(prospecting, replace(habit, size=1.0 - habit.amount)).activities
    record = without_deals(
        replace(record, activities=pd.concat([done[done["opportunity_id"].notna()], logged])), left_out
    )
    quotas = record.quotas
    own = quotas["ends_on"] >= habit.begins if habit.begins is not None else pd.Series(True, index=quotas.index)
    return replace(record, quotas=quotas.assign(amount=quotas["amount"].where(~own, quotas["amount"] * habit.amount)))


def _absence(record: Record, habit: Habit) -> Record:
    """The rep is away for `size` days from `since` on (else up to half a year ago): nothing is opened, done or moved.

    What would have been moved in between is moved on the day of the return.
    """
    begins = habit.begins if habit.begins is not None else record.seen_on - pd.Timedelta(days=180)
    back = begins + pd.Timedelta(days=int(habit.amount))
    back = back + pd.Timedelta(days=7 - back.weekday() if back.weekday() >= 5 else 0)

    def away(days: "pd.Series[pd.Timestamp]") -> "pd.Series[bool]":
        return (days >= begins) & (days < back)

    record = replace(record, activities=record.activities[~away(record.activities["on"])])
    deals = record.deals
    record = without_deals(record, pd.Index(deals.loc[away(deals["created_on"]), "opportunity_id"]))
    closed = record.deals.set_index("opportunity_id")["closed_on"]
    closed = closed[away(closed)]
    record = closed_on(record, pd.Series(back, index=closed.index, dtype=closed.dtype))
    moved = away(record.moves["entered_on"])
    moves = record.moves.assign(entered_on=record.moves["entered_on"].where(~moved, back))
    return with_moves(record, moves[moves["entered_on"] <= record.seen_on])


_ORDINARY = "Sells as an ordinary rep does and "
KINDS: Mapping[str, Kind] = {
    "late_closing": Kind(20.0, _ORDINARY + "closes lost deals about {size} days late.", _late_closing),
    "bulk_closing": Kind(1.0, _ORDINARY + "closes lost deals in bulk; months in between: {size}.", _bulk_closing),
    "never_closing": Kind(0.8, _ORDINARY + "never closes {size} of the lost deals.", _never_closing),
    "late_entry": Kind(3.0, _ORDINARY + "enters a deal only once it is in stage {size}.", _late_entry),
    "backdated_entry": Kind(90.0, _ORDINARY + "backdates new deals by up to {size} days.", _backdated_entry),
    "jumped_stages": Kind(0.8, _ORDINARY + "moves {size} of the won deals on in one go.", _jumped_stages),
    "activities_not_logged": Kind(0.7, _ORDINARY + "does not log {size} of what is done.", _activities_not_logged),
    "dates_not_kept": Kind(0.9, _ORDINARY + "leaves {size} of the close dates as they were.", _dates_left_as_opened),
    "categories_not_kept": Kind(
        0.9, _ORDINARY + "leaves {size} of the categories as they were.", _categories_left_as_opened
    ),
    "split_deals": Kind(3.0, _ORDINARY + "enters each deal as {size}.", _split_deals),
    "amount_units": Kind(1_000.0, _ORDINARY + "enters amounts in units of {size}.", _amount_units),
    "part_time": Kind(0.5, _ORDINARY + "works {size} of the week, with that share of a quota.", _part_time),
    "absence": Kind(90.0, _ORDINARY + "was away for {size} days.", _absence),
}

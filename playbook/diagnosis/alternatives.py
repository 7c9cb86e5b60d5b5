"""What else could make a difference than how somebody sells: each way tested on the record, or said to be untestable.

In: judged rows and how each rep's record is kept (`records`).  Out: one row per rep, driver and way.
A driver names what it is sensitive to (`drivers`). Three answers are there: the record shows nothing of it, or the
measure does not read what it moves (`ruled_out`); the rep's record differs from like colleagues' in the way that
matters (`could_make_it`); or the export cannot show it (`not_testable`). Who is odd in a trait that no skill moves is
looked at as a record first (negative controls; Lipsitch, Tchetgen Tchetgen and Cohen 2010).
"""

from collections.abc import Mapping
from typing import NamedTuple

import numpy as np
import pandas as pd

from playbook.diagnosis.results import WINS_OF_THOSE_ENTERED, WINS_OF_THOSE_OPENED, ResultChecks
from playbook.drivers.registry import driver_of
from playbook.records.oddness import ALIKE, HIGH, LOW
from playbook.records.record_rows import RecordRow

RULED_OUT, COULD_MAKE_IT, NOT_TESTABLE = "ruled_out", "could_make_it", "not_testable"
STATES = (COULD_MAKE_IT, RULED_OUT, NOT_TESTABLE)

# What the measures do not read, whatever the record shows: `metrics` says how. The trait is told beside it.
NOT_READ: Mapping[str, str] = {
    "late_closing": "closing_lag",  # no measure reads the day of a loss
    "bulk_closing": "closed_in_bulk",
    "stale_open_deals": "left_open",  # one rule for everybody's (`stage_conversion.followed_up`)
    "split_deals": "entered_in_parts",  # parts count as one (`split_deals`)
    "absence": "weeks_not_at_work",  # such weeks are left out (`absences`)
    "one_account": "largest_account",  # a verdict holds without it, too (`judging`)
    "unusual_colleague": "",  # the middle rep is the yardstick, too (`judging`)
}
# Which traits of the record can make it, on which side.
SIGNS: Mapping[str, tuple[tuple[str, tuple[str, ...]], ...]] = {
    "late_entry": (("entered_late", (HIGH, LOW)), ("done_before_entry", (HIGH, LOW))),
    "backdated_entry": (("days_to_first_sign", (HIGH, LOW)),),
    "unused_stage": (("stages_left_out", (HIGH, LOW)),),
    "jumped_stages": (("stages_on_one_day", (HIGH, LOW)), ("edits_on_one_weekday", (HIGH,))),
    "dates_not_kept": (("dates_left_behind", (LOW,)),),
    "categories_not_kept": (("categories_used", (HIGH, LOW)),),
    "activities_not_logged": (("logged_away_from_deals", (LOW,)), ("wins_without_activity", (HIGH,))),
    "amount_units": (("unit_of_amounts", (HIGH, LOW)),),
    "handover": (("works_for_others", (HIGH,)), ("owns_wins", (LOW,))),
    "owner_change": (("worked_by_others", (HIGH,)), ("works_for_others", (HIGH,))),
    "inherited": (("worked_by_others", (HIGH,)),),
    "part_time": (("share_of_a_quota", (LOW,)),),
    "other_system": (("deals_per_activity", (LOW,)), ("deals_per_quota", (LOW,))),
    "duplicates_closed": (("lost_copies", (HIGH,)),),
}
_BY_RESULT = ("early_filtering", "unused_stage", "jumped_stages", "late_entry")
_FEWEST_MATES = 3  # of the same title, to tell what comes with the title
_TOGETHER = 0.5  # margins by which those of the same title lie on the harmful side together


class StandingOut(NamedTuple):
    """What is tested of a row that stands out to the harmful side."""

    rep_id: str
    driver: str
    title_mates: float  # others of the same title (`by_title`)
    title_harm: float  # how far they lie to the harmful side, in margins
    title_is_one_of_several: bool


class Alternative(NamedTuple):
    """One way in which a difference could come about, and what the record says of it."""

    rep_id: str
    driver: str
    alternative: str  # one of the driver's `sensitive_to`
    state: str  # one of STATES
    trait: str  # of the record, or name of a result, that decided; empty where none did
    value: float  # the rep's in it
    usual: float  # among like colleagues
    n: float  # on how many it rests


class _Decided(NamedTuple):
    """The last columns of an `Alternative`."""

    state: str
    trait: str = ""
    value: float = np.nan
    usual: float = np.nan
    n: float = 0.0


COLUMNS = list(Alternative._fields)
_Traits = Mapping[tuple[str, str], RecordRow]  # by rep_id and trait


def alternatives(rows: pd.DataFrame, record: pd.DataFrame, results: ResultChecks) -> pd.DataFrame:
    """Each way in which `rows` could come about, for the rows that stand out to the harmful side.

    Parameters
    ----------
    rows : one per rep and driver (`consequences.one_row_per_driver`), those to be explained; with the columns of
        `StandingOut`.
    record : `records.beside_colleagues.record_from` of the company.
    results : whether the results show it (`results`).

    Returns
    -------
    DataFrame of `Alternative`.
    """
    record_rows = (RecordRow(*row) for row in record[list(RecordRow._fields)].itertuples(index=False, name=None))
    traits = {(row.rep_id, row.trait): row for row in record_rows}
    standing = (StandingOut(*row) for row in rows[list(StandingOut._fields)].itertuples(index=False, name=None))
    ways = [
        Alternative(row.rep_id, row.driver, key, *_tested(key, row, traits, results))
        for row in standing
        for key in driver_of(row.driver).sensitive_to
    ]
    return pd.DataFrame(ways, columns=COLUMNS)


def flattered(rows: pd.DataFrame, record: pd.DataFrame) -> pd.Series:
    """Which of `rows` may look better than they are: a trait that no skill moves, and that moves the driver, is odd.

    On whichever side, with the index of `rows`. What makes a rep's pipeline thin (deals entered late) makes the same
    rep's log look busy.
    """
    apart = record[(record["side"] != ALIKE) & record["control"].astype(bool)]
    odd = apart.groupby("rep_id")["trait"].agg(set).to_dict()
    movers = {driver: _movers(driver) for driver in rows["driver"].unique()}
    pairs = zip(rows["rep_id"], rows["driver"], strict=True)
    moved = [bool(odd.get(rep, set()) & movers[driver]) for rep, driver in pairs]
    return pd.Series(moved, index=rows.index, dtype=bool)


def _movers(driver: str) -> set[str]:
    return {trait for key in driver_of(driver).sensitive_to for trait, _ in SIGNS.get(key, ())}


def _tested(key: str, row: StandingOut, traits: _Traits, results: ResultChecks) -> _Decided:
    """What the record says of one way."""
    if key in NOT_READ:
        return _by_trait(RULED_OUT, traits.get((row.rep_id, NOT_READ[key])), NOT_READ[key])
    if key == "job":
        return _by_title(row, traits.get((row.rep_id, "title_of_few")))
    known = [(traits[row.rep_id, trait], sides) for trait, sides in SIGNS.get(key, ()) if (row.rep_id, trait) in traits]
    odd = [sign for sign, sides in known if sign.side in sides]
    result = results.get((row.rep_id, row.driver)) if key in _BY_RESULT else None
    if odd:
        return _by_trait(COULD_MAKE_IT, odd[0], odd[0].trait)
    if result is not None:
        state = COULD_MAKE_IT if result.speaks_against else RULED_OUT
        return _Decided(state, result.name, result.seen, result.usual, result.n)
    if known:
        return _by_trait(RULED_OUT, known[0][0], known[0][0].trait)
    return _Decided(NOT_TESTABLE)


def _by_trait(state: str, sign: RecordRow | None, trait: str) -> _Decided:
    return _Decided(state, trait) if sign is None else _Decided(state, trait, sign.value, sign.usual, float(sign.n))


def _by_title(row: StandingOut, few: RecordRow | None) -> _Decided:
    """What those of the same title show together, where there are enough; else whether the title is one of few."""
    if few is None:
        return _Decided(NOT_TESTABLE)
    if row.title_mates >= _FEWEST_MATES:
        together = row.title_harm >= _TOGETHER and row.title_is_one_of_several
        state = COULD_MAKE_IT if together else RULED_OUT
        return _Decided(state, few.trait, few.value, row.title_harm, row.title_mates)
    return _by_trait(COULD_MAKE_IT if few.side != ALIKE else RULED_OUT, few, few.trait)


def likeliest(ways: pd.DataFrame) -> pd.DataFrame:
    """Of each rep and driver the first way that could make it: rep_id, driver, way, way_trait, way_value, way_usual.

    The order is that of the driver's list, those in which the record itself is odd before those told by results.
    """
    could = ways[ways["state"] == COULD_MAKE_IT]
    could = could.assign(_by_result=could["trait"].isin((WINS_OF_THOSE_OPENED, WINS_OF_THOSE_ENTERED)))
    first = could.sort_values("_by_result", kind="stable").drop_duplicates(["rep_id", "driver"])
    renamed = {"alternative": "way", "trait": "way_trait", "value": "way_value", "usual": "way_usual"}
    return first.rename(columns=renamed)[["rep_id", "driver", *renamed.values()]].reset_index(drop=True)


def listed(ways: pd.DataFrame) -> pd.DataFrame:
    """Of each rep and driver the ways of each state, by commas, in the order of the driver's list.

    Returns
    -------
    DataFrame: rep_id, driver, could_make_it, ruled_out, not_testable (text, missing where there is none).
    """
    keys = ["rep_id", "driver"]
    parts = [ways[ways["state"] == state].groupby(keys)["alternative"].agg(",".join).rename(state) for state in STATES]
    return pd.concat(parts, axis=1).reset_index() if len(ways) else pd.DataFrame(columns=[*keys, *STATES], dtype="str")


def by_title(rows: pd.DataFrame, titles: pd.Series) -> pd.DataFrame:
    """What the others of a rep's title show in each driver: title_mates, title_harm (mean margins to the harmful side).

    title_is_one_of_several: whether others of the job carry another title. With the index of `rows`.
    """
    title = rows["rep_id"].map(titles.to_dict()).astype("str").fillna("")
    harm = (-rows["sign"] * rows["raw"]).clip(-4, 4)
    known = harm.notna()
    keys = [rows["driver"], rows["job"], title]
    n = known.groupby(keys).transform("sum")
    total = harm.fillna(0).groupby(keys).transform("sum")
    all_in_job = known.groupby([rows["driver"], rows["job"]]).transform("sum")
    mates = (n - known).astype("float64")
    return pd.DataFrame(
        {
            "title_mates": mates,
            "title_harm": (total - harm.fillna(0)) / mates.where(mates > 0),
            "title_is_one_of_several": n < all_in_job,
        }
    )

"""The list of traits of the record: how each is measured, from which difference on it matters, and on which ground.

A trait is a measure (a module of this room), a row here, and its tests. `diagnosis` sets drivers beside those that can
move them (`drivers.sensitive_to`).
"""

import math
from collections.abc import Callable
from dataclasses import dataclass

import pandas as pd

from playbook.records.activity_log import logged_away_from_deals, wins_without_activity
from playbook.records.amounts import entered_in_parts, round_sums, unit_of_amounts
from playbook.records.closing import closed_in_bulk, closing_lag, left_open, lost_copies
from playbook.records.edit_days import edits_on_one_weekday
from playbook.records.entering import days_to_first_sign, done_before_entry, entered_late
from playbook.records.expectations import categories_used, dates_left_behind
from playbook.records.handing_over import owns_wins, worked_by_others, works_for_others
from playbook.records.inputs import RecordInputs
from playbook.records.job_titles import title_of_few
from playbook.records.one_account import largest_account
from playbook.records.other_systems import deals_per_activity, deals_per_quota
from playbook.records.stages_used import stages_left_out, stages_on_one_day
from playbook.records.working_time import share_of_a_quota, weeks_not_at_work

SHARE, DAYS, WEEKS, LOG, LOG10, FLAG = "share", "days", "weeks", "log", "log10", "flag"


@dataclass(frozen=True)
class Trait:
    """One trait of how a record is kept, or of the circumstances behind it.

    `margin` is the difference from the middle of like colleagues from which on it may matter, in the scale `scale`:
    our judgement, set where the smallest effect worth a manager's hour could come from it. `control` marks a negative
    control: no skill moves it (Lipsitch, Tchetgen Tchetgen and Cohen 2010). `habit_from`: the level from which it is a
    habit, whatever others do; our judgement, too. Circumstances have none.
    """

    key: str
    measure: Callable[[RecordInputs], pd.DataFrame | None]
    scale: str
    margin: float
    control: bool = False
    habit_from: float = math.inf


TRAITS: dict[str, Trait] = {
    trait.key: trait
    for trait in (
        Trait("closing_lag", closing_lag, DAYS, 7.0, control=True, habit_from=14.0),
        Trait("closed_in_bulk", closed_in_bulk, SHARE, 0.25, control=True, habit_from=0.50),
        Trait("left_open", left_open, SHARE, 0.20, habit_from=0.40),
        Trait("lost_copies", lost_copies, SHARE, 0.15, habit_from=0.20),
        Trait("entered_late", entered_late, SHARE, 0.15, control=True, habit_from=0.30),
        Trait("done_before_entry", done_before_entry, SHARE, 0.15, control=True, habit_from=0.30),
        Trait("days_to_first_sign", days_to_first_sign, WEEKS, 2.0, control=True),
        Trait("stages_left_out", stages_left_out, SHARE, 0.12, control=True, habit_from=0.25),
        Trait("stages_on_one_day", stages_on_one_day, SHARE, 0.12, control=True, habit_from=0.25),
        Trait("dates_left_behind", dates_left_behind, SHARE, 0.25, habit_from=0.50),
        Trait("categories_used", categories_used, SHARE, 0.45),
        Trait("wins_without_activity", wins_without_activity, SHARE, 0.35, habit_from=0.50),
        Trait("logged_away_from_deals", logged_away_from_deals, LOG, 0.35, control=True),
        Trait("unit_of_amounts", unit_of_amounts, LOG10, 1.2),
        Trait("entered_in_parts", entered_in_parts, SHARE, 0.15, habit_from=0.20),
        Trait("round_sums", round_sums, SHARE, 0.30, control=True),
        Trait("worked_by_others", worked_by_others, SHARE, 0.15),
        Trait("works_for_others", works_for_others, SHARE, 0.15),
        Trait("owns_wins", owns_wins, LOG, 1.39),
        Trait("share_of_a_quota", share_of_a_quota, LOG, 0.30),
        Trait("weeks_not_at_work", weeks_not_at_work, SHARE, 0.08),
        Trait("title_of_few", title_of_few, FLAG, 0.5),
        Trait("largest_account", largest_account, SHARE, 0.12),
        Trait("deals_per_activity", deals_per_activity, LOG, 1.10),
        Trait("deals_per_quota", deals_per_quota, LOG, 1.39),
        Trait("edits_on_one_weekday", edits_on_one_weekday, SHARE, 0.20, control=True),
    )
}

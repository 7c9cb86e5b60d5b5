from datetime import date

import pandas as pd

from playbook.coaching import plans
from playbook.coaching.focus import focus_of_each
from tests.coaching.small_team import AS_OF, DIAGNOSIS, company, team


def test_days_to_look_again_are_working_days():
    steps = plans.steps(date(2026, 3, 27))  # a Friday
    assert steps["on"][0] == pd.Timestamp("2026-04-03")
    assert (steps["on"].dt.day_of_week < 5).all() and steps["on"].is_monotonic_increasing


def test_a_plan_that_starts_on_a_weekend_counts_from_the_friday_before():
    assert plans.steps(date(2026, 3, 28))["on"].tolist() == plans.steps(date(2026, 3, 27))["on"].tolist()


def test_a_draft_joins_the_focus_its_play_and_the_day_of_knowing():
    row = focus_of_each(team().reps, DIAGNOSIS).iloc[0]
    draft = plans.draft(company(), row, AS_OF)
    assert (draft.name, draft.driver, draft.play.key) == ("Ana", "stage:Discovery", "stage_early")
    assert (draft.when.level, draft.when.known) == (0.5, 26)


def test_new_is_who_began_within_120_days():
    reps = team().reps.assign(hired_on=pd.to_datetime(["2025-12-01", "2025-11-30", None, "2026-04-15", "2026-03-31"]))
    new = plans.new_reps(reps, AS_OF)
    assert new["name"].tolist() == ["Ana", "Eve"]
    assert new["day"].tolist() == [120, 0]


def test_a_new_rep_without_a_name_is_called_by_the_id():
    reps = team().reps.assign(name=None)
    assert plans.new_reps(reps, AS_OF)["name"].tolist() == ["r5"]


def test_the_ramp_has_three_days_from_the_first_one():
    ramp = plans.ramp(pd.Timestamp("2026-02-01"))
    assert ramp["on"].tolist() == list(pd.to_datetime(["2026-03-03", "2026-04-02", "2026-05-02"]))

import math
from datetime import timedelta

import pandas as pd
import pytest

from playbook.coaching.observed import observed, weeks_seen
from playbook.drivers.observing import observations
from playbook.drivers.registry import DRIVERS
from playbook.metrics.forecast_calls import WAS_LOST, WAS_SAID
from playbook.simulate.company import simulate
from playbook.simulate.plan import Plan
from tests.coaching.small_team import AS_OF, company, thin

FULL = company()


def test_the_win_rate_s_values_are_the_closed_deals_of_the_rep():
    values = observed(FULL, "r1", "win_rate", AS_OF)
    assert (len(values), values["value"].sum()) == (26, 7)
    assert values["on"].is_monotonic_increasing


def test_a_stage_s_values_are_the_deals_that_left_it():
    values = observed(FULL, "r1", "stage:Discovery", AS_OF)
    assert (len(values), values["value"].sum()) == (26, 13)


def test_a_stage_that_the_rep_never_had_gives_nothing():
    assert observed(FULL, "r1", "stage:Nowhere", AS_OF).empty


def test_deal_size_and_cycle_time_are_logarithms_of_won_deals():
    size, cycle = (observed(FULL, "r1", driver, AS_OF) for driver in ("deal_size", "cycle_time"))
    assert size["value"].tolist() == pytest.approx([math.log(10_000)] * 7)
    assert cycle["value"].tolist() == pytest.approx([math.log(61)] * 7)


def test_slippage_counts_moves_to_a_later_day_per_closed_deal():
    values = observed(FULL, "r1", "slippage", AS_OF)
    assert (len(values), values["value"].sum()) == (26, 13)


@pytest.mark.parametrize(("aspect", "n", "right"), [(WAS_SAID, 7, 7), (WAS_LOST, 6, 0), ("", 13, 7)])
def test_a_forecast_is_read_as_the_diagnosis_judges_it(aspect, n, right):
    """Of the won deals those that were committed; of those lost as late as commits are made, those that were not."""
    values = observed(FULL, "r1", "forecast_accuracy", AS_OF, aspect)
    assert (len(values), values["value"].sum()) == (n, right)


@pytest.mark.parametrize("aspect", [WAS_LOST, WAS_SAID])
def test_the_level_of_a_forecast_is_the_level_that_the_diagnosis_tells(aspect):
    made = simulate(Plan(managers=2, reps_per_team=7, months=12), 3).company
    day = Plan().ends_on
    (seen,) = (s for s in observations(made, day) if s.driver == "forecast_accuracy" and s.aspect == aspect)
    for rep, own in seen.rows.groupby("rep_id"):
        values = observed(made, rep, "forecast_accuracy", day, aspect)
        ramped = values[values["on"].isin(own["on"])]  # the diagnosis leaves out deals of a rep's first months
        assert len(ramped) >= len(own) and abs(ramped["value"].mean() - own["value"].mean()) < 0.06


def test_a_discount_that_is_only_seen_in_the_prices_is_one():
    deals = FULL.opportunities.assign(list_amount=12_500.0)
    values = observed(FULL.with_tables(opportunities=deals), "r1", "discounting", AS_OF)
    assert values["value"].tolist() == pytest.approx([0.2] * 7)


def test_activity_is_counted_in_whole_weeks_up_to_the_day():
    values = observed(FULL, "r1", "activity", AS_OF)
    assert values["value"].tolist() == [7.0] * 14


def test_a_week_without_a_new_deal_counts_and_the_first_one_does_not_as_it_may_be_half():
    two = FULL.with_tables(
        opportunities=FULL.opportunities.set_index("opportunity_id").loc[["r1-00", "r1-20"]].reset_index()
    )
    values = observed(two, "r1", "pipeline_generation", AS_OF)
    assert len(values) == 28 and values["value"].sum() == 1


@pytest.mark.parametrize("driver", sorted(DRIVERS))
def test_what_the_data_does_not_hold_gives_no_values(driver):
    assert observed(thin({"r1": "Ana"}), "r1", driver, AS_OF).empty


@pytest.mark.parametrize("driver", sorted(DRIVERS))
def test_nobody_sees_the_deals_of_another(driver):
    assert observed(FULL, "nobody", driver, AS_OF).empty


def test_the_pace_is_read_from_the_rep_s_own_time():
    values = pd.DataFrame({"on": [pd.Timestamp(AS_OF) - pd.Timedelta(days=300)], "value": [1.0]})
    assert weeks_seen(values, AS_OF, 26) == 26
    assert weeks_seen(values, AS_OF, 26, since=AS_OF - timedelta(days=70)) == 10
    assert weeks_seen(values, AS_OF, 26, since=AS_OF) == 1

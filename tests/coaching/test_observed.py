import math
from datetime import timedelta

import pandas as pd
import pytest

from playbook.coaching.observed import observed, weeks_seen
from playbook.drivers import DRIVERS
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


def test_forecast_accuracy_looks_only_at_deals_that_were_committed():
    values = observed(FULL, "r1", "forecast_accuracy", AS_OF)
    assert (len(values), values["value"].sum()) == (13, 7)


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

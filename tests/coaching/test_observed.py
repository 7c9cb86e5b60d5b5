from datetime import timedelta

import pandas as pd
import pytest

from playbook.coaching.observed import own_values, weeks_seen
from playbook.drivers.observing import observations_of
from playbook.drivers.registry import DRIVERS, UnknownDriver
from playbook.metrics.forecast_calls import WAS_CALLED, WAS_LOST
from playbook.simulate.plan import Plan
from playbook.simulate.simulated_company import simulate
from tests.coaching.small_team import AS_OF, company, thin

FULL = company()


@pytest.fixture(scope="module")
def made():
    return simulate(Plan(managers=2, reps_per_team=7, months=12), 3).company


@pytest.mark.parametrize("driver", sorted(DRIVERS))
def test_a_rep_s_level_is_the_level_that_the_diagnosis_tells(made, driver):
    """There is one measure: the sums by which a rep is compared are those of the rep's own values."""
    day = Plan().ends_on
    for seen in observations_of(made, f"{driver}:Proposal" if driver == "stage" else driver, day):
        finished = seen.rows[~seen.rows["censored"]]
        for rep, rows in finished.groupby("rep_id"):
            own = own_values(made, rep, seen.driver, day, seen.aspect)
            assert own.level == pytest.approx(rows["value"].sum() / rows["exposure"].sum())
            assert len(own.rows) == rows["unit_id"].nunique() and own.rows["on"].is_monotonic_increasing
            assert (own.family, own.aspect) == (seen.family, seen.aspect)


def test_the_win_rate_s_values_are_the_closed_deals_of_the_rep():
    own = own_values(FULL, "r1", "win_rate", AS_OF)
    assert (len(own.rows), own.rows["value"].sum()) == (26, 7)


def test_a_stage_that_the_rep_never_had_gives_nothing():
    assert own_values(FULL, "r1", "stage:Nowhere", AS_OF).rows.empty


def test_deal_size_is_told_in_money():
    own = own_values(FULL, "r1", "deal_size", AS_OF)
    assert own.in_natural_unit(own.level) == pytest.approx(10_000) and len(own.rows) == 7


def test_only_steps_that_are_over_count(made):
    day = Plan().ends_on
    (seen,) = observations_of(made, "cycle_time", day)
    rep = seen.rows["rep_id"].iloc[0]
    own = own_values(made, rep, "cycle_time", day)
    assert own.unfinished == 0
    assert own.rows["exposure"].sum() == (seen.rows["rep_id"] == rep).sum()


@pytest.mark.parametrize(("aspect", "n", "right"), [(WAS_CALLED, 7, 7), (WAS_LOST, 6, 0), ("", 6, 0)])
def test_a_forecast_is_read_as_the_diagnosis_judges_it(aspect, n, right):
    """Of the won deals those that were committed; of those lost as late as commits are made, those that were not."""
    own = own_values(FULL, "r1", "forecast_accuracy", AS_OF, aspect)
    assert (len(own.rows), own.rows["value"].sum()) == (n, right)


def test_a_discount_that_is_only_seen_in_the_prices_is_one():
    deals = FULL.opportunities.assign(list_amount=12_500.0)
    own = own_values(FULL.with_tables(opportunities=deals), "r1", "discounting", AS_OF)
    assert own.rows["value"].tolist() == pytest.approx([0.2] * 7)


def test_an_unknown_driver_is_refused_and_not_taken_for_another():
    with pytest.raises(UnknownDriver):
        own_values(FULL, "r1", "next_steps", AS_OF)


@pytest.mark.parametrize("driver", sorted(DRIVERS))
def test_what_the_data_does_not_hold_gives_no_values(driver):
    assert own_values(thin({"r1": "Ana"}), "r1", driver, AS_OF).rows.empty


@pytest.mark.parametrize("driver", sorted(DRIVERS))
def test_nobody_sees_the_deals_of_another(driver):
    assert own_values(FULL, "nobody", driver, AS_OF).rows.empty


def test_the_pace_is_read_from_the_rep_s_own_time():
    values = pd.DataFrame({"on": [pd.Timestamp(AS_OF) - pd.Timedelta(days=300)], "value": [1.0]})
    assert weeks_seen(values, AS_OF, 26) == 26
    assert weeks_seen(values, AS_OF, 26, since=AS_OF - timedelta(days=70)) == 10
    assert weeks_seen(values, AS_OF, 26, since=AS_OF) == 1

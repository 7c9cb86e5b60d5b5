import pandas as pd
import pytest

from playbook.coaching.deals_to_look_at import MOST, of_the_focus, open_at_risk
from playbook.company import Company
from playbook.metrics.forecast_calls import WAS_CALLED
from tests.coaching.small_team import AS_OF, company

DAY = pd.Timestamp(AS_OF)


def with_deals(**changes: dict[str, object]) -> Company:
    """The small team's company; each change sets columns of Ana's deals in the order of their ids."""
    whole = company()
    deals = whole.opportunities.copy()
    own = deals.index[deals["rep_id"] == "r1"]
    for column, by_id in changes.items():
        for deal, value in by_id.items():
            deals.loc[own[deals.loc[own, "opportunity_id"] == deal], column] = value
    return whole.with_tables(opportunities=deals)


def test_an_open_deal_whose_date_has_passed_is_at_risk_and_says_so():
    deals = open_at_risk(with_deals(expected_close_on={"r1-open-1": DAY - pd.Timedelta(days=3)}), "r1", AS_OF)
    assert deals["why"].tolist() == ["its close date passed 3 days ago"]
    assert (deals.attrs["all"], deals.attrs["open"]) == (1, 2)


def test_deals_of_others_are_not_there():
    late = with_deals(expected_close_on={"r1-open-1": DAY - pd.Timedelta(days=3)})
    assert open_at_risk(late, "r2", AS_OF).empty


def test_deals_lost_in_the_stage_come_latest_first_and_no_more_than_four():
    deals = of_the_focus(company(), "r1", "stage:Discovery", AS_OF)
    assert deals["opportunity_id"].tolist() == ["r1-01", "r1-03", "r1-05", "r1-07"] and len(deals) == MOST
    assert deals["why"].iloc[0] == "lost in Discovery on 24 Mar 2026"


def test_a_lost_deal_tells_the_reason_that_was_given():
    deals = of_the_focus(with_deals(lost_reason={"r1-01": "price"}), "r1", "win_rate", AS_OF)
    assert deals["why"].iloc[0].endswith("reason given: price")


def test_the_largest_discounts_are_told_latest_first():
    given = with_deals(discount={"r1-00": 0.05, "r1-04": 0.30, "r1-08": 0.0})
    deals = of_the_focus(given, "r1", "discounting", AS_OF)
    assert deals["why"].tolist() == ["won with a discount of 5%", "won with a discount of 30%"]


@pytest.mark.parametrize(
    ("driver", "why"),
    [
        ("deal_size", "won at $10k: what was left out?"),
        ("cycle_time", "won after 60 days: where did it wait?"),
        ("slippage", "its close date moved once before it closed"),
        ("forecast_accuracy", "committed, then lost on"),
    ],
)
def test_each_driver_says_in_its_own_words_why_a_deal_is_worth_a_look(driver, why):
    deals = of_the_focus(company(), "r1", driver, AS_OF, "USD")
    assert 0 < len(deals) <= MOST and deals["why"].str.startswith(why).all()


def test_a_rep_who_seldom_commits_is_shown_the_deals_that_came_in_unannounced():
    whole = company()
    silent = whole.with_tables(stage_history=whole.stage_history.assign(forecast_category="pipeline"))
    deals = of_the_focus(silent, "r1", "forecast_accuracy", AS_OF, aspect=WAS_CALLED)
    assert len(deals) and deals["why"].str.startswith("won on ").all()
    assert deals["why"].str.endswith("never committed").all()
    assert of_the_focus(silent, "r1", "forecast_accuracy", AS_OF).empty


def test_an_open_deal_without_a_logged_touch_for_three_weeks_shows_the_activity():
    whole = company()
    touched = pd.DataFrame(
        {
            "rep_id": "r1",
            "opportunity_id": ["r1-open-1", "r1-open-2"],
            "kind": "call",
            "on": [DAY - pd.Timedelta(days=40), DAY - pd.Timedelta(days=5)],
        }
    )
    deals = of_the_focus(whole.with_tables(activities=touched), "r1", "activity", AS_OF)
    assert deals["why"].tolist() == ["nothing logged for 40 days"]


def test_a_driver_that_no_deal_shows_gives_none():
    assert of_the_focus(company(), "r1", "pipeline_generation", AS_OF).empty
    assert of_the_focus(company(), "r9", "deal_size", AS_OF).empty


def test_a_deal_is_called_by_account_name_or_id():
    deals = of_the_focus(with_deals(account={"r1-01": None}), "r1", "stage:Discovery", AS_OF)
    assert deals["account"].iloc[0] == "r1-01"


def test_without_close_dates_the_oldest_deals_at_risk_come_first():
    age = {f"r1-open-{n}": DAY - pd.Timedelta(days=days) for n, days in ((1, 500), (2, 600))}
    undated = with_deals(created_on=age, expected_close_on=dict.fromkeys(age, pd.NaT))
    deals = open_at_risk(undated, "r1", AS_OF)
    assert deals["opportunity_id"].tolist() == ["r1-open-2", "r1-open-1"] and deals.attrs["by"] == "age"


def test_deals_at_risk_with_a_date_are_said_to_stand_by_date():
    late = {f"r1-open-{n}": DAY - pd.Timedelta(days=n) for n in (1, 2)}
    deals = open_at_risk(with_deals(expected_close_on=late), "r1", AS_OF)
    assert deals["opportunity_id"].tolist() == ["r1-open-2", "r1-open-1"] and deals.attrs["by"] == "date"


def test_how_old_wins_were_is_told_as_the_caller_counts_it():
    typical = {"n": 10, "lower": 1.0, "middle": 2.0, "upper": 3.0, "oldest": 4.0}
    deals = open_at_risk(company(), "r1", AS_OF, typical)
    assert len(deals) and deals["why"].str.contains("nine of ten wins took 4 days or less").all()

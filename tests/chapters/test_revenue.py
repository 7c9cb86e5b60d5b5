from dataclasses import replace
from datetime import date
from pathlib import Path

import pandas as pd
import pytest

from playbook import as_of, roster
from playbook.chapters.where_revenue_comes_from import landing, pipeline, revenue
from playbook.chapters.where_revenue_comes_from.revenue_facts import month_and_quarter
from playbook.crm.import_options import ImportOptions
from playbook.crm.importing import import_exports
from playbook.forecast.forecasts import forecasts
from playbook.team import Team, missing_of, team_of
from tests.chapters.revenue_team import company, forecast, looks, team, without
from tests.coaching import small_team

MERIDIAN = Path(__file__).resolve().parents[2] / "data" / "samples" / "meridian_q1"
CELLS = (
    revenue.so_far,
    revenue.by_rep,
    revenue.to_reach_the_quota,
    pipeline.to_ask_about,
    pipeline.new_pipeline,
    landing.where_it_lands,
    landing.account,
)


def test_the_quarter_is_what_the_reps_and_those_who_left_have_won():
    text = revenue.so_far(team()).text
    assert "The quarter January to March 2026 (44 days left): your team has won $650 in 4 deals." in text
    assert "Open and due by its end: $1k in 3 deals." in text
    assert "Committed of that: $250 in 1 deal. Best case: $150 in 1 deal. At risk: $600 in 1 deal." in text


def test_the_month_is_told_beside_the_quarter():
    text = revenue.so_far(team()).text
    assert "February 2026 (13 days left): your team has won $300 in 2 deals." in text
    assert "Open in all, whenever it is due: $1.5k in 4 deals." in text


def test_what_the_manager_sold_is_your_own_and_in_no_sum_of_the_team():
    text = revenue.so_far(team()).text
    assert "Your own: You won $70 in 1 deal yourself in this quarter. It is not in the team's numbers." in text
    assert "1 open deal is still in your name." in text and "720" not in text


def test_reps_stand_by_name_and_people_who_left_stand_last_without_theirs():
    text = revenue.by_rep(team()).text
    rows = [line.split()[0] for line in text.splitlines() if line.strip().startswith(("Ana", "Ben", "People"))]
    assert rows == ["Ana", "Ben", "People", "Ana", "Ben"] and "Zoe" not in text
    assert "$500 (2)" in text and "50% of $1,000" in text and "10% of $1,000" in text
    assert "stays in the team's revenue" in text


def test_the_months_quota_is_said_to_be_a_part_of_a_longer_one():
    assert "The month's quota is taken from a longer one, by its days." in revenue.by_rep(team()).text


def with_chances(chance: float, **ends: float) -> Team:
    """The team with a forecast, in which each open deal is won in time with this chance."""
    deals = company().opportunities
    open_ids = deals.loc[deals["outcome"] == "open", "opportunity_id"]
    chances = pd.DataFrame(
        {"opportunity_id": open_ids, "manager_id": "m1", "probability": chance, "ever": 0.5, "n": 40}
    )
    return team(forecast=forecast(**ends), forecast_deals=chances)


def test_what_is_due_stands_beside_what_is_needed_and_what_the_simulation_expects_of_it():
    text = revenue.to_reach_the_quota(with_chances(0.3, quota=2_000.0)).text
    assert "add up to $2k. 32% of it is won, and 51% of the days are over." in text
    assert "Still to be won: $1.4k. Open and due: $1k in 3 deals. So even all of it would not be enough" in text
    assert "The simulation expects about 30% of it to be won in time." in text
    assert "the quota is reached in fewer than one of ten runs" in text


def test_no_multiple_of_the_quota_is_called_enough():
    for text in (revenue.to_reach_the_quota(with_chances(0.3)).text, landing.account(with_chances(0.3)).text):
        assert "would do" not in text and "times" not in text
    assert "no multiple of the quota is called enough" in revenue.to_reach_the_quota(team()).text


@pytest.mark.parametrize(
    ("quota", "runs"),
    [
        (1_500.0, "fewer than one of ten runs"),
        (1_300.0, "one to five of ten runs"),
        (1_000.0, "five to nine of ten runs"),
        (800.0, "more than nine of ten runs"),
    ],
)
def test_in_how_many_runs_the_quota_is_reached_is_read_from_the_range(quota, runs):
    quotas = company().quotas.assign(amount=quota / 2)
    ends = with_chances(0.5, low=900.0, middle=1_100.0, high=1_400.0)
    text = revenue.to_reach_the_quota(replace(ends, company=ends.company.with_tables(quotas=quotas))).text
    assert f"the quota is reached in {runs}." in text


def test_a_quarter_that_has_just_begun_says_so():
    early = replace(team(), as_of=date(2026, 1, 8))
    assert "The quarter has only just begun" in revenue.to_reach_the_quota(early).text
    assert "only just begun" not in revenue.to_reach_the_quota(team()).text


def test_new_deals_that_collapsed_are_not_called_usual():
    months = pd.date_range("2025-08-01", periods=6, freq="MS")
    opened = [str(month.date()) for month, n in zip(months, (9, 9, 9, 2, 1, 1), strict=True) for _ in range(n)]
    whole = company()
    deals = pd.concat([whole.opportunities.head(1)] * len(opened), ignore_index=True)
    deals = deals.assign(opportunity_id=[f"N{i}" for i in range(len(opened))], created_on=pd.to_datetime(opened))
    text = pipeline.new_pipeline(team(whole.with_tables(opportunities=deals))).text
    assert "New deals fell to 15% of the three months before" in text and "Your team opens about" not in text
    assert "Ask first whether the export holds all new deals." in text


def test_a_quota_that_is_reached_asks_for_no_coverage():
    whole = company()
    text = revenue.to_reach_the_quota(team(whole.with_tables(quotas=whole.quotas.assign(amount=300.0)))).text
    assert "The quota is reached." in text


@pytest.mark.parametrize(
    ("lacking", "cell", "remedy"),
    [
        ("expected_close_on", revenue.so_far, "expected close date"),
        ("forecast_category", revenue.so_far, "forecast category"),
        ("closed_on", revenue.by_rep, "close date"),
        ("created_on", pipeline.new_pipeline, "creation date"),
        ("amount", revenue.to_reach_the_quota, "amount of each deal"),
    ],
)
def test_a_part_that_lacks_its_data_is_off_and_says_which_export_turns_it_on(lacking, cell, remedy):
    text = cell(team(without(lacking))).text
    assert "is off." in text and remedy in text.partition("is off.")[2]


def test_the_account_says_what_the_quota_needs_beside_what_is_expected():
    text = landing.account(with_chances(0.3)).text
    assert "The quota needs more than all of it. The simulation expects about 30%." in text
    assert "The quota is reached in fewer than one of ten runs." in text
    bare = company().with_tables(quotas=company().quotas.head(0))
    assert "The quota needs" not in landing.account(team(bare, forecast=forecast())).text


def test_without_quotas_the_comparison_is_off_and_a_table_turns_it_on():
    whole = company()
    text = revenue.to_reach_the_quota(team(whole.with_tables(quotas=whole.quotas.head(0)))).text
    assert "The comparison with quotas is off." in text and "the quotas: person, period, amount" in text


def test_without_amounts_deals_are_counted_and_no_money_is_shown():
    for cell in (revenue.so_far, landing.account):
        text = cell(team(without("amount"))).text
        assert "$" not in text and ("4 deals" in text or "2 deals" in text)


def test_deals_without_an_amount_are_said_to_be_missing_from_the_money():
    whole = company()
    deals = whole.opportunities
    holes = deals.assign(amount=deals["amount"].mask(deals["opportunity_id"].isin(["W1", "O1"])))
    text = revenue.by_rep(team(whole.with_tables(opportunities=holes))).text
    assert "No amount is given for 1 won deal and 1 open deal: the money leaves them out." in text


def test_a_deal_whose_date_has_passed_needs_a_question():
    text = pipeline.to_ask_about(team()).text
    assert "1 of 4 open deals needs a question first: 1 is past the expected close date." in text
    assert "Account of O3" in text and "date passed 14 days ago" in text and "Account of O5" not in text


def test_a_long_list_of_old_deals_is_a_habit_and_is_counted_by_rep():
    whole = company()
    late = whole.opportunities[whole.opportunities["outcome"] == "open"]
    many = [
        late.assign(opportunity_id=late["opportunity_id"] + f"-{i}", expected_close_on="2026-02-01") for i in range(20)
    ]
    text = pipeline.to_ask_about(team(whole.with_tables(opportunities=pd.concat([whole.opportunities, *many])))).text
    assert "81 of 84 open deals need a question first" in text and "it is a habit of how deals are kept" in text
    assert [line.split()[:3] for line in text.splitlines() if line.strip().startswith(("Ana ", "Ben "))] == [
        ["Ana", "42", "40"],
        ["Ben", "42", "41"],
    ]


def test_new_pipeline_counts_the_teams_deals_and_not_the_managers_own():
    text = pipeline.new_pipeline(team()).text
    assert "10 deals opened" in text  # 12 in the data, 2 of them Mo's


def test_the_range_its_middle_and_the_quota_are_told():
    text = landing.where_it_lands(team(forecast=forecast(), forecast_error=looks(900.0, 1_200.0, 2_000.0))).text
    assert "The quarter ends between $900 and $1.4k in eight of ten cases; the middle is $1.1k." in text
    assert "The quota of $2k lies above the range: say so early." in text
    assert "February 2026 ends between $350 and $600" in text


@pytest.mark.parametrize(
    ("quota", "expected"),
    [(1_200.0, "lies inside the range"), (800.0, "lies below the range"), (600.0, "is reached"), (float("nan"), "")],
)
def test_the_quota_is_set_beside_the_range(quota, expected):
    text = landing.where_it_lands(team(forecast=forecast(quota=quota))).text
    assert expected in text and ("The quota of" in text) == bool(expected)


def test_the_past_error_says_how_often_ranges_held_and_how_far_the_middle_was_off():
    text = landing.where_it_lands(team(forecast=forecast(), forecast_error=looks(1_000.0, 1_250.0, 2_000.0))).text
    # off by 0%, 20% and 50%
    assert "2 of 3 past quarters ended inside their range. The middle was 23% off on average." in text


def test_without_past_quarters_the_range_is_called_a_first_guess():
    assert "Take it for a first guess." in landing.where_it_lands(team(forecast=forecast())).text


def test_a_range_that_was_widened_says_so():
    assert (
        "made wider"
        in landing.where_it_lands(team(forecast=forecast().assign(widened=1.4), forecast_error=looks(900.0))).text
    )


def test_without_enough_closed_deals_there_is_no_range():
    nothing = forecast(low=float("nan"), middle=float("nan"), high=float("nan"))
    assert "The forecast is off." in landing.where_it_lands(team(forecast=nothing)).text
    assert "The forecast is off." in landing.where_it_lands(team()).text
    assert "Expected" not in landing.account(team(forecast=nothing)).text


def test_the_account_for_leadership_is_complete_and_names_no_rep_and_no_customer():
    findings = {"forecast": forecast(), "forecast_error": looks(900.0, 2_000.0)}
    text = landing.account(team(**findings)).text
    assert (
        "Won: $650 in 4 deals, 32% of the quota of $2k, in the quarter January to March 2026. 44 days are left." in text
    )
    assert "Expected: $900 to $1.4k" in text and "Such ranges held in 1 of 2 past quarters." in text
    assert "At risk: $600 in 1 deal of these." in text and "22 Feb 2026" in text
    for name in ("Ana", "Ben", "Zoe", "Account of"):
        assert name not in text


def test_the_account_is_half_a_page():
    text = landing.account(team(forecast=forecast(), forecast_error=looks(900.0))).text
    begun, _, _ = text.partition("hear it from me first")
    assert 60 < len(begun.partition("Where our revenue")[2].split()) < 190


def test_deciding_deals_are_those_that_move_the_quarter_by_rep_and_never_by_money():
    whole = small_team.company()
    deals = whole.opportunities
    amounts = {"r1-open-1": 10.0, "r1-open-2": 90_000.0, "r2-open-1": 500_000.0}
    priced = deals.assign(amount=deals["opportunity_id"].map(amounts).fillna(deals["amount"]))
    here = small_team.team(of=whole.with_tables(opportunities=priced))
    chances = pd.DataFrame({"opportunity_id": deals.loc[deals["outcome"] == "open", "opportunity_id"]})
    chances = chances.assign(manager_id="m1", probability=0.3, ever=0.5, n=40)
    quarter = forecast().assign(ends_on=pd.Timestamp("2026-06-30"))
    with_forecast = team_of(
        here.company, "m1", here.as_of, {"forecast": quarter, "forecast_deals": chances}, missing=here.missing
    )
    text = landing.deciding_deals(with_forecast).text
    rows = [line.split()[2] for line in text.splitlines() if line.strip().startswith("Account of")]
    assert len(rows) == 5 and rows == sorted(rows) and "r1-open-2" in rows and "r1-open-1" not in rows
    assert "about 3 in 10" in text and "40 past deals like it" in text
    bare = with_forecast.company.with_tables(stage_history=with_forecast.company.stage_history.head(0))
    findings = {"forecast": quarter, "forecast_deals": chances}
    text = landing.deciding_deals(team_of(bare, "m1", here.as_of, findings, missing=here.missing)).text
    assert "40 past deals" in text and "like it" not in text and "lacks stage history" in text


def test_nobody_to_lead_gets_sentences():
    nobody = small_team.team(None, small_team.thin())
    for cell in CELLS:
        page_part = cell(nobody)
        assert page_part.text and "<table" not in page_part.html


@pytest.fixture(scope="module")
def meridian():
    """The teams of the public sample, by the manager's name; its published answers stand beside it as golden_*.yaml."""
    whole = import_exports(ImportOptions([MERIDIAN], date(2026, 4, 1))).company
    day = as_of.latest_day(whole, date(2026, 4, 1))
    then = as_of.at(whole, day)
    findings = forecasts(then, day)
    return {
        m.name: team_of(then, m.person_id, day, findings, missing=missing_of(whole))
        for m in roster.managers(then).itertuples()
    }


@pytest.mark.parametrize(
    ("manager", "won", "quota", "attained"),
    [
        ("David Kim", "2.05M", "3.5M", 0.586),
        ("Lisa Huang", "1.1M", "1.95M", 0.564),
        ("Carlos Reyes", "275k", "470k", 0.585),
    ],
)
def test_the_public_sample_attains_what_its_author_published(meridian, manager, won, quota, attained):
    text = landing.account(meridian[manager]).text
    assert f"Won: {won} in " in text and f"{_number(won) / _number(quota):.0%} of the quota of {quota}," in text
    _, quarter = month_and_quarter(meridian[manager])
    assert round(quarter.total["won"] / quarter.quota, 3) == attained


def _number(money_text: str) -> float:
    return float(money_text[:-1]) * {"k": 1e3, "M": 1e6}[money_text[-1]]


def test_the_public_samples_open_pipeline_is_the_published_one(meridian):
    quarters = [month_and_quarter(each)[1].total for each in meridian.values()]
    assert sum(total["open_all"] for total in quarters) == 4_311_000
    assert sum(total["open_due"] for total in quarters) == 1_301_000


def test_the_forecast_and_the_chapter_count_the_same_quarter(meridian):
    for each in meridian.values():
        range_ahead = each.finding("forecast").query("period == 'quarter'").iloc[0]
        _, quarter = month_and_quarter(each)
        assert (range_ahead["won"], range_ahead["open_due"], range_ahead["quota"]) == (
            quarter.total["won"],
            quarter.total["open_due"],
            quarter.quota,
        )


def test_deals_without_an_amount_are_told_beside_the_sum_that_leaves_them_out():
    whole = company()
    amounts = whole.opportunities["amount"].mask(whole.opportunities["opportunity_id"].isin(["W1", "O4"]))
    text = revenue.so_far(team(whole.with_tables(opportunities=whole.opportunities.assign(amount=amounts)))).text
    assert "$350 in 4 deals (1 without an amount)" in text
    assert "Open in all, whenever it is due: $1k in 4 deals (1 without an amount)." in text


def test_a_team_that_won_nothing_and_has_nothing_open_gets_no_range_and_no_empty_table():
    bare = company().with_tables(opportunities=company().opportunities.head(0))
    nothing = team(bare, forecast=forecast(0.0, 0.0, 0.0).assign(won=0.0))
    assert "There is nothing to forecast yet" in landing.where_it_lands(nothing).text
    assert "Expected" not in landing.account(nothing).text
    assert "<table" not in revenue.by_rep(nothing).html


def test_a_quota_far_out_of_scale_is_doubted_late_in_the_quarter():
    quotas = company().quotas.assign(amount=1_000_000.0)
    text = revenue.to_reach_the_quota(team(company().with_tables(quotas=quotas))).text
    assert "quotas and amounts count different things" in text
    assert "count different things" not in revenue.to_reach_the_quota(team()).text

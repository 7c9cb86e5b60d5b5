"""What the chapters of Dustin Brinkmann (Maven CRM, a public set) must state, recomputed from its files."""

import pandas as pd
import pytest

from tests.readings.pages import deals, exact, rounded, share, states

MANAGER = "Dustin Brinkmann"
LAST_DAY = pd.Timestamp("2017-12-31")

pytestmark = pytest.mark.exports("maven_crm")


@pytest.fixture(scope="module")
def everything() -> pd.DataFrame:
    from tests.conftest import exports_path

    deals = exports_path() / "maven_crm" / "sales_pipeline.csv"
    rows = pd.read_csv(deals, parse_dates=["engage_date", "close_date"])
    assert rows["close_date"].max() == LAST_DAY
    return rows


@pytest.fixture(scope="module")
def sold(everything) -> pd.DataFrame:
    from tests.conftest import exports_path

    teams = pd.read_csv(exports_path() / "maven_crm" / "sales_teams.csv")
    return everything[everything["sales_agent"].isin(teams.loc[teams["manager"] == MANAGER, "sales_agent"])]


@pytest.fixture(scope="module")
def names(sold) -> list[str]:
    return sorted(sold["sales_agent"].unique())


def in_quarter(sold: pd.DataFrame) -> pd.DataFrame:
    return sold[(sold["deal_stage"] == "Won") & (sold["close_date"] >= "2017-10-01")]


def test_your_new_role_states_the_people_and_their_open_deals(maven_pages, sold, names):
    open_deals = sold[~sold["deal_stage"].isin(["Won", "Lost"])].groupby("sales_agent").size()
    states(maven_pages["your_new_role"], f"{MANAGER}, {len(names)} reps.", f"You lead {len(names)} people.", *names)
    states(maven_pages["your_new_role"], *(str(open_deals[name]) for name in names))


def test_where_revenue_comes_from_states_the_quarter_by_rep_and_what_is_old(maven_pages, sold, names):
    won = in_quarter(sold)
    december = won[won["close_date"] >= "2017-12-01"]
    open_deals = sold[~sold["deal_stage"].isin(["Won", "Lost"])]
    states(
        maven_pages["where_revenue_comes_from"],
        f"your team has won {rounded(won['close_value'].sum())} in {deals(len(won))}.",
        f"December 2017: {rounded(december['close_value'].sum())} in {deals(len(december))} won.",
        f"Open, whenever it is due: {deals(len(open_deals))}.",
    )
    for name in names:
        own = won[won["sales_agent"] == name]
        states(
            maven_pages["where_revenue_comes_from"],
            f"{name} {exact(own['close_value'].sum())} ({len(own)}) {deals((open_deals['sales_agent'] == name).sum())}",
        )
    states(
        maven_pages["where_revenue_comes_from"],
        f"the {deals(int(open_deals['engage_date'].isna().sum()))} without a creation date",
    )


def test_why_deals_are_lost_states_the_win_rate_and_the_end_of_the_quarter(maven_pages, sold):
    closed = sold[sold["deal_stage"].isin(["Won", "Lost"]) & (sold["close_date"] > LAST_DAY - pd.DateOffset(years=1))]
    won = closed["deal_stage"] == "Won"
    last_month = closed["close_date"].dt.month.isin([3, 6, 9, 12])
    states(
        maven_pages["why_deals_are_lost"],
        f"Your team won {share(won.mean())} of its deals: {won.sum()} of {len(closed):,}",
        f"When it closed, last month of a quarter: {share(won[last_month].mean())} "
        f"({won[last_month].sum()} of {last_month.sum()})",
    )


def test_each_rep_states_each_rep_s_win_rate_and_its_deals(maven_pages, everything, sold, names):
    """A deal that is open for longer than 95 of 100 wins took counts as not won, for whoever closes it or not."""
    won = everything[everything["deal_stage"] == "Won"]
    longest = (won["close_date"] - won["engage_date"]).dt.days.quantile(0.95)
    closed = sold["deal_stage"].isin(["Won", "Lost"])
    stale = ~closed & ((LAST_DAY - sold["engage_date"]).dt.days > longest)
    for name in names:
        own = sold[(closed | stale) & (sold["sales_agent"] == name)]
        states(maven_pages["each_rep"], f"{len(own)} deals closed or stale", share((own["deal_stage"] == "Won").mean()))


def test_cover_from_your_leader_asks_for_what_the_export_lacks(maven_pages, names):
    states(
        maven_pages["cover_from_your_leader"],
        f"I lead {len(names)} reps. Coaching them takes 6¼ hours a week",
        "The expected close date of each open deal",
        "The quotas: person, period, amount",
    )
    assert not [name for name in names if name in maven_pages["cover_from_your_leader"]]

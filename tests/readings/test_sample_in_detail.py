"""Numbers on revenue, lost deals and each rep that Helena Usmani would sample, recomputed from the tables alone."""

import re

import pandas as pd
import pytest

from tests.readings.pages import deals, rounded, share, short, states
from tests.readings.test_sample import (  # noqa: F401  (fixtures)
    AS_OF,
    QUARTER,
    due,
    people,
    pushes,
    table,
    team_deals,
    won_in,
)

YEAR_AGO = AS_OF - pd.DateOffset(years=1)
LOUD = ["coach", "watch", "strength", "disputed"]


@pytest.fixture(scope="module")
def year(team_deals) -> pd.DataFrame:  # noqa: F811
    """Won and lost in the last twelve months."""
    return team_deals[team_deals["outcome"].isin(["won", "lost"]) & (team_deals["closed_on"] > YEAR_AGO)]


@pytest.fixture(scope="module")
def history(team_deals) -> pd.DataFrame:  # noqa: F811
    """Each deal's stages, in the order in which they were entered."""
    steps = table("stage_history").sort_values(["opportunity_id", "step"])
    return steps[steps["opportunity_id"].isin(team_deals["opportunity_id"])]


def won_of(rows: pd.DataFrame) -> str:
    won = int((rows["outcome"] == "won").sum())
    return f"{share(won, len(rows))} ({won} of {len(rows)})"


def test_where_revenue_comes_from_states_what_is_old_and_what_is_at_risk(sample_pages, team_deals, year):  # noqa: F811
    won = year[year["outcome"] == "won"]
    usual = (won["closed_on"] - won["created_on"]).dt.days.quantile(0.9)
    still = team_deals[team_deals["outcome"] == "open"]
    old = (AS_OF - still["created_on"]).dt.days > usual
    risky = old | (still["expected_close_on"] < AS_OF) | (pushes(still) >= 2)
    at_risk = due(still[risky], QUARTER[1])
    states(
        sample_pages["where_revenue_comes_from"],
        f"{risky.sum()} of {len(still)} open deals need a question first",
        f"{old.sum()} are older than {round(usual)} days",
        f"{old.sum()} of {len(still)} open deals are older than nine of ten won deals were",
        f"Measured by {len(won)} won deals of the last 12 months.",
        f"At risk: {rounded(at_risk['amount'].sum(), '$')} in {deals(len(at_risk))}.",
    )


def test_revenue_states_the_deals_to_ask_about_by_rep_and_how_many_each_has(sample_pages, team_deals, people, year):  # noqa: F811
    won = year[year["outcome"] == "won"]
    usual = (won["closed_on"] - won["created_on"]).dt.days.quantile(0.9)
    still = team_deals[team_deals["outcome"] == "open"]
    risky = (AS_OF - still["created_on"]).dt.days.gt(usual) | still["expected_close_on"].lt(AS_OF) | pushes(still).ge(2)
    states(
        sample_pages["where_revenue_comes_from"],
        *(
            f"{person['name']} {(still['rep_id'] == rep).sum()} {(risky & (still['rep_id'] == rep)).sum()}"
            for rep, person in people.iterrows()
        ),
        *(f"{row.account} {people['name'][row.rep_id]} {row.stage}" for row in still[risky].itertuples()),
    )


def test_where_revenue_comes_from_states_what_the_quota_needs_of_the_money_due(sample_pages, team_deals, people):  # noqa: F811
    quotas = table("quotas")
    quotas_of_quarter = quotas[(quotas["starts_on"] == QUARTER[0]) & quotas["rep_id"].isin(people.index)]
    waiting = due(team_deals[team_deals["outcome"] == "open"], QUARTER[1])["amount"].sum()
    to_win = quotas_of_quarter["amount"].sum() - won_in(team_deals, QUARTER)["amount"].sum()
    states(sample_pages["where_revenue_comes_from"], f"So {share(to_win, waiting)} of that money is needed.")


def test_where_revenue_comes_from_states_the_deals_opened_each_month(sample_pages, team_deals):  # noqa: F811
    months = team_deals[team_deals["created_on"] >= pd.Timestamp("2025-10-01")].groupby(
        team_deals["created_on"].dt.to_period("M")
    )
    opened, full = months.size(), months.size().iloc[:-1]
    last = team_deals[team_deals["created_on"].between("2026-06-01", "2026-08-31")]
    won = team_deals[(team_deals["outcome"] == "won") & (team_deals["closed_on"] > YEAR_AGO)]
    states(
        sample_pages["where_revenue_comes_from"],
        "Columns: " + ", ".join(f"{month:%b %Y} {n}" for month, n in opened.items()) + ".",
        f"A full month brought {full.min()} to {full.max()} deals.",
        f"In the last three full months it was {len(last)}, worth {short(last['amount'].sum(), '$')} today.",
        f"closed about {(won['closed_on'] - won['created_on']).dt.days.median():.0f} days later",
    )


@pytest.mark.parametrize(
    ("column", "called"),
    [("kind", "Kind of deal"), ("segment", "Segment"), ("source", "Source"), ("product", "Product")],
)
def test_why_deals_are_lost_states_the_win_rate_of_each_group(sample_pages, year, column, called):
    states(
        sample_pages["why_deals_are_lost"],
        *(f"{called}, {group}: {won_of(rows)}" for group, rows in year.groupby(column)),
    )


def test_why_deals_are_lost_states_how_far_a_group_stands_from_all_others(sample_pages, year):
    for kind in ("new", "renewal"):  # what is said of expansion is within luck
        rate, rest = (
            (rows["outcome"] == "won").mean() for rows in (year[year["kind"] == kind], year[year["kind"] != kind])
        )
        side = "above" if rate > rest else "below"
        states(sample_pages["why_deals_are_lost"], f"{abs(rate - rest) * 100:.0f} points {side} all other deals.")


def test_why_deals_are_lost_states_the_last_month_of_a_quarter(sample_pages, year):
    late = year["closed_on"].dt.month.isin([1, 4, 7, 10])  # the fiscal year starts in February
    states(
        sample_pages["why_deals_are_lost"],
        f"last month of a quarter: {won_of(year[late])}",
        f"other months: {won_of(year[~late])}",
    )


def test_why_deals_are_lost_states_the_other_win_rates(sample_pages, year, team_deals):  # noqa: F811
    won = year["outcome"] == "won"
    decided = year[won | (year["lost_to"] != "no_decision")]
    overdue = ((team_deals["outcome"] == "open") & (team_deals["expected_close_on"] < AS_OF)).sum()
    states(
        sample_pages["why_deals_are_lost"],
        f"By money {share(year['amount'][won].sum(), year['amount'].sum())} {len(year)} deals",
        f"no decision {share((decided['outcome'] == 'won').mean())} {len(decided)} deals",
        f"as lost {share(won.sum(), len(year) + overdue)} {len(year) + overdue} deals",
    )


def test_why_deals_are_lost_states_the_reasons_and_the_competitors(sample_pages, year):
    lost = year[year["outcome"] == "lost"]
    reasons, rivals = (
        lost[column].value_counts().sort_index().sort_values(ascending=False, kind="stable")
        for column in ("lost_reason", "competitor")
    )
    states(
        sample_pages["why_deals_are_lost"],
        "; ".join(f"{reason} {n}" for reason, n in reasons.head(6).items()),
        *(f"{rival} {n} {share(n, rivals.sum())}" for rival, n in rivals.items()),
    )


def test_why_deals_are_lost_states_where_deals_leak(sample_pages, history, team_deals):  # noqa: F811
    """A stage's first entry decides; an entry counts once nine of ten stays of that stage had time to end."""
    order = table("stages").query("outcome == 'open'").sort_values("position")["stage"].tolist()
    place = {stage: number for number, stage in enumerate(order)}
    outcome = team_deals.set_index("opportunity_id")["outcome"]
    farthest = history.assign(place=history["stage"].map(place)).groupby("opportunity_id")["place"].max()
    first = history[history["stage"].isin(order)].drop_duplicates(["opportunity_id", "stage"])
    deal = first["opportunity_id"]
    passed = (deal.map(farthest) > first["stage"].map(place)) | (deal.map(outcome) == "won")
    lost = ~passed & (deal.map(outcome) == "lost")
    lately = first["entered_on"] > AS_OF - pd.Timedelta(days=540)
    for stage in order:
        here = (first["stage"] == stage) & lately
        on_the_page = sample_pages["why_deals_are_lost"].split(f"{stage}: ")[1].split(",")[0]
        went_on, left = (int(n) for n in on_the_page.replace(" went on", "").split(" of "))
        assert went_on <= (passed & here).sum() and left <= ((passed | lost) & here).sum()
        assert left >= 0.9 * ((passed | lost) & here).sum()  # only the youngest entries are left out
        assert abs(went_on / left - (passed & here).sum() / ((passed | lost) & here).sum()) < 0.02


def test_why_deals_are_lost_states_what_a_point_is_worth_within_what_a_rough_sum_gives(sample_pages, team_deals, year):  # noqa: F811
    """A hundredth of the deals that end in a quarter, times those past Discovery that are won, times a won deal."""
    amounts = team_deals.loc[team_deals["outcome"] == "won", "amount"]
    typical = amounts.clip(*amounts.quantile([0.05, 0.95])).mean()
    rate = (year["outcome"] == "won").mean()
    rough = 0.01 * len(year) / 4 * rate / 0.75 * typical  # three in four leave Discovery forwards
    text = (
        sample_pages["why_deals_are_lost"]
        .split("One point more is worth about the same everywhere: ")[1]
        .split(" a quarter")[0]
    )
    low, high = (float(part.strip("$k")) * 1_000 for part in text.split(" to "))
    assert 0.8 * rough < high < 1.25 * rough and low <= high


def test_each_rep_states_how_many_won_deals_had_been_called(sample_pages, history, team_deals, people):  # noqa: F811
    called = set(history.loc[history["forecast_category"] == "commit", "opportunity_id"])
    won = team_deals[team_deals["outcome"] == "won"]
    for rep in people.index[people["job"] == "Account Manager"]:  # two of them, so that nothing is compared
        own = won[won["rep_id"] == rep]
        states(
            sample_pages["each_rep"],
            f"{own['opportunity_id'].isin(called).sum()} of {len(own)} deals won had been committed before.",
        )


def test_each_rep_states_each_reps_conversion_by_quarter(sample_pages, history, team_deals, people):  # noqa: F811
    """For whom a stage is followed: how many deals left it in each quarter, and which share of them forwards.

    Counted are the deals old enough for 95 of 100 passes to have happened; what still stands there has not passed.
    """
    rep_of = team_deals.set_index("opportunity_id")["rep_id"]
    pattern = r"Conversion out of (\w+), (\w+ \w+), n = (\d+) "
    followed = re.findall(pattern, sample_pages["each_rep"])
    assert followed
    for stage, name, counted in followed:
        forwards, left = _out_of(history, stage)
        own = left[left.index.map(rep_of) == people.index[people["name"] == name][0]]
        quarter = own.dt.to_period("Q-JAN")  # the fiscal year ends in January
        assert int(counted) == (quarter.map(quarter.value_counts()) >= 3).sum()
        text = sample_pages["each_rep"].split(f"Conversion out of {stage}, {name}, n = ")[1]
        row = text.split("1 May 2026 to 31 Jul 2026 ")[1].split(" ")
        last = own.index[(own > pd.Timestamp("2026-04-30")) & (own <= pd.Timestamp("2026-07-31"))]
        assert (row[0], row[4]) == (share(last.map(forwards).astype(float).to_numpy().mean()), str(len(last)))


def _out_of(history: pd.DataFrame, stage: str) -> tuple[pd.Series, pd.Series]:
    """Of each deal that is old enough in `stage`, whether it went on, and the day on which it left or was given up."""
    moves = history[history["stage"] != history.groupby("opportunity_id")["stage"].shift()]  # a push is no move
    steps = moves.groupby("opportunity_id", sort=False)
    entries = moves.assign(after=steps["stage"].shift(-1), left_on=steps["entered_on"].shift(-1))
    entries = entries[entries["stage"] == stage].drop_duplicates("opportunity_id").set_index("opportunity_id")
    forwards = entries["after"].notna() & (entries["after"] != "Closed Lost")
    enough = (entries["left_on"] - entries["entered_on"]).dt.days[forwards].quantile(0.95)
    given_up = entries["entered_on"] + pd.Timedelta(days=round(enough))
    old = (AS_OF - entries["entered_on"]).dt.days >= enough
    return forwards, entries["left_on"].fillna(given_up)[old]


def test_each_rep_pairs_everybody_once_and_in_the_order_of_names(sample_pages, people):  # noqa: F811
    names = people["name"].to_list()
    text = sample_pages["each_rep"].split("Who could learn from whom?")[1].split("Ask both first")[0]
    pairs = [(a, b) for i, a in enumerate(names) for b in names[i + 1 :] if f"- {a} and {b}" in text]
    assert len(pairs) == len(names) // 2 and len({name for pair in pairs for name in pair}) == 2 * len(pairs)
    assert pairs == sorted(pairs, key=lambda pair: names.index(pair[0]))

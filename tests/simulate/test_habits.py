"""A habit changes how a rep's record looks, leaves it whole, and touches nobody else's."""

from datetime import date
from functools import cache

import pandas as pd
import pytest

from playbook.company import validate
from playbook.errors import UnusableInput
from playbook.simulate.habits import KINDS, TRUTH_COLUMNS, Habit, with_habits
from playbook.simulate.plan import Plan
from playbook.simulate.simulated_company import simulate

PLAN = Plan(managers=2, reps_per_team=3, months=12)
SEEN_ON, SINCE = PLAN.ends_on, date(2026, 3, 2)
REP = "R002"
OPEN_STAGES = list(PLAN.stages)


@cache
def true_record():
    return simulate(PLAN, 4).company


@cache
def company_with(*habits):
    return with_habits(true_record(), habits, SEEN_ON, seed=4)[0]


@pytest.fixture
def before():
    return true_record()


def deals(company, outcome=None):
    """The rep's deals by id, all or those with one outcome."""
    own = company.opportunities[company.opportunities["rep_id"] == REP]
    return (own if outcome is None else own[own["outcome"] == outcome]).set_index("opportunity_id")


def moves(company):
    return company.stage_history[company.stage_history["opportunity_id"].isin(deals(company).index)]


def done(company):
    return company.activities[company.activities["rep_id"] == REP]


def later(before, after, column):
    """By how many days a date of each deal that stands in both companies has moved."""
    return (deals(after)[column] - deals(before)[column]).dropna().dt.days


@pytest.mark.parametrize("since", [None, SINCE])
@pytest.mark.parametrize("kind", KINDS)
def test_a_habit_leaves_the_record_whole(before, kind, since):
    company = company_with(Habit(REP, kind, since))
    validate(company)
    history = company.stage_history
    assert (history.groupby("opportunity_id").cumcount() + 1 == history["step"]).all()
    assert (history.groupby("opportunity_id")["entered_on"].diff().dropna() >= pd.Timedelta(0)).all()
    all_deals = company.opportunities.set_index("opportunity_id")
    first = history.drop_duplicates("opportunity_id").set_index("opportunity_id")
    last = history.drop_duplicates("opportunity_id", keep="last").set_index("opportunity_id")
    closed = all_deals["outcome"] != "open"
    assert first["entered_on"].equals(all_deals["created_on"]) and last["stage"].equals(all_deals["stage"])
    assert last.loc[closed, "entered_on"].equals(all_deals.loc[closed, "closed_on"])
    assert all_deals.loc[~closed, ["closed_on", "lost_to", "lost_reason"]].isna().all(axis=None)
    assert history["entered_on"].max() <= pd.Timestamp(SEEN_ON)
    assert set(company.activities["opportunity_id"].dropna()) <= set(all_deals.index)


@pytest.mark.parametrize("kind", KINDS)
def test_a_habit_changes_the_record_of_its_rep_and_of_nobody_else(before, kind):
    company = company_with(Habit(REP, kind))
    tables = ("opportunities", "activities", "quotas")
    assert not all(company.table(t).equals(before.table(t)) for t in (*tables, "stage_history"))
    for table in tables:
        one, other = (c.table(table)[c.table(table)["rep_id"] != REP].reset_index(drop=True) for c in (before, company))
        assert one.equals(other)
    others = before.opportunities.loc[before.opportunities["rep_id"] != REP, "opportunity_id"]
    one, other = (c.stage_history[c.stage_history["opportunity_id"].isin(others)] for c in (before, company))
    assert one.reset_index(drop=True).equals(other.reset_index(drop=True))


@pytest.mark.parametrize("kind", sorted(set(KINDS) - {"absence", "part_time"}))
def test_a_habit_changes_nothing_that_was_over_before_it_began(before, kind):
    company = company_with(Habit(REP, kind, SINCE))
    over = deals(before)[deals(before)["closed_on"] < pd.Timestamp(SINCE)]
    assert deals(company).loc[over.index].equals(over)


@pytest.mark.parametrize("kind", KINDS)
def test_a_habit_is_the_same_twice_and_true_in_words(before, kind):
    habit = Habit(REP, kind, SINCE)
    company, truth = with_habits(before, [habit], SEEN_ON, seed=4)
    assert company.opportunities.equals(company_with(habit).opportunities)
    assert list(truth.columns) == list(TRUTH_COLUMNS)
    (row,) = truth.itertuples()
    assert (row.rep_id, row.habit, row.since.date(), row.size) == (REP, kind, SINCE, KINDS[kind].usual)
    assert row.sentence.startswith("Sells as an ordinary rep does and ") and "{" not in row.sentence


def test_lost_deals_are_closed_late_and_the_latest_are_open_still(before):
    company = company_with(Habit(REP, "late_closing", size=20.0))
    by = later(before, company, "closed_on")
    lost = deals(before, "lost").index
    assert by[by.index.isin(lost)].between(10, 32).all() and (by[~by.index.isin(lost)] == 0).all()
    much_later = company_with(Habit(REP, "late_closing", size=60.0))  # by a month at least: beyond the end of the data
    recent = deals(before, "lost").query("closed_on > '2026-08-19'").index
    assert len(recent) and set(deals(much_later).loc[recent, "outcome"]) == {"open"}
    assert deals(much_later).loc[recent, "stage"].isin(OPEN_STAGES).all()


@pytest.mark.parametrize("months", [1, 3])
def test_lost_deals_are_closed_together_at_the_end_of_a_month_or_quarter(before, months):
    company = company_with(Habit(REP, "bulk_closing", size=months))
    days = deals(company, "lost")["closed_on"]
    assert days.nunique() < deals(before, "lost")["closed_on"].nunique() / 3
    bulk = days[days.duplicated(keep=False)]
    assert (bulk + pd.Timedelta(days=3)).dt.month.ne(bulk.dt.month).all() and (bulk.dt.day_of_week < 5).all()
    assert (bulk.dt.month % months == 0).all()


def test_lost_deals_are_never_closed(before):
    company = company_with(Habit(REP, "never_closing", size=0.8))
    share = 1 - len(deals(company, "lost")) / len(deals(before, "lost"))
    assert share == pytest.approx(0.8, abs=0.12)
    assert deals(company, "won").equals(deals(before, "won"))


def test_a_deal_is_entered_from_a_later_stage_on_and_those_that_never_got_there_are_missing(before):
    company = company_with(Habit(REP, "late_entry", size=3))
    assert not moves(company)["stage"].isin(OPEN_STAGES[:2]).any()
    assert len(deals(company)) < len(deals(before)) and set(deals(before, "won").index) <= set(deals(company).index)
    assert (later(before, company, "created_on") >= 0).all()
    assert len(done(company)) == len(done(before))


def test_a_deal_is_backdated_by_up_to_the_days_given(before):
    company = company_with(Habit(REP, "backdated_entry", size=90))
    assert later(before, company, "created_on").between(-90, -45).all()
    assert len(moves(company)) == len(moves(before))


def test_won_deals_are_moved_through_their_stages_on_one_day(before):
    company = company_with(Habit(REP, "jumped_stages", size=1.0))
    won = moves(company)[moves(company)["opportunity_id"].isin(deals(company, "won").index)]
    after_the_first = won[won["step"] > 1]
    assert (after_the_first.groupby("opportunity_id")["entered_on"].nunique() == 1).all()


@pytest.mark.parametrize("stage", OPEN_STAGES)
def test_a_stage_is_never_used(before, stage):
    company = company_with(Habit(REP, "jumped_stages", stage=stage))
    assert stage not in set(moves(company)["stage"]) | set(deals(company)["stage"])
    assert deals(company)["outcome"].equals(deals(before)["outcome"])
    assert deals(company)["created_on"].equals(deals(before)["created_on"])


def test_a_share_of_the_activities_is_not_logged(before):
    company = company_with(Habit(REP, "activities_not_logged", size=0.7))
    assert len(done(company)) / len(done(before)) == pytest.approx(0.3, abs=0.04)
    since = done(company_with(Habit(REP, "activities_not_logged", SINCE)))
    assert (since["on"] < pd.Timestamp(SINCE)).sum() == (done(before)["on"] < pd.Timestamp(SINCE)).sum()


@pytest.mark.parametrize(
    ("kind", "column"), [("dates_not_kept", "expected_close_on"), ("categories_not_kept", "forecast_category")]
)
def test_what_was_said_of_a_deal_at_first_is_never_changed(before, kind, column):
    company = company_with(Habit(REP, kind, size=1.0))
    while_open = moves(company)[moves(company)["stage"].isin(OPEN_STAGES)]
    assert (while_open.groupby("opportunity_id")[column].nunique() == 1).all()
    assert len(moves(company)) < len(moves(before))
    assert deals(company)["outcome"].equals(deals(before)["outcome"])


def test_one_deal_is_entered_as_three_of_a_third_each(before):
    company = company_with(Habit(REP, "split_deals", size=3))
    assert len(deals(company)) == 3 * len(deals(before)) and len(moves(company)) == 3 * len(moves(before))
    assert deals(company)["amount"].sum() == pytest.approx(deals(before)["amount"].sum(), rel=1e-4)


def test_amounts_are_entered_in_thousands(before):
    company = company_with(Habit(REP, "amount_units"))
    assert (deals(company)["amount"] * 1_000 - deals(before)["amount"]).abs().max() < 1e-6
    assert (deals(company)["discount"].fillna(-1) == deals(before)["discount"].fillna(-1)).all()


def test_a_rep_on_half_time_opens_and_does_half_and_has_half_a_quota(before):
    company = company_with(Habit(REP, "part_time", size=0.5))
    assert len(deals(company)) / len(deals(before)) == pytest.approx(0.5, abs=0.12)
    assert len(done(company)) / len(done(before)) == pytest.approx(0.5, abs=0.12)
    quota = [c.quotas.loc[c.quotas["rep_id"] == REP, "amount"].tolist() for c in (before, company)]
    assert quota[1] == [amount * 0.5 for amount in quota[0]]


def test_nothing_happens_while_a_rep_is_away_and_it_is_caught_up_with_on_the_return(before):
    company = company_with(Habit(REP, "absence", SINCE, size=60))
    away = pd.Timestamp(SINCE), pd.Timestamp("2026-05-01") - pd.Timedelta(days=1)
    for days in (done(company)["on"], deals(company)["created_on"], moves(company)["entered_on"]):
        assert not days.between(*away).any()
    assert (deals(company)["closed_on"] == pd.Timestamp("2026-05-01")).sum() > 3


def test_habits_of_one_rep_act_together(before):
    company, truth = with_habits(before, [Habit(REP, "late_closing"), Habit(REP, "amount_units")], SEEN_ON)
    assert len(truth) == 2 and deals(company)["amount"].max() < 1_000
    assert (later(before, company, "closed_on") > 0).any()


@pytest.mark.parametrize(
    ("habit", "word"), [(Habit(REP, "charm"), "no habit"), (Habit("R999", "late_closing"), "nobody has the id")]
)
def test_a_habit_that_is_none_or_nobodys_is_refused(before, habit, word):
    with pytest.raises(UnusableInput, match=word):
        with_habits(before, [habit], SEEN_ON)

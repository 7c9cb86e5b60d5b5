"""Each trait of the record: who has the habit is told, and nobody else."""

from datetime import date

import pandas as pd
import pytest

from playbook.records.beside_colleagues import record_from
from playbook.records.inputs import record_inputs
from playbook.records.traits import TRAITS
from tests.records.made_record import ODD, REPS, STAGES, TODAY, made, odd_ones, of_the_odd_one
from tests.small_company import company


def only_the_last_stage(facts):
    last = facts["stages"][STAGES[-1]]
    return {"stages": {STAGES[-1]: last}, "created": last}


def days(n: int) -> pd.Timedelta:
    return pd.Timedelta(days=n)


HABITS = {
    "closing_lag": (lambda f: {"closed": f["closed"] + days(14)}, "high"),
    "closed_in_bulk": (lambda f: {"closed": f["closed"] + pd.offsets.QuarterEnd(0)}, "high"),
    "left_open": (lambda f: {} if f["won"] else {"outcome": "open"}, "high"),
    "entered_late": (only_the_last_stage, "high"),
    "done_before_entry": (lambda f: {"created": f["created"] + days(5)}, "high"),
    "days_to_first_sign": (lambda f: {"created": f["created"] - days(60)}, "high"),
    "stages_left_out": (lambda f: {"stages": {s: f["stages"][s] for s in ("Discovery", "Proposal")}}, "high"),
    "stages_on_one_day": (lambda f: {"stages": dict.fromkeys(STAGES, f["stages"]["Proposal"])}, "high"),
    "wins_without_activity": (lambda f: {"activities": []}, "high"),
    "unit_of_amounts": (lambda f: {"amount": f["amount"] / 1_000}, "low"),
    "round_sums": (lambda f: {"amount": 10_000.0}, "high"),
    "worked_by_others": (lambda f: {"by": REPS[1]}, "high"),
    "largest_account": (lambda f: {"account": "Acme"}, "high"),
    "owns_wins": (lambda f: {"won": False}, "low"),
}


@pytest.mark.parametrize("trait", HABITS)
def test_who_keeps_the_record_otherwise_is_told_and_nobody_else(trait):
    change, side = HABITS[trait]
    assert odd_ones(trait, made(of_the_odd_one(change))) == {ODD: side}


def test_where_all_keep_it_alike_nobody_is_odd():
    measured = record_from(record_inputs(made(), TODAY))
    assert set(measured["side"]) == {"alike"} and set(HABITS) <= set(measured["trait"])


def test_a_habit_of_all_is_a_habit_though_nobody_is_odd():
    change, _ = HABITS["stages_left_out"]
    record = record_from(record_inputs(made(change), TODAY))
    left_out = record[record["trait"] == "stages_left_out"]
    assert left_out["habit"].all() and set(left_out["side"]) == {"alike"}


@pytest.mark.parametrize("trait", ["stages_left_out", "wins_without_activity"])
def test_the_honest_one_among_many_is_odd_on_the_other_side(trait):
    change, _ = HABITS[trait]
    assert odd_ones(trait, made(lambda facts: {} if facts["rep"] == ODD else change(facts))) == {ODD: "low"}


def test_whoever_works_on_deals_that_others_own_is_told():
    whole = made(lambda facts: {"by": ODD} if facts["rep"] == REPS[1] else {})
    assert odd_ones("works_for_others", whole) == {ODD: "high"}


def test_deals_entered_in_parts_are_told():
    whole = made()
    deals = whole.opportunities
    again = deals[deals["rep_id"] == ODD]
    again = again.assign(opportunity_id=again["opportunity_id"] + "-2")
    assert odd_ones("entered_in_parts", whole.with_tables(opportunities=pd.concat([deals, again]))) == {ODD: "high"}


def test_copies_put_away_as_lost_are_told():
    whole = made()
    deals = whole.opportunities.assign(name="a deal")
    won = deals[(deals["rep_id"] == ODD) & (deals["outcome"] == "won")]
    copies = won.assign(opportunity_id=won["opportunity_id"] + "-2", outcome="lost")
    assert odd_ones("lost_copies", whole.with_tables(opportunities=pd.concat([deals, copies]))) == {ODD: "high"}


def quotas(of_the_odd: float) -> pd.DataFrame:
    days_of = {"starts_on": pd.Timestamp("2026-07-01"), "ends_on": pd.Timestamp("2026-09-30")}
    return pd.DataFrame({"rep_id": REPS, "amount": [of_the_odd, *[100_000.0] * 11], "unit": "money", **days_of})


def test_half_a_quota_is_told_and_a_tenth_less_is_not():
    assert odd_ones("share_of_a_quota", made().with_tables(quotas=quotas(50_000.0))) == {ODD: "low"}
    assert odd_ones("share_of_a_quota", made().with_tables(quotas=quotas(90_000.0))) == {}


def few_deals():
    whole = made()
    number = whole.opportunities["opportunity_id"].str[-2:].astype(int)
    rest = (whole.opportunities["rep_id"] != ODD) | (number < 4)
    return whole.with_tables(opportunities=whole.opportunities[rest])


def test_few_deals_beside_a_full_quota_or_calendar_are_told():
    whole = few_deals().with_tables(quotas=quotas(100_000.0))
    assert odd_ones("deals_per_quota", whole) == {ODD: "low"}
    assert odd_ones("deals_per_activity", whole) == {ODD: "low"}


def test_a_log_that_is_thin_away_from_deals_is_told():
    whole = made()
    calls = {rep: pd.date_range("2026-01-05", periods=10 if rep == ODD else 60, freq="2D") for rep in REPS}
    away = pd.DataFrame([{"rep_id": rep, "kind": "call", "on": on} for rep, every in calls.items() for on in every])
    logged = whole.with_tables(activities=pd.concat([whole.activities, away]))
    assert odd_ones("logged_away_from_deals", logged) == {ODD: "low"}


def test_weeks_without_any_trace_are_told():
    def at_once(facts):
        """All that is known of a deal happens on one day; six weeks of the odd rep's deals come six weeks earlier."""
        on = facts["created"] - days(42 if facts["rep"] == ODD and 8 <= facts["number"] < 14 else 0)
        return {"created": on, "closed": on, "stages": {"Discovery": on}, "activities": []}

    measured = record_from(record_inputs(made(at_once), date(2026, 5, 24))).set_index(["trait", "rep_id"])["side"]
    assert measured["weeks_not_at_work"].to_dict() == {rep: "high" if rep == ODD else "alike" for rep in REPS}


def test_a_title_that_few_have_is_told_whatever_number_stands_behind_it():
    titles = ["Strategic Account Executive", "Account Executive II", *["Account Executive"] * 10]
    assert odd_ones("title_of_few", made().with_tables(people=made().people.assign(job=titles))) == {ODD: "high"}


def test_whoever_brings_everything_up_to_date_on_fridays_is_told():
    def spread(facts):
        return {"stages": {stage: on + days(facts["number"] % 5) for stage, on in facts["stages"].items()}}

    def on_fridays(facts):
        stages = facts["stages"]
        return {
            "stages": {s: on + days((4 - on.weekday()) % 7) if s != "Discovery" else on for s, on in stages.items()}
        }

    assert odd_ones("edits_on_one_weekday", made(spread, of_the_odd_one(on_fridays))) == {ODD: "high"}


def expected(moved: bool):
    """Whether each deal's date is moved when it is passed, or stands as first typed."""

    def of_company(whole):
        history = whole.stage_history
        closed = history["opportunity_id"].map(whole.opportunities.set_index("opportunity_id")["closed_on"])
        keeps = history["opportunity_id"].str.startswith(ODD) | moved
        dates = closed.where(keeps, closed - days(25))
        return whole.with_tables(stage_history=history.assign(expected_close_on=dates))

    return of_company


def test_the_one_who_keeps_close_dates_among_many_who_do_not_is_told():
    assert odd_ones("dates_left_behind", expected(moved=False)(made())) == {ODD: "low"}
    assert odd_ones("dates_left_behind", expected(moved=True)(made())) == {}


def test_the_one_who_never_says_commit_is_told():
    whole = made()
    history = whole.stage_history
    late = (history["stage"] == "Proposal") & ~history["opportunity_id"].str.startswith(ODD)
    called = history.assign(forecast_category=pd.Series("pipeline", index=history.index).mask(late, "commit"))
    assert odd_ones("categories_used", whole.with_tables(stage_history=called)) == {ODD: "low"}


def test_what_the_export_cannot_show_has_no_rows():
    bare = made().with_tables(stage_history=company().stage_history, activities=company().activities)
    traits = set(record_from(record_inputs(bare, TODAY))["trait"])
    assert not traits & {"entered_late", "stages_left_out", "wins_without_activity", "share_of_a_quota", "closing_lag"}


def test_the_list_holds_every_trait_under_its_own_key():
    assert all(key == trait.key and trait.margin > 0 for key, trait in TRAITS.items())

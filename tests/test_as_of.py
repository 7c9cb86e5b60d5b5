"""Looked at from a day, a company shows what was known at the end of that day and nothing of what came after."""

from datetime import date

import pandas as pd
import pytest

from playbook.as_of import at, latest_day, remarks_on
from playbook.company import TABLES
from playbook.errors import UnusableInput
from tests.coaching.small_team import company as full_company
from tests.small_company import company, deal, person

DAY = date(2026, 3, 31)
BEFORE, AFTER = "2026-03-01", "2026-04-15"


def step(number, stage, on, **more):
    return {"opportunity_id": "D1", "step": number, "stage": stage, "entered_on": on} | more


def the_deal(looked_at, which="D1"):
    return looked_at.opportunities.set_index("opportunity_id").loc[which]


def test_the_latest_day_is_the_latest_thing_that_happened_up_to_today():
    one = company(
        opportunities=[deal("D1", "ana", created_on="2026-01-05", expected_close_on="2026-03-20")],
        activities=[{"rep_id": "ana", "on": "2026-02-01"}, {"rep_id": "ana", "on": "2026-12-01"}],
    )
    assert latest_day(one, today=DAY) == date(2026, 2, 1)


@pytest.mark.parametrize(
    ("table", "column"),
    [
        ("opportunities", "created_on"),
        ("opportunities", "closed_on"),
        ("stage_history", "entered_on"),
        ("activities", "on"),
    ],
)
def test_each_kind_of_date_counts(table, column):
    key = {"activities": "rep_id"}.get(table, "opportunity_id")
    rows = {"opportunities": [deal("D1", "ana")]} | {table: [{key: "D1", column: BEFORE}]}
    if table == "opportunities":
        rows = {table: [deal("D1", "ana", **{column: BEFORE})]}
    assert latest_day(company(**rows), today=DAY) == date(2026, 3, 1)


def test_an_expected_close_is_nothing_that_happened():
    one = company(opportunities=[deal("D1", "ana", expected_close_on=BEFORE)])
    assert latest_day(one, today=DAY) == DAY
    (remarks,) = remarks_on(one, None, today=DAY)
    assert remarks.startswith("No deal has a date up to today") and "--as-of" in remarks


def test_a_day_long_after_the_data_is_remarked_on_and_one_shortly_after_it_is_not():
    one = company(opportunities=[deal("D1", "ana", created_on="2026-01-05", closed_on=BEFORE)])
    (remarks,) = remarks_on(one, date(2026, 3, 31), today=date(2026, 4, 1))
    assert remarks.startswith("The data ends on 1 Mar 2026: the 30 days from there to 31 Mar 2026")
    assert remarks_on(one, date(2026, 3, 15), today=date(2026, 4, 1)) == []
    assert remarks_on(one, date(2026, 1, 31), today=date(2026, 4, 1)) == []


def test_a_day_before_every_deal_is_refused_with_the_day_on_which_the_data_begins():
    one = company(opportunities=[deal("D1", "ana", created_on=BEFORE)])
    with pytest.raises(UnusableInput, match="(?s)no deal yet.*begins on 1 Mar 2026"):
        remarks_on(one, date(2026, 2, 28), today=DAY)


def test_what_was_not_there_yet_is_gone():
    one = company(
        opportunities=[deal("D1", "ana", created_on=BEFORE), deal("D2", "ana", created_on=AFTER)],
        stage_history=[step(1, "Discovery", BEFORE), step(1, "Discovery", AFTER, opportunity_id="D2")],
        activities=[{"rep_id": "ana", "on": BEFORE}, {"rep_id": "ana", "on": AFTER}],
        coaching_log=[{"manager_id": "mo", "rep_id": "ana", "on": AFTER}],
    )
    then = at(one, DAY)
    assert list(then.opportunities["opportunity_id"]) == ["D1"] and len(then.activities) == 1
    assert set(then.stage_history["opportunity_id"]) == {"D1"} and then.coaching_log.empty


def test_what_happened_on_the_day_itself_counts():
    one = company(opportunities=[deal("D1", "ana", "won", created_on=DAY, closed_on=DAY)])
    assert the_deal(at(one, DAY))["outcome"] == "won"


def test_a_deal_closed_later_is_open_as_it_then_was():
    closed = deal(
        "D1", "ana", "lost", stage="Closed Lost", closed_on=AFTER, created_on=BEFORE, amount=90.0, discount=0.2
    )
    one = company(
        opportunities=[closed | {"lost_to": "competitor", "lost_reason": "price", "competitor": "Rival"}],
        stage_history=[
            step(1, "Discovery", BEFORE, amount=100.0, expected_close_on="2026-04-01", forecast_category="pipeline"),
            step(2, "Proposal", "2026-03-20", forecast_category="commit"),
            step(3, "Closed Lost", AFTER, amount=90.0),
        ],
    )
    then = the_deal(at(one, DAY))
    assert (then["outcome"], then["stage"], then["amount"], then["forecast_category"]) == (
        "open",
        "Proposal",
        100,
        "commit",
    )
    assert then["expected_close_on"] == pd.Timestamp("2026-04-01")
    assert then[["closed_on", "lost_to", "lost_reason", "competitor", "discount"]].isna().all()


def test_without_stage_history_the_stage_it_then_had_is_unknown():
    one = company(opportunities=[deal("D1", "ana", "won", stage="Closed Won", closed_on=AFTER, amount=90.0)])
    then = the_deal(at(one, DAY))
    assert then["outcome"] == "open" and pd.isna(then["stage"]) and then["amount"] == 90


def test_an_open_deal_that_moved_later_is_where_it_then_was():
    one = company(
        opportunities=[
            deal("D1", "ana", stage="Proposal", created_on=BEFORE, amount=50.0, expected_close_on="2026-06-30")
        ],
        stage_history=[
            step(1, "Discovery", BEFORE, amount=80.0, expected_close_on="2026-04-30"),
            step(2, "Proposal", AFTER, amount=50.0, expected_close_on="2026-06-30"),
        ],
    )
    then = the_deal(at(one, DAY))
    assert (then["stage"], then["amount"], then["expected_close_on"]) == ("Discovery", 80, pd.Timestamp("2026-04-30"))


def test_a_deal_closed_before_is_left_as_it_is_even_if_a_row_follows():
    one = company(
        opportunities=[deal("D1", "ana", "won", stage="Closed Won", closed_on=BEFORE)],
        stage_history=[step(1, "Discovery", "2026-01-01"), step(2, "Renewed", AFTER)],
    )
    then = the_deal(at(one, DAY))
    assert (then["outcome"], then["stage"]) == ("won", "Closed Won")


def test_people_are_as_they_then_were():
    one = company(
        people=[
            person("leaves later", active=False, left_on=AFTER),
            person("left", active=False, left_on=BEFORE),
            person("said to be here", active=True, left_on=BEFORE),
            person("hired later", active=True, hired_on=AFTER),
            person("promoted later", "manager", promoted_on=AFTER, active=True),
        ]
    )
    then = at(one, DAY).people.set_index("person_id")
    assert then["active"].to_dict() == {
        "leaves later": True,
        "left": False,
        "said to be here": False,
        "hired later": False,
        "promoted later": True,
    }
    assert pd.isna(then.loc["leaves later", "left_on"]) and pd.isna(then.loc["promoted later", "promoted_on"])


def test_looking_twice_shows_the_same():
    once = at(full_company(), date(2025, 12, 31))
    twice = at(once, date(2025, 12, 31))
    for table in TABLES:
        pd.testing.assert_frame_equal(twice.table(table), once.table(table))


def test_what_came_later_changes_nothing_of_what_was_known():
    """The door of every back-test: cut at a day, a company and its own past are the same."""
    whole, day = full_company(), date(2025, 12, 31)
    later = pd.Timestamp("2026-02-01")
    more = whole.opportunities.assign(
        stage=whole.opportunities["stage"].mask(whole.opportunities["closed_on"] > later, "Elsewhere"),
        amount=whole.opportunities["amount"],
    )
    for table in TABLES:
        changed = at(whole.with_tables(opportunities=more), day).table(table)
        pd.testing.assert_frame_equal(changed, at(whole, day).table(table))


def weekly_deals(*more):
    days = pd.date_range("2025-01-06", periods=40, freq="7D").strftime("%Y-%m-%d")
    return company(opportunities=[*(deal(f"W{i}", "ana", created_on=day) for i, day in enumerate(days)), *more])


def test_one_date_far_beyond_all_others_does_not_move_the_day_and_is_told():
    one = weekly_deals(deal("D1", "ana", "won", created_on="2025-02-03", closed_on="2026-09-30"))
    assert latest_day(one, today=date(2026, 12, 1)) == date(2025, 10, 6)
    (remarks,) = remarks_on(one, None, today=date(2026, 12, 1))
    assert remarks.startswith("1 date lies apart from all others, the last on 30 Sep 2026 (a deal's closing)")


def test_a_placeholder_of_1900_is_told():
    one = weekly_deals(deal("D1", "ana", "won", created_on="1900-01-01", closed_on="2025-02-03"))
    (remarks,) = remarks_on(one, None, today=date(2026, 12, 1))
    assert remarks.startswith("1 date lies long before all others, the first on 1 Jan 1900 (a deal's creation)")


def test_of_data_without_strays_nothing_is_said():
    assert remarks_on(weekly_deals(), None, today=date(2026, 12, 1)) == []

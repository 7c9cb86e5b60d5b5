from datetime import date, timedelta

import pandas as pd

from playbook.forecast.landmarks import LONGEST, Horizon, landmark_days, landmarks, open_now
from tests.metrics.by_hand import company, deals, history

AS_OF = date(2026, 2, 10)
HORIZON = Horizon.at(AS_OF, 1)


def test_the_horizon_is_what_is_left_of_month_and_quarter():
    assert (HORIZON.month, HORIZON.quarter) == (18, 49)
    assert Horizon.at(AS_OF, 2).quarter == (date(2026, 4, 30) - AS_OF).days


def test_past_days_stand_where_today_stands_in_its_quarter():
    rows = deals({"outcome": "lost", "created_on": "2025-01-01", "closed_on": "2025-01-02"})
    days = landmark_days(company(rows), HORIZON)
    for quarter_end in (date(2025, 3, 31), date(2025, 12, 31)):
        assert quarter_end - timedelta(days=49) in days
    assert days == sorted(days) and days[0] >= date(2025, 1, 2) and days[-1] < AS_OF


def test_a_young_company_is_looked_at_every_week():
    rows = deals({"outcome": "lost", "created_on": "2026-01-01", "closed_on": "2026-01-10"})
    days = landmark_days(company(rows), HORIZON)
    assert {(b - a).days for a, b in zip(days, days[1:], strict=False)} == {7} and days[0] >= date(2026, 1, 10)


def test_without_a_closed_deal_there_is_no_past_day():
    assert landmark_days(company(deals({"outcome": "open", "created_on": "2025-01-01"})), HORIZON) == []


ENDS = (
    {"outcome": "lost", "created_on": "2024-12-01", "closed_on": "2024-12-02"},  # where the data begins
    {"outcome": "won", "created_on": "2025-01-05", "closed_on": "2025-05-20", "amount": 9.0},
    {"outcome": "lost", "created_on": "2025-05-15", "closed_on": "2025-05-20"},
    {"outcome": "open", "created_on": "2025-05-01"},
)


def test_each_deal_is_seen_on_every_past_day_on_which_it_was_open():
    whole = company(deals(*ENDS))
    seen = landmarks(whole, HORIZON)
    days = pd.Series(pd.to_datetime(landmark_days(whole, HORIZON)))
    open_then = days.between(pd.Timestamp("2025-01-05"), pd.Timestamp("2025-05-19")).sum()
    assert (seen["opportunity_id"] == "D2").sum() == open_then
    won = seen[seen["opportunity_id"] == "D2"]
    assert set(won["event"]) == {1} and set(won["days"]) == set(
        (pd.Timestamp("2025-05-20") - days[days.between("2025-01-05", "2025-05-19")]).dt.days
    )
    assert set(seen[seen["opportunity_id"] == "D3"]["event"]) == {2}


def test_a_deal_still_open_is_followed_until_today():
    seen = landmarks(company(deals(*ENDS)), HORIZON)
    still = seen[seen["opportunity_id"] == "D4"]
    assert set(still["event"]) == {0} and still["days"].min() >= 1 and still["days"].max() <= LONGEST


def test_the_stage_is_the_one_of_that_past_day():
    steps = history(("D2", "Discovery", "2025-01-05"), ("D2", "Proposal", "2025-04-01"))
    seen = landmarks(company(deals(*ENDS), steps), HORIZON)
    days = (pd.Timestamp("2025-05-20") - pd.to_timedelta(seen["days"], unit="D")).to_numpy()
    expected = pd.Series(days < pd.Timestamp("2025-04-01")).map({True: "Discovery", False: "Proposal"})
    assert list(seen["stage"]) == list(expected) and {"Discovery", "Proposal"} == set(seen["stage"])


def test_a_deal_without_a_known_start_has_no_age():
    rows = deals({"outcome": "open"}, {"outcome": "open", "created_on": "2026-02-01"})
    now = open_now(company(rows), HORIZON).set_index("opportunity_id")
    assert pd.isna(now.loc["D1", "age"]) and now.loc["D2", "age"] == "0"

from datetime import date

import pandas as pd
import pytest

from playbook.company import shaped
from playbook.metrics.deal_pace import alive_until, moving_until, steps_forward
from tests.metrics.by_hand import company, deals, history

TODAY = date(2026, 6, 30)


def test_a_step_lasts_from_one_stage_to_the_next_and_to_the_win():
    steps = history(("D1", "Discovery", "2026-01-01"), ("D1", "Proposal", "2026-01-11"))
    pace = steps_forward(company(deals({"outcome": "won", "closed_on": "2026-01-31"}), steps), TODAY)
    assert dict(zip(pace["span"], pace["days"], strict=True)) == {"Discovery to Proposal": 10, "Proposal to won": 20}


@pytest.mark.parametrize("closed", ["2026-01-12", "2026-06-29"])
def test_the_day_on_which_a_loss_is_entered_makes_nobody_slow(closed):
    steps = history(("D1", "Discovery", "2026-01-01"), ("D1", "Proposal", "2026-01-11"))
    whole = company(deals({"outcome": "lost", "closed_on": closed}), steps)
    assert list(steps_forward(whole, TODAY)["span"]) == ["Discovery to Proposal"]
    assert moving_until(whole)["D1"] == pd.Timestamp("2026-01-11")


def test_a_stage_that_is_never_used_is_set_beside_deals_that_left_it_out_too():
    steps = history(("D1", "Discovery", "2026-01-01"), ("D1", "Proposal", "2026-01-21"))
    whole = company(deals({"outcome": "open"}), steps, ("Discovery", "Solution", "Proposal"))
    assert list(steps_forward(whole, TODAY)["span"]) == ["Discovery to Proposal"]


def test_a_deal_that_moved_back_is_timed_by_what_it_reached_for_the_first_time():
    steps = history(
        ("D1", "Discovery", "2026-01-01"),
        ("D1", "Proposal", "2026-01-11"),
        ("D1", "Discovery", "2026-01-21"),
        ("D1", "Proposal", "2026-02-01"),
    )
    assert list(steps_forward(company(deals({"outcome": "open"}), steps), TODAY)["days"]) == [10]


def test_a_deal_is_alive_until_its_last_activity_and_not_until_its_loss_is_entered():
    done = shaped(
        "activities",
        pd.DataFrame({"rep_id": "ana", "opportunity_id": ["D1"], "on": pd.to_datetime(["2026-02-03"])}),
    )
    steps = history(("D1", "Discovery", "2026-01-01"))
    whole = company(deals({"outcome": "lost", "closed_on": "2026-06-01"}), steps).with_tables(activities=done)
    assert alive_until(whole)["D1"] == pd.Timestamp("2026-02-03")


def test_without_a_history_only_a_win_says_until_when_a_deal_moved():
    rows = [{"outcome": "won", "closed_on": "2026-02-01"}, {"outcome": "lost", "closed_on": "2026-03-01"}]
    pace = moving_until(company(deals(*rows)))
    assert pace["D1"] == pd.Timestamp("2026-02-01") and pd.isna(pace["D2"])

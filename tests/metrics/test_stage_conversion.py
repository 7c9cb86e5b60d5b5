from datetime import date

import pandas as pd
import pytest

from playbook.metrics.stage_conversion import followed_up, moves, stage_exits
from tests.metrics.by_hand import company, deals, history

THREE = ("Discovery", "Solution", "Proposal")


def exits(steps: pd.DataFrame, *rows: dict[str, object]) -> dict[tuple[str, str], str]:
    result = stage_exits(company(deals(*rows), steps, THREE))
    return dict(zip(zip(result["opportunity_id"], result["stage"], strict=True), result["result"], strict=True))


def test_a_deal_still_in_a_stage_is_neither_passed_nor_lost():
    steps = history(("D1", "Discovery", "2026-03-01"))
    assert exits(steps, {"outcome": "open"}) == {("D1", "Discovery"): "open"}


def test_a_deal_that_is_lost_was_lost_in_the_stage_it_stood_in():
    steps = history(("D1", "Discovery", "2026-01-01"), ("D1", "Solution", "2026-01-11"))
    assert exits(steps, {"outcome": "lost", "closed_on": "2026-02-01"}) == {
        ("D1", "Discovery"): "passed",
        ("D1", "Solution"): "lost",
    }


def test_a_deal_that_was_won_has_passed_every_stage_it_entered():
    steps = history(("D1", "Discovery", "2026-01-01"))
    assert exits(steps, {"outcome": "won", "closed_on": "2026-02-01"}) == {("D1", "Discovery"): "passed"}


def test_a_stage_that_was_skipped_was_never_entered():
    steps = history(("D1", "Discovery", "2026-01-01"), ("D1", "Proposal", "2026-01-11"))
    assert ("D1", "Solution") not in exits(steps, {"outcome": "open"})


def test_a_move_back_is_counted_and_is_no_loss():
    steps = history(
        ("D1", "Discovery", "2026-01-01"), ("D1", "Solution", "2026-01-11"), ("D1", "Discovery", "2026-01-21")
    )
    whole = company(deals({"outcome": "open"}), steps, THREE)
    assert list(moves(whole)["back"]) == [False, False, True]
    assert exits(steps, {"outcome": "open"}) == {("D1", "Discovery"): "passed", ("D1", "Solution"): "open"}


def test_the_first_entry_decides_how_long_a_deal_stayed():
    steps = history(
        ("D1", "Discovery", "2026-01-01"),
        ("D1", "Solution", "2026-01-11"),
        ("D1", "Discovery", "2026-01-21"),
        ("D1", "Solution", "2026-02-01"),
    )
    result = stage_exits(company(deals({"outcome": "open"}), steps, THREE)).set_index("stage")
    assert result.loc["Discovery", "left_on"] == pd.Timestamp("2026-01-11")
    assert result.loc["Solution", "entered_on"] == pd.Timestamp("2026-01-11")


def test_a_row_that_repeats_its_stage_is_no_move():
    steps = history(("D1", "Discovery", "2026-01-01"), ("D1", "Discovery", "2026-01-05"))
    assert len(moves(company(deals({"outcome": "open"}), steps, THREE))) == 1


def test_a_stage_without_a_position_is_left_out():
    steps = history(("D1", "Discovery", "2026-01-01"), ("D1", "Parked", "2026-01-05"))
    assert set(moves(company(deals({"outcome": "open"}), steps, THREE))["stage"]) == {"Discovery"}


def test_recent_entries_wait_until_it_is_known_what_became_of_them():
    old = [(f"D{i}", "Discovery", "2026-01-01") for i in range(1, 11)]
    quick = ("D11", "Discovery", "2026-03-29")
    rows = [{"outcome": "lost", "closed_on": "2026-01-31"}] * 10 + [{"outcome": "lost", "closed_on": "2026-03-30"}]
    result = followed_up(stage_exits(company(deals(*rows), history(*old, quick), THREE)), date(2026, 3, 31))
    assert "D11" not in set(result["opportunity_id"]) and len(result) == 10


def not_passed(closed: list[str | None]) -> dict[str, str]:
    """What became of deals of which ten passed within a month, and one stands or was closed as `closed` says."""
    old = [(f"D{i}", "Discovery", "2026-01-01") for i in range(1, 12)]
    on = [(f"D{i}", "Proposal", "2026-01-31") for i in range(1, 11)]
    rows = [{"outcome": "won", "closed_on": "2026-02-20"}] * 10
    rows += [{"outcome": "lost", "closed_on": day} if day else {"outcome": "open"} for day in closed]
    result = followed_up(stage_exits(company(deals(*rows), history(*old, *on), THREE)), date(2026, 6, 30))
    return result[result["stage"] == "Discovery"].set_index("opportunity_id")["result"].to_dict()


@pytest.mark.parametrize("closed", ["2026-01-10", "2026-06-29", None])
def test_a_deal_that_did_not_pass_in_time_counts_the_same_whenever_or_never_it_is_closed(closed):
    assert not_passed([closed])["D11"] == "lost"


def test_without_history_there_is_nothing_to_convert():
    assert stage_exits(company(deals({"outcome": "won"}))).empty

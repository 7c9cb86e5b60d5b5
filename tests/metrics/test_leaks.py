from datetime import date, timedelta

import pandas as pd
import pytest

from playbook.metrics.leaks import leaks
from tests.metrics.by_hand import company, deals, history

AS_OF = date(2026, 3, 31)


def a_year_of_deals(amount: float | None = 1_000.0) -> tuple[list[dict[str, object]], list[tuple[str, str, str]]]:
    """80 deals in the last year: 40 are lost in Discovery, 40 go on to Proposal, of which 10 are won."""
    rows, steps = [], []
    for i in range(1, 81):
        begun = AS_OF - timedelta(days=360 - 4 * i)
        won = i % 8 == 0
        rows.append({"outcome": "won" if won else "lost", "amount": amount, "closed_on": begun + timedelta(days=20)})
        steps.append((f"D{i}", "Discovery", begun.isoformat()))
        if i % 2 == 0:
            steps.append((f"D{i}", "Proposal", (begun + timedelta(days=10)).isoformat()))
    return rows, steps


def gaps(amount: float | None = 1_000.0) -> pd.DataFrame:
    rows, steps = a_year_of_deals(amount)
    return leaks(company(deals(*rows), history(*steps)), AS_OF).set_index("stage")


def test_each_stage_tells_how_many_left_it_and_how_many_went_on():
    table = gaps()
    assert list(table.index) == ["Discovery", "Proposal"]
    assert (table.loc["Discovery", "left"], table.loc["Discovery", "passed"]) == (80, 40)
    assert (table.loc["Proposal", "left"], table.loc["Proposal", "passed"]) == (40, 10)
    assert table.loc["Discovery", "low"] < 0.5 < table.loc["Discovery", "high"]


def test_what_is_won_after_a_stage_is_of_those_that_passed_it():
    table = gaps()
    assert table.loc["Discovery", "won_after"] == 0.25 and table.loc["Proposal", "won_after"] == 1.0


def test_a_point_is_worth_the_deals_of_a_quarter_times_what_they_bring():
    table = gaps()
    a_quarter = 80 / 356 * 365 / 4  # the data begins 356 days before
    assert table.loc["Discovery", "a_quarter"] == pytest.approx(a_quarter)
    assert table.loc["Discovery", "a_point"] == pytest.approx(0.01 * a_quarter * 0.25 * 1_000)


def test_a_point_before_and_after_a_stage_that_all_pass_is_worth_the_same_money_per_won_deal():
    table = gaps()
    per_deal = table["a_point"] / table["a_quarter"]
    assert per_deal["Proposal"] == pytest.approx(4 * per_deal["Discovery"])


def test_without_amounts_a_point_has_no_price():
    assert gaps(None)["a_point"].isna().all() and list(gaps(None)["passed"]) == [40, 10]


def test_entries_over_18_months_old_are_left_out():
    rows, steps = a_year_of_deals()
    old = {"outcome": "lost", "closed_on": "2024-02-01", "opportunity_id": "OLD"}
    table = leaks(company(deals(*rows, old), history(*steps, ("OLD", "Discovery", "2024-01-01"))), AS_OF)
    assert table.set_index("stage").loc["Discovery", "left"] == 80


def test_without_history_there_are_no_leaks():
    assert leaks(company(deals({"outcome": "won"})), AS_OF).empty

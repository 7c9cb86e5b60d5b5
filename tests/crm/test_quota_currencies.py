"""A quota in another currency than the deals: converted at given rates, else left out and asked about."""

import pytest

from tests.crm.export_files import import_files, write, write_rows
from tests.crm.larger_than_memory import both_ways

REPS = ("Ana García", "Bo Lee")


def deals(*currencies: str) -> list[list[str]]:
    """Four won deals, with those currencies in turn; without that column, if none is given."""
    head = ["Deal ID", "Owner", "Stage", "Amount", "Created Date", "Close Date"]
    rows = [
        [f"D{n}", REPS[n % 2], "Closed Won" if n else "Closed Lost", "900", "2026-01-05", "2026-03-01"]
        for n in range(4)
    ]
    if not currencies:
        return [head, *rows]
    return [[*head, "Currency"], *([*row, currencies[n % len(currencies)]] for n, row in enumerate(rows))]


def quotas(*currencies: str, amount: str = "1000") -> list[list[str]]:
    """A quota of each rep for March, with a currency each."""
    head = ["Rep", "Month", "Quota", *(["Currency"] if currencies else [])]
    return [head, *([rep, "2026-03", amount, *currencies[n : n + 1]] for n, rep in enumerate(REPS))]


def imported(tmp_path, of_deals, of_quotas, mapping: str = "", name: str = "quotas.csv"):
    write_rows(tmp_path / "in", "deals.csv", of_deals)
    write_rows(tmp_path / "in", name, of_quotas)
    options = {"mapping": write(tmp_path, "ours.toml", mapping)} if mapping else {}
    return import_files(tmp_path / "in", **options)


def test_quotas_in_another_currency_are_left_out_and_a_rate_is_asked_for(tmp_path):
    made = imported(tmp_path, deals("EUR"), quotas("USD", "EUR"))
    assert made.company.quotas["amount"].tolist() == [1000.0] and made.company.quotas["rep_id"].tolist() == ["bo lee"]
    (line,) = [line for line in made.report.warnings if "quotas of 1 person are in USD" in line]
    assert "[rates] USD = … (what one is worth in EUR)" in line


def test_quotas_in_another_currency_are_converted_at_a_given_rate(tmp_path):
    made = imported(tmp_path, deals("EUR"), quotas("USD", "EUR"), "[rates]\nUSD = 0.5")
    assert sorted(made.company.quotas["amount"]) == [500.0, 1000.0]
    assert [r.count for r in made.report.repairs if r.table == "quotas"] == [1]


def test_a_currency_beside_the_amount_or_in_the_heading_counts_too(tmp_path):
    in_cells = imported(tmp_path / "cells", deals("EUR"), quotas(amount="$1,000.00"))
    assert in_cells.company.quotas.empty
    roster = [["Name", "Manager", "Quarterly quota"], *([rep, "Mo Ray", "1000 USD"] for rep in REPS)]
    on_roster = imported(tmp_path / "roster", deals("EUR"), roster, name="people.csv")
    assert on_roster.company.quotas.empty
    wide = [["Name", "Manager", "Quota Q1 2026"], *([rep, "Mo Ray", "1000 USD"] for rep in REPS)]
    of_a_quarter = imported(tmp_path / "wide", deals("EUR"), wide, "[rates]\nUSD = 0.5", name="people.csv")
    assert of_a_quarter.company.quotas["amount"].tolist() == [500.0, 500.0]


def test_where_the_deals_name_no_currency_quotas_in_one_are_in_the_same_and_it_is_said(tmp_path):
    made = imported(tmp_path, deals(), quotas("USD", "USD"))
    assert len(made.company.quotas) == 2
    assert any("the deals name no currency: they are taken to be in it too" in line for line in made.report.assumptions)


def test_where_the_deals_name_no_currency_quotas_in_several_are_asked_about(tmp_path):
    made = imported(tmp_path, deals(), quotas("USD", "EUR"))
    assert made.company.quotas.empty
    assert any('[company] currency = "…"' in line for line in made.report.warnings)


def test_quotas_without_a_currency_beside_deals_in_several_are_in_the_companys_and_it_is_said(tmp_path):
    made = imported(tmp_path, deals("EUR", "EUR", "USD"), quotas())
    assert len(made.company.quotas) == 2
    assert "The quotas name no currency, and are taken to be in EUR." in made.report.assumptions


@pytest.mark.parametrize("mapping", ["", "[rates]\nUSD = 0.5"])
def test_quotas_in_other_currencies_are_told_alike_in_pieces(mapping, tmp_path):
    write_rows(tmp_path / "in", "deals.csv", deals("EUR", "USD"))
    write_rows(tmp_path / "in", "quotas.csv", quotas("USD", "GBP"))
    options = {"mapping": write(tmp_path, "ours.toml", mapping)} if mapping else {}
    assert both_ways([tmp_path / "in"], tmp_path, **options) == ""

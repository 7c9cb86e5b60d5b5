"""Amounts and shares as people write them."""

import math

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from playbook.crm.values.money import numbers, shares
from playbook.errors import UnusableInput
from tests.crm.export_files import PLAIN, import_files, write_rows
from tests.crm.larger_than_memory import both_ways


def _read(*texts: str) -> list[float]:
    return numbers(pd.Series(list(texts), dtype="str")).values.tolist()


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("$22,700.00", 22700),
        ("€ 9.999,99", 9999.99),
        ("$3.972.451", 3972451),
        ("(1,200)", -1200),
        ("1,200-", -1200),
        ("-$5.50", -5.5),
        ("USD 1,200.50", 1200.5),
        ("1 200,50 €", 1200.5),
        ("1\u202f200,50", 1200.5),
        ("1'200.50", 1200.5),
        ("CHF 1'200.-", 1200),
        ("R$ 1.234,56", 1234.56),
        ("1.2k", 1200),
        ("3M", 3e6),
        ("12,34,567.00", 1234567),
        ("0.125", 0.125),
        ("1e3", 1000),
        ("1,234", 1234),
        ("1.234", 1234),
        ("+7", 7),
        ("￥575,600", 575600),
        ("￥120万", 1.2e6),
        ("1,200万円", 1.2e7),
        ("3.5億", 3.5e8),
        ("１２，０００円", 12000),
        ("1.000.000 원", 1e6),
        ("2.5 lakh", 250000),
        ("₹ 1.2 cr", 1.2e7),
        ("12 500 ₽", 12500),
        ("1.250,50 TL", 1250.5),
        ("HK$ 3,000", 3000),
        ("R 12 500,00", 12500),
    ],
)
def test_one_way_of_writing_an_amount(text, amount):
    assert _read(text) == [amount]


def test_the_decimal_sign_of_a_column_is_decided_by_the_values_that_admit_one_reading():
    assert _read("1.234", "5,50") == [1234, 5.5]
    assert _read("1,234", "5.50") == [1234, 5.5]
    assert _read("1.234", "5.5") == [1.234, 5.5]


def test_a_column_that_contradicts_itself_is_refused():
    with pytest.raises(UnusableInput, match="could be two numbers"):
        numbers(pd.Series(["1.5", "2,5", "1.234"], dtype="str"), where="deals.csv")


@pytest.mark.parametrize("text", ["call me", "12-34", "1.2.3,4,5", "twelve", "1,2,3"])
def test_what_is_no_amount_is_told_not_guessed(text):
    read = numbers(pd.Series(["10.50", text], dtype="str"))
    assert read.unreadable.tolist() == [text]


@pytest.mark.parametrize("text", ["", "n/a", "-", "TBD", "#N/A", "None"])
def test_words_for_nothing_are_missing_and_no_fault(text):
    read = numbers(pd.Series(["10.50", text or None], dtype="str"))
    assert read.unreadable.empty
    assert math.isnan(read.values.iloc[1])


def test_the_currency_in_a_cell_is_kept():
    read = numbers(pd.Series(["€5", "$6", "GBP 7", "8", "HK$9", "￥1", "2원", "R 3"], dtype="str"))
    assert read.currencies.fillna("").tolist() == ["EUR", "USD", "GBP", "", "HKD", "JPY", "KRW", "ZAR"]


@pytest.mark.parametrize(
    ("heading", "times", "currency"),
    [
        ("Amount (k€)", 1000, "EUR"),
        ("Amount TEUR", 1000, "EUR"),
        ("amount_cents", 0.01, ""),
        ("Amount (USD, thousands)", 1000, "USD"),
        ("Amount (k)", 1000, ""),
        ("Amount (MXN)", 1, "MXN"),
        ("Amount (CHF)", 1, "CHF"),
        ("Amount", 1, ""),
    ],
)
def test_an_amount_counts_in_the_unit_that_its_heading_names(heading, times, currency, tmp_path):
    rows = [[heading if cell == "Amount" else cell for cell in PLAIN[0]], *PLAIN[1:]]
    company = import_files(write_rows(tmp_path, "deals.csv", rows)).company
    assert company.opportunities["amount"].tolist() == pytest.approx([1200 * times, 800 * times, 500 * times])
    assert company.settings.currency == currency


def test_a_yen_sign_below_chinese_headings_is_the_yuan(tmp_path):
    rows = [
        ["商机编号", "负责人", "阶段", "金额", "创建时间"],
        ["1", "王伟", "赢单", "￥12万", "2026-01-05"],
        ["2", "李娜", "输单", "¥5,000", "2026-01-06"],
    ]
    company = import_files(write_rows(tmp_path, "deals.csv", rows)).company
    assert company.settings.currency == "CNY"
    assert company.opportunities["amount"].tolist() == [120000, 5000]


_amounts = st.lists(st.decimals(-(10**9), 10**9, places=2, allow_nan=False), min_size=1, max_size=8)


@given(
    _amounts,
    st.sampled_from([(",", "."), (".", ","), (" ", ","), ("'", "."), ("", "."), ("", ",")]),
    st.sampled_from(["", "$", "€ ", "USD "]),
)
def test_an_amount_written_with_cents_comes_back_in_every_dress(amounts, marks, currency):
    thousands, decimal = marks
    texts = [
        f"{currency}{abs(a):,.2f}".replace(",", "\0").replace(".", decimal).replace("\0", thousands) for a in amounts
    ]
    texts = [f"({t})" if a < 0 else t for a, t in zip(amounts, texts, strict=True)]
    assert _read(*texts) == [float(a) for a in amounts]


@pytest.mark.parametrize(
    ("texts", "values"),
    [
        (["10%", "5 %"], [0.1, 0.05]),
        (["10", "5"], [0.1, 0.05]),
        (["0.1", "1"], [0.1, 1.0]),
        (["0,1", "0,25"], [0.1, 0.25]),
    ],
)
def test_per_cent_or_share_is_decided_for_the_column(texts, values):
    assert shares(pd.Series(texts, dtype="str")).values.tolist() == pytest.approx(values)


def with_currencies(amount: str, *words: str) -> list[list[str]]:
    """Deals with a column Currency that holds one of `words` in turn."""
    head = [amount if h == "Amount" else h for h in PLAIN[0]]
    return [[*head, "Currency"], *([*row, words[n % len(words)]] for n, row in enumerate(PLAIN[1:]))]


def test_a_word_in_the_column_of_currencies_is_no_currency_and_is_counted(tmp_path):
    file = write_rows(tmp_path, "deals.csv", with_currencies("Amount", "EUR", "Not invoiced"))
    imported = import_files(file)
    assert imported.company.settings.currency == "EUR"
    assert [repair.count for repair in imported.report.repairs if "currency should stand" in repair.what] == [1]


def test_where_a_word_stands_for_the_currency_that_of_the_amounts_heading_counts(tmp_path):
    file = write_rows(tmp_path, "deals.csv", with_currencies("amount_usd", "USD", "Not invoiced", "Not invoiced"))
    imported = import_files(file).company
    assert imported.settings.currency == "USD" and imported.opportunities["amount"].notna().all()


def test_an_actual_revenue_of_nothing_is_no_amount_where_an_estimate_stands_beside_it(tmp_path):
    head = ["Topic", "Owner", "Status", "Est. revenue", "Actual Revenue", "Created On", "Actual Close Date"]
    rows = [
        ["A", "Ana", "Open", "8150", "0", "2025-02-22", ""],
        ["B", "Ana", "Won", "20450", "20000", "2025-02-22", "2025-03-01"],
        ["C", "Bo", "Lost", "13400", "0", "2025-02-22", "2025-03-02"],
    ]
    file = write_rows(tmp_path, "Opportunity.csv", [head, *rows])
    imported = import_files(file)
    assert imported.company.opportunities["amount"].tolist() == [8150, 20000, 13400]
    (repair,) = [r for r in imported.report.repairs if r.what.startswith("Actual Revenue of 0")]
    assert (repair.count, repair.what) == (2, "Actual Revenue of 0 where Est. revenue tells more; that was taken")
    assert both_ways([file], tmp_path) == ""

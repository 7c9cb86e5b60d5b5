"""Days and moments as people write them, decided column by column."""
# ruff: noqa: E501  (a table reads best as a table)

from datetime import date

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from playbook.crm.values.dates import decided_orders, evidence, moments
from playbook.errors import UnusableInput

TODAY = pd.Timestamp("2026-06-30")


def _read(*texts: str, order: str = "", zone: str = "UTC") -> list[str]:
    read = moments(pd.Series(list(texts), dtype="str"), order, TODAY, zone)
    return read.values.dt.strftime("%Y-%m-%d").fillna("?").tolist()


@pytest.mark.parametrize(
    "text",
    [
        "2026-03-31", "2026-03-31 14:05:06", "2026-03-31T14:05:06Z", "2026-03-31T14:05:06.000+0000", "2026/03/31", "20260331", "31.03.2026",
        "31.3.26", "31.03.2026, 14:05", "31 Mar 2026", "31-Mar-26", "Mar 31, 2026", "March 31, 2026 2:05 PM", "31. März 2026", "31 de marzo de 2026",
        "31 mars 2026", "31 de março de 2026", "46112", "1774965906000", "1774965906", "Tue, 31 Mar 2026", "2026-Mar-31", "Tue 31/03/2026",
        "31. března 2026", "31 marca 2026", "31 marzo 2026", "31 maart 2026", "31 mrt. 2026", "31 mars 2026", "31 Mrz 2026",
    ],
)  # fmt: skip
def test_one_way_of_writing_the_last_of_march(text):
    assert _read(text) == ["2026-03-31"]


def test_the_order_is_taken_from_the_value_that_admits_one_reading():
    columns = {"Close": pd.Series(["1/08/26", "30/05/26"], dtype="str")}
    assert decided_orders(columns, "", "deals.csv")["Close"][0] == "dmy"
    assert _read("1/08/26", "30/05/26", order="dmy") == ["2026-08-01", "2026-05-30"]


def test_a_column_that_stays_open_takes_the_order_of_its_neighbour():
    columns = {"Close": pd.Series(["1/08/26"], dtype="str"), "Created": pd.Series(["5/30/26"], dtype="str")}
    order, why = decided_orders(columns, "", "deals.csv")["Close"]
    assert order == "mdy"
    assert "Created" in why


def test_a_file_that_decides_nothing_is_asked_about():
    with pytest.raises(UnusableInput, match="--dates dmy"):
        decided_orders({"Close": pd.Series(["1/08/26", "2/09/26"], dtype="str")}, "", "deals.csv")


def test_a_day_equal_to_its_month_asks_nothing():
    assert decided_orders({"Close": pd.Series(["5/5/2026"], dtype="str")}, "", "deals.csv")["Close"] == ("", "")


def test_a_column_with_both_orders_is_refused_with_both_values():
    with pytest.raises(UnusableInput, match="13/05/2026.*05/14/2026"):
        decided_orders({"Close": pd.Series(["13/05/2026", "05/14/2026"], dtype="str")}, "", "deals.csv")


def test_what_is_no_date_in_any_order_is_told():
    read = moments(pd.Series(["13/14/2026", "31/01/2026", "30.02.2026"], dtype="str"), "dmy", TODAY)
    assert read.unreadable.tolist() == ["13/14/2026", "30.02.2026"]


def test_a_moment_with_a_zone_becomes_a_day_in_the_companys_zone():
    assert _read("2026-03-31T23:30:00Z", zone="Europe/Berlin") == ["2026-04-01"]
    assert _read("2026-03-31T23:30:00", zone="Europe/Berlin") == ["2026-03-31"]


def test_two_digits_of_a_year_are_the_nearest_year():
    assert _read("31.12.99", "31.12.30") == ["1999-12-31", "2030-12-31"]


_days = st.lists(st.dates(date(2000, 1, 1), date(2040, 12, 31)), min_size=1, max_size=10)


@given(
    _days,
    st.sampled_from(
        [
            ("%d/%m/%Y", "dmy"),
            ("%m/%d/%Y", "mdy"),
            ("%d.%m.%Y", "dmy"),
            ("%Y-%m-%d", ""),
            ("%d-%m-%Y", "dmy"),
            ("%m/%d/%y", "mdy"),
            ("%Y-%m-%d %H:%M", ""),
        ]
    ),
)
def test_days_come_back_from_every_dress_or_the_order_is_asked_for(days, dress):
    form, order = dress
    texts = pd.Series([d.strftime(form) for d in days], dtype="str")
    decided = evidence(texts).order
    assert decided in ("", order)
    read = moments(texts, decided or order, TODAY)
    assert read.unreadable.empty
    assert read.values.dt.date.tolist() == days


@pytest.mark.parametrize("zeros", ["0000-00-00", "0000-00-00 00:00:00", "00/00/0000", "00.00.0000"])
def test_a_day_of_zeros_as_databases_write_it_is_no_day(zeros):
    read = moments(pd.Series([zeros, "2026-03-01"], dtype="str"), "dmy", TODAY)
    assert pd.isna(read.values[0]) and read.unreadable.empty

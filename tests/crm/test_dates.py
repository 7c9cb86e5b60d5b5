"""Days and moments as people write them, decided column by column."""
# ruff: noqa: E501  (a table reads best as a table)

from datetime import date

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from playbook.crm.values.dates import Elsewhere, decided_orders, evidence, moments, orders_elsewhere
from playbook.errors import UnusableInput
from tests.crm.export_files import write_rows
from tests.crm.larger_than_memory import both_ways

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


def settled_by(*days: str) -> dict[str, Elsewhere]:
    return orders_elsewhere([("deals.csv", "Close Date", pd.Series(days, dtype="str"))])


def test_a_few_open_days_stand_as_those_written_alike_in_another_file_of_the_folder():
    hired = {"Hired": pd.Series(["03/01/2022", "01/02/2021"], dtype="str")}
    order, why = decided_orders(hired, "", "people.csv", lambda: settled_by("31/03/2026", "01/04/2026"))["Hired"]
    assert order == "dmy" and "'Close Date' of deals.csv" in why


@pytest.mark.parametrize(
    ("hired", "elsewhere"),
    [
        (["03/01/2022"], ["31-03-2026"]),  # written otherwise
        (["03/01/2022"], ["31/03/2026", "03/31/2026"]),  # both ways
        ([f"0{n}/11/2022" for n in range(1, 10)], ["31/03/2026"]),  # so many that chance does not explain it
    ],
)
def test_they_are_asked_about_where_the_other_files_do_not_settle_it(hired, elsewhere):
    with pytest.raises(UnusableInput, match="--dates dmy"):
        decided_orders({"Hired": pd.Series(hired, dtype="str")}, "", "people.csv", lambda: settled_by(*elsewhere))


def test_a_roster_takes_the_order_of_the_deals_beside_it_both_ways(tmp_path):
    head = ["Deal ID", "Owner", "Stage", "Amount", "Close Date"]
    rows = [[f"D{n}", "Ana", ("Closed Won", "Closed Lost")[n % 2], "9", f"{n + 10}/02/2026"] for n in range(8)]
    write_rows(tmp_path / "x", "deals.csv", [head, *rows])
    write_rows(tmp_path / "x", "people.csv", [["Name", "Manager", "Hire Date"], ["Ana", "Mo Ray", "03/01/2022"]])
    assert both_ways([tmp_path / "x"], tmp_path) == ""


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


def column(*texts: str) -> dict[str, pd.Series]:
    return {"Close": pd.Series(list(texts), dtype="str")}


def read_with(texts: list[str], given: str = "") -> list[str]:
    """The days of a column, read in the order that is decided for it."""
    ((order, _),) = decided_orders(column(*texts), given, "deals.csv").values()
    return _read(*texts, order=order)


STROKES, DASHES = ["13/01/2025", "04/01/2025"], ["01-16-2025", "02-03-2025"]
ROUND = [f"{day}-1-25" for day in range(2, 12)]  # as a spreadsheet leaves January's days of 1/2/2025 to 1/11/2025
LEFT = ["1/13/2025", "1/14/2025"]


def test_each_way_of_writing_days_decides_its_own_order():
    assert read_with([*STROKES, *DASHES]) == ["2025-01-13", "2025-01-04", "2025-01-16", "2025-02-03"]


def test_days_that_could_all_be_either_do_not_follow_those_that_are_written_otherwise():
    with pytest.raises(UnusableInput, match="'2-1-25' could have .* '1/13/2025' do not say it"):
        decided_orders(column(*ROUND, *LEFT), "", "deals.csv")


def test_the_order_that_is_asked_for_then_is_that_of_the_open_ones_and_leads_on():
    days = read_with([*ROUND, *LEFT], given="dmy")
    assert days == [*(f"2025-01-{day:02}" for day in range(2, 12)), "2025-01-13", "2025-01-14"]


def test_a_few_days_written_otherwise_follow_the_others_as_chance_explains_them():
    assert read_with([*LEFT, "2-1-25"]) == ["2025-01-13", "2025-01-14", "2025-02-01"]


def test_days_written_in_several_ways_are_read_alike_in_pieces(tmp_path):
    days = ["2025-01-01", *STROKES, *DASHES]
    rows = [[f"D{n}", "Ana", ("Won", "Lost")[n % 2], "9", days[n % 5], "2025-04-01"] for n in range(10)]
    file = write_rows(
        tmp_path, "deals.csv", [["Deal ID", "Owner", "Stage", "Amount", "Created Date", "Close Date"], *rows]
    )
    assert both_ways([file], tmp_path) == ""


def test_two_orders_in_days_of_one_way_of_writing_are_refused_though_others_agree():
    with pytest.raises(UnusableInput, match="13/01/2025.*01/14/2025"):
        decided_orders(column(*STROKES, "01/14/2025", *DASHES), "", "deals.csv")

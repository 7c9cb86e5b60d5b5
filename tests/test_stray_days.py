import pandas as pd
import pytest

from playbook.stray_days import day_by_which, first_of_the_mass, last_of_the_mass

WEEKS = pd.Series(pd.date_range("2025-01-06", periods=60, freq="7D"))
LAST = WEEKS.iloc[-1]


def with_days(*more: str) -> pd.Series:
    return pd.concat([WEEKS, pd.Series(pd.to_datetime(list(more)))], ignore_index=True)


@pytest.mark.parametrize("stray", [(), ("2027-09-30",), ("2027-01-01", "2099-12-31")])
def test_a_day_or_two_far_beyond_all_others_do_not_move_the_end(stray):
    assert last_of_the_mass(with_days(*stray)) == LAST


def test_a_day_soon_after_the_others_is_one_of_them():
    assert last_of_the_mass(with_days("2026-03-06")) == pd.Timestamp("2026-03-06")


def test_where_something_happens_nearly_daily_one_day_ten_days_later_is_apart():
    working_days = pd.Series(pd.bdate_range("2025-01-06", periods=200))
    later = pd.Series([working_days.iloc[-1] + pd.Timedelta(days=10)])
    assert last_of_the_mass(pd.concat([working_days, later])) == working_days.iloc[-1]


def test_a_company_that_begins_slowly_begins_with_its_first_deal():
    working_days = pd.Series(pd.bdate_range("2025-01-06", periods=200))
    first = working_days.iloc[0] - pd.Timedelta(days=10)
    assert first_of_the_mass(pd.concat([pd.Series([first]), working_days])) == first


def test_a_year_typed_with_too_few_figures_is_a_stray_too():
    days = pd.concat([WEEKS.astype("datetime64[us]"), pd.Series([pd.Timestamp(17, 11, 6)])])
    assert first_of_the_mass(days) == WEEKS.iloc[0]


def test_many_events_after_a_long_silence_are_no_strays():
    again = pd.date_range("2027-01-04", periods=6, freq="D").astype("str")
    assert last_of_the_mass(with_days(*again)) == pd.Timestamp(again[-1])


def test_of_a_handful_of_events_every_one_counts():
    few = pd.Series(pd.to_datetime(["2025-01-01", "2025-01-02", "2026-01-01"]))
    assert last_of_the_mass(few) == pd.Timestamp("2026-01-01")


def test_without_days_there_is_no_end_and_no_beginning():
    none = pd.Series(dtype="datetime64[us]")
    assert last_of_the_mass(none) is None and first_of_the_mass(none) is None


def test_a_placeholder_of_1900_does_not_move_the_beginning():
    assert first_of_the_mass(with_days("1900-01-01")) == WEEKS.iloc[0]


def test_an_owners_tenth_of_days_is_counted_for_each_owner_by_itself():
    days = pd.concat([WEEKS.head(20), WEEKS.tail(20)], ignore_index=True)
    owner = pd.Series(["a"] * 20 + ["b"] * 20)
    day = day_by_which(days, owner, 0.10)
    assert day.to_dict() == {"a": WEEKS.iloc[2], "b": WEEKS.iloc[42]}

"""Numbers, money, dates and counts are said as a person says them, and a missing value is never said as nan."""

from datetime import date

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from playbook import wording

NAN = float("nan")


@pytest.mark.parametrize(
    ("amount", "currency", "expected"),
    [
        (0, "USD", "$0"),
        (-0.4, "USD", "$0"),
        (87.4, "USD", "$87"),
        (999.6, "USD", "$1,000"),
        (1_000, "USD", "$1k"),
        (340_120, "EUR", "€340k"),
        (999_999, "USD", "$1M"),
        (1_234_567, "GBP", "£1.2M"),
        (2_500_000_000, "JPY", "¥2.5bn"),
        (-12_300, "CHF", "−CHF 12k"),
        (5_000, "", "5k"),
        (NAN, "USD", "unknown"),
    ],
)
def test_money(amount, currency, expected):
    assert wording.money(amount, currency) == expected


def test_money_to_the_unit():
    assert wording.money(340_119.6, "USD", exact=True) == "$340,120"


@given(st.floats(min_value=1, max_value=1e12))
def test_money_is_within_a_twentieth_of_what_it_says(amount):
    text = wording.money(amount)
    unit = {"k": 1e3, "M": 1e6, "n": 1e9}.get(text[-1], 1)
    written = float(text.removesuffix("bn").rstrip("kM").replace(",", "")) * unit
    assert abs(written - amount) <= max(0.051 * amount, 0.5)


@pytest.mark.parametrize(
    ("value", "expected"),
    [(0, "0%"), (0.244, "24%"), (1, "100%"), (-0.003, "0%"), (-0.2, "−20%"), (NAN, "unknown"), (None, "unknown")],
)
def test_a_share(value, expected):
    assert wording.share(value) == expected


@pytest.mark.parametrize(("value", "expected"), [(0.07, "7 points"), (-0.01, "1 point"), (0.002, "0 points")])
def test_points_are_said_without_their_direction(value, expected):
    assert wording.points(value) == expected


@pytest.mark.parametrize(
    ("value", "digits", "expected"),
    [(1204, 0, "1,204"), (2.5, 1, "2.5"), (-2.5, 1, "−2.5"), (-0.2, 0, "0"), (0.004, 3, "0.004"), (NAN, 0, "unknown")],
)
def test_a_number(value, digits, expected):
    assert wording.number(value, digits) == expected


@pytest.mark.parametrize(
    ("value", "expected"),
    [(date(2017, 12, 31), "31 Dec 2017"), (pd.Timestamp("2026-03-01"), "1 Mar 2026"), (pd.NaT, "unknown")],
)
def test_a_day(value, expected):
    assert wording.day(value) == expected


def test_a_month():
    assert wording.month(date(2017, 12, 31)) == "December 2017"


@pytest.mark.parametrize(("value", "expected"), [(1, "1 day"), (33.6, "34 days"), (0.2, "no days"), (NAN, "unknown")])
def test_a_duration(value, expected):
    assert wording.days(value) == expected


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (0, "0 hours"),
        (0.1, "0 hours"),
        (0.5, "½ hour"),
        (0.9, "1 hour"),
        (1.1, "1 hour"),
        (1.25, "1¼ hours"),
        (8, "8 hours"),
        (NAN, "unknown"),
    ],
)
def test_hours_to_the_quarter(value, expected):
    assert wording.hours(value) == expected


@pytest.mark.parametrize(("n", "expected"), [(0, "no deals"), (1, "1 deal"), (1204, "1,204 deals")])
def test_a_count(n, expected):
    assert wording.count(n, "deal") == expected


def test_a_count_of_what_has_a_plural_of_its_own():
    assert wording.count(2, "person", "people") == "2 people"


@pytest.mark.parametrize(("n", "expected"), [(0, "no"), (3, "three"), (10, "ten"), (11, "11"), (1204, "1,204")])
def test_a_small_count_is_a_word(n, expected):
    assert wording.in_words(n) == expected


@pytest.mark.parametrize(
    ("items", "expected"), [([], ""), (["Ana"], "Ana"), (["Ana", "Ben"], "Ana and Ben"), ("abc", "a, b and c")]
)
def test_a_listing(items, expected):
    assert wording.listing(items) == expected


def test_what_is_absent_is_listed_with_or():
    assert wording.listing("abc", last="or") == "a, b or c"


@given(st.one_of(st.floats(), st.none()))
def test_no_way_of_saying_a_number_ever_says_nan_or_minus_nothing(value):
    if value is not None and (value in (float("inf"), -float("inf")) or abs(value) > 1e15):
        return  # no table of a company holds one; see company.shaped
    texts = [wording.money(value), wording.share(value), wording.number(value, 1), wording.points(value)]
    assert not [text for text in texts if "nan" in text.casefold() or text in ("-0", "−0", "−0%", "-0%", "−0.0")]


@pytest.mark.parametrize(
    ("days", "expected"),
    [
        (21, "more than three weeks"),
        (63, "more than nine weeks"),
        (70, "about 2 months"),
        (364, "about 12 months"),
        (3_248, "about 9 years"),
        (NAN, "unknown"),
    ],
)
def test_an_age_is_rounded_to_what_a_person_would_say(days, expected):
    assert wording.age(days) == expected


def test_only_the_first_letter_changes_its_case():
    assert wording.upper_first("the CRM export") == "The CRM export"
    assert wording.lower_first("Conversion out of Discovery") == "conversion out of Discovery"
    assert wording.upper_first("") == wording.lower_first("") == ""


@pytest.mark.parametrize(
    ("first", "last", "expected"),
    [
        ("16%", "24%", "16 to 24%"),
        ("1 point", "4 points", "1 to 4 points"),
        ("1 day", "4 days", "1 to 4 days"),
        ("0.60 a week", "1.4 a week", "0.60 to 1.4 a week"),
        ("CHF 9k", "CHF 12k", "CHF 9k to CHF 12k"),
        ("−2%", "3%", "−2 to 3%"),
        ("5 days", "5 days", "5 days"),
        ("unknown", "4 points", "unknown to 4 points"),
    ],
)
def test_a_unit_that_both_ends_of_a_range_share_is_said_once(first, last, expected):
    assert wording.span(first, last) == expected


@pytest.mark.parametrize(
    ("amount", "text"),
    [(284_700, "$285k"), (1_054_000, "$1.05M"), (1_095_000, "$1.1M"), (861.4, "$861"), (0, "$0"), (-12_340, "−$12k")],
)
def test_an_estimate_in_prose_has_two_digits_or_three(amount, text):
    assert wording.rounded_money(amount, "USD") == text


@pytest.mark.parametrize(("sure", "text"), [(1.0, "over 99%"), (0.9951, "over 99%"), (0.88, "88%"), (0.0, "under 1%")])
def test_data_is_never_quite_sure(sure, text):
    assert wording.certainty(sure) == text

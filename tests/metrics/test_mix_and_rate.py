from datetime import date, timedelta

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from playbook.metrics.mix_and_rate import REST, change, groups_of, mix_and_rate, two_periods
from tests.metrics.by_hand import deals, many

AS_OF = date(2026, 3, 31)
GROUPS = st.dictionaries(
    st.sampled_from("abcd"), st.integers(1, 12).flatmap(lambda n: st.tuples(st.just(n), st.integers(0, n))), min_size=1
)


def period(counts: dict[str, tuple[int, int]]) -> tuple[pd.DataFrame, pd.Series]:
    """Closed deals from (deals, won) per group, and the group of each."""
    closed = deals(*(row for group, (n, won) in counts.items() for row in many(n, won, source=group)))
    return closed, closed["source"]


def split(before: dict[str, tuple[int, int]], after: dict[str, tuple[int, int]]) -> pd.DataFrame:
    (old, of_old), (new, of_new) = period(before), period(after)
    return mix_and_rate(old, new, of_old, of_new)


def rate_of(counts: dict[str, tuple[int, int]]) -> float:
    return sum(won for _, won in counts.values()) / sum(n for n, _ in counts.values())


def test_more_of_the_deals_that_are_always_won_more_often_is_mix_alone():
    rows = split({"a": (50, 25), "b": (50, 5)}, {"a": (80, 40), "b": (20, 2)})
    assert rows["rate"].sum() == pytest.approx(0) and rows["mix"].sum() == pytest.approx(0.42 - 0.30)


def test_the_same_deals_won_more_often_is_rate_alone():
    rows = split({"a": (50, 25), "b": (50, 5)}, {"a": (50, 30), "b": (50, 10)})
    assert rows["mix"].sum() == pytest.approx(0) and rows["rate"].sum() == pytest.approx(0.10)


def test_kitagawas_two_parts_worked_out_by_hand():
    rows = split({"a": (60, 30), "b": (40, 8)}, {"a": (30, 18), "b": (70, 14)}).set_index("group")
    assert rows.loc["a", "rate"] == pytest.approx((0.6 - 0.5) * (0.6 + 0.3) / 2)
    assert rows.loc["b", "rate"] == pytest.approx(0)
    assert rows["mix"].sum() == pytest.approx((0.3 - 0.6) * 0.55 + (0.7 - 0.4) * 0.2)


def test_a_group_that_is_new_counts_as_mix_alone():
    rows = split({"a": (50, 10)}, {"a": (50, 10), "b": (50, 40)}).set_index("group")
    assert rows.loc["b", "rate"] == 0 and rows.loc["b", "mix"] > 0
    assert pd.isna(rows.loc["b", "rate_before"]) and rows.loc["b", "closed_before"] == 0


@settings(max_examples=25, deadline=None)
@given(GROUPS, GROUPS)
def test_the_two_parts_add_up_to_the_change_and_turn_their_signs_when_time_turns(before, after):
    there, back = split(before, after), split(after, before)
    assert there[["mix", "rate"]].sum().sum() == pytest.approx(rate_of(after) - rate_of(before))
    assert list(there["mix"]) == pytest.approx(list(-back["mix"])) and list(there["rate"]) == pytest.approx(
        list(-back["rate"])
    )


def test_a_change_needs_deals_in_both_periods():
    closed, groups = period({"a": (5, 1)})
    with pytest.raises(ValueError, match="both periods"):
        mix_and_rate(closed, closed.head(0), groups, groups.head(0))


def test_the_interval_of_the_change_is_newcombes():
    # Newcombe 1998, table II, 56 of 70 against 48 of 80, method 10: 0.0524 to 0.3339
    parts = change(deals(*many(80, 48)), deals(*many(70, 56)))
    assert parts["change"] == pytest.approx(0.2)
    assert (round(parts["low"], 4), round(parts["high"], 4)) == (0.0524, 0.3339)


def closed_daily(days: int, each: int = 1) -> list[dict[str, object]]:
    return [
        {"outcome": "won" if d % 2 else "lost", "closed_on": AS_OF - timedelta(days=d)}
        for d in range(days)
        for _ in range(each)
    ]


@pytest.mark.parametrize(("days", "window"), [(730, 365), (400, 182), (200, 91)])
def test_the_longest_window_that_fits_twice_is_taken(days, window):
    parts = two_periods(deals(*closed_daily(days)), AS_OF)
    assert parts.days == window and len(parts.before) == len(parts.after) == window


def test_too_few_deals_or_too_short_a_time_give_no_two_periods():
    assert two_periods(deals(*closed_daily(100, 3)), AS_OF) is None
    assert two_periods(deals(*closed_daily(200)[::3]), AS_OF) is None
    assert two_periods(deals(*many(200, 50)), AS_OF) is None


def test_a_trait_more_is_used_only_while_most_deals_stay_in_groups_of_their_own():
    rows = [*many(30, 10, kind="new", source="A"), *many(30, 10, kind="renewal", source="A")]
    rows += [r | {"source": f"S{i}"} for i, r in enumerate(many(40, 10, kind="new"))]
    before = deals(*rows)
    _, after, used = groups_of(before, before)
    assert used == ["kind"] and set(after) == {"new", "renewal"}


def test_what_is_too_small_in_either_period_is_taken_together():
    before = deals(*many(30, 10, source="A"), *many(30, 10, source="B"), *many(4, 4, source="C"))
    after = deals(*many(30, 10, source="A"), *many(30, 10, source="B"), *many(9, 1, source="C"))
    old, new, used = groups_of(before, after)
    assert used == ["source"] and set(old) == set(new) == {"A", "B", REST}

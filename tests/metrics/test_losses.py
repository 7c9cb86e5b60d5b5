import pandas as pd
import pytest

from playbook.metrics.losses import NO_ENTRY, lost_by
from tests.metrics.by_hand import deals


def lost(*reasons: str | None) -> pd.DataFrame:
    return deals(*({"outcome": "lost", "lost_reason": r} for r in reasons), {"outcome": "won", "lost_reason": "Price"})


def test_reasons_of_lost_deals_are_counted_and_those_of_won_ones_are_not():
    rows = lost_by(lost("Price", "Timing", "Price"), "lost_reason")
    assert dict(zip(rows["entry"], rows["deals"], strict=True)) == {"Price": 2, "Timing": 1}
    assert rows["share"].iloc[0] == pytest.approx(2 / 3)


def test_shares_are_of_those_that_say_something_and_silence_stands_last():
    rows = lost_by(lost("Price", None, None, None), "lost_reason")
    assert list(rows["entry"]) == ["Price", NO_ENTRY] and list(rows["deals"]) == [1, 3]
    assert rows["share"].iloc[0] == 1 and pd.isna(rows["share"].iloc[1])


def test_rare_reasons_are_folded_but_never_a_single_one():
    many = lost_by(lost(*"aabbccd"), "lost_reason", most=3)
    assert list(many["entry"]) == ["a", "b", "c", "d"]
    folded = lost_by(lost(*"aabbccde"), "lost_reason", most=3)
    assert list(folded["entry"]) == ["a", "b", "c", "2 others"] and list(folded["folded"]) == [0, 0, 0, 2]
    assert folded["deals"].sum() == 8


def test_equal_counts_stand_in_the_order_of_the_alphabet():
    assert list(lost_by(lost("b", "a", "c"), "lost_reason")["entry"]) == ["a", "b", "c"]


def test_without_a_lost_deal_nothing_is_said():
    assert lost_by(deals({"outcome": "won"}), "lost_reason").empty

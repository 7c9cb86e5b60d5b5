import pandas as pd
import pytest

from playbook.metrics.line_up import CHARTS, SHUFFLES, line_up


def deals(**won_of: tuple[int, int, str]) -> pd.DataFrame:
    """Closed deals, all new business: rep=(won, closed, segment)."""
    rows = [
        {"rep_id": rep, "outcome": "won" if i < won else "lost", "segment": segment, "kind": "new"}
        for rep, (won, closed, segment) in won_of.items()
        for i in range(closed)
    ]
    return pd.DataFrame(rows)


ALIKE = deals(ana=(5, 20, "small"), ben=(6, 20, "small"), cara=(4, 20, "small"))
APART = deals(ana=(18, 20, "small"), ben=(2, 20, "small"), cara=(3, 20, "small"))


def test_the_real_chart_shows_the_team_as_it_is():
    lineup = line_up(APART, "company", "m1")
    real = lineup.charts[lineup.charts["chart"] == lineup.real]
    assert real["rate"].tolist() == [0.90, 0.10, 0.15]


def test_there_are_nine_charts_of_the_same_reps_and_deals():
    lineup = line_up(ALIKE, "company", "m1")
    assert lineup.charts["chart"].nunique() == CHARTS
    won = (lineup.charts["rate"] * lineup.charts["n"]).groupby(lineup.charts["chart"]).sum()
    assert won.round(6).eq(15).all()


def test_a_team_that_differs_lies_further_apart_than_shuffled_ones():
    assert line_up(APART, "company", "m1").further_apart == 0


def test_a_team_of_equals_is_no_further_apart_than_shuffled_ones():
    assert line_up(ALIKE, "company", "m1").further_apart > SHUFFLES / 2


def test_a_segment_s_deals_stay_in_the_segment():
    """Small customers always buy and large ones never: dealing them out within segments changes nothing."""
    mixed = pd.concat(
        [deals(ana=(10, 10, "small"), ben=(10, 10, "small")), deals(cara=(0, 10, "large"), dan=(0, 10, "large"))]
    )
    lineup = line_up(mixed, "company", "m1")
    assert lineup.charts.groupby("rep_id")["rate"].nunique().eq(1).all() and lineup.further_apart == SHUFFLES


def test_renewals_stay_with_those_who_sell_renewals():
    """Renewals are won more often by anybody; that alone is nothing to see."""
    kinds = pd.concat(
        [deals(ana=(9, 10, "small"), ben=(9, 10, "small")).assign(kind="renewal"), deals(cara=(2, 10, "small"))]
    )
    lineup = line_up(kinds, "company", "m1")
    assert lineup.further_apart == SHUFFLES
    assert lineup.charts.loc[lineup.charts["rep_id"] == "cara", "rate"].eq(0.2).all()


def test_the_same_company_and_manager_give_the_same_nine():
    pd.testing.assert_frame_equal(line_up(ALIKE, "c", "m1").charts, line_up(ALIKE, "c", "m1").charts)


def test_another_manager_gets_other_nine():
    others = [line_up(ALIKE, "c", f"m{i}").real for i in range(12)]
    assert len(set(others)) > 3


@pytest.mark.parametrize(
    "few",
    [
        deals(ana=(5, 20, "small"), ben=(6, 20, "small")),
        deals(ana=(5, 20, "small"), ben=(6, 20, "small"), cara=(2, 9, "small")),
        deals(ana=(0, 20, "small"), ben=(0, 20, "small"), cara=(0, 20, "small")),
        ALIKE.assign(outcome="open"),
    ],
    ids=["two reps", "a third with few deals", "nothing won", "nothing closed"],
)
def test_without_enough_to_tell_there_is_no_line_up(few):
    assert line_up(few, "company", "m1") is None


def test_deals_without_a_segment_are_one_segment():
    assert line_up(ALIKE.assign(segment=None), "company", "m1") is not None

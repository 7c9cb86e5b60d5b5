"""The pictures of revenue and of lost deals: what is written in them, and where it stands."""

import io

import pandas as pd
import pytest
from matplotlib.axes import Axes

from playbook.figures.forecast_range import forecast_range
from playbook.figures.lost_counts import lost_counts
from playbook.figures.mix_and_rate_figure import mix_and_rate
from playbook.figures.new_deals import new_deals
from playbook.figures.open_ages import open_ages
from playbook.figures.revenue_parts import revenue_parts
from playbook.figures.stage_leaks import stage_leaks
from playbook.figures.style import BLUE, ORANGE, QUIET
from playbook.figures.win_rates import win_rates

NAN = float("nan")
AGES = {"n": 20, "lower": 30.0, "middle": 45.0, "upper": 60.0, "oldest": 90.0}


def written(axes: Axes) -> list[str]:
    """Every text in the picture, as drawn; the picture is drawn once, so that broken text would raise."""
    axes.figure.savefig(io.BytesIO(), format="png", dpi=40)
    legend = axes.get_legend()
    return [
        *(t.get_text().strip() for t in axes.texts),
        *(t.get_text() for t in [*axes.get_xticklabels(), *axes.get_yticklabels()]),
        *(t.get_text() for t in (legend.get_texts() if legend else [])),
    ]


def parts(**columns: list[float]) -> pd.DataFrame:
    return pd.DataFrame({"won": [100.0, 0.0]} | columns, index=["Ana", "Ben"])


def test_lines_stand_in_the_order_given_and_start_at_the_top():
    axes = revenue_parts(parts(other_due=[50.0, 500.0]))
    assert [t.get_text() for t in axes.get_yticklabels()] == ["Ana", "Ben"] and axes.yaxis_inverted()


def test_the_parts_of_a_bar_follow_each_other_without_overlap():
    axes = revenue_parts(parts(committed=[20.0, 5.0], best_case=[30.0, 0.0], other_due=[50.0, 7.0]))
    ana = sorted(
        (p.get_x(), p.get_x() + p.get_width()) for p in axes.patches if round(p.get_y() + p.get_height() / 2) == 0
    )
    assert ana == [(0, 100), (100, 120), (120, 150), (150, 200)]


def test_a_part_that_nobody_has_is_not_in_the_legend():
    assert "Committed" not in written(revenue_parts(parts(committed=[0.0, 0.0], quota=[120.0, NAN])))
    assert "Quota" in written(revenue_parts(parts(quota=[120.0, NAN])))


def test_two_dollar_signs_and_a_strange_name_are_drawn_as_they_are():
    axes = revenue_parts(pd.DataFrame({"won": [1_500.0]}, index=["$x_1$ & <b>Ana</b>"]), "USD")
    assert "$1.5k won" in written(axes) and "$x_1$ & <b>Ana</b>" in written(axes)


def quarters(**now: float) -> pd.DataFrame:
    row = {"low": 80.0, "middle": 100.0, "high": 130.0, "actual": NAN, "won": 60.0, "quota": NAN} | now
    past = {"low": 80.0, "middle": 100.0, "high": 130.0, "won": NAN, "quota": NAN}
    return pd.DataFrame([past | {"actual": 110.0}, past | {"actual": 200.0}, row], index=["Q1", "Q2", "Q3"])


def test_a_result_inside_its_range_is_quiet_and_one_outside_is_loud():
    axes = forecast_range(quarters())
    colours = [line.get_color() for line in axes.lines if line.get_marker() == "o"]
    assert colours[1] == ORANGE and colours[0] != ORANGE


def test_this_quarter_tells_its_range_and_the_quota_where_there_is_one():
    assert {"80 to 130", "came: 110", "quota 150"} <= set(written(forecast_range(quarters(quota=150.0))))
    assert not any("quota" in text for text in written(forecast_range(quarters())))


def test_the_axis_of_money_starts_at_nothing_and_holds_the_quota():
    low, high = forecast_range(quarters(quota=400.0)).get_xlim()
    assert low == 0 and high > 400


def deals(*ages: float, risk: tuple[bool, ...] = ()) -> pd.DataFrame:
    return pd.DataFrame({"stage": "Proposal", "age": ages, "at_risk": list(risk) or [False] * len(ages)})


def test_each_open_deal_is_one_dot_and_one_that_needs_a_question_is_a_diamond():
    axes = open_ages(deals(0, 10, 95, risk=(False, False, True)), ["Proposal"], AGES)
    marks = {line.get_marker(): len(line.get_xdata()) for line in axes.lines if line.get_marker() in ("o", "D")}
    assert marks == {"o": 2, "D": 1} and "Proposal (3)" in written(axes)


def test_dots_of_one_age_do_not_hide_each_other():
    axes = open_ages(deals(10, 10, 10), ["Proposal"], AGES)
    dots = next(line for line in axes.lines if line.get_marker() == "o")
    assert len(set(dots.get_ydata())) == 3


def test_where_no_age_is_usual_no_band_is_drawn():
    unknown = {"n": 3} | dict.fromkeys(("lower", "middle", "upper", "oldest"), NAN)
    assert not any("won" in text for text in written(open_ages(deals(10, 20), ["Proposal"], unknown)))


def test_the_month_under_way_is_only_outlined():
    months = pd.DataFrame(
        {"month": pd.to_datetime(["2025-12-01", "2026-01-01"]), "deals": [4, 2], "under_way": [False, True]}
    )
    axes = new_deals(months)
    assert axes.patches[0].get_linestyle() == "solid" and axes.patches[1].get_linestyle() == "--"
    assert {"4", "2", "Jan\n2026\nso far"} <= set(written(axes))


def leaks(a_point: float) -> pd.DataFrame:
    row = {"stage": "Discovery", "left": 40, "passed": 30, "rate": 0.75, "low": 0.6, "high": 0.86, "a_point": a_point}
    return pd.DataFrame([row])


def test_a_stage_tells_what_goes_on_what_is_lost_and_what_a_point_is_worth():
    labels = written(stage_leaks(leaks(1_200.0), "USD"))
    assert {"75% go on", "10 lost", "$1.2k\na quarter", "Discovery (40)"} <= set(labels)


def test_without_amounts_no_worth_is_drawn():
    assert not any("point" in text for text in written(stage_leaks(leaks(NAN))))


@pytest.mark.parametrize(("different", "gap", "colour"), [(True, 0.2, BLUE), (True, -0.2, ORANGE), (False, 0.2, QUIET)])
def test_only_a_group_that_stands_apart_is_loud(different, gap, colour):
    row = {"trait": "Source", "group": "Inbound", "won": 9, "closed": 20, "rate": 0.45, "low": 0.26, "high": 0.66}
    axes = win_rates(pd.DataFrame([row | {"different": different, "gap": gap}]), 0.3)
    dot = next(line for line in axes.lines if line.get_marker() == "o")
    assert dot.get_color() == colour
    assert {"45%  (9 of 20)", "Inbound", "Source", "team 30%"} <= set(written(axes))


def test_what_was_not_said_is_only_outlined_and_a_folded_rest_is_a_number_without_a_bar():
    rows = pd.DataFrame(
        {"entry": ["Price", "2 others", "not said"], "deals": [5, 30, 2], "folded": [0, 2, 0], "share": [0.6, 0.4, NAN]}
    )
    axes = lost_counts(rows)
    assert [p.get_linestyle() for p in axes.patches] == ["solid", "--"]
    assert axes.get_xlim()[1] < 10, "the longest bar that is drawn rules the scale"
    assert {"5  (60%)", "30  (40%)", "2"} <= set(written(axes))


def test_the_parts_of_a_moved_win_rate_start_at_one_line_and_make_up_the_whole():
    axes = mix_and_rate(0.30, 0.05, -0.02)
    steps = [p.get_width() for p in axes.patches]
    assert [p.get_x() for p in axes.patches] == [0, 0, 0] and steps == pytest.approx([0.03, 0.05, -0.02])
    assert {"+3.0 points · 30.0% to 33.0%", "+5.0 points", "−2.0 points"} <= set(written(axes))


def test_half_a_point_does_not_look_like_a_landslide():
    axes = mix_and_rate(0.30, 0.003, 0.002)
    assert axes.patches[0].get_width() < 0.1 * axes.get_xlim()[1]

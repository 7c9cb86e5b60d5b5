"""What the pictures of `each_rep` draw: read from the axes, not from pixels."""

from datetime import date

import pandas as pd
import pytest
from matplotlib.colors import to_hex

from playbook.figures.line_up_figure import line_up
from playbook.figures.rep_drivers import FARTHEST, rep_drivers
from playbook.figures.style import BLUE, ORANGE, QUIET
from playbook.figures.team_map import team_map
from playbook.figures.trend import trend

NAN = float("nan")


def driver_rows(*rows: tuple[str, float]) -> pd.DataFrame:
    return pd.DataFrame(
        [
            {
                "label": f"Driver {i}",
                "verdict": verdict,
                "seen": seen,
                "luck_low": -1.0 if seen == seen else NAN,
                "luck_high": 1.0 if seen == seen else NAN,
                "low": seen - 0.5,
                "high": seen + 0.5,
                "numbers": f"numbers {i}",
            }
            for i, (verdict, seen) in enumerate(rows)
        ]
    )


def texts(axes) -> list[str]:
    return [text.get_text() for text in axes.texts]


def test_what_to_talk_about_is_orange_a_strength_blue_and_the_rest_quiet():
    axes = rep_drivers(driver_rows(("coach", -2.0), ("strength", 1.5), ("no_evidence", 0.2)))
    assert [to_hex(dots.get_edgecolor()[0]).upper() for dots in axes.collections] == [ORANGE, BLUE, QUIET]


def test_a_sign_is_hollow_and_evidence_is_filled():
    axes = rep_drivers(driver_rows(("coach", -2.0), ("watch", -1.2)))
    assert [to_hex(dots.get_facecolor()[0]).upper() for dots in axes.collections] == [ORANGE, "#FFFFFF"]


def test_numbers_stand_beside_each_row_and_rows_keep_their_order():
    axes = rep_drivers(driver_rows(("coach", -2.0), ("no_evidence", NAN)))
    assert texts(axes)[:2] == ["numbers 0", "numbers 1"] and len(axes.collections) == 1
    assert axes.get_ylim()[0] > axes.get_ylim()[1]


def test_what_lies_far_out_is_drawn_at_the_edge():
    axes = rep_drivers(driver_rows(("coach", -40.0)))
    assert axes.collections[0].get_offsets()[0][0] == -FARTHEST == axes.get_xlim()[0]


def test_two_pictures_of_one_rep_are_the_same():
    first, second = (rep_drivers(driver_rows(("coach", -2.0))) for _ in range(2))
    assert first.get_xlim() == second.get_xlim() and first.figure.get_size_inches().tolist() == [
        7.2,
        first.figure.get_figheight(),
    ]


def map_rows(money: float = 12_000.0) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "group": ["start here", "observe first", "leave alone"],
            "name": ["Ana", "Ben", "Cara"],
            "focus": ["Slippage", "too little data yet", "nothing to correct"],
            "probability": [0.9, NAN, NAN],
            "money": [money, NAN, NAN],
            "verdict": ["coach", None, None],
        }
    )


def test_the_map_has_an_axis_for_certainty_and_one_for_money():
    axes = team_map(map_rows(), money_text=lambda value: f"${value:.0f}")
    labels = [one.get_xlabel() for one in axes.figure.axes]
    assert labels == ["", "how sure\nthat it matters", "at stake\nper quarter"]


def test_the_map_shows_no_axis_of_money_where_none_is_known():
    assert len(team_map(map_rows(NAN), money_text=str).figure.axes) == 2


def test_the_map_draws_no_axis_on_which_nobody_would_have_a_dot():
    nobody = map_rows(NAN).assign(probability=NAN)
    assert [one.get_xlabel() for one in team_map(nobody, money_text=str).figure.axes] == [""]


def test_the_map_names_its_groups_and_people_in_the_order_given():
    axes = team_map(map_rows(), money_text=str)
    named = sorted(zip(axes.get_yticks(), (t.get_text() for t in axes.get_yticklabels()), strict=True))
    assert [name for _, name in named] == ["Start here", "Ana", "Observe first", "Ben", "Leave alone", "Cara"]


def test_whoever_has_no_focus_has_no_dot():
    axes = team_map(map_rows(), money_text=str)
    assert [len(one.collections) for one in axes.figure.axes] == [0, 1, 1]


def test_a_name_with_signs_of_mathematics_is_drawn_as_it_is():
    axes = team_map(map_rows().assign(name=["$a_b$", "Ben", "Cara"]), money_text=str)
    axes.figure.canvas.draw()
    assert "$a_b$" in [text.get_text() for text in axes.get_yticklabels()]


def test_the_line_up_draws_nine_numbered_charts_without_names():
    charts = pd.DataFrame({"chart": [n for n in range(1, 10) for _ in range(3)], "rate": [0.2, 0.3, 0.4] * 9})
    axes = line_up(charts, 0.3)
    assert [one.get_title() for one in axes.figure.axes] == [str(n) for n in range(1, 10)]
    assert all(len(one.collections[-1].get_offsets()) == 3 and not one.texts for one in axes.figure.axes)


QUARTERS = pd.DataFrame(
    {
        "starts_on": [date(2025, 10, 1), date(2026, 1, 1)],
        "ends_on": [date(2025, 12, 31), date(2026, 3, 31)],
        "n": [12, 14],
        "level": [0.2, 0.3],
        "low": [0.1, 0.15],
        "high": [0.4, 0.5],
    }
)


def percent(value: float) -> str:
    return f"{value:.0%}"


def test_a_quarter_says_its_level_its_months_and_its_n():
    axes = trend(QUARTERS, level_text=percent)
    assert texts(axes) == ["20%", "30%"]
    assert [label.get_text() for label in axes.get_xticklabels()] == ["Oct–Dec\n2025\nn = 12", "Jan–Mar\n2026\nn = 14"]


def test_quarters_are_not_joined_by_a_line():
    assert all(
        len(set(line.get_xdata())) == 1 for line in trend(QUARTERS, level_text=percent).lines if len(line.get_xdata())
    )


def test_the_peers_level_is_told_where_it_is_known():
    assert any("peers" in text for text in texts(trend(QUARTERS, level_text=percent, usual=0.25)))


@pytest.mark.parametrize(
    ("began", "marked"),
    [(date(2026, 1, 15), True), (date(2024, 1, 1), False), (date(2026, 4, 2), False), (None, False)],
    ids=["begins inside", "began before", "begins after", "none"],
)
def test_the_beginning_of_coaching_is_marked_only_where_it_lies_in_the_picture(began, marked):
    assert ("coaching began" in texts(trend(QUARTERS, level_text=percent, began=began))) is marked


def test_the_axis_begins_at_nothing():
    assert trend(QUARTERS, level_text=percent, highest=1.0).get_ylim()[0] == 0


def test_the_labels_of_the_scale_do_not_run_into_each_other_beside_long_numbers():
    rows = driver_rows(("coach", -2.0), ("no_evidence", NAN)).assign(
        numbers="0.82 a week · peers 0.72 a week · n 1,264"
    )
    axes = rep_drivers(rows)
    axes.figure.canvas.draw()
    ends = [label.get_window_extent() for label in axes.get_xticklabels()]
    middle = next(text for text in axes.texts if text.get_text() == "peers with the same deals").get_window_extent()
    assert not ends[0].overlaps(ends[1]) and not any(middle.overlaps(end) for end in ends)


def test_the_months_of_a_short_last_quarter_stand_beside_those_of_the_one_before():
    starts = pd.date_range("2025-05-01", periods=6, freq="QS-MAY")
    ends = [*(starts[1:] - pd.Timedelta(days=1)), pd.Timestamp("2026-09-18")]
    rows = pd.concat([QUARTERS.head(1)] * 6, ignore_index=True).assign(starts_on=starts, ends_on=ends)
    axes = trend(rows, level_text=percent)
    axes.figure.canvas.draw()
    ends = [label.get_window_extent() for label in axes.get_xticklabels()]
    assert not any(one.overlaps(after) for one, after in zip(ends, ends[1:], strict=False))

"""The range in which a quarter is expected to end, below the ranges of past quarters with what really came."""

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.ticker import MaxNLocator

from playbook import wording
from playbook.figures.style import BAND, BLUE, INK, ORANGE, QUIET, new_axes, only_bottom_axis, rows_height

_THICK, _THIN = 0.46, 0.16


def forecast_range(rows: pd.DataFrame, currency: str = "") -> Axes:
    """A line per quarter: the range as a bar, its middle as a stroke, what came as a dot.

    Parameters
    ----------
    rows : indexed by the label of each line, the earliest first; columns low, middle, high, actual (NaN for a quarter
        that is still under way), won (money so far; NaN for past quarters), quota (NaN where there is none).
    """
    axes = only_bottom_axis(new_axes(rows_height(len(rows), per_row=0.5, around=0.95)))
    for place, row in enumerate(rows.itertuples()):
        past = row.actual == row.actual
        axes.barh(
            place, row.high - row.low, left=row.low, height=_THICK, color=BAND if past else "#BBD8EA",
            edgecolor=QUIET if past else BLUE, linewidth=0.6,
        )  # fmt: skip
        axes.plot(
            [row.middle] * 2, [place - _THICK / 2, place + _THICK / 2], color=QUIET if past else BLUE, linewidth=2
        )
        if past:
            inside = row.low <= row.actual <= row.high
            axes.plot(row.actual, place, "o", color=INK if inside else ORANGE, markersize=8, zorder=3)
            _beside(axes, row.actual, place, f"came: {wording.money(row.actual, currency)}", INK if inside else ORANGE)
        else:
            axes.barh(place, row.won, height=_THIN, color=BLUE, zorder=3)
            words = f"{wording.money(row.low, currency)} to {wording.money(row.high, currency)}"
            _beside(axes, (row.low + row.high) / 2, place, words, BLUE, bold=True)
            if row.quota == row.quota:
                axes.plot([row.quota] * 2, [place - _THICK / 2, place + 0.36], color=INK, linewidth=2.4, zorder=4)
                axes.text(row.quota, place + 0.38, f"quota {wording.money(row.quota, currency)}", ha="center", va="top",
                          fontsize=9, color=INK)  # fmt: skip
    axes.set_yticks(range(len(rows)), rows.index)
    axes.set_ylim(len(rows) - (0.3 if rows["quota"].notna().any() else 0.5), -0.7)
    axes.set_xlim(0, 1.08 * max(rows[["high", "actual", "quota", "won"]].max()))
    axes.xaxis.set_major_formatter(lambda amount, _: wording.money(amount, currency))
    axes.xaxis.set_major_locator(MaxNLocator(5, min_n_ticks=3))
    return axes


def _beside(axes: Axes, at: float, place: int, words: str, color: str, *, bold: bool = False) -> None:
    """A word above the bar, so that it never lies on it."""
    weight = "bold" if bold else "normal"
    axes.text(at, place - _THICK / 2 - 0.04, words, ha="center", va="bottom", fontsize=9, color=color, weight=weight)

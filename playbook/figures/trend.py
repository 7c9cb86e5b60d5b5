"""One rep's own level of one driver, quarter by quarter, with its range, what peers would show, and when coaching was.

In: `coaching.own_trend` and days.  Out: Axes.
"""

from collections.abc import Callable, Sequence
from datetime import date

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.dates import date2num
from matplotlib.ticker import FuncFormatter, MaxNLocator

from playbook.figures.style import BAND, BLUE, INK, ORANGE, QUIET, new_axes, only_bottom_axis


def trend(
    quarters: pd.DataFrame,
    *,
    level_text: Callable[[float], str],
    usual: float | None = None,
    sessions: Sequence[date] = (),
    began: date | None = None,
    highest: float | None = None,
) -> Axes:
    """A dot with its range per quarter; no line joins them, as most of what moves between quarters is luck.

    Parameters
    ----------
    quarters : starts_on, ends_on, n, level, low, high; oldest first.
    level_text : writes a level in the driver's own unit.
    usual : what peers with the same deals would show, if known.
    sessions : days of logged coaching.
    began : the day on which coaching began; marked in words if it lies in the picture.
    highest : the largest value that a level can have (1 for shares).
    """
    axes = new_axes(2.5)
    middles = [_middle(row.starts_on, row.ends_on) for row in quarters.itertuples()]
    left, right = _ends(quarters)
    first = None if began is None or not left <= date2num(began) <= right else float(date2num(began))
    if usual is not None and not pd.isna(usual):
        axes.axhline(usual, color=QUIET, linewidth=1.1, zorder=1)
        axes.text(right, usual, f" peers\n {level_text(usual)}", va="center", fontsize=9, color=QUIET, parse_math=False)
    for middle, row in zip(middles, quarters.itertuples(), strict=True):
        axes.plot([middle, middle], [row.low, row.high], color=BLUE, linewidth=2.2, alpha=0.45, zorder=2)
        before = first is not None and 0 <= first - middle < 0.08 * (right - left)  # keep words off the line
        after = first is not None and 0 < middle - first < 0.08 * (right - left)
        # Above its own range a word meets no other quarter's: beside it, long words ran into the next dot.
        axes.annotate(
            level_text(row.level),
            (middle, row.high),
            (-4 if before else 4 if after else 0, 3),
            ha="right" if before else "left" if after else "center",
            textcoords="offset points",
            va="bottom",
            fontsize=9,
            color=INK,
        )
    axes.scatter(middles, quarters["level"], s=44, color=BLUE, zorder=3)
    labels = [f"{_months(row.starts_on, row.ends_on)}\nn = {row.n}" for row in quarters.itertuples()]
    axes.set_xticks(middles, labels, fontsize=8.5 if len(labels) > 5 else 9)
    axes.set_xlim(left, right)
    top = float(quarters["high"].max()) if highest is None else min(float(quarters["high"].max()), highest)
    axes.set_ylim(0, max(top, usual or 0) * 1.32 or 1)
    axes.yaxis.set_major_locator(MaxNLocator(4))
    axes.yaxis.set_major_formatter(FuncFormatter(lambda value, _: level_text(value)))
    only_bottom_axis(axes)
    axes.grid(visible=False, axis="x")
    axes.grid(visible=True, axis="y", color=BAND, linewidth=0.8)
    axes.tick_params(axis="y", labelsize=8.5, labelcolor=QUIET)
    here = [day for day in map(date2num, sessions) if left <= day <= right]
    axes.plot(here, [0.0] * len(here), "|", color=ORANGE, markersize=9, markeredgewidth=1.6, clip_on=False, zorder=4)
    if first is not None:
        _mark(axes, first, late=first > left + 0.7 * (right - left))
    return axes


def _mark(axes: Axes, day: float, *, late: bool) -> None:
    """The day on which coaching began, as a line with words."""
    axes.axvline(day, color=ORANGE, linewidth=1.2, linestyle=(0, (4, 3)), zorder=1)
    axes.annotate(
        "coaching began",
        (day, 1.0),
        (-5 if late else 5, -2),
        xycoords=("data", "axes fraction"),
        textcoords="offset points",
        ha="right" if late else "left",
        va="top",
        fontsize=9,
        color=ORANGE,
    )


def _ends(quarters: pd.DataFrame) -> tuple[float, float]:
    return float(date2num(quarters["starts_on"].iloc[0])), float(date2num(quarters["ends_on"].iloc[-1])) + 1.0


def _middle(first: date, last: date) -> float:
    return float((date2num(first) + date2num(last)) / 2)


def _months(first: date, last: date) -> str:
    year = f"{last:%Y}"
    return (
        f"{first:%b}\n{year}"
        if (first.year, first.month) == (last.year, last.month)
        else f"{first:%b}–{last:%b}\n{year}"
    )

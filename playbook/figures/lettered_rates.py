"""Reps as lettered dots on one scale: to choose from before anything is said, and with the truth afterwards."""

import pandas as pd
from matplotlib.axes import Axes

from playbook import wording
from playbook.escaping import plain
from playbook.figures.style import BAND, INK, LINE, ORANGE, QUIET, new_axes, only_bottom_axis, rows_height


def lettered_rates(rows: pd.DataFrame, *, with_luck: bool = False, loud: str = "") -> Axes:
    """A dot for each rep's win rate, with its counts beside it.

    Parameters
    ----------
    rows : letter, name, won, closed, and for `with_luck` low and high: where a rep like the others lands in nine of
        ten cases. From top to bottom. Where there is a column usual, a line on each row marks it.
    with_luck : whether that range is drawn behind each dot.
    loud : the letter that is marked; empty for none.
    """
    axes = only_bottom_axis(new_axes(rows_height(len(rows), per_row=0.34, around=0.7)))
    rates = rows["won"] / rows["closed"]
    for place, (row, rate) in enumerate(zip(rows.itertuples(), rates, strict=True)):
        is_loud = row.letter == loud
        colour = ORANGE if is_loud else QUIET
        if with_luck:
            axes.barh(place, row.high - row.low, left=row.low, height=0.6, color=BAND, zorder=0)
        if "usual" in rows:
            axes.plot([row.usual] * 2, [place - 0.32, place + 0.32], color=INK, linewidth=1.6, zorder=2)
        axes.plot(rate, place, "o", color=colour, markersize=9 if is_loud else 7.5, zorder=3)
        words = f"{row.won:,} of {row.closed:,}  ({wording.share(rate)})"
        axes.text(1.02, place, words, transform=axes.get_yaxis_transform(), va="center", fontsize=9.5,
                  color=INK if is_loud or not loud else QUIET, weight="bold" if is_loud else "normal")  # fmt: skip
    axes.set_yticks(range(len(rows)), [f"{row.letter}  {plain(row.name)}" for row in rows.itertuples()], fontsize=10)
    axes.set_ylim(len(rows) - 0.4, -0.6)
    lows = rows["low"] if with_luck else rows.get("usual", rates)
    highs = rows["high"] if with_luck else rows.get("usual", rates)
    axes.set_xlim(
        max(0.0, float(min(lows.min(), rates.min())) - 0.06), min(1.0, float(max(highs.max(), rates.max())) + 0.06)
    )
    axes.xaxis.set_major_formatter(lambda share, _: wording.share(share))
    axes.spines["bottom"].set_color(LINE)
    axes.tick_params(axis="x", labelsize=9.5, labelcolor=QUIET)
    return axes

"""How many of the deals that leave each stage go on, the range that luck leaves, and what one point more is worth."""

import pandas as pd
from matplotlib.axes import Axes

from playbook import wording
from playbook.escaping import plain
from playbook.figures.style import BAND, BLUE, INK, LINE, QUIET, new_axes, only_bottom_axis, rows_height


def stage_leaks(rows: pd.DataFrame, currency: str = "") -> Axes:
    """A line per stage: a bar as long as the share that goes on, its interval, and at the right the worth of a point.

    Parameters
    ----------
    rows : `leaks.leaks`: stage, left, passed, rate, low, high, a_point (money; NaN where amounts are missing).
    """
    axes = only_bottom_axis(new_axes(rows_height(len(rows), per_row=0.56, around=0.9)))
    worth = rows["a_point"].notna().any()
    for place, row in enumerate(rows.itertuples()):
        axes.barh(place, 1, height=0.5, color="white", edgecolor=LINE, linewidth=0.8)
        axes.barh(place, row.rate, height=0.5, color="#BBD8EA", edgecolor=BLUE, linewidth=0.8)
        axes.plot([row.low, row.high], [place, place], color=BLUE, linewidth=2.2, solid_capstyle="butt")
        axes.plot(row.rate, place, "o", color=BLUE, markersize=7)
        axes.text(0.015, place, f"{wording.share(row.rate)} go on", va="center", fontsize=10, color=INK, weight="bold")
        axes.text(0.985, place, f"{row.left - row.passed:,} lost", va="center", ha="right", fontsize=9.5, color=INK)
        if worth:
            label = f"{wording.money(row.a_point, currency)}\na quarter" if row.a_point == row.a_point else "–"
            axes.text(1.03, place, label, va="center", fontsize=9.5, color=INK, linespacing=1.1)
    if worth:
        axes.text(1.03, -0.5, "one point more\nis worth", va="bottom", fontsize=9, color=QUIET, linespacing=1.15)
    axes.set_yticks(range(len(rows)), [f"{plain(s)} ({n:,})" for s, n in zip(rows["stage"], rows["left"], strict=True)])
    axes.set_ylim(len(rows) - 0.45, -0.55)
    axes.set_xlim(0, 1.26 if worth else 1.02)
    axes.set_xticks([0, 0.25, 0.5, 0.75, 1.0], ["0%", "25%", "50%", "75%", "100%"])
    axes.grid(axis="x", color=BAND, linewidth=0.8)
    axes.spines["bottom"].set_visible(False)
    axes.tick_params(axis="x", length=0, labelsize=9.5, labelcolor=QUIET)
    return axes

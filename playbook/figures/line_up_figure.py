"""The line-up: nine small charts of one team, eight of them made by luck.

In: `metrics.line_up`.  Out: Axes. No names: whoever sees a name remembers, and does not look.
"""

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.ticker import MaxNLocator, PercentFormatter

from playbook.figures.style import BLUE, LINE, QUIET, new_grid

_ACROSS = 3


def line_up(charts: pd.DataFrame, overall: float) -> Axes:
    """Nine charts, numbered; a dot per rep at the share won, in the same order in each, and the team's share as a line.

    Parameters
    ----------
    charts : chart (1 to 9), rate (0 to 1); one row per chart and rep.
    overall : the share of all these deals that was won.
    """
    grid = new_grid(_ACROSS, _ACROSS, 5.0, sharex=True, sharey=True)
    top = min(1.0, float(charts["rate"].max()) * 1.12 + 0.03)
    for axes, (number, chart) in zip(grid.flat, charts.groupby("chart", sort=True), strict=True):
        _one(axes, str(number), chart["rate"].to_numpy(), overall, top)
    for axes in grid[:, 0]:
        axes.yaxis.set_major_formatter(PercentFormatter(1.0, decimals=0))
        axes.tick_params(axis="y", length=0, labelsize=8.5, labelcolor=QUIET)
    return grid[0, 0]


def _one(axes: Axes, number: str, rates: np.ndarray, overall: float, top: float) -> None:
    places = range(len(rates))
    size = 34 if len(rates) <= 12 else 16
    axes.axhline(overall, color=QUIET, linewidth=1.0, zorder=1)
    axes.vlines(places, overall, rates, color=LINE, linewidth=1.6 if size > 20 else 1.0, zorder=2)
    axes.scatter(places, rates, s=size, color=BLUE, zorder=3)
    axes.set_title(number, fontsize=11, pad=3)
    axes.set_xlim(-0.7, len(rates) - 0.3)
    axes.set_ylim(0, top)
    axes.yaxis.set_major_locator(MaxNLocator(4))
    axes.tick_params(axis="x", length=0, labelbottom=False)
    axes.tick_params(axis="y", length=0)
    axes.spines["bottom"].set_visible(False)
    axes.spines["left"].set_color(LINE)

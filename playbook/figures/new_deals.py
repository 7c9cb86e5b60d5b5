"""How many deals were opened in each month; the month under way is only outlined."""

import pandas as pd
from matplotlib.axes import Axes

from playbook.figures.style import BLUE, INK, LINE, QUIET, new_axes


def new_deals(months: pd.DataFrame) -> Axes:
    """Columns per month, the number above each.

    Parameters
    ----------
    months : `new_pipeline.created_per_month`: month, deals, under_way.
    """
    axes = new_axes(2.5)
    for place, row in enumerate(months.itertuples()):
        fill, line = ("white", "--") if row.under_way else (BLUE, "solid")
        axes.bar(place, row.deals, width=0.66, linewidth=1.2, color=fill, edgecolor=BLUE, linestyle=line)
        axes.text(place, row.deals, f"{row.deals}", ha="center", va="bottom", fontsize=9.5, color=INK)
    marks = [f"{m:%b}\n{m:%Y}" if i == 0 or m.month == 1 else f"{m:%b}" for i, m in enumerate(months["month"])]
    if len(months) and months["under_way"].iloc[-1]:
        marks[-1] += "\nso far"
    axes.set_xticks(range(len(months)), marks, fontsize=9.5)
    axes.tick_params(axis="x", length=0)
    axes.set_yticks([])
    axes.spines["left"].set_visible(False)
    axes.spines["bottom"].set_color(LINE)
    axes.tick_params(colors=QUIET, axis="x", labelcolor=INK)
    axes.margins(y=0.14)
    return axes

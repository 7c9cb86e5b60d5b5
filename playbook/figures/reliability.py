"""How sure somebody was, and how often they were right: on the line the two are the same."""

import pandas as pd
from matplotlib.axes import Axes

from playbook import wording
from playbook.figures.style import BLUE, INK, LINE, QUIET, new_axes


def reliability_picture(rows: pd.DataFrame) -> Axes:
    """A dot per step of sureness with its interval, and the line on which sureness and truth agree.

    Parameters
    ----------
    rows : sure, rate, low, high (0 to 1), n (answers), as `calibration.reliability` gives them.
    """
    axes = new_axes(4.0, 5.6)
    axes.plot([0.5, 1], [0.5, 1], color=LINE, linewidth=1.4, zorder=1)
    axes.text(0.965, 0.985, "as sure as right", ha="right", va="bottom", fontsize=9.5, color=QUIET)
    for row in rows.itertuples():
        axes.plot([row.sure, row.sure], [row.low, row.high], color=BLUE, linewidth=2, zorder=2)
        axes.plot(row.sure, row.rate, "o", color=BLUE, markersize=8, zorder=3)
        axes.annotate(f"{row.n}", (row.sure, row.rate), xytext=(8, 0), textcoords="offset points", va="center",
                      fontsize=9.5, color=INK)  # fmt: skip
    axes.set_xlim(0.46, 1.04)
    axes.set_ylim(-0.02, 1.05)
    for axis in (axes.xaxis, axes.yaxis):
        axis.set_major_formatter(lambda share, _: wording.share(share))
    axes.set_xticks([0.5, 0.6, 0.7, 0.8, 0.9, 0.99])
    axes.set_xlabel("how sure you were")
    axes.set_ylabel("how often you were right")
    return axes

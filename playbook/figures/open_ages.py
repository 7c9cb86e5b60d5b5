"""How old the open deals are, a dot each, over the age at which won deals were won."""

from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from playbook.escaping import plain
from playbook.figures.style import BAND, INK, ORANGE, QUIET, new_axes, only_bottom_axis, rows_height

_SPREAD = 0.30  # dots of one line stand beside each other, so that none hides another


def open_ages(deals: pd.DataFrame, stages: list[str], typical: dict[str, float]) -> Axes:
    """Dots by stage; loud where a deal's date has passed, was pushed twice or more, or is older than usual.

    Parameters
    ----------
    deals : columns stage, age (days), at_risk (bool).
    stages : the lines, from the first stage to the last.
    typical : ages of won deals (`open_deals.won_ages`): lower, middle, upper, oldest; NaN where too few are won.
    """
    axes = only_bottom_axis(new_axes(rows_height(len(stages), per_row=0.62, around=1.15)))
    if typical["middle"] == typical["middle"]:
        axes.axvspan(typical["lower"], typical["upper"], color=BAND, zorder=0, linewidth=0)
        axes.axvline(typical["oldest"], color=QUIET, linewidth=1, linestyle=(0, (4, 3)), zorder=0)
        top: dict[str, Any] = {"va": "bottom", "fontsize": 9, "color": QUIET, "linespacing": 1.15}
        axes.text(typical["upper"], -0.62, "half of the won deals\nwere won here ", ha="right", **top)
        axes.text(typical["oldest"], -0.62, " nine of ten\n were won by here", ha="left", **top)
    for place, stage in enumerate(stages):
        here = deals[deals["stage"] == stage].sort_values(["age"], kind="stable")
        heights = place + _beside_each_other(here["age"].to_numpy())
        loud = here["at_risk"].to_numpy(dtype="bool")
        axes.plot(here["age"][~loud], heights[~loud], "o", color=QUIET, markersize=5.5, alpha=0.75, markeredgewidth=0)
        axes.plot(
            here["age"][loud],
            heights[loud],
            "D",
            color=ORANGE,
            markersize=6.5,
            markeredgecolor="white",
            markeredgewidth=0.6,
        )
    axes.set_yticks(range(len(stages)), [f"{plain(s)} ({(deals['stage'] == s).sum()})" for s in stages])
    axes.set_ylim(len(stages) - 0.5, -0.62)
    right = max(deals["age"].max() * 1.06, _right(typical), 1.0)  # a day at least, where all began today
    axes.set_xlim(-0.015 * right, right)  # a deal of today stands clear of the edge
    axes.set_xlabel("Days since the deal was opened", fontsize=9.5, color=INK)
    return axes


def _right(typical: dict[str, float]) -> float:
    return typical["oldest"] * 1.35 if typical["oldest"] == typical["oldest"] else 1.0


def _beside_each_other(ages: np.ndarray) -> np.ndarray:
    """A height for each dot, alternating about the line as the ages go up; the same every time."""
    steps = np.array([0.0, 0.5, -0.5, 1.0, -1.0])
    return steps[np.arange(len(ages)) % len(steps)] * _SPREAD

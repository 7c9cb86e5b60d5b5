"""The one visual language: colours that hold for colour-blind readers and in print, type, and a bare frame.

Peers are quiet, one thing is loud, and what is loud is labelled where it stands.
"""

from collections.abc import Sequence
from typing import Any

import matplotlib
import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

# Okabe and Ito 2008, only those with 3:1 contrast against white; never red against green.
BLUE, ORANGE, INK = "#0072B2", "#D55E00", "#1B1F24"
QUIET, BAND, LINE = "#6B7280", "#E3E8EE", "#C4CBD4"

WIDTH = 7.2  # inches; fills the column of a workbook and still reads at phone width
_SETTINGS: dict[Any, Any] = {
    "font.family": "DejaVu Sans",
    "font.size": 10.5,
    "axes.titlesize": 12,
    "axes.titleweight": "bold",
    "axes.titlelocation": "left",
    "axes.edgecolor": LINE,
    "axes.labelcolor": INK,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "xtick.color": INK,
    "ytick.color": INK,
    "text.color": INK,
    "figure.facecolor": "white",
    "savefig.facecolor": "white",
    "svg.hashsalt": "player-to-coach",
}
# Texts are made after the settings above have been left again: a dollar sign is money in all of them, not mathematics.
matplotlib.rcParams["text.parse_math"] = False


def new_axes(height: float = 3.2, width: float = WIDTH) -> Axes:
    """Empty axes in the house style, on a figure of their own that pyplot does not keep open."""
    with matplotlib.rc_context(_SETTINGS):
        figure = Figure(figsize=(width, height), layout="constrained")
        return figure.add_subplot()


def new_grid(
    rows: int, columns: int, height: float, *, sharex: bool = False, sharey: bool = False, widths: Sequence[float] = ()
) -> np.ndarray:
    """Empty axes in the house style in `rows` and `columns` of one figure; `widths` are those of the columns."""
    with matplotlib.rc_context(_SETTINGS):
        figure = Figure(figsize=(WIDTH, height), layout="constrained")
        return figure.subplots(rows, columns, squeeze=False, sharex=sharex, sharey=sharey, width_ratios=widths or None)


def rows_height(rows: int, *, per_row: float = 0.36, around: float = 1.1) -> float:
    """The height in inches of a figure with one line per row."""
    return around + per_row * max(rows, 1)


def only_bottom_axis(axes: Axes) -> Axes:
    """Leave the horizontal axis with quiet guide lines; take the vertical one away where rows carry their labels."""
    axes.spines["left"].set_visible(False)
    axes.tick_params(axis="y", length=0)
    axes.grid(axis="x", color=BAND, linewidth=0.8)
    axes.set_axisbelow(True)
    return axes

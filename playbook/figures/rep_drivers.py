"""One rep's drivers against peers who had the same deals, each on one common scale, with its real numbers beside it.

In: one row per driver, in steps (a step is the smallest difference that is worth an hour).  Out: Axes.
Right is better for the business in every row, whichever way a driver runs. Colour only says what to talk about; nothing
is red or green.
"""

from typing import Protocol

import pandas as pd
from matplotlib.axes import Axes

from playbook.figures.style import BAND, BLUE, INK, LINE, ORANGE, QUIET, new_axes, rows_height

FARTHEST = 5.0  # steps; what lies beyond is drawn at the edge with an arrow
_NEAREST = 2.5
_COLOURS = {"coach": ORANGE, "ask_first": ORANGE, "watch": ORANGE, "disputed": ORANGE, "strength": BLUE}
_HOLLOW = ("ask_first", "watch", "disputed")


class _DriverRow(Protocol):
    """A row of what `rep_drivers` draws."""

    verdict: str
    seen: float
    luck_low: float
    luck_high: float
    low: float
    high: float
    numbers: str


def rep_drivers(rows: pd.DataFrame) -> Axes:
    """A grey bar for ordinary luck, a dot for the rep's own deals, a line for where the true difference may lie.

    Parameters
    ----------
    rows : from top to bottom; columns label, verdict, seen, luck_low, luck_high, low, high (steps from peers, positive
        is better; NaN where nothing is drawn), numbers (text beside the row).
    """
    axes = new_axes(rows_height(len(rows), per_row=0.36, around=0.75))
    edge = _edge(rows)
    places = range(len(rows))
    for side in (-1, 1):
        axes.axvline(side, color=LINE, linewidth=0.9, linestyle=(0, (2, 3)), zorder=1)
    axes.axvline(0, color=QUIET, linewidth=1.1, zorder=1)
    for place, row in zip(places, rows.itertuples(), strict=True):
        _row(axes, place, row, edge)
        axes.text(edge * 1.06, place, row.numbers, va="center", fontsize=9, color=_ink(row.verdict), parse_math=False)
    axes.set_yticks(list(places), list(rows["label"]), parse_math=False)
    for text, verdict in zip(axes.get_yticklabels(), rows["verdict"], strict=True):
        text.set_fontsize(9.5)
        text.set_color(_ink(verdict))
        text.set_fontweight("bold" if verdict in _COLOURS else "normal")
    axes.set_ylim(len(rows) - 0.4, -0.6)
    axes.set_xlim(-edge, edge)
    axes.set_xticks([-edge, edge], ["behind", "ahead"])
    behind, ahead = axes.get_xticklabels()
    behind.set(horizontalalignment="left", fontsize=9)
    ahead.set(horizontalalignment="right", fontsize=9)
    # Above, as three labels in one row would run into each other where the numbers beside the rows are long.
    axes.text(0, -0.7, "peers with the same deals", ha="center", va="bottom", fontsize=9, color=INK)
    axes.tick_params(axis="both", length=0)
    for spine in axes.spines.values():
        spine.set_visible(False)
    return axes


def _row(axes: Axes, place: int, row: _DriverRow, edge: float) -> None:
    if pd.isna(row.seen):
        return
    colour = _COLOURS.get(row.verdict, QUIET)
    if not pd.isna(row.luck_low):
        low, high = max(row.luck_low, -edge), min(row.luck_high, edge)
        axes.barh(place, high - low, left=low, height=0.62, color=BAND, zorder=0)
    if not pd.isna(row.low):
        axes.plot([max(row.low, -edge), min(row.high, edge)], [place, place], color=colour, linewidth=2.2, zorder=2)
    beyond = abs(row.seen) > edge
    marker = (">" if row.seen > 0 else "<") if beyond else "o"
    face = "white" if row.verdict in _HOLLOW else colour
    seen = min(max(row.seen, -edge), edge)
    axes.scatter(
        seen, place, s=52, marker=marker, facecolor=face, edgecolor=colour, linewidth=1.8, zorder=3, clip_on=False
    )


def _edge(rows: pd.DataFrame) -> float:
    """As far as this rep's rows reach, within limits."""
    far = rows[["seen", "luck_low", "luck_high", "low", "high"]].abs().max().max()
    return float(min(max(0 if pd.isna(far) else far * 1.05, _NEAREST), FARTHEST))


def _ink(verdict: str) -> str:
    return INK if verdict in _COLOURS else QUIET

"""How often each thing was said about a lost deal."""

import pandas as pd
from matplotlib.axes import Axes

from playbook import wording
from playbook.escaping import plain
from playbook.figures.style import BLUE, INK, QUIET, new_axes, rows_height

_ROOM = 1.25  # of the longest bar, for the number beside it


def lost_counts(rows: pd.DataFrame) -> Axes:
    """Bars, the largest first; deals that say nothing are only outlined, and a folded rest is a number without a bar.

    As a bar the rest would often be the longest, and the eye would take it for the finding.

    Parameters
    ----------
    rows : `losses.lost_by`: entry, deals, folded, share (0 to 1 of the deals that say something; NaN for those that say
        nothing).
    """
    axes = new_axes(rows_height(len(rows), per_row=0.34, around=0.25))
    for place, row in enumerate(rows.itertuples()):
        silent = row.share != row.share
        fill, edge, line = ("white", QUIET, "--") if silent else ("#6FAED6", BLUE, "solid")
        length = 0 if row.folded else row.deals
        if length:
            axes.barh(place, length, height=0.62, linewidth=0.8, color=fill, edgecolor=edge, linestyle=line)
        words = f"  {row.deals:,}" if silent else f"  {row.deals:,}  ({wording.share(row.share)})"
        axes.text(length, place, words, va="center", fontsize=9.5, color=QUIET if row.folded else INK)
    axes.set_yticks(range(len(rows)), [plain(label) for label in rows["entry"]])
    axes.tick_params(axis="y", length=0)
    axes.set_xticks([])
    axes.spines[["left", "bottom"]].set_visible(False)
    axes.set_ylim(len(rows) - 0.5, -0.5)
    axes.set_xlim(0, _ROOM * max(rows["deals"].where(rows["folded"] == 0, 0).max(), 1))
    return axes

"""How often each thing was said about a lost deal."""

import pandas as pd
from matplotlib.axes import Axes

from playbook import wording
from playbook.escaping import plain
from playbook.figures.style import BLUE, INK, QUIET, new_axes, rows_height


def lost_counts(rows: pd.DataFrame) -> Axes:
    """Bars, the largest first as they come; a folded rest, and the deals that say nothing, are only outlined.

    Parameters
    ----------
    rows : `losses.lost_by`: entry, deals, folded, share (0 to 1 of the deals that say something; NaN for those that say
        nothing).
    """
    axes = new_axes(rows_height(len(rows), per_row=0.34, around=0.25))
    for place, row in enumerate(rows.itertuples()):
        silent = row.share != row.share
        fill, edge, line = ("white", QUIET, "--") if silent or row.folded else ("#6FAED6", BLUE, "solid")
        axes.barh(place, row.deals, height=0.62, linewidth=0.8, color=fill, edgecolor=edge, linestyle=line)
        words = f"  {row.deals:,}" if silent else f"  {row.deals:,}  ({wording.share(row.share)})"
        axes.text(row.deals, place, words, va="center", fontsize=9.5, color=INK)
    axes.set_yticks(range(len(rows)), [plain(label) for label in rows["entry"]])
    axes.tick_params(axis="y", length=0)
    axes.set_xticks([])
    axes.spines[["left", "bottom"]].set_visible(False)
    axes.invert_yaxis()
    axes.margins(x=0.16)
    return axes

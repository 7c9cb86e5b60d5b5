"""What a period's revenue is made of, a line per rep by name: won, committed, best case, the rest that is due."""

import pandas as pd
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.patches import Patch
from matplotlib.ticker import MaxNLocator

from playbook import wording
from playbook.escaping import plain
from playbook.figures.style import BLUE, INK, LINE, QUIET, new_axes, only_bottom_axis, rows_height

_FILLS = {"won": BLUE, "committed": "#6FAED6", "best_case": "#BBD8EA", "other_due": "#F1F4F7"}
_NAMES = {"won": "Won", "committed": "Committed", "best_case": "Best case", "other_due": "Also due"}
_HEIGHT = 0.56


def revenue_parts(rows: pd.DataFrame, currency: str = "") -> Axes:
    """Stacked bars of money; a short line marks the quota.

    Parameters
    ----------
    rows : indexed by the label of each line, in the order wanted; columns won and, where known, committed, best_case,
        other_due (money that does not overlap), quota (NaN where there is none).
    """
    axes = only_bottom_axis(new_axes(rows_height(len(rows), per_row=0.42, around=1.0)))
    places = range(len(rows))
    left = pd.Series(0.0, index=rows.index)
    parts = [part for part in _FILLS if part in rows and (part == "won" or rows[part].sum() > 0)]
    for part in parts:
        axes.barh(places, rows[part], left=left, height=_HEIGHT, color=_FILLS[part], edgecolor=QUIET, linewidth=0.5)
        left = left + rows[part]
    _mark_quotas(axes, rows)
    for place, (end, won) in enumerate(zip(left, rows["won"], strict=True)):
        reach = max(end, rows["quota"].fillna(0).iloc[place]) if "quota" in rows else end
        label = f"  {wording.money(won, currency)} won"
        axes.text(reach, place, label, va="center", ha="left", fontsize=9.5, color=INK)
    axes.set_yticks(list(places), [plain(label) for label in rows.index])
    axes.invert_yaxis()
    axes.margins(x=0.17)
    axes.set_xlim(left=0)
    axes.spines["bottom"].set_color(LINE)
    axes.xaxis.set_major_formatter(lambda amount, _: wording.money(amount, currency))
    axes.xaxis.set_major_locator(MaxNLocator(5, min_n_ticks=3))
    _legend(axes, parts, "quota" in rows and rows["quota"].notna().any())
    return axes


def _mark_quotas(axes: Axes, rows: pd.DataFrame) -> None:
    if "quota" not in rows:
        return
    for place, quota in enumerate(rows["quota"]):
        if quota == quota:
            axes.plot([quota, quota], [place - 0.38, place + 0.38], color=INK, linewidth=2.4, solid_capstyle="butt")


def _legend(axes: Axes, parts: list[str], quotas: bool) -> None:
    handles: list[Artist] = [Patch(facecolor=_FILLS[p], edgecolor=QUIET, linewidth=0.5, label=_NAMES[p]) for p in parts]
    if quotas:
        handles.append(
            Line2D([], [], color=INK, linewidth=0, marker="|", markersize=13, markeredgewidth=2.4, label="Quota")
        )
    axes.legend(
        handles=handles, loc="lower left", bbox_to_anchor=(0, 1.0), ncols=3, frameon=False, fontsize=9.5,
        handlelength=1.1, handletextpad=0.5, columnspacing=1.4, borderpad=0,
    )  # fmt: skip

"""The win rate of each group with its range, beside the team's; only what luck does not explain is loud."""

import pandas as pd
from matplotlib.axes import Axes

from playbook import wording
from playbook.escaping import plain
from playbook.figures.style import BLUE, INK, LINE, ORANGE, QUIET, new_axes, only_bottom_axis

_A_TRAIT, _A_GROUP = 0.40, 0.27  # inches


def win_rates(rows: pd.DataFrame, team_rate: float) -> Axes:
    """Dots with their 95% intervals, one block per trait.

    Parameters
    ----------
    rows : trait (as it shall be read), group, won, closed, rate, low, high, different (bool), gap (its sign colours a
        group that stands apart). In the order wanted.
    team_rate : the team's own win rate, drawn as a line through all of them.
    """
    traits = rows["trait"].nunique()
    axes = only_bottom_axis(new_axes(0.75 + _A_TRAIT * traits + _A_GROUP * len(rows)))
    place, ticks, labels = 0.0, [], []
    for trait, groups in rows.groupby("trait", sort=False):
        axes.text(-0.01, place, plain(trait), transform=axes.get_yaxis_transform(), ha="right", va="center",
                  fontsize=9.5, color=QUIET, weight="bold")  # fmt: skip
        place += 1.0
        for row in groups.itertuples():
            color = (BLUE if row.gap > 0 else ORANGE) if row.different else QUIET
            axes.plot([row.low, row.high], [place, place], color=color, linewidth=3 if row.different else 1.6)
            axes.plot(row.rate, place, "o", color=color, markersize=7.5 if row.different else 6)
            words = f"{wording.share(row.rate)}  ({row.won:,} of {row.closed:,})"
            weight = "bold" if row.different else "normal"
            axes.text(1.02, place, words, transform=axes.get_yaxis_transform(), va="center", fontsize=9.5,
                      color=color if row.different else INK, weight=weight)  # fmt: skip
            ticks.append(place)
            labels.append(plain(row.group))
            place += 1.0
        place += 0.45
    axes.axvline(team_rate, color=INK, linewidth=1, zorder=0)
    axes.text(team_rate, -0.75, f"team {wording.share(team_rate)}", ha="center", va="bottom", fontsize=9.5, color=INK)
    axes.set_yticks(ticks, labels, fontsize=9.5)
    axes.set_ylim(place - 0.6, -0.75)
    axes.set_xlim(max(0, rows["low"].min() - 0.04), min(1, rows["high"].max() + 0.04))
    axes.xaxis.set_major_formatter(lambda share, _: wording.share(share))
    axes.spines["bottom"].set_color(LINE)
    axes.tick_params(axis="x", labelsize=9.5, labelcolor=QUIET)
    return axes

"""What luck alone does: one dot for each time that the same thing was done again, piled where they are equal."""

from collections import Counter
from collections.abc import Sequence

from matplotlib.axes import Axes
from matplotlib.ticker import MaxNLocator

from playbook.figures.style import INK, LINE, ORANGE, QUIET, new_axes, only_bottom_axis

_A_DOT = 0.17  # inches between two dots of one pile


def luck_strip(
    results: Sequence[int],
    expected: float,
    *,
    loud: int | None = None,
    unit: str = "deals won",
    on_average: str = "on average",
) -> Axes:
    """Piles of dots along the scale of results; a line where they lie on average, and one result in orange.

    `results` are whole numbers, one for each time; `loud` is marked where it occurs; `on_average` names the line.
    """
    piles = Counter(results)
    highest = max(piles.values())
    axes = only_bottom_axis(new_axes(1.1 + _A_DOT * highest * 1.2))
    for result, times in piles.items():
        colour = ORANGE if result == loud else QUIET
        axes.plot([result] * times, [0.5 + i for i in range(times)], "o", color=colour, markersize=8.5, zorder=2)
    axes.plot([expected] * 2, [0, highest + 0.4], color=INK, linewidth=1.1, zorder=1)
    axes.text(expected, highest + 0.5, on_average, ha="center", va="bottom", fontsize=9.5, color=INK)
    axes.set_ylim(0, highest + 1.4)
    axes.set_xlim(max(-0.9, min(piles) - 1.5), max(piles) + 1.5)  # fewer than none is nothing to show
    axes.set_yticks([])
    axes.grid(False)
    axes.xaxis.set_major_locator(MaxNLocator(integer=True))
    axes.set_xlabel(unit, fontsize=9.5)
    axes.spines["bottom"].set_color(LINE)
    axes.tick_params(axis="x", labelsize=9.5, labelcolor=QUIET)
    return axes

"""From the win rate before to the one now, in two steps: other deals on the table, the same deals won more or less."""

from matplotlib.axes import Axes

from playbook import wording
from playbook.figures.style import BLUE, INK, LINE, ORANGE, QUIET, new_axes


def mix_and_rate(before: float, mix: float, rate: float, names: tuple[str, str]) -> Axes:
    """Four lines: the rate before, the step through mix, the step through rate, the rate now.

    Parameters
    ----------
    before : win rate of the earlier period, 0 to 1.
    mix, rate : the two parts of its change.
    names : the two periods as they shall be read, the earlier first.
    """
    axes = new_axes(2.25)
    after = before + mix + rate
    lines = [
        (names[0], before, 0.0, _exact(before), QUIET),
        ("Other deals on the table", mix, before, _step(mix), _colour(mix)),
        ("Same deals, won more or less often", rate, before + mix, _step(rate), _colour(rate)),
        (names[1], after, 0.0, _exact(after), QUIET),
    ]
    for place, (_, size, start, words, colour) in enumerate(lines):
        axes.barh(place, size, left=start, height=0.55, color=colour, alpha=0.35 if place in (0, 3) else 1)
        axes.text(max(start, start + size), place, f"  {words}", va="center", fontsize=9.5, color=INK)
    for place, at in ((0, before), (1, before + mix), (2, after)):
        axes.plot([at, at], [place, place + 1], color=LINE, linewidth=1, zorder=0)
    axes.set_yticks(range(4), [line[0] for line in lines])
    axes.tick_params(axis="y", length=0)
    axes.invert_yaxis()
    axes.set_xticks([])
    axes.spines[["left", "bottom"]].set_visible(False)
    axes.set_xlim(0, max(before, before + mix, after) * 1.3)
    return axes


def _step(part: float) -> str:
    tenths = round(abs(part) * 100, 1)
    return "nothing" if not tenths else f"{'+' if part > 0 else '−'}{wording.number(tenths, 1)} points"


def _exact(rate: float) -> str:
    return f"{wording.number(rate * 100, 1)}%"


def _colour(part: float) -> str:
    return BLUE if part > 0 else ORANGE

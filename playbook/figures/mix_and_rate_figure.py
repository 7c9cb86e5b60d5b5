"""By how many points the win rate moved, and how much of that is other deals, how much the same deals."""

from matplotlib.axes import Axes

from playbook import wording
from playbook.figures.style import BLUE, INK, LINE, QUIET, new_axes

_LABELS = ("The win rate", "Other deals on the table", "The same deals, won more or less often")
_LEAST_REACH = 0.04  # a change of half a point shall not look like a landslide
_ROOM = 1.9  # of the longest bar on either side, for the words beside it


def mix_and_rate(before: float, mix: float, rate: float) -> Axes:
    """Three bars from one line: to the right is more, to the left is less; the whole change above its two parts.

    Parameters
    ----------
    before : win rate of the earlier period, 0 to 1.
    mix, rate : the two parts of its change.
    """
    axes = new_axes(1.9)
    whole = mix + rate
    words = [f"{_step(whole)} · {_exact(before)} to {_exact(before + whole)}", _step(mix), _step(rate)]
    for place, (step, text) in enumerate(zip((whole, mix, rate), words, strict=True)):
        axes.barh(place, step, height=0.55, color=BLUE if place else QUIET)
        axes.annotate(
            text, (step, place), (-5 if step < 0 else 5, 0), textcoords="offset points", va="center",
            ha="right" if step < 0 else "left", fontsize=9.5, color=INK, weight="normal" if place else "bold",
        )  # fmt: skip
    axes.axvline(0, color=LINE, linewidth=1.2)
    axes.set_yticks(range(3), _LABELS)
    axes.get_yticklabels()[0].set_fontweight("bold")
    axes.tick_params(axis="y", length=0)
    axes.set_ylim(2.5, -0.5)
    axes.set_xticks([])
    axes.spines[["left", "bottom"]].set_visible(False)
    reach = max(abs(whole), abs(mix), abs(rate), _LEAST_REACH) * _ROOM
    axes.set_xlim(-reach if min(whole, mix, rate) < 0 else 0, reach if max(whole, mix, rate) > 0 else 0)
    return axes


def _step(part: float) -> str:
    tenths = round(abs(part) * 100, 1)
    return "nothing" if not tenths else f"{'+' if part > 0 else '−'}{wording.number(tenths, 1)} points"


def _exact(rate: float) -> str:
    return f"{wording.number(rate * 100, 1)}%"

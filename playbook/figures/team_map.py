"""The team on two axes: how sure, and how much money. There is no combined number, and no order but that of names.

In: one row per rep in the order in which it shall stand.  Out: Axes.
"""

from collections.abc import Callable
from typing import Any

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.ticker import FuncFormatter, MaxNLocator

from playbook import wording
from playbook.figures.style import BAND, INK, LINE, ORANGE, QUIET, new_grid

_PER_ROW = 0.29  # inches
_LONGEST_NAME = 28


def team_map(rows: pd.DataFrame, *, money_text: Callable[[float], str]) -> Axes:
    """A row per rep under the heading of its group: what it is about, how sure, and the money per quarter.

    Axes on which nobody would have a dot are not drawn.

    Parameters
    ----------
    rows : group, name, focus (the driver, or why there is none), probability (0 to 1, NaN without a focus), money (per
        quarter, NaN where none is known), verdict (of the focus; missing without one); perhaps money_low and
        money_high (its range). A group's rows stand together.
    money_text : writes an amount of money.
    """
    places, headings = _places(rows["group"])
    with_money = bool(rows["money"].notna().any())
    height = 0.8 + _PER_ROW * (places[-1] + 1)
    with_chances = bool(rows["probability"].notna().any())
    widths = [0.95, *([0.75 if with_money else 1.0] * with_chances), *([0.75] * with_money)]
    about, *others = new_grid(1, len(widths), height, sharey=True, widths=widths)[0]
    sure, money = others[:with_chances], others[with_chances:]
    for place, row in zip(places, rows.itertuples(), strict=True):
        loud = not pd.isna(row.verdict)
        about.text(
            0.03, place, row.focus, va="center_baseline", fontsize=9.5, color=INK if loud else QUIET, parse_math=False
        )
        for axes, value in (*((one, row.probability) for one in sure), *((one, row.money) for one in money)):
            _dot(axes, place, value, hollow=row.verdict != "coach")
        for axes in money:
            axes.plot(_range(row), [place, place], color=ORANGE, linewidth=1.4, zorder=1)
    _names(about, rows["name"], places, headings)
    about.set_xlim(0, 1)
    about.set_xticks([])
    for axes in sure:
        axes.set_xlim(-0.02, 1.1)
        axes.set_xticks([0, 1], ["0%", "100%"])
        axes.set_xlabel("how sure\nthat it matters", fontsize=9, color=QUIET)
    for axes in money:
        top = float(max(rows["money"].max(), rows.get("money_high", rows["money"]).max()))
        axes.set_xlim(-0.06 * top, 1.3 * top)
        axes.xaxis.set_major_locator(MaxNLocator(2))
        axes.xaxis.set_major_formatter(FuncFormatter(lambda value, _: money_text(value)))
        axes.set_xlabel("at stake\nper quarter", fontsize=9, color=QUIET)
    about.set_ylim(places[-1] + 0.6, -0.6)
    for axes in (about, *others):
        axes.tick_params(axis="both", length=0)
        for spine in axes.spines.values():
            spine.set_visible(False)
        for _, place in headings[1:]:
            axes.axhline(place - 0.55, color=LINE, linewidth=0.8, clip_on=False)
    for axes in others:
        axes.tick_params(axis="x", labelsize=9)
        axes.grid(axis="x", color=BAND, linewidth=0.8)
        axes.set_axisbelow(True)
    return about


def _range(row: Any) -> list[float]:
    return [getattr(row, "money_low", float("nan")), getattr(row, "money_high", float("nan"))]


def _dot(axes: Axes, place: float, value: float, *, hollow: bool) -> None:
    if pd.isna(value):
        return
    axes.plot([0, value], [place, place], color=LINE, linewidth=1.6, zorder=1)
    face = "white" if hollow else ORANGE
    axes.scatter(value, place, s=52, facecolor=face, edgecolor=ORANGE, linewidth=1.8, zorder=2, clip_on=False)


def _names(axes: Axes, names: pd.Series, places: list[float], headings: list[tuple[str, float]]) -> None:
    shortened = [name if len(name) <= _LONGEST_NAME else f"{name[: _LONGEST_NAME - 1]}…" for name in names]
    labels = [wording.upper_first(group) for group, _ in headings]
    axes.set_yticks([*(place for _, place in headings), *places], [*labels, *shortened], parse_math=False)
    for i, text in enumerate(axes.get_yticklabels()):
        text.set_fontsize(9.5)
        text.set_fontweight("bold" if i < len(headings) else "normal")


def _places(groups: pd.Series) -> tuple[list[float], list[tuple[str, float]]]:
    """A place per row, with a line kept free for the heading of each group and some air above it."""
    places: list[float] = []
    headings: list[tuple[str, float]] = []
    at, before = 0.0, None
    for group in groups:
        if group != before:
            at += 0.25 if headings else 0.0
            headings.append((group, at))
            at += 1.0
            before = group
        places.append(at)
        at += 1.0
    return places, headings

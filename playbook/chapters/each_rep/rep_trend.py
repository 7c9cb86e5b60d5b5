"""A rep's first driver by quarter, in `each_rep`, with what peers show and the day on which coaching began.

In: a team and one rep.  Out: a figure with the same as a table, folded.
"""

from datetime import date
from functools import partial

import pandas as pd

from playbook import wording
from playbook.coaching.driver_levels import aspect_of, level, level_range
from playbook.coaching.observed import OwnValues, own_values
from playbook.coaching.own_trend import own_trend
from playbook.coaching.starts import subjects
from playbook.display import NOTHING, PagePart, figure, folded, table, together
from playbook.drivers.driver import SHARE
from playbook.drivers.registry import DRIVERS, driver_of, label_of
from playbook.figures.trend import trend
from playbook.team import Team

_FEWEST_QUARTERS = 2


def trend_of(
    team: Team, own: pd.DataFrame, rep_id: str, name: str, began: pd.DataFrame, *, drawn: bool = True
) -> PagePart:
    """The rep's first driver to coach, watch or be glad of by quarter; without one, a coached one or the win rate.

    Of a forecast, the half that the verdict speaks of. The day on which coaching of the driver began is marked.
    Without `drawn` the table alone.
    """
    coached = began[began["rep_id"] == rep_id].set_index("driver")["began_on"].sort_values()
    for driver in _worth_following(own, list(coached.index)):
        aspect = aspect_of(team.finding("levels"), rep_id, driver)
        own_quarters = own_values(team.company, rep_id, driver, team.as_of, aspect)
        quarters = own_trend(own_quarters, driver, team.as_of, team.company.settings.fiscal_year_starts)
        if len(quarters) >= _FEWEST_QUARTERS:
            return _trend(team, rep_id, name, driver, own_quarters, quarters, coached.get(driver), drawn)
    return NOTHING


def _trend(
    team: Team,
    rep_id: str,
    name: str,
    driver: str,
    own: OwnValues,
    quarters: pd.DataFrame,
    coached_since: pd.Timestamp | None,
    drawn: bool,
) -> PagePart:
    """The picture, its sentences, and the same as a table, folded."""
    level_text = partial(level, driver, currency=team.currency)
    aspect = driver_of(driver).aspect(own.aspect)
    label = aspect.over_time or wording.lower_first(aspect.label or label_of(driver))
    title = _title(name, label, quarters)
    log = team.company.coaching_log
    sessions = [day.date() for day in log.loc[log["rep_id"] == rep_id, "on"].sort_values()]
    days_drawn = [day for day in sessions if quarters["starts_on"].iloc[0] <= day <= quarters["ends_on"].iloc[-1]]
    began = _began(team, rep_id, coached_since)
    marked = _mark_of(began, coached_since, quarters)
    counted = wording.number(quarters["n"].sum())
    as_table = table(
        _as_table(quarters, name, driver, team.currency),
        caption=f"{wording.upper_first(label)}, {name}, n = {counted}",
        numbers=[name, "n"],
    )
    if not drawn:
        return folded(f"{name} by quarter", as_table)
    return together(
        figure(
            trend(
                quarters,
                level_text=level_text,
                usual=_usual(team, rep_id, driver, own),
                sessions=sessions,
                began=began,
                highest=1.0 if driver_of(driver).level_unit == SHARE else None,
            ),
            title=title,
            alt=wording.paragraph(
                title,
                f"{wording.count(len(quarters), 'quarter')}, {level_text(quarters['level'].iloc[0])} in the first, "
                f"{level_text(quarters['level'].iloc[-1])} in the last, n = {counted}.",
                _logged(days_drawn, sessions),
                marked,
                "The table below holds it all.",
            ),
            below=wording.paragraph(
                f"n counts {aspect.counted}. Lines: the range that luck leaves open (95%).",
                marked,
                "Orange ticks: logged coaching." if days_drawn else "",
            ),
        ),
        folded("This picture as a table", as_table),
    )


def _title(name: str, label: str, quarters: pd.DataFrame) -> str:
    """Whether one level fits every quarter's range."""
    if quarters["low"].max() <= quarters["high"].min():
        return f"{name}, {label} by quarter: no change that luck could not make."
    return f"{name}, {label} by quarter: not every quarter fits the others, so something may have changed."


def _logged(drawn: list[date], sessions: list[date]) -> str:
    """How many sessions the picture shows, and the day of the first that was ever logged."""
    if not drawn:
        return ""
    return f"Coaching was logged {wording.times(len(drawn))}, first on {wording.day(sessions[0])}."


def _as_table(quarters: pd.DataFrame, name: str, driver: str, currency: str) -> pd.DataFrame:
    """One row per quarter: its days, the rep's level with its range, n."""
    days = zip(quarters["starts_on"], quarters["ends_on"], strict=True)
    ranges = zip(quarters["low"], quarters["high"], strict=True)
    return pd.DataFrame(
        {
            "Quarter": [f"{wording.day(first)} to {wording.day(last)}" for first, last in days],
            name: [level(driver, value, currency=currency) for value in quarters["level"]],
            "Range": [level_range(driver, low, high, currency) for low, high in ranges],
            "n": [wording.number(n) for n in quarters["n"]],
        }
    )


def _worth_following(own: pd.DataFrame, coached: list[str]) -> list[str]:
    acted = own.loc[own["verdict"].isin(["coach", "ask_first", "watch", "disputed"]), "driver"].tolist()
    strong = own.loc[own["verdict"] == "strength", "driver"].tolist()
    in_sum = [key for key, driver in DRIVERS.items() if driver.sums_up]
    return list(dict.fromkeys([*acted[:1], *coached, *strong[:1], *in_sum]))


def _usual(team: Team, rep_id: str, driver: str, own: OwnValues) -> float | None:
    """The peers' level, where the quarters are of the same: not while some of the rep's is unfinished and left out."""
    levels = team.finding("levels")
    if levels.empty or own.unfinished or aspect_of(levels, rep_id, driver) not in ("", own.aspect):
        return None
    expected = levels.loc[(levels["rep_id"] == rep_id) & (levels["driver"] == driver), "expected"]
    return None if expected.empty or pd.isna(expected.iloc[0]) else float(expected.iloc[0])


def _began(team: Team, rep_id: str, coached_since: pd.Timestamp | None) -> date | None:
    """The day to mark: since when this driver is coached; or the first session, where the log names no subject."""
    if coached_since is not None:
        return coached_since.date()
    log = team.company.coaching_log
    own = log[log["rep_id"] == rep_id]
    known = subjects(own["focus"], team.finding("diagnosis")["driver"].unique())
    return own["on"].min().date() if len(own) and known.isna().all() else None


def _mark_of(began: date | None, coached_since: pd.Timestamp | None, quarters: pd.DataFrame) -> str:
    """The sentence about the mark, also where the day lies outside the picture."""
    if began is None or (coached_since is None and began < quarters["starts_on"].iloc[0]):
        return ""
    if began > quarters["ends_on"].iloc[-1]:
        return f"Coaching of it began on {wording.day(began)}, after the last day of this picture."
    if began < quarters["starts_on"].iloc[0]:
        return f"Coaching of it began on {wording.day(began)}, before this picture."
    return f"Dashed line: coaching began on {wording.day(began)}."

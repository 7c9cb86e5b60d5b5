"""The picture of a rep's part of `each_rep`: the drivers against peers, and every number of it as a table.

In: a team and one rep.  Out: a figure with the same as a table, folded.
"""

from typing import Protocol

import pandas as pd

from playbook import wording
from playbook.coaching.driver_levels import (
    difference_range,
    level,
    level_range,
    steps_of_effect,
    steps_of_level,
)
from playbook.coaching.shared_causes import of_the_calendar
from playbook.display import NOTHING, PagePart, figure, folded, say, table, together
from playbook.drivers.registry import DRIVERS, driver_of, label_of, name_in
from playbook.figures.rep_drivers import rep_drivers
from playbook.sentences.counted import singular_after_one
from playbook.team import Team

_READINGS = {
    "coach": "to work on",
    "ask_first": "ask first: perhaps the record",
    "watch": "a sign",
    "strength": "going well",
    "no_evidence": "nothing to act on",
    "too_little_data": "too little data",
    "team_wide": "the whole team shows it",
    "not_comparable": "no comparable peers",
    "disputed": "disputed",
}
_TITLES = (
    ("To work on: {drivers}.", "coach"),
    ("To ask about: {drivers}.", "ask_first"),
    ("Perhaps to work on: {drivers}.", "watch"),
    ("Going well: {drivers}.", "strength"),
)
_UNDRAWN = {"too_little_data": "too little data yet", "not_comparable": "no comparable peers"}
_THEIRS = "others' numbers stay with them"
_WHY_THEIRS = (
    "“{theirs}”: too few people outside the team stand behind the comparison for their numbers to be shown here."
)
_ALONE = (
    "The latter is the rep less peers, as these deals alone would put it. How sure a verdict is rests on all reps "
    "together, so it can be less."
)
_COACHED = " · coached since "  # in the picture on a line of its own, so that the drivers keep their room


def picture(
    team: Team, own: pd.DataFrame, rep_id: str, name: str, began: pd.DataFrame, *, drawn: bool = True
) -> PagePart:
    """Every driver of the rep against peers with the same deals, as a figure (if `drawn`) and, folded, as a table.

    `began` says since when which driver is coached (`coaching_began`); that stands beside the driver.
    """
    since = began[began["rep_id"] == rep_id].set_index("driver")["began_on"]
    rows = _rows(team, own, rep_id)
    rows = rows.assign(coached_since=since.reindex(rows["driver"]).astype("datetime64[us]").array)
    if rows.empty or rows["seen"].isna().all():
        return NOTHING
    if (rows["verdict"].isin(_UNDRAWN) | rows["expected"].isna()).all():
        return _numbers(team, rows, name)
    if not drawn:
        return folded(f"Every number of {name}", _numbers(team, rows, name))
    steps = pd.DataFrame([_drawn(row, team.currency) for row in rows.itertuples()])
    title = _title(rows, name)
    return together(
        figure(
            rep_drivers(steps),
            title=title,
            alt=f"{title} {_in_alt(rows, team.currency)} The table below holds every number.",
            below=(
                f"Dot: {name}. Grey: where nine of ten reps with the same deals land by luck alone. Line: what these "
                "deals alone would say of the difference from peers, nine times out of ten. Dotted: from here on it is "
                "worth an hour."
            ),
        ),
        folded("Every number of this picture", _numbers(team, rows, name)),
    )


def _rows(team: Team, own: pd.DataFrame, rep_id: str) -> pd.DataFrame:
    """The rep's rows of the diagnosis in the order of the list of drivers, with levels and benchmarks beside them."""
    levels, outside = team.finding("levels"), team.finding("benchmarks")
    merged = own[own["verdict"] != "not_comparable"].drop(
        columns=["manager_id", "unit", "seen", "aspect"], errors="ignore"
    )
    merged = merged.assign(calendar=of_the_calendar(merged))
    for column in ("low", "high", "effect", "n", "own_n"):
        if column not in merged:
            merged = merged.assign(**{column: float("nan")})
    if levels.empty:
        merged = merged.assign(seen=float("nan"), expected=float("nan"), peer_low=float("nan"), peer_high=float("nan"))
    else:
        mine = levels.loc[levels["rep_id"] == rep_id, ["driver", "seen", "expected", "peer_low", "peer_high"]]
        aspects = levels.loc[levels["rep_id"] == rep_id].get("aspect", pd.Series(dtype="object"))
        merged = merged.merge(mine.assign(aspect=aspects), on="driver", how="left")
    if outside.empty:
        merged = merged.assign(lower=float("nan"), upper=float("nan"), reps=float("nan"))
    else:
        merged = merged.merge(outside[["driver", "lower", "upper", "reps"]], on="driver", how="left")
    order = {key: place for place, key in enumerate(DRIVERS)}
    stages = team.company.stages
    position = stages.groupby("stage")["position"].min() if not stages.empty else pd.Series(dtype="float64")
    keyed = merged.assign(
        _driver=[order[driver_of(d).key] for d in merged["driver"]],
        _stage=[float(position.get(d.partition(":")[2], 99)) for d in merged["driver"]],
    )
    return keyed.sort_values(["_driver", "_stage", "driver"], ignore_index=True)


class _DriverOfRep(Protocol):
    """One driver of a rep: the diagnosis, its level, what outsiders show, and since when it is coached."""

    driver: str
    verdict: str
    n: float
    own_n: float
    seen: float
    expected: float
    peer_low: float
    peer_high: float
    low: float
    high: float
    lower: float
    upper: float
    calendar: bool
    coached_since: pd.Timestamp


def _drawn(row: _DriverOfRep, currency: str) -> dict[str, object]:
    """A row of the figure: everything in steps from peers, and its numbers as text."""
    silent = row.verdict in _UNDRAWN or pd.isna(row.seen)
    steps = {
        "seen": steps_of_level(row.driver, row.seen, row.expected),
        "luck_low": steps_of_level(row.driver, row.peer_low, row.expected),
        "luck_high": steps_of_level(row.driver, row.peer_high, row.expected),
        "low": steps_of_effect(row.driver, row.low, row.expected),
        "high": steps_of_effect(row.driver, row.high, row.expected),
    }
    for one, other in (("luck_low", "luck_high"), ("low", "high")):
        if steps[one] > steps[other]:
            steps[one], steps[other] = steps[other], steps[one]
    if silent:
        steps = dict.fromkeys(steps, float("nan"))
    return {
        "label": _short(row),
        "verdict": row.verdict,
        "numbers": _beside(row, currency, silent).replace(_COACHED, _COACHED.replace(" · ", "\n")),
        **steps,
    }


def _beside(row: _DriverOfRep, currency: str, silent: bool) -> str:
    n = "" if pd.isna(row.n) else f" · n {wording.number(row.n)}"
    n += "" if pd.isna(row.coached_since) else f"{_COACHED}{row.coached_since:%b %Y}"
    if silent:
        return f"{_UNDRAWN.get(row.verdict, 'not measured')}{n}"
    peers = _THEIRS if pd.isna(row.expected) else f"peers {level(row.driver, row.expected, currency)}"
    return f"{level(row.driver, row.seen, currency)} · {peers}{n}"


def _numbers(team: Team, rows: pd.DataFrame, name: str) -> PagePart:
    currency = team.currency
    printed = pd.DataFrame(
        {
            "Driver": [_label(r) for r in rows.itertuples()],
            name: [_or_dash(level(r.driver, r.seen, currency), r.seen) for r in rows.itertuples()],
            "Peers, same deals": [
                _THEIRS if _hides_others(r) else _or_dash(level(r.driver, r.expected, currency), r.expected)
                for r in rows.itertuples()
            ],
            "By luck alone": [
                _or_dash(level_range(r.driver, r.peer_low, r.peer_high, currency), r.peer_low)
                for r in rows.itertuples()
            ],
            "By these deals alone": [
                _or_dash(difference_range(r.driver, r.low, r.high), r.low) for r in rows.itertuples()
            ],
            "n": ["–" if pd.isna(r.n) else _many(r, _compared(r)) for r in rows.itertuples()],
            "Half of the others": [_others(r, currency) for r in rows.itertuples()],
            "Reading": [_reading(r) for r in rows.itertuples()],
        }
    )
    printed = printed.loc[:, [c for c in printed if c == "Driver" or (printed[c] != "–").any()]]
    compared = "Peers, same deals" in printed
    drivers, people = wording.count(len(rows), "driver"), rows.loc[rows["lower"].notna(), "reps"]
    others = (
        "“Half of the others”: where the middle half of {people} or more people outside the team stand, whatever "
        "their deals."
        if len(people)
        else ""
    )
    ranges = [column for column in ("By luck alone", "By these deals alone") if column in printed]
    quoted = wording.listing(
        f"“{column if place == 0 else wording.lower_first(column)}”" for place, column in enumerate(ranges)
    )
    explained = [
        f"{quoted} {'hold' if len(ranges) > 1 else 'holds'} nine times out of ten." if ranges else "",
        _ALONE if "By these deals alone" in ranges else "",
        others,
        _WHY_THEIRS if any(_hides_others(row) for row in rows.itertuples()) else "",
    ]
    return together(
        table(printed, caption=f"{name} against peers, {drivers}" if compared else f"{name}, {drivers}"),
        say(wording.paragraph(*explained), people=wording.number(people.min()) if len(people) else "", theirs=_THEIRS)
        if any(explained)
        else None,
    )


def _hides_others(row: _DriverOfRep) -> bool:
    """Whether something was compared and the others' numbers stay with them."""
    return row.verdict not in _UNDRAWN and not pd.isna(row.seen) and pd.isna(row.expected)


def _others(row: _DriverOfRep, currency: str) -> str:
    return "–" if pd.isna(row.lower) else level_range(row.driver, row.lower, row.upper, currency)


def _title(rows: pd.DataFrame, name: str) -> str:
    parts = [
        phrase.format(drivers=wording.listing(wording.lower_first(label_of(d)) for d in of))
        for phrase, verdict in _TITLES
        if len(of := rows.loc[rows["verdict"] == verdict, "driver"])
    ]
    if parts:
        return wording.paragraph(f"{name}.", *parts)
    return f"{name}: no sure difference from peers with the same deals."


def _reading(row: _DriverOfRep) -> str:
    if pd.isna(row.coached_since):
        return _read(row)
    return f"{_read(row)}; coached since {wording.day(row.coached_since)}"


def _read(row: _DriverOfRep) -> str:
    apart = not pd.isna(row.low) and not pd.isna(row.high) and row.low * row.high > 0
    if row.calendar:
        return "a matter of the calendar"
    return "apart, but not enough to act on" if row.verdict == "no_evidence" and apart else _READINGS[row.verdict]


def _compared(row: _DriverOfRep) -> str:
    """What the n of a row counts."""
    return driver_of(row.driver).counted_as(_aspect(row))


def _many(row: _DriverOfRep, counted: str) -> str:
    """`12 deals`, `1 deal`, `12 of 15 deals` where three have too few of the like with others."""
    if row.own_n > row.n:
        return f"{wording.number(row.n)} of {wording.number(row.own_n)} {counted}"
    return singular_after_one(f"{wording.number(row.n)} {counted}")


def _in_alt(rows: pd.DataFrame, currency: str) -> str:
    loud = rows[rows["verdict"].isin(["coach", "ask_first", "watch", "strength", "disputed"]) & rows["seen"].notna()]
    lines = [f"{label_of(r.driver)}: {_beside(r, currency, silent=False)}." for r in loud.itertuples()]
    lines.append(f"{wording.count(len(rows), 'driver')} in all, n up to {wording.number(rows['n'].max())}.")
    return " ".join(lines)


def _or_dash(text: str, value: float) -> str:
    return "–" if pd.isna(value) else text


def _aspect(row: _DriverOfRep) -> str:
    """By which measure of its driver the row was compared; empty where that is not told."""
    aspect = getattr(row, "aspect", "")
    return "" if pd.isna(aspect) else str(aspect)


def _label(row: _DriverOfRep) -> str:
    aspect = _aspect(row)
    return (driver_of(row.driver).aspect(aspect).label if aspect else "") or label_of(row.driver)


def _short(row: _DriverOfRep) -> str:
    name = name_in(row.driver)
    label = driver_of(row.driver).short_by_name.format(name=name) if name else _label(row)
    return label if len(label) <= 26 else f"{label[:25]}…"

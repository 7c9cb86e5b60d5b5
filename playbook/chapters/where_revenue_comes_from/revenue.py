"""Where revenue comes from: what is won, due and at risk, by rep, and whether it can reach the quota.

In: a team.  Out: what the chapter's cells show. The reps stand in the order of their names; nobody is ranked.
"""

import pandas as pd

from playbook import wording
from playbook.chapter_numbers import number_of
from playbook.chapters.off import section_off
from playbook.chapters.where_revenue_comes_from.expected_money import (
    running_quarter,
    runs_that_reach,
    share_expected,
)
from playbook.chapters.where_revenue_comes_from.revenue_facts import PeriodStanding, money_of, month_and_quarter
from playbook.display import NOTHING, PagePart, figure, folded, note, say, table, together
from playbook.figures.revenue_parts import revenue_parts
from playbook.metrics.quota_by_rep import DEALS, MONEY
from playbook.team import Team

_GONE = "People who left"
_BY_CATEGORY = "Committed of that: {committed}. Best case: {best}."
_NEEDED = "So **{needed}** of that money is needed."
_NOT_ENOUGH = (
    "So even all of it would not be enough: the rest must come from later dates, or from deals that are not opened yet."
)
_EXPECTED = "The simulation expects about {expected} of it to be won in time."
_NO_SIMULATION = (
    "How much of it will be won in time cannot be told yet, so no multiple of the quota is called enough. Three times "
    "is a habit of our trade, not a law."
)
_JUST_BEGUN = 0.2  # of a quarter; until then its sums say hardly anything
_LATE, _HARDLY_ANY = 0.5, 0.1  # so late in a quarter, so little won and due of the quota is hardly how a team sells
NOBODY = say("In this export nobody who sells reports to you, so there is no revenue of a team to show yet.")


def so_far(team: Team) -> PagePart:
    """The month and the quarter in sentences, and a picture of the quarter by rep."""
    if off := section_off(team, "period"):
        return off
    month, quarter = month_and_quarter(team)
    if team.reps.empty and not quarter.gone_people:
        return together(NOBODY, _your_own(team, quarter))
    return together(
        _standing_in_words(team, quarter),
        _standing_in_words(team, month),
        _open_in_all(team, quarter),
        _picture(team, quarter),
        _your_own(team, quarter),
        section_off(team, "due") or section_off(team, "committed"),
    )


def by_rep(team: Team) -> PagePart:
    """The quarter as a table by rep, in the order of names; the month is folded below it."""
    if off := section_off(team, "period"):
        return off
    month, quarter = month_and_quarter(team)
    if team.reps.empty and not quarter.gone_people:
        return NOBODY
    if not any(quarter.total[f"{part}_deals"] for part in ("won", "open_due", "open_all")):
        return say("Nothing is won and nothing is open, so there is no table of it.")
    return together(
        _table(team, quarter),
        folded(f"The same for {month.period.name}", _table(team, month), _prorated(month)),
        _how_to_read(team, quarter),
    )


def to_reach_the_quota(team: Team) -> PagePart:
    """Attainment of the quarter, and what is due against what is still to be won; the target is the own win rate's."""
    if off := section_off(team, "quotas"):
        return off
    _, quarter = month_and_quarter(team)
    if quarter.quota != quarter.quota or quarter.quota <= 0:
        return say(
            "Your reps have no quota in money for {period}, so nothing is set against one.",
            period=quarter.period.name,
        )
    return together(_attained(team, quarter), _covered(team, quarter), _your_own_quota(team))


def _standing_in_words(team: Team, standing: PeriodStanding) -> PagePart:
    total, left = standing.total, standing.period.days_left(team.as_of)
    won = say(
        "**{period}** ({left}): your team has won **{won}**.",
        period=wording.upper_first(standing.period.name),
        left=f"{wording.count(left, 'day')} left" if left else "its last day",
        won=money_of(team, total, "won"),
    )
    if team.lacks("opportunities.expected_close_on"):
        return won
    if not total["open_due_deals"]:
        return _joined(won, say("Nothing open is due by its end."))
    by_category = "" if team.lacks("opportunities.forecast_category") else _BY_CATEGORY
    at_risk = "At risk: {risk}." if total["at_risk_deals"] else ""
    return _joined(
        won,
        say(
            wording.paragraph("Open and due by its end: {due}.", by_category, at_risk),
            due=money_of(team, total, "open_due"),
            committed=money_of(team, total, "committed"),
            best=money_of(team, total, "best_case"),
            risk=money_of(team, total, "at_risk"),
        ),
    )


def _open_in_all(team: Team, quarter: PeriodStanding) -> PagePart:
    if not quarter.total["open_all_deals"]:
        return say("No deal of your team is open.")
    return say("Open in all, whenever it is due: {open}.", open=money_of(team, quarter.total, "open_all"))


def _picture(team: Team, standing: PeriodStanding) -> PagePart:
    rows = _lines(team, standing)
    if team.lacks("opportunities.amount") or rows[["won", "open_due"]].sum().sum() <= 0:
        return NOTHING
    parts = pd.DataFrame({"won": rows["won"]})
    if not team.lacks("opportunities.forecast_category"):
        parts = parts.assign(committed=rows["committed"], best_case=rows["best_case"])
    if not team.lacks("opportunities.expected_close_on"):
        rest = rows["open_due"] - (rows["committed"] + rows["best_case"] if "committed" in parts else 0.0)
        parts = parts.assign(other_due=rest.clip(lower=0))
    if standing.quotas["unit"].eq(MONEY).any():
        quota = standing.quotas[standing.quotas["unit"] == MONEY].set_index("rep_id")["quota"]
        parts = parts.assign(quota=[quota.get(rep, float("nan")) for rep in rows["rep_id"]])
    deals = int(rows["won_deals"].sum()), int(rows["open_due_deals"].sum())
    counted = wording.count(deals[0], "won deal")
    if "other_due" in parts:
        counted = f"{counted}, and {wording.count(deals[1], 'open deal')} due by its end"
    won_so_far = wording.rounded_money(rows["won"].sum(), team.currency)
    title = f"{wording.upper_first(standing.period.name)}: {won_so_far} won"
    if "other_due" in parts:
        title = f"{title}, {wording.rounded_money(rows['open_due'].sum(), team.currency)} due"
    below = f"{counted}. In the order of names."
    alt = f"{title}. Bars by rep, in the order of names: " + "; ".join(
        f"{name} {wording.money(won, team.currency)} won" for name, won in rows["won"].items()
    )
    return figure(revenue_parts(parts, team.currency), title=title, alt=f"{alt}. {below}", below=below)


def _lines(team: Team, standing: PeriodStanding) -> pd.DataFrame:
    """The rows of picture and table: reps by name, then those who left; indexed by label."""
    rows = standing.by_rep.reset_index()
    rows.index = pd.Index([team.name_of(rep) for rep in rows["rep_id"]])
    if not standing.gone_people:
        return rows
    return pd.concat([rows, pd.DataFrame([standing.gone], index=[_GONE])])


def _table(team: Team, standing: PeriodStanding) -> PagePart:
    rows = _lines(team, standing)
    printed = pd.DataFrame({"Rep": rows.index, "Won": _cells(team, rows, "won")})
    if not team.lacks("opportunities.expected_close_on"):
        if not team.lacks("opportunities.forecast_category"):
            printed["Committed"] = _cells(team, rows, "committed")
            printed["Best case"] = _cells(team, rows, "best_case")
        printed["Due"] = _cells(team, rows, "open_due")
        printed["At risk"] = _cells(team, rows, "at_risk")
    else:
        printed["Open in all"] = _cells(team, rows, "open_all")
    if not standing.quotas.empty:
        quotas = standing.quotas.groupby("rep_id")
        attained = {rep: _attained_of(team, of_rep) for rep, of_rep in quotas}
        printed["Of quota"] = [attained.get(rep, "–") for rep in rows["rep_id"]]
    reps = wording.count(len(standing.by_rep), "rep")
    caption = f"{wording.upper_first(standing.period.name)}, {reps}, in the order of names"
    return table(printed, caption=f"{caption}; deals in brackets", numbers=list(printed.columns[1:]))


def _cells(team: Team, rows: pd.DataFrame, part: str) -> list[str]:
    if team.lacks("opportunities.amount"):
        return [wording.count(n, "deal") if n else "–" for n in rows[f"{part}_deals"]]
    return [
        _cell(money, int(n), int(unknown), team.currency)
        for money, n, unknown in zip(rows[part], rows[f"{part}_deals"], rows[f"{part}_unknown"], strict=True)
    ]


def _cell(money: float, deals: int, unknown: int, currency: str) -> str:
    if not deals:
        return "–"
    return (
        wording.count(deals, "deal")
        if unknown == deals
        else f"{wording.money(money, currency, exact=True)} ({deals:,})"
    )


def _attained_of(team: Team, of_rep: pd.DataFrame) -> str:
    """`68% of $165k`, for each unit in which the rep has a quota."""
    return wording.listing(
        (f"{wording.share(row.attained)} of " if row.attained == row.attained else "")
        + _amount_in(row.quota, row.unit, team.currency)
        for row in of_rep.itertuples()
    )


def _amount_in(amount: float, unit: str, currency: str) -> str:
    if unit == MONEY:
        return wording.money(amount, currency, exact=True)
    if unit == DEALS:
        return f"{wording.number(amount, 0 if amount == round(amount) else 1)} deals"
    return f"{wording.number(amount)} {unit}"


def _prorated(standing: PeriodStanding) -> PagePart:
    if standing.quotas.empty or not standing.quotas["prorated"].any():
        return NOTHING
    return note("The month's quota is taken from a longer one, by its days.")


def _how_to_read(team: Team, quarter: PeriodStanding) -> PagePart:
    parts = []
    if not team.lacks("opportunities.expected_close_on"):
        parts.append("Due means: expected to close by the end of the period, dates that have passed included.")
        parts.append(
            "At risk means: the date has passed, or it was pushed twice or more, or the deal is older than nine of ten "
            "won deals were. That is a reason to ask, not a forecast."
        )
    total, without = quarter.total, []
    if total["won_unknown"] and not team.lacks("opportunities.amount"):
        without.append(f"{wording.count(int(total['won_unknown']), 'won deal')}")
    if total["open_due_unknown"] and not team.lacks("opportunities.amount"):
        without.append(f"{wording.count(int(total['open_due_unknown']), 'open deal')}")
    if without:
        parts.append(f"No amount is given for {wording.listing(without)}: the money leaves them out.")
    if quarter.gone_people:
        parts.append("What people sold before they left stays in the team's revenue.")
    covered = quarter.quotas["covered"]
    if len(covered) and (covered < 0.99).any():
        parts.append("A quota that speaks of a part of the quarter only is set against what is won in all of it.")
    if not parts:
        return NOTHING
    return folded("What these words mean here", note(" ".join(parts)))


def _your_own(team: Team, quarter: PeriodStanding) -> PagePart:
    """What the manager sold or still owns: apart from the team, as `your own`."""
    own = quarter.own
    still_open = team.own_deals[team.own_deals["outcome"] == "open"]
    if not own["won_deals"] and still_open.empty:
        return NOTHING
    sentences = []
    if own["won_deals"]:
        sentences.append(
            f"You won {money_of(team, own, 'won')} yourself in this quarter. It is not in the team's numbers."
        )
    if len(still_open):
        are = "is" if len(still_open) == 1 else "are"
        sentences.append(
            f"{wording.upper_first(wording.count(len(still_open), 'open deal'))} {are} still in your name."
        )
        sentences.append(f"Chapter {number_of('your_week')} lists what to hand over.")
    return say("**Your own:** {sentences}", sentences=" ".join(sentences))


def _attained(team: Team, quarter: PeriodStanding) -> PagePart:
    gone_by = 1 - quarter.period.days_left(team.as_of) / quarter.period.days
    attained = quarter.total["won"] / quarter.quota
    attainment = say(
        "The quotas of your team for {period} add up to **{quota}**. **{attained}** of it is won, and {time} of the "
        "days are over.",
        period=quarter.period.name,
        quota=wording.rounded_money(quarter.quota, team.currency),
        attained=wording.share(attained),
        time=wording.share(gone_by),
    )
    if gone_by < _JUST_BEGUN:
        return together(
            attainment,
            note("The quarter has only just begun: a share of the quota says little before the second month."),
        )
    if gone_by < _LATE or (quarter.total["won"] + quarter.total["open_due"]) / quarter.quota > _HARDLY_ANY:
        return attainment
    return together(
        attainment,
        note(
            "So small a share may mean that quotas and amounts count different things: another currency, another "
            "product, a year in place of a quarter. Ask before you show it to anybody."
        ),
    )


def _covered(team: Team, quarter: PeriodStanding) -> PagePart:
    if off := section_off(team, "due"):
        return off
    to_win = max(quarter.quota - quarter.total["won"], 0.0)
    if to_win <= 0:
        return say("The quota is reached. What is due now comes on top, or prepares the next quarter.")
    open_due = quarter.total["open_due"]
    needed = to_win / open_due if open_due > 0 else float("nan")
    sentences = [
        "Still to be won: **{to_win}**. Open and due: {due}.",
        _NOT_ENOUGH if needed > 1 else _NEEDED if needed == needed else "",
    ]
    expected, ends = share_expected(team, quarter.period), running_quarter(team)
    if ends is not None and needed == needed:
        sentences.append(_EXPECTED if expected == expected else "")
        sentences.append("With deals that are not opened yet, the quota is reached in **{runs}**.")
    return together(
        say(
            wording.paragraph(*sentences),
            to_win=wording.rounded_money(to_win, team.currency),
            due=money_of(team, quarter.total, "open_due"),
            needed=wording.share(needed) if needed == needed else "",
            expected=wording.share(expected),
            runs=runs_that_reach(quarter.quota, ends) if ends is not None else "",
        ),
        NOTHING if ends is not None else note(_NO_SIMULATION),
    )


def _your_own_quota(team: Team) -> PagePart:
    if not (team.company.quotas["rep_id"] == team.manager_id).any():
        return NOTHING
    return note("A quota in your own name is not added: it is often the team's, and would count twice.")


def _joined(*parts: PagePart) -> PagePart:
    """Sentences of one paragraph."""
    inside = " ".join(p.html.removeprefix("<p>").removesuffix("</p>") for p in parts)
    return PagePart(f"<p>{inside}</p>", " ".join(p.text for p in parts))

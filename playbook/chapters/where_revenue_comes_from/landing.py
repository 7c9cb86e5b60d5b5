"""Where the quarter will land: the range, how far such ranges were off, and the account for leadership.

In: a team with its findings `forecast`, `forecast_deals` and `forecast_error`.  Out: what the chapter's cells show.
"""

from datetime import timedelta

import pandas as pd

from playbook import wording
from playbook.catalogue import briefly_called
from playbook.chapters.not_computed import instead_of
from playbook.chapters.where_revenue_comes_from.expected_money import (
    running_quarter,
    runs_that_reach,
    share_expected,
)
from playbook.chapters.where_revenue_comes_from.revenue import NOBODY
from playbook.chapters.where_revenue_comes_from.revenue_facts import PeriodStanding, money_of, month_and_quarter
from playbook.display import (
    NOTHING,
    PagePart,
    bullets,
    figure,
    heading,
    note,
    say,
    switched_off,
    table,
    together,
    worksheet,
)
from playbook.figures.forecast_range import forecast_range
from playbook.forecast.forecast_rows import ForecastRow
from playbook.forms import forecast_call
from playbook.forms.form import Form, form
from playbook.forms.saved_answers import saved_answers
from playbook.metrics.new_pipeline import created_per_month
from playbook.metrics.periods import quarter_of
from playbook.team import FORECAST, Team

_MOST_DECIDING = 5
_LIKE_IT = (
    "The chance is how often past deals were won in time: those that share kind, stage, close date, segment and age "
    "with this one, as far as the data tells them and enough deals share them. It knows nothing of the customer; "
    "your rep does."
)
_NO_STAGES = (
    "The chance is how often past deals of about this age were won in time, and of its kind and segment where the data "
    "tells them. The export lacks {history}, so nothing here knows how far a deal has come. Your rep does."
)
_FEWEST_BEHIND = 10  # past deals alike, below which a chance is not told
_AGAIN_IN = 7  # days
_BY_CATEGORY = "Committed of that: {committed}; best case: {best}."
_TOO_FEW = switched_off(
    "The forecast",
    "Too few deals have closed, or open deals do not say when they were opened.",
    "It turns on with ten closed deals, three of them won, and creation dates.",
)
_NOTHING_YET = say(
    "**There is nothing to forecast yet:** nothing is won, nothing is open, and the past quarters brought nothing."
)


def where_it_lands(team: Team) -> PagePart:
    """The range of the quarter and of the month, below the ranges of past quarters with what came."""
    if failed := instead_of(FORECAST, team):
        return failed
    if team.finding("forecast").empty:
        return _TOO_FEW if not team.reps.empty else NOBODY
    quarter, month = _forecast(team, "quarter"), _forecast(team, "month")
    if quarter is None or quarter.low != quarter.low:
        return _TOO_FEW
    if quarter.high <= 0:
        return _NOTHING_YET
    if not _days_left(team, quarter):
        return say(
            "This is the last day of the quarter, so nothing is left to forecast: **{won}** is won. An export of next "
            "week brings the range of the next quarter.",
            won=wording.rounded_money(quarter.won, team.currency),
        )
    looks = team.finding("forecast_error")
    return together(
        say(
            "The quarter ends between **{low} and {high}** in eight of ten cases; the middle is {middle}. Of that, "
            "{won} is won. " + _beside_the_quota(quarter),
            low=wording.rounded_money(quarter.low, team.currency),
            high=wording.rounded_money(quarter.high, team.currency),
            middle=wording.rounded_money(quarter.middle, team.currency),
            won=wording.rounded_money(quarter.won, team.currency),
            quota=wording.rounded_money(quarter.quota, team.currency),
        ),
        _month(team, month),
        _picture(team, quarter, looks),
        _how_far_off(looks, float(quarter.widened)),
        say("The range knows deals and dates, not people. You know the people."),
    )


def deciding_deals(team: Team) -> PagePart:
    """The few open deals that make most of the range, with their chance; by rep, never by money."""
    chances, quarter = team.finding("forecast_deals"), _forecast(team, "quarter")
    if chances.empty or quarter is None or quarter.low != quarter.low or not _days_left(team, quarter):
        return NOTHING
    deals = team.deals.merge(chances[["opportunity_id", "probability", "n"]], on="opportunity_id")
    deals = deals[deals["amount"].notna() & (deals["n"] >= _FEWEST_BEHIND)]
    swing = deals["probability"] * (1 - deals["probability"]) * deals["amount"] ** 2
    if len(deals) < _MOST_DECIDING or swing.sum() <= 0:
        return NOTHING
    top = deals.assign(swing=swing).sort_values(["swing", "opportunity_id"], ascending=[False, True])
    top = top.head(_MOST_DECIDING)
    order = {rep: place for place, rep in enumerate(team.reps["person_id"])}
    top = top.assign(place=top["rep_id"].map(order).fillna(len(order))).sort_values(["place", "opportunity_id"])
    stages = team.company.has("stage_history")
    past = ("past deal like it", "past deals like it") if stages else ("past deal", "past deals")
    rows = pd.DataFrame(
        {
            "Deal": top["account"].fillna(top["name"]).fillna(top["opportunity_id"]),
            "Rep": [team.name_of(rep) for rep in top["rep_id"]],
            "Amount": [wording.money(amount, team.currency) for amount in top["amount"]],
            "Won by the quarter's end": [_in_ten(chance) for chance in top["probability"]],
            "Told by": [wording.count(int(n), *past) for n in top["n"]],
        }
    )
    share = top["swing"].sum() / swing.sum()
    return together(
        say(
            "**{five} of {open} make {share} of the spread between the open deals.** Ask about these before you "
            "trust any number.",
            five=wording.upper_first(wording.in_words(len(top))),
            open=wording.count(len(deals), "open deal"),
            share=wording.share(share),
        ),
        table(rows, caption="Deals that move the quarter most, by rep", numbers=["Amount"]),
        note(_LIKE_IT if stages else _NO_STAGES, history=briefly_called("stage_history")),
    )


def account(team: Team) -> PagePart:
    """The half-page account for leadership, ready to send; it names no rep and no customer."""
    if team.reps.empty:
        return NOBODY
    if team.lacks("opportunities.closed_on"):
        return say(
            "Without closing dates there is no account of a quarter to give. Say so, and when the dates will be there."
        )
    month, quarter = month_and_quarter(team)
    lines = [_won_line(team, quarter), _range_line(team), _due_line(team, quarter), _risk_line(team, quarter)]
    lines += [_month_line(team, month), _pipeline_line(team)]
    again = team.as_of + timedelta(days=_AGAIN_IN)
    return together(
        heading(f"Where our revenue comes from: the team of {team.manager}, {wording.day(team.as_of)}"),
        bullets([line for line in lines if line]),
        say(
            "I look at this again by {again}. If the range moves, you hear it from me first.", again=wording.day(again)
        ),
        worksheet(
            "Add by hand before you send it",
            [("What changed since last time, and why:", 1), ("What I need from you, and by when:", 1)],
        ),
    )


def sheet(team: Team) -> Form:
    """The manager's own call, and what the manager settles at the end of the chapter."""
    return form(saved_answers(team), forecast_call.call(team.as_of, team.currency))


def _won_line(team: Team, quarter: PeriodStanding) -> PagePart:
    left = quarter.period.days_left(team.as_of)
    with_quota = quarter.quota > 0 and not team.lacks("opportunities.amount")
    return say(
        "**Won:** {won}, {attained} of the quota of {quota}, in {period}. {left}."
        if with_quota
        else "**Won:** {won}, in {period}. {left}.",
        won=money_of(team, quarter.total, "won"),
        attained=wording.share(quarter.total["won"] / quarter.quota) if with_quota else "",
        quota=wording.rounded_money(quarter.quota, team.currency),
        period=quarter.period.name,
        left=f"{wording.upper_first(wording.count(left, 'day'))} {'is' if left == 1 else 'are'} left"
        if left
        else "It ends today",
    )


def _range_line(team: Team) -> PagePart:
    quarter = _forecast(team, "quarter")
    if quarter is None or quarter.low != quarter.low or quarter.high <= 0 or not _days_left(team, quarter):
        return NOTHING
    looks = team.finding("forecast_error")
    held = f"Such ranges held in {_held(looks)} of {len(looks)} past quarters." if len(looks) else ""
    return say(
        wording.paragraph("**Expected:** {low} to {high} by the end of the quarter, most likely about {middle}.", held),
        low=wording.rounded_money(quarter.low, team.currency),
        high=wording.rounded_money(quarter.high, team.currency),
        middle=wording.rounded_money(quarter.middle, team.currency),
    )


def _due_line(team: Team, quarter: PeriodStanding) -> PagePart:
    total = quarter.total
    if team.lacks("opportunities.expected_close_on"):
        return say("**Open, whenever it is due:** {all}.", all=money_of(team, total, "open_all"))
    to_win = max(quarter.quota - total["won"], 0.0) if quarter.quota == quarter.quota else 0.0
    needed = to_win / total["open_due"] if total["open_due"] > 0 else 0.0
    expected, ends = share_expected(team, quarter.period), running_quarter(team)
    due = "**Open and due this quarter:** {due}."
    if needed > 1:
        due = f"{due} The quota needs more than all of it."
    elif needed:
        due = f"{due} The quota needs {{needed}} of it."
    if needed and ends is not None:
        due = wording.paragraph(
            due,
            "The simulation expects about {expected}." if expected == expected else "",
            "The quota is reached in {runs}.",
        )
    by_category = "" if team.lacks("opportunities.forecast_category") else _BY_CATEGORY
    return say(
        wording.paragraph(due, by_category, "Open in all: {all}."),
        due=money_of(team, total, "open_due"),
        all=money_of(team, total, "open_all"),
        committed=money_of(team, total, "committed"),
        best=money_of(team, total, "best_case"),
        needed=wording.share(needed),
        expected=wording.share(expected),
        runs=runs_that_reach(quarter.quota, ends) if needed and ends is not None else "",
    )


def _risk_line(team: Team, quarter: PeriodStanding) -> PagePart:
    if team.lacks("opportunities.expected_close_on"):
        return NOTHING
    if not quarter.total["at_risk_deals"]:
        return say("**At risk:** none of the deals due shows a passed date, repeated pushes or an unusual age.")
    return say(
        "**At risk:** {risk} of these. Their date has passed, was pushed at least twice, or they are unusually old. We "
        "ask each customer, and correct the dates.",
        risk=money_of(team, quarter.total, "at_risk"),
    )


def _month_line(team: Team, month: PeriodStanding) -> PagePart:
    ahead, left = _forecast(team, "month"), month.period.days_left(team.as_of)
    if ahead is None or ahead.low != ahead.low or ahead.high <= 0 or not left:
        return say("**{month}:** {won} won.", month=month.period.name, won=money_of(team, month.total, "won"))
    return say(
        "**{month}:** {won} won so far. I expect {low} to {high}.",
        month=month.period.name,
        won=money_of(team, month.total, "won"),
        low=wording.rounded_money(ahead.low, team.currency),
        high=wording.rounded_money(ahead.high, team.currency),
    )


def _pipeline_line(team: Team) -> PagePart:
    months = created_per_month(team.deals, team.as_of)
    full = months[~months["under_way"].astype(bool)] if len(months) else months
    if len(full) < 6:
        return NOTHING
    return say(
        "**New pipeline:** {last} opened in the last three full months, {before} in the three before.",
        last=wording.count(int(full["deals"].iloc[-3:].sum()), "deal"),
        before=wording.number(full["deals"].iloc[-6:-3].sum()),
    )


def _month(team: Team, month: ForecastRow | None) -> PagePart:
    if month is None or month.low != month.low or not _days_left(team, month):
        return NOTHING
    return say(
        "{name} ends between {low} and {high}, by the same count.",
        name=wording.month(month.starts_on),
        low=wording.rounded_money(month.low, team.currency),
        high=wording.rounded_money(month.high, team.currency),
    )


def _picture(team: Team, quarter: ForecastRow, looks: pd.DataFrame) -> PagePart:
    past = pd.DataFrame(
        {
            "low": looks["low"], "middle": looks["middle"], "high": looks["high"], "actual": looks["actual"],
            "won": float("nan"), "quota": float("nan"),
        }
    ) if len(looks) else pd.DataFrame()  # fmt: skip
    now = pd.DataFrame([{"low": quarter.low, "middle": quarter.middle, "high": quarter.high, "actual": float("nan"),
                         "won": quarter.won, "quota": quarter.quota}])  # fmt: skip
    rows = pd.concat([past, now], ignore_index=True) if len(past) else now
    starts = [*(looks["quarter"] if len(looks) else []), quarter.starts_on]
    rows.index = pd.Index([_months_of(team, start) for start in starts])
    low, high = (wording.rounded_money(end, team.currency) for end in (quarter.low, quarter.high))
    range_ = f"{low} to {high}"
    title = f"This quarter ends at {range_}, eight times in ten"
    played = f"{wording.count(int(quarter.deals), 'open deal')} played 2,000 times"
    below = f"The bar is the range, the stroke its middle, the thick line what is won so far; {played}."
    below = wording.paragraph(
        below,
        "The black stroke is the quota." if quarter.quota == quarter.quota else "",
        "Past quarters: the range as it stood with as many days left, and what came." if len(looks) else "",
    )
    alt = f"{title}; middle {wording.rounded_money(quarter.middle, team.currency)}. " + " ".join(
        f"{name}: range {wording.money(r.low, team.currency)} to {wording.money(r.high, team.currency)}, came "
        f"{wording.money(r.actual, team.currency)}."
        for name, r in zip(rows.index, rows.itertuples(), strict=True)
        if r.actual == r.actual
    )
    return figure(forecast_range(rows, team.currency), title=title, alt=f"{alt} {below}", below=below)


def _months_of(team: Team, start: pd.Timestamp) -> str:
    quarter = quarter_of(start.date(), team.company.settings.fiscal_year_starts)
    if quarter.starts_on.year == quarter.ends_on.year:
        return f"{quarter.starts_on:%b} to {quarter.ends_on:%b %Y}"
    return f"{quarter.starts_on:%b %Y} to {quarter.ends_on:%b %Y}"


def _how_far_off(looks: pd.DataFrame, widened: float) -> PagePart:
    if looks.empty:
        return note(
            "How far such a range is off cannot be told yet: the data holds no earlier quarter to test it on. Take it "
            "for a first guess."
        )
    came = looks[looks["actual"] > 0]
    off = ((came["middle"] - came["actual"]).abs() / came["actual"]).mean()
    return together(
        say(
            "Looked at in the same way, **{held} of {n}** past quarters ended inside their range. The middle was {off} "
            "off on average.",
            held=wording.number(_held(looks)),
            n=wording.number(len(looks)),
            off=wording.share(off),
        )
        if len(came)
        else NOTHING,
        note("Past ranges of all teams held too seldom, so this one was made wider until eight of ten would have held.")
        if widened > 1
        else NOTHING,
    )


def _held(looks: pd.DataFrame) -> int:
    return int(looks["actual"].between(looks["low"], looks["high"]).sum())


def _beside_the_quota(quarter: ForecastRow) -> str:
    """The end of a sentence's template; `{quota}` is filled by its caller."""
    if quarter.quota != quarter.quota or quarter.quota <= 0:
        return ""
    if quarter.quota <= quarter.won:
        return "The quota of {quota} is reached."
    if quarter.quota > quarter.high:
        return "The quota of {quota} lies above the range: say so early."
    if quarter.quota < quarter.low:
        return "The quota of {quota} lies below the range."
    return "The quota of {quota} lies inside the range: it can go either way."


def _forecast(team: Team, period: str) -> ForecastRow | None:
    rows = team.finding("forecast")
    rows = rows[rows["period"] == period] if len(rows) else rows
    return next(rows.itertuples(), None)


def _days_left(team: Team, row: ForecastRow) -> int:
    return max((row.ends_on.date() - team.as_of).days, 0)


def _in_ten(chance: float) -> str:
    tenths = round(chance * 10)
    return "under 1 in 10" if tenths < 1 else "over 9 in 10" if tenths > 9 else f"about {tenths} in 10"

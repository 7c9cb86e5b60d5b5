"""Where revenue comes from, open deals: which of them need a question first, and whether enough new ones are opened.

In: a team.  Out: what the chapter's cells show. Deals stand in the order of their reps' names.
"""

from typing import Any

import pandas as pd

from playbook import wording
from playbook.chapters.off import section_off
from playbook.chapters.where_revenue_comes_from.revenue_facts import open_now
from playbook.display import NOTHING, PagePart, figure, folded, note, say, table, together
from playbook.figures.new_deals import new_deals
from playbook.figures.open_ages import open_ages
from playbook.metrics.new_pipeline import created_per_month
from playbook.metrics.open_deals import won_ages
from playbook.team import Team

_MOST_DEALS = 12  # a longer list is work for a spreadsheet; the rest is folded
_MOST_FOLDED = 60
_FEWEST_MONTHS = 4  # full months, below which a month says nothing about the others

_COLLAPSED = 0.5  # of the three months before; below, the usual month is no longer usual
_FELL = (
    "**That is {share} of the three months before.** Ask first whether the export holds all new deals. If it does, "
    "tell your leader: the next quarters are decided now."
)
_THREE_MONTHS = (
    "A full month brought {low} to {high} deals. In the last three full months it was **{last}**. In the three before "
    "it was {before}."
)
_THREE_MONTHS_WORTH = (
    "A full month brought {low} to {high} deals. In the last three full months it was **{last}**, worth {worth}. In "
    "the three before it was {before}."
)


def to_ask_about(team: Team) -> PagePart:
    """Open deals whose date has passed, that were pushed twice or more, or that are older than usual."""
    deals = open_now(team)
    deals = deals[deals["rep_id"] != team.manager_id].reset_index(drop=True)
    if deals.empty:
        return say("Your team has no open deal in this export.")
    if (off := section_off(team, "ages")) and team.lacks("opportunities.expected_close_on"):
        return off
    typical = won_ages(team.deals, team.as_of)
    return together(
        _counts(team, deals, typical), _ages(team, deals, typical), _list(team, deals, typical), _limits(team, typical)
    )


def new_pipeline(team: Team) -> PagePart:
    """Deals opened per month, and how the last three full months stand beside the months before them."""
    if off := section_off(team, "ages"):
        return off
    months = created_per_month(team.deals, team.as_of)
    if months.empty:
        return say("Your team has no deal with a creation date yet.")
    full = months[~months["under_way"]]
    span = f"{wording.month(months['month'].iloc[0])} to {wording.month(months['month'].iloc[-1])}"
    counted = wording.count(int(months["deals"].sum()), "deal")
    if len(full) < _FEWEST_MONTHS:
        return say(
            "The data shows {counted} opened, {span}. That is too short to say more.", counted=counted, span=span
        )
    usual = full["deals"]
    fell = _fell(full)
    title = (
        f"New deals fell to {wording.share(fell)} of the three months before"
        if fell == fell
        else f"Your team opens about {wording.count(round(usual.median()), 'deal')} a month"
    )
    low, high = int(usual.min()), int(usual.max())
    below = f"Deals opened per month, {span}: {counted}."
    alt = f"{title}. Columns: " + ", ".join(
        f"{m:%b %Y} {n}" for m, n in zip(months["month"], months["deals"], strict=True)
    )
    return together(
        figure(new_deals(months), title=title, alt=f"{alt}. {below}", below=below),
        say(
            _THREE_MONTHS_WORTH if (worth := _worth(team, full.iloc[-3:])) else _THREE_MONTHS,
            low=wording.number(low),
            high=wording.number(high),
            last=wording.number(full["deals"].iloc[-3:].sum()),
            worth=worth,
            before=wording.number(full["deals"].iloc[-6:-3].sum()),
        )
        if len(full) >= 6
        else say("A full month brought {low} to {high} deals.", low=wording.number(low), high=wording.number(high)),
        say(_FELL, share=wording.share(fell)) if fell == fell else None,
        note(
            "Deals that are opened now are closed {when}. A thin month shows here long before it shows in a forecast. "
            "{undated}",
            when=_when_closed(team),
            undated=_undated(team),
        ),
    )


def _fell(full: pd.DataFrame) -> float:
    """What share the last three full months are of the three before, where that is under a half; else NaN."""
    if len(full) < 6:
        return float("nan")
    last, before = full["deals"].iloc[-3:].sum(), full["deals"].iloc[-6:-3].sum()
    return float(last / before) if last < _COLLAPSED * before else float("nan")


def _worth(team: Team, months: pd.DataFrame) -> str:
    unknown = int(months["amount_unknown"].sum())
    if team.lacks("opportunities.amount") or unknown > months["deals"].sum() / 2:
        return ""
    worth = f"{wording.money(months['amount'].sum(), team.currency)} today"
    return f"{worth} ({wording.count(unknown, 'deal')} without an amount)" if unknown else worth


def _when_closed(team: Team) -> str:
    typical = won_ages(team.deals, team.as_of)
    if typical["middle"] != typical["middle"]:
        return "later"
    return f"about {wording.days(typical['middle'])} later, if they are won"


def _undated(team: Team) -> str:
    undated = int(team.deals["created_on"].isna().sum())
    return f"No month holds the {wording.count(undated, 'deal')} without a creation date." if undated else ""


def _counts(team: Team, deals: pd.DataFrame, typical: dict[str, float]) -> PagePart:
    risk = int(deals["at_risk"].sum())
    reasons = []
    if not team.lacks("opportunities.expected_close_on"):
        reasons.append(f"{_n(deals['is_past'])} past the expected close date")
    if not team.lacks("stage_history.expected_close_on"):
        reasons.append(f"{_n(deals['is_pushed'], 'was', 'were')} pushed twice or more")
    if typical["oldest"] == typical["oldest"]:
        reasons.append(f"{_n(deals['is_old'])} older than {wording.days(typical['oldest'])}")
    if not reasons:
        return say("{open} of your team are open.", open=wording.upper_first(wording.count(len(deals), "deal")))
    if not risk:
        return say(
            "**Not one of your team's {open} needs a question first:** {reasons}.",
            open=wording.count(len(deals), "open deal"),
            reasons=wording.listing(reasons),
        )
    first = say(
        wording.paragraph(
            "**{risk} of {open}** need{s} a question first: {reasons}.",
            "One deal can have several reasons." if risk > 1 and len(reasons) > 1 else "",
        ),
        risk=wording.number(risk),
        open=wording.count(len(deals), "open deal"),
        s="s" if risk == 1 else "",
        reasons=wording.listing(reasons),
    )
    if risk <= len(deals) / 3 or risk <= _MOST_DEALS:
        return first
    return together(
        first,
        say(
            "So many at once is no list of questions: it is a habit of how deals are kept. Agree a day with your reps "
            "on which each deal gets a date, a next step, or an end."
        ),
    )


def _ages(team: Team, deals: pd.DataFrame, typical: dict[str, float]) -> PagePart:
    known = deals[deals["age"].notna()]
    if len(known) < 3:
        return NOTHING
    order = team.company.stages.dropna(subset=["position"]).sort_values("position", kind="stable")["stage"]
    known = known.assign(stage=known["stage"].fillna("no stage given"))
    there = set(known["stage"])
    stages = [s for s in dict.fromkeys(order) if s in there]
    stages += sorted(there - set(stages))
    title, of_which = _title_of_ages(known, typical)
    undated = len(deals) - len(known)
    below = wording.paragraph(
        "A dot is a deal, by stage; a diamond is one that needs a question.",
        of_which,
        f"Not shown: {wording.count(undated, 'open deal')} without a creation date." if undated else "",
    )
    ages = known.groupby("stage")["age"].agg(["size", "median"])
    in_words = [f"{s} {ages.loc[s, 'size']} open, the middle one {ages.loc[s, 'median']:.0f} days old" for s in stages]
    alt = f"{title}. By stage: {'; '.join(in_words)}. {below}"
    return figure(open_ages(known, stages, typical), title=title, alt=alt, below=below)


def _title_of_ages(known: pd.DataFrame, typical: dict[str, float]) -> tuple[str, str]:
    """The finding of the picture of ages, and what it is measured by."""
    there = wording.count(len(known), "open deal")
    if typical["oldest"] != typical["oldest"]:
        title = f"The middle one of {there} is {wording.days(known['age'].median())} old"
        return title, f"Which age is usual, {wording.count(int(typical['n']), 'won deal')} cannot tell."
    old, than = int(known["is_old"].sum()), "older than nine of ten won deals were"
    title = {0: f"No open deal is {than}", len(known): f"Each of {there} is {than}"}.get(
        old, f"{old} of {there} {'is' if old == 1 else 'are'} {than}"
    )
    return title, f"Measured by {wording.count(int(typical['n']), 'won deal')} of the last 12 months."


def _list(team: Team, deals: pd.DataFrame, typical: dict[str, float]) -> PagePart:
    risky = deals[deals["at_risk"]]
    if risky.empty:
        return NOTHING
    order = {rep: place for place, rep in enumerate(team.reps["person_id"])}
    risky = risky.assign(place=risky["rep_id"].map(order).fillna(len(order)))
    risky = risky.sort_values(["place", "expected_close_on", "created_on", "opportunity_id"], kind="stable")
    rows = _rows(team, risky, typical)
    if len(rows) <= _MOST_DEALS:
        return table(
            rows,
            caption=f"{wording.count(len(rows), 'deal')} to ask about, by rep",
            numbers=["Amount"],
            words=["Why ask"],
        )
    counts = _by_rep(team, deals)
    if len(rows) > _MOST_FOLDED:
        return counts
    listed = table(
        rows, caption=f"{wording.count(len(rows), 'deal')}, in the order of reps", numbers=["Amount"], words=["Why ask"]
    )
    return together(counts, folded(f"The {len(rows)} deals to ask about", listed))


def _by_rep(team: Team, deals: pd.DataFrame) -> PagePart:
    """How many deals of each rep are open, and how many need a question; in the order of names."""
    flags = deals.groupby("rep_id")["at_risk"]
    opened, risky = flags.size(), flags.sum()
    reps = [*team.reps["person_id"]]
    rows = [(team.name_of(rep), int(opened.get(rep, 0)), int(risky.get(rep, 0))) for rep in reps]
    others = ~deals["rep_id"].isin(reps)
    if others.any():
        rows.append(("People who left", int(others.sum()), int(deals.loc[others, "at_risk"].sum())))
    printed = pd.DataFrame(rows, columns=["Rep", "Open deals", "To ask about"])
    caption = f"{wording.count(len(deals), 'open deal')} by rep, in the order of names"
    return table(printed, caption=caption, numbers=["Open deals", "To ask about"])


def _rows(team: Team, deals: pd.DataFrame, typical: dict[str, float]) -> pd.DataFrame:
    rows = pd.DataFrame({"Deal": deals["account"].fillna(deals["name"]).fillna(deals["opportunity_id"])})
    rows["Rep"] = [team.name_of(rep) for rep in deals["rep_id"]]
    if deals["stage"].notna().any():
        rows["Stage"] = deals["stage"].fillna("–")
    if deals["amount"].notna().any():
        rows["Amount"] = ["–" if a != a else wording.money(a, team.currency) for a in deals["amount"]]
    rows["Why ask"] = [_why(deal, typical) for deal in deals.itertuples()]
    return rows


def _why(deal: Any, typical: dict[str, float]) -> str:
    reasons = []
    if deal.is_past:
        reasons.append(f"date passed {wording.days(deal.days_past)} ago")
    if deal.is_pushed:
        times = int(deal.pushed)
        reasons.append("pushed twice" if times == 2 else f"pushed {wording.in_words(times)} times")
    if deal.is_old:
        reasons.append(f"{wording.days(deal.age)} old")
    return ", ".join(reasons)


def _limits(team: Team, typical: dict[str, float]) -> PagePart:
    return together(section_off(team, "passed_dates"), section_off(team, "pushed_dates"))


def _n(flags: pd.Series, one: str = "is", many: str = "are") -> str:
    n = int(flags.sum())
    return f"{n or 'none'} {one if n <= 1 else many}"

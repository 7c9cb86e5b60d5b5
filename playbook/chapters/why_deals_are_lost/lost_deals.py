"""Why deals are lost: the one win rate, where deals leak, and what was written down about lost deals.

In: a team.  Out: what the chapter's cells show. No rep is named or counted here: `each_rep` looks at people.
"""

import pandas as pd

from playbook import wording
from playbook.catalogue import briefly_called
from playbook.chapters.off import section_off
from playbook.chapters.team_matters import company_of_the_reps
from playbook.display import NOTHING, PagePart, figure, folded, note, say, table, together
from playbook.figures.lost_counts import lost_counts
from playbook.figures.stage_leaks import stage_leaks
from playbook.forms import lost_deals_notes
from playbook.forms.form import Form, form
from playbook.forms.saved_answers import saved_answers
from playbook.metrics.leaks import SMALLEST_STAGE, leaks
from playbook.metrics.losses import NO_ENTRY, lost_by
from playbook.metrics.win_rate_by import closed_deals, win_rate
from playbook.metrics.win_rate_definitions import other_win_rates
from playbook.team import Team

FEWEST_CLOSED = 10  # deals, below which no rate is told
_ALIKE = 0.8  # where the cheapest point is worth this share of the dearest, none stands out
_FEWEST_LOST = 5
_OTHER_RATES = {
    "value": ("By money", "large and small deals do not count alike"),
    "competitive": ("Without deals that ended in no decision", "a customer who buys from nobody is left out"),
    "overdue": ("With overdue open deals as lost", "a deal past its date counts as lost"),
    "cohort": (
        "Of all deals created {since} to {until}",
        "a deal that is still open counts as not won; later deals are too young to tell",
    ),
}
_SAID_OF_LOSSES = ("opportunities.lost_reason", "opportunities.competitor")
_KINDS = {"new": "new customers", "expansion": "expansions", "renewal": "renewals"}
_LOST_TO = {"competitor": "A competitor", "no_decision": "No decision", "other": "Something else"}


def how_often(team: Team) -> PagePart:
    """The team's win rate, named and with its range; the ways in which others count are folded below."""
    closed = closed_deals(team.deals, team.as_of)
    rate = win_rate(closed)
    if not rate["closed"]:
        return say("No deal of your team has been won or lost so far, so there is no win rate to take apart yet.")
    if rate["closed"] < FEWEST_CLOSED:
        return together(
            say(
                "Your team has {closed} so far, of which {won} won. That is too few for a win rate. Read each of them "
                "with the rep instead: it takes ten minutes a deal.",
                closed=wording.count(int(rate["closed"]), "closed deal"),
                won=f"{rate['won']} {'was' if rate['won'] == 1 else 'were'}",
            )
        )
    return together(
        say(
            "Your team won **{rate}** of its deals: {won} of {closed} that were won or lost {when}.",
            rate=wording.share(rate["rate"]),
            won=wording.number(rate["won"]),
            closed=wording.number(rate["closed"]),
            when=_when(team, closed),
        ),
        _mix_of(closed),
        note(
            "Win rate here means: won, of won and lost. Open deals do not count. After {closed}, luck still leaves the "
            "rate behind them anywhere between {low} and {high} (95% interval; Wilson 1927).",
            closed=wording.count(int(rate["closed"]), "deal"),
            low=wording.share(rate["low"]).removesuffix("%"),
            high=wording.share(rate["high"]),
        ),
        _other_rates(team),
    )


def _mix_of(closed: pd.DataFrame) -> PagePart:
    """The same by kind of business, where there is more than one: one rate of unlike deals moves with their mix."""
    kinds = closed["kind"].value_counts()
    kinds = kinds[kinds >= FEWEST_CLOSED]
    if len(kinds) < 2:
        return NOTHING
    rates = [
        f"{_KINDS.get(kind, kind)} {wording.share(won / n)} ({wording.number(won)} of {wording.number(n)})"
        for kind, n in kinds.items()
        for won in [int((closed.loc[closed["kind"] == kind, "outcome"] == "won").sum())]
    ]
    return say(
        "That is a mix of unlike business: {rates}. When you compare with last year or another team, compare one kind.",
        rates=wording.listing(rates),
    )


def where_it_leaks(team: Team) -> PagePart:
    """How many deals go on from each stage, and what one point more of each is worth."""
    if off := section_off(team, "leaks"):
        return off
    rows = leaks(company_of_the_reps(team), team.as_of)
    rows = rows[rows["left"] >= SMALLEST_STAGE].reset_index(drop=True)
    if rows.empty:
        return say(
            "Fewer than {fewest} deals have left any stage, so nothing can be said about stages yet.",
            fewest=SMALLEST_STAGE,
        )
    lost = rows["left"] - rows["passed"]
    most = rows.loc[lost.idxmax()]
    title = (
        f"{wording.number(lost.max())} of {wording.count(int(lost.sum()), 'lost deal')} stopped in {most['stage']}"
        if lost.sum()
        else "No deal was lost in any stage"
    )
    below = (
        "Deals that entered a stage in the last 18 months, long enough ago to know what became of them; their number "
        "in brackets. The thick line is the range that luck leaves (95%)."
    )
    alt = f"{title}. " + "; ".join(
        f"{r.stage}: {r.passed} of {r.left} went on, {wording.share(r.rate)}" for r in rows.itertuples()
    )
    return together(
        figure(stage_leaks(rows, team.currency), title=title, alt=f"{alt}. {below}", below=below),
        _worth_of_a_point(team, rows),
        say(
            "An early loss is cheap: nobody wrote a proposal. A short bar in the first stage can mean honest "
            "qualifying. A short bar late means work that was lost. Listen to two conversations at that step before "
            "you conclude."
        ),
    )


def reasons_given(team: Team) -> PagePart:
    """To whom deals were lost, for which reason and to which competitor, as the CRM says it."""
    if off := section_off(team, "losses"):
        return off
    closed = closed_deals(team.deals, team.as_of)
    lost = int((closed["outcome"] == "lost").sum())
    if lost < _FEWEST_LOST:
        return _few_lost(closed[closed["outcome"] == "lost"], team.currency)
    lacking = wording.listing(briefly_called(need) for need in team.lacks(*_SAID_OF_LOSSES))
    return together(
        _lost_to(closed, lost),
        _reasons(closed, lost),
        _competitors(closed),
        note("The export lacks {lacking}.", lacking=lacking) if lacking else NOTHING,
        note(
            "These are the words of whoever closed the deal, often in a hurry. Price is easy to write down. Ask two of "
            "the customers themselves before you act on it."
        ),
    )


def sheet(team: Team) -> Form:
    """What the manager settles at the end of the chapter; what is taken to others stands on the page for the leader."""
    return form(saved_answers(team), lost_deals_notes.settled())


def _when(team: Team, closed: pd.DataFrame) -> str:
    """`in the 12 months to …`, or `so far` where the last 12 months hold too few or have no dates."""
    year_ago = pd.Timestamp(team.as_of) - pd.DateOffset(years=1)
    if closed["closed_on"].isna().any() or (closed["closed_on"] <= year_ago).any():
        return "so far, as far as the data goes back"
    return f"in the 12 months to {wording.day(team.as_of)}"


def _other_rates(team: Team) -> PagePart:
    others = other_win_rates(team.deals, team.as_of)
    if others.empty:
        return NOTHING
    rows = pd.DataFrame(
        {
            "Counted this way": [
                _OTHER_RATES[r.key][0].format(since=wording.day(r.since), until=wording.day(r.until))
                for r in others.itertuples()
            ],
            "It is": [wording.share(rate) for rate in others["rate"]],
            "Of": [f"{wording.count(int(n), 'deal')}" for n in others["n"]],
            "Because": [_OTHER_RATES[key][1] for key in others["key"]],
        }
    )
    return folded(
        "Why other reports say something else",
        say("All of these are called win rate somewhere. Each answers another question."),
        table(rows, caption="The same deals, counted in other ways", numbers=["It is", "Of"]),
    )


def _worth_of_a_point(team: Team, rows: pd.DataFrame) -> PagePart:
    known = rows[rows["a_point"].notna()]
    if known.empty:
        return note("What a point more is worth cannot be told: the won deals have no amounts.")
    dearest, cheapest = known.loc[known["a_point"].idxmax()], known.loc[known["a_point"].idxmin()]
    how = note(
        "A point is one more of 100 deals that leave the stage. It is worth: deals that leave it in a quarter, times "
        "how many of those that go on are won, times what a won deal brings (with the very large and very small ones "
        "drawn in). Later stages and prices stay as they are."
    )
    low, high = (wording.money(row["a_point"], team.currency) for row in (cheapest, dearest))
    if len(known) > 1 and cheapest["a_point"] >= _ALIKE * dearest["a_point"]:
        return together(
            say(
                "One point more is worth about the same everywhere: **{worth} a quarter**. So the stage to work on is "
                "where your team can change most, not where the bar is shortest.",
                worth=low if low == high else f"{low} to {high}",
            ),
            how,
        )
    return together(
        say(
            "One point more out of **{stage}** is worth most: **{high} a quarter**.",
            stage=dearest["stage"],
            high=wording.money(dearest["a_point"], team.currency),
        ),
        how,
    )


def _few_lost(lost: pd.DataFrame, currency: str) -> PagePart:
    """The few lost deals themselves, by account, with what was written down; without their rep."""
    if lost.empty:
        return say("Your team has lost no deal in this export.")
    lost = lost.assign(title=lost["account"].fillna(lost["name"]).fillna(lost["opportunity_id"]))
    lost = lost.sort_values(["title", "opportunity_id"], kind="stable")
    rows = pd.DataFrame({"Lost deal": lost["title"]})
    if lost["amount"].notna().any():
        rows["Amount"] = ["–" if a != a else wording.money(a, currency) for a in lost["amount"]]
    reason = lost["lost_reason"].fillna(lost["competitor"]).fillna(lost["lost_to"].map(_LOST_TO))
    rows["What was written down"] = reason.fillna("nothing")
    return together(
        say(
            "Your team lost {lost}. That is too few to count; read them one by one with the reps.",
            lost=wording.count(len(lost), "deal"),
        ),
        table(rows, caption=f"{wording.count(len(lost), 'lost deal')}, by account", numbers=["Amount"]),
    )


def _lost_to(closed: pd.DataFrame, lost: int) -> PagePart:
    rows = lost_by(closed, "lost_to")
    rows = rows[rows["entry"] != NO_ENTRY]
    if rows.empty:
        return NOTHING
    shares = [
        f"{_LOST_TO[r.entry].lower()}: {wording.number(r.deals)} ({wording.share(r.share)})" for r in rows.itertuples()
    ]
    return say(
        "{known} of {lost} say what came instead: {shares}.",
        lost=wording.count(lost, "lost deal"),
        known=wording.number(rows["deals"].sum()),
        shares="; ".join(shares),
    )


def _reasons(closed: pd.DataFrame, lost: int) -> PagePart:
    rows = lost_by(closed, "lost_reason")
    known = rows[rows["entry"] != NO_ENTRY]
    if known.empty:
        return NOTHING
    given = int(known["deals"].sum())
    first = known.iloc[0]
    deals = wording.count(lost, "lost deal")
    title = (
        f"Only {given} of {deals} give a reason"
        if given < lost / 2
        else f"“{first['entry']}” is written down most: {wording.number(first['deals'])} of {wording.number(given)}"
    )
    below = f"Reasons given for {deals}; shares are of the {wording.number(given)} that give one."
    alt = f"{title}. " + "; ".join(f"{r.entry} {r.deals}" for r in rows.itertuples())
    return figure(lost_counts(rows), title=title, alt=f"{alt}. {below}", below=below)


def _competitors(closed: pd.DataFrame) -> PagePart:
    """Lost deals per competitor, beside the won ones where the export names competitors of won deals too."""
    rows = lost_by(closed, "competitor")
    known = rows[rows["entry"] != NO_ENTRY]
    if known.empty:
        return NOTHING
    printed = pd.DataFrame(
        {
            "Lost to": known["entry"],
            "Deals": [wording.number(n) for n in known["deals"]],
            "Share": [wording.share(s) for s in known["share"]],
        }
    )
    named = int(known["deals"].sum())
    return table(
        printed, caption=f"Competitors in {wording.count(named, 'lost deal')} that name one", numbers=["Deals", "Share"]
    )

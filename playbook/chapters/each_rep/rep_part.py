"""One rep's part of `each_rep`: what stands out, the picture, the trend, strengths, deals, and what stays open.

In: a team and one rep.  Out: what is shown. Nothing in it names or shows another rep: it can be shown to this one.
"""

import pandas as pd

from playbook import wording
from playbook.chapter_numbers import number_of
from playbook.chapters.ask_first import ask_first, ruled_out_in_words, what_was_ruled_out
from playbook.chapters.coaching_began import coached_so_far
from playbook.chapters.each_rep.record_part import record_of_rep, taken_over
from playbook.chapters.each_rep.rep_picture import picture
from playbook.chapters.each_rep.rep_trend import trend_of
from playbook.chapters.each_rep.what_you_know import taken_into_account
from playbook.chapters.quota_pace import far_behind
from playbook.chapters.who_sells import of_another_job
from playbook.coaching import plans
from playbook.coaching.deals_to_look_at import of_the_focus, open_at_risk
from playbook.coaching.driver_levels import aspect_of, difference_range
from playbook.coaching.focus import of_rep, strengths
from playbook.coaching.nearest_sign import nearest_sign
from playbook.coaching.plays import play_of
from playbook.coaching.shared_causes import THE_CALENDAR, of_the_calendar, shared_by_the_team
from playbook.coaching.stakes import stake, stake_text
from playbook.display import NOTHING, PagePart, bullets, folded, heading, note, say, table, together
from playbook.drivers.registry import label_of
from playbook.metrics.open_deals import won_ages
from playbook.metrics.tenure import RAMP_DAYS
from playbook.sentences.verdict_sentences import reason_of, reasons
from playbook.team import Team

_ACT = ("coach", "watch")
_LOUD = (*_ACT, "ask_first", "strength", "disputed")
_CERTAINTY = {
    "coach": "**Why** it is so, the data cannot say: you may find that it lies outside {name}.",
    "watch": "This is a sign, not yet evidence.",
}
_NO_PROOF = "**No sure difference, which is no proof that all is well.**"
_BEHIND_THE_QUOTA = "**Far behind the quota.** {fact} The numbers do not say why. Ask {name} what is in the way."
_CHOSEN = {"date": "the next {n} by date", "age": "the {n} oldest", "": "{n} of them"}
_UNSAID = ("too_little_data", "not_comparable")


def rep_part(team: Team, rep_id: str, name: str, began: pd.DataFrame, *, drawn: bool = True) -> PagePart:
    """Everything that the chapter says of one rep, under a heading with the name; with pictures if `drawn`.

    `began` says since when who is coached on what (`coaching_began`).
    """
    own = of_rep(team.finding("diagnosis"), rep_id)
    focus = own.loc[own["verdict"].isin(_ACT), "driver"].head(1)
    driver = focus.iloc[0] if len(focus) else None
    if not (team.company.opportunities["rep_id"] == rep_id).any():
        return together(heading(name), _new_here(team, rep_id, name), _no_deals(team, rep_id, name))
    return together(
        heading(name),
        _new_here(team, rep_id, name),
        taken_into_account(team, rep_id),
        _stands_out(team, own, rep_id, name),
        coached_so_far(began, rep_id, name),
        _strong(team, rep_id, name),
        _numbers(team, own, rep_id, name, began, drawn),
        _deals(team, rep_id, driver),
        taken_over(team, rep_id, name),
        record_of_rep(team, rep_id, name),
        _unsaid(team, own, name),
    )


def _numbers(team: Team, own: pd.DataFrame, rep_id: str, name: str, began: pd.DataFrame, drawn: bool) -> PagePart:
    """Drivers and trend; folded where nothing calls for a look, as a page is read for what stands out."""
    drivers = picture(team, own, rep_id, name, began, drawn=drawn)
    over_time = trend_of(team, own, rep_id, name, began, drawn=drawn)
    if own["verdict"].isin(_LOUD).any():
        return together(drivers, over_time)
    return folded(f"The numbers of {name}, driver by driver and over time", together(drivers, over_time))


def _stands_out(team: Team, own: pd.DataFrame, rep_id: str, name: str) -> PagePart:
    act = own[own["verdict"].isin(_ACT)]
    disputed = own.loc[own["verdict"] == "disputed", "driver"]
    answer = say(
        "**Disputed: {labels}.** Look at the deals together and answer, before this is coached.",
        labels=wording.listing(label_of(driver) for driver in disputed),
    )
    question_first = ask_first(own, team.currency)
    if act.empty and question_first is not None:
        return together(answer if len(disputed) else None, question_first)
    if act.empty:
        return together(answer if len(disputed) else None, _nothing_stands_out(team, own, rep_id, name))
    first, rest = act.iloc[0], act.iloc[1:]
    also = bullets(_finding(team, row) for _, row in rest.iterrows())
    return together(
        answer if len(disputed) else None,
        heading(f"First: {wording.lower_first(play_of(first['driver'], team.company.stages).topic)}", 4),
        say("**{label}.** {why}", label=label_of(first["driver"]), why=_why(team, first)),
        _how_much(team, first, name),
        what_was_ruled_out(first),
        folded(f"Also seen with {name}, for later: one thing at a time is enough", also) if len(rest) else None,
        question_first,
    )


def _nothing_stands_out(team: Team, own: pd.DataFrame, rep_id: str, name: str) -> PagePart:
    compared = own[~own["verdict"].isin(("too_little_data", "not_comparable", "team_wide", "disputed"))]
    pace = far_behind(team).get(rep_id)
    behind = say(_BEHIND_THE_QUOTA, fact=pace.sentence, name=name) if pace else None
    if compared.empty:
        return together(
            say(
                "**The data cannot say anything about {name} yet.** That is no sign, neither good nor bad. Watch two "
                "real conversations, and ask what would help.",
                name=name,
            ),
            behind,
        )
    if (compared["verdict"] == "strength").any():
        return together(say(f"{_NO_PROOF} Ask {{name}} how the strengths below are done.", name=name), behind)
    shared = own.loc[own["verdict"] == "team_wide", "driver"].sort_values()
    aside = "Not among them: {shared}, as that is no one person's; the reason stands below." if len(shared) else ""
    if len(compared) == 1:
        conclusion = "Only one driver could be compared. It is not far enough from peers with the same deals to act on."
    else:
        conclusion = "Of {drivers} that could be compared, none is far enough from peers with the same deals to act on."
    nearest = nearest_sign(own)
    return together(
        say(
            wording.paragraph(
                _NO_PROOF,
                conclusion,
                aside,
                "" if nearest is None else "Nearest to a sign is {nearest}: {why}",
                "Watch one conversation, and ask {name} what to get better at.",
            ),
            name=name,
            drivers=wording.count(len(compared), "driver"),
            shared=wording.listing(wording.lower_first(label_of(driver)) for driver in shared),
            nearest="" if nearest is None else wording.lower_first(label_of(nearest["driver"])),
            why="" if nearest is None else wording.lower_first(_why(team, nearest)),
        ),
        behind,
    )


def _how_much(team: Team, row: pd.Series, name: str) -> PagePart:
    """How sure, how much, and what it is worth, in three short sentences."""
    sentences, values = [_CERTAINTY[row["verdict"]]], {"name": name}
    if not pd.isna(row.get("low")) and not pd.isna(row.get("high")):
        sentences.append("These deals alone would put the difference from peers at {range}, nine times out of ten.")
        values["range"] = difference_range(row["driver"], row["low"], row["high"])
    if not pd.isna(row.get("value_at_stake")):
        sentences.append("At stake, if the gap closed: about **{money}**.")
        values["money"] = _at_stake(team, row)
    return say(" ".join(sentences), **values)


def _finding(team: Team, row: pd.Series) -> PagePart:
    sentences = ["**{label}.** {why}"]
    if row["verdict"] != "coach":
        sentences.append("A sign, not yet evidence.")
    if not pd.isna(row.get("value_at_stake")):
        sentences.append("At stake: about {money}.")
    if other_reasons := ruled_out_in_words(row):
        sentences.append("{other_reasons}")
    return say(
        " ".join(sentences),
        label=label_of(row["driver"]),
        why=_why(team, row),
        money=_at_stake(team, row),
        other_reasons=other_reasons,
    )


def _why(team: Team, row: pd.Series) -> str:
    return reason_of(team.finding("diagnosis"), row["rep_id"], row["driver"], team.currency).text


def _at_stake(team: Team, row: pd.Series) -> str:
    middle = row.get("value_at_stake")
    if pd.isna(middle):
        return ""
    return stake_text(stake(team.finding("levels"), row["rep_id"], row["driver"], middle), team.currency)


def _strong(team: Team, rep_id: str, name: str) -> PagePart:
    strong = strengths(team.finding("diagnosis"), rep_id)
    if strong.empty:
        return NOTHING
    return together(
        heading("What goes well", 4),
        bullets(
            say("**{label}.** {why}", label=label_of(row["driver"]), why=_why(team, row))
            for _, row in strong.iterrows()
        ),
        say("Say so to {name}, with an example that you saw.", name=name),
    )


def _deals(team: Team, rep_id: str, driver: str | None) -> PagePart:
    # At risk are the same deals as in `where_revenue_comes_from`.
    risky = open_at_risk(team.company, rep_id, team.as_of, won_ages(team.deals, team.as_of))
    focus_deals = (
        of_the_focus(
            team.company, rep_id, driver, team.as_of, team.currency, aspect_of(team.finding("levels"), rep_id, driver)
        )
        if driver is not None
        else risky.head(0)
    )
    if risky.empty and focus_deals.empty:
        return NOTHING
    at_risk, open_ = risky.attrs.get("all", 0), wording.count(risky.attrs.get("open", 0), "open deal")
    counted = f"{at_risk} of {open_} to ask about"
    if at_risk > len(risky):
        counted = f"{counted}; {_CHOSEN[risky.attrs['by']].format(n=len(risky))}"
    focus = "" if driver is None else wording.lower_first(label_of(driver))
    return together(
        heading("Deals worth a look together", 4) if len(focus_deals) else None,
        _table(team, focus_deals, f"For {focus}: {wording.count(len(focus_deals), 'deal')} of the last half year"),
        folded(
            f"Open deals to ask about ({at_risk})",
            _table(team, risky, f"{counted}. A reason to ask, not a forecast"),
        ),
    )


def _table(team: Team, deals: pd.DataFrame, caption: str) -> PagePart:
    rows = pd.DataFrame(
        {
            "Deal": deals["account"],
            "Stage": deals["stage"].fillna("–"),
            "Amount": [wording.money(a, team.currency) if a == a else "–" for a in deals["amount"]],
            "Why look": [wording.upper_first(why) for why in deals["why"]],
        }
    )
    return table(rows, caption=f"{caption}.", numbers=["Amount"], words=["Why look"])


def _unsaid(team: Team, own: pd.DataFrame, name: str) -> PagePart:
    """What the data cannot say about this rep, and what would change that."""
    silent = own[own["verdict"].isin(_UNSAID)].sort_values("driver", kind="stable")
    silent = silent.assign(why=[reason.text for reason in reasons(silent, team.currency)])
    shared = shared_by_the_team(own).sort_values("driver", kind="stable")
    lines = [
        say(
            "**{labels}.** {why}",
            labels="Every driver"
            if len(drivers) == len(own) > 2
            else wording.upper_first(wording.listing(wording.lower_first(label_of(d)) for d in drivers)),
            why=why,
        )
        for why, drivers in silent.groupby("why", sort=False)["driver"]
    ]
    lines += [
        say("**{label}: not a matter of one person.** {why}", label=label_of(row["driver"]), why=_why(team, row))
        for _, row in shared.iterrows()
    ]
    lines += [
        say(f"**{{label}}: a matter of the calendar.** {THE_CALENDAR}", label=label_of(driver))
        for driver in own.loc[of_the_calendar(own), "driver"]
    ]
    return folded(f"What the data cannot say of {name}", bullets(lines)) if lines else NOTHING


def _new_here(team: Team, rep_id: str, name: str) -> PagePart:
    hired = team.reps.set_index("person_id")["hired_on"].get(rep_id)
    if pd.isna(hired) or hired + pd.Timedelta(days=RAMP_DAYS) <= pd.Timestamp(team.as_of):
        return NOTHING
    return note(
        wording.paragraph(
            "{name} began on {day}. Everybody ramps, so what {name} did in the first {ramp} days counts in no "
            "comparison.",
            "Chapter {plan} holds a plan for the first 90 days." if _new(team, rep_id) else "",
        ),
        name=name,
        day=wording.day(hired),
        ramp=wording.number(RAMP_DAYS),
        plan=number_of("the_improvement_plan"),
    )


def _new(team: Team, rep_id: str) -> bool:
    return not plans.new_reps(team.reps[team.reps["person_id"] == rep_id], team.as_of).empty


def _no_deals(team: Team, rep_id: str, name: str) -> PagePart:
    if rep_id in of_another_job(team):
        return say(
            "**{name} has another job.** The title is not a seller's, so no deal is looked for and nothing compared. "
            "Ask what they work on, and what would help.",
            name=name,
        )
    return say(
        "**The export holds no deal of {name}.** So the data can say nothing, good or bad. Ask whether the deals "
        "run under another name. Then watch two real conversations.",
        name=name,
    )

"""Why deals are lost, the win rate taken apart: by group, by mix and rate, and into what is whose.

In: a team with its findings `diagnosis` and `company_wide`.  Out: what the chapter's cells show. No rep is named.
"""

import pandas as pd

from playbook import wording
from playbook.chapter_numbers import named, number_of
from playbook.chapters.team_matters import findings_of_the_team
from playbook.chapters.why_deals_are_lost.lost_deals import FEWEST_CLOSED
from playbook.coaching.shared_causes import THE_CALENDAR, of_the_calendar
from playbook.diagnosis.diagnosis_rows import Pattern
from playbook.display import NOTHING, PagePart, bullets, figure, folded, heading, note, say, together
from playbook.drivers.registry import label_of
from playbook.figures.mix_and_rate_figure import mix_and_rate as draw_mix_and_rate
from playbook.figures.win_rates import win_rates
from playbook.metrics.mix_and_rate import FEWEST_CLOSED as FEWEST_IN_A_PERIOD
from playbook.metrics.mix_and_rate import REST, WINDOWS, TwoPeriods, change, groups_of, mix_and_rate, two_periods
from playbook.metrics.win_rate_by import TRAITS, closed_deals, win_rate, win_rate_by
from playbook.sentences.pattern_sentences import can_be_asked, pattern_sentence, whom_to_ask
from playbook.sentences.team_sentences import level_beside_others, what_to_ask, who_shows_it, worth
from playbook.team import Team

_FEWEST_FOR_COUNTS = 5  # reps; in a smaller team a count would point at somebody
_GROUP_LABELS = {
    ("size", "1"): "the smallest quarter",
    ("size", "2"): "the second quarter",
    ("size", "3"): "the third quarter",
    ("size", "4"): "the largest quarter",
    ("quarter_end", "yes"): "last month of a quarter",
    ("quarter_end", "no"): "other months",
}
_MOST_PATTERNS = 2  # of the whole company; more are a list that nobody asks about
_MUCH_OF_THE_WORK = 0.2  # of the team's closed deals; less concerns another team
_TRAIT_LABELS = {"segment": "segment", "source": "source", "kind": "kind of deal", "product": "product"}


def by_group(team: Team) -> PagePart:
    """The win rate by segment, source, size and so on; loud only where luck is an unlikely reason."""
    closed = closed_deals(team.deals, team.as_of)
    rate = win_rate(closed)
    if rate["closed"] < FEWEST_CLOSED:
        return say("With {n} closed there are no groups to compare yet.", n=wording.count(int(rate["closed"]), "deal"))
    rows = win_rate_by(closed, team.company.settings.fiscal_year_starts)
    if rows.empty:
        return say(
            "The data holds no trait with two groups of at least ten closed deals, so nothing can be set side by side."
        )
    rows = _readable(rows)
    apart = rows[rows["different"] & ~rows["mirror"]]
    tested = int((rows["q"].notna() & ~rows["mirror"]).sum())
    loud = rows[rows["key"].isin(apart["key"])]
    quiet = rows[~rows["key"].isin(apart["key"])]
    return together(
        _group_sentences(apart, tested),
        _picture(loud, rate, _title(apart)) if len(loud) else NOTHING,
        _calendar(apart),
        folded(
            f"Where nothing stands apart: {wording.listing(t.lower() for t in quiet['trait'].unique())}",
            _picture(quiet, rate, "No group here stands apart from the other deals"),
        )
        if len(quiet)
        else NOTHING,
        _not_tested(rows),
        note(
            "A group is called different only if luck is an unlikely reason (at most 5% false findings; Benjamini and "
            "Hochberg 1995), and if it is at least 7 points off. The lines are 95% intervals."
        ),
    )


def what_moved(team: Team) -> PagePart:
    """Whether the win rate moved, and how much of that is another mix of deals (Kitagawa 1955)."""
    periods = two_periods(team.deals, team.as_of)
    if periods is None:
        return say(
            "Whether the win rate moved cannot be told yet. It takes two periods of three months or longer, with "
            "{fewest} closed deals in each.",
            fewest=FEWEST_IN_A_PERIOD,
        )
    group_before, group_after, traits = groups_of(periods.before, periods.after)
    moved = change(periods.before, periods.after)
    if not traits:
        return together(
            _moved(periods, moved), note("The data tells too little about the deals to split this further.")
        )
    parts = mix_and_rate(periods.before, periods.after, group_before, group_after)
    mix, rate = float(parts["mix"].sum()), float(parts["rate"].sum())
    before = win_rate(periods.before)
    title = f"{_moved_by(mix)} from other deals, {_moved_by(rate)} from how often the same deals are won"
    groups = wording.count(int((parts["group"] != REST).sum()), "group")
    below = (
        f"{wording.count(len(periods.before), 'closed deal')} before, {wording.number(len(periods.after))} after, in "
        f"{groups} alike in {wording.listing(_TRAIT_LABELS[t] for t in traits)}. Method: Kitagawa 1955."
    )
    alt = f"{title}. From {_exact(before['rate'])} to {_exact(before['rate'] + mix + rate)}. {below}"
    return together(
        _moved(periods, moved),
        figure(draw_mix_and_rate(before["rate"], mix, rate), title=wording.upper_first(title), alt=alt, below=below),
        say(
            "**Mix** is not about your reps: it is which deals came in. **Rate** means: the same kinds of deals, won "
            "more or less often. A product, a price or a season moves it just as well as selling does."
        ),
    )


def whose_it_is(team: Team) -> PagePart:
    """What the whole team or company shows, what is mix, and what might be a rep's; no names."""
    return together(
        heading("The whole team, or the company", 4),
        _team_wide(team),
        heading("Which deals came in", 4),
        _mix(team),
        heading("Perhaps a rep's", 4),
        _perhaps_a_reps(team),
    )


def _readable(rows: pd.DataFrame) -> pd.DataFrame:
    """`rows` with `key` (the trait's), and trait and group as a person says them."""
    labels = [
        f"{wording.count(int(r.folded), 'smaller group')}"
        if r.folded
        else _GROUP_LABELS.get((r.trait, r.group), r.group)
        for r in rows.itertuples()
    ]
    return rows.assign(key=rows["trait"], trait=rows["trait"].map(TRAITS), group=labels)


def _group_sentences(apart: pd.DataFrame, tested: int) -> PagePart:
    compared = wording.count(tested, "comparison")
    if apart.empty:
        return say(
            "**No group stands apart.** {compared} {were} made. The gaps are what luck alone brings.",
            compared=wording.upper_first(compared),
            were="was" if tested == 1 else "were",
        )
    items = [
        say(
            "**{trait}, {group}:** {rate} ({won} of {closed}), {gap} {side} all other deals.",
            trait=row.trait,
            group=row.group,
            rate=wording.share(row.rate),
            won=wording.number(row.won),
            closed=wording.number(row.closed),
            gap=wording.points(row.gap),
            side="above" if row.gap > 0 else "below",
        )
        for row in apart.itertuples()
    ]
    return together(
        say(
            "Of {compared}, **{n} apart**, and luck is an unlikely reason:",
            compared=compared,
            n=f"{wording.in_words(len(items))} {'stands' if len(items) == 1 else 'stand'}",
        ),
        bullets(items),
    )


def _title(apart: pd.DataFrame) -> str:
    size = apart["gap"].abs() + (apart["gap"] > 0) * 1e-9  # of two sides of one gap, the one above
    widest = apart.loc[size.idxmax()]
    side = "more" if widest["gap"] > 0 else "less"
    return f"{widest['trait']}, {widest['group']}: won {wording.points(widest['gap'])} {side} often than other deals"


def _picture(rows: pd.DataFrame, rate: dict[str, float], title: str) -> PagePart:
    closed = wording.count(int(rate["closed"]), "closed deal")
    below = f"{closed}. The line through all is the team's {wording.share(rate['rate'])}."
    alt = f"{title}. " + "; ".join(
        f"{r.trait}, {r.group}: {wording.share(r.rate)} ({r.won} of {r.closed})" for r in rows.itertuples()
    )
    return figure(win_rates(rows, rate["rate"]), title=wording.upper_first(title), alt=f"{alt}. {below}", below=below)


def _calendar(apart: pd.DataFrame) -> PagePart:
    if not (apart["key"] == "quarter_end").any():
        return NOTHING
    return note(
        "About the quarter's last month: wins are often pulled into it, and losses are closed whenever they are found. "
        "So this gap says how deals are closed, and little about how well they are sold."
    )


def _not_tested(rows: pd.DataFrame) -> PagePart:
    one_rep = rows[rows["one_rep"]]
    if one_rep.empty:
        return NOTHING
    return note(
        "Not tested, as they hold mostly one person's deals: {groups}.",
        groups=wording.listing(f"{r.trait.lower()} {r.group}" for r in one_rep.itertuples()),
    )


def _moved(periods: TwoPeriods, moved: dict[str, float]) -> PagePart:
    before, after = win_rate(periods.before), win_rate(periods.after)
    luck = moved["low"] <= 0 <= moved["high"]
    return say(
        "In the last {span} your team won **{after}** ({after_won} of {after_n}), in the {span} before **{before}** "
        "({before_won} of {before_n}). " + ("That can be luck." if luck else "Luck alone seldom moves it that far."),
        span=WINDOWS[periods.days],
        after=_exact(after["rate"]),
        after_won=wording.number(after["won"]),
        after_n=wording.number(after["closed"]),
        before=_exact(before["rate"]),
        before_won=wording.number(before["won"]),
        before_n=wording.number(before["closed"]),
    )


def _exact(rate: float) -> str:
    """A share with one decimal, so that a small change shows."""
    return f"{wording.number(rate * 100, 1)}%"


def _moved_by(part: float) -> str:
    """`2.1 points more`, `nothing`."""
    tenths = round(abs(part) * 100, 1)
    return "nothing" if not tenths else f"{wording.number(tenths, 1)} points {'more' if part > 0 else 'less'}"


def _team_wide(team: Team) -> PagePart:
    own, company = findings_of_the_team(team), _patterns_of_concern(team)
    calendar = say(THE_CALENDAR) if of_the_calendar(team.finding("diagnosis")).any() else NOTHING
    if not own and not company and not calendar:
        return say("Nothing that was tested shows in the whole team or company and could be changed by asking.")
    items = [
        say(
            "**{driver}:** {facts}",
            driver=label_of(finding.driver),
            facts=wording.paragraph(
                level_beside_others(finding, team.currency),
                worth(finding, team.currency),
                who_shows_it(finding),
                what_to_ask(team.as_of),
            ),
        )
        for finding in own
    ]
    items += [
        say("{facts}", facts=wording.paragraph(pattern_sentence(row, share), whom_to_ask(row, team.as_of)))
        for row, share in company
    ]
    return together(bullets(items) if items else NOTHING, calendar)


def _patterns_of_concern(team: Team) -> list[tuple[Pattern, float]]:
    """What the whole company loses more often, where much of this team's work is of that kind; with the team's share.

    At most two, those first that weigh most. What nobody could change by being asked is told to nobody.
    """
    patterns, closed = team.finding("company_wide"), closed_deals(team.deals, team.as_of)
    if patterns.empty or len(closed) < FEWEST_CLOSED:
        return []
    rows = win_rate_by(closed, team.company.settings.fiscal_year_starts)
    shares = (rows[rows["folded"] == 0].set_index(["trait", "group"])["closed"] / len(closed)).to_dict()
    weighed = [
        (row, share)
        for row in map(Pattern._make, patterns[list(Pattern._fields)].itertuples(index=False, name=None))
        if can_be_asked(row.pattern)
        and row.seen < row.others
        and (share := float(shares.get((row.pattern, row.group), 0.0))) >= _MUCH_OF_THE_WORK
    ]
    weighed.sort(key=lambda pair: -pair[1] * (pair[0].others - pair[0].seen))
    return weighed[:_MOST_PATTERNS]


def _mix(team: Team) -> PagePart:
    closed = closed_deals(team.deals, team.as_of)
    rows = win_rate_by(closed, team.company.settings.fiscal_year_starts) if len(closed) >= FEWEST_CLOSED else None
    if rows is None or rows.empty:
        return say("The data cannot tell yet which kinds of deals are won more often.")
    apart = _readable(rows[rows["different"] & (rows["trait"] != "quarter_end")])
    if apart.empty:
        return say("No kind of deal stands apart, so the mix of deals explains little here.")
    return say(
        "A rep with more or fewer deals of these kinds looks better or worse without selling differently: {groups}. "
        "Chapter {each_rep} compares only deals alike.",
        each_rep=number_of("each_rep"),
        groups=wording.listing(f"{r.trait.lower()} {r.group}" for r in apart.itertuples()),
    )


def _perhaps_a_reps(team: Team) -> PagePart:
    diagnosis = team.finding("diagnosis")
    if diagnosis.empty:
        return say(
            "Each rep beside others with the same customers: that is {chapter}. This chapter cannot tell.",
            chapter=named("each_rep"),
        )
    of_team = diagnosis[diagnosis["rep_id"].isin(team.reps["person_id"])]
    own = of_team[of_team["verdict"].isin(["coach", "watch"])]
    compared = ~of_team["verdict"].isin(["too_little_data", "not_comparable"])
    if own.empty and not compared.any():
        return say("The data cannot tell yet whether any rep stands apart from others with the same customers.")
    if own.empty:
        return say(
            "No rep of your team stands apart from others with the same customers. Chapter {each_rep} shows what was "
            "tested.",
            each_rep=number_of("each_rep"),
        )
    n, of = own["rep_id"].nunique(), len(team.reps)
    return say(
        "{who} show something of their own, beside others with the same customers. Chapter {each_rep} says what, "
        "and how sure that is.",
        who=f"{n} of your {of} reps" if of >= _FEWEST_FOR_COUNTS and n > 1 else "Some of your reps",
        each_rep=number_of("each_rep"),
    )

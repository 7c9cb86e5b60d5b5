"""What a whole team shows, in words for the first screen, the chapter on lost deals and the page for the leader.

In: facts of a `TeamFinding`.  Out: sentences. They name nobody: it is no one person's doing.
"""

from datetime import date, timedelta

from playbook import wording
from playbook.coaching.driver_levels import level
from playbook.coaching.team_findings import TeamFinding
from playbook.drivers.registry import driver_of

ANSWER_IN = timedelta(days=14)  # a fortnight is soon enough to be asked about, and time to read five deals
FEWEST_FOR_COUNTS = 5  # reps; in a smaller team a count would point at somebody
_BESIDE_OTHERS = "{seen} in {whose} team ({n} {counted}), {elsewhere} elsewhere with deals like these."
_ALONE = "{seen} in {whose} team ({n} {counted})."
_ASK = (
    "Ask enablement to read five such deals with you by {day}: is it the process, the product or the leads? It is "
    "yours until somebody takes it over."
)
_MONEY = "Closing the gap is worth about {money} a quarter."
_ALL, _MOST, _SOME = (
    "All {of} reps show it.",
    "{reps} of the {of} reps compared show it.",
    "It is no one person's doing.",
)


def level_beside_others(finding: TeamFinding, currency: str, whose: str = "your") -> str:
    """`59% in your team (293 deals that left the stage), 71% elsewhere with deals like these.`"""
    form = _BESIDE_OTHERS if finding.elsewhere == finding.elsewhere else _ALONE
    return form.format(
        seen=level(finding.driver, finding.seen, currency),
        whose=whose,
        n=wording.number(finding.n),
        counted=driver_of(finding.driver).counted_as(""),
        elsewhere=level(finding.driver, finding.elsewhere, currency) if form is _BESIDE_OTHERS else "",
    )


def worth(finding: TeamFinding, currency: str) -> str:
    """What closing the gap would bring; empty where that cannot be told."""
    known = finding.a_quarter == finding.a_quarter
    return _MONEY.format(money=wording.rounded_money(finding.a_quarter, currency)) if known else ""


def who_shows_it(finding: TeamFinding) -> str:
    """How many of those compared show it, and never `all` where one does not."""
    if finding.of < FEWEST_FOR_COUNTS:
        return _SOME
    form = _ALL if finding.reps == finding.of else _MOST
    return form.format(reps=wording.upper_first(wording.in_words(finding.reps)), of=wording.in_words(finding.of))


def what_to_ask(as_of: date) -> str:
    """Whom to ask for what, by which day, and whose it is until then."""
    return _ASK.format(day=wording.day(as_of + ANSWER_IN))

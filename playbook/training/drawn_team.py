"""A team to judge cold: what a workbook would show of each rep, and what is true of each, drawn from a seed.

In: a variant.  Out: reps with counts, peers' values and the range of luck; a note where only people know something; and
the truth. Drawn are the deals themselves, so that what is seen is what such a rep's deals show, luck included.

A form that luck makes unfair is redrawn, by rule: a planted cause must lie well outside the range of luck, and nobody
without one may lie so far outside, so that the evidence points where the truth is. `REDRAWN` tells the rule.
"""

from dataclasses import dataclass

from playbook import wording
from playbook.errors import PlaybookError
from playbook.training.luck_range import luck_spread
from playbook.training.variant import Variant

COACH, WATCH, LEAVE, ELSEWHERE = "coach", "watch", "leave", "elsewhere"  # what is right to do about a rep
CLEAR = 2.0  # ranges of luck: twice as far from the usual as equal reps reach is no luck
ORDINARY_OUTSIDE = 1.35  # of thirty numbers in a team two or three lie so far outside, with nothing behind them
CLEARER_BY = 0.3  # ranges of luck by which the one to begin with leads: with less two managers would disagree
_MOST_DRAWS = 400  # of one rep, and of a team
_HARDLY_OUTSIDE = 1.1  # what few deals show must look like a finding, or leaving it alone is right for no reason
_A_LITTLE_OUTSIDE = 1.05
_WITH_NOTHING_BEHIND = (
    2  # healthy reps of a whole team who lie a little outside, as some always do: who coaches them errs
)
_A_WHOLE_TEAM = 6  # reps; from so many on the parts go by lot, so that nobody can count on them at a second team
REDRAWN = (
    "A team whose data hides a planted cause, or shows one where none was planted, is not used: by a fixed rule "
    "another is drawn in its place."
)


@dataclass(frozen=True)
class Measure:
    """Something counted of each rep: a share of `deals`, higher or lower being better.

    `usual` is what reps with these customers do; a cause moves it by `by`. `coaching` names what would be coached.
    """

    key: str
    heading: str
    coaching: str
    usual: float
    by: float
    low_is_worse: bool = True


MEASURES = (
    Measure("early", "Go on after the first meeting", "first meetings that lead to a next step", 0.58, -0.24),
    Measure("late", "Won, of offers made", "offers that get to a decision", 0.40, -0.21),
    Measure("moved", "Close date moved twice or more", "dates that the customer agreed to", 0.22, 0.24, False),
    Measure("discounted", "Discount above the limit", "price talks", 0.15, 0.22, False),
)


@dataclass(frozen=True)
class Seen:
    """One measure of one rep: `count` of `n` deals; `usual` is what reps with the same customers do."""

    count: int
    n: int
    usual: float
    low_is_worse: bool

    @property
    def rate(self) -> float:
        """The share that was counted."""
        return self.count / self.n

    @property
    def luck(self) -> tuple[float, float]:
        """Where nine of ten equal reps with so many deals lie."""
        return max(0.0, self.usual - self._spread), min(1.0, self.usual + self._spread)

    @property
    def outside(self) -> float:
        """How far on the worse side, in ranges of luck: 1 is its end, below 1 is ordinary."""
        worse = self.usual - self.rate if self.low_is_worse else self.rate - self.usual
        return worse / self._spread

    @property
    def _spread(self) -> float:
        return float(luck_spread(self.usual, self.n))


@dataclass(frozen=True)
class DrawnRep:
    """A rep as the page shows them, and what is `right` to do about them.

    `measure` is the key of what to coach where that is right. `note` is what only people know. `money` is what the gap
    to the quota is worth, which says nothing of a cause. `why` says in one sentence why it is right.
    """

    name: str
    seen: dict[str, Seen]
    money: int
    right: str
    why: str
    measure: str = ""
    note: str = ""

    @property
    def furthest(self) -> float:
        """How far outside the number lies that is furthest there, in ranges of luck."""
        return max(seen.outside for seen in self.seen.values())

    @property
    def right_answer(self) -> str:
        """What is right, with what to coach where that is it: `coach:late`."""
        return f"{self.right}:{self.measure}" if self.measure else self.right


@dataclass(frozen=True)
class DrawnTeam:
    """The reps, and `first`: the one to begin with, where somebody is to be coached."""

    reps: tuple[DrawnRep, ...]
    first: str


_NOTES = (
    ("Half time since spring", "moved", "Half the hours, and the customers wait longer: that is known, and no skill."),
    (
        "Took over a leaver's accounts in May",
        "late",
        "These offers were a leaver's, and say nothing of who has them now.",
    ),
    ("New territory since June, no price list for it yet", "discounted", "There is no price list to keep to there."),
)


def draw_team(variant: Variant, reps: int = 8) -> DrawnTeam:
    """A team in which some have a cause, some too few deals to say, some a reason that is not theirs.

    Of four reps it is one each. Of more, two or three have a cause, and one or two each of the others, by lot.

    Raises
    ------
    PlaybookError : if no fair team comes up in many draws, which means that the measures leave no room for one.
    """
    for _ in range(_MOST_DRAWS):
        team = _one_draw(variant, reps)
        if _is_fair(team):
            return team
    raise PlaybookError("no fair team could be drawn.", where="the exam", remedy="Take another form.")


def _one_draw(variant: Variant, reps: int) -> DrawnTeam:
    names = variant.names(reps)
    whole = reps >= _A_WHOLE_TEAM
    causes, few, others = (low + (variant.whole(0, 1) if whole else 0) for low in (1 + whole, 1, 1))
    parts = [COACH] * causes + [WATCH] * few + [ELSEWHERE] * others
    parts += [LEAVE] * (reps - len(parts))
    notes = variant.shuffled(_NOTES)
    healthy = iter([_A_LITTLE_OUTSIDE] * (_WITH_NOTHING_BEHIND if whole else 0) + [0.0] * reps)
    drawn = [
        _fair_rep(variant, name, part, notes[i % len(notes)], next(healthy) if part == LEAVE else 0.0)
        for i, (name, part) in enumerate(zip(names, parts, strict=True))
    ]
    ready = [rep for rep in drawn if rep.right == COACH]
    first = max(ready, key=lambda rep: rep.seen[rep.measure].outside)
    shuffled = variant.shuffled(drawn)
    return DrawnTeam(tuple(shuffled), first.name)


def _rep(variant: Variant, name: str, part: str, known: tuple[str, str, str]) -> DrawnRep:
    measure = variant.one_of(MEASURES)
    note, touched, reason = known
    seen = {}
    for each in MEASURES:
        n = variant.whole(7, 11) if part == WATCH else variant.whole(48, 96)
        rate = each.usual
        if (part == COACH and each is measure) or (part == ELSEWHERE and each.key == touched):
            rate += each.by
        if part == WATCH and each is measure:
            rate += each.by
        count = int(variant.wins(n, rate)[0, 0])
        seen[each.key] = Seen(count, n, each.usual, each.low_is_worse)
    # Who sells to the largest customers has the largest gap in money; that is drawn apart from every cause.
    money = variant.whole(40, 320) * 1_000
    if part == COACH:
        why = f"{name} lies far outside luck in one thing, over {seen[measure.key].n} deals: {measure.coaching}."
        return DrawnRep(name, seen, money, COACH, why, measure.key)
    if part == WATCH:
        few = seen[measure.key].n
        return DrawnRep(name, seen, money, WATCH, f"With {few} deals nothing can be said of {name} yet. Watch a talk.")
    if part == ELSEWHERE:
        return DrawnRep(name, seen, money, ELSEWHERE, reason, note=note)
    return DrawnRep(name, seen, money, LEAVE, f"{name} lies where equal reps lie, in everything. Leave it at that.")


def _fair_rep(variant: Variant, name: str, part: str, noted: tuple[str, str, str], at_least: float) -> DrawnRep:
    """A rep whose data shows what was planted and nothing else; at least so far outside lies one of their numbers."""
    for _ in range(_MOST_DRAWS):
        rep = _rep(variant, name, part, noted)
        if _shows_the_truth(rep) and rep.furthest >= at_least:
            return rep
    raise PlaybookError("no fair rep could be drawn.", where="the exam", remedy="Take another form.")


def _shows_the_truth(rep: DrawnRep) -> bool:
    """Whether the evidence about this rep points where the truth is."""
    if rep.right == COACH:
        others = [seen.outside for key, seen in rep.seen.items() if key != rep.measure]
        return rep.seen[rep.measure].outside >= CLEAR and max(others) <= 1.0
    if rep.right == WATCH:
        return _HARDLY_OUTSIDE <= rep.furthest <= CLEAR
    return rep.furthest < ORDINARY_OUTSIDE if rep.right == LEAVE else rep.furthest >= ORDINARY_OUTSIDE


def _is_fair(team: DrawnTeam) -> bool:
    """Whether the evidence says with whom to begin."""
    clearest = sorted((rep.furthest for rep in team.reps if rep.right == COACH), reverse=True)
    if len(clearest) > 1 and clearest[0] - clearest[1] < CLEARER_BY:
        return False
    # The largest sum must not lie with somebody to be coached: it would be right for a reason that is none.
    return max(team.reps, key=lambda rep: rep.money).right != COACH


def counted_of(seen: Seen) -> str:
    """What a page says of one measure: `14 of 62 (23%)`."""
    return f"{seen.count} of {seen.n} ({wording.share(seen.rate)})"


def luck_of(seen: Seen) -> str:
    """Where equal reps lie, as a page says it: `30 to 50%`."""
    low, high = seen.luck
    return wording.span(wording.share(low), wording.share(high))

"""Pairs of reps who meet and ask each other for advice: whom the data brings together, and the rest by lot.

In: reps and a diagnosis.  Out: pairs. Each rep stands in one pair at most, so that nobody becomes everybody's teacher.
Source: Sandvik, Saouma, Seegert and Stanton, Quarterly Journal of Economics 135(3), 2020: in a sales firm, agents who
met a colleague in a structured way sold more, and still did months later. There the partner was drawn at random, so a
sure strength is no condition. Looking first for one by what each works on is our own choice; every pair is an offer.
"""

from dataclasses import dataclass
from itertools import combinations
from random import Random

import pandas as pd

from playbook.drivers.registry import driver_of

_LEARNS = ("coach", "watch")
SURE, PERHAPS, BY_LOT = "sure", "perhaps", "by lot"
_Measure = tuple[str, str]  # a driver, and which of its measures was compared


@dataclass(frozen=True)
class Pair:
    """Two reps, in the order of the team: drivers that the first can show the second, and the other way round.

    `how` says what the pair rests on: SURE a strength that luck hardly explains, PERHAPS figures on the better side
    that may be luck, BY_LOT nothing but the draw.
    """

    first: str
    second: str
    first_shows: tuple[str, ...]
    second_shows: tuple[str, ...]
    how: str = SURE

    @property
    def mutual(self) -> bool:
        """Whether each has something to show the other."""
        return bool(self.first_shows and self.second_shows)


def peer_pairs(reps: pd.DataFrame, diagnosis: pd.DataFrame, seed: str = "") -> list[Pair]:
    """Pairs in the order of `reps`, until at most one person is left over.

    First those in which a sure strength meets what a colleague works on (both ways before one way, evidence before a
    sign), then those in which a colleague's figures are on the better side, at last the rest by lot.

    Parameters
    ----------
    reps : the team in the order of names; column person_id.
    diagnosis : rep_id, driver, verdict, effect (rep less peers) and aspect (which measure of the driver was compared:
        two different ones are not the same skill), either of which may be missing; may be empty.
    seed : the draw is the same for the same seed and people.
    """
    order = {rep: place for place, rep in enumerate(reps["person_id"])}
    taken: set[str] = set()
    chosen: list[Pair] = []
    for how in (SURE, PERHAPS):
        for pair in _possible(order, diagnosis, how):
            if not taken & {pair.first, pair.second}:
                taken |= {pair.first, pair.second}
                chosen.append(pair)
    left = [rep for rep in order if rep not in taken]
    Random(f"{seed}:{','.join(left)}").shuffle(left)
    drawn = [sorted(two, key=order.__getitem__) for two in zip(left[::2], left[1::2], strict=False)]
    chosen += [Pair(first, second, (), (), BY_LOT) for first, second in drawn]
    return sorted(chosen, key=lambda pair: order[pair.first])


def _possible(order: dict[str, int], diagnosis: pd.DataFrame, how: str) -> list[Pair]:
    """What could be paired on these grounds, in the order in which it is chosen."""
    if diagnosis.empty:
        return []
    if "aspect" not in diagnosis:
        diagnosis = diagnosis.assign(aspect="")
    diagnosis = diagnosis.assign(aspect=diagnosis["aspect"].fillna(""))
    shows = {rep: _strong(diagnosis, rep) if how == SURE else _better_side(diagnosis, rep) for rep in order}
    learns = {rep: _drivers(diagnosis, rep, _LEARNS) for rep in order}
    coached = {rep: _drivers(diagnosis, rep, ("coach",)) for rep in order}
    ranked = []
    for first, second in combinations(order, 2):
        one, other = _shared(shows[first], learns[second]), _shared(shows[second], learns[first])
        if one or other:
            evidence = bool(_shared(one, coached[second]) or _shared(other, coached[first]))
            pair = Pair(first, second, _names(one), _names(other), how)
            ranked.append((not pair.mutual, not evidence, order[first], order[second], pair))
    return [pair for *_, pair in sorted(ranked, key=lambda possible: possible[:4])]


def _strong(diagnosis: pd.DataFrame, rep: str) -> tuple[_Measure, ...]:
    return _drivers(diagnosis, rep, ("strength",))


def _better_side(diagnosis: pd.DataFrame, rep: str) -> tuple[_Measure, ...]:
    """Drivers compared for this rep whose figure lies on the better side of the peers', luck or not."""
    if "effect" not in diagnosis:
        return ()
    own = diagnosis[(diagnosis["rep_id"] == rep) & diagnosis["verdict"].isin(("strength", "no_evidence"))]
    better = [
        (row.driver, row.aspect)
        for row in own.dropna(subset=["effect"]).itertuples()
        if (row.effect > 0) == driver_of(row.driver).higher_is_better and row.effect != 0
    ]
    return tuple(sorted(set(better)))


def _drivers(diagnosis: pd.DataFrame, rep: str, verdicts: tuple[str, ...]) -> tuple[_Measure, ...]:
    own = diagnosis[(diagnosis["rep_id"] == rep) & diagnosis["verdict"].isin(verdicts)]
    return tuple(sorted(set(zip(own["driver"], own["aspect"], strict=True))))


def _shared(some: tuple[_Measure, ...], others: tuple[_Measure, ...]) -> tuple[_Measure, ...]:
    return tuple(measure for measure in some if measure in others)


def _names(measures: tuple[_Measure, ...]) -> tuple[str, ...]:
    return tuple(driver for driver, _ in measures)

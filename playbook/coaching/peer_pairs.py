"""Pairs of reps who can teach each other: one's strength is what the other is working on.

In: reps and a diagnosis.  Out: pairs. Each rep stands in one pair at most, so that nobody becomes everybody's teacher.
Idea: Sandvik, Saouma, Seegert and Stanton, Quarterly Journal of Economics 135(3), 2020: in a sales firm, reps who met
a colleague in a structured way and asked for advice sold more, and still did months later. There the partner was drawn
at random; proposing one by strengths is our own choice. The diagnosis is unsure, so a pair is an offer to both.
"""

from dataclasses import dataclass
from itertools import combinations

import pandas as pd

_LEARNS = ("coach", "watch")


@dataclass(frozen=True)
class Pair:
    """Two reps, in the order of the team: drivers that the first can show the second, and the other way round."""

    first: str
    second: str
    first_shows: tuple[str, ...]
    second_shows: tuple[str, ...]

    @property
    def mutual(self) -> bool:
        """Whether each has something to show the other."""
        return bool(self.first_shows and self.second_shows)


def peer_pairs(reps: pd.DataFrame, diagnosis: pd.DataFrame) -> list[Pair]:
    """Pairs in the order of `reps`: first those who complement each other both ways, then those with evidence.

    Parameters
    ----------
    reps : the team in the order of names; column person_id.
    diagnosis : rep_id, driver, verdict; may be empty.
    """
    if diagnosis.empty:
        return []
    order = {rep: place for place, rep in enumerate(reps["person_id"])}
    strong = {rep: _drivers(diagnosis, rep, ("strength",)) for rep in order}
    learns = {rep: _drivers(diagnosis, rep, _LEARNS) for rep in order}
    coached = {rep: _drivers(diagnosis, rep, ("coach",)) for rep in order}
    possible = []
    for first, second in combinations(order, 2):
        pair = Pair(first, second, _shared(strong[first], learns[second]), _shared(strong[second], learns[first]))
        if pair.first_shows or pair.second_shows:
            evidence = bool(_shared(strong[first], coached[second]) or _shared(strong[second], coached[first]))
            possible.append((not pair.mutual, not evidence, order[first], order[second], pair))
    taken: set[str] = set()
    chosen = []
    for *_, pair in sorted(possible, key=lambda found: found[:4]):
        if not taken & {pair.first, pair.second}:
            taken |= {pair.first, pair.second}
            chosen.append(pair)
    return sorted(chosen, key=lambda pair: order[pair.first])


def _drivers(diagnosis: pd.DataFrame, rep: str, verdicts: tuple[str, ...]) -> tuple[str, ...]:
    own = diagnosis[(diagnosis["rep_id"] == rep) & diagnosis["verdict"].isin(verdicts)]
    return tuple(sorted(own["driver"].unique()))


def _shared(some: tuple[str, ...], others: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(driver for driver in some if driver in others)

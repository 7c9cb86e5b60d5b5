"""What may be said in a manager's folder about people outside of the team: of whom, of how many, and how exactly.

In: outside people's values, their teams, their shares of a total.  Out: whether a summary of them may be shown, and the
summary, rounded to what so many people support. Pure.

The rules are those of statistical offices for tables of few respondents (Hundepool et al. 2012, *Statistical Disclosure
Control*, chapter 4): a smallest number of respondents, and dominance (the largest two must not make nearly all of it).
Three are of our own, because managers meet and compare: people of two other teams at least, none of which makes most of
it, and all that still holds when those of any one other team, whose manager knows them, are taken out.
"""

import math
from functools import cache

import numpy as np
from scipy.special import betainc

FEWEST_OUTSIDE = 5  # people behind any number about others
FEWEST_TEAMS = 2  # of theirs; with one, the number is that team's result
MOST_OF_TWO = 0.85  # share of a total that the largest two may hold
MOST_OF_A_TEAM = 2 / 3  # share of a total that the largest team may hold
MOST_OF_ONE = 0.50  # of a quantile that one person's value may make
FEWEST_FOR_QUANTILES = 9  # with 5, quartiles are people's values
_STEP = 3.0  # in steps of so many standard deviations, over the number of people, one more of them stays a guess
_NOBODY = -1


def disclosable_to_each(team: np.ndarray, weight: np.ndarray) -> np.ndarray:
    """Of each team, whether it may be shown a summary of those of these people who are outside of it.

    Parameters
    ----------
    team : the team of each person, counted from 0; -1 for people without one, each of whom is a team of their own.
    weight : what each contributes to the total, not below 0; who contributes nothing is nobody.

    Returns
    -------
    Array of bool: a place for each number up to the largest of `team`, and a last one for a team of none of them.
    """
    known = int(team.max(initial=_NOBODY)) + 1
    team, weight = team[weight > 0], weight[weight > 0]
    alone = team == _NOBODY
    team = np.where(alone, known + np.cumsum(alone), team)  # the place `known` is for a team of none of them
    every = int(team.max(initial=known)) + 1
    people, held = np.bincount(team, minlength=every), np.bincount(team, weight, minlength=every)
    disclosable = np.empty(known + 1, dtype=bool)
    order = np.lexsort((-weight, team))
    in_team = np.arange(len(order)) - np.concatenate([[0], np.cumsum(people)])[team[order]]
    largest = order[in_team < 2]
    largest = largest[np.argsort(-weight[largest], kind="stable")][:6]  # two of each of any three teams
    by_people, by_weight = (np.argsort(-size, kind="stable")[:4] for size in (people, held))
    if _for_everybody(people, held, weight):
        disclosable[:] = True
        return disclosable
    for viewer in range(known + 1):
        outside, total = len(team) - people[viewer], held.sum() - held[viewer]
        others = int((people > 0).sum()) - int(people[viewer] > 0)
        if outside < FEWEST_OUTSIDE or others < FEWEST_TEAMS:
            disclosable[viewer] = False
            continue
        most_people = max(people[other] for other in by_people if other != viewer)
        heaviest = [other for other in by_weight if other != viewer]
        disclosable[viewer] = (
            outside - most_people >= FEWEST_OUTSIDE
            and held[heaviest[0]] <= MOST_OF_A_TEAM * total
            and all(
                _of_two(team[largest], weight[largest], viewer, other) < MOST_OF_TWO * rest
                for other, rest in [(viewer, total), *((other, total - held[other]) for other in heaviest)]
            )
        )
    return disclosable


def _for_everybody(people: np.ndarray, held: np.ndarray, weight: np.ndarray) -> bool:
    """Whether so many people of so many teams are left without any two teams that nobody need be looked at alone."""
    if int((people > 0).sum()) < FEWEST_TEAMS + 2 or int(people.sum() - np.sort(people)[-2:].sum()) < FEWEST_OUTSIDE:
        return False
    by_weight, rest = np.sort(held), float(held.sum() - np.sort(held)[-2:].sum())
    of_two = float(np.sort(weight)[-2:].sum())
    return bool(
        by_weight[-1] <= MOST_OF_A_TEAM * (by_weight[:-2].sum() + by_weight[-1]) and of_two < MOST_OF_TWO * rest
    )


def _of_two(team: np.ndarray, weight: np.ndarray, viewer: int, other: int) -> float:
    """What the largest two hold who are of neither team; by size, the two largest of each team are given."""
    return float(weight[(team != viewer) & (team != other)][:2].sum())


def step_for(values: np.ndarray, weights: np.ndarray | None = None) -> float:
    """Steps in which a mean of `values` may be told so that no single one can be worked out from two such means.

    The smallest number of one digit that is not below `_STEP` standard deviations over how many people it is, by the
    weight of the heaviest; 0 where the values are alike.
    """
    held = np.ones(len(values)) if weights is None else weights
    spread = math.sqrt(float(np.average((values - np.average(values, weights=held)) ** 2, weights=held)))
    return round_step(_STEP * spread * float(held.max()) / float(held.sum()))


def rounded_for(value: float, values: np.ndarray, weights: np.ndarray | None = None) -> float:
    """`value`, a summary of `values`, in steps so large that no single one can be worked out (`step_for`)."""
    return in_steps(value, step_for(values, weights))


def in_steps(value: float, step: float) -> float:
    """`value` in steps of `step`, and never finer than its two leading digits; NaN stays."""
    if not math.isfinite(value):
        return value
    step = max(step, _two_digits(value))
    return round(round(value / step) * step, 12) if step else value


def two_digits(value: float) -> float:
    """`value` with its two leading digits: 0.237 is 0.24, 18,432 is 18,000."""
    return in_steps(value, 0.0)


def _two_digits(value: float) -> float:
    return 10.0 ** (math.floor(math.log10(abs(value))) - 1) if value else 0.0


def round_step(least: float) -> float:
    """The smallest number of one digit that is not below `least`; 0 for none."""
    if not least > 0:
        return 0.0
    power = 10.0 ** math.floor(math.log10(least))
    return power * math.ceil(least / power - 1e-9)


@cache
def weights_of(size: int, share: float) -> np.ndarray:
    """By how much each of so many values, in their order, makes the smoothed quantile (Harrell and Davis 1982)."""
    edges = betainc((size + 1) * share, (size + 1) * (1 - share), np.linspace(0.0, 1.0, size + 1))
    return np.diff(edges)


def smoothed_quantile(values: np.ndarray, share: float) -> float:
    """The quantile as a mean of all values, weighted by how near each stands to it.

    An ordinary quantile of 4n + 1 people is one person's value. NaN where one person would still make most of it.
    """
    weights = weights_of(len(values), share)
    return float(np.sort(values) @ weights) if weights.max() <= MOST_OF_ONE else math.nan


def summary_of(values: np.ndarray, shares: dict[str, float]) -> dict[str, float]:
    """The quantiles of `values` under the names of `shares`, or their mean alone where people are too few for them.

    Where there are fewer than FEWEST_FOR_QUANTILES people only the middle (the share 0.5) is given, as a mean; the
    others are NaN. All are rounded (`rounded_for`).
    """
    if len(values) < FEWEST_FOR_QUANTILES:
        middle = rounded_for(float(np.mean(values)), values)
        return {name: middle if share == 0.5 else math.nan for name, share in shares.items()}
    return {name: rounded_for(smoothed_quantile(values, share), values) for name, share in shares.items()}

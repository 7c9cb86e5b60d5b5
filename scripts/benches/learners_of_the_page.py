"""Learners who know nothing of the package: they read the printed page of the capstone, and answer from its words.

In: the text of an exercise on paper.  Out: for each rep what they would do, and with whom they begin. Each stands for
many people, so each has its habit in several strengths. They show whether the exam tells the same of learners who were
not written beside its items.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

_CELL = re.compile(r"(\d+) of (\d+) \(\d+%\); equals (\d+)(?:%)? to (\d+)%")
_MONEY = re.compile(r"\$(\d+)k")
_NOTES = "What people know beside the data:"
_TOPICS = ("early", "late", "moved", "discounted")  # the page's columns, as the menus name them
_FEWER_IS_WORSE = (True, True, False, False)
_SLIP = 0.04


@dataclass(frozen=True)
class ReadRep:
    """One line of the table as it is printed; shares from 0 to 100."""

    name: str
    shares: tuple[float, ...]
    deals: tuple[int, ...]
    equals: tuple[tuple[int, int], ...]
    thousands: int
    note: bool

    def beyond(self, column: int) -> float:
        """How far on the worse side of the range's middle, in half-widths of the range."""
        low, high = self.equals[column]
        middle, half = (low + high) / 2, (high - low) / 2
        off = middle - self.shares[column] if _FEWER_IS_WORSE[column] else self.shares[column] - middle
        return off / half

    def worst(self) -> int:
        """The column that lies farthest on the worse side."""
        return max(range(len(_TOPICS)), key=self.beyond)


def read_page(text: str) -> list[ReadRep]:
    """Every rep of the page."""
    _, _, behind = text.partition(_NOTES)
    notes = behind.split("\n", 1)[0]
    reps = []
    for line in text.splitlines():
        cells = _CELL.findall(line)
        if len(cells) != len(_TOPICS):
            continue
        name, thousands = line.split()[0], int(_MONEY.findall(line)[0])
        counts = [(int(a), int(b)) for a, b, _, _ in cells]
        equals = tuple((int(low), int(high)) for _, _, low, high in cells)
        shares = tuple(100 * a / b for a, b in counts)
        reps.append(ReadRep(name, shares, tuple(b for _, b in counts), equals, thousands, f"{name}:" in notes))
    return reps


@dataclass(frozen=True)
class PageLearner:
    """`kind` is whose habit it is; `judge` decides about one rep of a page, `begin` with whom to begin."""

    kind: str
    strength: str
    judge: Callable[[ReadRep, list[ReadRep]], str]
    begin: Callable[[list[ReadRep], dict[str, str]], str]

    def answer(self, text: str, draws: np.random.Generator) -> dict[str, str]:
        """A complete answer, with a slip now and then."""
        reps = read_page(text)
        answers = {rep.name: self.judge(rep, reps) for rep in reps}
        choices = ("leave", "watch", "elsewhere", *(f"coach:{topic}" for topic in _TOPICS))
        for name in answers:
            if draws.random() < _SLIP:
                answers[name] = choices[int(draws.integers(len(choices)))]
        return answers | {"first": self.begin(reps, answers)}


def _dashboard(under: float, columns: tuple[int, ...]) -> Callable[[ReadRep, list[ReadRep]], str]:
    """Red is whoever lies so far on the worse side of the team's mean, in whichever of these columns."""

    def judge(rep: ReadRep, reps: list[ReadRep]) -> str:
        gaps = {}
        for column in columns:
            mean = sum(one.shares[column] for one in reps) / len(reps)
            gap = (mean - rep.shares[column]) / mean
            gaps[column] = gap if _FEWER_IS_WORSE[column] else -gap
        worst = max(gaps, key=lambda column: gaps[column])
        return f"coach:{_TOPICS[worst]}" if gaps[worst] > under else "leave"

    return judge


def _money(most: int, otherwise: str) -> Callable[[ReadRep, list[ReadRep]], str]:
    """Where the money is missing one helps to close."""

    def judge(rep: ReadRep, reps: list[ReadRep]) -> str:
        largest = sorted(reps, key=lambda one: -one.thousands)[:most]
        return "coach:late" if rep in largest else otherwise

    return judge


def _signs(on: float) -> Callable[[ReadRep, list[ReadRep]], str]:
    """Whatever lies outside of its range is acted upon."""
    return lambda rep, reps: f"coach:{_TOPICS[rep.worst()]}" if rep.beyond(rep.worst()) > on else "leave"


def _care(few: int, far: float) -> Callable[[ReadRep, list[ReadRep]], str]:
    """How many deals; what people know; and only then how far outside."""

    def judge(rep: ReadRep, reps: list[ReadRep]) -> str:
        worst = rep.worst()
        if rep.deals[worst] < few:
            return "watch"
        if rep.note:
            return "elsewhere"
        return f"coach:{_TOPICS[worst]}" if rep.beyond(worst) > far else "leave"

    return judge


def _clearest(reps: list[ReadRep], answers: dict[str, str]) -> str:
    coached = [rep for rep in reps if answers[rep.name].startswith("coach")] or reps
    return max(coached, key=lambda rep: rep.beyond(rep.worst())).name


def _reddest(reps: list[ReadRep], answers: dict[str, str]) -> str:
    return min(reps, key=lambda rep: rep.shares[1]).name


def _dearest(reps: list[ReadRep], answers: dict[str, str]) -> str:
    return max(reps, key=lambda rep: rep.thousands).name


def _all_the_same(what: str) -> Callable[[ReadRep, list[ReadRep]], str]:
    return lambda rep, reps: what


PAGE_LEARNERS = (
    PageLearner("guesser", "waits with everybody", _all_the_same("watch"), _reddest),
    PageLearner("guesser", "leaves everybody alone", _all_the_same("leave"), _clearest),
    PageLearner("dashboard reader", "10% under, any column", _dashboard(0.10, (0, 1, 2, 3)), _reddest),
    PageLearner("dashboard reader", "15% under, any column", _dashboard(0.15, (0, 1, 2, 3)), _clearest),
    PageLearner("dashboard reader", "20% under, win rate only", _dashboard(0.20, (1,)), _reddest),
    PageLearner("dashboard reader", "40% under, any column", _dashboard(0.40, (0, 1, 2, 3)), _clearest),
    PageLearner("closer", "the largest sum", _money(1, "leave"), _dearest),
    PageLearner("closer", "the three largest", _money(3, "leave"), _dearest),
    PageLearner("closer", "the two largest, waits otherwise", _money(2, "watch"), _dearest),
    PageLearner("believer", "outside at all", _signs(1.0), _clearest),
    PageLearner("believer", "a little more than outside", _signs(1.2), _clearest),
    PageLearner("careful reader", "fewer than 12, 1.6 ranges", _care(12, 1.6), _clearest),
    PageLearner("careful reader", "fewer than 20, 1.5 ranges", _care(20, 1.5), _clearest),
    PageLearner("careful reader", "fewer than 30, 1.8 ranges", _care(30, 1.8), _clearest),
)

"""A generalised linear model of traits, kept small: rows with the same traits count together.

In: codes of each row's traits.  Out: coefficients, and sums that a model of the other reps needs.
Logistic, normal or Poisson (McCullagh and Nelder 1989) with a weak ridge penalty, fitted by Newton's method. A row has
a one for the level and a one for each trait's name, so only the places of the ones are kept, never a matrix of noughts.
"""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from playbook.metrics.observations import COUNTS, MEANS, SHARES

LEAST_ALIKE_ROWS = 20  # of a trait's name, to have a column of its own
_RIDGE = 1.0  # prior standard deviation 1 of each trait's effect on the model's scale
_STEPS = 25


@dataclass(frozen=True)
class Design:
    """The model's columns: the first is 1 for every row, the others 1 where a row has a trait and else 0.

    Only the places of the ones are kept (`ones`, rows × traits), and which rows are the same (`cell`).
    """

    ones: np.ndarray
    width: int
    cell: np.ndarray
    cells: np.ndarray

    def line(self, beta: np.ndarray) -> np.ndarray:
        """The model's line for each row."""
        return beta[self.cells].sum(axis=1)[self.cell]

    def sums(self, values: np.ndarray) -> np.ndarray:
        """The sum of `values` over the rows of each column."""
        each = np.bincount(self.cell, values, minlength=len(self.cells))
        width, columns = self.width, range(self.cells.shape[1])
        return np.sum([np.bincount(self.cells[:, i], each, minlength=width) for i in columns], axis=0)

    def products(self, weights: np.ndarray) -> np.ndarray:
        """The sum of `weights` over the rows that two columns share (columns × columns)."""
        each = np.bincount(self.cell, weights, minlength=len(self.cells))
        one_rep = OwnRows(self.cells, self.width, np.zeros(len(self.cells), dtype="int64"), 1)
        return one_rep.products(each)[0]

    def part(self, every: int) -> "Design":
        """An even sample of the rows."""
        return self if every == 1 else Design(self.ones[::every], self.width, self.cell[::every], self.cells)


def design_of(codes: list[np.ndarray], rows: int) -> Design:
    """The design of so many rows, of which `codes` has the traits' names as numbers; rare names count as one."""
    ones, width = [np.zeros(rows, dtype="int64")], 1
    for code in codes:
        counts = np.bincount(code)
        folded = np.where(counts >= LEAST_ALIKE_ROWS, np.arange(len(counts)), -1)[code]
        names, place = np.unique(folded, return_inverse=True)
        if len(names) > 1:
            ones.append(place + width)
            width += len(names)
    together = np.zeros(rows, dtype="int64")
    for column in ones:
        together = pd.factorize(together * width + column)[0].astype("int64")
    stacked = np.column_stack(ones)
    first = np.full(int(together.max(initial=-1)) + 1, -1)
    first[together[::-1]] = np.arange(rows)[::-1]
    return Design(stacked, width, together, stacked[first])


@dataclass(frozen=True)
class OwnRows:
    """Some reps' rows of the design, to be summed for each rep by itself."""

    ones: np.ndarray
    width: int
    rep: np.ndarray
    reps: int

    def line(self, beta: np.ndarray) -> np.ndarray:
        """Each row's line of its own rep's model (`beta`: reps × columns)."""
        return beta[self.rep[:, None], self.ones].sum(axis=1)

    def sums(self, values: np.ndarray) -> np.ndarray:
        """`values` summed per rep and column."""
        places, size = self.rep * self.width, self.reps * self.width
        total = sum(np.bincount(places + self.ones[:, i], values, minlength=size) for i in range(self.ones.shape[1]))
        return np.asarray(total).reshape(self.reps, self.width)

    def products(self, weights: np.ndarray) -> np.ndarray:
        """`weights` summed per rep over the rows that two columns share (reps × columns × columns).

        Two names of one trait share no row, so a trait beside itself gives the sums alone; of two traits one half of
        the square is added up, and mirrored.
        """
        width, square = self.width, self.width * self.width
        total = np.zeros(self.reps * square)
        for i in range(self.ones.shape[1]):
            places = self.rep * square + self.ones[:, i] * width
            for j in range(i + 1, self.ones.shape[1]):
                np.add.at(total, places + self.ones[:, j], weights)
        half = total.reshape(self.reps, width, width)
        both = half + half.transpose(0, 2, 1)
        diagonal = np.arange(width)
        both[:, diagonal, diagonal] = self.sums(weights)
        return both


def penalty(size: int) -> np.ndarray:
    """The ridge of a model with so many columns; hardly any on the level."""
    return np.diag([1e-6] + [_RIDGE] * (size - 1))


def fit(design: Design, value: np.ndarray, exposure: np.ndarray, family: str) -> np.ndarray:
    """Newton's method for the model's coefficients, with the ridge penalty; rows of the same traits count together."""
    beta = np.zeros(design.width)
    beta[0] = _level(value.sum(), exposure.sum(), family)
    ridge = penalty(design.width)
    value_of = np.bincount(design.cell, value, minlength=len(design.cells))
    exposure_of = np.bincount(design.cell, exposure, minlength=len(design.cells))
    cells = Design(design.cells, design.width, np.arange(len(design.cells)), design.cells)
    for _ in range(_STEPS):
        mean, slope = mean_and_slope(cells.line(beta), family)
        mean, slope = mean * exposure_of, slope * exposure_of
        step = np.linalg.solve(cells.products(slope) + ridge, cells.sums(value_of - mean) - ridge @ beta)
        beta = beta + np.clip(step, -3, 3)
        if np.abs(step).max() < 1e-8:
            break
    return beta


def _level(value: float, exposure: float, family: str) -> float:
    """Where the model's line begins, without any trait; values of means may be negative, and have no logarithm."""
    if family == MEANS:
        return value / exposure
    rate = (value + 0.5) / (exposure + 1.0)
    return float(np.log(rate / max(1 - rate, 1e-9) if family == SHARES else max(rate, 1e-9)))


def mean_and_slope(line: np.ndarray, family: str) -> tuple[np.ndarray, np.ndarray]:
    """The expected value on the model's line, and its slope there."""
    if family == MEANS:
        return line, np.ones_like(line)
    if family == COUNTS:
        rate = np.exp(np.clip(line, -20, 20))
        return rate, rate
    share = 1 / (1 + np.exp(-np.clip(line, -20, 20)))
    return share, np.maximum(share * (1 - share), 1e-6)

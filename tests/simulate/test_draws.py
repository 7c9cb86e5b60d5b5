"""The draws of a simulation: right on average, within their bounds, and each of a fixed length."""

import ast
from collections import Counter

import numpy as np
import pytest

from playbook.simulate import days, names
from playbook.simulate.draws import Draws
from tests.scripts.requirements_files import ROOT

N = 40_000


@pytest.fixture
def draws():
    return Draws(1)


def test_a_normal_draw_has_mean_0_and_deviation_1_and_stays_within_its_bound(draws):
    values = draws.normal("x", np.arange(N), within=2.5)
    assert abs(values.mean()) < 0.02 and values.std() == pytest.approx(1.0, abs=0.03)
    assert np.abs(values).max() <= 2.5


@pytest.mark.parametrize("mean", [0.0, 0.3, 4.0, 60.0])
def test_counts_have_the_mean_and_variance_of_poisson(draws, mean):
    counts = draws.counts("x", mean, np.arange(N))
    assert counts.mean() == pytest.approx(mean, rel=0.03, abs=0.001)
    assert counts.var() == pytest.approx(mean, rel=0.05, abs=0.001)


def test_picks_come_as_often_as_their_weights_say(draws):
    often = np.bincount(draws.pick("x", [1, 2, 1], np.arange(N))) / N
    assert often == pytest.approx([0.25, 0.5, 0.25], abs=0.01)


def test_a_larger_mean_never_gives_a_smaller_count(draws):
    few, more = (draws.counts("x", mean, np.arange(N)) for mean in (2.0, 2.5))
    assert (more >= few).all() and (more > few).any()


def test_a_permutation_loses_nobody(draws):
    assert sorted(draws.permutation("x", 50)) == list(range(50))


def test_a_draw_belongs_to_its_seed_its_name_its_thing_and_its_place(draws):
    def drawn(seed, what, thing, at):
        return float(Draws(seed).uniform(what, thing, at))

    ones = {drawn(*one) for one in ((1, "x", 5, 0), (2, "x", 5, 0), (1, "y", 5, 0), (1, "x", 6, 0), (1, "x", 5, 1))}
    assert len(ones) == 5
    assert draws.uniform("x", np.arange(9))[5] == drawn(1, "x", 5, 0)


def test_things_and_places_make_a_table(draws):
    table = draws.uniform("x", np.arange(3)[:, None], np.arange(4))
    assert table.shape == (3, 4) and table[2, 3] == draws.uniform("x", 2, 3)


def test_no_two_draws_of_a_simulation_have_the_same_name():
    """They would be the same draw."""
    names_of_draws = [
        ast.unparse(node.args[0])
        for file in (ROOT / "playbook" / "simulate").glob("*.py")
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and ast.unparse(node.func.value) in ("draws", "pushes")
        and node.args
    ]
    assert len(names_of_draws) > 50
    assert [name for name, times in Counter(names_of_draws).items() if times > 1] == []


def test_a_weekend_becomes_monday_and_other_days_stay():
    friday = days.number_of(np.datetime64("2026-09-18").astype(object))
    moved = days.workday(np.arange(friday, friday + 4)) - friday
    assert moved.tolist() == [0, 3, 3, 3]


def test_a_quarter_of_a_fiscal_year_that_starts_in_february_begins_in_august():
    day = np.array([days.number_of(np.datetime64("2026-09-18").astype(object))])
    quarter = days.quarter_of(day, 2)
    begins, ends = days.quarter_start(quarter, 2), days.quarter_end(quarter, 2)
    assert days.as_dates(begins)[0] == np.datetime64("2026-08-01") and days.as_dates(ends)[0] == np.datetime64(
        "2026-10-31"
    )


def test_no_two_people_and_no_two_accounts_share_a_name(draws):
    people = names.PeoplesNames(draws)
    every = [name for group, n in enumerate((9_000, 300, 900, 120)) for name in people.of(group, n)]
    assert len(set(every)) == len(every) == 10_320
    seller, number = (axis.ravel() for axis in np.meshgrid(np.arange(600), np.arange(520)))
    both = [names.accounts(*names.account_numbers(seller, np.full(len(seller), rep), number)) for rep in (True, False)]
    assert len(set(both[0]) | set(both[1])) == 2 * 600 * 520

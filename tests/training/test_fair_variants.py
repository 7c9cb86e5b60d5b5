"""What is drawn again until its cause can be seen can be seen: no variant of these items asks for guessing."""

from itertools import pairwise

import numpy as np
import pytest

from playbook.training.item_bank import item_bank
from playbook.training.kinds.mark_in_picture import NOBODY

SEEDS = range(700, 720)


def drawn(key):
    return [item_bank()[key].exercise(seed) for seed in SEEDS]


def test_a_rep_who_was_made_weaker_is_the_lowest_and_below_luck():
    for exercise in drawn("luck/who-stands-apart"):
        rows = exercise.facts["rows"]
        lowest = rows.loc[(rows.won / rows.closed).idxmin()]
        if exercise.response.truth != NOBODY:
            assert lowest.letter == exercise.response.truth and lowest.won / lowest.closed < lowest.low


@pytest.mark.parametrize(("key", "within"), [("luck/same-skill-other-mix", 0.06), ("luck/only-the-mix-moved", 0.04)])
def test_where_only_the_mix_differs_the_kinds_are_alike_and_the_totals_far_apart(key, within):
    for exercise in drawn(key):
        won, closed = exercise.facts["won"], exercise.facts["closed"]
        total = won.sum(axis=1) / closed.sum(axis=1)
        assert np.abs(won[0] / closed[0] - won[1] / closed[1]).max() <= within and total[0] - total[1] >= 0.12


def test_what_holds_all_up_shows_in_all_and_what_is_ones_own_in_one():
    for exercise in drawn("evidence/everybody-or-one"):
        rates = np.sort((exercise.facts["rows"].won / exercise.facts["rows"].closed).to_numpy())
        if exercise.response.best()["choice"] == "all":
            assert rates[-1] < exercise.facts["elsewhere"] - 0.05
        else:
            assert rates[1] - rates[0] > 0.1


def test_an_hour_is_worth_clearly_more_in_one_deal_than_in_the_next():
    for exercise in drawn("forecast/where-an-hour-is-worth-most"):
        sizes, gain = exercise.facts["sizes"], exercise.facts["gain"]
        worth = sorted((size * more for size, more in zip(sizes, gain, strict=True)), reverse=True)
        assert all(more >= 1.4 * less for more, less in pairwise(worth))


def test_two_quarters_differ_by_enough_to_tempt():
    assert all(abs(e.facts["first"] - e.facts["second"]) >= 4 for e in drawn("luck/two-quarters"))

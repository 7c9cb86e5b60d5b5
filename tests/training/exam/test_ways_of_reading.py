"""Ways of reading: told where the evidence is enough, of answers and not of people; never of careful ones."""

from functools import cache

import numpy as np
import pytest

from playbook.training.answer_parts import AnswerPart, Decided, decided
from playbook.training.exam.exam_forms import AFTER, BEFORE, exam_form
from playbook.training.exam.simulated_learners import BELIEVER, CAREFUL, CLOSER, DASHBOARD, GUESSER, KNOWING
from playbook.training.exam.ways_of_reading import (
    BY_MONEY,
    BY_RANK,
    EVERY_SIGN,
    WAYS,
    misleading_way,
    probabilities,
)
from playbook.training.item_bank import item_bank
from playbook.training.misconceptions import LOWEST_IS_WEAK, NO_DATE, SMALL_NUMBERS

LURE = AnswerPart("choice", {"right": (), "lure": (SMALL_NUMBERS, LOWEST_IS_WEAK), "other": (NO_DATE,)}, "right")
FORMS = range(500, 504)


@cache
def exercises_of(seed):
    return [question.exercise() for which in (BEFORE, AFTER) for question in exam_form(seed, which)]


def decisions_of(learner, seed):
    draws = np.random.Generator(np.random.PCG64(seed))
    decisions = []
    for exercise in exercises_of(seed):
        decisions += decided(exercise.response.parts(), learner.answer(exercise, draws))
    return decisions


@pytest.mark.parametrize(("learner", "way"), [(DASHBOARD, BY_RANK), (CLOSER, BY_MONEY), (BELIEVER, EVERY_SIGN)])
def test_two_forms_tell_which_way_of_reading_misled(learner, way):
    readings = [misleading_way(decisions_of(learner, seed)) for seed in FORMS]
    assert all(reading is None or reading.way is way for reading in readings)
    assert sum(reading is not None for reading in readings) >= len(FORMS) - 1


@pytest.mark.parametrize("learner", [GUESSER, CAREFUL, KNOWING], ids=lambda learner: learner.name)
def test_nobody_who_guesses_or_reads_with_care_is_told_of_one(learner):
    assert [misleading_way(decisions_of(learner, seed)) for seed in FORMS] == [None] * len(FORMS)


def test_two_answers_alike_are_not_enough_however_many_there_were_to_choose_from():
    many = AnswerPart("choice", dict(LURE.answers) | {str(i): () for i in range(80)}, "right")
    two = [Decided(many, "lure")] * 2
    assert max(probabilities(two).values()) > 0.999 and misleading_way(two) is None
    assert misleading_way(two + two).way is BY_RANK


def test_what_luck_does_in_one_case_of_thirty_is_not_enough_either():
    assert misleading_way([Decided(LURE, "lure")] * 3) is None


def test_every_answer_misled_is_counted_under_each_misconception():
    reading = misleading_way([Decided(LURE, "lure")] * 6)
    assert reading.way is BY_RANK and reading.misled == 6
    assert reading.by_misconception == ((LOWEST_IS_WEAK, 6), (SMALL_NUMBERS, 6)) or dict(reading.by_misconception) == {
        SMALL_NUMBERS: 6,
        LOWEST_IS_WEAK: 6,
    }


def test_a_right_answer_is_misled_by_nothing():
    assert Decided(LURE, "right").misled_by == () and Decided(LURE, "lure").misled_by


def test_without_an_answer_every_way_is_as_probable():
    assert set(probabilities([]).values()) == {1 / len(WAYS)}


@pytest.mark.parametrize("way", WAYS, ids=lambda way: way.key)
def test_a_ways_chances_of_all_answers_add_up_to_one(way):
    for item in item_bank().values():
        for part in item.exercise(2).response.parts():
            assert sum(way.chance(part, answer) for answer in part.answers) == pytest.approx(1), item.key


def test_every_decision_of_an_item_has_its_right_answer_and_the_best_answer_makes_it():
    for item in item_bank().values():
        response = item.exercise(3).response
        parts = response.parts()
        made = decided(parts, response.best())
        assert all(part.right in part.answers for part in parts), item.key
        assert len(made) == len(parts) and all(one.right for one in made), item.key

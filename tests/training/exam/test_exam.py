"""The exam can tell: who reads with care passes, who follows a list does not; two forms of one learner are parallel.

Few forms here; `scripts/bench_training.py` takes hundreds.
"""

from functools import cache

import numpy as np
import pytest
from benches.learners_of_the_page import PAGE_LEARNERS

from playbook.training.exam.exam_forms import AFTER, BEFORE, capstone, exam_form, passed
from playbook.training.exam.simulated_learners import CAREFUL, KNOWING, LEARNERS, MISTAKEN, score
from playbook.training.exercise_paper import exercise_on_paper
from playbook.training.item_bank import item_bank
from playbook.training.kinds.estimate import Estimate
from playbook.training.misconceptions import ALL

FORMS = range(300, 312)


@cache
def whole_team(seed):
    return capstone(seed, 1).exercise()


@cache
def page_of(seed):
    return exercise_on_paper(whole_team(seed)).text


@cache
def tempted_in():
    """For each misconception the items in which it has an answer."""
    items = {}
    for item in item_bank().values():
        for seed in range(6):
            for part in item.exercise(seed).response.parts():
                for name in {name for why in part.answers.values() for name in why}:
                    items.setdefault(name, set()).add(item.key)
    return items


def capstone_points(learner, forms=FORMS):
    points = []
    for seed in forms:
        exercise = whole_team(seed)
        points.append(score(exercise, learner.answer(exercise, np.random.Generator(np.random.PCG64(seed)))))
    return points


@pytest.mark.parametrize("learner", MISTAKEN, ids=lambda learner: learner.name)
def test_who_follows_a_list_passes_hardly_ever(learner):
    assert sum(map(passed, capstone_points(learner))) <= 1


def test_who_reads_with_care_passes_nearly_always():
    assert sum(map(passed, capstone_points(CAREFUL))) >= len(FORMS) - 2


def test_who_knows_has_every_point():
    assert min(capstone_points(KNOWING)) > 1 - 1e-9


def test_both_forms_of_a_learner_ask_the_same_items_with_other_variants():
    before, after = exam_form(5, BEFORE), exam_form(5, AFTER)
    assert {q.item.key for q in before} == {q.item.key for q in after}
    assert not {q.seed for q in before} & {q.seed for q in after}


def test_a_form_is_the_same_for_the_same_learner():
    assert exam_form(5, BEFORE) == exam_form(5, BEFORE)


def test_another_capstone_is_another_team():
    assert capstone(5, 1).seed != capstone(5, 2).seed


@pytest.mark.parametrize("learner", LEARNERS, ids=lambda learner: learner.name)
def test_every_learner_gives_complete_answers_to_every_question_of_a_form(learner):
    draws = np.random.Generator(np.random.PCG64(1))
    for question in exam_form(7, BEFORE):
        exercise = question.exercise()
        answer = learner.answer(exercise, draws)
        assert exercise.response.missing(answer) == "" and 0 <= score(exercise, answer) <= 1


@pytest.mark.parametrize("reader", PAGE_LEARNERS, ids=lambda reader: f"{reader.kind}: {reader.strength}")
def test_the_capstone_tells_the_same_of_learners_who_read_only_its_page(reader):
    met = 0
    for seed in FORMS:
        exercise = whole_team(seed)
        answer = reader.answer(page_of(seed), np.random.Generator(np.random.PCG64(seed)))
        assert exercise.response.missing(answer) == ""
        met += passed(score(exercise, answer))
    assert met >= len(FORMS) - 2 if reader.kind == "careful reader" else met <= 1


@pytest.mark.parametrize("misconception", ALL)
def test_each_misconception_is_tested_by_two_items_and_can_be_answered_by_in_two(misconception):
    named = {item.key for item in item_bank().values() if misconception in item.misconceptions}
    assert len(named) >= 2 and len(tempted_in()[misconception]) >= 2, (named, tempted_in()[misconception])


def test_what_can_be_asked_in_a_form_is_marked_by_the_kit_and_says_why_it_went_wrong():
    for seed in range(6):
        for question in exam_form(seed, BEFORE):
            response = question.exercise().response
            assert question.item.examined and not isinstance(response, Estimate) and response.parts()

"""The exam can tell: who reads with care passes, who follows a list does not; two forms of one learner are parallel.

Few forms here; `scripts/bench_training.py` takes hundreds.
"""

import numpy as np
import pytest

from playbook.training.exam.exam_forms import AFTER, BEFORE, capstone, exam_form, passed
from playbook.training.exam.simulated_learners import CAREFUL, KNOWING, LEARNERS, MISTAKEN, score

FORMS = range(300, 312)


def capstone_points(learner, forms=FORMS):
    points = []
    for seed in forms:
        exercise = capstone(seed, 1).exercise()
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

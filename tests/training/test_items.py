"""Every item of the bank: the same seed draws the same, the truth is reached and hidden, each choice has its answer."""

import re

import pytest

from playbook.coaching.tasks import TASKS
from playbook.training import misconceptions
from playbook.training.answer_fields import YES, Pick, Tick
from playbook.training.exercise_paper import exercise_on_paper
from playbook.training.item_bank import item_bank
from playbook.training.kinds.choose_one import ChooseOne
from playbook.training.kinds.estimate import HIGH, LOW
from playbook.training.kinds.mark_in_picture import MarkInPicture
from playbook.training.kinds.mistake_in_lines import MistakeInLines

ITEMS = tuple(item_bank().values())
SEEDS = (1, 2, 3)
each_item = pytest.mark.parametrize("item", ITEMS, ids=lambda item: item.key)


@each_item
def test_the_same_seed_draws_the_same_exercise(item):
    one, again = item.exercise(7), item.exercise(7)
    assert one.question == again.question and one.hints == again.hints
    assert one.response.fields() == again.response.fields() and one.response.best() == again.response.best()


@each_item
def test_another_seed_draws_another_exercise(item):
    variants = {exercise_on_paper(item.exercise(seed)).text for seed in range(1, 6)}
    assert len(variants) >= 4


@each_item
def test_the_best_answer_is_complete_and_gets_every_point(item):
    for seed in SEEDS:
        response = item.exercise(seed).response
        best = response.best()
        assert response.missing(best) == "" and response.missing({}) != ""
        marked = response.mark(best)
        assert marked.points is None or marked.right
        assert marked.points is not None or marked.then.mark(marked.then.best()).right


@each_item
def test_every_choice_is_answered_with_whole_sentences_of_its_own_numbers(item):
    for seed in SEEDS:
        for sentence in _feedback_of_every_choice(item.exercise(seed).response):
            assert re.match(r"[A-Z“0-9]", sentence) and sentence.rstrip("”").endswith((".", "?", "!")), sentence
            assert "nan" not in sentence.lower().split() and "{" not in sentence


@each_item
def test_the_sheet_on_paper_holds_no_feedback_and_no_rule(item):
    exercise = item.exercise(3)
    paper = exercise_on_paper(exercise)
    for sentence in {*_feedback_of_every_choice(exercise.response), item.rule, *exercise.hints}:
        assert sentence not in paper.text and sentence not in paper.html


@each_item
def test_an_item_names_what_it_tests_and_a_rule_to_take_away(item):
    assert item.misconceptions and set(item.misconceptions) <= set(misconceptions.ALL)
    assert item.task in {task.number for task in TASKS}
    assert item.rule.startswith("When ") and item.rule.endswith(".")
    assert re.fullmatch(r"[a-z-]+/[a-z0-9-]+", item.key)


@each_item
def test_what_tempts_is_a_misconception_of_the_list(item):
    response = item.exercise(1).response
    tempting = {name for option in _options(response) for name in option.tempts}
    if isinstance(response, MarkInPicture):
        tempting |= {name for names in response.tempts.values() for name in names}
    assert tempting <= set(misconceptions.ALL)


@pytest.mark.parametrize(
    "item", [i for i in ITEMS if isinstance(i.exercise(1).response, ChooseOne)], ids=lambda i: i.key
)
def test_the_right_choice_is_not_told_by_its_place_or_its_length(item):
    """Over many variants it is neither always in one place nor always the longest."""
    places, longest = set(), 0
    for seed in range(24):
        response = item.exercise(seed).response
        options = response.options
        best = max(range(len(options)), key=lambda i: options[i].points)
        places.add(best)
        longest += options[best] is max(options, key=lambda option: len(option.text))
    assert len(places) >= 2


def _options(response):
    if isinstance(response, ChooseOne):
        return (*response.options, *response.reasons)
    return response.better if isinstance(response, MistakeInLines) else ()


def _feedback_of_every_choice(response):
    """What is said to each answer that differs from the best one in one field."""
    best = response.best()
    sentences = set(response.mark(best).feedback)
    for field in response.fields():
        if isinstance(field.takes, Pick):
            answers = [best | {field.key: key} for key, _ in field.takes.options]
        elif isinstance(field.takes, Tick):
            answers = [{k: v for k, v in best.items() if k != field.key}, best | {field.key: YES}]
        elif field.key in (LOW, HIGH):
            answers = [best | {LOW: "0", HIGH: "0"}, best | {HIGH: "9999999"}]
        else:
            answers = []
        for answer in answers:
            if not response.missing(answer):
                sentences |= set(response.mark(answer).feedback)
    return sentences

import math

from playbook.records.traits import TRAITS
from playbook.sentences.record_habits import HABITS, differs, for_operations, one_rule, shared


def test_every_trait_that_is_a_habit_from_some_level_on_has_words():
    assert set(HABITS) == {key for key, trait in TRAITS.items() if math.isfinite(trait.habit_from)}


def test_every_habit_is_told_in_whole_sentences():
    for trait in HABITS:
        sentences = (differs(trait, 0.8, 0.1), one_rule(trait), shared(trait, 6, 8), for_operations(trait, 6, 8))
        assert all(text[0].isupper() or text[0].isdigit() for text in sentences)
        assert all(text.endswith(".") and ".." not in text for text in sentences)


def test_operations_read_how_many_it_is_and_which_rule_would_help():
    assert for_operations("left_open", 30, 40) == (
        "With 30 of 40 reps old deals that nobody works on stand open. One rule for all would help: a deal without a "
        "sign of life for sixty days is closed, and may be opened again."
    )


def test_where_nothing_of_others_may_be_told_the_own_number_stands_alone():
    assert differs("entered_late", 0.79, float("nan")) == "79% of the deals begin in a later stage."

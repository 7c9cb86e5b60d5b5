"""What the record shows, in words, with what is usual among others and without it."""

import math

import pytest

from playbook.sentences.record_sentences import _SHOWS, shows


@pytest.mark.parametrize("trait", _SHOWS)
def test_where_what_is_usual_may_not_be_told_nothing_of_it_is_left_in_the_clause(trait):
    alone = shows(trait, 0.4, math.nan)
    assert alone and "usual:" not in alone and "nan" not in alone and "{" not in alone
    assert alone.count("(") == alone.count(")")

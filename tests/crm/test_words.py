"""A column of texts that says nothing; words that are data, in every language."""

import pandas as pd
import pytest
from babel.dates import get_month_names

from playbook.crm.headings.mapping import generic, languages
from playbook.crm.values.month_names import month_number
from playbook.crm.values.words import missing_texts


def test_a_column_that_says_nothing_is_missing_in_every_row_and_takes_texts_later():
    column = missing_texts(pd.Index([3, 5]))
    assert column.index.tolist() == [3, 5] and column.isna().all()
    column[5] = "Ana"
    assert column.tolist()[1] == "Ana" and missing_texts(pd.Index([])).empty


@pytest.mark.parametrize("words", ["total", "footer", "inactive"])
def test_words_that_no_heading_holds_are_known_in_every_language_of_the_mappings(words):
    assert set(generic().words[words]) == set(languages())


def test_no_name_of_a_month_means_two_months():
    meanings: dict[str, set[int]] = {}
    for language in languages():
        for width in ("wide", "abbreviated"):
            for context in ("format", "stand-alone"):
                for number, name in get_month_names(width, context, language).items():
                    meanings.setdefault(name.casefold().rstrip("."), set()).add(number)
    for number, names in generic().words["month"].items():
        for name in names:
            meanings.setdefault(name, set()).add(int(number))
    assert not {name for name, numbers in meanings.items() if len(numbers) > 1}
    assert all(month_number(name) in numbers for name, numbers in meanings.items())

"""Columns of texts: which are among others, and one that says nothing."""

import pandas as pd

from playbook.crm.values.words import among, none_told


def test_a_text_is_among_others_by_its_whole_and_missing_is_never():
    values = pd.Series(["001", "1", None, "002"], index=[4, 5, 6, 7], dtype="str")
    others = pd.Series(["002", None, "001", "001"], dtype="str")
    assert among(values, others).to_dict() == {4: True, 5: False, 6: False, 7: True}


def test_nothing_is_among_none():
    assert not among(pd.Series(["001"], dtype="str"), pd.Series([], dtype="str")).any()


def test_a_column_that_says_nothing_is_missing_in_every_row_and_takes_texts_later():
    column = none_told(pd.Index([3, 5]))
    assert column.index.tolist() == [3, 5] and column.isna().all()
    column[5] = "Ana"
    assert column.tolist()[1] == "Ana" and none_told(pd.Index([])).empty

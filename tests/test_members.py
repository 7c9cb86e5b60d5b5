"""Which texts are among others."""

import pandas as pd

from playbook.members import is_among


def test_a_text_is_among_others_by_its_whole_and_missing_is_never():
    values = pd.Series(["001", "1", None, "002"], index=[4, 5, 6, 7], dtype="str")
    others = pd.Series(["002", None, "001", "001"], dtype="str")
    assert is_among(values, others).tolist() == [True, False, False, True]


def test_nothing_is_among_none():
    assert not is_among(pd.Series(["001"], dtype="str"), pd.Series([], dtype="str")).any()

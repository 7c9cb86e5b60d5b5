import pandas as pd

from playbook.coaching.distinct_names import distinct_names


def people(**columns: list) -> pd.DataFrame:
    frame = pd.DataFrame({"person_id": ["a", "b", "c"], "name": ["Sam Lee", "sam lee", "Zoe"]}).assign(**columns)
    return frame.reindex(columns=["person_id", "name", "territory", "segment", "job"])


def test_names_that_differ_stay_as_they_are():
    assert distinct_names(people())["c"] == "Zoe"


def test_the_same_name_is_told_apart_by_what_tells():
    names = distinct_names(people(segment=["small", "small", None], territory=["North", "South", None]))
    assert names[["a", "b"]].tolist() == ["Sam Lee (North)", "sam lee (South)"]


def test_where_nothing_tells_the_id_does():
    assert distinct_names(people(territory=["North", "North", None]))["a"] == "Sam Lee (a)"


def test_a_person_without_a_name_is_called_by_the_id():
    assert distinct_names(people(name=["Sam", None, "Zoe"]))["b"] == "b"

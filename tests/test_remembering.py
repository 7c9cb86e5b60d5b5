"""What was derived stays with what it was derived from."""

import pickle

import pandas as pd

from playbook.company import Company
from playbook.remembering import remembered
from tests.small_company import company, person


@remembered
def people_in(whole: Company, beginning: str) -> list[str]:
    """The people of a company whose names begin so; a list of its own each time that it is worked out."""
    return [name for name in whole.people["name"] if name.startswith(beginning)]


def test_what_is_derived_from_a_company_is_worked_out_once():
    whole = company(people=[person("ana"), person("bo")])
    assert people_in(whole, "A") is people_in(whole, "A")
    assert people_in(whole, "B") == ["Bo"]


def test_what_was_derived_from_one_company_is_not_another_s():
    whole = company(people=[person("ana")])
    assert people_in(whole, "A") == ["Ana"]
    assert people_in(whole.with_tables(people=pd.DataFrame([person("anton")])), "A") == ["Anton"]


def test_a_company_sent_to_another_process_takes_nothing_derived_along():
    whole = company(people=[person("ana")])
    before = pickle.dumps(whole)
    people_in(whole, "A")
    assert pickle.dumps(whole) == before

"""The catalogue names every table and column once, in words that fit wherever something is missing."""

import pytest

from playbook.catalogue import CATALOGUE, SECTIONS, WORTH_CLOSING, briefly_called, called, to_ask_for
from playbook.company import TABLES
from playbook.drivers.registry import DRIVERS


def test_every_table_and_every_column_is_in_it_and_nothing_else():
    columns = {f"{table}.{column}" for table, names in TABLES.items() for column in names}
    assert set(CATALOGUE) == columns | set(TABLES)


def test_no_two_are_called_the_same():
    assert len({entry.called for entry in CATALOGUE.values()}) == len(CATALOGUE)


@pytest.mark.parametrize("need", CATALOGUE)
def test_what_a_thing_is_called_fits_into_a_sentence(need):
    assert called(need)[0].islower() and called(need)[-1] not in ".,:;" and "_" not in called(need)
    assert to_ask_for(need)[0].islower() and to_ask_for(need)[-1] not in ".,:;"


def test_what_sections_and_drivers_need_is_in_it():
    needs = {need for section in SECTIONS for need in section.needs} | set(WORTH_CLOSING)
    needs |= {need for d in DRIVERS.values() for need in (*d.needs, *d.enough, *d.instead_of)}
    assert needs <= set(CATALOGUE)


def test_a_thing_is_called_briefly_without_what_explains_it():
    assert called("stage_history") == "stage history (when each deal entered each stage)"
    assert briefly_called("stage_history") == "stage history"


def test_the_words_of_the_crm_go_before_ours():
    assert to_ask_for("quotas", [{}, {"quotas": "the goals"}, {"quotas": "others"}]) == "the goals"
    assert to_ask_for("quotas", [{"activities": "tasks"}]) == CATALOGUE["quotas"].ask_for

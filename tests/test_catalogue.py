"""The catalogue names every table and column once, in words that fit wherever something is missing."""

import ast
import re

import pytest

from playbook.catalogue import (
    CATALOGUE,
    SECTIONS,
    WORTH_CLOSING,
    briefly_called,
    briefly_to_ask_for,
    called,
    export_to_ask_for,
    to_ask_for,
)
from playbook.company import TABLES
from playbook.drivers.registry import DRIVERS
from tests.scripts.requirements_files import ROOT

# A table or column is filled in from the catalogue; a row that is not there (no deal of a rep's) may be said as it is.
WORDED_BY_HAND = re.compile(
    r"(export|data) (lack(s|ed) (?!\*?\*?\{|$|it\b)|holds no (?!deal|earlier|trait)|does not (say|hold) (?!\{|$))"
    r"|[Aa]sk (your )?sales operations for (?!\{|$)|(turns|switches) it on\."
)
SAY_OFF = {"off", "not_computed", "landing"}
SECTION = re.compile(r"""(?:section_off\(team, |SECTIONS\[)"(\w+)\"""")


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
    needs = {need for section in SECTIONS.values() for need in section.needs} | set(WORTH_CLOSING)
    needs |= {need for d in DRIVERS.values() for need in (*d.needs, *d.enough, *d.instead_of)}
    assert needs <= set(CATALOGUE)


def test_a_thing_is_called_briefly_without_what_explains_it():
    assert called("stage_history") == "stage history (when each deal entered each stage)"
    assert briefly_called("stage_history") == "stage history"


def test_the_words_of_the_crm_go_before_ours():
    assert export_to_ask_for("quotas", [{}, {"quotas": "the goals"}, {"quotas": "others"}]) == "the goals"
    assert export_to_ask_for("quotas", [{"activities": "tasks"}]) == to_ask_for("quotas")


def test_a_column_of_the_deals_is_asked_for_beside_the_others():
    assert to_ask_for("opportunities.closed_on") == "the close date of each deal"
    assert export_to_ask_for("opportunities.closed_on").endswith("each deal, as one more column of the same export")


def test_a_thing_is_asked_for_briefly_without_what_it_holds():
    assert to_ask_for("quotas") == "the quotas: person, period, amount" and briefly_to_ask_for("quotas") == "the quotas"


def test_a_section_that_makes_do_with_any_is_off_only_without_all():
    losses = SECTIONS["losses"]
    assert losses.lacks(lambda needs: list(needs[1:])) == [] and losses.lacks(list) == ["opportunities.lost_reason"]
    assert SECTIONS["leaks"].lacks(lambda needs: list(needs[1:])) == ["stages.position"]


@pytest.mark.parametrize("file", sorted(ROOT.glob("playbook/**/*.py")), ids=lambda file: str(file.relative_to(ROOT)))
def test_nobody_else_words_what_an_export_lacks_or_what_to_ask_for(file):
    tree = ast.parse(file.read_text(encoding="utf-8"))
    docstrings = {node.value for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    texts = [node.value for node in ast.walk(tree) if isinstance(node, ast.Constant) and node not in docstrings]
    assert not [text for text in texts if isinstance(text, str) and WORDED_BY_HAND.search(text)]


def test_a_chapter_that_is_off_for_want_of_data_says_so_in_one_way():
    """`display.switched_off` is for these two, and for the forecast, which wants closed deals rather than a column."""
    imports = re.compile(r"^from playbook\.display import[^)\n]*(\([^)]*)?\bswitched_off\b", re.M)
    assert {file.stem for file in ROOT.glob("playbook/**/*.py") if imports.search(file.read_text())} == SAY_OFF


def test_every_section_that_a_chapter_names_is_in_the_catalogue():
    calls = [call for file in ROOT.glob("playbook/chapters/**/*.py") for call in SECTION.findall(file.read_text())]
    assert len(calls) > 8 and set(calls) <= set(SECTIONS)

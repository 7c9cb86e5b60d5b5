"""The file of operations: each row is read, or named with what to do; nothing is dropped in silence."""

import pandas as pd
import pytest

from playbook.errors import UnusableInput
from playbook.workbooks.circumstances_file import circumstances_beside, read_circumstances
from playbook.workbooks.company_source import CompanySource
from tests.small_company import company, deal, person

HEADINGS = "who,what,detail,from,until,note"
PEOPLE = [
    person("a1", name="Ana Silva", manager="m1"),
    person("b1", name="Ben Okafor", manager="m1"),
    person("b2", name="Ben Okafor", manager="m1"),
    person("m1", "manager", name="Mia Berg"),
]
COMPANY = company(people=PEOPLE, opportunities=[deal("D1", "a1", account="Acme"), deal("D2", "b1"), deal("D3", "b2")])


def written(folder, *rows, headings=HEADINGS):
    file = folder / "circumstances.csv"
    file.write_text("\n".join([headings, *rows]) + "\n", encoding="utf-8")
    return file


def refusal(folder, *rows, headings=HEADINGS):
    with pytest.raises(UnusableInput) as refused:
        read_circumstances(written(folder, *rows, headings=headings), COMPANY)
    return str(refused.value)


def test_a_row_by_name_and_a_row_by_id_are_read(tmp_path):
    rows = ("Ana Silva,part time,50%,2026-01-01,,until spring", "B1,leave,,2026-02-01,2026-02-28,")
    entries, lines = read_circumstances(written(tmp_path, *rows), COMPANY)
    assert list(entries["rep_id"]) == ["a1", "b1"] and list(entries["kind"]) == ["part_time", "leave"]
    assert entries["share"].iloc[0] == 0.5 and entries["note"].iloc[0] == "until spring"
    assert entries["ends_on"].iloc[1] == pd.Timestamp("2026-02-28")
    assert lines == ["circumstances.csv: 2 circumstances of 2 people."]


def test_a_file_with_semicolons_and_capitals_in_its_headings_is_read(tmp_path):
    file = written(tmp_path, "Ana Silva;part time;0,5;;;", headings="Who;What;Detail;From;Until;Note")
    assert read_circumstances(file, COMPANY).entries["share"].item() == 0.5


@pytest.mark.parametrize(
    ("row", "what", "remedy"),
    [
        ("Ana Sylva,leave,,2026-01-01,,", "row 2: nobody is called 'Ana Sylva'", "Did you mean: Ana Silva?"),
        ("Ben Okafor,leave,,2026-01-01,,", "row 2: 2 reps are called 'Ben Okafor'", "Write the id of the one: b1, b2."),
        ("Mia Berg,leave,,2026-01-01,,", "row 2: 'Mia Berg' is no active rep", "Leave the row out"),
        (",leave,,2026-01-01,,x", "row 2: nobody is named", "Write an id or a name"),
        ("Ana Silva,leave,,01/02/2026,,", "row 2: '01/02/2026' under from is no day", "Write it like 2026-03-31."),
        ("Ana Silva,leave,,2026-02-30,,", "row 2: '2026-02-30' under from is no day", "Write it like 2026-03-31."),
        ("Ana Silva,leav,,2026-01-01,,", "row 2: 'leav' is no kind", "Did you mean “leave”?"),
        ("Ana Silva,,,2026-01-01,,x", "row 2: '' is no kind", "The kinds are: part time;"),
        ("Ana Silva,an account is gone,Acne,,,", "row 2: no deal of this rep is with", "Did you mean: Acme?"),
        ("Ana Silva,leave,,2026-03-01,2026-02-01,", "row 2: it ends before it begins", "Exchange the two days"),
    ],
)
def test_a_row_that_cannot_be_used_is_named_with_what_to_do(tmp_path, row, what, remedy):
    text = refusal(tmp_path, row)
    assert "circumstances.csv" in text and what in text and remedy in text


def test_all_bad_rows_are_named_at_once(tmp_path):
    text = refusal(tmp_path, "Nobody,leave,,2026-01-01,,", "Ana Silva,leave,,2026-01-01,,", "Ana Silva,dreams,,,,")
    assert "2 rows cannot be used" in text and "row 2:" in text and "row 4:" in text


def test_a_row_with_a_cell_too_many_is_named_like_any_other(tmp_path):
    assert "row 2: 7 cells where there are 6 headings" in refusal(tmp_path, "Ana Silva,leave,,2026-01-01,,a,b")


def test_with_skip_bad_rows_the_others_are_used_and_each_bad_one_is_listed(tmp_path):
    file = written(tmp_path, "Nobody,leave,,2026-01-01,,", "Ana Silva,leave,,2026-01-01,,")
    entries, lines = read_circumstances(file, COMPANY, skip_bad_rows=True)
    assert list(entries["rep_id"]) == ["a1"]
    assert len(lines) == 2 and "row 2: nobody is called 'Nobody'" in lines[1] and lines[1].endswith("It is left out.")


@pytest.mark.parametrize(
    ("headings", "what"),
    [
        ("name,what,from,note", "the heading “who” is missing"),
        ("who,what,from,reason", "the heading “reason” is none of this file's"),
    ],
)
def test_a_heading_that_is_missing_or_unknown_is_named(tmp_path, headings, what):
    assert what in refusal(tmp_path, "Ana Silva,leave,2026-01-01,x", headings=headings)


def test_a_file_that_is_not_there_is_said(tmp_path):
    with pytest.raises(UnusableInput, match="there is no such file"):
        read_circumstances(tmp_path / "none.csv", COMPANY)


def test_the_file_is_among_the_inputs_of_the_build_and_nothing_is_where_none_is_given(tmp_path):
    source = CompanySource(COMPANY)
    beside = circumstances_beside(written(tmp_path, "Ana Silva,part time,50%,,,"), source, skip_bad_rows=False)
    assert [name for name, _ in beside.source.files] == ["circumstances.csv"] and len(beside.entries) == 1
    nothing = circumstances_beside(None, source, skip_bad_rows=False)
    assert nothing.entries.empty and nothing.source is source and not nothing.lines

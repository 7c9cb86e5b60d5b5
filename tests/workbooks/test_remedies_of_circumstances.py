"""A remedy that the file of circumstances prints is done as it says, and the row or the file is read then."""

import pytest

from playbook.workbooks.circumstances_file import read_circumstances
from tests.crm.printed_remedies import gathered_in
from tests.workbooks.test_circumstances_file import COMPANY, HEADINGS, refusal, written

ROOMS = ("playbook/workbooks/circumstances_file.py", "playbook/circumstances.py")
# What a test of its own holds: rows left out, a file that is not there, a row of another width, two tables.
ELSEWHERE = (
    "Correct them, or run again",
    "Check the name after",
    "Write a cell for each heading.",
    "One table is read.",
)
ANA = "Ana Silva,leave,,2026-01-01,,"
# The remedy by some words of it, the row that prints it, and the row done as it says.
ROWS = [
    ("Did you mean: ", "Ana Sylva,leave,,2026-01-01,,", ANA),
    ("Did you mean: ", "Ana Silva,an account is gone,Acne,,,", "Ana Silva,an account is gone,Acme,,,"),
    ("Write an id or a name as the export does.", "Zoe,leave,,2026-01-01,,", ANA),
    ("Write an id or a name under who.", ",leave,,2026-01-01,,", ANA),
    ("Write the id of the one: ", "Ben Okafor,leave,,2026-01-01,,", "b1,leave,,2026-01-01,,"),
    ("Leave the row out, or name the rep.", "Mia Berg,leave,,2026-01-01,,", ANA),
    ("Write it like 2026-03-31.", "Ana Silva,leave,,01/02/2026,,", "Ana Silva,leave,,2026-03-31,,"),
    ("Did you mean “", "Ana Silva,leav,,2026-01-01,,", ANA),
    ("The kinds are: ", "Ana Silva,zzz,,2026-01-01,,", ANA),
    ("Give its first day.", "Ana Silva,leave,,,,", ANA),
    ("Exchange the two days", "Ana Silva,leave,,2026-03-01,2026-02-01,", "Ana Silva,leave,,2026-02-01,2026-03-01,"),
    ("Write it into the field", "Ana Silva,part time,,2026-01-01,,", "Ana Silva,part time,50%,2026-01-01,,"),
    ("Write it like 50% or 0.5", "Ana Silva,part time,half,2026-01-01,,", "Ana Silva,part time,0.5,2026-01-01,,"),
    ("Write it as in the CRM.", "Ana Silva,an account is gone,Zz,,,", "Ana Silva,an account is gone,Acme,,,"),
]
# The same of the headings.
HEADS = [("Its headings are ", "who,kind", "who,what"), ("Other remarks go into note.", f"{HEADINGS},why", HEADINGS)]


@pytest.mark.parametrize(("words", "wrong", "right"), ROWS)
def test_a_row_done_as_its_remedy_says_is_read(words, wrong, right, tmp_path):
    assert words in refusal(tmp_path, wrong)
    assert len(read_circumstances(written(tmp_path, right), COMPANY).entries) == 1


@pytest.mark.parametrize(("words", "wrong", "right"), HEADS)
def test_a_file_with_the_headings_that_the_remedy_names_is_read(words, wrong, right, tmp_path):
    assert words in refusal(tmp_path, headings=wrong)
    assert read_circumstances(written(tmp_path, headings=right), COMPANY).entries.empty


def test_every_remedy_of_circumstances_is_tried():
    tried = [*ELSEWHERE, *(words for words, *_ in [*ROWS, *HEADS])]
    assert [r.text for r in gathered_in(ROOMS) if not any(words.strip() in r.text for words in tried)] == []

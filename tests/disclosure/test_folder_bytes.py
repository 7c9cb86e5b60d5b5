"""The whole folder taken apart, file by file and byte by byte: one stranger is changed, and nothing in it changes.

Real builds, as a manager gets them. What differs between the folders of two companies that differ in one stranger alone
is all that anybody could learn of that stranger. Where no verdict turns with the change (words may: docs/privacy.md
says which), not one byte does. The changes are drawn such that none turns.
"""

import io
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from playbook.company import Company, save
from tests.disclosure.strangers import (
    READER,
    company_of,
    figures_of,
    is_among,
    mark_of,
    numbers_in,
    strangers,
    texts_in,
    with_another_stranger,
)
from tests.workbooks.batches import batch, contents

ONE = (1,)
TWO_DRAWN = {ONE: (2, 3), (2, 1): (3, 5), (4,): (2, 3)}  # for each shape two seeds between which no verdict turns
MANY = (4, 4, 4)


def _folder(shape: tuple[int, ...], seed: int, place: Path) -> dict[str, bytes]:
    save(with_another_stranger(company_of(shape), seed), place / "company")
    result = batch(place / "company", place / "books", None, managers=(READER,))
    assert result.complete
    return contents(result.books[0].folder)


@pytest.fixture(scope="module")
def two_folders(tmp_path_factory) -> list[dict[str, bytes]]:
    return [_folder(ONE, seed, tmp_path_factory.mktemp(str(seed))) for seed in TWO_DRAWN[ONE]]


def _what_differs(folders: list[dict[str, bytes]]) -> list[str]:
    one, other = folders
    return sorted(name for name in one.keys() | other.keys() if one.get(name) != other.get(name))


def test_not_one_byte_of_a_folder_depends_on_the_one_stranger(two_folders):
    assert {"index.html", "05_each_rep.ipynb", "team/diagnosis.parquet"} <= two_folders[0].keys()
    assert _what_differs(two_folders) == []


def test_the_two_strangers_are_told_apart_by_every_figure_of_theirs():
    """Else the comparison above would compare nothing."""
    one, other = (with_another_stranger(company_of(ONE), seed) for seed in TWO_DRAWN[ONE])
    (who,) = strangers(one)
    before, after = figures_of(one, who), figures_of(other, who)
    alike = {name for name in before if before[name] == after[name]}
    assert alike <= {"win rate", "mean discount", "opened a week"}


def test_no_name_pipeline_or_stage_of_a_stranger_stands_anywhere(two_folders):
    for seed, folder in zip(TWO_DRAWN[ONE], two_folders, strict=True):
        assert [name for name, text in texts_in(folder) if mark_of(seed) in text] == []


def test_a_strangers_figures_are_no_more_among_all_numbers_than_those_of_people_who_are_not_there(two_folders):
    folder = two_folders[0]
    hold_no_figure(folder, with_another_stranger(company_of(ONE), TWO_DRAWN[ONE][0]))


def hold_no_figure(folder: dict[str, bytes], company: Company) -> None:
    """Numbers are many, and some are near to anything: how many are so by luck, people of another company tell."""
    numbers = numbers_in(folder)
    assert len(numbers) > 2_000
    elsewhere = company_of((40,), seed=9)
    for closeness in (1e-7, 1e-3):
        there, luck = (_how_many(numbers, one, closeness) for one in (company, elsewhere))
        assert there.mean() <= luck.mean() + 3 * max(luck.std(), 0.3) / np.sqrt(len(there))


def _how_many(numbers: np.ndarray, company: Company, closeness: float) -> np.ndarray:
    """Of each stranger's figures, how many are among `numbers`."""
    people = [figures_of(company, who).values() for who in strangers(company)]
    return np.array([sum(is_among(value, numbers, closeness) for value in figures) for figures in people])


def test_figures_that_did_stand_in_a_folder_would_be_noticed(two_folders):
    company = with_another_stranger(company_of(ONE), TWO_DRAWN[ONE][0])
    (who,) = strangers(company)
    note = "\n".join(f"{name}: {value}" for name, value in list(figures_of(company, who).items())[:3])
    with pytest.raises(AssertionError):
        hold_no_figure(two_folders[0] | {"note.md": note.encode()}, company)


@pytest.mark.soak
@pytest.mark.parametrize("shape", [shape for shape in TWO_DRAWN if shape != ONE], ids=str)
def test_so_it_is_with_one_of_several_strangers(shape, tmp_path):
    folders = [_folder(shape, seed, tmp_path / str(seed)) for seed in TWO_DRAWN[shape]]
    assert _what_differs(folders) == []


@pytest.mark.soak
def test_of_many_strangers_no_figure_stands_in_a_folder_whose_numbers_depend_on_them(tmp_path):
    folder = _folder(MANY, 2, tmp_path)
    assert pd.read_parquet(io.BytesIO(folder["team/levels.parquet"]))["expected"].notna().any()
    hold_no_figure(folder, with_another_stranger(company_of(MANY), 2))

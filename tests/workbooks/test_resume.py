"""`--resume` makes what is missing or out of date, and nothing else; an undisturbed batch would have made the same."""

import json
import shutil

import pytest

from playbook.company import load, save
from playbook.journal.database_journal import DatabaseJournal, Key
from tests.journal.writing import answer
from tests.workbooks.batches import chapters, contents, folder_of, manifest, quick_batch, times

NAMES = ("02_words", "06_warns")  # chapters that import nothing


@pytest.fixture(scope="module")
def made(small_company, tmp_path_factory):
    place = tmp_path_factory.mktemp("made")
    quick_batch(small_company, place / "books", chapters(place, *NAMES))
    return place / "books"


@pytest.fixture
def books(made, tmp_path):
    """A copy of the workbooks that may be damaged."""
    return shutil.copytree(made, tmp_path / "books")


def redone(before, books):
    """(manager, file) of every page and chapter that was written since `before`."""
    folders = {entry["folder"]: who for who, entry in manifest(books)["managers"].items()}
    written = (name.split("/") for name, when in times(books).items() if when != before.get(name))
    return {(folders[folder], file) for folder, file, *inside in written if not inside}


def edit(file, change):
    notebook = json.loads(file.read_text(encoding="utf-8"))
    change(notebook)
    file.write_text(json.dumps(notebook, indent=1), encoding="utf-8")


def test_damaged_edited_and_missing_files_are_made_again_and_all_others_left(made, books, small_company, tmp_path):
    one, other = folder_of(books, "M001"), folder_of(books, "M002")
    whole = (one / "06_warns.ipynb").read_bytes()
    (one / "06_warns.ipynb").write_bytes(whole[: len(whole) // 2])
    edit(one / "02_words.ipynb", lambda nb: nb["cells"][0].update(source="# My own words"))
    page = (other / "index.html").read_bytes()
    (other / "index.html").write_bytes(page[:-500])
    before = times(books)
    result = quick_batch(small_company, books, chapters(tmp_path, *NAMES), resume=True, jobs=1)
    assert redone(before, books) == {
        ("M001", "06_warns.ipynb"),
        ("M001", "06_warns.mine.ipynb"),
        ("M001", "02_words.ipynb"),
        ("M002", "index.html"),
        ("M001", "02_words.mine.ipynb"),
    }  # the page of M001 is still true: its chapters came out as they were
    copy = json.loads((one / "02_words.mine.ipynb").read_text(encoding="utf-8"))
    assert copy["cells"][0]["source"] == "# My own words"
    assert {c.edited_copy for book in result.books for c in book.chapters.values()} >= {"02_words.mine.ipynb"}
    for name in contents(made):
        if "/" in name:
            assert (books / name).read_bytes() == (made / name).read_bytes(), name


def test_a_new_entry_in_the_journal_makes_that_workbook_again(books, small_company, tmp_path):
    journal = folder_of(books, "M002") / "journal.jsonl"
    journal.write_bytes(b'{"n": 1}\n')
    before = times(books)
    quick_batch(small_company, books, chapters(tmp_path, *NAMES), resume=True, jobs=1)
    assert redone(before, books) >= {("M002", "06_warns.ipynb"), ("M002", "02_words.ipynb"), ("M002", "index.html")}
    assert not {who for who, _ in redone(before, books)} - {"M002"}
    assert journal.read_bytes() == b'{"n": 1}\n'


def test_an_answer_in_a_database_makes_that_workbook_again(books, small_company, tmp_path, monkeypatch):
    monkeypatch.setenv("PLAYBOOK_JOURNAL", f"sqlite:///{tmp_path}/journal.db")
    monkeypatch.setenv("PLAYBOOK_AUTHOR", "mo")
    of = chapters(tmp_path, *NAMES)
    quick_batch(small_company, books, of, resume=True, jobs=1)  # once for the change from files to a database
    before = times(books)
    quick_batch(small_company, books, of, resume=True, jobs=1)
    assert redone(before, books) == set()
    key = Key(load(small_company).settings.company_id, "M002", "mo")
    DatabaseJournal(f"sqlite:///{tmp_path}/journal.db", key).append([answer("01/a", "kept")])
    quick_batch(small_company, books, of, resume=True, jobs=1)
    assert redone(before, books) >= {("M002", "06_warns.ipynb"), ("M002", "02_words.ipynb")}
    assert not {who for who, _ in redone(before, books)} - {"M002"}


def test_a_calendar_laid_beside_the_chapters_makes_that_workbook_again(books, small_company, tmp_path):
    (folder_of(books, "M001") / "mine.ics").write_text("BEGIN:VCALENDAR")
    (folder_of(books, "M002") / "commitments.ics").write_text("the kit's own")
    before = times(books)
    quick_batch(small_company, books, chapters(tmp_path, *NAMES), resume=True, jobs=1)
    assert redone(before, books) >= {("M001", "06_warns.ipynb"), ("M001", "02_words.ipynb")}
    assert not {who for who, _ in redone(before, books)} - {"M001"}


def test_a_changed_chapter_is_made_again_for_everybody_and_alone(books, small_company, tmp_path):
    of = chapters(tmp_path, *NAMES)
    edit(of / "02_words.ipynb", lambda nb: nb["cells"][-1].update(source="print('Other words.')"))
    before = times(books)
    quick_batch(small_company, books, of, resume=True, jobs=1)
    both = {(who, file) for who in ("M001", "M002") for file in ("02_words.ipynb", "index.html")}
    assert redone(before, books) == both
    assert b"Other words." in (folder_of(books, "M001") / "index.html").read_bytes()


def test_a_changed_deal_makes_the_workbook_again_whose_team_it_is(books, small_company, tmp_path):
    company = load(small_company)
    own = company.people.loc[company.people["manager_id"] == "M002", "person_id"]
    deals = company.opportunities
    renamed = deals["account"].mask(deals.index == deals.index[deals["rep_id"].isin(own)][0], "Another Name Ltd")
    save(company.with_tables(opportunities=deals.assign(account=renamed)), tmp_path / "changed")
    before = times(books)
    quick_batch(tmp_path / "changed", books, chapters(tmp_path, *NAMES), resume=True, jobs=1)
    assert {who for who, _ in redone(before, books)} == {"M002"}
    assert {file for _, file in redone(before, books)} >= {f"{name}.ipynb" for name in NAMES}

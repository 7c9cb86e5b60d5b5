"""A failure stays where it is: the page says so kindly, the others are complete, --resume makes what was missing."""

import re

import pytest

from playbook.workbooks import batch as batch_module
from tests.workbooks.batches import chapters, folder_of, manifest, quick_batch, times, workbooks_in

NAMES = ("02_words", "03_fails_for_one", "04_hangs_for_one", "05_dies_for_one")
FAULTS = NAMES[1:]


@pytest.fixture(scope="module")
def one_failed(small_company, tmp_path_factory):
    """Three chapters of one manager cannot be made: one fails, one hangs, one's kernel dies."""
    place = tmp_path_factory.mktemp("failed")
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv("PLAYBOOK_TEST_FAULT_IN", "M001")
        patched.setattr(batch_module, "_SECONDS_A_REP", 1)  # what hangs is waited for that long
        result = quick_batch(small_company, place / "books", chapters(place, *NAMES), patience=4)
    return place, result


@pytest.fixture(scope="module")
def page(one_failed):
    return (folder_of(one_failed[0] / "books", "M001") / "index.html").read_text(encoding="utf-8")


def test_the_batch_is_not_complete_and_says_what_failed_and_how(one_failed):
    _, result = one_failed
    assert not result.complete
    troubles = {book.person_id: {k: c.trouble for k, c in book.chapters.items() if c.trouble} for book in result.books}
    assert set(troubles["M001"]) == set(FAULTS) and troubles["M002"] == {}
    sentences = [troubles["M001"][name].sentence for name in FAULTS]
    assert "cannot handle" in sentences[0] and "too long" in sentences[1] and "ended unexpectedly" in sentences[2]


def test_the_other_manager_has_everything(one_failed):
    books = one_failed[0] / "books"
    assert manifest(books)["managers"]["M002"]["status"] == "complete"
    assert all((folder_of(books, "M002") / f"{name}.ipynb").is_file() for name in NAMES)
    assert "could not be made" not in (folder_of(books, "M002") / "index.html").read_text(encoding="utf-8")


def test_the_one_still_gets_the_chapters_that_could_be_made(one_failed, page):
    books = one_failed[0] / "books"
    assert manifest(books)["managers"]["M001"]["status"] == "incomplete"
    assert {f.name for f in folder_of(books, "M001").glob("*.ipynb")} == {"02_words.ipynb"}
    assert "These words are for M001." in page


def test_the_page_says_which_chapters_are_missing_that_it_is_nobodys_fault_and_what_to_do(page):
    assert page.count("This chapter could not be made.") == 3 and page.count("(could not be made)") == 3
    assert "no fault of yours or of your team" in page and "--resume" in page
    assert "what this team has cannot be shown" in page  # the technical part, folded away
    assert page.index("<details>") < page.index("what this team has cannot be shown")


def test_the_page_tells_nothing_of_the_machine(page):
    assert not re.search(r"(/tmp/|/home/|/root/|site-packages|\x1b)", page)


def test_the_page_of_the_batch_says_that_not_everything_could_be_made(one_failed):
    html = (one_failed[0] / "books" / "index.html").read_text(encoding="utf-8")
    assert "Not everything could be made" in html and "1 of 4" in html and "4 of 4" in html


def test_once_the_cause_is_mended_resume_makes_what_was_missing_and_nothing_else(one_failed, small_company):
    place, _ = one_failed
    before = times(place / "books")
    result = quick_batch(small_company, place / "books", chapters(place, *NAMES), resume=True, jobs=1)
    assert result.complete
    one = folder_of(place / "books", "M001").name
    after = times(place / "books")
    written = {name for name in after if before.get(name) != after[name] and "/team/" not in name}
    assert written == {f"{one}/{name}.ipynb" for name in FAULTS} | {f"{one}/index.html"}
    assert b"could not be made" not in workbooks_in(place / "books")[f"{one}/index.html"]

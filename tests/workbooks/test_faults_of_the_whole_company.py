"""A fault in one company-wide step takes no workbook along; it is told to whoever builds, and to nobody else."""

import json

import pytest

from playbook.company import save
from playbook.team import COACHING_EFFECT, DIAGNOSIS, FORECAST, open_team
from playbook.workbooks import company_wide as steps
from tests.notebooks.in_this_process import cells_of_every_chapter
from tests.workbooks.batches import batch, chapters, folder_of, manifest
from tests.workbooks.odd_companies import odd_companies

FUNCTION = {DIAGNOSIS: "diagnosed", COACHING_EFFECT: "coaching_effect", FORECAST: "forecasts"}
FOREIGN = "Cara of another team"
COULD_NOT = "could not be computed when the workbook was made"


@pytest.fixture(scope="module", params=FUNCTION)
def failed(request, tmp_path_factory):
    """A batch in which one step of the company-wide work fails, with another team's data in the error."""

    def fail(*given: object, **named: object) -> None:
        raise ValueError(FOREIGN)

    place = tmp_path_factory.mktemp("fault")
    save(dict(odd_companies())["as usual, 2 reps, 2 managers, 4 deals each"](), place / "company")
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(steps, FUNCTION[request.param], fail)
        result = batch(place / "company", place / "books", chapters(place, "01_team"))
    return request.param, place / "books", result


def test_every_workbook_is_made_and_the_batch_says_that_not_all_is_there(failed):
    part, books, result = failed
    assert {book.status for book in result.books} == {"complete"} and not result.complete
    assert any("could not be computed for this company" in note for note in result.notes)
    assert "Not everything could be computed." in (books / "index.html").read_text(encoding="utf-8")


def test_the_cause_stands_in_the_manifest_and_in_no_managers_folder(failed):
    part, books, result = failed
    causes = {fault["part"]: fault["technical"] for fault in manifest(books)["not_computed"]}
    assert FOREIGN in causes[part] and (set(causes) - {part} == ({COACHING_EFFECT} if part == DIAGNOSIS else set()))
    assert FOREIGN not in (books / "index.html").read_text(encoding="utf-8")
    for entry in json.loads((books / "manifest.json").read_text(encoding="utf-8"))["managers"]:
        files = [f for f in (books / entry["folder"]).rglob("*") if f.is_file()]
        assert files and not [file for file in files if FOREIGN.encode() in file.read_bytes()]


def test_every_page_says_that_it_could_not_be_computed_and_whose_fault_it_is_not(failed):
    part, books, result = failed
    folder = folder_of(books, result.books[0].person_id) / "team"
    assert part in open_team(folder).not_computed
    for chapter, cells in cells_of_every_chapter(folder):
        first = next(cells).text
        assert COULD_NOT in first and "nothing about you or your team" in first, chapter

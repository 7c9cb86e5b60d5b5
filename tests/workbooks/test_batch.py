"""A batch that goes well: what it makes, that it is the same twice, and that it touches nothing else."""

import json
import os
import stat

import pandas as pd
import pytest

from playbook import roster
from playbook.company import load
from playbook.errors import UnusableInput
from playbook.workbooks import batch as batch_module
from playbook.workbooks.batch import Request, build
from playbook.workbooks.rosters import folder_name
from tests.workbooks.batches import (
    TODAY,
    batch,
    chapters,
    contents,
    folder_of,
    manifest,
    quick_batch,
    times,
    workbooks_in,
)

NAMES = ("01_team", "02_words", "06_warns")


@pytest.fixture(scope="module")
def made(small_company, tmp_path_factory):
    """The folder of workbooks, what was said on the way, the result, and the company's files before."""
    place = tmp_path_factory.mktemp("batch")
    before, lines = contents(small_company), []
    result = quick_batch(small_company, place / "books", chapters(place, *NAMES), say=lines.append)
    return place / "books", lines, result, before


def test_a_workbook_is_a_folder_with_its_page_chapters_data_and_the_place_of_the_journal(made):
    books, _, _, _ = made
    files = contents(folder_of(books, "M001"))
    assert {name for name in files if "/" not in name} == {
        "index.html",
        "guide.html",
        "guide.md",
        "sheet-for-your-leader.html",
        "sheet-for-your-team.html",
        "journal.jsonl",
        *(f"{name}.ipynb" for name in NAMES),
    }
    assert {name for name in files if "/" in name} >= {"team/team.toml", "team/people.parquet", "team/company.toml"}


def test_a_chapter_is_kept_as_executed(made):
    books, _, _, _ = made
    notebook = json.loads((folder_of(books, "M002") / "02_words.ipynb").read_text(encoding="utf-8"))
    assert notebook["cells"][-1]["outputs"][0]["text"] == "These words are for M002.\n"


def test_the_journal_is_empty_and_private(made):
    books, _, _, _ = made
    journal = folder_of(books, "M001") / "journal.jsonl"
    assert journal.read_bytes() == b"" and stat.S_IMODE(journal.stat().st_mode) == 0o600


def test_nobody_else_on_the_machine_can_read_a_workbook(made):
    books, _, _, _ = made
    places = [books, *books.rglob("*")]
    assert [p for p in places if p.name != ".build.lock" and stat.S_IMODE(p.stat().st_mode) & 0o077] == []


def test_the_manifest_tells_inputs_versions_and_each_managers_state(made, small_company):
    entries = manifest(made[0])
    assert set(entries["inputs"]) == {f.name for f in small_company.iterdir()}
    assert {"python", "player-to-coach", "pandas", "papermill"} <= set(entries["versions"])
    assert set(entries["chapters"]) == set(NAMES) and entries["as_of"] == "2026-09-18"
    for entry in entries["managers"].values():
        assert entry["status"] == "complete" and entry["seconds"] > 0
        assert len(entry["warnings"]) == 1 and entry["warnings"][0].startswith("06_warns: ")
        assert {c["status"] for c in entry["chapters"].values()} == {"made"}


def test_a_warning_is_for_whoever_runs_the_batch_and_stands_on_no_page(made):
    books, _, _, _ = made
    for name, raw in workbooks_in(books).items():
        if name.endswith("/index.html"):
            assert b"runs the batch" not in raw and b"These are for the reader" in raw, name


def test_the_page_of_the_batch_leads_to_every_workbook_by_name(made):
    books, _, _, _ = made
    html = (books / "index.html").read_text(encoding="utf-8")
    entries = sorted(manifest(books)["managers"].values(), key=lambda entry: entry["name"])
    places = [html.index(f'href="{entry["folder"]}/index.html"') for entry in entries]
    assert places == sorted(places) and "3 of 3" in html


def test_links_between_chapters_lead_within_the_page(made):
    html = (folder_of(made[0], "M001") / "index.html").read_text(encoding="utf-8")
    assert '<a href="#chapter-02-words">some words</a>' in html and 'id="chapter-02-words"' in html


def test_the_cover_says_what_to_do_this_week(made):
    html = (folder_of(made[0], "M001") / "index.html").read_text(encoding="utf-8")
    assert html.count(">This week</h2>") == 1 and html.index("this-week") < html.index('id="contents"')


def test_what_is_said_on_the_way_names_the_company_the_day_and_the_work(made):
    assert made[1] == ["Making 2 workbooks of 3 chapters from the data of Quellmark Software as of 18 Sep 2026."]


def test_the_folder_of_the_company_is_only_read(made, small_company):
    assert contents(small_company) == made[3]


def test_no_half_written_file_is_left(made):
    assert [name for name in contents(made[0]) if ".part" in name] == []


def test_one_manager_can_be_asked_for_and_one_job_makes_the_same_bytes_as_two(made, small_company, tmp_path):
    """All is worked out anew for it."""
    books, _, _, _ = made
    result = batch(small_company, tmp_path / "books", chapters(tmp_path, *NAMES), jobs=1, managers=("M001",))
    assert [book.person_id for book in result.books] == ["M001"]
    alone = workbooks_in(tmp_path / "books")
    assert alone == {name: workbooks_in(books)[name] for name in alone} and len(alone) > len(NAMES)


def test_resumed_with_nothing_changed_it_makes_nothing_again(made, small_company, tmp_path):
    books, _, _, _ = made
    before = times(books)
    result = quick_batch(small_company, books, chapters(tmp_path, *NAMES), resume=True)
    after = times(books)
    assert [name for name in after if after[name] != before[name] and "/team/" not in name] == []
    assert {c.status for book in result.books for c in book.chapters.values()} == {"kept"}
    assert all(len(book.warnings) == 1 for book in result.books)


def test_what_is_known_of_the_others_stays_when_one_manager_is_asked_for(made, small_company, tmp_path):
    books, _, _, _ = made
    quick_batch(small_company, books, chapters(tmp_path, *NAMES), managers=("M002",), resume=True)
    assert {entry["status"] for entry in manifest(books)["managers"].values()} == {"complete"}
    assert set(manifest(books)["managers"]) == {"M001", "M002"}


def test_an_unknown_manager_is_refused_before_anything_is_made(small_company, tmp_path):
    with pytest.raises(UnusableInput, match="Did you mean"):
        quick_batch(small_company, tmp_path / "books", chapters(tmp_path, "02_words"), managers=("Nobody Known",))
    assert workbooks_in(tmp_path / "books") == {}


def test_a_journal_of_older_workbooks_is_brought_along(small_company, tmp_path):
    of = chapters(tmp_path, "02_words")
    settings = load(small_company).settings
    name = roster.managers(load(small_company)).set_index("person_id").loc["M001", "name"]
    old = tmp_path / "old" / folder_name(settings.company_id, "M001", name)
    old.mkdir(parents=True)
    (old / "journal.jsonl").write_bytes(b'{"kept": true}\n')
    quick_batch(small_company, tmp_path / "books", of, journals=tmp_path / "old", managers=("M001",), jobs=1)
    new = folder_of(tmp_path / "books", "M001") / "journal.jsonl"
    assert new.read_bytes() == b'{"kept": true}\n' and stat.S_IMODE(new.stat().st_mode) == 0o600


@pytest.mark.parametrize("inside", [".", "books", "a/b"])
def test_workbooks_are_never_written_into_the_exports(small_company, tmp_path, inside):
    with pytest.raises(UnusableInput, match="into the folder of the exports"):
        batch(small_company, small_company / inside, chapters(tmp_path, "02_words"))
    assert {f.suffix for f in small_company.iterdir()} == {".parquet", ".toml"}


def test_a_folder_of_other_files_is_refused_and_stays_as_it_is(small_company, tmp_path):
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "letter.txt").write_text("dear", encoding="utf-8")
    with pytest.raises(UnusableInput, match="holds other files"):
        batch(small_company, tmp_path / "mine", chapters(tmp_path, "02_words"))
    assert contents(tmp_path / "mine") == {"letter.txt": b"dear"}


def test_a_file_is_no_folder_for_workbooks(small_company, tmp_path):
    (tmp_path / "books").touch()
    with pytest.raises(UnusableInput, match="this is a file"):
        quick_batch(small_company, tmp_path / "books", chapters(tmp_path, "02_words"))


def test_a_company_that_is_not_there_is_refused_by_name(tmp_path):
    with pytest.raises(UnusableInput, match="nowhere: there is no such folder or file"):
        build(Request([tmp_path / "nowhere"], tmp_path / "books", TODAY))


def test_raw_exports_are_imported_on_the_way_and_only_read(tmp_path):
    exports = tmp_path / "exports"
    exports.mkdir()
    deals = [
        (
            f"D{n}",
            f"Account {n}",
            ("Ana", "Ben", "Cara")[n % 3],
            ("Won", "Lost")[n % 2],
            1000 + n,
            f"2026-0{1 + n % 6}-11",
        )
        for n in range(36)
    ]
    columns = ["Opportunity ID", "Account Name", "Opportunity Owner", "Stage", "Amount", "Close Date"]
    frame = pd.DataFrame(deals, columns=columns).assign(**{"Created Date": "2025-12-01"})
    frame["Stage"] = "Closed " + frame["Stage"]
    frame.to_csv(exports / "deals.csv", index=False)
    team = pd.DataFrame({"Full Name": ["Ana", "Ben", "Cara", "Mo"], "Manager": ["Mo", "Mo", "Mo", ""]})
    team.to_csv(exports / "people.csv", index=False)
    before, lines = contents(exports), []
    result = batch(exports, tmp_path / "books", chapters(tmp_path, "02_words"), say=lines.append, jobs=1)
    assert result.complete and [book.name for book in result.books] == ["Mo"]
    assert contents(exports) == before
    assert {"import-report.md", "import-report.json", "company.toml"} <= {
        f.name for f in (tmp_path / "books" / "_company").iterdir()
    }
    assert len(lines) > 1 and os.path.commonpath([tmp_path]) not in (tmp_path / "books" / "index.html").read_text(
        encoding="utf-8"
    )


def test_a_step_may_take_longer_where_more_people_report_to_the_manager(small_company, tmp_path, monkeypatch):
    given = {}
    real = batch_module.stale_chapters

    def noted(run, inputs, *, patience, resume):
        given[run.state.person_id] = patience
        return real(run, inputs, patience=patience, resume=resume)[:0]

    monkeypatch.setattr(batch_module, "stale_chapters", noted)
    quick_batch(small_company, tmp_path / "books", of=None, patience=10)
    people = load(small_company).people
    assert given == {manager: 10 + 5 * int((people["manager_id"] == manager).sum()) for manager in given} != {}

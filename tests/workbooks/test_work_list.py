"""The chapters that a workbook holds are those of its last build, however they were numbered before."""

import json
import shutil

from playbook.workbooks.summary import summary_lines
from tests.workbooks.batches import CHAPTERS, chapters, folder_of, manifest, quick_batch


def test_a_chapter_under_its_former_number_is_gone_an_edited_one_kept_and_a_managers_own_notebook_left_alone(
    small_company, tmp_path
):
    books, renumbered = tmp_path / "books", tmp_path / "renumbered"
    quick_batch(small_company, books, chapters(tmp_path, "02_words", "06_warns"))
    one, other = folder_of(books, "M001"), folder_of(books, "M002")
    edited = json.loads((one / "06_warns.ipynb").read_text(encoding="utf-8"))
    edited["cells"][0]["source"] = "# My own words"
    (one / "06_warns.ipynb").write_text(json.dumps(edited), encoding="utf-8")
    shutil.copyfile(CHAPTERS / "02_words.ipynb", one / "10_my_notes.ipynb")
    renumbered.mkdir()
    shutil.copyfile(CHAPTERS / "02_words.ipynb", renumbered / "03_words.ipynb")
    result = quick_batch(small_company, books, renumbered)
    notebooks = [sorted(file.name for file in folder.glob("*.ipynb")) for folder in (one, other)]
    assert notebooks == [["03_words.ipynb", "06_warns.mine.ipynb", "10_my_notes.ipynb"], ["03_words.ipynb"]]
    assert json.loads((one / "06_warns.mine.ipynb").read_text(encoding="utf-8")) == edited
    assert manifest(books)["managers"]["M001"]["edited_former_chapters_kept_as"] == ["06_warns.mine.ipynb"]
    assert any(line.endswith(": 06_warns.mine.ipynb") for line in summary_lines(result))

import os
import re
from pathlib import Path

import pytest

from playbook.chapters import guide
from playbook.coaching.guide_chapters import chapters

ROOT = Path(__file__).resolve().parents[2]


def addresses(page_part):
    return re.findall(r'href="([^"]+)"', page_part.html)


def test_beside_the_guides_text_a_line_leads_to_its_chapters(tmp_path, monkeypatch):
    (tmp_path / "guide.md").write_text("the guide", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    page_part = guide.further_reading("protect_time", "win_rate")
    assert addresses(page_part) == ["guide.md#Protect-time-for-managing", "guide.md#Take-the-win-rate-apart"]


@pytest.mark.parametrize("chapter", chapters(), ids=lambda chapter: chapter.key)
def test_in_the_kits_own_folder_a_line_leads_to_the_text_of_the_chapter(chapter, monkeypatch):
    monkeypatch.chdir(ROOT / "notebooks" / "workbook")
    (address,) = addresses(guide.further_reading(chapter.key))
    assert Path(os.path.normpath(Path.cwd() / address)) == ROOT / "playbook" / "guide" / chapter.file
    assert Path(address).is_file()


def test_where_there_is_neither_the_chapter_is_named_without_a_link(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    page_part = guide.further_reading("protect_time")
    assert addresses(page_part) == [] and "Protect time for managing" in page_part.html


def test_a_line_reads_the_same_without_html(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    page_part = guide.further_reading("read_the_data", "assess_skills")
    assert re.sub(r"<[^>]+>", "", page_part.html) == page_part.text.replace("'", "&#x27;")
    assert page_part.text.endswith("Read the data for what stops deals (5) and Assess each rep's skills (4).")


def test_a_chapter_that_does_not_exist_is_an_error():
    with pytest.raises(KeyError):
        guide.further_reading("charm")

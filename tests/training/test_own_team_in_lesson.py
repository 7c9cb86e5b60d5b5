"""The second half of a lesson on the learner's own team: that team and no other, and a way to bring it along."""

import json

import pytest

from playbook.chapters.why_deals_are_lost import lost_deals
from playbook.cli import main
from playbook.team import SAMPLE_TEAM
from playbook.training.learner import learner_here
from playbook.training.learner_folder import lay_out
from playbook.training.lesson_cells import open_lesson
from playbook.training.lesson_list import lesson_list, lessons_folder
from playbook.training.own_team_in_lesson import on_your_own_team

SAMPLE = lessons_folder().parent.parent / SAMPLE_TEAM


def test_without_a_workbook_it_says_how_to_bring_one_along(tmp_path):
    lesson = open_lesson("where_deals_leak", lay_out(tmp_path / "mine"))
    assert "playbook lab WORKBOOK --training" in on_your_own_team(lesson, lost_deals.where_it_leaks).text


def test_with_a_workbook_it_shows_that_team_and_says_that_nobody_knows_the_truth(tmp_path):
    lesson = open_lesson("where_deals_leak", lay_out(tmp_path / "mine", workbook=SAMPLE))
    part = on_your_own_team(lesson, lambda team: lost_deals.where_it_leaks(team))
    assert "Nobody knows the truth here" in part.text and "%" in part.text


def test_the_workbook_is_remembered_when_the_lessons_are_laid_out_again(tmp_path):
    lay_out(tmp_path / "mine", workbook=SAMPLE)
    assert learner_here(lay_out(tmp_path / "mine")).workbook == SAMPLE.resolve()


def test_a_workbook_that_is_gone_is_named_and_the_lesson_goes_on(tmp_path):
    lesson = open_lesson("where_deals_leak", lay_out(tmp_path / "mine", workbook=tmp_path / "gone"))
    assert "cannot be opened" in on_your_own_team(lesson, lost_deals.where_it_leaks).text


def test_a_folder_that_is_no_workbook_is_refused_before_the_training_is_laid_out(tmp_path, capsys):
    assert main(["lab", str(tmp_path), "--training", str(tmp_path / "mine")]) == 2
    assert not (tmp_path / "mine").exists() and str(tmp_path) in capsys.readouterr().err


@pytest.mark.parametrize("number", ["02", "03", "08", "09"])
def test_these_lessons_end_on_the_own_team(number):
    (lesson,) = [one for one in lesson_list() if one.number == number]
    cells = json.loads(lesson.file.read_text(encoding="utf-8"))["cells"]
    assert any("on_your_own_team(lesson, " in "".join(cell["source"]) for cell in cells)


@pytest.fixture
def kit(tmp_path, monkeypatch):
    """A copy of the kit's lessons, opened in the kit's own JupyterLab."""
    lessons = tmp_path / "kit" / "notebooks" / "training"
    lessons.mkdir(parents=True)
    monkeypatch.setattr("playbook.training.learner_folder.lessons_folder", lambda: lessons)
    monkeypatch.chdir(lessons)
    monkeypatch.setenv("PLAYBOOK_LAB", "1")
    return tmp_path / "kit"


def test_a_lesson_from_the_front_door_keeps_its_answers_in_my_training(kit):
    learner = learner_here()
    assert learner.folder == kit / "my-training" and learner.saved.lasting
    assert (kit / "my-training" / lesson_list()[0].file.name).is_file()
    assert learner_here().own_seed == learner.own_seed > 0


def test_a_file_in_the_way_of_my_training_leaves_the_lesson_running(kit):
    (kit / "my-training").write_text("in the way", encoding="utf-8")
    assert learner_here().folder is None and not learner_here().saved.lasting


def test_outside_the_kits_lab_a_lesson_in_the_kit_keeps_nothing(kit, monkeypatch):
    monkeypatch.delenv("PLAYBOOK_LAB")
    assert learner_here().folder is None and not (kit / "my-training").exists()

"""`playbook progress`: a table, JSON, and every attempt as CSV."""

import csv
import json

import pytest

from playbook.cli import main
from playbook.training.attempts import Attempt, events_of
from playbook.training.learner import learner_here
from playbook.training.learner_folder import lay_out
from playbook.training.lesson_list import lesson_list

LESSON = lesson_list()[1]


@pytest.fixture
def folder(tmp_path):
    place = lay_out(tmp_path / "mine", own_seed=5)
    learner = learner_here(place)
    right = Attempt(LESSON.items[0], 3, {"choice": "watch"}, points=1.0, sure=80, within=LESSON.key)
    wrong = Attempt(LESSON.items[1], 4, {"point": "A"}, points=0.0, sure=90, within=LESSON.key)
    learner.saved.journal.append([*events_of(right, "me"), *events_of(wrong, "me")])
    return place


def test_the_table_says_of_each_lesson_what_was_tried_and_right(folder, capsys):
    assert main(["progress", str(folder)]) == 0
    lines = capsys.readouterr().out.splitlines()
    line = next(line for line in lines if LESSON.title in line)
    assert f"2 of {len(LESSON.items)}" in line and line.endswith("1")
    assert any("To be asked again: 1 exercise" in line for line in lines)
    assert sum("Follow-up " in line for line in lines) == 5


def test_the_same_comes_as_json(folder, capsys):
    main(["progress", str(folder), "--json"])
    data = json.loads(capsys.readouterr().out)
    row = next(row for row in data["lessons"] if row["lesson"] == LESSON.number)
    assert (row["tried"], row["right_last_time"]) == (2, 1)
    assert data["calibration"]["answers"] == 2 and data["comes_back"][0]["item"] == LESSON.items[1]


def test_every_attempt_is_exported_with_its_answer(folder, tmp_path, capsys):
    assert main(["progress", str(folder), "--export", str(tmp_path / "attempts.csv")]) == 0
    with (tmp_path / "attempts.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [(row["item"], json.loads(row["answer"])) for row in rows] == [
        (LESSON.items[0], {"choice": "watch"}),
        (LESSON.items[1], {"point": "A"}),
    ]
    assert "2 answers" in capsys.readouterr().out


def test_a_folder_without_a_training_is_named_with_the_way_to_one(tmp_path, capsys):
    assert main(["progress", str(tmp_path)]) == 2
    error = capsys.readouterr().err
    assert str(tmp_path) in error and "playbook lab --training" in error

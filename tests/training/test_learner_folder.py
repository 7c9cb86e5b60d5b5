"""A learner's folder: lessons and facts laid out; newer lessons come, answers and own changes stay."""

import json
import tomllib

import pytest

from playbook.errors import UnusableInput
from playbook.journal.open_journal import URL
from playbook.training.attempts import Attempt, events_of
from playbook.training.learner import learner_here
from playbook.training.learner_folder import lay_out
from playbook.training.lesson_list import training_notebooks

LESSON = training_notebooks()[-1].name


@pytest.fixture(autouse=True)
def _no_database(monkeypatch):
    monkeypatch.delenv(URL, raising=False)


def test_a_new_folder_holds_every_lesson_and_whose_variants_are_drawn(tmp_path):
    folder = lay_out(tmp_path / "mine")
    assert {file.name for file in folder.glob("*.ipynb")} == {file.name for file in training_notebooks()}
    assert tomllib.loads((folder / "training.toml").read_text())["seed"] > 0
    assert folder.stat().st_mode & 0o077 == 0


def test_two_learners_meet_different_variants_and_one_the_same_again(tmp_path):
    first, second = lay_out(tmp_path / "a"), lay_out(tmp_path / "b")
    seeds = [learner_here(folder).next_seed("luck/two-quarters") for folder in (first, second, first)]
    assert seeds[0] != seeds[1] and seeds[0] == seeds[2]


def test_after_an_attempt_another_variant_is_drawn(tmp_path):
    learner = learner_here(lay_out(tmp_path / "a"))
    before = learner.next_seed("luck/two-quarters")
    learner.saved.journal.append(events_of(Attempt("luck/two-quarters", before, {"choice": "x"}, 0.0), "ana"))
    assert learner_here(tmp_path / "a").next_seed("luck/two-quarters") != before


def test_laying_out_again_changes_nothing_that_is_there(tmp_path):
    folder = lay_out(tmp_path / "mine")
    (folder / "journal.jsonl").write_bytes(b"")
    before = {file.name: file.read_bytes() for file in folder.iterdir()}
    lay_out(folder)
    assert {file.name: file.read_bytes() for file in folder.iterdir()} == before


def test_a_lesson_of_an_older_kit_is_replaced(tmp_path):
    folder = lay_out(tmp_path / "mine")
    older = _with_text(folder / LESSON, "An older lesson.")
    facts = tomllib.loads((folder / "training.toml").read_text())
    from playbook.training import learner_folder

    facts["lessons"][LESSON] = learner_folder._cells_of(folder / LESSON)
    (folder / "training.toml").write_bytes(learner_folder.tomli_w.dumps(facts).encode())
    lay_out(folder)
    assert (folder / LESSON).read_text() != older and not list(folder.glob("*.mine*"))


def test_a_lesson_that_somebody_changed_is_put_aside(tmp_path):
    folder = lay_out(tmp_path / "mine")
    changed = _with_text(folder / LESSON, "My own notes.")
    lay_out(folder)
    (aside,) = folder.glob("*.mine.ipynb")
    assert aside.read_text() == changed and "My own notes." not in (folder / LESSON).read_text()


def test_outputs_that_jupyterlab_saved_are_no_change(tmp_path):
    folder = lay_out(tmp_path / "mine")
    notebook = json.loads((folder / LESSON).read_text())
    notebook["cells"][1]["outputs"] = [{"output_type": "stream", "name": "stdout", "text": "x"}]
    (folder / LESSON).write_text(json.dumps(notebook))
    lay_out(folder)
    assert not list(folder.glob("*.mine*")) and '"text": "x"' in (folder / LESSON).read_text()


def test_a_folder_with_other_files_is_not_taken(tmp_path):
    (tmp_path / "deals.csv").write_text("a")
    with pytest.raises(UnusableInput, match="something else lies there"):
        lay_out(tmp_path)


def test_in_the_kits_own_folder_nothing_lasts(tmp_path):
    assert not learner_here(tmp_path).saved.lasting


def _with_text(file, text):
    notebook = json.loads(file.read_text())
    notebook["cells"][0]["source"] = [text]
    file.write_text(json.dumps(notebook))
    return file.read_text()

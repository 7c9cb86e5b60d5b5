"""The certificate: only for a capstone that is met; it says what was shown and what not, and holds no score."""

import re

import ipywidgets as widgets
import pytest

from playbook.cli import main
from playbook.errors import PlaybookError, UnusableInput
from playbook.training.attempts import Attempt, events_of
from playbook.training.exam import exam_cells
from playbook.training.exam.exam_forms import CAPSTONE, PASSED_FROM
from playbook.training.exam.sittings import WITHIN_CAPSTONE
from playbook.training.learner import learner_here
from playbook.training.learner_folder import lay_out
from playbook.training.lesson_cells import open_lesson
from playbook.workbooks import certificate_file
from playbook.workbooks.certificate_file import write_certificate
from playbook.workbooks.pdf import check_pdf
from tests.training.test_live_exercise import button, inside, text_of
from tests.workbooks.pdf_text import pdf_text


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.delenv("PLAYBOOK_JOURNAL", raising=False)
    return lay_out(tmp_path / "mine", own_seed=5)


def judged(folder, points):
    attempt = Attempt(CAPSTONE, 7, {"first": "Ana"}, points, within=WITHIN_CAPSTONE)
    learner_here(folder).saved.journal.append(events_of(attempt, "ana"))


@pytest.mark.parametrize("points", [None, PASSED_FROM - 0.01])
def test_there_is_no_certificate_before_the_capstone_is_met(folder, points):
    if points is not None:
        judged(folder, points)
    with pytest.raises(UnusableInput, match="not met yet"):
        write_certificate(folder, name="Ana Silva")
    assert not (folder / certificate_file.CERTIFICATE).exists()


def test_points_of_an_exercise_earn_no_certificate(folder):
    warm_up = Attempt(CAPSTONE, 7, {"first": "Ana"}, 1.0, within="capstone")
    learner_here(folder).saved.journal.append(events_of(warm_up, "ana"))
    with pytest.raises(UnusableInput, match="not met yet"):
        write_certificate(folder, name="Ana Silva")


def test_a_certificate_says_what_was_shown_what_not_and_no_score(folder):
    judged(folder, 0.4)
    judged(folder, 0.9)
    write_certificate(folder, name="Ana Silva")
    body = (folder / "certificate.html").read_text().partition("<main")[2]
    assert "Ana Silva" in body and "What it does not show" in body and "does it at work" in body
    text = re.sub(r"<[^>]+>|\d{1,2} \w+ 20\d\d", " ", body)
    assert not re.search(r"\d|%|points|score", text)


def test_a_name_is_written_as_a_name_whatever_it_holds(folder):
    judged(folder, 1.0)
    write_certificate(folder, name="<script>alert(1)</script> O'Hara")
    assert "<script>" not in (folder / "certificate.html").read_text()


def test_a_certificate_without_a_name_is_none(folder):
    judged(folder, 1.0)
    with pytest.raises(UnusableInput, match="name is missing"):
        write_certificate(folder, name="  ")


def test_a_folder_without_a_training_is_said_to_be_none(tmp_path):
    with pytest.raises(UnusableInput, match="no training lies here"):
        write_certificate(tmp_path, name="Ana")


def test_the_command_writes_it_where_it_is_asked_to(folder, tmp_path, capsys):
    judged(folder, 1.0)
    file = tmp_path / "ana.html"
    assert main(["certificate", str(folder), "--name", "Ana Silva", "--to", str(file)]) == 0
    assert str(file) in capsys.readouterr().out and "Ana Silva" in file.read_text()


def test_the_command_says_that_the_capstone_is_not_met(folder, capsys):
    assert main(["certificate", str(folder), "--name", "Ana"]) == 2
    assert "The capstone is not met yet." in capsys.readouterr().err


def test_as_a_pdf_it_is_one_page(folder):
    try:
        check_pdf()
    except PlaybookError as missing:
        pytest.skip(f"no PDF can be made on this machine: {missing.what}")
    judged(folder, 1.0)
    write_certificate(folder, name="Ana Silva", pdf=True)
    (page,) = pdf_text((folder / "certificate.pdf").read_bytes()).pages
    assert "Ana Silva" in page and "What it does not show" in page


def test_the_button_on_the_page_writes_it_as_soon_as_the_capstone_is_met(folder):
    page = exam_cells.certificate(open_lesson("capstone", folder), write_certificate).live()
    next(w for w in inside(page) if isinstance(w, widgets.Text)).value = "Ana Silva"
    button(page, "Write").click()
    assert "not met yet" in text_of(page)
    judged(folder, 1.0)
    button(page, "Write").click()
    assert "Ana Silva" in (folder / "certificate.html").read_text() and "certificate.html" in text_of(page)

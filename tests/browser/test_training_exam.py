"""The capstone in a real JupyterLab: judged by keyboard, the truth nowhere before, the result, and a certificate."""

import pytest
from playwright.sync_api import expect

from playbook.training.exam.sittings import capstone_sitting, capstones, met_on
from playbook.training.learner import learner_here
from playbook.training.learner_folder import lay_out
from playbook.training.lesson_list import exam_pages
from tests.browser.chapter_forms import findings_of_axe
from tests.browser.jupyterlab import JupyterLab, serving

pytestmark = pytest.mark.browser
CAPSTONE = next(page for page in exam_pages() if page.exam == "capstone")
OWN = 5
RESPONSE = capstone_sitting(OWN, ()).questions[0].exercise().response


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return lay_out(tmp_path_factory.mktemp("learner") / "mine", own_seed=OWN)


@pytest.fixture(scope="module")
def lab(chromium, folder, tmp_path_factory):
    with serving(folder, home=tmp_path_factory.mktemp("home")) as address, JupyterLab(chromium, address) as lab:
        lab.open(CAPSTONE.file.name)
        lab.fill_in()
        team(lab).wait_for()
        yield lab


def team(lab):
    """The exam among the page's exercises: the one that can be finished."""
    return lab.notebook.locator(".ptc-exercise").filter(has_text="Finish, and see the result")


def test_nothing_of_the_truth_is_in_the_page_before_the_team_is_judged(lab):
    content = lab.page.content()
    assert lab.errors() == [] and lab.outside == []
    assert not [rep.why for rep in RESPONSE.team.reps if rep.why in content]


def test_axe_finds_nothing_in_the_exam(lab):
    assert findings_of_axe(lab) == []


def test_the_team_is_judged_by_keyboard_and_the_result_is_read_out(lab, folder):
    exam, best = team(lab), RESPONSE.best()
    for field in RESPONSE.fields():
        words = dict(field.takes.options)[best[field.key]]
        menu = exam.get_by_role("combobox", name=field.label, exact=True)
        menu.focus()
        lab.page.keyboard.type(words, delay=5)
        expect(menu.locator("option:checked")).to_have_text(words)
    exam.get_by_role("button", name="Finish, and see the result").focus()
    lab.page.keyboard.press("Enter")
    result = lab.notebook.get_by_role("status").filter(has_text="What was planted")
    expect(result).to_contain_text("Met.")
    assert met_on(learner_here(folder).attempts) is not None


def test_the_certificate_is_written_from_the_page_as_soon_as_it_is_met(lab, folder):
    lab.notebook.get_by_role("textbox", name="Your name, as it shall stand there").fill("Ana Silva")
    lab.notebook.get_by_role("button", name="Write my certificate").press("Enter")
    expect(lab.notebook.get_by_text("The certificate is in")).to_be_visible()
    assert "Ana Silva" in (folder / "certificate.html").read_text()


def test_another_team_waits_for_whoever_wants_one(lab, folder):
    lab.notebook.get_by_role("button", name="Take another team").press("Enter")
    other = capstone_sitting(OWN, learner_here(folder).attempts).questions[0].exercise().response.team.reps
    expect(team(lab).get_by_role("combobox", name=other[0].name, exact=True)).to_be_visible()
    assert len(capstones(learner_here(folder).attempts)) == 1

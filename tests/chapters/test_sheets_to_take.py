import pytest

from playbook.chapters.the_coaching_conversation.sheets_to_take import sheets
from playbook.errors import UnusableInput
from playbook.forms.form import Form
from playbook.journal.file_journal import FileJournal
from tests.coaching.small_team import DIAGNOSIS, REPS, team, thin
from tests.forms.at_work import workbook
from tests.forms.test_live import every
from tests.journal.writing import answer


def labels(form: Form) -> str:
    """The names of all controls of the live form."""
    return " ".join(control.description for control in every(form.live()) if hasattr(control, "description"))


def test_in_jupyterlab_each_rep_has_a_skills_sheet_and_anybody_one_more():
    text = labels(sheets(team()))
    assert all(f"{name} marks" in text for name in (*REPS.values(), "The rep"))


@pytest.mark.parametrize("mine", [team(None), team(None, thin({"r1": "Ana"})), team(None, thin())])
def test_without_any_data_the_sheets_are_there_all_the_same(mine):
    form = sheets(mine)
    assert all(part in form.text for part in ("A skills sheet for anybody", "Economic buyer", "A joint call"))
    assert ("Ana marks" in labels(form)) == (not mine.reps.empty)


def test_on_paper_every_sheet_is_folded_away_and_a_rep_has_one_once_it_is_begun(tmp_path):
    html = sheets(team()).html
    assert "<table" not in html.split("<details>")[0] and html.count("<details>") == 3
    mine = workbook(tmp_path)
    FileJournal(tmp_path / "journal.jsonl").append([answer("skills/r1/worth/rep", "seen")])
    text = sheets(mine).text
    assert "The skills sheet of Ana" in text and "The skills sheet of Ben" not in text


def test_one_rep_can_be_chosen_and_an_unknown_one_is_told():
    assert "Ben marks" not in labels(sheets(team(), "Ana")) and "Ana marks" in labels(sheets(team(), "Ana"))
    with pytest.raises(UnusableInput):
        sheets(team(), "Zoe")


def test_somebody_of_another_job_has_no_sheet_about_selling():
    other = team(DIAGNOSIS.assign(sells=DIAGNOSIS["rep_id"] != "r2"))
    assert "Ben marks" not in labels(sheets(other)) and "Ana marks" in labels(sheets(other))

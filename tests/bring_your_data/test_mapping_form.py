"""The form of bring_your_data: live menus, the same on paper, and a mapping file that the batch reads."""

import re

import ipywidgets as widgets
import pytest

from playbook.bring_your_data.mapping_form import _Live, bring_your_data
from tests.crm.export_files import PLAIN, import_files, write_rows

ASKS = [["Deal ID", "Rep", "Stage", "Worth", "Close Date"], ["1", "Ana", "Hooray", "10", "01/02/2026"],
        ["2", "Bo", "Alas", "20", "03/04/2026"]]  # fmt: skip


def every(widget: widgets.Widget) -> list[widgets.Widget]:
    return [widget, *(inner for child in getattr(widget, "children", ()) for inner in every(child))]


def named(live: _Live, label: str) -> widgets.Widget:
    (control,) = [w for w in every(live.root) if getattr(w, "description", "") == label]
    return control


def below(live: _Live) -> str:
    return re.sub(r"<[^>]+>", " ", " ".join(w.value for w in every(live.root) if isinstance(w, widgets.HTML)))


@pytest.fixture
def asking(tmp_path):
    deals = write_rows(tmp_path / "in", "deals.csv", ASKS)
    return _Live(str(deals), str(tmp_path / "mapping.toml"))


def test_every_control_says_what_it_is_about_and_none_is_a_slider(asking):
    controls = [w for w in every(asking.root) if isinstance(w, widgets.ValueWidget | widgets.Button)]
    assert all(w.description for w in controls if not isinstance(w, widgets.HTML))
    assert not any("Slider" in type(w).__name__ for w in controls)


def test_an_open_question_is_shown_and_a_choice_settles_it(asking):
    assert "could have the day or the month first" in below(asking)
    named(asking, "Preview").click()
    assert "Not yet." in below(asking)
    named(asking, "Days are written").value = "dmy"
    named(asking, "Hooray means").value = "won"
    named(asking, "Alas means").value = "lost"
    named(asking, "Preview").click()
    assert "The first 2 of 2 deals" in below(asking)
    assert "2026-04-03" in below(asking)


def test_what_is_saved_works_in_the_batch(asking, tmp_path):
    named(asking, "Days are written").value = "mdy"
    named(asking, "Hooray means").value = "won"
    named(asking, "Alas means").value = "lost"
    named(asking, "Worth is").value = "amount"
    named(asking, "Save the mapping file").click()
    assert "--mapping" in below(asking)
    deals = import_files(tmp_path / "in", mapping=tmp_path / "mapping.toml").company.opportunities
    assert deals["closed_on"].dt.strftime("%m-%d").tolist() == ["01-02", "03-04"]
    assert (deals["amount"].tolist(), deals["outcome"].tolist()) == ([10, 20], ["won", "lost"])


def test_a_file_that_becomes_another_kind_offers_the_fields_of_that_kind(asking):
    named(asking, "deals.csv is").value = "people"
    assert "manager (name)" in dict(named(asking, "Rep is").options)
    named(asking, "deals.csv is").value = ""
    assert not [w for w in every(asking.root) if getattr(w, "description", "") == "Rep is"]


def test_a_path_that_is_not_there_is_said_not_raised(tmp_path):
    assert "no such file" in below(_Live(str(tmp_path / "nowhere"), "m.toml")).lower()


def test_a_place_that_cannot_be_written_to_is_said_not_raised(asking, tmp_path):
    (tmp_path / "blocked").write_text("a file where a folder should be")
    named(asking, "Save the mapping as").value = str(tmp_path / "blocked" / "mapping.toml")
    named(asking, "Save the mapping file").click()
    assert "It could not be saved." in below(asking)


def test_on_paper_the_same_proposal_stands_as_tables(tmp_path):
    part = bring_your_data(str(write_rows(tmp_path, "deals.csv", PLAIN)))
    assert "<select" not in part.html and "<script" not in part.html
    assert "its owner (name)" in part.html and "Closed Won" in part.html
    assert "Name the folder or the files" in bring_your_data("").html


def test_text_from_the_files_does_no_harm(tmp_path):
    rows = [[*row, extra] for row, extra in zip(PLAIN, ["<img src=x>", "<b>1</b>", "2", "3"], strict=True)]
    deals = write_rows(tmp_path, "deals.csv", rows)
    live = _Live(str(deals), "m.toml")
    named(live, "Preview").click()
    part = bring_your_data(str(deals)).html + "".join(w.value for w in every(live.root) if isinstance(w, widgets.HTML))
    assert "<img" not in part and "<b>1" not in part


FINNISH = [["Tunnus", "Myyjä", "Vaihe", "Summa", "Päättyi"],
           ["F1", "Aino", "Voitettu", "1.500,00", "13.02.2026"], ["F2", "Aino", "Hävitty", "900,00", "14.02.2026"],
           ["F3", "Eero", "Tarjous", "10,00", "15.08.2026"], ["F4", "Eero", "Tapaus", "9,0", "16.08.2026"]]  # fmt: skip


def test_a_file_in_a_language_that_nobody_mapped_is_read_after_its_columns_stages_and_order_were_chosen(tmp_path):
    deals = write_rows(tmp_path / "in", "kaupat.csv", FINNISH, separator=";")
    live = _Live(str(deals), str(tmp_path / "mapping.toml"))
    named(live, "kaupat.csv is").value = "opportunities"
    fields = ("opportunity_id", "rep_name", "stage", "amount", "closed_on")
    for heading, field in zip(FINNISH[0], fields, strict=True):
        named(live, f"{heading} is").value = field
    named(live, "Preview").click()
    assert "One more question." in below(live)
    named(live, "Voitettu means").value = "won"
    named(live, "Hävitty means").value = "lost"
    named(
        live, [w.description for w in every(live.root) if "order deals go" in getattr(w, "description", "")][0]
    ).value = "Tapaus\nTarjous\n"
    named(live, "Preview").click()
    assert "The first 4 of 4 deals" in below(live)
    named(live, "Save the mapping file").click()
    assert "One more question" not in below(live)
    company = import_files(tmp_path / "in", mapping=tmp_path / "mapping.toml").company
    assert company.opportunities["outcome"].tolist() == ["won", "lost", "open", "open"]
    assert company.opportunities["amount"].tolist() == [1500, 900, 10, 9]
    assert company.stages["stage"].tolist()[:2] == ["Tapaus", "Tarjous"]


def test_a_code_page_that_nothing_decides_is_asked_for_and_kept(tmp_path):
    rows = [["Deal ID", "Owner", "Stage", "Amount", "Close Date"], ["1", "Kučera", "Closed Won", "10", "2026-02-10"],
            ["2", "Nováčková", "Closed Lost", "20", "2026-02-11"]]  # fmt: skip
    deals = write_rows(tmp_path / "in", "deals.csv", rows, encoding="cp1250")
    live = _Live(str(deals), str(tmp_path / "mapping.toml"))
    assert "nothing decides in which code page" in below(live)
    named(live, "deals.csv is written in").value = "cp1250"
    assert "nothing decides in which code page" not in below(live)
    named(live, "Save the mapping file").click()
    assert '"deals.csv" = "cp1250"' in (tmp_path / "mapping.toml").read_text()

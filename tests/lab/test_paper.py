import copy

from playbook.lab.paper import save_paper_only

WIDGET = "application/vnd.jupyter.widget-view+json"


def saved(**data):
    output = {"output_type": "display_data", "data": data}
    model = {"type": "notebook", "content": {"cells": [{"cell_type": "code", "outputs": [output]}, {"source": "x"}]}}
    save_paper_only(model=model, path="x.ipynb", contents_manager=None)
    return model["content"]["cells"][0]["outputs"][0]["data"]


def test_the_sheet_is_saved_and_the_widget_is_not():
    assert saved(**{"text/html": "<p>a sheet</p>", WIDGET: {"model_id": "1"}}) == {"text/html": "<p>a sheet</p>"}


def test_a_widget_without_a_sheet_is_left_alone():
    assert WIDGET in saved(**{WIDGET: {"model_id": "1"}, "text/plain": "a widget"})


def test_what_is_no_notebook_is_left_alone():
    for model in ({"type": "file", "content": "text"}, {"type": "notebook", "content": None}, {"type": "directory"}):
        before = copy.deepcopy(model)
        save_paper_only(model=model, path="x")
        assert model == before

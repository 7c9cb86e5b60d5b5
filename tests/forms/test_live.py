"""The live form: what is said of each control, and of the JupyterLab in which it stands."""

import ipywidgets
import pytest

from playbook.forms.live import live_form
from playbook.forms.saved_answers import KITS_LAB
from playbook.forms.sheets import Grid, Line, Question
from playbook.journal import sheet_registry
from playbook.journal.answer_types import Number
from playbook.lab.launch import IN_THE_KITS_LAB
from tests.forms.test_form import journal, saved

HOURS = Grid(
    sheet_registry.HOURS,
    "Your hours",
    ("Kind",),
    (Line("deals", "Deals & <b>calls</b>", ("Deals",)),),
    (Question("last-week", "Hours last week", Number()), Question("from-now-on", "Hours from now on", Number())),
)


def every(widget):
    yield widget
    for child in getattr(widget, "children", ()):
        yield from every(child)


def words_in(form):
    return " ".join(widget.value for widget in every(form) if isinstance(widget, ipywidgets.HTML))


def test_what_a_line_is_about_stands_once_and_is_still_said_of_each_control():
    form = live_form(saved(journal()), [HOURS])
    labels = [control.description for control in every(form) if isinstance(control, ipywidgets.BoundedFloatText)]
    assert labels[0].endswith("</span>Hours last week")
    assert all('<span class="ptc-aloud">Deals &amp; &lt;b&gt;calls&lt;/b&gt;: </span>' in label for label in labels)
    assert words_in(form).count("Deals &amp; &lt;b&gt;calls&lt;/b&gt;") == 1


@pytest.mark.parametrize(("kits", "warned"), [("1", False), ("", True)])
def test_in_a_jupyterlab_of_ones_own_the_form_says_what_is_otherwise(monkeypatch, kits, warned):
    monkeypatch.setenv(KITS_LAB, kits)
    assert ("This JupyterLab was not opened by the kit" in words_in(live_form(saved(journal()), [HOURS]))) == warned


def test_the_kits_jupyterlab_says_that_it_is():
    assert IN_THE_KITS_LAB == {KITS_LAB: "1"}

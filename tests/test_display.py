"""What a cell shows: HTML and plain text of the same content, in which the data's text is only ever text."""

import base64
import io
import re

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from playbook import display
from playbook.display import NOTHING, PagePart, say
from playbook.errors import PlaybookError
from playbook.figures.style import BAND, BLUE, ORANGE, QUIET, new_axes
from tests.test_escaping import ANY_TEXT, read

EVIL = '<img src=x onerror="alert(1)"> {name} **Ana** & "co"\n# x'
SHOWING = {
    "say": lambda text: say("It says {text}.", text=text),
    "note": lambda text: display.note("It says {text}.", text=text),
    "callout, heading": lambda text: display.callout(text, "A sentence."),
    "callout, value": lambda text: display.callout("Heading", "It says {text}.", text=text),
    "switched_off": lambda text: display.switched_off(text, text, text),
    "heading": lambda text: display.heading(text),
    "bullets": lambda text: display.bullets([text, say("{text}", text=text)]),
    "table, cell": lambda text: display.table(pd.DataFrame({"a": [text], "b": [text]}), caption="c"),
    "table, heading and caption": lambda text: display.table(pd.DataFrame({text: ["x"]}), caption=text),
    "worksheet": lambda text: display.worksheet(text, {text: 1}),
    "folded": lambda text: display.folded(text, say("Inside.")),
    "figure": lambda text: display.figure(new_axes(), title=f"t {text}", alt=f"a {text}", below=text),
}


@pytest.mark.parametrize("way", SHOWING)
def test_text_of_the_data_adds_no_element_and_no_attribute(way):
    evil, harmless = read(SHOWING[way](EVIL).html), read(SHOWING[way]("harmless").html)
    assert evil.tags == harmless.tags
    assert [name for name, _ in evil.attributes] == [name for name, _ in harmless.attributes]


@pytest.mark.parametrize("way", SHOWING)
def test_text_of_the_data_is_still_there_to_be_read(way):
    part = SHOWING[way](EVIL)
    page = read(part.html)
    visible = page.text + " ".join(value or "" for _, value in page.attributes)
    assert 'onerror="alert(1)"> {name} **Ana** & "co" # x' in visible
    assert '{name} **Ana** & "co" # x' in part.text


@given(ANY_TEXT)
def test_a_value_is_never_taken_for_a_template(text):
    page = read(say("Hello {name}.", name=text).html)
    assert page.tags == ["p"] and page.text == f"Hello {say('{x}', x=text).text}."


def test_bold_works_in_the_template_only():
    part = say("**Ana** wins {n}.", n="**14**")
    assert part == PagePart("<p><strong>Ana</strong> wins **14**.</p>", "Ana wins **14**.")


def test_jupyter_gets_both_forms_and_takes_no_amount_for_a_formula():
    bundle = say("{a} of {b}", a="$340k", b="$1.2M")._repr_mimebundle_()
    assert bundle["text/plain"] == "$340k of $1.2M" and "<p>$340k of $1.2M</p>" in bundle["text/html"]
    assert re.match(r'<div class="[^"]*\btex2jax_ignore\b', bundle["text/html"])


def test_nothing_shows_nothing():
    assert not NOTHING and NOTHING._repr_mimebundle_() == {} and repr(NOTHING) == ""


@pytest.mark.parametrize(
    "empty",
    [
        display.bullets([]),
        display.table(pd.DataFrame({"a": []}), caption="c"),
        display.together(None, NOTHING),
        display.folded("More", NOTHING),
    ],
)
def test_where_there_is_no_content_there_is_no_frame_around_it(empty):
    assert not empty


def test_what_is_put_together_leaves_out_what_is_empty():
    both = display.together(say("One."), None, NOTHING, say("Two."))
    assert both == PagePart("<p>One.</p>\n<p>Two.</p>", "One.\n\nTwo.")


def test_an_item_of_a_list_may_be_more_than_a_paragraph():
    item = display.together(say("One."), display.bullets(["two"]))
    assert display.bullets([item]).html == "<ul><li><p>One.</p>\n<ul><li>two</li></ul></li></ul>"
    assert display.bullets([say("One.")], ordered=True) == PagePart("<ol><li>One.</li></ol>", "1. One.")


def test_a_table_names_its_rows_its_columns_and_what_it_counts():
    page = read(display.table(pd.DataFrame({"Rep": ["Ana"], "n": [3]}), caption="Deals", numbers=["n"]).html)
    assert page.tags.count("th") == 3 and page.tags.count("td") == 1 and "caption" in page.tags
    assert ("scope", "col") in page.attributes and ("scope", "row") in page.attributes
    assert ("aria-label", "Deals") in page.attributes and ("tabindex", "0") in page.attributes


def test_a_day_in_a_table_stays_on_one_line():
    part = display.table(pd.DataFrame({"Rep": ["Ana"], "Last one": ["17 Sep 2026"]}), caption="Coaching")
    assert '<td class="ptc-day">17 Sep 2026</td>' in part.html


def test_a_missing_value_in_a_table_is_an_empty_cell():
    rows = pd.DataFrame({"Rep": ["Ana", None], "n": [1.5, float("nan")], "on": [pd.NaT, pd.Timestamp("2026-01-02")]})
    part = display.table(rows, caption="c")
    assert not re.search(r"nan|None|NaT", part.html + part.text)


def test_a_figure_carries_its_alternative_text_and_draws_the_same_bytes_twice():
    one, two = (display.figure(new_axes(), title="Ana wins", alt="A line, n = 40", below="n = 40") for _ in range(2))
    assert 'alt="A line, n = 40"' in one.html and "[Picture: A line, n = 40]" in one.text
    assert one == two and "http" not in one.html


def test_a_picture_of_few_colours_looks_like_one_of_all_and_takes_a_third_of_the_bytes():
    axes = new_axes()
    axes.axvspan(2, 4, color=BAND)
    for colour, up in ((BLUE, 1), (ORANGE, 2), (QUIET, 3)):
        axes.plot([0, 5], [up, up + 1], color=colour, marker="o", label="a line")
        axes.text(1, up, f"{up}.4 a week · peers 2.2 a week", color=colour)
    full = io.BytesIO()
    axes.get_figure().savefig(full, format="png", dpi=144)
    (picture,) = re.findall(r"base64,([^\"]+)", display.figure(axes, title="t", alt="a").html)
    raw = base64.b64decode(picture)
    few, all_colours = (
        np.asarray(Image.open(io.BytesIO(each)).convert("RGB"), dtype=int) for each in (raw, full.getvalue())
    )
    assert few.shape == all_colours.shape and len(raw) < 0.4 * len(full.getvalue())
    assert np.abs(few - all_colours).max() < 32, "of 255: no eye tells them apart"


@pytest.mark.parametrize(("title", "alt"), [("", "alt"), ("title", " ")])
def test_a_picture_that_only_some_can_read_is_refused(title, alt):
    with pytest.raises(PlaybookError, match="alternative text"):
        display.figure(new_axes(), title=title, alt=alt)


@given(st.integers(1, 6))
def test_a_worksheet_has_the_lines_asked_for_without_a_style_sheet(lines):
    part = display.worksheet("Sheet", [("What?", lines), ("When?", 1)])
    assert part.html.count("border-bottom") == lines + 1 and part.text.count("_" * 60) == lines + 1


def test_a_column_of_sentences_is_marked_so_that_a_phone_gives_it_room():
    part = display.table(
        pd.DataFrame({"Rep": ["Ana"], "Why": ["Its close date moved twice"], "n": ["3"]}), caption="x", words=["Why"]
    )
    assert '<td class="ptc-words">Its close date moved twice</td><td>3</td>' in part.html

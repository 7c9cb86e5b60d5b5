"""What a cell shows: HTML and plain text of the same content, in which the data's text is only ever text."""

import base64
import re
from xml.etree import ElementTree

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from playbook import display
from playbook.display import NOTHING, PagePart, say
from playbook.errors import PlaybookError
from playbook.escaping import plain
from playbook.figures.style import new_axes
from tests.test_escaping import ANY_TEXT, read

SVG = "{http://www.w3.org/2000/svg}"
DRAWN = {"svg", "defs", "style", "g", "path", "text", "tspan", "use", "clipPath", "rect"}
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


def svg_of(axes) -> str:
    _, picture = re.findall(r"data:image/svg\+xml;base64,([^\"]+)", display.figure(axes, title="t", alt="a").html)
    return base64.b64decode(picture).decode()


def test_a_picture_holds_its_words_as_text_in_fonts_that_readers_have():
    axes = new_axes()
    axes.text(0.5, 0.5, "2.4 a week · peers 2.2", weight="bold")
    (words,) = [
        t for t in ElementTree.fromstring(svg_of(axes)).iter(f"{SVG}text") if t.text == "2.4 a week · peers 2.2"
    ]
    assert "font-weight: 700" in words.attrib["style"] and "Verdana, sans-serif" in words.attrib["style"]


@settings(max_examples=15, deadline=None)
@given(ANY_TEXT)
def test_in_a_picture_the_datas_text_is_only_ever_text(text):
    axes = new_axes()
    axes.set_xticks([])
    axes.set_yticks([0.5], [f"{EVIL.splitlines()[0]} {plain(text)}"])
    picture = ElementTree.fromstring(svg_of(axes))
    assert {element.tag.removeprefix(SVG) for element in picture.iter()} <= DRAWN
    assert any((element.text or "").startswith(EVIL[:20]) for element in picture.iter(f"{SVG}text"))


def test_a_picture_comes_for_a_desk_and_as_narrow_for_a_phone_with_all_its_words():
    axes = new_axes()
    axes.set_yticks([0.5], ["Deals that were opened again"])
    axes.text(1.05, 0.5, "2.4 a week · peers 2.2")
    html = display.figure(axes, title="t", alt="a").html
    narrow, wide = (
        ElementTree.fromstring(base64.b64decode(picture))
        for picture in re.findall(r"data:image/svg\+xml;base64,([^\"]+)", html)
    )
    assert [picture.attrib["width"] for picture in (narrow, wide)] == ["324pt", "518.4pt"]
    words = ["".join(picture.itertext()).split() for picture in (narrow, wide)]
    assert all({"again", "2.4", "peers"} <= set(each) for each in words)
    assert html.index("<source media=") < html.index("<img alt=")


def test_a_word_keeps_the_space_between_it_and_its_bar():
    axes = new_axes()
    axes.text(0.5, 0.5, "  75 (15%)")
    words = [text.text for text in ElementTree.fromstring(svg_of(axes)).iter(f"{SVG}text")]
    assert "\N{NO-BREAK SPACE}\N{NO-BREAK SPACE}75 (15%)" in words


def test_a_character_that_xml_forbids_takes_no_picture_away():
    axes = new_axes()
    axes.text(0.5, 0.5, "Ana\x0b\uffff Silva")
    words = "".join(t.text or "" for t in ElementTree.fromstring(svg_of(axes)).iter(f"{SVG}text"))
    assert words.endswith("Ana Silva")


def test_a_picture_names_no_address_but_that_of_its_own_format():
    axes = new_axes()
    axes.plot([0, 1], [0, 1], "o", label="a line")
    axes.legend()
    addresses = set(re.findall(r"https?://[^\s\"<]+", svg_of(axes)))
    assert addresses == {"http://www.w3.org/2000/svg", "http://www.w3.org/1999/xlink"}


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

"""A piece of a chapter in the workbook's page: outline, links, ids, and what never gets through."""

import re
from base64 import b64encode

import pytest

from playbook.workbooks.fitting import Outline, fitted

ANCHORS = {"02_your_week": "chapter-02-your-week"}
PICTURE = "data:image/png;base64,iVBORw0KGgo="


def fit(html, outline=None):
    return fitted(html, prefix="c1", outline=outline or Outline(), anchors=ANCHORS)


@pytest.mark.parametrize(
    "attack",
    [
        "<script>alert(1)</script>",
        "<SCRIPT SRC=https://x.example/a.js></SCRIPT>",
        "<img src=x onerror=alert(1)>",
        "<img src='https://x.example/p.png' alt=''>",
        "<img src='data:image/svg+xml;base64,PHN2Zz4=' alt=''>",
        "<svg onload=alert(1)><circle/></svg>",
        "<iframe src='https://x.example'></iframe>",
        "<object data='https://x.example'></object>",
        "<embed src='https://x.example'>",
        "<link rel=stylesheet href='https://x.example/a.css'>",
        "<style>@import 'https://x.example/a.css'</style>",
        "<meta http-equiv=refresh content='0;url=https://x.example'>",
        "<base href='https://x.example'>",
        "<form action='https://x.example'><input name=a></form>",
        "<a href='javascript:alert(1)'>words</a>",
        "<a href='https://x.example'>words</a>",
        "<p style='background: url(https://x.example/a)'>words</p>",
        r"<p style='background: u\72l(https://x.example/a)'>words</p>",
        "<p onclick='alert(1)'>words</p>",
        "<video src='https://x.example/v'></video>",
        "<math><mtext><script>alert(1)</script></mtext></math>",
        "<template><script>alert(1)</script></template>",
        "<p><script>alert(1)</p>",
        "<scr<script>ipt>alert(1)</script>",
    ],
)
def test_nothing_that_runs_or_loads_gets_through(attack):
    html = fit(f"<p>before</p>{attack}<p>after</p>")
    assert not re.search(r"<\s*(script|svg|iframe|object|embed|link|style|meta|base|form|input|video)", html, re.I)
    assert not re.search(r"<[^>]*(\son\w+=|javascript:|https?:|url\s*\()", html, re.I)
    assert html.startswith("<p>before</p>")


@pytest.mark.parametrize("attack", ["<script>alert(1)</script>", "<embed src=x>", "<svg><g></g></svg>", "<input>"])
def test_what_stands_after_a_removed_element_stays(attack):
    assert fit(f"{attack}<p>after</p>") == "<p>after</p>"


def test_the_words_of_a_link_that_leads_out_stay_as_words():
    assert fit("<p>Read <a href='https://x.example'>this</a>.</p>") == "<p>Read this.</p>"


def test_a_link_to_another_chapter_leads_to_its_place_in_the_page():
    assert fit('<a href="02_your_week.ipynb">next</a>') == '<a href="#chapter-02-your-week">next</a>'
    assert fit('<a href="./02_your_week.ipynb#part">next</a>') == '<a href="#chapter-02-your-week">next</a>'


def test_a_link_to_a_chapter_that_is_not_there_is_words():
    assert fit('<a href="99_elsewhere.ipynb">next</a>') == "next"


def test_ids_of_two_chapters_never_meet_and_what_names_them_follows():
    html = fit('<table><tr><th id="name">A</th><td headers="name">1</td></tr></table><a href="#name">up</a>')
    assert 'id="c1-name"' in html and 'headers="c1-name"' in html and 'href="#c1-name"' in html


def test_what_is_not_closed_is_closed_and_what_was_never_opened_is_dropped():
    assert fit("<div><p>one<strong>two") == "<div><p>one<strong>two</strong></p></div>"
    assert fit("</div></section><p>one</p>") == "<p>one</p>"


def test_text_stays_text():
    assert fit("<p>a &lt;b&gt; &amp; c</p>") == "<p>a &lt;b&gt; &amp; c</p>"


def test_a_picture_of_a_figure_keeps_its_size_on_a_phone_and_scrolls():
    html = fit(f'<figure class="ptc-figure"><img alt="Ana: 14 of 70" src="{PICTURE}"></figure>')
    assert '<div class="ptc-picture" role="group" aria-label="Picture" tabindex="0"><img' in html
    assert 'alt="Ana: 14 of 70"' in html


def test_a_picture_without_alternative_text_is_decoration_and_says_so():
    assert 'alt=""' in fit(f'<img src="{PICTURE}">')


def test_the_marks_that_jupyter_puts_beside_headings_are_left_out():
    assert fit('<h2 id="a">What<a class="anchor-link" href="#a">¶</a></h2>') == '<h2 id="c1-a">What</h2>'


@pytest.mark.parametrize(
    ("levels", "depths"),
    [
        ([1, 2, 3], [2, 3, 4]),
        ([1, 3, 3], [2, 3, 3]),
        ([1, 2, 4, 2, 3], [2, 3, 4, 3, 4]),
        ([1, 2, 1, 2], [2, 3, 2, 3]),
        ([3, 2, 1], [2, 2, 2]),
        ([1, 2, 3, 4, 5, 6], [2, 3, 4, 5, 6, 6]),
    ],
)
def test_headings_never_skip_a_level_whatever_the_cells_used(levels, depths):
    outline = Outline()
    assert [outline.depth(level) for level in levels] == depths


def test_an_outline_goes_on_from_cell_to_cell():
    outline = Outline()
    assert fit("<h1>Title</h1>", outline) + fit("<h3>Rep</h3>", outline) == "<h2>Title</h2><h3>Rep</h3>"


def test_a_table_that_scrolls_is_no_landmark_of_the_page():
    html = fit('<div class="ptc-table" role="region" tabindex="0" aria-label="Deals"><table></table></div>')
    assert html.startswith('<div class="ptc-table" role="group" tabindex="0" aria-label="Deals">')


def test_a_picture_keeps_its_drawing_for_a_phone_and_none_from_elsewhere():
    source = f'<source media="(max-width: 34rem)" srcset="{PICTURE}">'
    own = f'<figure><picture>{source}<img alt="a" src="{PICTURE}"></picture></figure>'
    page = fit(own)
    assert f'srcset="{PICTURE}"' in page and "<picture><source" in page and "ptc-picture" not in page
    assert "elsewhere" not in fit(own.replace(f'srcset="{PICTURE}"', 'srcset="https://elsewhere.example/a.png"'))


@pytest.mark.parametrize(
    "inside",
    [
        '<image href="file:///etc/hosts"/>',
        "<script>alert(1)</script>",
        '<g onload="alert(1)"/>',
        '<use xlink:href="https://x.example/a.svg#b"/>',
        '<g style="fill: url(https://x.example/a)"/>',
    ],
)
def test_a_drawing_that_runs_or_loads_something_is_no_picture(inside):
    def drawing(content):
        return f"data:image/svg+xml;base64,{b64encode(f'<svg>{content}</svg>'.encode()).decode()}"

    harmless = '<use xlink:href="#dot"/><g clip-path="url(#frame)"/>'
    assert "base64" in fit(f'<img alt="a" src="{drawing(harmless)}">')
    assert "base64" not in fit(f'<img alt="a" src="{drawing(harmless + inside)}">')

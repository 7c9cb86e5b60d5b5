"""Whatever stands in the data, a reader sees it as it was typed and no program takes it for an instruction."""

import os
import re
import unicodedata
from html.parser import HTMLParser

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from mistune import create_markdown

from playbook.escaping import file_label, for_file_name, for_html, for_markdown, for_spreadsheet, plain, short_hash

HOSTILE = st.text(st.sampled_from("<>&\"'`*_[](){}#+-.!|~$:@=\\/ \t\r\n\x00\x1b\u202e\u200b\u2028aß王é1"), max_size=40)
ANY_TEXT = st.one_of(st.text(max_size=60), HOSTILE)


class _ParsedHtml(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str | None]] = []
        self.text = ""

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        self.attributes += attrs

    def handle_data(self, data):
        self.text += data


def read(page: str) -> _ParsedHtml:
    parsed = _ParsedHtml()
    parsed.feed(page)
    parsed.close()
    return parsed


@given(ANY_TEXT)
def test_plain_text_is_one_line_without_anything_unseen(text):
    visible = plain(text)
    assert visible == visible.strip() and "  " not in visible
    unseen = [c for c in visible if unicodedata.category(c)[0] == "C" and c not in "\u200d\u200c"]
    assert not unseen and len(visible.splitlines()) <= 1


@given(ANY_TEXT)
def test_plain_text_stays_as_it_is(text):
    assert plain(plain(text)) == plain(text)


@pytest.mark.parametrize("nothing", [None, float("nan"), pd.NaT, pd.NA, "", " \t"])
def test_a_missing_value_is_an_empty_text(nothing):
    assert plain(nothing) == for_html(nothing) == for_markdown(nothing) == for_spreadsheet(nothing) == ""


@given(ANY_TEXT)
def test_in_html_it_is_text_and_nothing_else(text):
    parsed = read(f"<p>{for_html(text)}</p>")
    assert parsed.tags == ["p"] and parsed.text == plain(text)


@given(ANY_TEXT)
def test_in_an_attribute_it_stays_in_the_attribute(text):
    for quote in "\"'":
        parsed = read(f"<p title={quote}{for_html(text)}{quote}>x</p>")
        assert parsed.tags == ["p"] and parsed.attributes == [("title", plain(text))] and parsed.text == "x"


@given(ANY_TEXT)
def test_in_markdown_it_is_text_and_nothing_else(text):
    to_html = create_markdown(plugins=["strikethrough", "table", "url", "footnotes", "task_lists"])
    parsed = read(to_html(f"Said: ({for_markdown(text)})"))
    assert parsed.tags == ["p"] and parsed.text.strip() == f"Said: ({plain(text)})"


@pytest.mark.parametrize(
    "text", ["# not a title", "- no list", "1. no list", "> no quote", "===", "| a | b |", "    code"]
)
def test_at_the_start_of_a_line_it_makes_no_block(text):
    parsed = read(create_markdown(plugins=["table"])(f"Before\n{for_markdown(text)}"))
    assert parsed.tags == ["p"]


@given(ANY_TEXT)
def test_no_spreadsheet_takes_it_for_a_formula(text):
    cell = for_spreadsheet(text)
    assert not re.match(r"[=+\-@\t\r\n＝＋－＠]", cell) and cell.removeprefix("'") == plain(text).removeprefix("'")


@given(ANY_TEXT)
def test_a_file_name_is_one_on_every_system(text):
    name = for_file_name(text)
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", name) and len(name) <= 70
    assert not re.fullmatch(r"con|prn|aux|nul|com\d|lpt\d", name)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Ana Silva", "ana-silva"),
        ("José Müller-Østergård", "jose-muller-ostergard"),
        ("Björn Groß", "bjorn-gross"),
        ("Łukasz Þór Æbelø", "lukasz-thor-aebelo"),
        ("王小明", "unnamed"),
        ("../../etc/passwd", "etc-passwd"),
        ("CON", "unnamed-con"),
        ("a" * 200, "a" * 60),
    ],
)
def test_a_file_name_is_still_readable(text, name):
    assert for_file_name(text) == name


@pytest.mark.parametrize(
    ("name", "label"),
    [
        ("deals.csv", "deals.csv"),
        ("Geschäfte 東京.csv", "Geschäfte 東京.csv"),
        (os.fsdecode(b"caf\xe9.csv"), r"caf\xe9.csv"),
        ("a\n\x1b[31mb", r"a\n\x1b[31mb"),
        ("half \ud83d a pair", r"half \ud83d a pair"),
    ],
)
@pytest.mark.skipif(os.name == "nt", reason="Windows has no names of other bytes")
def test_a_files_name_can_be_shown_and_written_whatever_its_bytes_are(name, label):
    assert file_label(name) == label and label.encode("utf-8")


def test_a_short_hash_tells_where_one_part_ends():
    assert short_hash("ab", "c") != short_hash("a", "bc") and short_hash("company", "ana") == "2f34f08c"

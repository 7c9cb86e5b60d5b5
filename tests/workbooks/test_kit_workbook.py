"""The kit's own chapters in one workbook: complete, private, safe, readable in a browser, runnable elsewhere.

All in one file, and nowhere else, as the workbook takes half a minute to make and is made once a file.
"""

import json
import os
import re
import shutil
import subprocess
import sys
from html import unescape
from html.parser import HTMLParser
from pathlib import Path

import pandas as pd
import pytest
from axe_playwright_python.sync_playwright import Axe

from playbook.chapter_numbers import notebook_of, numbers
from playbook.forms.form import PAPER_ONLY
from playbook.journal.commitments import field_subject
from playbook.journal.file_journal import FileJournal
from playbook.workbook import Workbook
from playbook.workbooks import journal_care
from playbook.workbooks.agenda_file import write_agenda, write_calendar
from playbook.workbooks.contents import chapters_in
from tests.journal.writing import answer
from tests.workbooks.kit_workbook import CENTS, HARMFUL_ACCOUNTS, MARK, KitWorkbook, make

MEGABYTE = 1024**2
DESKTOP, PHONE = {"width": 1280, "height": 900}, {"width": 390, "height": 844}


@pytest.fixture(scope="module")
def kit(tmp_path_factory) -> KitWorkbook:
    """The one workbook of the kit's own chapters that the tests make; for reading only."""
    return make(tmp_path_factory.mktemp("kit"))


@pytest.fixture(scope="module")
def html(kit):
    return (kit.workbook / "index.html").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def page(html):
    parsed = Page()
    parsed.feed(html)
    return parsed


class Page(HTMLParser):
    """Every element of a page with its attributes, in order."""

    def __init__(self):
        super().__init__()
        self.elements = []

    def handle_starttag(self, tag, attrs):
        self.elements.append((tag, dict(attrs)))

    def all(self, *tags):
        return [attributes for tag, attributes in self.elements if tag in tags]


def test_every_chapter_runs_and_imports_nothing_heavier_than_it_may(kit):
    troubles = {key: state.trouble for key, state in kit.result.books[0].chapters.items() if state.trouble}
    assert troubles == {} and set(kit.result.books[0].chapters) == {c.key for c in chapters_in()}
    assert kit.result.complete


def test_no_chapter_gives_a_warning(kit):
    assert kit.result.books[0].warnings == []


def test_no_byte_of_another_team_is_in_the_workbook(kit):
    files = [file for file in kit.workbook.rglob("*") if file.is_file()]
    assert len(files) > 20
    for file in files:
        table_text = pd.read_parquet(file).to_csv() if file.suffix == ".parquet" else ""
        assert MARK.encode() not in file.read_bytes() and MARK not in table_text, file.name


def test_no_amount_of_another_team_is_in_the_workbook(kit):
    cents = re.compile(rf"\b\d{{3,}}\.{str(CENTS)[2:]}")
    theirs = kit.company.opportunities.loc[kit.company.opportunities["rep_id"].isin(_others(kit)), "amount"]
    assert (theirs % 1).round(2).eq(round(CENTS, 2)).mean() > 0.9
    for file in kit.workbook.rglob("*"):
        if file.suffix == ".parquet":
            numbers = pd.read_parquet(file).select_dtypes("float")
            assert not numbers.round(5).isin(set(theirs.round(5))).to_numpy().any(), file.name
        elif file.is_file():
            assert not cents.search(file.read_text(encoding="utf-8")), file.name


def _others(kit):
    people = kit.company.people
    return set(people.loc[people["manager_id"] != "M001", "person_id"]) - {"M001"}


def test_nobody_elses_id_is_in_the_workbooks_data(kit):
    others = _others(kit)
    others |= set(kit.company.opportunities.query("rep_id in @others")["opportunity_id"])
    for file in kit.workbook.rglob("*.parquet"):
        texts = pd.read_parquet(file).select_dtypes(("str", "object"))
        assert not others & set(texts.to_numpy().ravel()), file.name


def test_the_page_runs_nothing_and_loads_nothing(page, html):
    assert page.all("script", "iframe", "object", "embed", "form", "input", "link", "base", "svg", "video") == []
    loading = ("src", "href", "srcset", "action", "poster", "data", "background", "cite", "style")
    addresses = [v for _, attributes in page.elements for name, v in attributes.items() if name in loading]
    assert [
        v[:80] for v in addresses if re.search(r"//|javascript:|url\(", v) and not v.startswith("data:image/svg+xml;")
    ] == []
    assert [name for _, attributes in page.elements for name in attributes if name.startswith("on")] == []
    policy = [m["content"] for m in page.all("meta") if m.get("http-equiv") == "Content-Security-Policy"]
    assert policy == [policy[0]] and policy[0].startswith("default-src 'none'; ")
    assert "script" not in policy[0] and not re.search(r"url\(|@import", html)


def test_links_lead_within_the_folder_and_to_places_that_are_there(page, kit):
    ids = [attributes["id"] for _, attributes in page.elements if "id" in attributes]
    assert len(ids) == len(set(ids))
    for link in page.all("a"):
        file, _, place = link["href"].partition("#")
        assert not file or (kit.workbook / file).is_file(), link
        assert file or place in ids, link


def test_the_page_has_a_title_and_a_language(page, html):
    assert re.search(r"<title>Workbook of \w+ \w+</title>", html)
    assert page.all("html")[0]["lang"] == "en" and page.all("meta")[1]["name"] == "viewport"


def test_headings_come_in_order(page):
    levels = [int(tag[1]) for tag, _ in page.elements if re.fullmatch("h[1-6]", tag)]
    assert levels[0] == 1 and levels.count(1) == 1
    assert [(a, b) for a, b in zip(levels, levels[1:], strict=False) if b > a + 1] == []


def test_every_picture_says_in_words_what_it_shows(page):
    alts = [image.get("alt", "") for image in page.all("img")]
    assert alts and all(len(alt) > 20 and "No description" not in alt for alt in alts)


def test_texts_of_the_data_are_shown_as_they_are_and_do_nothing(html):
    assert "&lt;script&gt;alert(&quot;x&quot;)&lt;/script&gt; Ölaf" in html.replace('"x"', "&quot;x&quot;")
    assert "=cmd()" in html and "**Bo** [x](http://evil.example)" in html
    assert "<script" not in html and "<img src=x" not in html and "<h1>Big" not in html and "\u202e" not in html
    text = unescape(html)
    assert any(account in text for account in HARMFUL_ACCOUNTS)


def test_nothing_on_the_page_is_empty_or_not_a_number(html):
    words = re.sub(r"<style>.*?</style>", "", html, flags=re.DOTALL)
    text = unescape(re.sub(r"<[^>]+>", " ", words))
    assert not re.search(r"\b(nan|NaN|NaT|inf|undefined)\b|\bNone\b(?! (is|of|was)\b)", text)
    assert not re.search(r"\$ ?(?:nan|\?)|\bunknown of\b", text)


def test_a_workbook_of_eight_reps_is_light(kit):
    assert (kit.workbook / "index.html").stat().st_size < 3 * MEGABYTE
    assert sum(f.stat().st_size for f in kit.workbook.rglob("*") if f.is_file()) < 12 * MEGABYTE


def test_it_prints(html):
    assert "@media print" in html and "@page" in html


def outputs(notebook):
    """What each code cell shows, without what differs between engines: ids, counts, the error stream, live forms."""
    cells = [cell for cell in notebook["cells"] if cell["cell_type"] == "code"]
    outputs_of_cells = [[_text_of_output(o) for o in cell["outputs"] if o.get("name") != "stderr"] for cell in cells]
    return [output for output in outputs_of_cells if output]


def _text_of_output(output):
    return {part: _joined(output[part]) for part in ("data", "text", "ename", "evalue") if part in output}


def _joined(value):
    if isinstance(value, dict):
        return {kind: _joined(content) for kind, content in value.items() if "widget-view" not in kind}
    return "".join(value) if isinstance(value, list) else value


def test_whatever_was_written_in_a_workbook_is_known(kit, tmp_path):
    """Everything that writes there: the build, forms, agendas, reminders, and what looks after the journal."""
    book = shutil.copytree(kit.workbook, tmp_path / "book")
    rep = kit.company.people.query("manager_id == 'M001'")["person_id"].iloc[0]
    fields = {"whose": rep, "what": "I will ask.", "due": "2027-01-04"}
    FileJournal(book / "journal.jsonl").append([answer(field_subject("c1", k), v) for k, v in fields.items()])
    with (book / "journal.jsonl").open("ab") as journal:
        journal.write(b"broken\n")
    shutil.copytree(book, tmp_path / "other")
    journal_care.merge(book, tmp_path / "other")
    write_agenda(str(book), rep)
    write_calendar(str(book))
    files = dict(Workbook(book).files())
    assert [file for file, known in files.items() if known is None] == []
    written = {file.name for file in files}
    assert {"commitments.ics", "journal.damaged.jsonl", "index.html", "guide.md", "team.toml"} < written
    assert any(name.startswith("agenda-") for name in written)


@pytest.fixture
def copied(kit, tmp_path):
    """The workbook on another machine: the folder alone, at another place."""
    return shutil.copytree(kit.workbook, tmp_path / "from a stick")


QUICK = "where_revenue_comes_from"


@pytest.mark.parametrize("key", [QUICK, *(pytest.param(k, marks=pytest.mark.soak) for k in numbers() if k != QUICK)])
def test_a_chapter_gives_the_same_in_papermills_own_engine_on_a_copied_workbook(key, copied, tmp_path):
    chapter = next(c for c in chapters_in() if c.key == notebook_of(key))
    out = tmp_path / "out.ipynb"
    argv = [sys.executable, "-m", "papermill", str(chapter.file), str(out), "-p", "team", str(copied), "-k", "python3"]
    paper = os.environ | {PAPER_ONLY: "1"}  # as in a batch: a live form has ids of its own in each run
    subprocess.run(argv, check=True, capture_output=True, cwd=copied, env=paper)
    ours = json.loads((copied / chapter.file.name).read_text(encoding="utf-8"))
    assert outputs(json.loads(out.read_text(encoding="utf-8"))) == outputs(ours) != []


@pytest.mark.parametrize("key", ["why_deals_are_lost", pytest.param("each_rep", marks=pytest.mark.soak)])
def test_a_copied_workbook_runs_again_by_itself_under_nbconvert(copied, key):
    name = f"{notebook_of(key)}.ipynb"
    argv = [sys.executable, "-m", "nbconvert", "--to", "notebook", "--execute", "--output", "again.ipynb", name]
    paper = os.environ | {PAPER_ONLY: "1"}  # as in a batch: a live form has ids of its own in each run
    subprocess.run(argv, check=True, capture_output=True, cwd=copied, env=paper)
    again = json.loads((copied / "again.ipynb").read_text(encoding="utf-8"))
    assert outputs(again) == outputs(json.loads((copied / name).read_text(encoding="utf-8"))) != []


@pytest.fixture(scope="module", params=[DESKTOP, PHONE], ids=["desktop", "phone"])
def window(request, chromium):
    """A window of one width, and everything that its pages asked for or complained about."""
    context, noise = chromium.new_context(viewport=request.param), []
    context.on("console", lambda message: noise.append(message.text))
    context.on("weberror", lambda error: noise.append(str(error.error)))
    context.on("dialog", lambda dialog: (noise.append(dialog.message), dialog.dismiss()))
    context.on(
        "request", lambda outgoing: None if outgoing.url.startswith(("data:", "file:")) else noise.append(outgoing.url)
    )
    yield context, noise
    context.close()


@pytest.fixture(scope="module")
def opened(window, kit):
    """The page, opened once for all who look at it, as it takes seconds to lay out; and the noise of its window."""
    context, noise = window
    page = context.new_page()
    page.goto((kit.workbook / "index.html").as_uri())
    return page, noise


@pytest.mark.browser
def test_axe_finds_nothing(opened):
    results = Axe().run(opened[0])
    assert results.violations_count == 0, results.generate_report()


@pytest.mark.browser
def test_the_page_itself_never_scrolls_sideways(opened):
    page, _ = opened
    assert page.evaluate("document.documentElement.scrollWidth") <= page.viewport_size["width"]


@pytest.mark.browser
def test_nothing_is_asked_of_the_network_and_nothing_is_complained_about(opened):
    page, noise = opened
    page.wait_for_load_state("networkidle")
    assert noise == []


@pytest.mark.browser
def test_the_contents_lead_to_every_chapter(opened):
    page, _ = opened
    links = page.locator(".ptc-contents li a")
    assert links.count() == len(chapters_in())
    links.last.click()
    assert page.locator(":target h2").first.inner_text() == links.last.locator(".ptc-t").inner_text()


@pytest.mark.browser
def test_on_paper_folded_parts_are_open_and_ways_around_the_page_are_gone(opened):
    page, _ = opened
    page.emulate_media(media="print")
    folded = page.locator("details > :nth-child(2)")
    heights = folded.evaluate_all("parts => parts.map(part => part.getBoundingClientRect().height)")
    back = page.locator(".ptc-back").first.is_visible()
    page.emulate_media(media="screen")
    assert heights and min(heights) > 0
    assert not back


ON_A_DESK = pytest.param(DESKTOP, marks=pytest.mark.soak, id="desktop")  # where less can be in the way


@pytest.mark.browser
@pytest.mark.parametrize("window", [ON_A_DESK, pytest.param(PHONE, id="phone")], indirect=True)
@pytest.mark.parametrize("path", ["{workbook}/guide.html", "{books}/index.html"], ids=["the guide", "the batch"])
def test_the_pages_beside_it_are_clean_too(window, kit, path):
    context, noise = window
    page = context.new_page()
    page.goto(Path(path.format(workbook=kit.workbook, books=kit.books)).as_uri())
    assert Axe().run(page).violations_count == 0 and noise == []
    assert page.evaluate("document.documentElement.scrollWidth") <= page.viewport_size["width"]
    page.close()

"""The guide beside a workbook's page, as a page and as Markdown: every chapter in its place, links both ways."""

import re
from html import escape
from html.parser import HTMLParser
from types import SimpleNamespace

import pytest

from playbook.chapter_numbers import named, notebook_of
from playbook.coaching.guide_chapters import HEADINGS, chapters
from playbook.wording import upper_first
from playbook.workbooks.contents import chapters_in
from playbook.workbooks.fitting import Outline, fitted
from playbook.workbooks.guide_page import guide_files, lay_down


class Read(HTMLParser):
    """Ids, links, headings and elements of a page."""

    def __init__(self, html):
        super().__init__()
        self.ids, self.links, self.levels, self.tags = [], [], [], set()
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        values = dict(attrs)
        self.tags.add(tag)
        self.ids += [values["id"]] if "id" in values else []
        self.links += [values["href"]] if tag == "a" and "href" in values else []
        self.levels += [int(tag[1])] if re.fullmatch(r"h[1-6]", tag) else []


@pytest.fixture(scope="module")
def files():
    return guide_files(chapters_in())


@pytest.fixture(scope="module")
def html(files):
    return files.page


@pytest.fixture(scope="module")
def page(html):
    return Read(html)


def test_every_chapter_has_its_place_and_its_headings(html, page):
    assert [id_ for id_ in page.ids if id_ in {c.anchor for c in chapters()}] == [c.anchor for c in chapters()]
    for heading in HEADINGS:
        assert html.count(f"<h3>{heading}</h3>") == len(chapters())


def test_the_contents_lead_to_every_chapter_in_order(page):
    anchors = [f"#{c.anchor}" for c in chapters()]
    assert [link for link in page.links if link in anchors][: len(anchors)] == anchors


def test_ids_are_unique_and_links_within_the_page_lead_somewhere(page):
    assert len(set(page.ids)) == len(page.ids)
    assert [link for link in page.links if link.startswith("#") and link[1:] not in page.ids] == []


def test_links_into_the_workbook_lead_to_its_chapters(page):
    places = {f"index.html#{c.anchor}" for c in chapters_in()} | {"index.html"}
    links = {link for link in page.links if not link.startswith("#")}
    assert len(links) > 1 and links <= places


def test_headings_form_an_outline_without_gaps(page):
    assert page.levels[0] == 1 and page.levels.count(1) == 1
    assert all(after <= before + 1 for before, after in zip(page.levels, page.levels[1:], strict=False))


def test_the_page_runs_nothing_and_names_no_outside_address(html, page):
    assert not page.tags & {"script", "iframe", "form", "img", "object", "svg"}
    assert not re.search(r"https?:|\son\w+=|url\(", html.partition("<body")[2])


def test_no_markdown_is_left_over(html):
    text = re.sub(r"<[^>]+>", "", html.partition("<body")[2])
    assert not re.search(r"\*\*|\]\(|^#+ |\.ipynb|\.md\b", text, re.MULTILINE)


def test_a_chapter_that_the_workbook_lacks_is_named_without_a_link():
    chapters = [c for c in chapters_in() if c.key == notebook_of("your_week")]
    made = guide_files(chapters)
    links = set(Read(made.page).links)
    assert {link for link in links if link.startswith("index.html#")} == {f"index.html#{chapters[0].anchor}"}
    assert set(re.findall(r"\]\((\S+\.ipynb)\)", made.text)) == {chapters[0].file.name}


def test_the_guide_is_the_same_twice(files):
    assert guide_files(chapters_in()) == files


def test_the_text_leads_to_its_own_headings_and_to_the_notebooks_beside_it(files):
    headings = {title.replace(" ", "-") for title in re.findall(r"^#{1,3} (.+)$", files.text, flags=re.MULTILINE)}
    targets = re.findall(r"\]\(([^)]+)\)", files.text)
    within = [target.removeprefix("guide.md#") for target in targets if target.startswith("guide.md#")]
    assert set(within) <= headings and {c.title.replace(" ", "-") for c in chapters()} <= set(within)
    notebooks = {target for target in targets if not target.startswith("guide.md#")}
    assert notebooks and notebooks <= {c.file.name for c in chapters_in()}


def test_the_text_holds_every_chapter_whole(files):
    for chapter in chapters():
        for heading, body in chapter.sections:
            first = body.splitlines()[0]
            assert f"### {heading}\n\n{first[:40]}" in files.text or "](" in first


def test_what_is_there_as_it_should_be_is_left_and_anything_else_is_replaced(files, tmp_path):
    lay_down(files, tmp_path)
    page, text = tmp_path / "guide.html", tmp_path / "guide.md"
    written = page.stat().st_mtime_ns, text.stat().st_mtime_ns
    lay_down(files, tmp_path)
    assert (page.stat().st_mtime_ns, text.stat().st_mtime_ns) == written
    page.write_text(files.page[:-100], encoding="utf-8")
    text.unlink()
    lay_down(files, tmp_path)
    assert page.read_bytes() == files.page.encode() and text.read_bytes() == files.text.encode()
    assert sorted(file.name for file in tmp_path.iterdir()) == ["guide.html", "guide.md"]


@pytest.mark.parametrize("chapter", chapters(), ids=lambda chapter: chapter.key)
def test_a_link_into_the_text_leads_into_the_page_from_the_workbooks_page(chapter):
    link = f'<p><a href="{escape(chapter.text_address)}">words</a></p>'
    piece = fitted(link, prefix="c1", outline=Outline(), anchors={})
    assert piece == f'<p><a href="guide.html#{chapter.anchor}">words</a></p>'


@pytest.mark.parametrize("href", ["guide.html", "guide.html#protect-time"])
def test_a_link_into_the_guide_stays_in_the_workbooks_page(href):
    piece = fitted(f'<p><a href="{href}">words</a></p>', prefix="c1", outline=Outline(), anchors={})
    assert piece == f'<p><a href="{href}">words</a></p>'


@pytest.mark.parametrize(
    "href",
    [
        "../guide.html",
        "/guide.html",
        "guide.html?x=1",
        "guide.html#a b",
        "other.html#protect-time",
        "https://x.example/guide.html",
        "//x.example/guide.html",
        "guide.html#x%22onclick",
        "GUIDE.HTML",
        "guide.md",
        "guide.md#Elsewhere",
        "guide.md/../x",
    ],
)
def test_no_other_file_gets_through(href):
    piece = fitted(f'<p><a href="{href}">words</a></p>', prefix="c1", outline=Outline(), anchors={})
    assert piece == "<p>words</p>"


@pytest.mark.browser
@pytest.mark.parametrize("width", [1280, 375])
def test_a_reader_gets_from_the_contents_to_a_chapter_and_back_to_the_workbook(files, tmp_path, chromium, width):
    lay_down(files, tmp_path)
    (chapter,) = (c for c in chapters_in() if c.key == notebook_of("your_week"))
    (tmp_path / "index.html").write_text(f"<h1 id='{chapter.anchor}'>The workbook</h1>", encoding="utf-8")
    reader = chromium.new_page(viewport={"width": width, "height": 800})
    try:
        seen = SimpleNamespace(requests=[], faults=[])
        reader.on("request", lambda request: seen.requests.append(request.url))
        reader.on("console", lambda message: seen.faults.append(message.text))
        reader.goto((tmp_path / "guide.html").as_uri())
        assert reader.evaluate("document.documentElement.scrollWidth") <= width
        reader.get_by_role("navigation").get_by_role("link", name="Protect time for managing").click()
        assert abs(reader.locator("#protect-time").evaluate("e => e.getBoundingClientRect().top")) < 5
        reader.locator("#protect-time").get_by_role("link", name=upper_first(named("your_week"))).click()
        assert reader.get_by_text("The workbook").is_visible() and reader.url.endswith(f"#{chapter.anchor}")
        assert seen.faults == [] and all(url.startswith(tmp_path.as_uri()) for url in seen.requests)
    finally:
        reader.close()

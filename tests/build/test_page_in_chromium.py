"""A workbook's page in a real browser: desktop, phone and paper; axe finds nothing, nothing is asked of the network."""

import pytest
from axe_playwright_python.sync_playwright import Axe

pytestmark = pytest.mark.browser
DESKTOP, PHONE = {"width": 1280, "height": 900}, {"width": 390, "height": 844}


@pytest.fixture(params=[DESKTOP, PHONE], ids=["desktop", "phone"])
def opened(request, chromium, kit):
    """The page, and everything that it asked for or complained about."""
    context = chromium.new_context(viewport=request.param)
    page, noise = context.new_page(), []
    page.on("console", lambda message: noise.append(message.text))
    page.on("pageerror", lambda error: noise.append(str(error)))
    page.on("dialog", lambda dialog: (noise.append(dialog.message), dialog.dismiss()))
    page.on("request", lambda asked: None if asked.url.startswith(("data:", "file:")) else noise.append(asked.url))
    page.goto((kit.workbook / "index.html").as_uri())
    yield page, noise
    context.close()


def test_axe_finds_nothing(opened):
    results = Axe().run(opened[0])
    assert results.violations_count == 0, results.generate_report()


def test_the_page_itself_never_scrolls_sideways(opened):
    page, _ = opened
    assert page.evaluate("document.documentElement.scrollWidth") <= page.viewport_size["width"]


def test_nothing_is_asked_of_the_network_and_nothing_is_complained_about(opened):
    page, noise = opened
    page.wait_for_load_state("networkidle")
    assert noise == []


def test_the_contents_lead_to_every_chapter(opened):
    page, _ = opened
    links = page.locator(".ptc-contents li a")
    assert links.count() == 9
    links.last.click()
    assert page.locator(":target h2").first.inner_text() == links.last.locator(".ptc-t").inner_text()


def test_on_paper_folded_parts_are_open_and_ways_around_the_page_are_gone(opened):
    page, _ = opened
    page.emulate_media(media="print")
    folded = page.locator("details > :nth-child(2)")
    assert folded.count() and all(box.bounding_box()["height"] > 0 for box in folded.all())
    assert not page.locator(".ptc-back").first.is_visible()


def test_the_guide_beside_it_is_clean_too(opened, kit):
    page, noise = opened
    page.goto((kit.workbook / "guide.html").as_uri())
    assert Axe().run(page).violations_count == 0 and noise == []
    assert page.evaluate("document.documentElement.scrollWidth") <= page.viewport_size["width"]


def test_the_page_of_the_batch_is_clean_too(opened, kit):
    page, noise = opened
    page.goto((kit.books / "index.html").as_uri())
    assert Axe().run(page).violations_count == 0 and noise == []
    assert page.evaluate("document.documentElement.scrollWidth") <= page.viewport_size["width"]

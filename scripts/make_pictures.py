"""Make the README's picture again: .venv/bin/python scripts/make_pictures.py

Builds the workbook of one manager of the sample company into build/workbooks, opens it in Chromium, and takes one rep's
page as a person sees it. Run it after a change of the chapter `each_rep`.
"""

import shutil
import sys
from pathlib import Path

from PIL import Image
from playwright.sync_api import sync_playwright

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from playbook.chapter_numbers import notebook_of  # noqa: E402
from playbook.cli import main as playbook  # noqa: E402
from playbook.company import load  # noqa: E402
from playbook.workbooks.contents import chapters_in  # noqa: E402
from playbook.workbooks.rosters import workbook_folder  # noqa: E402

MANAGER, REP = "M001", "R002"
CHAPTER = "each_rep"
PICTURE = ROOT / "docs" / "pictures" / "workbook.png"
COMPANY, WORKBOOKS = ROOT / "data" / "samples" / "company", ROOT / "build" / "workbooks"
WIDTH, SHARPNESS, MARGIN = 800, 2, 20  # the page's column with some paper around it, in pixels of the page
COLOURS = 64  # plenty for text and a figure, and a third of the bytes

# From the heading with the rep's name to the end of the first picture below it.
FROM_HEADING_TO_PICTURE = """([chapter, name]) => {
    const within = `#${chapter} :is(h2, h3, h4)`;
    const heading = [...document.querySelectorAll(within)].find(h => h.innerText.trim() === name);
    const after = e => heading.compareDocumentPosition(e) & Node.DOCUMENT_POSITION_FOLLOWING;
    const figure = [...document.querySelectorAll(`#${chapter} figure`)].find(after);
    const [top, end] = [heading.getBoundingClientRect(), figure.getBoundingClientRect()];
    return {top: top.top + scrollY, bottom: end.bottom + scrollY};
}"""


def main() -> None:
    """Build, look, and write the picture."""
    arguments = ["build", str(COMPANY), "--to", str(WORKBOOKS), "--manager", MANAGER, "--resume"]
    if playbook(arguments):
        sys.exit("The workbook is not complete, so no picture was taken.")
    company = load(COMPANY)
    chapter = next(chapter for chapter in chapters_in() if chapter.key == notebook_of(CHAPTER))
    names = company.people.set_index("person_id")["name"]
    page = workbook_folder(WORKBOOKS, company.settings.company_id, MANAGER, names[MANAGER]) / "index.html"
    PICTURE.parent.mkdir(parents=True, exist_ok=True)
    _shoot(page, chapter.anchor, names[REP], PICTURE)
    Image.open(PICTURE).convert("RGB").quantize(COLOURS, Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE).save(
        PICTURE, optimize=True
    )
    print(f"{PICTURE.relative_to(ROOT)}: {PICTURE.stat().st_size / 1000:.0f} kB")


def _shoot(page: Path, chapter: str, name: str, picture: Path) -> None:
    """Take the part of a chapter in `page` that belongs to one rep."""
    chromium = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
        tab = browser.new_page(viewport={"width": WIDTH, "height": 900}, device_scale_factor=SHARPNESS)
        tab.goto(page.as_uri())
        part = tab.evaluate(FROM_HEADING_TO_PICTURE, [chapter, name])
        # The page is too long for one picture: the window is made as high as the part, and scrolled to it.
        tab.set_viewport_size({"width": WIDTH, "height": round(part["bottom"] - part["top"]) + 2 * MARGIN})
        tab.evaluate("top => scrollTo(0, top)", part["top"] - MARGIN)
        tab.screenshot(path=picture)
        browser.close()


if __name__ == "__main__":
    main()

"""A workbook as a PDF: it says what the page says, is the same twice, and goes with the page it was made from."""

import re
import stat
import sys

import pytest
from markupsafe import Markup

from playbook.chapters.cover_from_your_leader import cover
from playbook.errors import UnusableInput
from playbook.forms import agreement, hours, self_assessment
from playbook.journal.commitments import LEADER, field_subject
from playbook.journal.file_journal import FileJournal
from playbook.workbook import LEADERS_SHEET, PDF, TEAMS_SHEET
from playbook.workbooks import handout_files, page, pdf
from playbook.workbooks.page import PageTask, rendered, write_page
from tests.forms.at_work import workbook
from tests.journal.writing import answer
from tests.workbooks.batches import chapters, folder_of, manifest, quick_batch
from tests.workbooks.pdf_text import pdf_text

NAMES = ("01_team", "02_words")


@pytest.fixture(scope="module")
def pango():
    try:
        pdf.check_pdf()
    except UnusableInput as missing:
        pytest.skip(f"no PDF can be made on this machine: {missing.what}")


@pytest.fixture(scope="module")
def made(pango, small_company, tmp_path_factory):
    """Asks for the batch of one manager, with whatever else; the folder of workbooks and the PDF in it."""
    place = tmp_path_factory.mktemp("pdf")
    of = chapters(place, *NAMES)

    def again(**options):
        return quick_batch(small_company, place / "books", of, managers=["M001"], jobs=1, **options)

    again(pdf=True)
    return again, place / "books", folder_of(place / "books", "M001") / PDF


def words_of(text):
    return set(re.findall(r"\w{4,}", text))


def test_it_says_what_the_page_says(made):
    _, _, file = made
    html = (file.parent / "index.html").read_text(encoding="utf-8")
    pdf = pdf_text(file.read_bytes())
    whole = " ".join(pdf.pages)
    assert "These words are for M001." in whole and 2 <= len(pdf.pages) <= 5
    body = re.sub(r"<[^>]+>", " ", html[html.index("<main") :])
    assert words_of(body) - words_of(whole) <= words_of("Back to the contents Previous Next")


def test_it_has_tags_a_language_a_title_and_an_outline_and_no_clock(made):
    pdf = pdf_text(made[2].read_bytes())
    assert re.search(r"/Marked true", pdf.objects) and "/Lang (en)" in pdf.objects
    assert "Contents" in pdf.outline and len(pdf.outline) >= 1 + len(NAMES)
    assert not re.search(r"CreationDate|ModDate", pdf.objects)


def test_the_contents_name_pages_that_exist(made):
    pdf = pdf_text(made[2].read_bytes())
    named = [int(n) for n in re.findall(r"page (\d+)", pdf.pages[0] + pdf.pages[1])]
    assert len(named) == len(NAMES) and all(1 < n <= len(pdf.pages) for n in named)


def test_only_its_owner_can_read_it_and_the_manifest_knows_it(made):
    _, books, file = made
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert manifest(books)["managers"]["M001"]["pdf"]["status"] in ("made", "kept")


def test_it_is_kept_while_true_made_again_where_missing_and_gone_with_an_older_page(made):
    again, books, file = made
    first, written = file.read_bytes(), file.stat().st_mtime_ns
    again(pdf=True, resume=True)
    assert file.stat().st_mtime_ns == written
    file.unlink()
    again(pdf=True, resume=True)
    assert file.read_bytes() == first
    file.write_bytes(first[: len(first) // 2])
    again(pdf=True, resume=True)
    assert file.read_bytes() == first
    again()  # a new page without a PDF: the old one would show older figures
    assert not file.exists() and "pdf" not in manifest(books)["managers"]["M001"]


@pytest.mark.parametrize("sheet", [LEADERS_SHEET, TEAMS_SHEET])
def test_a_sheet_to_hand_out_is_one_page(pango, sheet, tmp_path):
    handout_files.lay_down("Maximiliana Featherstonehaugh-Montmorency", tmp_path)
    pdf.write_pdf((tmp_path / sheet).read_text(encoding="utf-8"), tmp_path / "sheet.pdf", "sheet")
    read_back = pdf_text((tmp_path / "sheet.pdf").read_bytes())
    assert len(read_back.pages) == 1 and "Protect time for managing" in read_back.pages[0]


LONG = "The pricing round goes to finance from May, and I keep Tuesday and Thursday mornings for calls with them. "


def test_the_page_for_the_leader_is_one_page_with_long_answers_too(pango, tmp_path):
    mine = workbook(tmp_path)
    places = [*hours.settled().placed(), *self_assessment.first_steps().placed(), *agreement.agreement().placed()]
    promised = {"whose": LEADER, "what": LONG, "due": "2026-06-30"}
    FileJournal(tmp_path / "journal.jsonl").append(
        [answer(one.subject, LONG) for one in places]
        + [answer(field_subject("c1", field), value) for field, value in promised.items()]
    )
    title = "For my leader"
    html = rendered("agenda.html.jinja", title=title, body=Markup(cover.page(mine).html), record="")
    html = html.replace(f"<h1>{title}</h1>", "")  # in the workbook, a page of its own begins with its own heading
    pdf.write_pdf(html, tmp_path / "page.pdf", "page")
    read_back = pdf_text((tmp_path / "page.pdf").read_bytes())
    first, own = read_back.pages  # what to say after a no is the manager's, and no part of what is sent
    assert "Please do not judge me on this" in first and "What you commit to" in first
    assert "If the answer is no" in own and "If the answer is no" not in first


@pytest.mark.parametrize(
    ("lacking", "reason", "remedy"),
    [
        (ModuleNotFoundError("weasyprint"), "WeasyPrint, which makes PDF files, is not installed", "player-to-coach"),
        (OSError("cannot load library 'libpango-1.0-0'"), "Pango, which sets its text, is not", "libpango-1.0-0"),
    ],
)
def test_what_is_missing_is_said_before_the_batch_begins(lacking, reason, remedy, small_company, tmp_path, monkeypatch):
    class Refusing:
        def find_spec(self, name, *_):
            if name.partition(".")[0] == "weasyprint":
                raise lacking

    for name in [name for name in sys.modules if name.partition(".")[0] == "weasyprint"]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setattr(sys, "meta_path", [Refusing(), *sys.meta_path])
    with pytest.raises(UnusableInput, match=reason) as refused:
        quick_batch(small_company, tmp_path / "books", chapters(tmp_path, *NAMES), pdf=True)
    assert remedy in refused.value.remedy and not (tmp_path / "books").exists()


def test_a_pdf_that_fails_leaves_the_page_and_says_so(tmp_path, monkeypatch):
    def failing(*_):
        raise RuntimeError("no font")

    monkeypatch.setattr(pdf, "write_pdf", failing)
    outcome = write_page(PageTask(tmp_path, (), page.Cover("Mo", "Acme", (), "31 Mar 2026"), pdf=True))
    assert outcome.trouble is None and "PDF could not be made" in outcome.pdf_trouble.sentence
    assert (tmp_path / "index.html").is_file() and not (tmp_path / PDF).exists()

"""`playbook certificate`: the certificate of the capstone as a page to print, or a PDF, in the learner's folder."""

from pathlib import Path

from markupsafe import Markup

from playbook.errors import UnusableInput
from playbook.escaping import plain
from playbook.training.exam.certificate import TITLE, certificate_page, earned
from playbook.training.learner import learner_here
from playbook.workbooks.fingerprints import of_text
from playbook.workbooks.fitting import Outline, fitted
from playbook.workbooks.page import rendered, write_html
from playbook.workbooks.pdf import check_pdf, write_pdf

CERTIFICATE = "certificate.html"


def write_certificate(folder: Path, *, name: str, to: Path | None = None, pdf: bool = False) -> list[str]:
    """Write the certificate of the learner in `folder` there, or to `to`; lines that say where it is.

    Raises
    ------
    UnusableInput : if the capstone is not met yet, no name is given, or a PDF is asked for and cannot be made.
    """
    if pdf:
        check_pdf()
    learner = learner_here(folder)
    if learner.folder is None:
        raise UnusableInput(
            "no training lies here.",
            where=str(folder),
            remedy="Name the folder of your training: playbook certificate FOLDER --name NAME",
        )
    day = earned(learner.attempts)
    if day is None:
        raise UnusableInput(
            "The capstone is not met yet.",
            where=str(folder),
            remedy="Take it in the lesson “Capstone”; you may try again with another team.",
        )
    if not name.strip():
        raise UnusableInput(
            "A name is missing.", where="the certificate", remedy="Give the name that shall stand on it."
        )
    page = certificate_page(plain(name.strip()), day)
    body = fitted(page.html, prefix="certificate", outline=Outline(), anchors={})
    html = rendered("agenda.html.jinja", title=TITLE, body=Markup(body), record=of_text(TITLE, page.html))
    file = to or folder / CERTIFICATE
    write_html(html, file)
    lines = [f"The certificate is in {file}. Open it, and print it from there."]
    if pdf:
        printed = file.with_suffix(".pdf")
        write_pdf(html, printed, of_text(html))
        lines.append(f"As a PDF: {printed}")
    return lines

"""A workbook's page as a PDF: `workbook.pdf` beside `index.html`, for whoever files or prints it.

In: the page's HTML.  Out: a PDF with tags, an outline, page numbers and fonts of its own. No clock stands in it, and
the same page gives the same bytes. WeasyPrint, which makes it, is the extra `pdf`, and needs Pango, which pip cannot
bring.
"""

import contextlib
import io
import logging
import re
from importlib.resources import files
from pathlib import Path

from playbook.atomic import write_beside
from playbook.errors import UnusableInput
from playbook.workbooks.fingerprints import of_text

_VARIANT = "pdf/ua-1"  # tagged, with title and language: what a screen reader needs
_END = re.compile(rb"startxref\s+(\d+)\s+%%EOF\s*$")  # says where the identifier stands
_HEAD = 1024  # bytes; more than what stands there
# Matplotlib brings them along, so that a server without a single font makes the same PDF as a laptop.
_FACES = (
    ("PTC Sans", "DejaVuSans.ttf", "normal", "normal"),
    ("PTC Sans", "DejaVuSans-Bold.ttf", "bold", "normal"),
    ("PTC Sans", "DejaVuSans-Oblique.ttf", "normal", "italic"),
    ("PTC Sans", "DejaVuSans-BoldOblique.ttf", "bold", "italic"),
    ("PTC Serif", "DejaVuSerif.ttf", "normal", "normal"),
    ("PTC Serif", "DejaVuSerif-Bold.ttf", "bold", "normal"),
)


def check_pdf() -> None:
    """Make sure that a PDF can be made here, before anything else is.

    Raises
    ------
    UnusableInput : if WeasyPrint or Pango is missing; the remedy is the command that brings it.
    """
    try:
        with contextlib.redirect_stdout(io.StringIO()):  # it prints a page of advice of its own
            import weasyprint  # noqa: F401
    except ImportError:
        raise UnusableInput(
            "WeasyPrint, which makes PDF files, is not installed.",
            where="--pdf",
            remedy='Install the extra: pip install "player-to-coach[pdf]". Or build without --pdf, and print the page.',
        ) from None
    except OSError:
        raise UnusableInput(
            "WeasyPrint is here, but Pango, which sets its text, is not.",
            where="--pdf",
            remedy="Debian or Ubuntu: apt-get install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0. "
            "macOS: brew install pango. Or build without --pdf, and print the page from a browser.",
        ) from None


def write_pdf(html: str, file: Path, inputs: str) -> None:
    """Write a page as a PDF, beside and then renamed; `inputs`, what the page was made from, becomes its identifier."""
    import weasyprint
    from weasyprint.urls import URLFetcher

    for name in ("weasyprint", "fontTools"):
        logging.getLogger(name).setLevel(logging.CRITICAL)
    whole = html.replace("</head>", f"<style>{_style()}</style>\n</head>", 1)
    made = weasyprint.HTML(string=whole, url_fetcher=URLFetcher(allowed_protocols=("data", "file"))).write_pdf(
        pdf_variant=_VARIANT, pdf_identifier=_identifier(inputs).encode()
    )
    with write_beside(file) as beside:
        beside.write_bytes(made)


def is_fresh(file: Path, inputs: str) -> bool:
    """Whether the PDF in its place was made from just this."""
    try:
        made = file.read_bytes()
    except OSError:
        return False
    end = _END.search(made, max(0, len(made) - _HEAD))
    return end is not None and _identifier(inputs).encode() in made[int(end[1]) :][:_HEAD]


def _identifier(inputs: str) -> str:
    from importlib.metadata import PackageNotFoundError, version

    try:
        maker = version("weasyprint")
    except PackageNotFoundError:
        maker = ""
    return of_text(inputs, maker)


def _style() -> str:
    import matplotlib

    fonts = Path(matplotlib.get_data_path()) / "fonts" / "ttf"
    faces = [
        f'@font-face {{ font-family: "{family}"; src: url("{(fonts / file).as_uri()}"); '
        f"font-weight: {weight}; font-style: {style}; }}"
        for family, file, weight, style in _FACES
    ]
    return "\n".join([*faces, (files("playbook.workbooks") / "pdf.css").read_text(encoding="utf-8")])

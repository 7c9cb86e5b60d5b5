"""The sheets of `your_new_role` that a manager hands out, as files in the workbook's folder: to print, or to send."""

from pathlib import Path

from markupsafe import Markup

from playbook.atomic import write_unless_there
from playbook.display import PagePart
from playbook.forms import handouts
from playbook.workbook import LEADERS_SHEET, TEAMS_SHEET
from playbook.workbooks.fingerprints import of_text
from playbook.workbooks.fitting import Outline, fitted
from playbook.workbooks.page import rendered


def lay_down(manager: str, workbook: Path) -> None:
    """Write both sheets for this manager, but for one that is there already as it should be."""
    for name, title, sheet in (
        (LEADERS_SHEET, handouts.LEADERS_TITLE, handouts.leaders_sheet(manager)),
        (TEAMS_SHEET, handouts.TEAMS_TITLE, handouts.teams_sheet(manager)),
    ):
        write_unless_there(_page(title, sheet), workbook / name)


def _page(title: str, sheet: PagePart) -> str:
    body = fitted(sheet.html, prefix="sheet", outline=Outline(), anchors={})
    return rendered("agenda.html.jinja", title=title, body=Markup(body), record=of_text(title, sheet.html))

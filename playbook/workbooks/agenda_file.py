"""`playbook agenda`: the next 1:1 with one rep as a page to print, and the manager's reminders as a calendar file."""

from datetime import UTC, datetime
from pathlib import Path

from markupsafe import Markup

from playbook import wording
from playbook.calendars import write_reminders
from playbook.chapters.pages.agenda import agenda, named_reps, reminders, rep_called
from playbook.errors import UnusableInput
from playbook.escaping import for_file_name, plain
from playbook.team import open_team
from playbook.workbook import Workbook
from playbook.workbooks.fitting import Outline, fitted
from playbook.workbooks.manifest import entries_in_place, read_manifest
from playbook.workbooks.page import rendered, write_html


def write_agenda(manager: str, rep: str, *, workbooks: Path | None = None, to: Path | None = None) -> list[str]:
    """Write the agenda into the manager's workbook, or to `to`; lines that say where it is.

    Parameters
    ----------
    manager : the folder of a workbook; or a manager's name or id, to be looked up in `workbooks`.
    rep : a name or an id of the team.

    Raises
    ------
    UnusableInput : if there is no such workbook, or nobody of the team is called that.
    """
    folder = _workbook(manager, workbooks)
    team = open_team(Workbook(folder).team)
    rep_id = rep_called(team, rep)
    name = dict(named_reps(team))[rep_id]
    page_part = agenda(team, rep_id, titled=False)
    body = fitted(page_part.html, prefix="agenda", outline=Outline(), anchors={})
    title = f"The next 1:1 with {plain(name)}"
    file = to or Workbook(folder).agenda(for_file_name(name, fallback="rep"))
    write_html(rendered("agenda.html.jinja", title=title, body=Markup(body), record="agenda"), file)
    return [f"The agenda is in {file}. It speaks of a person: treat it as private."]


def write_calendar(manager: str, *, workbooks: Path | None = None) -> list[str]:
    """Write reminders of the open commitments into the manager's workbook; lines that say where they are."""
    folder = _workbook(manager, workbooks)
    planned = reminders(open_team(Workbook(folder).team))
    if not planned:
        return ["No open commitment has a day yet, so there is nothing to be reminded of."]
    file = Workbook(folder).reminders
    write_reminders(file, planned, datetime.now(UTC))
    return [f"{wording.count(len(planned), 'reminder')}: {file}. Open the file with your own calendar."]


def _workbook(manager: str, workbooks: Path | None) -> Path:
    if Workbook(Path(manager)).exists:
        return Path(manager)
    entries = entries_in_place(workbooks, read_manifest(workbooks)).values() if workbooks else ()
    name_or_id = manager.strip().casefold()
    matches = [e for e in entries if name_or_id in (str(e["id"]).casefold(), str(e["name"]).casefold())]
    if workbooks and len(matches) == 1:
        return workbooks / matches[0]["folder"]
    raise UnusableInput(
        f"{len(matches)} managers are called that." if matches else "there is no such workbook.",
        where=manager,
        remedy="Give the folder of the workbook, or say with --workbooks where the workbooks are.",
    )

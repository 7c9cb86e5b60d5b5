"""What a workbook's folder holds before any chapter runs: the team's data, the guide, handouts, the journal's place.

In: the company-wide work.  Out: files in the manager's folder, and the hash of all that its chapters are made from.
"""

import os
from dataclasses import replace
from pathlib import Path

from playbook.chapters.pages import this_week
from playbook.escaping import plain
from playbook.journal.place import ensure_journal
from playbook.team import save_team
from playbook.workbook import Workbook
from playbook.workbooks import guide_page, handout_files
from playbook.workbooks.company_wide import CompanyWide
from playbook.workbooks.fingerprints import of_code, of_folder, of_text
from playbook.workbooks.journals_read import state_of
from playbook.workbooks.work_list import WorkbookRun


def lay_down(run: WorkbookRun, wide: CompanyWide, guide: guide_page.GuideFiles) -> str:
    """Write the team's folder beside its journal, complete the cover; the hash of what each chapter is made from."""
    folder: Path = run.state.folder
    ensure_journal(folder)
    Workbook(folder).team.mkdir(exist_ok=True, mode=0o700)
    team = wide.team_for(run.state.person_id)
    save_team(team, Workbook(folder).team)
    guide_page.lay_down(guide, folder)
    handout_files.lay_down(run.state.name, folder)
    names = team.reps["name"].fillna(team.reps["person_id"])
    run.cover = replace(
        run.cover,
        team=tuple(plain(name) for name in names),
        standing=plain(this_week.standing_in_a_line(team)),
        week=this_week.this_week(team),
    )
    written = state_of(wide.company.settings.company_id, run.state.person_id, folder, os.environ)
    return of_text(of_folder(Workbook(folder).team), written, of_code())

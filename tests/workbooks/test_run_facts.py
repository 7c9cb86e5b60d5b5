"""What whoever runs a batch reads on its page beside the workbooks."""

from dataclasses import replace
from datetime import date

import pandas as pd

from playbook.workbooks.company_source import ReadingOptions, company_from
from playbook.workbooks.company_wide import company_wide
from playbook.workbooks.overview import write_overview
from playbook.workbooks.run_facts import overview_of
from tests.scripts.requirements_files import ROOT

SMALL = ROOT / "data" / "samples" / "exports"


def test_operations_read_which_habits_of_the_record_most_reps_have(tmp_path):
    export = next(folder for folder in sorted(SMALL.iterdir()) if folder.is_dir())
    source = company_from([export], None, ReadingOptions(), date(2026, 11, 1))
    wide = company_wide(source, None, date(2026, 11, 1))
    record = pd.DataFrame({"trait": "left_open", "habit": [True] * 9 + [False]})
    assert wide.diagnosis
    overview = overview_of(source, replace(wide, diagnosis=replace(wide.diagnosis, record=record)))
    assert len(overview.record) == 1 and overview.record[0].startswith("With 9 of 10 reps old deals")
    write_overview(tmp_path, overview, [])
    page = (tmp_path / "index.html").read_text(encoding="utf-8")
    assert "How the CRM is kept" in page and overview.record[0] in page

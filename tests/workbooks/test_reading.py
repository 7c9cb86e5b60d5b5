"""How exports are read is said in one value, and `--skip-bad-rows` works where it is advised."""

from datetime import date
from pathlib import Path

import pytest

from playbook.crm.reading_options import ReadingOptions
from playbook.errors import UnusableInput
from playbook.workbooks.company_source import company_from

ROWS = ("1,Ana,Closed Won,100,2026-01-02,2026-02-03", "2,Ana,Closed Lost,100,2026-01-02,2026-02-31")


@pytest.fixture
def exports(tmp_path: Path) -> Path:
    head = "Opportunity ID,Opportunity Owner,Stage,Amount,Created Date,Close Date"
    (tmp_path / "deals.csv").write_text("\n".join([head, *ROWS]) + "\n", encoding="utf-8")
    return tmp_path / "deals.csv"


def test_a_build_and_a_diagnosis_leave_a_row_out_where_its_error_advises_that(exports):
    with pytest.raises(UnusableInput, match="--skip-bad-rows"):
        company_from([exports], None, ReadingOptions(), date(2026, 6, 30))
    source = company_from([exports], None, ReadingOptions(skip_bad_rows=True), date(2026, 6, 30))
    assert list(source.company.opportunities["opportunity_id"]) == ["1"]

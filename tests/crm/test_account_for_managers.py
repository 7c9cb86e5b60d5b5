"""What `your_new_role` says of the import counts nothing: the company's count less the own team's is other people's."""

import re

from playbook.crm.account.report import DroppedRows, FileReport, ImportReport


def test_the_account_for_managers_says_what_was_read_and_no_number_of_rows():
    file = FileReport(
        "deals.csv", "deals", "opportunities", "Salesforce", "", 4321, 4300, (DroppedRows("no owner", 21),)
    )
    report = ImportReport("Acme", "2026-03-31", (file,), {"opportunities": 4300, "people": 57})
    assert "4,300 deals, 57 people" in report.one_paragraph() and "Of 4,321 rows 21 were" in report.one_paragraph()
    told = report.for_managers()
    assert told.startswith(
        "This workbook was made from 1 file of Salesforce, imported on 2026-03-31. Some rows were set"
    )
    assert re.findall(r"\d+", told.replace("2026-03-31", "")) == ["1"]

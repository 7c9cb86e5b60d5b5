"""The diagnosis table as a file that people open in a spreadsheet, or programs read as JSON."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import pandas as pd

from playbook import as_of as time_machine
from playbook import wording
from playbook.atomic import write_beside
from playbook.company import Company
from playbook.crm.reading_options import ReadingOptions
from playbook.diagnosis.evidence import evidence
from playbook.diagnosis.own_shape import false_alarms
from playbook.diagnosis.with_circumstances import diagnosed
from playbook.errors import UnusableInput
from playbook.escaping import for_spreadsheet
from playbook.sentences.explained import explained
from playbook.sentences.shape_sentences import by_luck_alone
from playbook.sentences.verdict_sentences import reasons
from playbook.workbooks.circumstances_file import circumstances_beside
from playbook.workbooks.company_source import company_from

_COLUMNS = ["manager_id", "rep_id", "driver", "stage", "verdict", "priority", "probability", "effect", "low", "high"]
_COLUMNS += ["peers", "unit", "n", "value_at_stake"]


@dataclass(frozen=True)
class DiagnosisRequest:
    """Which company is to be diagnosed, from which day, and how its exports are read; `today` is the day it runs."""

    company: Sequence[Path]
    today: date
    as_of: date | None = None
    keep_in: Path | None = None
    reading: ReadingOptions = ReadingOptions()
    circumstances: Path | None = None

    def known(self) -> tuple[list[str], Company, date]:
        """What the user should be told of the reading and the day, the company as known at the day, and the day.

        Raises
        ------
        UnusableInput : if the company cannot be used.
        """
        source = company_from(self.company, self.keep_in, self.reading, self.today)
        beside = circumstances_beside(self.circumstances, source, skip_bad_rows=self.reading.skip_bad_rows)
        day = self.as_of or time_machine.latest_day(source.company, self.today)
        lines = [*source.report_lines, *beside.lines, *time_machine.remarks_on(source.company, self.as_of, self.today)]
        return lines, replace(time_machine.at(source.company, day), circumstances=beside.entries), day


def write_diagnosis(request: DiagnosisRequest, file: Path) -> list[str]:
    """Diagnose a company and write the table (design: a row for each rep and driver) to `file`; lines to tell the user.

    Raises
    ------
    UnusableInput : if the file's ending is neither .csv nor .json, or the company cannot be used.
    """
    if file.suffix.lower() not in (".csv", ".json"):
        raise UnusableInput(
            "the diagnosis is written as CSV or JSON.", where=str(file), remedy="Let the name end in .csv or .json."
        )
    lines, company, day = request.known()
    table = as_written(diagnosed(company, day).diagnosis.table, company.settings.currency)
    with write_beside(file) as beside:
        if file.suffix.lower() == ".csv":
            spreadsheet_safe(table).to_csv(beside, index=False, encoding="utf-8", lineterminator="\n")
        else:
            table.to_json(beside, orient="records", indent=1, date_format="iso", force_ascii=False)
    rows = wording.count(len(table), "row")
    return [*lines, f"The diagnosis as of {wording.day(day)}, {rows}, is in {file}"]


def explanation(request: DiagnosisRequest, rep: str, driver: str, *, names: bool) -> list[str]:
    """How the verdict on `rep` in `driver` came about, in lines (`sentences.explained`).

    Raises
    ------
    UnusableInput : if the company, the rep or the driver is not known.
    """
    _, company, day = request.known()
    return explained(company, day, rep, driver, names=names)


def own_shape(request: DiagnosisRequest, companies: int) -> list[str]:
    """How often somebody is accused in so many companies of this one's shape in which nobody differs, in lines.

    Raises
    ------
    UnusableInput : if the company cannot be used.
    """
    _, company, day = request.known()
    return by_luck_alone(false_alarms(evidence(company, day), companies))


def as_written(table: pd.DataFrame, currency: str = "") -> pd.DataFrame:
    """The columns of `table` that are for people, and `why`: the reason of each row in one sentence."""
    return table[_COLUMNS].assign(why=[reason.one_sentence for reason in reasons(table, currency)])


def spreadsheet_safe(table: pd.DataFrame) -> pd.DataFrame:
    """`table` with an apostrophe before each text that a spreadsheet would take for a formula; numbers stay numbers."""
    texts = [column for column in table.columns if table[column].dtype in ("object", "str")]
    safe = {c: table[c].map(lambda v: for_spreadsheet(v) if isinstance(v, str) else v) for c in texts}
    return table.assign(**safe)

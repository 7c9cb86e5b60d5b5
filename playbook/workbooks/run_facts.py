"""What is true of a whole batch: the manifest's facts, those of its page, and the notes that it closes with."""

from collections.abc import Iterator, Sequence
from typing import Any

import pandas as pd

from playbook import roster, wording
from playbook.catalogue import briefly_called
from playbook.coaching.shared_causes import shared_habits
from playbook.escaping import plain
from playbook.sentences.record_habits import for_operations
from playbook.workbooks.company_source import OWN_FOLDER, CompanySource
from playbook.workbooks.company_wide import CompanyWide
from playbook.workbooks.contents import Chapter
from playbook.workbooks.fingerprints import versions
from playbook.workbooks.overview import Overview
from playbook.workbooks.rosters import name_of, without_workbook

_MOST_NAMED = 6  # on the terminal; the batch's page names everybody


def manifest_facts(source: CompanySource, wide: CompanyWide, chapters: Sequence[Chapter]) -> dict[str, Any]:
    """What the manifest says of the run itself; the technical account of what could not be computed among it."""
    facts: dict[str, Any] = {
        "company_id": wide.company.settings.company_id,
        "as_of": wide.as_of.isoformat(),
        "versions": versions(),
        "inputs": dict(source.files),
        "chapters": {chapter.key: chapter.source for chapter in chapters},
    }
    if wide.faults:
        facts["not_computed"] = [{"part": fault.part, "technical": fault.technical} for fault in wide.faults]
    return facts


def overview_of(source: CompanySource, wide: CompanyWide) -> Overview:
    """What the page of the batch says beside its workbooks."""
    company = wide.company
    return Overview(
        company=plain(company.settings.name),
        as_of=wording.day(wide.as_of),
        simulated=company.settings.simulated,
        off=tuple(briefly_called(need) for need in wide.missing),
        not_computed=tuple(fault.sentence for fault in wide.faults),
        recognised=tuple(plain(line) for line in source.report_lines),
        record=tuple(_habits_of_the_company(wide)),
        without_workbook=tuple(
            (plain(row.name) or row.person_id, row.why) for row in without_workbook(company).itertuples()
        ),
        without_manager=tuple(name_of(person) for person in roster.reps_without_manager(company).itertuples()),
    )


def _habits_of_the_company(wide: CompanyWide) -> Iterator[str]:
    habits = shared_habits(wide.diagnosis.record if wide.diagnosis else pd.DataFrame())
    for trait, reps, of in zip(habits["trait"], habits["reps"], habits["of"], strict=True):
        yield for_operations(trait, reps, of)


def closing_notes(source: CompanySource, wide: CompanyWide) -> Iterator[str]:
    """What whoever runs the batch should know: what could not be computed, who gets no workbook, the import's notes."""
    yield from (fault.sentence for fault in wide.faults)
    nobody = [f"{name_of(person)} ({person.why})" for person in without_workbook(wide.company).itertuples()]
    if nobody:
        more = [f"and {len(nobody) - _MOST_NAMED} more"] if nobody[_MOST_NAMED:] else []
        yield f"Without a workbook: {'; '.join([*nobody[:_MOST_NAMED], *more])}."
    if source.to_note:
        notes = wording.count(source.to_note, "thing")
        yield f"About the exports {notes} to note: see “Please note” above, or {OWN_FOLDER}/import-report.md."

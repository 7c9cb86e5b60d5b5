"""The work that is done once for the whole company, before any chapter runs, and each team's part of it.

A fault in one part of this work takes no workbook along: what it would have found is left out, every page says that the
part could not be computed, and the technical account goes to the batch's manifest alone, as it may hold other teams'
data.
"""

import traceback
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import TypeVar

import pandas as pd

from playbook import as_of as time_machine
from playbook.chapters.not_computed import IN_WORDS
from playbook.coaching.effect import coaching_effect
from playbook.coaching.starts import begun
from playbook.company import Company
from playbook.diagnosis.diagnose import Diagnosis
from playbook.diagnosis.with_circumstances import KnownDiagnosis, diagnosed
from playbook.disclosure.folders import Folders
from playbook.disclosure.grounds import AlikeElsewhere, grounds
from playbook.disclosure.outlooks import with_shared_names
from playbook.forecast.forecasts import forecasts
from playbook.team import COACHING_EFFECT, DIAGNOSIS, FORECAST, Team, missing_of
from playbook.workbooks.company_source import CompanySource
from playbook.workbooks.notebook_record import without_paths

T = TypeVar("T")

OLD_AFTER = 14  # days; from then on a chapter opens with the age of its data
_LINES_OF_A_FAULT = 12  # of its traceback; the last ones say what happened


@dataclass(frozen=True)
class Fault:
    """A part of the company-wide work (one of `team.PARTS`) that could not be computed, and the technical account."""

    part: str
    technical: str

    @property
    def sentence(self) -> str:
        """For whoever runs the batch."""
        return (
            f"“{IN_WORDS[self.part]}” could not be computed for this company; the workbooks say so in its place. "
            "The cause is in manifest.json, under not_computed."
        )


@dataclass(frozen=True)
class CompanyWide:
    """The company as known at `as_of`, and what was found for all its teams; team_for cuts out one.

    `diagnosis` is as worked out, and so are `findings`, which are those beside it: nothing of either reaches a folder
    but through team_for. `ground` says on whom else each comparison rests (`disclosure.grounds`).
    """

    company: Company
    as_of: date
    days_old: int | None
    missing: tuple[str, ...]
    import_summary: str
    diagnosis: Diagnosis | None
    ground: pd.DataFrame | None
    findings: Mapping[str, pd.DataFrame]
    faults: tuple[Fault, ...] = ()

    def team_for(self, manager_id: str) -> Team:
        """What this manager may read."""
        return self._folders.of(
            manager_id,
            missing=self.missing,
            days_old=self.days_old,
            import_summary=self.import_summary,
            not_computed=tuple(fault.part for fault in self.faults),
        )

    @cached_property
    def _folders(self) -> Folders:
        """Made once, when the first manager asks."""
        return Folders(self.company, self.as_of, self.diagnosis, self.ground, self.findings)


def company_wide(
    source: CompanySource,
    as_of: date | None,
    today: date,
    noted: Callable[[Company], pd.DataFrame] | None = None,
    known: Callable[[Company], pd.DataFrame] | None = None,
) -> CompanyWide:
    """Look at the company from one day, and find what needs everybody's deals: diagnosis, forecasts, coaching's effect.

    `noted` reads what managers wrote down of coaching: manager_id, rep_id, driver, began_on; it counts where the rep is
    still theirs. `known` gives what people know beside the data (`circumstances.Circumstance`). Without `as_of` the day
    is the data's latest; see `as_of.latest_day`.
    """
    day = as_of or time_machine.latest_day(source.company, today)
    company = time_machine.at(source.company, day)
    written = _of_their_own(noted(company), company) if noted else None
    if known:
        company = replace(company, circumstances=known(company))
    faults: list[Fault] = []
    known_diagnosis, ground = _computed(DIAGNOSIS, lambda: _diagnosis(company, day), faults) or (None, None)
    diagnosis = None if known_diagnosis is None else known_diagnosis.diagnosis
    return CompanyWide(
        company=company,
        as_of=day,
        days_old=None if as_of or source.company.settings.simulated else age_in_days(day, today),
        missing=missing_of(source.company),
        import_summary=source.summary,
        diagnosis=diagnosis,
        ground=ground,
        findings={
            **({} if known_diagnosis is None else {"circumstances": known_diagnosis.circumstances}),
            **(_computed(COACHING_EFFECT, lambda: _effect(company, day, diagnosis, written), faults) or {}),
            **(_computed(FORECAST, lambda: forecasts(with_shared_names(company), day), faults) or {}),
        },
        faults=tuple(faults),
    )


def _computed(part: str, compute: Callable[[], T], faults: list[Fault]) -> T | None:
    """What `compute` returns; None where it fails, with the fault noted in `faults`."""
    try:
        return compute()
    except Exception as error:  # whatever it is, the other parts and every workbook must not suffer
        steps = without_paths("".join(traceback.format_exception(error))).splitlines()
        faults.append(Fault(part, "\n".join(steps[-_LINES_OF_A_FAULT:])))
        return None


def _diagnosis(company: Company, day: date) -> tuple[KnownDiagnosis, pd.DataFrame]:
    """The diagnosis, and on whom each of its comparisons rests: without that, none of it may be told."""
    alike = AlikeElsewhere(company)
    known = diagnosed(company, day, alike.add)
    return known, grounds(known.diagnosis.judged, alike)


def _effect(
    company: Company, day: date, diagnosis: Diagnosis | None, written: pd.DataFrame | None
) -> dict[str, pd.DataFrame]:
    """Coaching's effect on what the diagnosis judges; without one there is nothing to measure it by."""
    if diagnosis is None:
        raise RuntimeError("there is no diagnosis")
    logged = begun(company.coaching_log, diagnosis.table["driver"].unique())
    return {"coaching_effect": coaching_effect(company, day, logged, written, diagnosis.levels)}


def _of_their_own(noted: pd.DataFrame, company: Company) -> pd.DataFrame:
    """What managers wrote about reps who report to them now."""
    manager = company.people.set_index("person_id")["manager_id"]
    return noted[noted["rep_id"].map(manager) == noted["manager_id"]]


def age_in_days(day: date, today: date) -> int | None:
    """How old the data is, in whole weeks counted as days, if more than 14 days; else None.

    Whole weeks, so that a batch repeated on the next day finds the chapters still true.
    """
    age = (today - day).days
    return age // 7 * 7 if age > OLD_AFTER else None

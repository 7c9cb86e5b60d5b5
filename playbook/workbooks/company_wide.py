"""The work that is done once for the whole company, before any chapter runs, and each team's part of it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

import pandas as pd

from playbook import as_of as time_machine
from playbook.coaching.effect import coaching_effect
from playbook.coaching.starts import begun
from playbook.company import Company
from playbook.diagnosis.diagnose import diagnosis_of
from playbook.diagnosis.levels import benchmarks
from playbook.forecast.forecasts import forecasts
from playbook.team import Team, missing_of, team_of
from playbook.workbooks.company_source import Source

OLD_AFTER = 14  # days; from then on a chapter opens with the age of its data


@dataclass(frozen=True)
class CompanyWide:
    """The company as known at `as_of`, and what was found for all its teams; team_for cuts out one."""

    company: Company
    as_of: date
    days_old: int | None
    missing: tuple[str, ...]
    import_summary: str
    findings: Mapping[str, pd.DataFrame]

    def team_for(self, manager_id: str) -> Team:
        """What this manager may see."""
        return team_of(
            self.company,
            manager_id,
            self.as_of,
            {**self.findings, "benchmarks": benchmarks(self.findings["levels"], manager_id)},
            missing=self.missing,
            days_old=self.days_old,
            import_summary=self.import_summary,
        )


def company_wide(
    source: Source, as_of: date | None, today: date, noted: Callable[[Company], pd.DataFrame] | None = None
) -> CompanyWide:
    """Look at the company from one day, and find what needs everybody's deals: diagnosis, forecasts, coaching's effect.

    `noted` reads what managers wrote down of coaching: manager_id, rep_id, driver, began_on; it counts where the rep is
    still theirs. Without `as_of` the day is the data's latest; see `as_of.latest_day`, also for what it raises.
    """
    day = as_of or time_machine.latest_day(source.company, today)
    company = time_machine.at(source.company, day)
    found = diagnosis_of(company, day)
    return CompanyWide(
        company=company,
        as_of=day,
        days_old=None if as_of or source.company.settings.simulated else age_in_days(day, today),
        missing=missing_of(source.company),
        import_summary=source.summary,
        findings={
            "diagnosis": found.table,
            "levels": found.levels,
            "company_wide": found.patterns,
            "coaching_effect": coaching_effect(
                company,
                day,
                begun(company.coaching_log, found.table["driver"].unique()),
                _of_their_own(noted(company), company) if noted else None,
                found.levels,
            ),
            **forecasts(company, day),
        },
    )


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

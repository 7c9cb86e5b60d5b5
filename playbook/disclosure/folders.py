"""The one door through which anything reaches a manager's folder: what they may read, and nothing else.

In: a company, what was found for all its teams.  Out: each manager's `Team`. Own rows pass as they are; whatever others
have a part in passes by `rules`, one module for each kind of it.
"""

from collections.abc import Mapping
from datetime import date
from functools import cached_property
from typing import Any

import pandas as pd

from playbook.company import Company
from playbook.diagnosis.diagnose import Diagnosis
from playbook.disclosure.benchmarks import Outside
from playbook.disclosure.company_patterns import Patterns
from playbook.disclosure.comparisons import effect_for_folders, for_folders, readings_for_folders
from playbook.disclosure.outlooks import in_digits, outlook_of, teams_of_their_own
from playbook.disclosure.records import record_for_folders
from playbook.team import Team, Teams, team_of

_OUTLOOKS = ("forecast", "forecast_deals", "forecast_error")


class Folders:
    """Everybody's findings, made fit for folders once; `of` cuts out one manager's."""

    def __init__(
        self,
        company: Company,
        as_of: date,
        diagnosis: Diagnosis | None,
        ground: pd.DataFrame | None,
        findings: Mapping[str, pd.DataFrame],
    ) -> None:
        """The diagnosis with its `grounds`; `findings` are those beside it, as far as they were made."""
        self._company, self._as_of, self._findings = company, as_of, findings
        self._diagnosis, self._ground = diagnosis, ground

    def of(self, manager_id: str, **facts: Any) -> Team:
        """What this manager may read; `facts` are further fields of `Team`."""
        extra = {}
        if self._diagnosis is not None:
            extra = {
                "benchmarks": self._outside.benchmarks(manager_id),
                "company_wide": self._patterns.of(manager_id),
            }
        if manager_id in self._alone and "forecast" in self._findings:
            own = team_of(self._company, manager_id, self._as_of, {}).company
            extra |= in_digits(_only_theirs(outlook_of(own, self._as_of), manager_id))
        return self._teams.of(manager_id, self._as_of, extra, **facts)

    @cached_property
    def _teams(self) -> Teams:
        """Cut once, when the first manager asks."""
        return Teams(self._company, self._for_folders())

    def _for_folders(self) -> dict[str, pd.DataFrame]:
        disclosed = in_digits(self._findings)
        if self._diagnosis is None or self._ground is None:
            return disclosed
        disclosed["diagnosis"], disclosed["levels"] = for_folders(
            self._diagnosis, self._ground, self._company, self._as_of
        )
        if (readings := self._findings.get("circumstances")) is not None:
            disclosed["circumstances"] = readings_for_folders(readings, disclosed["diagnosis"])
        disclosed["record"] = record_for_folders(self._diagnosis.record)
        if (effect := self._findings.get("coaching_effect")) is not None:
            disclosed["coaching_effect"] = effect_for_folders(effect, self._ground)
        return disclosed

    @cached_property
    def _outside(self) -> Outside:
        assert self._diagnosis is not None
        return Outside(self._diagnosis.levels)

    @cached_property
    def _patterns(self) -> Patterns:
        assert self._diagnosis is not None
        return Patterns(self._diagnosis.patterns, self._company, self._as_of)

    @cached_property
    def _alone(self) -> frozenset[str]:
        return frozenset(teams_of_their_own(self._company))


def _only_theirs(findings: Mapping[str, pd.DataFrame], manager_id: str) -> dict[str, pd.DataFrame]:
    return {
        name: findings[name][findings[name]["manager_id"] == manager_id].reset_index(drop=True) for name in _OUTLOOKS
    }

"""What the whole company shows, cut for each manager: only groups of deals that are nobody's and no team's.

In: the company's patterns and its closed deals.  Out: the finding `company_wide` of one manager. A group is told if
those who have such deals outside of the manager's team are enough, and if those who have the others are; the rates in
steps that give nobody away, the number of deals in steps too: exactly known, the own team's can be taken off.
"""

from dataclasses import dataclass
from datetime import date

import numpy as np
import pandas as pd

from playbook import roster
from playbook.company import Company
from playbook.disclosure.rules import disclosable_to_each, in_steps, rounded_for, step_for
from playbook.metrics.strata import strata
from playbook.metrics.win_rate_by import closed_deals

_SURENESS = 0.01


@dataclass(frozen=True)
class _Group:
    """Per rep the closed deals of one group: how many, and the share that was won; who may be shown their sum."""

    closed: np.ndarray
    rate: np.ndarray
    team: np.ndarray  # of each rep, by its place among `managers`; -1 for people without a manager
    managers: pd.Index
    disclosable: np.ndarray  # to each of them, and to a team of none of these people

    def is_disclosable_to(self, manager_id: str) -> bool:
        return bool(self.disclosable[self._place(manager_id)])

    def outside(self, manager_id: str) -> tuple[np.ndarray, np.ndarray]:
        """Rates and numbers of deals of those who are not this manager's."""
        others = self.team != self._place(manager_id) if self._place(manager_id) >= 0 else slice(None)
        return self.rate[others], self.closed[others]

    def _place(self, manager_id: str) -> int:
        return int(self.managers.get_indexer([manager_id])[0])


class Patterns:
    """A company's patterns with the people behind each, found once for all managers."""

    def __init__(self, patterns: pd.DataFrame, company: Company, as_of: date) -> None:
        """`patterns` as `diagnosis.patterns.company_wide_patterns` gives it."""
        self._patterns = patterns
        self._groups: list[tuple[_Group, _Group]] = []
        if patterns.empty:
            return
        closed = closed_deals(roster.deals_to_compare(company), as_of)
        traits = strata(closed, company.settings.fiscal_year_starts)
        manager = company.people.set_index("person_id")["manager_id"]
        for pattern, group in zip(patterns["pattern"], patterns["group"], strict=True):
            inside = traits[pattern] == group
            self._groups.append((_group(closed[inside], manager), _group(closed[~inside], manager)))

    def of(self, manager_id: str) -> pd.DataFrame:
        """The finding `company_wide` that this manager may read: DataFrame of `diagnosis.diagnosis_rows.Pattern`."""
        disclosable = [all(half.is_disclosable_to(manager_id) for half in halves) for halves in self._groups]
        rows = self._patterns[np.array(disclosable, dtype=bool)] if len(self._patterns) else self._patterns
        groups = [halves for halves, one in zip(self._groups, disclosable, strict=True) if one]
        disclosed = []
        for row, (inside, outside) in zip(rows.to_dict("records"), groups, strict=True):
            people, rest = inside.outside(manager_id), outside.outside(manager_id)
            seen, others = rounded_for(row["seen"], *people), rounded_for(row["others"], *rest)
            low, high = (seen + in_steps(row[end] - row["seen"], step_for(*people)) for end in ("low", "high"))
            n = int(in_steps(float(row["n"]), step_for(people[1]) * len(people[1])))
            disclosed.append({**row, "seen": seen, "others": others, "low": low, "high": high, "n": n})
        made = pd.DataFrame(disclosed, columns=list(self._patterns))
        return made.assign(q=made["q"].clip(lower=_SURENESS).round(2)) if disclosed else rows.reset_index(drop=True)


def _group(deals: pd.DataFrame, manager: pd.Series) -> _Group:
    won = (deals["outcome"] == "won").groupby(deals["rep_id"]).agg(["size", "mean"])
    closed = won["size"].to_numpy(dtype="float64")
    team, managers = pd.factorize(manager.reindex(won.index))
    return _Group(closed, won["mean"].to_numpy(), team, pd.Index(managers), disclosable_to_each(team, closed))

"""A company written down line by line, for tests of the ground floor.

company(people=[{...}], opportunities=[{...}], quotas=[...]); what is not said is missing.
"""

import pandas as pd

from playbook.company import Company, Settings, empty

Row = dict[str, object]


def company(**tables: list[Row]) -> Company:
    """The company with these rows; every other table is empty."""
    nobody = Company(settings=Settings(), people=empty("people"), opportunities=empty("opportunities"))
    return nobody.with_tables(**{name: pd.DataFrame(rows) for name, rows in tables.items()})


def person(person_id: str, role: str | None = "rep", manager: str | None = None, **more: object) -> Row:
    """One row of people, named after the id."""
    return {"person_id": person_id, "name": person_id.title(), "role": role, "manager_id": manager} | more


def deal(opportunity_id: str, rep: str, outcome: str = "open", **more: object) -> Row:
    """One row of opportunities."""
    return {"opportunity_id": opportunity_id, "rep_id": rep, "outcome": outcome} | more

"""How each rep's record is kept: every trait, beside like colleagues.

In: a company as known at a day.  Out: one row per active rep and trait that the data holds.
"""

import pandas as pd

from playbook.metrics.jobs import job_family
from playbook.records.inputs import RecordInputs
from playbook.records.oddness import beside_the_middle
from playbook.records.record_rows import RecordRow
from playbook.records.traits import TRAITS

COLUMNS = list(RecordRow._fields)


def record_from(inputs: RecordInputs) -> pd.DataFrame:
    """Every trait of every active rep.

    Returns
    -------
    DataFrame of `rows.RecordRow`, by rep_id, trait. A trait that the export cannot show has no rows.
    """
    job = job_family(inputs.people["job"])
    tables = []
    for trait in TRAITS.values():
        measured = trait.measure(inputs)
        if measured is None or measured.empty:
            continue
        measured = measured[measured.index.isin(inputs.people.index)]
        compared = beside_the_middle(measured, job, trait.margin).rename_axis("rep_id").reset_index()
        habit = compared["value"] >= trait.habit_from
        tables.append(compared.assign(trait=trait.key, control=trait.control, habit=habit))
    if not tables:
        return pd.DataFrame(columns=COLUMNS)
    record = pd.concat(tables, ignore_index=True).sort_values(["rep_id", "trait"], ignore_index=True)
    record = record.assign(manager_id=record["rep_id"].map(inputs.people["manager_id"]), n=record["n"].astype("int64"))
    return record.astype({"manager_id": "str", "trait": "str", "side": "str"})[COLUMNS]

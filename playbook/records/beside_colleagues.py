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
    tables = {}
    for trait in TRAITS.values():
        measured = trait.measure(inputs)
        if measured is not None and not measured.empty:
            of_active = measured[inputs.people.index.get_indexer(measured.index) >= 0]
            tables[trait.key] = beside_the_middle(of_active, job, trait.margin)
    if not tables:
        return pd.DataFrame(columns=COLUMNS)
    record = pd.concat(tables, names=["trait", "rep_id"]).reset_index()
    control = {trait.key: trait.control for trait in TRAITS.values()}
    habit_from = {trait.key: trait.habit_from for trait in TRAITS.values()}
    record = record.assign(
        control=record["trait"].map(control), habit=record["value"] >= record["trait"].map(habit_from)
    ).sort_values(["rep_id", "trait"], ignore_index=True)
    record = record.assign(manager_id=record["rep_id"].map(inputs.people["manager_id"]), n=record["n"].astype("int64"))
    return record.astype({"manager_id": "str", "trait": "str", "side": "str"})[COLUMNS]

"""A company whose deals have numbers in place of ids: what is measured over millions of rows compares no texts.

In: a company.  Out: the same company; in every table a deal is its place in the order of the ids.
"""

from dataclasses import replace

import numpy as np
import pandas as pd

from playbook.company import Company
from playbook.remembering import remembered

UNKNOWN_DEAL = -1.0


@remembered
def with_deal_numbers(company: Company) -> Company:
    """`company` with numbers as opportunity_id, in the order of the ids, so that whatever is sorted by them stays so.

    An activity or a step that names a deal which is not there has UNKNOWN_DEAL; one that names none, NaN.
    """
    ids = pd.Index(company.opportunities["opportunity_id"]).sort_values()

    def numbered(rows: pd.DataFrame) -> pd.DataFrame:
        named = rows["opportunity_id"]
        numbers = ids.get_indexer(pd.Index(named)).astype("float64")
        return rows.assign(opportunity_id=np.where(named.isna(), np.nan, numbers))

    return replace(
        company,
        opportunities=numbered(company.opportunities),
        stage_history=numbered(company.stage_history),
        activities=numbered(company.activities),
    )

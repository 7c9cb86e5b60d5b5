"""How amounts are written: in units or in thousands, one deal as several, round sums.

In: `RecordInputs`.  Out: a trait per rep.
No skill makes deals a hundred times as small; a unit does (*distorted label*, *polluted label* in Suriadi et al. 2017).
Round sums say how exactly somebody types: a negative control.
"""

import numpy as np
import pandas as pd

from playbook.metrics.split_deals import parts_of_one
from playbook.records.inputs import RecordInputs
from playbook.records.measures import middle_of, share_of

_ROUND = 1_000


def unit_of_amounts(inputs: RecordInputs) -> pd.DataFrame | None:
    """Logarithm to base 10 of the middle amount: 3 lower is "in thousands"."""
    amount = inputs.deals["amount"].where(inputs.deals["amount"] > 0)
    return middle_of(np.log10(amount), inputs.deals["rep_id"]) if amount.notna().any() else None


def entered_in_parts(inputs: RecordInputs) -> pd.DataFrame | None:
    """Share of the deals that look like parts of one: same account, product and days (`metrics.split_deals`)."""
    deals = inputs.deals
    if not (deals["account"].notna() & deals["created_on"].notna()).any():
        return None
    part = pd.Series(parts_of_one(deals), index=deals.index)
    return share_of(part.groupby(part).transform("size") > 1, deals["rep_id"])


def round_sums(inputs: RecordInputs) -> pd.DataFrame | None:
    """Share of the amounts that are whole thousands."""
    known = inputs.deals[inputs.deals["amount"] > 0]
    return share_of(known["amount"] % _ROUND == 0, known["rep_id"]) if len(known) else None

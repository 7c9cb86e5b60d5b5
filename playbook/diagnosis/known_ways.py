"""What people know of a rep, among the ways in which a difference could come about.

In: the ways as the record shows them (`alternatives`), and circumstances.  Out: the ways with what was said. Where the
measure takes a circumstance into account it is ruled out; where none can, it could make the difference, and is asked
first whatever the record shows.
"""

import pandas as pd

from playbook.circumstances import ASK_FIRST, KINDS, KNOWN, MEASURED, entries_in
from playbook.diagnosis.alternatives import COLUMNS, COULD_MAKE_IT, RULED_OUT, Alternative
from playbook.drivers.registry import driver_of


def with_what_is_known(ways: pd.DataFrame, circumstances: pd.DataFrame) -> pd.DataFrame:
    """`ways` with the circumstances of each rep in place of what the record shows of them."""
    if ways.empty or circumstances.empty:
        return ways
    noted = {
        (way.rep_id, way.driver, way.alternative): way
        for rep_id, driver in ways[["rep_id", "driver"]].drop_duplicates().itertuples(index=False)
        for way in _noted_alternatives(rep_id, driver, circumstances)
    }
    rows = [noted.get((row[0], row[1], row[2]), Alternative(*row)) for row in ways[COLUMNS].itertuples(index=False)]
    return pd.DataFrame(rows, columns=COLUMNS)


def _noted_alternatives(rep_id: str, driver: str, circumstances: pd.DataFrame) -> list[Alternative]:
    """What people noted of a rep that bears on a driver; of what is to be asked, the first way on the driver's list."""
    about, alternatives = driver_of(driver), []
    for entry in entries_in(circumstances[circumstances["rep_id"] == rep_id]):
        kind = KINDS[entry.kind]
        bears = kind.bears(about.sensitive_to, about.counts)
        keys = [key for key in about.sensitive_to if key in kind.bears_on]
        state = COULD_MAKE_IT if bears == ASK_FIRST else RULED_OUT
        for key in keys if bears == MEASURED else keys[:1]:
            alternatives.append(
                Alternative(rep_id, driver, key, state, f"{KNOWN}{kind.key}", float("nan"), float("nan"), 0.0)
            )
    # What is to be asked comes last, and stands.
    return sorted(alternatives, key=lambda way: way.state == COULD_MAKE_IT)

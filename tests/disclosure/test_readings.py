"""What is usual in a reading of a circumstance passes the same door as in the diagnosis."""

from datetime import date

import pandas as pd

from playbook.circumstances import understood
from playbook.diagnosis.circumstance_rows import CircumstanceRow
from playbook.disclosure.comparisons import readings_for_folders

LEAVE = understood("ana", "leave", starts_on=date(2026, 1, 1))


def test_what_others_show_stands_in_a_reading_as_in_the_diagnosis_and_not_at_all_where_it_is_hidden_there():
    numbers = (0.5123, 1.0345, 0.9876, 1.6543)
    rows = [
        CircumstanceRow("m1", *LEAVE, driver, "measured", "coach", "no_evidence", *numbers)
        for driver in ("pipeline_generation", "activity", "")
    ]
    diagnosis = pd.DataFrame(
        {
            "rep_id": ["ana", "ana"],
            "driver": ["pipeline_generation", "activity"],
            "usual_low": [1.0, None],
            "usual_high": [1.7, None],
        }
    )
    passed = readings_for_folders(pd.DataFrame(rows), diagnosis)
    assert passed["usual_low"].tolist()[0] == 1.0 and passed["usual_high"].tolist()[0] == 1.7
    assert passed[["usual_low", "usual_high"]].iloc[1:].isna().all(axis=None)
    assert (passed["seen_with"] == 1.0345).all() and set(passed["verdict_with"]) == {"no_evidence"}

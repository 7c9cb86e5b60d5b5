import numpy as np
import pandas as pd

from playbook.disclosure.records import record_for_folders
from playbook.records.record_rows import RecordRow


def record(teams: int, reps: int) -> pd.DataFrame:
    rows = [
        RecordRow(f"m{m}", f"r{m}{i}", "left_open", 0.5, 30, 0.05, 0.12345, 0.37655, "high", 20, False, True)
        for m in range(teams)
        for i in range(reps)
    ]
    return pd.DataFrame(rows, columns=list(RecordRow._fields))


def test_what_is_usual_with_many_of_several_teams_is_told_with_two_digits():
    folder = record_for_folders(record(teams=5, reps=8))
    assert set(folder["usual"]) == {0.12} and np.allclose(folder["difference"], 0.38)


def test_what_is_usual_with_one_other_team_is_its_own_affair():
    folder = record_for_folders(record(teams=2, reps=8))
    assert folder["usual"].isna().all() and folder["difference"].isna().all()
    assert (folder["value"] == 0.5).all() and (folder["side"] == "high").all()


def test_an_error_that_borrows_the_scatter_of_others_follows_the_same_rules():
    assert record_for_folders(record(teams=2, reps=8))["error"].isna().all()
    assert set(record_for_folders(record(teams=5, reps=8).assign(error=0.0512345))["error"]) == {0.051}

import pandas as pd

from playbook.coaching.starts import begun, earliest


def test_two_sessions_on_a_subject_are_coaching_and_one_is_not():
    log = pd.DataFrame(
        {
            "manager_id": "m1",
            "rep_id": ["r1", "r1", "r1", "r2"],
            "on": pd.to_datetime(["2026-01-10", "2026-02-10", "2026-03-01", "2026-03-01"]),
            "focus": ["Discounting", "discounting", "Proposal", "discounting"],
        }
    )
    starts = begun(log, ["discounting", "stage:Proposal"])
    assert starts[["rep_id", "driver", "sessions"]].values.tolist() == [["r1", "discounting", 2]]
    assert starts["began_on"].tolist() == [pd.Timestamp("2026-01-10")]


def test_a_subject_is_known_by_its_key_its_name_or_its_stage():
    log = pd.DataFrame(
        {
            "manager_id": "m1",
            "rep_id": "r1",
            "on": pd.Timestamp("2026-01-10"),
            "focus": ["stage:Proposal", "Conversion out of Proposal", " proposal ", "the weather", None],
        }
    )
    assert begun(log, ["stage:Proposal"])["sessions"].tolist() == [3]


def logged(*rows):
    return pd.DataFrame(rows, columns=["rep_id", "driver", "began_on", "sessions"])


def noted(*rows):
    return pd.DataFrame(rows, columns=["rep_id", "driver", "began_on", "by"])


def test_the_earlier_of_log_and_journal_says_since_when_and_by_what():
    starts = earliest(
        logged(("r1", "slippage", pd.Timestamp("2026-02-01"), 3)),
        noted(("r1", "slippage", pd.Timestamp("2026-01-05"), "plan"), ("r2", "activity", "2026-03-01", "promise")),
    )
    assert starts.values.tolist() == [
        ["r1", "slippage", pd.Timestamp("2026-01-05"), 3, "plan"],
        ["r2", "activity", pd.Timestamp("2026-03-01"), 0, "promise"],
    ]


def test_a_driver_that_the_kit_does_not_know_is_left_out_and_nothing_gives_nothing():
    assert earliest(logged(), noted(("r1", "the weather", "2026-01-05", "plan"))).empty
    assert earliest(logged(), noted()).columns.tolist() == ["rep_id", "driver", "began_on", "sessions", "by"]

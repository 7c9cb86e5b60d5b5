"""The bench of habits: what it sets over a company, and how it counts."""

import benches.diagnosis_habits as habits
import benches.diagnosis_habits_table as table
import pandas as pd
import pytest


def rep(kind: str = "mess", **facts) -> dict[str, object]:
    usual = {"planted_some": True, "carries": False, "planted": False, "coached": [], "right": 0, "asked": False}
    row = {"kind": kind, **usual, "nothing": 0, **facts}
    return row | {"accused": bool(row["coached"])}


def test_carriers_and_others_without_a_cause_are_counted_apart():
    reps = [rep(carries=True, coached=["activity"]), rep(carries=True, asked=True), rep(), rep(planted=True)]
    row = table.by_kind(pd.DataFrame(reps)).loc["mess, causes beside"]
    assert row["carriers accused"].startswith("1/2 50.0%") and row["asked"].startswith("1/2 50.0%")
    assert row["others accused"].startswith("0/1 0.0%")


def test_recall_is_of_reps_with_a_cause_and_a_wrong_verdict_is_one_that_names_none():
    reps = [
        rep(planted=True, coached=["activity"], right=1),
        rep(planted=True),
        rep(carries=True, coached=["deal_size"], nothing=1),
        rep(coached=["win_rate"]),
    ]
    row = table.with_causes(pd.DataFrame(reps)).loc["mess"]
    assert row["recall"].startswith("1/2 50.0%") and row["wrong"].startswith("2/3 66.7%")
    assert row["nothing"].startswith("1/3 33.3%")


@pytest.mark.parametrize("kind", ["sandbagging", "opener"])
def test_a_kind_changes_the_record_of_its_carriers_and_nobody_elses(kind):
    before, after = (habits.messy(k, 3) for k in ("none", kind))
    carriers = set(after.carriers)
    assert len(carriers) == 8
    untouched = [
        case.company.opportunities[~case.company.opportunities["rep_id"].isin(carriers)] for case in (before, after)
    ]
    if kind == "opener":  # colleagues take over what is passed on
        assert set(untouched[0]["opportunity_id"]) < set(untouched[1]["opportunity_id"])
    else:
        pd.testing.assert_frame_equal(*(deals.reset_index(drop=True) for deals in untouched))

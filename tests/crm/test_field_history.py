"""A history of changed fields: each deal's stage, expected close date and forecast category, put together again."""

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from playbook.crm.account.ledger import Ledger
from playbook.crm.tables.changed_fields import steps_of_changes
from tests.crm.export_files import import_files, write_rows
from tests.crm.larger_than_memory import both_ways

DEALS = [
    ["Id", "OwnerId", "StageName", "Amount", "CloseDate", "CreatedDate", "ForecastCategoryName"],
    ["0061", "0051", "Proposal", "5", "2026-08-01", "2026-01-01", "Commit"],
    ["0062", "0051", "Closed Lost", "5", "2026-03-20", "2026-01-02", "Omitted"],
    ["0063", "0051", "Prospecting", "5", "2026-09-09", "2026-01-03", "Pipeline"],
    ["0064", "0051", "Closed Won", "5", "2026-04-04", "2026-01-04", "Closed"],
]
HEAD = ["Id", "OpportunityId", "CreatedDate", "Field", "OldValue", "NewValue"]
CHANGES = [
    ["1", "0061", "2026-02-01 10:00", "StageName", "Prospecting", "Proposal"],
    ["2", "0061", "2026-02-10 10:00", "CloseDate", "2026-05-01", "2026-06-01"],
    ["3", "0061", "2026-03-10 10:00", "CloseDate", "2026-06-01", "2026-08-01"],
    ["4", "0061", "2026-03-10 10:00", "ForecastCategoryName", "Pipeline", "Commit"],
    ["5", "0062", "2026-03-20 10:00", "StageName", "Prospecting", "Closed Lost"],
    ["6", "0063", "2026-02-02 10:00", "ForecastCategoryName", "Best Case", "Pipeline"],
    ["7", "0061", "2026-02-10 10:00", "NextStep", "Call", "Meet"],
]


def history_of(folder, changes: list[list[str]] = CHANGES, deal: str = "") -> pd.DataFrame:
    write_rows(folder, "Opportunity.csv", DEALS)
    write_rows(folder, "OpportunityFieldHistory.csv", [HEAD, *changes])
    history = import_files(folder).company.stage_history
    return history[history["opportunity_id"] == deal] if deal else history


def days(values: pd.Series) -> list[str]:
    return values.dt.strftime("%m-%d").tolist()


def test_a_close_date_that_moves_is_a_step_in_the_stage_that_the_deal_was_in(tmp_path):
    steps = history_of(tmp_path, deal="0061")
    assert steps["stage"].tolist() == ["Prospecting", "Proposal", "Proposal", "Proposal"]
    assert days(steps["entered_on"]) == ["01-01", "02-01", "02-10", "03-10"]
    assert days(steps["expected_close_on"]) == ["05-01", "05-01", "06-01", "08-01"]


def test_a_forecast_category_changes_with_what_else_changes_at_that_moment(tmp_path):
    steps = history_of(tmp_path, deal="0061")
    assert steps["forecast_category"].tolist() == ["pipeline", "pipeline", "pipeline", "commit"]


def test_a_close_date_that_never_moved_was_always_what_it_is(tmp_path):
    assert days(history_of(tmp_path, deal="0062")["expected_close_on"]) == ["03-20", "03-20"]


def test_a_stage_that_never_changed_was_always_what_it_is(tmp_path):
    steps = history_of(tmp_path, deal="0063")
    assert steps["stage"].tolist() == ["Prospecting", "Prospecting"]
    assert steps["forecast_category"].tolist() == ["best_case", "pipeline"]


def test_a_field_that_the_history_does_not_follow_stays_unknown(tmp_path):
    only_stages = [row for row in CHANGES if row[3] == "StageName"]
    steps = history_of(tmp_path, only_stages)
    assert steps["expected_close_on"].isna().all()
    assert steps["forecast_category"].isna().all()


def test_the_report_counts_the_changes_of_other_fields(tmp_path):
    write_rows(tmp_path, "Opportunity.csv", DEALS)
    write_rows(tmp_path, "OpportunityFieldHistory.csv", [HEAD, *CHANGES])
    files = import_files(tmp_path).report.files
    assert [d.rows for f in files for d in f.dropped if d.reason.startswith("changes of other fields")] == [1]


@pytest.mark.parametrize(("moment", "old", "new"), [("13.02.2026 10:00", "01.05.2026", "01.06.2026"),
                                                    ("02/13/2026 10:00 AM", "05/01/2026", "06/01/2026")])  # fmt: skip
def test_days_among_the_values_are_written_as_the_moments_are(moment, old, new, tmp_path):
    changes = [["1", "0061", moment, "Stage", "Prospecting", "Proposal"], ["2", "0061", moment, "Close Date", old, new]]
    steps = history_of(tmp_path, changes, deal="0061")
    assert days(steps["expected_close_on"]) == ["05-01", "06-01"]


def test_a_day_whose_order_nothing_tells_is_taken_as_missing_and_counted(tmp_path):
    write_rows(tmp_path, "Opportunity.csv", DEALS)
    changes = [*CHANGES, ["8", "0064", "2026-02-02 10:00", "CloseDate", "03/04/2026", "04/05/2026"]]
    write_rows(tmp_path, "OpportunityFieldHistory.csv", [HEAD, *changes])
    imported = import_files(tmp_path)
    history = imported.company.stage_history
    assert history.loc[history["opportunity_id"] == "0064", "expected_close_on"].isna().all()
    assert [r.count for r in imported.report.repairs if "expected close date" in r.what] == [1]


def test_a_field_history_is_put_together_alike_in_pieces(tmp_path):
    deals = [DEALS[0], *([f"006{n:03}", *DEALS[1 + n % 4][1:]] for n in range(40))]
    changes = [[f"{n}-{row[0]}", f"006{n:03}", *row[2:]] for n in range(0, 40, 3) for row in CHANGES]
    write_rows(tmp_path / "in", "Opportunity.csv", deals)
    write_rows(tmp_path / "in", "OpportunityFieldHistory.csv", [HEAD, *changes])
    assert both_ways([tmp_path / "in"], tmp_path / "out") == ""


_FIELDS = ["StageName", "CloseDate", "ForecastCategoryName", "x"]
_OLD, _NEW = ["Proposal", "2026-05-01", "Commit", None], ["Won", "2026-07-01", "Omitted", None]
_CHANGE = st.tuples(
    st.sampled_from("ab"), st.integers(0, 300), st.sampled_from(_FIELDS), st.sampled_from(_OLD), st.sampled_from(_NEW)
)


@settings(deadline=None, max_examples=60)
@given(st.lists(_CHANGE, max_size=12))
def test_steps_are_in_order_and_nothing_that_was_known_is_forgotten(changes):
    rows = pd.DataFrame(changes, columns=["opportunity_id", "day", "field", "from_stage", "stage"])
    texts = {c: rows[c].astype("str") for c in ("opportunity_id", "field", "from_stage", "stage")}
    entered = pd.to_datetime("2026-01-01") + pd.to_timedelta(rows["day"].astype("int64"), unit="D")
    rows = rows.assign(**texts, entered_on=entered.astype("datetime64[us]"), _row=range(len(rows)), _file="h")
    moment = pd.Series(pd.to_datetime(["2026-01-01"] * 2)).astype("datetime64[us]")
    deals = pd.DataFrame({"opportunity_id": ["a", "b"], "stage": "Proposal", "outcome": "open", "created_on": moment,
                          "closed_on": pd.NaT, "expected_close_on": moment, "forecast_category": "commit"})  # fmt: skip
    steps = steps_of_changes(rows, deals, frozenset({"stage", "expected_close_on"}), Ledger())
    for _, of_deal in steps.groupby("opportunity_id"):
        assert of_deal["entered_on"].is_monotonic_increasing
        for name in ("stage", "expected_close_on", "forecast_category"):
            known = of_deal[name].notna()
            assert known.cummax().equals(known)

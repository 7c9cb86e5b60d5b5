"""What a rule asks of all rows has one answer, whether they stand in memory or, piece by piece, on disk."""

import pandas as pd
import pytest
from pandas.testing import assert_frame_equal, assert_series_equal

from playbook.crm.account.ledger import Ledger
from playbook.crm.larger.duckdb_engine import DuckDbEngine
from playbook.crm.larger.rows_on_disk import RowsOnDisk
from playbook.crm.larger.work import Work
from playbook.crm.steps.all_rows import AllRows, RowsInMemory, counts
from tests.crm.larger_than_memory import TINY


def rows() -> pd.DataFrame:
    """Twelve deals in three pieces: ids that stand twice or are missing, gaps in every column, one column empty."""
    day = pd.Timestamp("2026-01-05")
    deals = {
        "opportunity_id": ["D1", "1.5E+14", None, "D2", "D1", "1.5E+14", "D3", None, "D4", "D2", "D1", "2.5E+11"],
        "stage": ["Won", None, "won", "Won", "Lost", None, "Lost", "Won", "Won", None, "Lost", "Won"],
        "is_won": pd.array([True, None, False, True, None, False, True, True, None, None, False, True], "boolean"),
        "is_deleted": pd.array([None, None, None, None, True, None, None, None, None, None, None, None], "boolean"),
        "amount": [1.5, None, 3.0, 4.0, None, 6.0, 7.0, 8.0, None, 10.0, 11.0, 12.0],
        "closed_on": [day + pd.Timedelta(days=n) if n % 3 else pd.NaT for n in range(12)],
        "region": [None] * 12,
    }
    frame = pd.DataFrame(deals).astype({"opportunity_id": "str", "stage": "str", "region": "str"})
    return frame.astype({"closed_on": "datetime64[us]"})


@pytest.fixture(params=["in memory", "on disk"])
def all_rows(request, tmp_path):
    if request.param == "in memory":
        yield RowsInMemory(rows(), Ledger(), pd.DataFrame(index=rows().index))
        return
    with DuckDbEngine(TINY.engine, tmp_path) as engine:
        work = Work(engine, tmp_path, TINY, Ledger(), lambda line: None)
        with work.writer("deals", "opportunities", [*rows().columns, "_pos"]) as writer:
            writer.add(rows().assign(_pos=range(12)))
        yield RowsOnDisk(writer.file, "opportunities", writer.rows, work)


def test_sorts_of_rows_come_as_first_met_with_how_many_they_are_and_what_is_measured(all_rows: AllRows):
    measures = {"most": ("amount", "max"), "first_id": ("opportunity_id", "min")}
    sorts = all_rows.sorts(["stage", "is_won"], known=["closed_on"], **measures)
    whole = rows().assign(_known=rows()["closed_on"].notna(), _place=range(12))
    by = [whole[c].astype("object").where(whole[c].notna(), "none") for c in ("stage", "is_won", "_known")]
    grouped = whole.groupby(by, sort=False)
    first = whole.loc[grouped["_place"].min()]
    assert sorts["_first"].tolist() == first["_place"].tolist() == sorted(sorts["_first"])
    assert sorts["_rows"].tolist() == grouped.size().tolist() and sorts["_rows"].sum() == 12
    assert_series_equal(sorts["most"], grouped["amount"].max().reset_index(drop=True), check_names=False)
    assert_frame_equal(sorts[["stage", "is_won"]], first[["stage", "is_won"]].reset_index(drop=True))
    assert sorts["first_id"].iloc[0] == "D1"


def test_counts_of_a_column_leave_out_what_is_missing_and_begin_with_the_most(all_rows: AllRows):
    assert counts(all_rows, "stage").to_dict() == {"Won": 5, "Lost": 3, "won": 1}
    assert list(counts(all_rows, "stage").index) == ["Won", "Lost", "won"]
    assert counts(all_rows, "currency").empty


def test_only_columns_with_a_value_are_filled(all_rows: AllRows):
    assert all_rows.filled() == set(rows().columns) - {"region"}


def test_texts_of_a_pattern_that_stand_more_than_once_are_counted(all_rows: AllRows):
    assert all_rows.repeated_texts("opportunity_id", r"E\+").to_dict() == {"1.5E+14": 2}


def test_rows_that_share_a_key_come_together(all_rows: AllRows):
    parts = [part()[0] for part in all_rows.sharing("opportunity_id")]
    shared = [set(part["opportunity_id"]) for part in parts]
    assert sum(map(len, shared)) == len(set().union(*shared)) and set().union(*shared) == {"D1", "D2", "1.5E+14"}
    assert sorted(i for part in parts for i in part.index) == [0, 1, 3, 4, 5, 9, 10]


def test_a_later_row_of_a_key_is_known_but_not_beside_a_row_that_was_deleted(all_rows: AllRows):
    assert sorted(all_rows.again("opportunity_id", "is_deleted")) == [5, 9, 10]


def test_rows_after_a_change_keep_their_places(all_rows: AllRows):
    won = all_rows.changed("won", lambda piece, ledger: piece[piece["stage"] == "Won"])
    assert won.many == 5 and [i for piece in won.pieces(["stage"]) for i in piece.index] == [0, 3, 7, 8, 11]
    none = won.changed("none", lambda piece, ledger: piece[piece["amount"] > 99])
    assert none.many == 0 and [list(piece.columns) for piece in none.pieces(["stage"])] == [["stage"]]

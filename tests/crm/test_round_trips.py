"""Deals written in the dress of each CRM, in its language, encoding and formats, come back as the same deals."""

import tempfile
from datetime import date, timedelta
from pathlib import Path

import pandas as pd
import pytest
from export_dresses import DRESSES, Deal
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from playbook.errors import UnusableInput
from tests.conftest import examples
from tests.crm.export_files import import_files

IDS = ("00123", "1E5", "1234567890123456789", "D-1", "d-2", "0", "1-2", "X9")
REPS = ("Ana Ruiz", "Bo Lee", "José Núñez", "Zoë O'Hara", "Müller, Jörg")
ACCOUNTS = ('Sägewerk "Süd"; GmbH', "O'Brien, Ltd", "Total Energies", "=SUM(A1)", "Nul\nLigne", "007", "N&A | tab\tco")
DAYS = st.integers(0, 500).map(lambda n: date(2025, 1, 1) + timedelta(days=n))


@st.composite
def deals(draw) -> list[Deal]:
    """Two to eight deals with ids that spreadsheets spoil; the first is won, the second lost."""
    ids = draw(st.lists(st.sampled_from(IDS), min_size=2, unique=True))
    made = []
    for place, key in enumerate(ids):
        created = draw(DAYS)
        outcome = ("won", "lost")[place] if place < 2 else draw(st.sampled_from(("won", "lost", "open")))
        made.append(
            Deal(
                key,
                draw(st.sampled_from(REPS)),
                draw(st.sampled_from(ACCOUNTS)),
                outcome,
                draw(st.integers(1, 99_999_999)) / 100,
                created,
                created + timedelta(days=draw(st.integers(0, 40))),
            )  # fmt: skip
        )
    return made


def _expected(made: list[Deal], dressed) -> pd.DataFrame:
    rows = {}
    for deal in made:
        is_open = deal.outcome == "open"
        has_expected = any(what in dressed.columns.values() for what in ("closed", "expected if open"))
        rows[deal.id] = (
            deal.rep, deal.account, deal.outcome, deal.amount, pd.Timestamp(deal.created),
            pd.NaT if is_open else pd.Timestamp(deal.closed),
            pd.Timestamp(deal.closed) if is_open and has_expected else pd.NaT,
        )  # fmt: skip
    return pd.DataFrame.from_dict(rows, orient="index").sort_index()


def _came_back(imported) -> pd.DataFrame:
    company = imported.company
    deals = company.opportunities.set_index("opportunity_id").sort_index()
    names = deals["rep_id"].map(company.people.set_index("person_id")["name"])
    columns = [names, deals["account"], deals["outcome"], deals["amount"], deals["created_on"], deals["closed_on"]]
    back = pd.concat([*columns, deals["expected_close_on"]], axis=1)
    return back.set_axis(range(7), axis=1)


@pytest.mark.parametrize("name", DRESSES)
@settings(max_examples=examples(2), deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(made=deals())
def test_deals_come_back_from_every_dress_or_the_order_of_days_is_asked_for(name, made):
    dressed = DRESSES[name]
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "export.csv"
        file.write_bytes(dressed.text(made))
        try:
            imported = import_files(file)
        except UnusableInput as refused:
            ambiguous = all(d.day <= 12 for deal in made for d in (deal.created, deal.closed))
            assert dressed.day.startswith(("%d/", "%m/")) and ambiguous, refused
            assert "--dates dmy" in str(refused)
            return
    (report,) = imported.report.files
    assert report.crm == dressed.crm
    assert report.rows_read == report.rows_kept + sum(d.rows for d in report.dropped)
    assert report.rows_kept == len(made)
    expected = _expected(made, dressed)
    back = _came_back(imported)
    assert back.index.tolist() == expected.index.tolist()
    for column in range(7):
        assert back[column].fillna("").tolist() == expected[column].fillna("").tolist()

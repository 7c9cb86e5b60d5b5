"""What the diagnosis says of published data sets; run where PLAYBOOK_EXPORTS holds them."""

from datetime import date
from pathlib import Path

import pytest

from playbook.as_of import at, latest_day
from playbook.crm.import_options import ImportOptions
from playbook.crm.importing import import_exports
from playbook.diagnosis.diagnose import Diagnosis, diagnosis_of

TODAY = date(2026, 11, 24)


def diagnosed(folder: Path) -> Diagnosis:
    company = import_exports(ImportOptions([folder], TODAY)).company
    day = latest_day(company, TODAY)
    return diagnosis_of(at(company, day), day)


@pytest.fixture(scope="module")
def maven(request) -> Diagnosis:
    from tests.conftest import exports_path

    folder = exports_path()
    if folder is None:
        pytest.skip("real exports are not at hand")
    return diagnosed(folder / "maven_crm")


@pytest.mark.exports("maven_crm")
def test_nobody_is_accused_where_reps_do_not_differ(maven):
    """A chi-square test over its reps gives p = 0.26 for the win rate; deal value differs through products only."""
    compared = maven.table[maven.table["driver"].isin(["win_rate", "deal_size"])]
    assert len(compared) == 70
    assert not compared["verdict"].isin(["coach", "watch"]).any()


@pytest.mark.exports("maven_crm")
def test_the_quarter_end_is_everybodys(maven):
    (row,) = maven.patterns.loc[maven.patterns["pattern"] == "quarter_end"].itertuples()
    assert 0.79 <= row.seen <= 0.83
    assert 0.49 <= row.others <= 0.57
    verdicts = maven.table.loc[maven.table["driver"] == "win_rate", "verdict"]
    assert set(verdicts) == {"team_wide", "too_little_data"}


@pytest.mark.exports("maven_crm")
def test_agents_without_deals_have_too_little_data(maven):
    none = maven.table[(maven.table["driver"] == "win_rate") & (maven.table["n"] == 0)]
    assert len(none) == 5
    assert set(none["verdict"]) == {"too_little_data"}


@pytest.mark.exports("meridian_q1")
def test_a_handful_of_closed_deals_accuses_nobody(exports):
    table = diagnosed(exports / "meridian_q1").table
    assert set(table["verdict"]) <= {"too_little_data", "watch"}


@pytest.mark.exports("gtm_complyflow")
def test_reps_without_a_manager_are_judged_and_belong_to_no_team(exports):
    table = diagnosed(exports / "gtm_complyflow").table
    assert table["manager_id"].isna().all()
    assert not (table["verdict"] == "team_wide").any()

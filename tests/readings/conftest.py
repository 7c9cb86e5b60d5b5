"""The chapters of three real readers, each run once for all tests here."""

from datetime import date
from pathlib import Path

import pytest

from playbook.crm.reading_options import ReadingOptions
from playbook.team import save_team
from playbook.workbooks.company_source import company_from
from playbook.workbooks.company_wide import company_wide
from tests.readings.pages import ROOT, read


@pytest.fixture(scope="session")
def sample_pages() -> dict[str, str]:
    """Helena Usmani's chapters, on the committed team folder of the sample company."""
    return read(ROOT / "data" / "samples" / "team")


@pytest.fixture(scope="session")
def meridian_pages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """David Kim's chapters: four reps, one quarter, no stage history."""
    return _pages_of(
        ROOT / "data" / "samples" / "meridian_q1", "David Kim", date(2026, 3, 20), tmp_path_factory.mktemp("meridian")
    )


@pytest.fixture(scope="session")
def maven_pages(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Dustin Brinkmann's chapters: five reps, 8,800 deals in the company, no dates on open deals."""
    from tests.conftest import exports_path

    exports = exports_path()
    assert exports, "mark the test with @pytest.mark.exports"
    return _pages_of(exports / "maven_crm", "Dustin Brinkmann", date(2018, 1, 5), tmp_path_factory.mktemp("maven"))


def _pages_of(export: Path, manager: str, today: date, folder: Path) -> dict[str, str]:
    source = company_from([export], None, ReadingOptions(), today)
    people = source.company.people
    findings = company_wide(source, None, today)
    save_team(findings.team_for(people.loc[people["name"] == manager, "person_id"].iloc[0]), folder / "team")
    return read(folder / "team")

"""The chapters of three real readers, each run once for all tests here, in however many processes they run."""

import json
import os
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from playbook.alone import holds_alone
from playbook.crm.reading_options import ReadingOptions
from playbook.team import save_team
from playbook.workbooks.company_source import company_from
from playbook.workbooks.company_wide import company_wide
from tests.readings.pages import ROOT, read

ReadOnce = Callable[[str, Callable[[], dict[str, str]]], dict[str, str]]


@pytest.fixture(scope="session")
def read_once(tmp_path_factory: pytest.TempPathFactory) -> ReadOnce:
    """Gives the pages of this name, read by whichever process of this run asks first; the others wait for them."""
    own = tmp_path_factory.getbasetemp()
    of_this_run = own.parent if "PYTEST_XDIST_WORKER" in os.environ else own

    def pages_of(name: str, read_them: Callable[[], dict[str, str]]) -> dict[str, str]:
        file = of_this_run / f"{name}_pages.json"
        with file.with_suffix(".lock").open("w") as lock:
            while not holds_alone(lock.fileno()):
                time.sleep(0.1)
            if not file.exists():
                file.write_text(json.dumps(read_them()), encoding="utf-8")
            return json.loads(file.read_text(encoding="utf-8"))

    return pages_of


@pytest.fixture(scope="session")
def sample_pages(read_once: ReadOnce) -> dict[str, str]:
    """Helena Usmani's chapters, on the committed team folder of the sample company."""
    return read_once("sample", lambda: read(ROOT / "data" / "samples" / "team"))


@pytest.fixture(scope="session")
def meridian_pages(read_once: ReadOnce, tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """David Kim's chapters: four reps, one quarter, no stage history."""
    export, folder = ROOT / "data" / "samples" / "meridian_q1", tmp_path_factory.mktemp("meridian")
    return read_once("meridian", lambda: _pages_of(export, "David Kim", date(2026, 3, 20), folder))


@pytest.fixture(scope="session")
def maven_pages(read_once: ReadOnce, tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Dustin Brinkmann's chapters: five reps, 8,800 deals in the company, no dates on open deals."""
    from tests.conftest import exports_path

    exports = exports_path()
    assert exports, "mark the test with @pytest.mark.exports"
    export, folder = exports / "maven_crm", tmp_path_factory.mktemp("maven")
    return read_once("maven", lambda: _pages_of(export, "Dustin Brinkmann", date(2018, 1, 5), folder))


def _pages_of(export: Path, manager: str, today: date, folder: Path) -> dict[str, str]:
    source = company_from([export], None, ReadingOptions(), today)
    people = source.company.people
    findings = company_wide(source, None, today)
    save_team(findings.team_for(people.loc[people["name"] == manager, "person_id"].iloc[0]), folder / "team")
    return read(folder / "team")

"""Every company that can be imported ends in workbooks: small ones, odd ones, and those that hold next to nothing."""

import warnings
from pathlib import Path

import pytest

from playbook import roster
from playbook.company import Company, save
from playbook.team import save_team
from playbook.workbooks.company_source import CompanySource, source_of
from playbook.workbooks.company_wide import company_wide
from tests.notebooks.in_this_process import cells_of_every_chapter
from tests.workbooks.batches import TODAY, batch, manifest
from tests.workbooks.odd_companies import ODD, odd_companies, oddities_together

COMPANIES = list(odd_companies())
# Every oddity once, where it bites: numbers in a company that has enough of them to be compared, what is not there or
# strangely written in the smallest. Together stand such as hide nothing of each other. The soak takes each alone.
LARGER = {"reps": 3, "managers": 2, "deals": 40}
SMALL = {"reps": 2, "managers": 1, "deals": 4}
EVERY_DAY = [
    (LARGER, "all amounts equal"),
    (LARGER, "far days", "strange names"),
    (SMALL | {"deals": 40}, "only renewals", "long names", "no activities"),
    (SMALL | {"reps": 5}, "one quarter", "no quotas, no log"),
    (SMALL | {"managers": 2}, "all amounts huge"),
    (SMALL | {"managers": 2}, "no expected close", "no stage"),
    (SMALL, "all amounts nothing", "all on one day"),
    (SMALL, "no creation", "no losses"),
    (SMALL, "only open deals"),
    (SMALL, "all won", "zero quotas"),
    (SMALL, "all lost"),
    (SMALL, "nothing open", "no groups"),
    (SMALL, "one deal"),
    (SMALL, "no deal"),
    (SMALL, "no amounts"),
    (SMALL, "no history", "amounts below nothing"),
    (SMALL, "bare"),
    (SMALL | {"reps": 1}, "no wins"),
]
HARMLESS = (DeprecationWarning, PendingDeprecationWarning, ImportWarning, ResourceWarning)


def test_every_oddity_is_met_every_day():
    assert {name for _, *names in EVERY_DAY for name in names} == set(ODD) - {"as usual"}


@pytest.mark.parametrize(
    ("size", "names"), [pytest.param(size, names, id="; ".join(names)) for size, *names in EVERY_DAY]
)
def test_every_chapter_of_an_odd_company_is_made_without_an_error_or_a_librarys_warning(size, names, tmp_path):
    hold(oddities_together(*names, **size), tmp_path)


@pytest.mark.soak
@pytest.mark.parametrize("make", [pytest.param(make, id=name) for name, make in COMPANIES])
def test_so_it_is_for_hundreds_of_others(make, tmp_path):
    hold(make(), tmp_path)


def hold(company: Company, place: Path) -> None:
    """Nothing of the company-wide work fails or warns, and neither does any cell of any chapter of the first team."""
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        wide = company_wide(source_of(CompanySource(company)), None, TODAY)
        assert wide.faults == ()
        managers = roster.managers(wide.company)["person_id"]
        assert len(managers), "an odd company for which there is no workbook shows nothing"
        save_team(wide.team_for(managers.iloc[0]), place)
        assert _warned(caught) == [], "in what is done for the whole company"
        chapters = {name: list(cells) for name, cells in cells_of_every_chapter(place)}
    assert all(any(cells) for cells in chapters.values())
    assert _warned(caught) == [], "in the chapters"


def _warned(caught: list[warnings.WarningMessage]) -> list[str]:
    return [str(w.message) for w in caught if not issubclass(w.category, HARMLESS)]


@pytest.mark.parametrize(
    "name",
    [
        "no wins, 2 reps, 1 managers, 4 deals each",
        pytest.param("one deal, 1 reps, 1 managers, 4 deals each", marks=pytest.mark.soak),
        pytest.param("only open deals, 3 reps, 2 managers, 4 deals each", marks=pytest.mark.soak),
        pytest.param("all won, 2 reps, 1 managers, 40 deals each", marks=pytest.mark.soak),
        pytest.param("all on one day, 3 reps, 1 managers, 4 deals each", marks=pytest.mark.soak),
        pytest.param("one quarter, 5 reps, 2 managers, 40 deals each", marks=pytest.mark.soak),
        pytest.param("all amounts huge, 2 reps, 2 managers, 40 deals each", marks=pytest.mark.soak),
        pytest.param("only renewals, 3 reps, 1 managers, 40 deals each", marks=pytest.mark.soak),
        pytest.param("bare, 5 reps, 2 managers, 40 deals each", marks=pytest.mark.soak),
        pytest.param("long names, 2 reps, 1 managers, 40 deals each", marks=pytest.mark.soak),
        pytest.param("strange names, 3 reps, 2 managers, 4 deals each", marks=pytest.mark.soak),
        pytest.param("far days, 3 reps, 1 managers, 40 deals each", marks=pytest.mark.soak),
    ],
)
def test_a_real_build_of_an_odd_company_is_complete(name, tmp_path):
    save(dict(COMPANIES)[name](), tmp_path / "company")
    result = batch(tmp_path / "company", tmp_path / "books", of=None)
    assert result.complete
    assert {entry["status"] for entry in manifest(tmp_path / "books")["managers"].values()} == {"complete"}
    pages = [page.read_text(encoding="utf-8") for page in (tmp_path / "books").glob("*/index.html")]
    assert pages and not [page for page in pages if "could not be made" in page or "could not be computed" in page]

"""Which tests run here: where a part is missing, its tests say so in one line, or fail if nothing may be skipped."""

import os
import shutil
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
SOAK = os.environ.get("PLAYBOOK_SOAK") == "1"  # set by `kit.py test --soak`
NO_SKIPS = os.environ.get("PLAYBOOK_NO_SKIPS") == "1"  # set by .ci/run, which installs every part first

# Notebooks under tests/ are material for tests, some broken on purpose. Those under notebooks/ are run by nbval.
collect_ignore_glob = ["*.ipynb"]


def examples(everyday: int) -> int:
    """How many examples of a slow sweep hypothesis draws: `everyday`, and twenty times as many with --soak."""
    return everyday * (20 if SOAK else 1)


def chromium_path() -> str | None:
    """Where an installed Chromium is, or None."""
    return next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)


def postgresql_path() -> str | None:
    """The folder of the newest installed PostgreSQL server's programs (initdb, pg_ctl, postgres), or None."""
    initdb = shutil.which("initdb")
    places = [Path(initdb)] if initdb else list(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    return str(max(places, key=_version_in_path).parent) if places else None


def _version_in_path(initdb: Path) -> int:
    version = initdb.parent.parent.name
    return int(version) if version.isdecimal() else 0


def exports_path() -> Path | None:
    """The folder of real exports, which are not committed: PLAYBOOK_EXPORTS, relative to the project; or None."""
    folder = os.environ.get("PLAYBOOK_EXPORTS")
    return (ROOT / folder).resolve() if folder else None


def pytest_runtest_setup(item: pytest.Item) -> None:
    if item.get_closest_marker("soak") and not SOAK:
        pytest.skip("takes minutes: run it with --soak")
    if item.get_closest_marker("browser") and not chromium_path():
        pytest.skip("no Chromium on this machine")
    if item.get_closest_marker("database") and not postgresql_path():
        pytest.skip("no PostgreSQL server on this machine")
    for marker in item.iter_markers("exports"):
        _need_exports(marker.args)


def _need_exports(folders: tuple[str, ...]) -> None:
    exports = exports_path()
    if exports is None:
        pytest.skip("real exports are not at hand: PLAYBOOK_EXPORTS names no folder")
    missing = [name for name in folders if not (exports / name).is_dir()]
    if missing or not exports.is_dir():
        pytest.fail(f"PLAYBOOK_EXPORTS is set, but has no folder {', '.join(missing) or '(nothing is there)'}")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo):
    """Where nothing may be skipped, a skip is a failure; but nobody promised a soak, or exports without a folder."""
    report = yield
    excused = item.get_closest_marker("soak") or (item.get_closest_marker("exports") and exports_path() is None)
    if NO_SKIPS and report.skipped and not hasattr(report, "wasxfail") and not excused:
        reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else report.longrepr
        report.outcome, report.longrepr = "failed", f"PLAYBOOK_NO_SKIPS=1, but this test was skipped: {reason}"
    return report


@pytest.fixture
def exports() -> Path:
    """The folder of real exports; for tests marked `exports`, which are skipped where there is none."""
    folder = exports_path()
    assert folder, "mark the test with @pytest.mark.exports"
    return folder


@pytest.fixture(scope="session")
def server():
    """A running PostgreSQL server, one for all; for tests marked `database`."""
    from tests.journal.postgres import a_server  # which asks this module where the programs are

    with a_server() as made:
        yield made


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.database)])
def url(request, tmp_path):
    """The address of a database: of a file, and of the server."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path}/journal.db"
    return request.getfixturevalue("server").url


@pytest.fixture(scope="session")
def chromium():
    """One headless Chromium for the whole run; for tests marked `browser`. It calls home for nothing."""
    from playwright.sync_api import sync_playwright

    from tests.browser.chromium_flags import FLAGS

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium_path(), args=[*FLAGS])
        yield browser
        browser.close()

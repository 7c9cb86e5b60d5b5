"""The committed sample team is what a build puts into that manager's workbook, and no workbook holds another team."""

import make_samples
import pandas as pd
import pytest

from playbook import roster
from playbook.company import TABLES
from playbook.crm.reading_options import ReadingOptions
from playbook.disclosure.benchmarks import benchmarks
from playbook.simulate.sample import AS_OF
from playbook.team import FINDINGS, open_team, save_team
from playbook.workbooks.company_source import company_from
from playbook.workbooks.company_wide import company_wide
from tests.scripts.requirements_files import ROOT
from tests.test_team import contents

FOLDER = ROOT / "data" / "samples" / "team"
REMAKE = "after a change in the simulation, a measure, the diagnosis or the forecast: scripts/make_samples.py"
# Texts of the data that only one company-wide table could carry to another team.
NAMES = ("person_id", "name")
TEXTS = {"people": NAMES, "opportunities": ("opportunity_id", "account", "name", "next_step")}


@pytest.fixture(scope="module")
def wide():
    source = company_from([ROOT / "data" / "samples" / "company"], None, ReadingOptions(), AS_OF)
    return company_wide(source, AS_OF, AS_OF)


@pytest.fixture(scope="module")
def made(wide):
    return wide.team_for(make_samples.MANAGER)


@pytest.fixture(scope="module")
def committed():
    return open_team(FOLDER)


def test_it_is_the_same_managers_on_the_same_day(made, committed):
    for fact in ("manager_id", "as_of", "missing", "days_old", "import_summary"):
        assert getattr(committed, fact) == getattr(made, fact), REMAKE
    assert committed.company.settings == made.company.settings


@pytest.mark.parametrize("table", TABLES)
def test_its_tables_are_what_the_code_makes(made, committed, table):
    pd.testing.assert_frame_equal(committed.company.table(table), made.company.table(table), obj=REMAKE)


@pytest.mark.parametrize("name", FINDINGS)
def test_its_findings_are_what_the_code_makes(made, committed, name):
    assert (name in committed.findings) == (name in made.findings), REMAKE
    then, now = committed.finding(name), made.finding(name)
    pd.testing.assert_frame_equal(then, now, obj=REMAKE, check_dtype=False, rtol=1e-4)


def test_there_is_something_to_look_at(committed):
    assert committed.finding("diagnosis")["verdict"].nunique() >= 4
    assert "coach" in set(committed.finding("diagnosis")["verdict"]) and len(committed.reps) >= 5


def test_it_is_small(committed):
    assert sum(file.stat().st_size for file in FOLDER.iterdir()) < 500_000


def test_nothing_lies_in_it_but_what_is_read(committed):
    known = {f"{name}.parquet" for name in [*TABLES, *FINDINGS]} | {"team.toml", "company.toml"}
    assert {file.name for file in FOLDER.iterdir()} <= known


def test_no_teams_folder_names_a_person_or_a_deal_of_another(wide, tmp_path):
    managers = roster.managers(wide.company)["person_id"]
    own = {manager: _texts(wide.team_for(manager).company) for manager in managers}
    everybody = _texts(wide.company)
    for manager in managers:
        save_team(wide.team_for(manager), tmp_path / manager)
        values = {value for value in contents(tmp_path / manager) if isinstance(value, str)}
        words = set(" ".join(values).replace("'s ", " ").split())
        foreign = everybody - own[manager]
        assert len(foreign) > 1000 and not foreign & values and not {t for t in foreign if " " not in t} & words


def test_each_team_holds_what_a_search_through_every_table_finds(wide):
    for manager in roster.managers(wide.company)["person_id"]:
        made, searched = wide.team_for(manager), _searched(wide.company, manager)
        for table in TABLES:
            pd.testing.assert_frame_equal(made.company.table(table), searched.table(table), obj=f"{table} of {manager}")
        for name, frame in {"diagnosis": wide.diagnosis.table, **wide.findings}.items():
            own = frame[frame["manager_id"] == manager].reset_index(drop=True)
            for key in [key for key in ("rep_id", "driver", "opportunity_id", "period", "verdict") if key in frame]:
                pd.testing.assert_series_equal(made.finding(name)[key], own[key], obj=f"{name} of {manager}")


def _searched(company, manager):
    """The slice of the company that a manager may see, by looking at every row of every table."""
    people = company.people[(company.people[["person_id", "manager_id"]] == manager).any(axis=1)]
    own = people["person_id"]
    deals = company.opportunities[company.opportunities["rep_id"].isin(own)]
    done = company.activities[company.activities["rep_id"].isin(own)]
    history, log = company.stage_history, company.coaching_log
    return company.with_tables(
        people=people.assign(manager_id=people["manager_id"].where(people["manager_id"] == manager)),
        opportunities=deals,
        stage_history=history[history["opportunity_id"].isin(deals["opportunity_id"])],
        activities=done.assign(
            opportunity_id=done["opportunity_id"].where(done["opportunity_id"].isin(deals["opportunity_id"]))
        ),
        quotas=company.quotas[company.quotas["rep_id"].isin(own)],
        coaching_log=log[(log["manager_id"] == manager) & log["rep_id"].isin(own)],
    )


def test_what_is_outside_a_team_is_what_all_others_show(wide):
    levels = wide.diagnosis.levels
    for manager in roster.managers(wide.company)["person_id"]:
        cut_out = wide.team_for(manager).finding("benchmarks")
        others = benchmarks(levels[levels["manager_id"] != manager], "nobody")
        assert len(cut_out) >= 5
        pd.testing.assert_frame_equal(cut_out, others, obj=manager)


def test_each_table_is_passed_over_once_for_all_managers(wide):
    folders = wide._folders
    assert wide.team_for(make_samples.MANAGER) and wide._folders is folders
    assert folders._teams is folders._teams and folders._outside is folders._outside


def _texts(company):
    return {text for table, columns in TEXTS.items() for c in columns for text in company.table(table)[c].dropna()}


def test_nobody_of_the_sample_is_coached_on_what_was_not_planted_in_them(wide):
    planted = pd.read_csv(ROOT / "data" / "samples" / "truth" / "truth.csv").groupby("rep_id")["cause"].agg(set)
    managers = roster.managers(wide.company)["person_id"]
    verdicts = pd.concat([wide.team_for(manager).finding("diagnosis") for manager in managers])
    coached = verdicts[verdicts["verdict"] == "coach"]
    assert len(coached) >= 10
    assert not [(row.rep_id, row.driver) for row in coached.itertuples() if row.driver not in planted[row.rep_id]]

"""A manager's folder: the own team's rows, nothing of anybody else's, and it opens wherever it lies."""

import tomllib
from datetime import date

import pandas as pd
import pytest

from playbook.circumstances import frame_of
from playbook.company import KINDS, TABLES, Company, Settings, empty
from playbook.errors import NotATeam
from playbook.team import FINDINGS, SAMPLE_TEAM, Team, Teams, missing_of, open_team, save_team, team_of
from tests.scripts.requirements_files import ROOT
from tests.small_company import company, deal, person

DAY = date(2026, 3, 31)
FOREIGN = 777_000.25  # an amount, or a number of minutes, that only the other team has


def two_teams() -> Company:
    """Mo leads Ana and Ben, Vi leads Cara; every text of Vi's team, and of Mo's own leader, holds the word foreign."""
    people = [
        person("mo", "manager", "foreign-boss", territory="North", active=True),
        person("ana", manager="mo", active=True),
        person("ben", manager="mo", active=False, left_on="2026-02-01"),
        _planted("people", person("foreign-boss", "leader")),
        _planted("people", person("foreign-vi", "manager", "foreign-boss")),
        _planted("people", person("foreign-cara", "rep", "foreign-vi")),
    ]
    deals = [
        deal("D1", "ana", "won", pipeline="Sales", amount=10.0, account="Acme", created_on="2026-01-01"),
        deal("D2", "ben", "lost", amount=20.0),
        deal("D3", "mo", amount=30.0),
        _planted("opportunities", deal("foreign-D4", "foreign-cara", "won")),
        _planted("opportunities", deal("foreign-D5", "foreign-vi", "open")),
        _planted("opportunities", deal("foreign-D6", "foreign-nobody", "open")),
    ]
    return company(
        people=people,
        opportunities=deals,
        stages=[
            {"pipeline": "Sales", "stage": "Discovery", "position": 1, "outcome": "open", "probability": 0.1},
            {"pipeline": "Sales", "stage": "foreign stage", "position": 2, "outcome": "open", "probability": FOREIGN},
            {"pipeline": "foreign pipeline", "stage": "Discovery", "position": 7, "probability": FOREIGN},
        ],
        stage_history=[
            {"opportunity_id": "D1", "step": 1, "stage": "Discovery", "amount": 10.0},
            _planted("stage_history", {"opportunity_id": "foreign-D4", "step": 1}),
        ],
        activities=[
            {"rep_id": "ana", "opportunity_id": "D1", "kind": "call", "minutes": 5.0},
            {"rep_id": "ana", "opportunity_id": "foreign-D4", "kind": "call", "minutes": 6.0},
            _planted("activities", {"rep_id": "foreign-cara", "opportunity_id": "D1"}),
        ],
        quotas=[{"rep_id": "ana", "amount": 100.0}, _planted("quotas", {"rep_id": "foreign-cara"})],
        coaching_log=[
            {"manager_id": "mo", "rep_id": "ana", "focus": "price"},
            _planted("coaching_log", {"manager_id": "foreign-vi", "rep_id": "ana"}),
            _planted("coaching_log", {"manager_id": "mo", "rep_id": "foreign-cara"}),
        ],
    )


def _planted(table, row):
    """`row` with the word foreign in every text that is not said, and the foreign number in every number."""
    limited = {"kind": KINDS[0], "outcome": "open", "forecast_category": "commit", "lost_to": "other", "role": "rep"}
    texts = {c: limited.get(c, f"foreign {c}") for c, kind in TABLES[table].items() if kind == "text"}
    numbers = {c: FOREIGN for c, kind in TABLES[table].items() if kind == "number"}
    return texts | numbers | row


def findings() -> dict[str, pd.DataFrame]:
    """A row of Mo's and one of Vi's in each finding that has managers."""
    both = pd.DataFrame({"manager_id": ["mo", "foreign-vi"], "why": ["of Ana", "foreign why"], "n": [1.0, FOREIGN]})
    of_nobody = {"benchmarks": pd.DataFrame({"low": [0.2]}), "circumstances": frame_of([]).assign(manager_id="")}
    return dict.fromkeys(FINDINGS, both) | of_nobody


@pytest.fixture(scope="module")
def mo() -> Team:
    return team_of(two_teams(), "mo", DAY, findings(), missing=missing_of(two_teams()), import_summary="3 files")


@pytest.fixture
def folder(mo, tmp_path):
    save_team(mo, tmp_path / "team")
    return tmp_path / "team"


def contents(folder):
    """Every value of every file of a team's folder, and the files' bytes as far as they are text."""
    values = []
    for file in folder.iterdir():
        values += file.read_bytes().decode("latin-1").splitlines()
        if file.suffix == ".parquet":
            frame = pd.read_parquet(file)
            values += [*frame.columns, *(v for column in frame for v in frame[column].dropna().astype("object"))]
    return values


def test_nothing_that_only_others_have_reaches_a_teams_folder(folder):
    values = contents(folder)
    assert "Acme" in values and 10.0 in values  # the hunt finds what is there
    assert not [value for value in values if isinstance(value, str) and "foreign" in value.casefold()]
    assert FOREIGN not in values


def test_the_hunt_finds_what_is_planted(tmp_path):
    save_team(team_of(two_teams(), "foreign-vi", DAY, findings()), tmp_path / "team")
    values = contents(tmp_path / "team")
    assert FOREIGN in values and [v for v in values if isinstance(v, str) and v == "foreign account"]


def test_the_own_teams_rows_are_all_there(mo):
    assert list(mo.company.people["person_id"]) == ["ana", "ben", "mo"]
    assert list(mo.deals["opportunity_id"]) == ["D1", "D2"] and list(mo.own_deals["opportunity_id"]) == ["D3"]
    assert len(mo.company.activities) == 2 and len(mo.company.quotas) == 1 and len(mo.company.coaching_log) == 1


def test_what_a_rep_did_on_another_teams_deal_is_kept_without_the_deal(mo):
    done = mo.company.activities.set_index("minutes")["opportunity_id"]
    assert done[5.0] == "D1" and pd.isna(done[6.0])


def test_a_stage_of_a_deal_that_names_no_pipeline_has_its_place_and_nobodys_pipeline():
    named = {"pipeline": "Sales", "stage": "Proposal", "position": 3, "outcome": "open"}
    made = two_teams()
    unnamed = company(
        people=[person("mo", "manager"), person("ana", manager="mo")],
        opportunities=[deal("D1", "ana", stage="Proposal")],
        stages=[named],
    )
    (stage,) = team_of(unnamed, "mo", DAY, {}).company.stages.to_dict("records")
    assert stage["position"] == 3 and pd.isna(stage["pipeline"])
    assert team_of(made, "mo", DAY, {}).company.stages["position"].tolist() == [1]


def test_who_left_is_in_the_teams_deals_and_not_among_its_reps(mo):
    assert list(mo.reps["person_id"]) == ["ana"] and "ben" in set(mo.deals["rep_id"])


def test_findings_are_cut_to_the_manager_and_benchmarks_are_taken_whole(mo):
    assert list(mo.finding("diagnosis")["why"]) == ["of Ana"] and list(mo.finding("benchmarks")["low"]) == [0.2]
    assert team_of(two_teams(), "mo", DAY, {}).finding("diagnosis").empty


def test_a_manager_whom_the_data_does_not_know_has_an_empty_team():
    nobody = team_of(two_teams(), "unknown", DAY, findings())
    assert nobody.company.people.empty and nobody.company.opportunities.empty and nobody.finding("diagnosis").empty


def test_who_leads_and_is_led_is_in_both_teams_and_deals_without_a_known_owner_in_none():
    teams = Teams(two_teams(), findings())
    boss, vi = (teams.of(who, DAY).company for who in ("foreign-boss", "foreign-vi"))
    assert list(boss.opportunities["opportunity_id"]) == ["D3", "foreign-D5"]
    assert list(vi.opportunities["opportunity_id"]) == ["foreign-D4", "foreign-D5"]


def test_a_team_comes_back_from_disk_as_it_went(mo, folder):
    again = open_team(folder)
    assert (again.manager, again.as_of, again.missing, again.import_summary) == ("Mo", DAY, mo.missing, "3 files")
    assert again.days_old is None and again.folder == folder and set(again.findings) == set(FINDINGS)
    for table in TABLES:
        pd.testing.assert_frame_equal(again.company.table(table), mo.company.table(table))


def test_a_finding_that_is_no_more_leaves_no_file(mo, folder):
    save_team(team_of(two_teams(), "mo", DAY, {}), folder)
    assert not [name for name in FINDINGS if (folder / f"{name}.parquet").exists()]


def test_a_workbook_opens_as_its_team(folder):
    assert open_team(folder.parent).manager == "Mo" and open_team(str(folder)).manager == "Mo"


def test_nothing_named_means_the_team_beside_where_one_stands(folder, monkeypatch):
    monkeypatch.chdir(folder.parent)
    assert open_team().manager == "Mo"


def test_without_one_beside_it_is_the_sample_even_from_a_folder_below(mo, tmp_path, monkeypatch):
    save_team(mo, tmp_path / SAMPLE_TEAM)
    below = tmp_path / "notebooks" / "workbook"
    below.mkdir(parents=True)
    monkeypatch.chdir(below)
    assert open_team().manager == "Mo"


def test_a_folder_that_is_no_team_says_which_would_do(tmp_path):
    with pytest.raises(NotATeam, match="Give the folder of a workbook"):
        open_team(tmp_path)


@pytest.mark.parametrize("broken", ["manager_id = ", "as_of = 2026-03-31\nmissing = []\n", "\xff\xfe"])
def test_a_broken_team_is_told_with_its_file(folder, broken):
    (folder / "team.toml").write_bytes(broken.encode("latin-1"))
    with pytest.raises(NotATeam, match=r"team\.toml: cannot be read"):
        open_team(folder)


def test_what_the_export_did_not_hold_is_known(mo):
    assert mo.lacks("quotas", "opportunities.source") == []
    assert team_of(company(), "mo", DAY, {}, missing=missing_of(company())).lacks("quotas", "people.name") == [
        "quotas",
        "people.name",
    ]


def test_a_person_without_a_name_is_called_by_the_id(mo):
    nameless = mo.company.people.assign(name=None)
    team = Team(company=mo.company.with_tables(people=nameless), manager_id="mo", as_of=DAY)
    assert team.manager == "mo" and team.name_of("unknown") == "unknown"


def test_the_currency_is_the_companys():
    settings = Settings(currency="EUR")
    assert Team(Company(settings, empty("people"), empty("opportunities")), "mo", DAY).currency == "EUR"


def test_team_toml_holds_what_it_must_and_no_more(folder):
    facts = tomllib.loads((folder / "team.toml").read_text())
    assert set(facts) == {"manager_id", "as_of", "missing", "import_summary"}


def test_the_kits_own_sample_team_opens_from_its_notebooks(monkeypatch):
    monkeypatch.chdir(ROOT / "notebooks" / "workbook")
    assert open_team().folder.resolve() == (ROOT / SAMPLE_TEAM).resolve()

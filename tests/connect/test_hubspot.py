"""What HubSpot answers becomes the company it tells of; its changes of properties become the stage history."""

from datetime import date

import pandas as pd
import pytest

from playbook.connect import hubspot as room
from playbook.connect.fetching import fetch
from playbook.connect.hubspot import hubspot
from playbook.connect.hubspot_history import standings
from playbook.errors import PlaybookError, UnusableInput
from playbook.metrics.attainment import attainment
from playbook.metrics.periods import Period
from tests.connect import hubspot_portal
from tests.crm.export_files import import_files

JANUARY = Period("month", date(2026, 1, 1), date(2026, 1, 31))
TOKEN = "pat-eu1-a-planted-secret"
LOGIN = {"HUBSPOT_ACCESS_TOKEN": TOKEN}
MISSING_SCOPE = {
    "status": "error", "category": "MISSING_SCOPES",
    "errors": [{"message": "all of", "context": {"requiredGranularScopes": ["crm.objects.companies.read"]}}],
}  # fmt: skip


@pytest.fixture
def portal(monkeypatch):
    with hubspot_portal.played() as portal:
        monkeypatch.setattr(room, "HOST", portal.address)
        yield portal


@pytest.fixture(scope="module")
def everything(tmp_path_factory):
    """A folder with all that was fetched, how the fetch went, and what HubSpot was asked."""
    to = tmp_path_factory.mktemp("hubspot")
    with hubspot_portal.played() as portal, pytest.MonkeyPatch.context() as patch:
        patch.setattr(room, "HOST", portal.address)
        fetched = fetch(hubspot(LOGIN), to)
    return to, fetched, portal


@pytest.fixture(scope="module")
def company(everything):
    return import_files(everything[0]).company


def test_the_deals_are_those_of_hubspot_with_names_for_its_ids(company):
    deals = company.opportunities.set_index("opportunity_id")
    assert deals["outcome"].to_dict() == {"101": "won", "102": "lost", "103": "open"}
    assert deals["amount"].tolist() == [1200.5, 800.0, 500.0]
    assert deals["stage"].tolist() == ["Closed Won", "Closed Lost", "Appointment Scheduled"]
    assert set(deals["pipeline"]) == {"Sales Pipeline"}
    assert deals["account"].tolist() == ["Acme", "Beta", "Acme"]
    assert deals.loc["102", "lost_reason"] == "Too dear"
    assert company.settings.currency == "EUR"


def test_owners_who_left_are_known_as_such(company):
    people = company.people.set_index("name")
    assert people["active"].to_dict() == {"Ana Roy": True, "Bo Lee": True, "Cy Abt": False}
    assert people.loc["Ana Roy", "territory"] == "West"


def test_the_changes_of_a_deals_stage_become_its_history(company):
    history = company.stage_history[company.stage_history["opportunity_id"] == "103"]
    assert history["stage"].tolist() == ["Appointment Scheduled", "Contract Sent", "Appointment Scheduled"]
    assert history["entered_on"].dt.strftime("%m-%d").tolist() == ["03-02", "03-20", "04-02"]
    assert history["expected_close_on"].unique().tolist() == [pd.Timestamp("2026-05-01")]
    assert company.stages.set_index("stage")["position"]["Contract Sent"] == 2


def test_a_deal_that_changed_hands_was_taken_over(company):
    taken = company.opportunities.set_index("opportunity_id")["taken_over"]
    assert taken.to_dict() == {"101": False, "102": False, "103": True}


def test_calls_and_meetings_have_an_owner_a_length_and_a_deal(company):
    rows = company.activities[["rep_id", "opportunity_id", "kind", "minutes"]].values.tolist()
    assert rows[:2] == [["11", "101", "call", 10.0], ["12", "103", "meeting", 45.0]]


def test_goals_for_money_and_deals_are_quotas_and_others_keep_their_names(company):
    quotas = company.quotas[company.quotas["rep_id"] == "11"]
    rows = list(zip(quotas["unit"], quotas["amount"], strict=True))
    assert sorted(rows) == [
        ("deals", 9.0), ("goal: pipeline", 70000.0), ("goal: revenue calls", 40.0),
        ("money", 3000.0), ("money", 4000.0), ("money", 5000.0),
    ]  # fmt: skip
    january = attainment(
        pd.DataFrame({"won": [1500.0], "won_unknown": [0], "won_deals": [3]}, index=["11"]), quotas, JANUARY
    ).set_index("unit")
    assert january["attained"].dropna().to_dict() == {"deals": 3 / 9, "money": 0.5}


def test_a_goal_lasts_from_its_first_day_to_its_last_wherever_the_company_is(company):
    money = company.quotas[company.quotas["unit"] == "money"].set_index("amount")
    days = {amount: (f"{row.starts_on:%m-%d}", f"{row.ends_on:%m-%d}") for amount, row in money.iterrows()}
    assert days == {3000.0: ("01-01", "01-31"), 4000.0: ("02-01", "02-28"), 5000.0: ("03-01", "03-31")}


def test_a_goal_of_a_team_is_nobodys_quota_and_counted(everything):
    report = import_files(everything[0]).report
    (goals,) = [file for file in report.files if file.file == "goals.csv"]
    assert [(d.reason, d.rows) for d in goals.dropped] == [("quotas without an owner", 1)]


def test_goals_beyond_the_tokens_scopes_are_left_out_and_the_scope_is_named(tmp_path, portal):
    missing = [{"message": "all of", "context": {"requiredGranularScopes": ["crm.objects.goals.read"]}}]
    portal.refuse("/crm/v3/objects/goal_targets", 403, {"category": "MISSING_SCOPES", "errors": missing})
    text = "\n".join(fetch(hubspot(LOGIN), tmp_path).lines())
    assert "goals.csv was left out: this token may not read it. Without it: no quotas." in text
    assert "the scope crm.objects.goals.read" in text


def test_every_page_is_read_and_what_is_empty_is_said(everything):
    _, fetched, portal = everything
    pages = [query.get("after", [""])[0] for _, path, query, *_ in portal.requests if path.endswith("/deals") and query]
    assert pages == ["", "2"] and fetched.rows["deals"] == 3
    assert [table.name for table in fetched.empty] == ["tasks"] and fetched.complete


def test_nothing_is_sent_that_changes_anything(everything):
    sent = {(method, path) for method, path, *_ in everything[2].requests if method != "GET"}
    assert sent == {("POST", "/crm/v3/objects/companies/batch/read")}


def test_who_leads_whom_is_asked_for(everything):
    assert "HubSpot does not keep who leads whom" in "\n".join(everything[1].lines())


def test_too_many_requests_is_waited_out(tmp_path, portal):
    portal.refuse("/crm/v3/objects/calls", 429, {"message": "ten secondly limit"}, times=2)
    assert fetch(hubspot(LOGIN), tmp_path).rows["calls"] == 1


def test_an_allowance_that_is_used_up_ends_the_fetch(tmp_path, portal):
    portal.refuse("/crm/v3/objects/calls", 429, {"message": "daily limit"})
    with pytest.raises(PlaybookError, match="calls: HubSpot's allowance of requests is used up"):
        fetch(hubspot(LOGIN), tmp_path)
    assert not list(tmp_path.iterdir())


def test_a_table_beyond_the_tokens_scopes_is_left_out_and_the_scope_is_named(tmp_path, portal):
    portal.refuse("/crm/v3/objects/companies/batch/read", 403, MISSING_SCOPE)
    fetched = fetch(hubspot(LOGIN), tmp_path)
    text = "\n".join(fetched.lines())
    assert "companies.csv was left out: this token may not read it. Without it: no names, segments" in text
    assert "give the private app the scope crm.objects.companies.read" in text and not fetched.complete


def test_a_token_that_is_not_taken_is_named_and_not_shown(tmp_path, portal):
    portal.refuse("/crm/v3/objects/deals", 401, {"category": "INVALID_AUTHENTICATION"})
    with pytest.raises(UnusableInput, match="HUBSPOT_ACCESS_TOKEN: HubSpot does not take this token"):
        fetch(hubspot(LOGIN), tmp_path)


def test_a_property_of_ones_own_is_asked_for_by_name(tmp_path, portal):
    with pytest.raises(UnusableInput, match="--also klass: deals have no property of that name"):
        fetch(hubspot(LOGIN, also=["klass"]), tmp_path)


def test_activities_stay_where_they_are_if_asked_to(tmp_path, portal):
    fetched = fetch(hubspot(LOGIN), tmp_path, without=["Calls", "meetings", "tasks"])
    assert fetched.complete and not (tmp_path / "calls.csv").exists()
    assert not [path for _, path, *_ in portal.requests if path.endswith(("calls", "meetings", "tasks"))]


def test_an_address_out_of_reach_is_said_to_be(tmp_path, monkeypatch):
    monkeypatch.setattr(room, "HOST", "http://127.0.0.1:9")
    monkeypatch.setattr("playbook.connect.patience._TIMES", 0)
    with pytest.raises(PlaybookError, match="HubSpot could not be reached"):
        fetch(hubspot(LOGIN), tmp_path)


def test_what_changed_at_one_moment_is_one_row_and_nothing_stands_before_the_first_stage():
    changes = {
        "dealstage": [("t3", "b"), ("t2", "a")],
        "amount": [("t1", "5"), ("t3", "7")],
        "closedate": [("t4", "day")],
    }
    rows = [(r["timestamp"], r["dealstage"], r["amount"], r["closedate"]) for r in standings(changes)]
    assert rows == [("t2", "a", "5", ""), ("t3", "b", "7", ""), ("t4", "b", "7", "day")]

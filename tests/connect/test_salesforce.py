"""What Salesforce answers becomes the company it tells of: every page, only what may be read, nothing changed."""

from urllib.parse import unquote_plus

import pandas as pd
import pytest
import responses

from playbook.connect import salesforce as room
from playbook.connect.fetching import fetch
from playbook.connect.salesforce import salesforce
from playbook.errors import PlaybookError, UnusableInput
from tests.connect import salesforce_org as org_of
from tests.crm.export_files import import_files

TOKEN = "00D-a-planted-secret-000!AQ"
LOGIN = {"SALESFORCE_INSTANCE_URL": org_of.HOST, "SALESFORCE_ACCESS_TOKEN": TOKEN}
SOAP = "https://login.salesforce.com/services/Soap/u/59.0"


@pytest.fixture
def org():
    with org_of.played() as org:
        yield org


@pytest.fixture(scope="module")
def everything(tmp_path_factory):
    """A folder with all that was fetched, how the fetch went, and what Salesforce was asked."""
    to = tmp_path_factory.mktemp("salesforce")
    with org_of.played() as org:
        fetched = fetch(salesforce(LOGIN), to)
    return to, fetched, org


@pytest.fixture(scope="module")
def company(everything):
    return import_files(everything[0]).company


def test_the_deals_are_those_of_salesforce(company):
    deals = company.opportunities.set_index("opportunity_id")
    assert deals["outcome"].to_dict() == {org_of.D1: "won", org_of.D2: "lost", org_of.D3: "open"}
    assert deals["amount"].tolist()[:2] == [1200.5, 800.0] and pd.isna(deals.loc[org_of.D3, "amount"])
    assert deals["name"].tolist()[0] == 'Deal, "IAZ"'
    assert deals["account"].unique().tolist() == ["Acme"] and deals["segment"].unique().tolist() == ["Retail"]
    assert deals["rep_id"].tolist() == [org_of.ANA, org_of.BO, org_of.BO]
    assert company.settings.currency == "EUR"


def test_people_come_with_their_manager(company):
    people = company.people.set_index("name")
    assert people["manager_id"].dropna().to_dict() == {"Ana García": org_of.MO, "Bo Lee": org_of.MO}
    assert people.loc["Mo Kay", "role"] == "manager"


def test_history_activities_quotas_and_the_order_of_stages_come_too(company):
    history = company.stage_history[company.stage_history["opportunity_id"] == org_of.D3]
    assert history["stage"].tolist() == ["Prospecting", "Negotiation/Review"]
    assert history["expected_close_on"].tolist() == [pd.Timestamp("2026-05-31"), pd.Timestamp("2026-07-31")]
    assert company.activities[["kind", "minutes"]].values.tolist() == [["call", 10.0], ["meeting", 45.0]]
    assert company.quotas[["rep_id", "amount"]].values.tolist() == [[org_of.ANA, 90_000.0]]
    stages = company.stages.set_index("stage")["position"]
    assert stages["Prospecting"] < stages["Negotiation/Review"]


def test_a_deal_that_changed_hands_was_taken_over(company, everything):
    taken = company.opportunities.set_index("opportunity_id")["taken_over"]
    assert taken.tolist() == [False, False, True]
    assert any(
        "FROM OpportunityFieldHistory WHERE Field = 'Owner'" in unquote_plus(url)
        for _, url, *_ in everything[2].requests
    )


def test_every_page_is_read(everything):
    _, fetched, org = everything
    assert fetched.rows["OpportunityHistory"] == 5 > org.page
    assert fetched.complete and not fetched.empty


def test_nothing_is_sent_that_changes_anything(everything):
    assert {method for method, *_ in everything[2].requests} == {"GET"}


def test_no_text_of_a_call_or_a_meeting_is_asked_for(everything):
    urls = " ".join(url for _, url, *_ in everything[2].requests)
    assert "FROM+Task" in urls and not {"Subject", "Description"} & set(urls.replace("%2C", "+").split("+"))


def test_archived_tasks_are_read_and_deleted_ones_are_not(everything):
    (query_url,) = [url for _, url, *_ in everything[2].requests if "FROM+Task" in url]
    assert "/queryAll/" in query_url and "IsDeleted+%3D+false" in query_url


@pytest.mark.parametrize("bulk", [True, False], ids=["by a query job", "in pages, where there are no query jobs"])
def test_a_large_table_comes_whole(tmp_path, org, monkeypatch, bulk, everything):
    monkeypatch.setattr("simple_salesforce.bulk2.sleep", lambda seconds: None)
    org.more_rows_than_there_are, org.bulk = room.BULK_FROM, bulk
    fetch(salesforce(LOGIN), tmp_path)
    assert bool([url for _, url, *_ in org.requests if url.endswith("/750A/results?maxRecords=50000")]) is bulk
    for file in everything[0].iterdir():
        assert (tmp_path / file.name).read_text("utf-8") == file.read_text("utf-8"), file.name


def test_a_field_of_ones_own_is_asked_for_by_name(tmp_path, org):
    fetch(salesforce(LOGIN, also=["Class__c"]), tmp_path)
    assert (tmp_path / "Opportunity.csv").read_text("utf-8").splitlines()[0].endswith(",Class__c")
    with pytest.raises(UnusableInput, match="--also Klass__c: Opportunity has no field of that name"):
        fetch(salesforce(LOGIN, also=["Klass__c"]), tmp_path)


@pytest.mark.parametrize(("status", "code"), [(400, "INVALID_TYPE"), (404, "NOT_FOUND"), (403, "INSUFFICIENT_ACCESS")])
def test_an_object_that_may_not_be_read_is_left_out_named_and_its_price_told(tmp_path, org, status, code):
    org.refuse("ForecastingQuota", status, code)
    fetched = fetch(salesforce(LOGIN), tmp_path)
    text = "\n".join(fetched.lines())
    assert not fetched.complete and not (tmp_path / "ForecastingQuota.csv").exists()
    assert (
        f"ForecastingQuota.csv was left out: this login may not read it, or the company does not use it ({code})"
        in text
    )
    assert "Without it: no quotas." in text and "--without ForecastingQuota" in text
    assert len(import_files(tmp_path).company.opportunities) == 3


def test_without_the_deals_there_is_nothing_to_fetch(tmp_path, org):
    org.refuse("Opportunity", 404, "NOT_FOUND")
    with pytest.raises(UnusableInput, match="Salesforce, Opportunity: this login may not read it") as raised:
        fetch(salesforce(LOGIN), tmp_path)
    assert "Ask your Salesforce administrator for the right to read Opportunity" in str(raised.value)
    assert not list(tmp_path.iterdir())


def test_a_short_failure_is_waited_out(tmp_path, org):
    org.refuse("User", 503, "SERVER_UNAVAILABLE", times=1)
    assert fetch(salesforce(LOGIN), tmp_path).rows["User"] == 3


def test_a_token_that_ran_out_is_said_to_have(tmp_path, org):
    org.refuse("Opportunity", 401, "INVALID_SESSION_ID")
    with pytest.raises(UnusableInput, match="SALESFORCE_ACCESS_TOKEN: Salesforce no longer takes this access token"):
        fetch(salesforce(LOGIN), tmp_path)


def test_an_allowance_that_is_used_up_ends_the_fetch_and_leaves_the_folder_as_it_was(tmp_path, org):
    (tmp_path / "Opportunity.csv").write_text("as before")
    org.refuse("Task", 403, "REQUEST_LIMIT_EXCEEDED")
    with pytest.raises(PlaybookError, match="allowance of requests for today is used up"):
        fetch(salesforce(LOGIN), tmp_path)
    assert [(f.name, f.read_text()) for f in tmp_path.iterdir()] == [("Opportunity.csv", "as before")]


def test_an_address_out_of_reach_is_said_to_be(tmp_path):
    with (
        responses.RequestsMock(),
        pytest.raises(PlaybookError, match=r"could not be reached .ConnectionError.*\n.*HTTPS_PROXY"),
    ):
        fetch(salesforce(LOGIN), tmp_path)


def test_a_user_logs_in_with_password_and_security_token(tmp_path, org):
    login = {
        "SALESFORCE_USERNAME": "ops@acme.example",
        "SALESFORCE_PASSWORD": "pass-word",
        "SALESFORCE_SECURITY_TOKEN": "tok-en",
    }
    answer = f"<r><sessionId>{TOKEN}</sessionId><serverUrl>{org_of.HOST}/services/Soap/u/59.0/00D</serverUrl></r>"
    with responses.RequestsMock() as mock:
        mock.post(SOAP, body=answer)
        source = salesforce(login)
        assert b"pass-word" in mock.calls[0].request.body.encode() and "pass-word" not in mock.calls[0].request.url
    assert {"pass-word", "tok-en", TOKEN} <= set(source.secrets)

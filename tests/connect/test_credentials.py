"""The login comes from the environment, and none of its secrets comes out anywhere."""

import builtins
import logging
import traceback

import pytest
import responses

from playbook import cli
from playbook.connect import hubspot as hubspot_room
from playbook.connect.connected_crms import SOURCES, opened
from playbook.connect.credentials import from_environment, without_secrets
from playbook.connect.faults import explained_error
from playbook.errors import PlaybookError, UnusableInput
from tests.connect import hubspot_portal, salesforce_org

SECRET = "planted-secret-8a7b6c"
SOAP = "https://login.salesforce.com/services/Soap/u/59.0"
OAUTH = "https://acme.my.salesforce.com/services/oauth2/token"


@pytest.mark.parametrize(
    ("crm", "variable"), [("salesforce", "SALESFORCE_ACCESS_TOKEN"), ("hubspot", "HUBSPOT_ACCESS_TOKEN")]
)
def test_a_missing_variable_is_named_with_what_to_set(crm, variable):
    with pytest.raises(UnusableInput, match=f"{variable} (is|are) not set.\nSet.*docs/connect.md"):
        opened(crm, {variable: " "})


def test_of_several_ways_to_log_in_the_nearest_is_completed():
    with pytest.raises(UnusableInput, match="SALESFORCE_SECURITY_TOKEN is not set"):
        opened("salesforce", {"SALESFORCE_USERNAME": "ops", "SALESFORCE_PASSWORD": SECRET})


def test_a_value_with_a_line_break_is_refused_without_being_shown():
    with pytest.raises(UnusableInput, match="HUBSPOT_ACCESS_TOKEN: holds a line break") as raised:
        opened("hubspot", {"HUBSPOT_ACCESS_TOKEN": f"{SECRET}\nHost: elsewhere"})
    assert SECRET not in str(raised.value)


def test_the_first_complete_way_counts():
    credentials = from_environment({"A": "1", "B": "2", "C": "3"}, [("A", "X"), ("B", "C")], crm="CRM", remedy="")
    assert credentials == {"B": "2", "C": "3"}


def test_an_address_that_is_none_is_refused_without_being_asked():
    login = {"SALESFORCE_INSTANCE_URL": "http://acme.my.salesforce.com", "SALESFORCE_ACCESS_TOKEN": SECRET}
    with (
        responses.RequestsMock(),
        pytest.raises(UnusableInput, match="SALESFORCE_INSTANCE_URL: is no address of a Salesforce"),
    ):
        opened("salesforce", login)


@pytest.mark.parametrize("crm", SOURCES)
def test_a_part_that_is_not_installed_is_named_with_the_command_that_installs_it(crm, monkeypatch):
    of_its_own = builtins.__import__

    def without_libraries(name, *rest):
        if name.split(".")[0] in ("simple_salesforce", "hubspot"):
            raise ImportError(name)
        return of_its_own(name, *rest)

    monkeypatch.setattr(builtins, "__import__", without_libraries)
    with pytest.raises(
        UnusableInput, match=r'not installed.\nInstall it with: pip install "player-to-coach\[connectors\]"'
    ):
        opened(crm, {})


@pytest.mark.parametrize("way", ["password", "app"])
def test_a_refused_login_shows_no_secret(way):
    user = {
        "SALESFORCE_USERNAME": "ops@acme.example",
        "SALESFORCE_PASSWORD": SECRET,
        "SALESFORCE_SECURITY_TOKEN": SECRET + "2",
    }
    app = {
        "SALESFORCE_DOMAIN": "acme.my",
        "SALESFORCE_CONSUMER_KEY": SECRET,
        "SALESFORCE_CONSUMER_SECRET": SECRET + "2",
    }
    fault = f"<e><sf:exceptionCode xmlns:sf='x'>INVALID_LOGIN</sf:exceptionCode><m>{SECRET}</m></e>"
    with responses.RequestsMock(assert_all_requests_are_fired=False) as mock:
        mock.post(SOAP, status=500, body=fault)
        mock.post(OAUTH, status=400, json={"error": "invalid_client", "error_description": SECRET})
        with pytest.raises(UnusableInput, match="Salesforce refused the login") as raised:
            opened("salesforce", user if way == "password" else app)
    assert SECRET not in "".join(traceback.format_exception(raised.value))


def test_an_unexpected_error_is_passed_on_only_if_its_account_holds_no_secret():
    harmless, telling = ValueError("what"), ValueError(f"header Bearer {SECRET}")
    assert explained_error(harmless, lambda error, table: None, [SECRET]) is harmless
    error = explained_error(telling, lambda error, table: None, [SECRET])
    assert isinstance(error, PlaybookError) and SECRET not in str(error)


def test_the_longer_of_two_secrets_is_hidden_whole():
    assert without_secrets("a secret-and-more b", ["secret", "secret-and-more"]) == "a (hidden) b"


def _salesforce(monkeypatch, to):
    monkeypatch.setenv("SALESFORCE_INSTANCE_URL", salesforce_org.HOST)
    monkeypatch.setenv("SALESFORCE_ACCESS_TOKEN", SECRET)
    with salesforce_org.played() as org:
        status = cli.main(["fetch", "salesforce", "--to", str(to)])
    return status, [url for _, url, *_ in org.requests], [headers["Authorization"] for _, _, headers, _ in org.requests]


def _hubspot(monkeypatch, to):
    monkeypatch.setenv("HUBSPOT_ACCESS_TOKEN", SECRET)
    with hubspot_portal.played() as portal:
        monkeypatch.setattr(hubspot_room, "HOST", portal.address)
        status = cli.main(["fetch", "hubspot", "--to", str(to)])
    return (
        status,
        [f"{path}?{query}" for _, path, query, *_ in portal.requests],
        [h["Authorization"] for *_, h, _ in portal.requests],
    )


@pytest.mark.parametrize("run", [_salesforce, _hubspot], ids=["salesforce", "hubspot"])
def test_a_planted_secret_is_in_the_header_and_nowhere_else(run, tmp_path, monkeypatch, capfd, caplog):
    caplog.set_level(logging.DEBUG)
    status, addresses, headers = run(monkeypatch, tmp_path)
    assert status == 0 and set(headers) == {f"Bearer {SECRET}"}
    printed = capfd.readouterr()
    files = [(file.name, file.read_text("utf-8")) for file in tmp_path.iterdir()]
    assert files and printed.out
    assert SECRET not in f"{addresses} {printed.out} {printed.err} {caplog.text} {files}"


def test_a_fetch_that_leaves_something_out_says_so_by_its_status(tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("SALESFORCE_INSTANCE_URL", salesforce_org.HOST)
    monkeypatch.setenv("SALESFORCE_ACCESS_TOKEN", SECRET)
    org = salesforce_org.Org()
    org.refuse("Task", 404, "NOT_FOUND")
    with salesforce_org.played(org):
        assert cli.main(["fetch", "salesforce", "--to", str(tmp_path)]) == 1
        assert cli.main(["fetch", "salesforce", "--to", str(tmp_path), "--without", "task"]) == 0
    assert "Task.csv was left out" in capsys.readouterr().out

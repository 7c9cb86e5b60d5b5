"""Salesforce, through simple-salesforce: log in, ask only for what may be seen, page through the answers.

Small tables come in pages of 2,000 rows, large ones through a Bulk API 2.0 query job. Only descriptions and queries are
asked for: nothing in Salesforce changes.
"""

import csv
import io
import re
from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from typing import Any

from playbook.connect.credentials import from_environment
from playbook.connect.faults import explained_error
from playbook.connect.patience import patient_session
from playbook.connect.salesforce_tables import TABLES, SalesforceTable
from playbook.connect.tables import ConnectedCrm, Row, Table, TableContent, TableNotReadable, cells
from playbook.errors import PlaybookError, UnusableInput

CRM = "Salesforce"
BULK_FROM = 50_000  # rows from which a query job is quicker than pages of 2,000
_PAGE = 2_000
_TOKEN = ("SALESFORCE_INSTANCE_URL", "SALESFORCE_ACCESS_TOKEN")
_CLIENT = ("SALESFORCE_DOMAIN", "SALESFORCE_CONSUMER_KEY", "SALESFORCE_CONSUMER_SECRET")
_PASSWORD = ("SALESFORCE_USERNAME", "SALESFORCE_PASSWORD", "SALESFORCE_SECURITY_TOKEN")
_OPEN_TO_ALL = {"SALESFORCE_INSTANCE_URL", "SALESFORCE_DOMAIN"}
_LOGIN_REMEDY = (
    "Set, in the environment, SALESFORCE_INSTANCE_URL (https://….my.salesforce.com) and SALESFORCE_ACCESS_TOKEN; or "
    "SALESFORCE_DOMAIN (the part before .salesforce.com), SALESFORCE_CONSUMER_KEY and SALESFORCE_CONSUMER_SECRET; or "
    "SALESFORCE_USERNAME, SALESFORCE_PASSWORD and SALESFORCE_SECURITY_TOKEN. "
    "docs/connect.md says where each comes from."
)
_NO_ACCESS = {"INVALID_TYPE", "INVALID_TYPE_FOR_OPERATION", "INVALID_FIELD", "INSUFFICIENT_ACCESS", "NOT_FOUND",
              "INSUFFICIENT_ACCESS_OR_READONLY", "CANNOT_DISABLE_FEATURE", "FUNCTIONALITY_NOT_ENABLED"}  # fmt: skip


def salesforce(environ: Mapping[str, str], also: Sequence[str] = ()) -> ConnectedCrm:
    """Salesforce as the login in the environment sees it.

    Parameters
    ----------
    environ : the environment; three ways of logging in, see docs/connect.md.
    also : further fields of the deals, by API name.

    Raises
    ------
    UnusableInput : if the extra is not installed, a variable is missing, or the login is refused.
    """
    try:
        from simple_salesforce.api import Salesforce
    except ImportError:
        raise UnusableInput(
            "the part that talks to Salesforce is not installed.",
            remedy='Install it with: pip install "player-to-coach[connectors]"',
        ) from None
    given = from_environment(environ, (_TOKEN, _CLIENT, _PASSWORD), crm=CRM, remedy=_LOGIN_REMEDY)
    secrets = [value for name, value in given.items() if name not in _OPEN_TO_ALL]
    try:
        org = Salesforce(**_login(given, environ), session=patient_session(), parse_float=str)
    except Exception as error:
        raise explained_error(error, _explained, secrets) from None
    secrets.append(org.session_id)
    tables = [
        Table(t.name, t.gives, partial(_content, org, t, tuple(also) if t.needed else ()), t.needed) for t in TABLES
    ]
    return ConnectedCrm(CRM, tables, _explained, secrets)


def _login(given: Mapping[str, str], environ: Mapping[str, str]) -> dict[str, Any]:
    if set(_TOKEN) <= set(given):
        url = given["SALESFORCE_INSTANCE_URL"]
        if not re.fullmatch(r"https://[\w.-]+(:\d+)?/?", url):
            raise UnusableInput(
                "is no address of a Salesforce.",
                where="environment, SALESFORCE_INSTANCE_URL",
                remedy="It begins with https:// and ends after the name, as in https://acme.my.salesforce.com",
            )
        return {"instance_url": url, "session_id": given["SALESFORCE_ACCESS_TOKEN"]}
    domain = re.sub(
        r"^https://|\.salesforce\.com/?$", "", given.get("SALESFORCE_DOMAIN", environ.get("SALESFORCE_DOMAIN", ""))
    )
    if set(_CLIENT) <= set(given):
        return {
            "domain": domain,
            "consumer_key": given["SALESFORCE_CONSUMER_KEY"],
            "consumer_secret": given["SALESFORCE_CONSUMER_SECRET"],
        }
    return {
        "domain": domain or "login",
        "username": given["SALESFORCE_USERNAME"],
        "password": given["SALESFORCE_PASSWORD"],
        "security_token": given["SALESFORCE_SECURITY_TOKEN"],
    }


def _content(org: Any, table: SalesforceTable, also: tuple[str, ...]) -> TableContent:
    there = {field["name"]: field for field in getattr(org, table.name).describe()["fields"]}
    unknown = [name for name in also if name not in there]
    if unknown:
        raise UnusableInput(
            f"{table.name} has no field of that name that this login may see.",
            where=f"--also {unknown[0]}",
            remedy="Write the field's API name (as in Region__c), or give the login's profile the right to read it.",
        )
    wanted = dict.fromkeys([*table.fields, *also])
    columns = [name for name in wanted if (f"{name.partition('.')[0]}Id" if "." in name else name) in there]
    select = f"SELECT {', '.join(columns)} FROM {table.name}"
    query = f"{select} WHERE {table.where}" if table.where else select
    first = org.query(query, include_deleted=table.archived)
    total = int(first["totalSize"])
    pages = _bulk_or_pages(org, table, query, columns, first) if total >= BULK_FROM else _pages(org, columns, first)
    return TableContent(columns, pages, total)


def _pages(org: Any, columns: list[str], answer: Mapping[str, Any]) -> Iterator[Sequence[Row]]:
    while True:
        yield [cells(record, columns) for record in answer["records"]]
        if answer["done"]:
            return
        answer = org.query_more(answer["nextRecordsUrl"], identifier_is_url=True)


def _bulk_or_pages(
    org: Any, table: SalesforceTable, query: str, columns: list[str], first: Mapping[str, Any]
) -> Iterator[Sequence[Row]]:
    """The rows of a query job; in pages where the company or the object has no query jobs."""
    from simple_salesforce.exceptions import SalesforceError, SalesforceOperationError

    of_object = getattr(org.bulk2, table.name)
    chunks = (of_object.query_all if table.archived else of_object.query)(query)
    try:
        begun = next(chunks)
    except (SalesforceError, SalesforceOperationError):
        yield from _pages(org, columns, first)
        return
    yield from _rows_of_csv(begun, columns)
    for chunk in chunks:
        yield from _rows_of_csv(chunk, columns)


def _rows_of_csv(text: str, columns: list[str]) -> Iterator[Sequence[Row]]:
    page: list[Row] = []
    for row in csv.DictReader(io.StringIO(text, newline="")):
        page.append([row.get(column) or "" for column in columns])
        if len(page) == _PAGE:
            yield page
            page = []
    if page:
        yield page


def _explained(error: Exception, table: str) -> PlaybookError | None:
    """What an error of simple-salesforce, or of the line to Salesforce, means; None if it is neither."""
    from requests import RequestException
    from simple_salesforce.exceptions import SalesforceAuthenticationFailed, SalesforceError, SalesforceOperationError

    if isinstance(error, SalesforceAuthenticationFailed):
        return UnusableInput(
            f"Salesforce refused the login ({_as_code(error.code) or 'no reason given'}).",
            where="environment, login to Salesforce",
            remedy=f"Check the values, and whether the user may use the API. {_LOGIN_REMEDY}",
        )
    if isinstance(error, RequestException):
        return PlaybookError(
            f"Salesforce could not be reached ({type(error).__name__}).", where=table,
            remedy="Check the network, the address and the company's proxy (HTTPS_PROXY), then run the same again.",
        )  # fmt: skip
    if isinstance(error, SalesforceOperationError):
        return PlaybookError("Salesforce gave up on the query.", where=table, remedy="Run the same again, later.")
    if not isinstance(error, SalesforceError):
        return None
    code, status = _code(error.content), error.status
    if status == 401:
        return UnusableInput(
            f"Salesforce no longer takes this access token ({code or 'expired'}).",
            where="environment, SALESFORCE_ACCESS_TOKEN",
            remedy="Log in again and set the new one. Nothing was changed.",
        )
    if code == "REQUEST_LIMIT_EXCEEDED":
        return PlaybookError(
            "Salesforce's allowance of requests for today is used up.",
            where=table,
            remedy="Run the same again tomorrow. Nothing was changed.",
        )
    if code in _NO_ACCESS or status == 404:
        return TableNotReadable(
            f"this login may not read it, or the company does not use it ({code or status}).",
            remedy=f"Ask your Salesforce administrator for the right to read {table}.",
        )
    if status == 403:
        return UnusableInput(
            f"Salesforce refused the request ({code or status}).", where=table,
            remedy="The user needs the permission API Enabled, and the company an edition with an API.",
        )  # fmt: skip
    return PlaybookError(
        f"Salesforce answered with an error ({code or status}).", where=table, remedy="Run the same again, later."
    )


def _code(content: object) -> str:
    """The error's code in an answer: one word, and so never anything of the data or the login."""
    first = content[0] if isinstance(content, list) and content else content
    return _as_code(first.get("errorCode")) if isinstance(first, Mapping) else ""


def _as_code(code: object) -> str:
    return str(code) if re.fullmatch(r"\w{1,60}", str(code)) and code is not None else ""

"""HubSpot, through its own client: a private app's token, pages of at most 100 records, only requests that read.

A deal's stage history is made of the changes that HubSpot keeps of it (the last 20 of each property). HubSpot answers
"too many requests" with how long to wait; the client waits.
"""

import csv
import re
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from functools import partial
from itertools import islice
from typing import Any
from urllib.request import getproxies

from playbook.connect import hubspot_goals
from playbook.connect.credentials import from_environment
from playbook.connect.hubspot_history import FOLLOWED, standings
from playbook.connect.patience import SECONDS, retries
from playbook.connect.tables import ConnectedCrm, Row, Table, TableContent, TableNotReadable, cells, text_of
from playbook.errors import PlaybookError, UnusableInput
from playbook.wording import listing

CRM = "HubSpot"
HOST = "https://api.hubapi.com"
_PAGE = 100
_PAGE_WITH_HISTORY = 50  # HubSpot gives no more where changes are asked for
_TOKEN = "HUBSPOT_ACCESS_TOKEN"
_LOGIN_REMEDY = (
    f"Set {_TOKEN}, in the environment, to the token of a private app that may read deals, owners, goals, companies "
    "and activities. docs/connect.md says where it comes from."
)
_DEALS = (
    "dealname", "dealstage", "pipeline", "amount", "deal_currency_code", "closedate", "createdate",
    "hs_lastmodifieddate", "hubspot_owner_id", "dealtype", "hs_manual_forecast_category",
    "hs_deal_stage_probability", "hs_next_step",
    "hs_is_closed", "hs_is_closed_won", "closed_lost_reason", "hs_analytics_source",
)  # fmt: skip
_COMPANIES = ("name", "industry", "country")
_ACTIVITIES = {
    "calls": ("hubspot_owner_id", "hs_timestamp", "hs_call_duration", "hs_call_status"),
    "meetings": ("hubspot_owner_id", "hs_meeting_start_time", "hs_meeting_end_time", "hs_meeting_outcome"),
    "tasks": ("hubspot_owner_id", "hs_timestamp", "hs_task_type", "hs_task_status"),
}
_OWNERS = ("id", "firstName", "lastName", "email", "team", "active")
_PIPELINES = ("pipelineId", "label")
_STAGES = ("stageId", "pipelineId", "label", "displayOrder", "probability", "closedWon", "isClosed", "active")
_COMPANY, _DEAL_IDS = "hs_primary_associated_company", "associated_deal_ids"
_REMARK = (
    "HubSpot does not keep who leads whom: put a list of your people with each one's manager into the folder too "
    "(see docs/your-data.md)."
)


def hubspot(environ: Mapping[str, str], also: Sequence[str] = ()) -> ConnectedCrm:
    """HubSpot as the token in the environment sees it.

    Parameters
    ----------
    environ : the environment, with HUBSPOT_ACCESS_TOKEN.
    also : further properties of the deals, by internal name.

    Raises
    ------
    UnusableInput : if the extra is not installed, or the variable is missing.
    """
    try:
        from hubspot import HubSpot
    except ImportError:
        raise UnusableInput(
            "the part that talks to HubSpot is not installed.",
            remedy='Install it with: pip install "player-to-coach[connectors]"',
        ) from None
    token = from_environment(environ, [(_TOKEN,)], crm=CRM, remedy=_LOGIN_REMEDY)[_TOKEN]
    client = HubSpot(
        access_token=token, retry=retries(reading=frozenset({"GET", "POST"})), host=HOST,
        proxy=getproxies().get("https"), ssl_ca_cert=environ.get("REQUESTS_CA_BUNDLE"),
    )  # fmt: skip
    deals = _Deals(client, tuple(also))
    tables = [
        Table("deals", "deals", deals.content, needed=True),
        Table(
            "deal-stage-history",
            "stage history (where deals stop, how long they take, close dates that move)",
            deals.history,
        ),
        Table("owners", "names of the deals' owners", partial(_owners, client)),
        Table("goals", "quotas", partial(_goals, client)),
        Table("pipelines", "names of the pipelines", partial(_pipelines, client)),
        Table("stages", "names and order of the stages", partial(_stages, client)),
        Table("companies", "names, segments and regions of customers", partial(_companies, client, deals)),
        *(Table(name, name, partial(_activities, client, name)) for name in _ACTIVITIES),
    ]
    return ConnectedCrm(CRM, tables, _explained, [token], _REMARK)


class _Deals:
    """The deals, whose answers also hold their changes and customers, which are files of their own."""

    def __init__(self, client: Any, also: tuple[str, ...]) -> None:
        self._client = client
        self._also = also
        # Gone when the fetch ends: there may be millions of changes.
        self._standings = tempfile.TemporaryFile("w+", encoding="utf-8", newline="")  # noqa: SIM115
        self._many = 0
        self.companies: dict[str, None] = {}

    def content(self) -> TableContent:
        """The deals."""
        columns = ["hs_object_id", *dict.fromkeys([*_DEALS, *self._also]), _COMPANY]
        return TableContent(columns, self._pages(columns))

    def history(self) -> TableContent:
        """The stage history; asked for after the deals, which bring it along."""
        self._standings.seek(0)
        rows = csv.reader(self._standings)
        pages = iter(lambda: list(islice(rows, 10_000)), [])
        return TableContent(["hs_object_id", *FOLLOWED, "timestamp"], pages, self._many)

    def _pages(self, columns: list[str]) -> Iterator[Sequence[Row]]:
        options = {
            "limit": _PAGE_WITH_HISTORY, "properties": columns[1:-1], "properties_with_history": list(FOLLOWED),
            "associations": ["companies"],
        }  # fmt: skip
        writer = csv.writer(self._standings)
        for number, deals in enumerate(_paged(self._client.crm.deals.basic_api, **options)):
            if number == 0 and deals:
                self._check_also(deals)
            page = []
            for deal in deals:
                company = _first_of(deal, "companies")
                self.companies |= {company: None} if company else {}
                page.append(cells(deal.properties | {"hs_object_id": deal.id, _COMPANY: company}, columns))
                for row in standings(_changes(deal)):
                    writer.writerow([deal.id, *(row[name] for name in (*FOLLOWED, "timestamp"))])
                    self._many += 1
            yield page

    def _check_also(self, deals: Sequence[Any]) -> None:
        """HubSpot passes over a property that it does not know."""
        for name in self._also:
            if not any(name in deal.properties for deal in deals):
                raise UnusableInput(
                    "deals have no property of that name that this token may see.",
                    where=f"--also {name}",
                    remedy="Write its internal name, as the property's settings in HubSpot show it.",
                )


def _changes(deal: Any) -> dict[str, list[tuple[str, str]]]:
    history = deal.properties_with_history or {}
    return {
        name: [(_moment(change.timestamp), text_of(change.value)) for change in history.get(name) or []]
        for name in FOLLOWED
    }


def _moment(moment: Any) -> str:
    """A moment as HubSpot writes it, in UTC: so that they sort as text."""
    if isinstance(moment, datetime):
        return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%f")[:-3] + "Z"
    return str(moment)


def _paged(api: Any, **options: Any) -> Iterator[Sequence[Any]]:
    """The records of every page of a list."""
    after = None
    while True:
        answer = api.get_page(**options, **({"after": after} if after else {}), _request_timeout=SECONDS)
        yield answer.results
        after = answer.paging.next.after if answer.paging and answer.paging.next else None
        if not after:
            return


def _associated(record: Any, what: str) -> list[str]:
    associated = (record.associations or {}).get(what)
    return list(dict.fromkeys(other.id for other in associated.results)) if associated else []


def _first_of(record: Any, what: str) -> str:
    return next(iter(_associated(record, what)), "")


def _owners(client: Any) -> TableContent:
    """Who owns deals, and who did and has left."""

    def pages() -> Iterator[Sequence[Row]]:
        for archived in (False, True):
            for owners in _paged(client.crm.owners.owners_api, limit=_PAGE, archived=text_of(archived)):
                yield [
                    [
                        text_of(o.id), text_of(o.first_name), text_of(o.last_name), text_of(o.email),
                        next((t.name for t in o.teams or [] if t.primary), ""), text_of(not archived),
                    ]
                    for o in owners
                ]  # fmt: skip

    return TableContent(_OWNERS, pages())


def _goals(client: Any) -> TableContent:
    """The goals: of whom, for which days, how much, and of what."""

    def pages() -> Iterator[Sequence[Row]]:
        owner_by_user: dict[str, str] | None = None
        api = client.crm.objects.goals.basic_api
        for goals in _paged(api, limit=_PAGE, properties=list(hubspot_goals.PROPERTIES)):
            if owner_by_user is None and goals:
                owner_by_user = _owner_by_user(client)
            yield [hubspot_goals.row_of_goal(g.id, g.properties, owner_by_user or {}) for g in goals]

    return TableContent(hubspot_goals.COLUMNS, pages())


def _owner_by_user(client: Any) -> dict[str, str]:
    owners = [
        o
        for archived in (True, False)
        for page in _paged(client.crm.owners.owners_api, limit=_PAGE, archived=text_of(archived))
        for o in page
    ]
    users = [(o.user_id or o.user_id_including_inactive, o.id) for o in owners]
    return {text_of(user): text_of(owner) for user, owner in users if user}


def _pipelines(client: Any) -> TableContent:
    rows = [[pipeline.id, pipeline.label] for pipeline in _all_pipelines(client)]
    return TableContent(_PIPELINES, iter([rows]), len(rows))


def _stages(client: Any) -> TableContent:
    rows = [_stage(pipeline.id, stage) for pipeline in _all_pipelines(client) for stage in pipeline.stages]
    return TableContent(_STAGES, iter([rows]), len(rows))


def _all_pipelines(client: Any) -> Sequence[Any]:
    return client.crm.pipelines.pipelines_api.get_all("deals", _request_timeout=SECONDS).results


def _stage(pipeline: str, stage: Any) -> Row:
    about = stage.metadata or {}
    chance, closed = about.get("probability", ""), about.get("isClosed", "")
    won = closed == "true" and chance in ("1", "1.0")
    place, active = stage.display_order, not stage.archived
    return [stage.id, pipeline, stage.label, *map(text_of, (place, chance, won, closed, active))]


def _companies(client: Any, deals: _Deals) -> TableContent:
    """The customers of the deals, and no other company of the CRM."""
    from hubspot.crm.companies import BatchReadInputSimplePublicObjectId as Wanted

    columns, ids = ["hs_object_id", *_COMPANIES], list(deals.companies)

    def pages() -> Iterator[Sequence[Row]]:
        for at in range(0, len(ids), _PAGE):
            wanted = Wanted(
                properties=list(_COMPANIES),
                properties_with_history=[],
                inputs=[{"id": key} for key in ids[at : at + _PAGE]],
            )
            answer = client.crm.companies.batch_api.read(
                batch_read_input_simple_public_object_id=wanted, _request_timeout=SECONDS
            )
            yield [cells(company.properties | {"hs_object_id": company.id}, columns) for company in answer.results]

    return TableContent(columns, pages(), len(ids))


def _activities(client: Any, name: str) -> TableContent:
    columns = ["hs_object_id", *_ACTIVITIES[name], _DEAL_IDS]

    def pages() -> Iterator[Sequence[Row]]:
        api = getattr(client.crm.objects, name).basic_api
        for records in _paged(api, limit=_PAGE, properties=list(_ACTIVITIES[name]), associations=["deals"]):
            yield [
                cells(r.properties | {"hs_object_id": r.id, _DEAL_IDS: ";".join(_associated(r, "deals"))}, columns)
                for r in records
            ]

    return TableContent(columns, pages())


def _explained(error: Exception, table: str) -> PlaybookError | None:
    """What an error of HubSpot's client, or of the line to HubSpot, means; None if it is neither."""
    from urllib3.exceptions import HTTPError

    if isinstance(error, HTTPError):
        return PlaybookError(
            f"HubSpot could not be reached ({type(error).__name__}).",
            where=table,
            remedy="Check the network and the company's proxy (HTTPS_PROXY), then run the same again.",
        )
    status = getattr(error, "status", None)
    if not type(error).__module__.startswith("hubspot.") or not isinstance(status, int):
        return None
    if status == 401:
        return UnusableInput(
            "HubSpot does not take this token.", where=f"environment, {_TOKEN}",
            remedy="Copy the private app's token again; HubSpot withdraws one that was shown in public.",
        )  # fmt: skip
    if status in (403, 404):
        scopes = _scopes(str(getattr(error, "body", "")))
        return TableNotReadable(
            "this token may not read it.",
            remedy=f"In HubSpot, give the private app the scope {listing(scopes)}."
            if scopes
            else f"In HubSpot, give the private app the right to read {table}.",
        )
    if status == 429:
        return PlaybookError(
            "HubSpot's allowance of requests is used up.", where=table, remedy="Run the same again later, or tomorrow."
        )
    return PlaybookError(
        f"HubSpot answered with an error ({status}).", where=table, remedy="Run the same again, later."
    )


def _scopes(body: str) -> list[str]:
    """The scopes that HubSpot says are missing."""
    return list(dict.fromkeys(re.findall(r'"(crm\.[\w.-]+\.read|[\w-]*sales-email-read)"', body)))[:4]

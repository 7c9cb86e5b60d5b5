"""A HubSpot on 127.0.0.1 that plays answers in the form that HubSpot's documentation shows, page by page."""
# ruff: noqa: E501  (answers read best as they come)

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

OWNERS = [
    {"id": "11", "userId": 911, "email": "ana@acme.example", "firstName": "Ana", "lastName": "Roy", "teams": [{"id": "1", "name": "West", "primary": True}]},
    {"id": "12", "email": "bo@acme.example", "firstName": "Bo", "lastName": "Lee"},
]  # fmt: skip
GONE = [{"id": "13", "email": "cy@acme.example", "firstName": "Cy", "lastName": "Abt", "archived": True}]
STAGES = [("s1", "Appointment Scheduled", "0.2", False), ("s2", "Contract Sent", "0.9", False), ("s3", "Closed Won", "1.0", True),
          ("s4", "Closed Lost", "0.0", True)]  # fmt: skip
WHEN = "T10:00:00Z"


def _owners_of(key: str, owner: str, created: str) -> list[dict]:
    """Deal 103 was Ana's for six weeks; the others are their owner's from the start."""
    first = "11" if key == "103" else owner
    own = [{"value": first, "timestamp": created + WHEN, "sourceType": "CRM_UI"}]
    return own if first == owner else [{"value": owner, "timestamp": "2026-04-15" + WHEN, "sourceType": "CRM_UI"}, *own]


def deal(key: str, owner: str, amount: str, company: str, *stages: tuple[str, str], closes: str, **more: str) -> dict:
    """A deal as the list of deals tells it, with the stages that it entered."""
    properties = {
        "dealname": f"Deal {key}", "dealstage": stages[-1][0], "pipeline": "default", "amount": amount,
        "deal_currency_code": "EUR", "closedate": closes + WHEN, "createdate": stages[0][1] + WHEN, "hubspot_owner_id": owner,
        "dealtype": "newbusiness", "hs_next_step": None,
    }  # fmt: skip
    changes = [{"value": s, "timestamp": day + WHEN, "sourceType": "CRM_UI"} for s, day in reversed(stages)]
    first_close = [{"value": "2026-05-01T00:00:00Z", "timestamp": stages[0][1] + WHEN, "sourceType": "CRM_UI"}]
    return {
        "id": key,
        "properties": properties | more,
        "propertiesWithHistory": {
            "dealstage": changes,
            "closedate": first_close,
            "hubspot_owner_id": _owners_of(key, owner, stages[0][1]),
        },
        "associations": {"companies": {"results": [{"id": company, "type": "deal_to_company"}]}},
        "createdAt": stages[0][1] + WHEN,
        "updatedAt": closes + WHEN,
        "archived": False,
    }


DEALS = [
    deal("101", "11", "1200.50", "71", ("s1", "2026-01-05"), ("s2", "2026-01-20"), ("s3", "2026-02-10"), closes="2026-02-10"),
    deal("102", "12", "800", "72", ("s1", "2026-01-15"), ("s4", "2026-03-01"), closes="2026-03-01", closed_lost_reason="Too dear"),
    deal("103", "12", "500", "71", ("s1", "2026-03-02"), ("s2", "2026-03-20"), ("s1", "2026-04-02"), closes="2026-07-31"),
]  # fmt: skip
COMPANIES = {
    "71": {"name": "Acme", "industry": "RETAIL", "country": "France"},
    "72": {"name": "Beta", "industry": None, "country": None},
}
ACTIVITIES = {
    "calls": [("901", {"hubspot_owner_id": "11", "hs_timestamp": "2026-01-07T09:00:00Z", "hs_call_duration": "600000", "hs_call_status": "COMPLETED"}, "101")],
    "meetings": [("902", {"hubspot_owner_id": "12", "hs_meeting_start_time": "2026-03-05T09:00:00Z", "hs_meeting_end_time": "2026-03-05T09:45:00Z",
                          "hs_meeting_outcome": "COMPLETED"}, "103"),
                 ("903", {"hubspot_owner_id": "12", "hs_meeting_start_time": "2026-03-06T09:00:00Z", "hs_meeting_end_time": "2026-03-06T09:45:00Z",
                          "hs_meeting_outcome": "NO_SHOW"}, "103")],
    "tasks": [],
}  # fmt: skip


def goal(key: str, month: int, amount: str, **properties: str | None) -> tuple[str, dict]:
    """A goal for one month of 2026, as HubSpot tells it: a target for money of deals won, unless said otherwise."""
    begins, ends = f"2026-{month:02}-01T00:00:00Z", f"2026-{month + 1:02}-01T00:00:00Z"
    of_sales = {
        "hs_goal_name": "Revenue 2026", "hs_target_amount": amount, "hs_start_datetime": begins, "hs_end_datetime": ends,
        "hubspot_owner_id": "11", "hs_assignee_user_id": None, "hs_goal_target_currency_code": "EUR", "hs_kpi_unit_type": "currency",
        "hs_kpi_metric_type": "SUM", "hs_kpi_object_type_id": "0-3", "hs_kpi_time_period_property": "closedate",
    }  # fmt: skip
    return key, of_sales | properties


GOALS = [
    goal("801", 1, "3000.00"),
    goal("802", 2, "4000.00", hs_end_datetime="2026-02-28T23:59:59.999Z"),
    goal(
        "803",
        1,
        "5000.00",
        hubspot_owner_id=None,
        hs_assignee_user_id="911",
        hs_start_datetime="2026-02-28T23:00:00Z",
        hs_end_datetime="2026-03-31T22:00:00Z",
    ),
    goal(
        "804",
        1,
        "9",
        hs_goal_name="Deals won",
        hs_goal_target_currency_code=None,
        hs_kpi_unit_type="number",
        hs_kpi_metric_type="COUNT",
    ),
    goal(
        "805",
        1,
        "40",
        hs_goal_name="Revenue calls",
        hs_kpi_unit_type="number",
        hs_kpi_metric_type="COUNT",
        hs_kpi_object_type_id="0-48",
    ),
    goal("806", 1, "70000", hs_goal_name="Pipeline", hs_kpi_time_period_property="createdate"),
    goal("807", 1, "90000", hubspot_owner_id=None, hs_goal_name="The team's"),
]


@dataclass
class Portal:
    """The portal: what it refuses (path → status and body), and what it was asked (method, path, query, headers, body)."""

    address: str = ""
    refusals: dict[str, list[tuple[int, object]]] = field(default_factory=dict)
    requests: list[tuple[str, str, dict, dict, object]] = field(default_factory=list)

    def refuse(self, path: str, status: int, body: object, *, times: int = 1_000) -> None:
        """Answer that path with an error, so many times."""
        self.refusals[path] = [(status, body)] * times

    def answer(self, method: str, path: str, query: dict, body: dict) -> tuple[int, object]:
        """The status and the answer to a request."""
        if self.refusals.get(path):
            return self.refusals[path].pop()
        if path == "/crm/v3/owners/":
            return 200, {"results": GONE if query["archived"] == ["true"] else OWNERS}
        if path == "/crm/v3/pipelines/deals":
            return 200, {"results": [{"id": "default", "label": "Sales Pipeline", "displayOrder": 0, "archived": False, "createdAt": "2025-01-01T00:00:00Z",
                                      "updatedAt": "2025-01-01T00:00:00Z", "stages": [_stage(n, *stage) for n, stage in enumerate(STAGES)]}]}  # fmt: skip
        if path == "/crm/v3/objects/deals":
            wanted = set(query["properties"])
            return 200, _page(
                [d | {"properties": {k: v for k, v in d["properties"].items() if k in wanted}} for d in DEALS],
                path,
                query,
                2,
            )
        if path == "/crm/v3/objects/companies/batch/read" and method == "POST":
            companies = [_record(each["id"], COMPANIES[each["id"]]) for each in body["inputs"]]
            return 200, {
                "status": "COMPLETE",
                "results": companies,
                "startedAt": "2026-06-30T00:00:00Z",
                "completedAt": "2026-06-30T00:00:00Z",
            }
        if path == "/crm/v3/objects/goal_targets":
            wanted = set(query["properties"])
            goals = [_record(key, {k: v for k, v in own.items() if k in wanted}) for key, own in GOALS]
            return 200, _page(goals, path, query, 4)
        kind = path.rpartition("/")[2]
        if kind in ACTIVITIES:
            records = [
                _record(key, properties) | {"associations": {"deals": {"results": [{"id": of, "type": "to_deal"}]}}}
                for key, properties, of in ACTIVITIES[kind]
            ]
            return 200, _page(records, path, query, 100)
        return 404, {"status": "error", "message": f"no such path {path}"}


def _stage(place: int, key: str, label: str, chance: str, closed: bool) -> dict:
    return {"id": key, "label": label, "displayOrder": place, "metadata": {"probability": chance, "isClosed": str(closed).lower()},
            "archived": False, "createdAt": "2025-01-01T00:00:00Z", "updatedAt": "2025-01-01T00:00:00Z", "writePermissions": "CRM_PERMISSIONS_ENFORCEMENT"}  # fmt: skip


def _record(key: str, properties: dict) -> dict:
    return {
        "id": key,
        "properties": properties,
        "createdAt": "2026-01-01T00:00:00Z",
        "updatedAt": "2026-01-01T00:00:00Z",
        "archived": False,
    }


def _page(records: list[dict], path: str, query: dict, size: int) -> dict:
    start = int(query.get("after", ["0"])[0])
    answer: dict = {"results": records[start : start + size]}
    if start + size < len(records):
        answer["paging"] = {
            "next": {"after": str(start + size), "link": f"https://api.hubapi.com{path}?after={start + size}"}
        }
    return answer


@contextmanager
def played() -> Iterator[Portal]:
    """The portal, listening on this machine until the block ends."""
    portal = Portal()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            url = urlsplit(self.path)
            size = int(self.headers.get("Content-Length") or 0)
            body = json.loads(self.rfile.read(size)) if size else {}
            query = parse_qs(url.query)
            portal.requests.append((self.command, url.path, query, dict(self.headers), body))
            status, answer = portal.answer(self.command, url.path, query, body)
            encoded = json.dumps(answer).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(encoded)))
            if status == 429:
                self.send_header("Retry-After", "0")
            self.end_headers()
            self.wfile.write(encoded)

        do_POST = do_PUT = do_PATCH = do_DELETE = do_GET

        def log_message(self, *message: object) -> None:
            return None

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    portal.address = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield portal
    finally:
        server.shutdown()
        server.server_close()
        thread.join()

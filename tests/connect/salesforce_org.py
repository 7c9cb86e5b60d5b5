"""A Salesforce that plays answers in the form of its REST and Bulk 2.0 guides; no request leaves the machine."""
# ruff: noqa: E501  (answers read best as they come)

import csv
import io
import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from urllib.parse import parse_qs, urlsplit

import responses

HOST = "https://acme.my.salesforce.com"
DATA = "/services/data/v59.0"
ANA, BO, MO = "005Ec000004oBPNIA2", "005Ec000004oBPOIA2", "005Ec000004oBPPIA2"


def _opportunity(
    key: str, owner: str, stage: str, amount: float | None, created: str, closes: str, **more: object
) -> dict:
    names = {ANA: "Ana García", BO: "Bo Lee"}
    return {"Id": key, "OwnerId": owner, "Owner": {"attributes": {"type": "User"}, "Name": names[owner]}, "AccountId": "001Ec00000GGw3iIAD",
            "Name": f"Deal, \"{key[-3:]}\"", "StageName": stage, "Amount": amount, "CurrencyIsoCode": "EUR", "Probability": 50.0, "CloseDate": closes,
            "CreatedDate": f"{created}T08:00:00.000+0000", "IsWon": stage == "Closed Won", "IsClosed": stage.startswith("Closed"), "LeadSource": None,
            "ForecastCategoryName": "Pipeline", "Class__c": "A"} | more  # fmt: skip


def _history(key: str, deal: str, when: str, stage: str, closes: str) -> dict:
    return {"Id": key, "OpportunityId": deal, "StageName": stage, "Amount": 10.0, "Probability": 10.0, "CloseDate": closes,
            "ForecastCategory": "Pipeline", "CreatedDate": f"{when}T08:00:00.000+0000"}  # fmt: skip


D1, D2, D3 = "006Ec00000AieKFIAZ", "006Ec00000AieKGIAZ", "006Ec00000AieKHIAZ"
RECORDS: dict[str, list[dict]] = {
    "Opportunity": [
        _opportunity(D1, ANA, "Closed Won", 1200.5, "2026-01-05", "2026-02-10"),
        _opportunity(D2, BO, "Closed Lost", 800.0, "2026-01-15", "2026-03-01"),
        _opportunity(D3, BO, "Negotiation/Review", None, "2026-03-02", "2026-07-31"),
    ],
    "OpportunityHistory": [
        _history("008A", D1, "2026-01-05", "Prospecting", "2026-03-31"),
        _history("008B", D1, "2026-02-10", "Closed Won", "2026-02-10"),
        _history("008C", D2, "2026-01-15", "Prospecting", "2026-03-01"),
        _history("008D", D3, "2026-03-02", "Prospecting", "2026-05-31"),
        _history("008E", D3, "2026-04-02", "Negotiation/Review", "2026-07-31"),
    ],
    "OpportunityFieldHistory": [
        {"Id": f"017{n}", "OpportunityId": D3, "Field": "Owner", "OldValue": old, "NewValue": new, "CreatedDate": "2026-04-20T08:00:00.000+0000"}
        for n, (old, new) in enumerate([(ANA, BO), ("Ana García", "Bo Lee")])
    ],
    "User": [
        {"Id": ANA, "Name": "Ana García", "Email": "ana@acme.example", "Title": "Account Executive", "ManagerId": MO, "IsActive": True, "UserRole": {"Name": "AE West"}, "UserRoleId": "00E1"},
        {"Id": BO, "Name": "Bo Lee", "Email": "bo@acme.example", "Title": "Account Executive", "ManagerId": MO, "IsActive": True, "UserRole": None, "UserRoleId": None},
        {"Id": MO, "Name": "Mo Kay", "Email": "mo@acme.example", "Title": "Sales Manager", "ManagerId": None, "IsActive": True, "UserRole": None, "UserRoleId": None},
    ],
    "OpportunityStage": [
        {"Id": f"01J{place}", "MasterLabel": label, "ApiName": label, "SortOrder": place, "DefaultProbability": chance, "IsWon": won, "IsClosed": closed, "IsActive": True}
        for place, (label, chance, won, closed) in enumerate([("Prospecting", 10.0, False, False), ("Negotiation/Review", 90.0, False, False), ("Closed Won", 100.0, True, True), ("Closed Lost", 0.0, False, True)], 1)
    ],
    "Account": [{"Id": "001Ec00000GGw3iIAD", "Name": "Acme", "Industry": "Retail", "BillingCountry": "France"}],
    "Task": [{"Id": "00TA", "OwnerId": ANA, "WhatId": D1, "TaskSubtype": "Call", "Status": "Completed", "ActivityDate": "2026-01-07", "CallDurationInSeconds": 600}],
    "Event": [{"Id": "00UA", "OwnerId": BO, "WhatId": D3, "EventSubtype": "Event", "ActivityDate": "2026-03-05", "StartDateTime": "2026-03-05T09:00:00.000+0000", "DurationInMinutes": 45}],
    "ForecastingQuota": [{"Id": "0J9A", "QuotaOwnerId": ANA, "StartDate": "2026-01-01", "QuotaAmount": 90000.0, "QuotaQuantity": None, "CurrencyIsoCode": "EUR"}],
}  # fmt: skip


@dataclass
class Org:
    """The company's Salesforce: what it refuses (object → status, code), what it was asked, and how long its pages are."""

    refusals: dict[str, list[tuple[int, str]]] = field(default_factory=dict)
    requests: list[tuple[str, str, dict, object]] = field(default_factory=list)
    page: int = 2
    bulk: bool = True
    more_rows_than_there_are: int = 0  # what totalSize adds, so that a small table passes for a large one

    def refuse(self, name: str, status: int, code: str, *, times: int = 1_000) -> None:
        """Answer whatever is asked of that object with an error, so many times."""
        self.refusals[name] = [(status, code)] * times

    def answer(self, request) -> tuple[int, dict[str, str], str]:
        """Status, headers and body for a request."""
        url = urlsplit(request.url)
        query = {name: values[0] for name, values in parse_qs(url.query).items()}
        self.requests.append((request.method, request.url, dict(request.headers), request.body))
        path = url.path.removeprefix(DATA)
        name = self._object(path, query, request.body)
        if self.refusals.get(name):
            status, code = self.refusals[name].pop()
            return status, {"Retry-After": "0"}, json.dumps([{"message": "said by Salesforce", "errorCode": code}])
        if described := re.fullmatch(r"/sobjects/(\w+)/describe", path):
            fields = {key for record in RECORDS[described[1]] for key in record} | {"IsDeleted"}
            return 200, {}, json.dumps({"name": described[1], "fields": [{"name": key} for key in sorted(fields)]})
        if re.fullmatch(r"/query(All)?/", path):
            return self._page(name, 0, path)
        if more := re.fullmatch(r"/query(?:All)?/(\w+)-(\d+)", path):
            return self._page(more[1], int(more[2]), path)
        return self._job(request, path, query)

    def _object(self, path: str, query: dict, body: object) -> str:
        query_text = query.get("q") or (json.loads(body)["query"] if body and path == "/jobs/query" else "")
        named = re.search(r"FROM (\w+)", query_text) or re.search(r"/sobjects/(\w+)/", path)
        return named[1] if named else ""

    def _page(self, name: str, start: int, path: str) -> tuple[int, dict, str]:
        records = RECORDS[name]
        answer = {"totalSize": len(records) + self.more_rows_than_there_are, "done": start + self.page >= len(records),
                  "records": [{"attributes": {"type": name}} | r for r in records[start : start + self.page]]}  # fmt: skip
        if not answer["done"]:
            answer["nextRecordsUrl"] = f"{DATA}/query/{name}-{start + self.page}"
        return 200, {}, json.dumps(answer)

    def _job(self, request, path: str, query: dict) -> tuple[int, dict, str]:
        if path == "/jobs/query":
            if not self.bulk:
                return 400, {}, json.dumps([{"message": "no", "errorCode": "FEATURENOTENABLED"}])
            self._query = json.loads(request.body)["query"]
            return 200, {}, json.dumps({"id": "750A", "state": "UploadComplete"})
        if path == "/jobs/query/750A":
            return 200, {}, json.dumps({"id": "750A", "state": "JobComplete"})
        assert path == "/jobs/query/750A/results", path
        columns, name = re.fullmatch(r"SELECT (.+?) FROM (\w+).*", self._query).groups()
        start = int(query.get("locator", 0))
        stream = io.StringIO()
        writer = csv.writer(stream, quoting=csv.QUOTE_ALL, lineterminator="\n")
        writer.writerow(columns.split(", "))
        for record in RECORDS[name][start : start + self.page]:
            flat = record | {
                f"{k}.{inner}": v for k, r in record.items() if isinstance(r, dict) for inner, v in r.items()
            }
            writer.writerow(
                [
                    "" if flat.get(c) is None else str(flat[c]).lower() if isinstance(flat[c], bool) else flat[c]
                    for c in columns.split(", ")
                ]
            )
        last = start + self.page >= len(RECORDS[name])
        return (
            200,
            {"Sforce-Locator": "null" if last else str(start + self.page), "Sforce-NumberOfRecords": str(self.page)},
            stream.getvalue(),
        )


@contextmanager
def played(org: Org | None = None) -> Iterator[Org]:
    """The org, answering for its address until the block ends; any other address is out of reach."""
    org = org or Org()
    with responses.RequestsMock(assert_all_requests_are_fired=False) as mock:
        for method in ("GET", "POST", "PUT", "PATCH", "DELETE"):
            mock.add_callback(method, re.compile(re.escape(HOST)), callback=org.answer)
        yield org

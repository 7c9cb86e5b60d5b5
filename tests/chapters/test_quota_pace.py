"""Who is far behind the pace of their quota; the team is that of `revenue_team`: 46 of 90 days are over."""

from dataclasses import replace
from datetime import date

import pandas as pd

from playbook.chapters.quota_pace import far_behind
from tests.chapters.revenue_team import company, team


def test_far_behind_is_who_has_won_less_than_half_of_what_the_days_ask_for():
    behind = far_behind(team())  # Ana has won 500 of 1,000, Ben 100
    assert list(behind) == ["r2"]
    assert behind["r2"].sentence == (
        "10% of the quota for the quarter January to March 2026 is won, with 51% of its days over."
    )


def test_a_quarter_that_has_just_begun_accuses_nobody_and_the_one_before_speaks():
    before = pd.DataFrame(
        {"rep_id": ["r1", "r2"], "starts_on": "2025-10-01", "ends_on": "2025-12-31", "amount": 1_000.0}
    )
    quotas = pd.concat([company().quotas, before.astype({"starts_on": "datetime64[us]", "ends_on": "datetime64[us]"})])
    early = replace(team(company().with_tables(quotas=quotas)), as_of=date(2026, 1, 12))
    behind = far_behind(early)
    assert list(behind) == ["r2"]  # Ana won 900 in December
    assert behind["r2"].sentence == "In the quarter October to December 2025, 0% of the quota was won."


def test_nobody_is_behind_a_quota_that_began_before_they_did():
    people = company().people
    late = people.assign(hired_on=pd.to_datetime("2026-02-01"))
    assert not far_behind(team(company().with_tables(people=late)))


def test_without_quotas_nobody_is_behind():
    assert not far_behind(team(company().with_tables(quotas=company().quotas.head(0))))

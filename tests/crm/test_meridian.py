"""The committed sample against the figures that its author published (golden_tool_evals.yaml)."""

from datetime import date
from pathlib import Path

import pandas as pd
import pytest

from playbook.crm.import_options import ImportOptions
from playbook.crm.importing import Imported, import_exports

SAMPLE = Path(__file__).resolve().parents[2] / "data" / "samples" / "meridian_q1"


@pytest.fixture(scope="module")
def meridian() -> Imported:
    return import_exports(ImportOptions([SAMPLE], date(2026, 4, 1)))


@pytest.mark.parametrize(
    ("segment", "won", "quota"),
    [("Enterprise", 2_050_000, 3_500_000), ("Mid-Market", 1_100_000, 1_950_000), ("SMB", 275_000, 470_000)],
)
def test_won_amounts_and_quotas_per_segment_are_the_published_ones(meridian, segment, won, quota):
    company = meridian.company
    deals, people = company.opportunities, company.people
    mine = deals[(deals["segment"] == segment) & (deals["outcome"] == "won")]
    reps = people.loc[people["segment"] == segment, "person_id"]
    assert mine["amount"].sum() == won
    assert company.quotas.loc[company.quotas["rep_id"].isin(reps), "amount"].sum() == quota


def test_the_open_pipeline_is_the_published_one(meridian):
    deals = meridian.company.opportunities
    open_deals = deals[deals["outcome"] == "open"]
    assert open_deals["amount"].sum() == 4_311_000
    due = open_deals["expected_close_on"] <= pd.Timestamp("2026-03-31")
    assert open_deals.loc[due, "amount"].sum() == 1_301_000


def test_the_quarter_of_a_quota_is_read_from_its_heading(meridian):
    quotas = meridian.company.quotas
    assert len(quotas) == 10
    assert set(quotas["starts_on"]) == {pd.Timestamp("2026-01-01")}
    assert set(quotas["ends_on"]) == {pd.Timestamp("2026-03-31")}


def test_managers_who_are_named_only_become_people_with_that_role(meridian):
    people = meridian.company.people.set_index("name")
    assert set(people.index[people["role"] == "manager"]) == {"David Kim", "Lisa Huang", "Carlos Reyes"}
    assert (people["role"] == "rep").sum() == 10
    assert people.loc["Lisa Park", "manager_id"] == people.loc["Carlos Reyes", "person_id"]


@pytest.mark.parametrize(
    ("deal", "lost_to"),
    [("OPP-009", "competitor"), ("OPP-031", "competitor"), ("OPP-041", "no_decision"), ("OPP-053", "other")],
)
def test_what_a_deal_was_lost_to_is_read_from_the_reason(meridian, deal, lost_to):
    deals = meridian.company.opportunities.set_index("opportunity_id")
    assert deals.loc[deal, "lost_to"] == lost_to


def test_a_loss_without_a_reason_was_lost_to_nobody_knows_whom(meridian):
    deals = meridian.company.opportunities.set_index("opportunity_id")
    assert pd.isna(deals.loc["OPP-008", "lost_to"])


def test_files_that_are_no_tables_are_listed_not_passed_over(meridian):
    aside = {f.file for f in meridian.report.files if not f.kind}
    assert {"golden_tool_evals.yaml", "LICENSE", "README.md"} <= aside

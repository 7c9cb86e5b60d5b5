"""Published exports of Salesforce, HubSpot by Fivetran and a plain table; run where PLAYBOOK_EXPORTS holds them."""

from datetime import date

import pytest

from playbook.crm.import_options import ImportOptions
from playbook.crm.importing import Imported, import_exports
from playbook.errors import UnusableInput

TODAY = date(2026, 11, 24)


def _report(imported: Imported, file: str):
    (report,) = [f for f in imported.report.files if f.file == file]
    return report


def _adds_up(imported: Imported) -> bool:
    return all(f.rows_read == f.rows_kept + sum(d.rows for d in f.dropped) for f in imported.report.files)


@pytest.fixture(scope="module")
def complyflow(exports_at):
    return import_exports(ImportOptions([exports_at("gtm_complyflow")], TODAY))


@pytest.fixture(scope="module")
def workshop(exports_at):
    return import_exports(ImportOptions([exports_at("sf_data_cloud_workshop")], TODAY))


@pytest.fixture(scope="module")
def exports_at():
    from tests.conftest import exports_path

    return lambda name: exports_path() / name


@pytest.mark.exports("gtm_complyflow")
class TestComplyflow:
    def test_every_opportunity_and_rep_arrives(self, complyflow):
        outcomes = complyflow.company.opportunities["outcome"].value_counts().to_dict()
        assert outcomes == {"lost": 1926, "won": 787, "open": 71}
        assert len(complyflow.company.people) == 40
        assert _adds_up(complyflow)

    def test_the_quota_per_quarter_counts_for_each_quarter_since_the_hire(self, complyflow):
        quotas = complyflow.company.quotas.merge(complyflow.company.people, left_on="rep_id", right_on="person_id")
        assert set(quotas["unit"]) == {"money"}
        assert (quotas["ends_on"] >= quotas["hired_on"]).all()

    def test_deals_older_than_their_owners_time_in_the_company_are_counted(self, complyflow):
        assert any(
            r.what.startswith("created before its owner was hired") and r.count == 566
            for r in complyflow.report.repairs
        )

    def test_that_nobody_leads_anybody_is_said(self, complyflow):
        assert any("manager is known" in warning for warning in complyflow.report.warnings)
        assert "manager" in complyflow.report.next_export


@pytest.mark.exports("sf_data_cloud_workshop")
class TestDataCloudWorkshop:
    def test_objects_by_api_name_are_known_and_leads_and_campaigns_left_out(self, workshop):
        kinds = {f.file: f.kind for f in workshop.report.files}
        assert (kinds["Opportunity.csv"], kinds["Task.csv"], kinds["Account.csv"]) == (
            "opportunities",
            "activities",
            "accounts",
        )
        assert (kinds["Lead.csv"], kinds["Campaign.csv"]) == ("", "")
        assert _adds_up(workshop)

    def test_the_outcomes_are_those_of_the_flags(self, workshop):
        assert workshop.company.opportunities["outcome"].value_counts().to_dict() == {"open": 35, "won": 12, "lost": 3}

    def test_tasks_that_nobody_began_are_no_activities_and_are_counted(self, workshop):
        assert [(d.reason, d.rows) for d in _report(workshop, "Task.csv").dropped] == [
            ("activities that are not done", 75)
        ]
        assert workshop.company.activities.empty

    def test_deals_that_closed_before_they_were_created_are_counted_and_warned_of(self, workshop):
        assert any(r.what.startswith("closed before it was created") and r.count == 15 for r in workshop.report.repairs)
        assert any("moved into this CRM" in warning for warning in workshop.report.warnings)


@pytest.mark.exports("sf_devorg_powerbi")
def test_opportunities_without_any_owner_are_refused_with_their_headings(exports_at):
    with pytest.raises(UnusableInput) as raised:
        import_exports(ImportOptions([exports_at("sf_devorg_powerbi")], TODAY))
    assert "no column says who owns the deals" in str(raised.value)
    assert "StageName" in str(raised.value)


@pytest.mark.exports("fivetran_hubspot_seeds")
def test_deals_whose_stages_are_all_empty_are_refused(exports_at):
    with pytest.raises(UnusableInput, match="no deal is known to be won or lost"):
        import_exports(ImportOptions([exports_at("fivetran_hubspot_seeds")], TODAY))

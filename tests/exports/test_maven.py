"""Maven Analytics' CRM Sales Opportunities, as published; run where PLAYBOOK_EXPORTS holds it."""

from datetime import date

import pytest

from playbook.crm.import_options import ImportOptions
from playbook.crm.importing import import_exports

pytestmark = pytest.mark.exports("maven_crm")


@pytest.fixture
def maven(exports):
    return import_exports(ImportOptions([exports / "maven_crm"], date(2026, 11, 24)))


def test_every_opportunity_and_every_agent_arrives(maven):
    company = maven.company
    assert company.opportunities["outcome"].value_counts().to_dict() == {"won": 4238, "lost": 2473, "open": 2089}
    assert company.people["role"].value_counts().to_dict() == {"rep": 35, "manager": 6}
    without_deals = ~company.people["person_id"].isin(company.opportunities["rep_id"]) & (
        company.people["role"] == "rep"
    )
    assert without_deals.sum() == 5


def test_two_spellings_of_one_product_are_folded_and_listed(maven):
    assert "GTXPro" not in set(maven.company.opportunities["product"])
    assert any("GTXPro" in r.example and r.count == 1480 for r in maven.report.repairs)


def test_a_lost_deal_with_no_value_has_an_unknown_amount(maven):
    deals = maven.company.opportunities
    assert deals.loc[deals["outcome"] == "lost", "amount"].isna().all()
    assert any("lost with an amount of 0" in r.what and r.count == 2473 for r in maven.report.repairs)


def test_deals_without_a_customer_are_counted(maven):
    assert any(r.what == "no customer named" and r.count == 1425 for r in maven.report.repairs)


def test_the_discount_is_measured_from_the_price_list_on_won_deals_only(maven):
    deals = maven.company.opportunities
    assert deals.loc[deals["outcome"] != "won", "discount"].isna().all()
    assert abs(deals["discount"].mean()) < 0.02


def test_the_data_dictionary_is_set_aside_as_such(maven):
    (dictionary,) = [f for f in maven.report.files if f.file == "data_dictionary.csv"]
    assert "what columns mean" in dictionary.why

"""The headings that each CRM's documentation and exports show are known, as labels and as API names."""
# ruff: noqa: E501  (a table reads best as a table)

import pytest

from playbook.crm.headings.alike import normal
from playbook.crm.headings.mapping import shipped

MAPPINGS = {mapping.crm: mapping for mapping in shipped()}
LABELS = {
    "Salesforce": "Opportunity Owner=rep_name|Owner Role=job|Account Name=account|Opportunity Name=name|Stage=stage|Amount=amount|Probability (%)=probability|Close Date=closed_on|Created Date=created_on|Next Step=next_step|Lead Source=source|Type=kind|Opportunity ID=opportunity_id|Opportunity Owner ID=rep_id|Forecast Category=forecast_category|Closed=is_closed|Won=is_won|Loss Reason=lost_reason|Amount Currency=currency|"
    "Owner.Name=rep_name|OwnerId=rep_id|Owner.UserRole.Name=job|Account.Name=account|Name=name|StageName=stage|CloseDate=closed_on|CreatedDate=created_on|NextStep=next_step|LeadSource=source|CurrencyIsoCode=currency|"
    "Opportunity-Inhaber=rep_name|Opportunity-Name=name|Accountname=account|Phase=stage|Betrag=amount|Opportunity-Betrag=amount|Schlusstermin=closed_on|Erstelldatum=created_on|Wahrscheinlichkeit (%)=probability|Nächster Schritt=next_step|Lead-Quelle=source|Zuletzt geändert am=modified_on|Opportunity-ID=opportunity_id|"
    "Propietario de oportunidad=rep_name|Nombre de la oportunidad=name|Etapa=stage|Importe=amount|Fecha de cierre=closed_on|Fecha de creación=created_on|Categoría de previsión=forecast_category",
    "HubSpot": "Record ID=opportunity_id|Deal ID=opportunity_id|Deal Name=name|Deal Stage=stage|Pipeline=pipeline|Amount=amount|Close Date=closed_on|Create Date=created_on|Deal owner=rep_name|HubSpot Team=territory|Last Modified Date=modified_on|Forecast category=forecast_category|Forecast probability=probability|Deal probability=probability|Next step=next_step|Is Deal Closed?=is_closed|Is Closed Won=is_won|Is closed lost=is_lost|Closed Lost Reason=lost_reason|Associated Company=account|Associated Company IDs=account_id|"
    "hs_object_id=opportunity_id|dealname=name|dealstage=stage|pipeline=pipeline|amount=amount|closedate=closed_on|createdate=created_on|hubspot_owner_id=rep_id|hubspot_team_id=territory|hs_lastmodifieddate=modified_on|hs_manual_forecast_category=forecast_category|hs_forecast_probability=probability|hs_deal_stage_probability=probability|hs_next_step=next_step|hs_is_closed=is_closed|hs_is_closed_won=is_won|hs_is_closed_lost=is_lost|closed_lost_reason=lost_reason",
    "Pipedrive": "Deal - ID=opportunity_id|Deal - Title=name|Deal - Owner=rep_name|Deal - Value=amount|Deal - Currency of Value=currency|Deal - Probability=probability|Deal - Organization=account|Deal - Organization ID=account_id|Deal - Pipeline=pipeline|Deal - Stage=stage|Deal - Stage (pipeline)=stage|Deal - Status=status|Deal - Deal created=created_on|Deal - Update time=modified_on|Deal - Won time=won_on|Deal - Lost time=lost_on|Deal - Deal closed on=closed_on|Deal - Closed on=closed_on|Deal - Lost reason=lost_reason|Deal - Expected close date=expected_close_on|Deal - Product name=product|Deal - Source channel=source|Deal - Source origin=source|"
    "id=opportunity_id|title=name|user_id=rep_id|value=amount|currency=currency|org_id=account_id|pipeline_id=pipeline|stage_id=stage|status=status|add_time=created_on|update_time=modified_on|won_time=won_on|lost_time=lost_on|close_time=closed_on|lost_reason=lost_reason|expected_close_date=expected_close_on|"
    "Obchod - Název=name|Obchod - Vlastník=rep_name|Obchod - Hodnota=amount|Obchod - Měna hodnoty=currency|Obchod - Fáze=stage|Obchod - Stav=status|Obchod - Očekávané datum uzavření=expected_close_on|Obchod - Datum výhry=won_on|Obchod - Datum prohry=lost_on|Obchod - Důvod prohry=lost_reason",
    "Dynamics 365": "(Do Not Modify) Opportunity=opportunity_id|(Do Not Modify) Modified On=modified_on|Topic=name|Potential Customer=account|Account=account|Est. Close Date=expected_close_on|Est. Revenue=amount|Actual Close Date=closed_on|Actual Revenue=amount|Probability=probability|Sales Stage=stage|Pipeline Phase=stage|Status=status|Status Reason=lost_reason|Owner=rep_name|Forecast category=forecast_category|Created On=created_on|"
    "opportunityid=opportunity_id|name=name|customerid=account_id|parentaccountid=account_id|estimatedclosedate=expected_close_on|estimatedvalue=amount|actualclosedate=closed_on|actualvalue=amount|closeprobability=probability|salesstage=stage|stepname=stage|statecode=status|statuscode=lost_reason|ownerid=rep_id|msdyn_forecastcategory=forecast_category|createdon=created_on|modifiedon=modified_on",
    "Zoho": "Potential Name=name|Potential Owner=rep_name|Created Time=created_on|Closing Date=closed_on|Amount=amount|Stage=stage|Forecast Type=forecast_category|Type=kind|Lead Source=source|Probability=probability|Id=opportunity_id|Deal Owner Name=rep_name|Lost Reason=lost_reason",
}  # fmt: skip
IN_EVERY_LANGUAGE = {
    "opportunity_id",
    "rep_name",
    "account",
    "name",
    "stage",
    "amount",
    "created_on",
    "lost_reason",
    "source",
    "probability",
}
WITH_ITS_OWN_CLOSE = {"Pipedrive", "Dynamics 365"}


@pytest.mark.parametrize("crm", LABELS)
def test_a_documented_heading_means_the_field_that_it_names(crm):
    known = MAPPINGS[crm].kinds["opportunities"].known
    pairs = [pair.rpartition("=")[::2] for pair in LABELS[crm].split("|")]
    wrong = [(h, field) for h, field in pairs if field not in {k.field for k in known.get(normal(h), ())}]
    assert not wrong


@pytest.mark.parametrize("language", ["en", "de", "es", "fr", "pt"])
@pytest.mark.parametrize("crm", LABELS)
def test_each_crm_is_known_in_each_language_down_to_what_the_workbooks_use(crm, language):
    known = MAPPINGS[crm].kinds["opportunities"].known
    fields = {k.field for meanings in known.values() for k in meanings if k.language == language}
    wanted = IN_EVERY_LANGUAGE | {"expected_close_on" if crm in WITH_ITS_OWN_CLOSE else "closed_on"}
    assert not wanted - fields

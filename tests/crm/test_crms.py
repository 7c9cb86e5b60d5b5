"""Each CRM in its own dress: recognised by headings alone, in several languages, with its own habits."""
# ruff: noqa: E501  (a table reads best as a table)

import pandas as pd
import pytest

from tests.crm.export_files import import_files, write_rows

SALESFORCE = {
    "English": "Opportunity Owner,Account Name,Opportunity Name,Stage,Amount,Probability (%),Close Date,Created Date,Lead Source,Type",
    "German": "Opportunity-Inhaber,Accountname,Opportunity-Name,Phase,Betrag,Wahrscheinlichkeit (%),Schlusstermin,Erstelldatum,Lead-Quelle,Typ",
    "Spanish": "Propietario de oportunidad,Nombre de la cuenta,Nombre de la oportunidad,Etapa,Importe,Probabilidad (%),Fecha de cierre,Fecha de creación,Origen del prospecto,Tipo",
    "French": "Propriétaire de l'opportunité,Nom du compte,Nom de l'opportunité,Étape,Montant,Probabilité (%),Date de clôture,Date de création,Origine de la piste,Type",
    "Portuguese": "Proprietário da oportunidade,Nome da conta,Nome da oportunidade,Fase,Valor,Probabilidade (%),Data de fechamento,Data de criação,Origem do lead,Tipo",
}  # fmt: skip


@pytest.mark.parametrize("language", SALESFORCE)
def test_a_salesforce_report_is_recognised_in_its_language(tmp_path, language):
    rows = [
        SALESFORCE[language].split(","),
        ["Ana", "Acme", "Acme one", "Closed Won", "1.200,50", "100%", "31.01.2026", "05.01.2026", "Web", "Renewal"],
        [
            "Bo",
            "Beta",
            "Beta one",
            "Negotiation/Review",
            "800,00",
            "90%",
            "30.09.2026",
            "15.02.2026",
            "Web",
            "New Business",
        ],
        ["Bo", "Beta", "Beta two", "Closed Lost", "800,00", "0%", "15.03.2026", "15.02.2026", "Web", ""],
    ]
    imported = import_files(write_rows(tmp_path, "report.csv", rows, separator=";", encoding="cp1252"))
    (file,) = imported.report.files
    assert file.crm == "Salesforce"
    assert language in file.why
    deals = imported.company.opportunities
    assert deals["amount"].tolist() == [1200.5, 800, 800]
    assert deals["outcome"].tolist() == ["won", "open", "lost"]
    assert deals["kind"].tolist()[:2] == ["renewal", "new"]
    assert deals["closed_on"].iloc[0] == pd.Timestamp("2026-01-31")
    assert file.left_aside == ()


def test_salesforce_objects_by_api_name_join_by_id_whatever_its_length(tmp_path):
    write_rows(
        tmp_path,
        "Opportunity.csv",
        [
            ["Id", "OwnerId", "AccountId", "Name", "StageName", "Amount", "CloseDate", "CreatedDate", "IsWon", "IsClosed", "IsDeleted"],
            ["006Ec00000AieKF", "005Ec000004oBPN", "001Ec00000GGw3i", "One", "Closed Won", "10.0", "2026-02-01 00:00:00", "2026-01-01 08:00:00", "1", "1", "0"],
            ["006Ec00000AieKGIAZ", "005Ec000004oBPNIA2", "000000000000000AAA", "Two", "Closed Lost", "20.0", "2026-02-03 00:00:00", "2026-01-01 08:00:00", "0", "1", "0"],
            ["006Ec00000AieKHIAZ", "005Ec000004oBPNIA2", "", "Gone", "Closed Lost", "20.0", "2026-02-03 00:00:00", "2026-01-01 08:00:00", "0", "1", "1"],
            ["006Ec00000AieKIIAZ", "000000000000000AAA", "", "Nobody's", "Closed Lost", "20.0", "2026-02-03 00:00:00", "2026-01-01 08:00:00", "0", "1", "0"],
        ],
    )  # fmt: skip
    write_rows(
        tmp_path,
        "User.csv",
        [
            ["Id", "FirstName", "LastName", "Email", "Title", "ManagerId", "IsActive"],
            ["005Ec000004oBPNIA2", "Ana", "García", "ana@x.example", "Account Executive", "005Ec0000000009IAA", "1"],
            ["005Ec0000000009IAA", "Mo", "Kay", "mo@x.example", "Regional Director", "", "1"],
            ["005Ec0000000008IAA", "Ada", "Books", "ada@x.example", "Accountant", "", "1"],
        ],
    )
    write_rows(
        tmp_path,
        "OpportunityHistory.csv",
        [
            ["Id", "OpportunityId", "CreatedDate", "StageName", "Amount", "CloseDate", "ForecastCategory", "IsDeleted"],
            ["1", "006Ec00000AieKFIAZ", "2026-01-20 10:00:00", "Closed Won", "10", "2026-02-01", "Closed", "0"],
            ["2", "006Ec00000AieKFIAZ", "2026-01-01 08:00:00", "Prospecting", "8", "2026-02-01", "Pipeline", "0"],
            ["3", "006Ec00000AieKFIAZ", "2026-01-09 08:00:00", "Prospecting", "10", "2026-02-20", "BestCase", "0"],
        ],
    )
    write_rows(
        tmp_path,
        "ForecastingQuota.csv",
        [["Id", "QuotaOwnerId", "StartDate", "QuotaAmount"], ["1", "005Ec000004oBPN", "2026-01-01", "90000"], ["2", "005Ec000004oBPN", "2026-04-01", "95000"]],
    )  # fmt: skip
    company = import_files(tmp_path).company
    assert company.opportunities["opportunity_id"].tolist() == ["006Ec00000AieKFIAZ", "006Ec00000AieKGIAZ"]
    people = company.people.set_index("name")
    assert people.loc["Ana García", "manager_id"] == people.loc["Mo Kay", "person_id"]
    assert people["role"].to_dict() == {"Ana García": "rep", "Mo Kay": "manager", "Ada Books": "other"}
    assert company.stage_history["step"].tolist() == [1, 2, 3]
    assert company.stage_history["stage"].tolist() == ["Prospecting", "Prospecting", "Closed Won"]
    assert company.stage_history["forecast_category"].tolist() == ["pipeline", "best_case", "closed"]
    assert company.quotas["ends_on"].tolist() == [pd.Timestamp("2026-03-31"), pd.Timestamp("2026-06-30")]


def test_hubspots_columns_of_stage_dates_become_stage_history(tmp_path):
    rows = [
        ["Record ID", "Deal Name", "Deal Stage", "Pipeline", "Amount", "Close Date", "Create Date", "Deal owner",
         'Date entered "Appointment Scheduled (Sales Pipeline)"', "Date entered 'Contract Sent (Sales Pipeline)'", 'Date entered "Closed won (Sales Pipeline)"'],
        ["77", "One", "Closed won", "Sales Pipeline", "100", "2026-03-05 10:00", "2026-01-02 09:00", "Ana Roy", "2026-01-02 09:00", "2026-02-02 09:00", "2026-03-05 10:00"],
        ["78", "Two", "Contract Sent", "Sales Pipeline", "", "2026-09-05 10:00", "2026-02-02 09:00", "Bo Lee (Deactivated User)", "2026-02-02 09:00", "2026-04-02 09:00", ""],
        ["79", "Three", "Closed lost", "Sales Pipeline", "7", "2026-04-05 10:00", "2026-02-02 09:00", "Bo Lee (Deactivated User)", "2026-02-02 09:00", "", ""],
    ]  # fmt: skip
    imported = import_files(write_rows(tmp_path, "hubspot-crm-exports-deals.csv", rows))
    company = imported.company
    assert imported.report.files[0].crm == "HubSpot"
    history = company.stage_history[company.stage_history["opportunity_id"] == "77"]
    assert history["stage"].tolist() == ["Appointment Scheduled", "Contract Sent", "Closed won"]
    assert history["entered_on"].dt.strftime("%m-%d").tolist() == ["01-02", "02-02", "03-05"]
    assert company.stages.set_index("stage")["position"].to_dict() == {
        "Appointment Scheduled": 1, "Contract Sent": 2, "Closed won": 3, "Closed lost": 4,
    }  # fmt: skip
    bo = company.people.set_index("name").loc["Bo Lee"]
    assert bo["active"] is False or bo["active"] == False  # noqa: E712


def test_hubspots_internal_names_are_known(tmp_path):
    rows = [
        ["hs_object_id", "dealname", "dealstage", "pipeline", "amount", "closedate", "createdate", "hubspot_owner_id"],
        ["1", "A", "closedwon", "default", "5", "2026-01-05T10:00:00.000Z", "1767225600000", "101"],
        ["2", "B", "closedlost", "default", "6", "2026-01-06T10:00:00.000Z", "1767225600000", "102"],
    ]
    company = import_files(write_rows(tmp_path, "deals.csv", rows)).company
    assert company.opportunities["outcome"].tolist() == ["won", "lost"]
    assert company.opportunities["created_on"].tolist() == [pd.Timestamp("2026-01-01")] * 2


def test_pipedrives_outcome_is_in_the_status_not_the_stage(tmp_path):
    rows = [
        ["Deal - ID", "Deal - Title", "Deal - Owner", "Deal - Value", "Deal - Currency of Value", "Deal - Stage", "Deal - Status",
         "Deal - Deal created", "Deal - Won time", "Deal - Lost time", "Deal - Expected close date", "Deal - Lost reason"],
        ["1", "A", "Ana", "100", "EUR", "Negotiations Started", "Won", "2026-01-02 10:00:00", "2026-02-02 10:00:00", "", "2026-02-20", ""],
        ["2", "B", "Bo", "200", "EUR", "Qualified", "Lost", "2026-01-02 10:00:00", "", "2026-02-05 10:00:00", "", "Competitor was cheaper"],
        ["3", "C", "Bo", "300", "EUR", "Contact Made", "Open", "2026-01-02 10:00:00", "", "", "2026-08-20", ""],
    ]  # fmt: skip
    imported = import_files(write_rows(tmp_path, "deals.csv", rows))
    deals = imported.company.opportunities
    assert imported.report.files[0].crm == "Pipedrive"
    assert deals["outcome"].tolist() == ["won", "lost", "open"]
    assert deals["closed_on"].dt.day.tolist()[:2] == [2, 5]
    assert deals["lost_to"].tolist()[1] == "competitor"
    assert imported.company.settings.currency == "EUR"
    assert set(imported.company.stages["outcome"]) == {"open"}


def test_dynamics_takes_the_actual_revenue_of_closed_deals_and_the_estimate_of_open_ones(tmp_path):
    rows = [
        ["(Do Not Modify) Opportunity", "(Do Not Modify) Row Checksum", "(Do Not Modify) Modified On", "Topic", "Potential Customer", "Owner",
         "Est. Close Date", "Actual Close Date", "Est. Revenue", "Actual Revenue", "Pipeline Phase", "Status", "Status Reason", "Created On"],
        ["a-1", "x", "2026-04-01", "One", "Acme", "Ana", "2026-02-01", "2026-02-11", "$90.00", "$100.00", "4-Close", "Won", "Won", "2026-01-01"],
        ["a-2", "x", "2026-04-01", "Two", "Acme", "Bo", "2026-02-01", "2026-02-12", "$50.00", "", "2-Develop", "Lost", "Out-Sold", "2026-01-01"],
        ["a-3", "x", "2026-04-01", "Three", "Acme", "Bo", "2026-09-01", "", "$70.00", "", "2-Develop", "Open", "In Progress", "2026-01-01"],
    ]  # fmt: skip
    imported = import_files(write_rows(tmp_path, "My Open Opportunities.csv", rows))
    deals = imported.company.opportunities
    assert imported.report.files[0].crm == "Dynamics 365"
    assert deals["amount"].tolist() == [100, 50, 70]
    assert deals["lost_to"].tolist()[1] == "competitor"
    assert pd.isna(deals["lost_reason"].iloc[2])
    assert imported.company.settings.currency == "USD"


def test_zoho_potentials_and_calls_are_read(tmp_path):
    write_rows(
        tmp_path,
        "Potentials.csv",
        [
            ["Potential Id", "Potential Owner", "Amount", "Potential Name", "Closing Date", "Stage", "Probability", "Created Time", "Forecast Type"],
            ["zcrm_1", "Ana", "100", "A", "2026-02-01", "Closed Won", "100", "2026-01-01 10:00:00", "Closed"],
            ["zcrm_2", "Bo", "50", "B", "2026-02-03", "Closed Lost to Competition", "0", "2026-01-01 10:00:00", "Omitted"],
            ["zcrm_3", "Bo", "70", "C", "2026-09-03", "Qualification", "10", "2026-01-01 10:00:00", "Pipeline"],
        ],
    )  # fmt: skip
    write_rows(
        tmp_path,
        "Calls.csv",
        [["Call Owner", "Call Start Time", "Call Duration (in seconds)", "Call Type", "Call Status"], ["Ana", "2026-01-05 09:00:00", "90", "Outbound", "Done"]],
    )  # fmt: skip
    company = import_files(tmp_path).company
    assert company.opportunities["outcome"].tolist() == ["won", "lost", "open"]
    assert company.activities["minutes"].tolist() == [1.5]


@pytest.mark.parametrize(
    "headings",
    [
        ["Deal #", "Sales Rep", "Customer", "Deal Stage", "Deal Value", "Opened", "Closing date", "Team lead"],
        ["opp_id", "salesperson", "company", "status", "revenue", "date_created", "date_closed", "manager_name"],
        [
            "Opportunity Number",
            "Assigned to",
            "Client",
            "Outcome",
            "Contract Value",
            "Start Date",
            "End Date",
            "Supervisor",
        ],
        ["ID", "Verkäufer", "Kunde", "Phase", "Auftragswert", "Angelegt am", "Abgeschlossen am", "Teamleiter"],
        ["Código", "Vendedor", "Cliente", "Etapa", "Monto", "Fecha de creación", "Fecha de cierre", "Jefe de ventas"],
        ["Référence", "Commercial", "Société", "Étape", "Montant", "Créé le", "Date de clôture", "Chef d'équipe"],
        [
            "ID do negócio",
            "Vendedor",
            "Empresa",
            "Etapa do funil",
            "Valor",
            "Criado em",
            "Data de fechamento",
            "Gestor",
        ],
        [
            "Opportunity_ID__c",
            "Owner__c",
            "Account__c",
            "Stage__c",
            "Amount__c",
            "Created__c",
            "Close_Date__c",
            "Manager__c",
        ],
    ],
)
def test_a_plain_table_is_recognised_by_many_names_for_the_same_columns(tmp_path, headings):
    rows = [
        headings,
        ["X-1", "Ana", "Acme", "Won", "100", "2026-01-05", "2026-02-10", "Mo"],
        ["X-2", "Bo", "Beta", "Lost", "50", "2026-01-15", "2026-03-01", "Mo"],
    ]
    imported = import_files(write_rows(tmp_path, "pipeline.csv", rows))
    deals, people = imported.company.opportunities, imported.company.people.set_index("name")
    assert deals["opportunity_id"].tolist() == ["X-1", "X-2"]
    assert deals["amount"].tolist() == [100, 50]
    assert deals["created_on"].notna().all()
    assert deals["closed_on"].notna().all()
    assert deals["account"].tolist() == ["Acme", "Beta"]
    assert people.loc["Mo", "role"] == "manager"
    assert people.loc["Ana", "manager_id"] == people.loc["Mo", "person_id"]


def test_two_files_of_deals_are_put_together_and_the_younger_row_of_an_id_counts(tmp_path):
    head = ["Deal ID", "Owner", "Stage", "Amount", "Close Date", "Last Modified Date"]
    write_rows(
        tmp_path,
        "closed.csv",
        [
            head,
            ["1", "Ana", "Won", "10", "2026-02-01", "2026-03-01"],
            ["2", "Ana", "Lost", "10", "2026-02-01", "2026-03-01"],
        ],
    )
    write_rows(
        tmp_path,
        "old_open.csv",
        [
            head,
            ["1", "Ana", "Proposal", "9", "2026-02-01", "2026-01-01"],
            ["3", "Bo", "Proposal", "9", "2026-09-01", "2026-01-01"],
        ],
    )
    imported = import_files(tmp_path)
    assert imported.company.opportunities["outcome"].tolist() == ["won", "lost", "open"]
    assert sum(d.rows for f in imported.report.files for d in f.dropped) == 1


def test_a_field_history_becomes_stage_history_with_the_stage_it_began_in(tmp_path):
    write_rows(tmp_path, "Opportunity.csv", [["Id", "OwnerId", "StageName", "Amount", "CloseDate", "CreatedDate", "Name"], ["006Ec00000AieKFIAZ", "005Ec000004oBPNIA2", "Closed Won", "5", "2026-03-01", "2026-01-01", "One"]])  # fmt: skip
    write_rows(
        tmp_path,
        "OpportunityFieldHistory.csv",
        [
            ["Id", "OpportunityId", "CreatedDate", "Field", "OldValue", "NewValue"],
            [
                "1",
                "006Ec00000AieKFIAZ",
                "2026-02-01T00:00:00.000+0000",
                "StageName",
                "Prospecting",
                "Proposal/Price Quote",
            ],
            ["2", "006Ec00000AieKFIAZ", "2026-02-02T00:00:00.000+0000", "Amount", "4", "5"],
            [
                "3",
                "006Ec00000AieKFIAZ",
                "2026-03-01T00:00:00.000+0000",
                "StageName",
                "Proposal/Price Quote",
                "Closed Won",
            ],
        ],
    )
    imported = import_files(tmp_path)
    assert imported.company.stage_history["stage"].tolist() == ["Prospecting", "Proposal/Price Quote", "Closed Won"]
    assert imported.company.stage_history["entered_on"].dt.month.tolist() == [1, 2, 3]

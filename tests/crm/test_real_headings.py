"""Headings as they stand in exports that nobody here wrote: decorated by the CRM, or with two meanings."""
# ruff: noqa: E501  (a table reads best as a table)

import pandas as pd
import pytest

from tests.crm.export_files import import_files, text_of, workbook, write, write_rows


def _import_deals(tmp_path, headings: str, *rows: str, separator: str = ";", name: str = "export.csv"):
    table = [headings.split("|"), *(row.split("|") for row in rows)]
    return import_files(write(tmp_path, name, text_of(table, separator=separator)))


def test_a_report_that_names_the_object_before_and_the_field_after_each_heading_is_read(tmp_path):
    imported = _import_deals(
        tmp_path,
        "Oportunidad: Propietario de oportunidad: Nombre completo|Cuenta: Nombre de la cuenta|Etapa|Importe|Fecha de cierre|Fecha creación",
        "Ana|Acme|Cerrada ganada|$3.972.451|31/01/2026|05/01/2026",
        "Bo|Beta|Cerrada perdida|$972.451|31/01/2026|05/01/2026",
    )
    deals = imported.company.opportunities
    assert imported.report.files[0].left_aside == ()
    assert deals["amount"].tolist() == [3_972_451, 972_451]
    assert deals["account"].tolist() == ["Acme", "Beta"]


def test_a_dollar_with_points_for_thousands_is_some_peso_so_the_currency_stays_unknown(tmp_path):
    imported = _import_deals(
        tmp_path, "Vendedor|Etapa|Importe|Fecha de cierre", "Ana|Ganada|$3.972.451|31/01/2026", "Bo|Perdida|$7.000|31/01/2026"
    )  # fmt: skip
    assert imported.company.settings.currency == ""


PIPEDRIVE = {
    "Portuguese": (
        "Negócio - ID|Negócio - Título|Negócio - Valor|Negócio - Moeda de Valor|Negócio - Etapa|Negócio - Status|Negócio - Negócio criado em|Negócio - Ganho em|Negócio - Data de perda|Negócio - Proprietário|Negócio - Motivo da perda",
        "1|A|10|BRL|Proposta|Ganho|2026-01-02 10:00:00|2026-02-02 10:00:00||Ana|",
        "2|B|20|BRL|Proposta|Perdido|2026-01-02 10:00:00||2026-02-03 10:00:00|Bo|Preço",
    ),
    "German": (
        "Deal - ID|Deal - Titel|Deal - Wert|Deal - Währung von Wert|Deal - Phase|Deal - Status|Deal - Deal erstellt|Deal - Deal abgeschlossen am|Deal - Datum des verlorenen Deals|Deal - Besitzer|Deal - Verlustgrund",
        "1|A|10|EUR|Angebot|Gewonnen|2026-01-02 10:00:00|2026-02-02 10:00:00||Ana|",
        "2|B|20|EUR|Angebot|Verloren|2026-01-02 10:00:00||2026-02-03 10:00:00|Bo|Preis",
    ),
    "French": (
        "Affaire - ID|Affaire - Titre|Affaire - Valeur|Affaire - Devise|Affaire - Étape|Affaire - Statut|Affaire - Affaire créée|Affaire - Date de gain|Affaire - Heure de l'échec|Affaire - Propriétaire|Affaire - Raison de perte",
        "1|A|10|EUR|Proposition|Gagné|2026-01-02 10:00:00|2026-02-02 10:00:00||Ana|",
        "2|B|20|EUR|Proposition|Perdu|2026-01-02 10:00:00||2026-02-03 10:00:00|Bo|Trop cher",
    ),
    "Spanish": (
        "Trato - ID|Trato - Título|Trato - Valor|Trato - Moneda|Trato - Etapa|Trato - Estado|Trato - Trato creado|Trato - Hora de cierre ganado|Trato - Hora de la pérdida|Trato - Propietario|Trato - Motivo de la pérdida",
        "1|A|10|MXN|Propuesta|Ganado|2026-01-02 10:00:00|2026-02-02 10:00:00||Ana|",
        "2|B|20|MXN|Propuesta|Perdido|2026-01-02 10:00:00||2026-02-03 10:00:00|Bo|Precio",
    ),
}  # fmt: skip


@pytest.mark.parametrize("language", PIPEDRIVE)
def test_pipedrive_is_read_in_its_language_to_the_last_column(tmp_path, language):
    imported = _import_deals(tmp_path, *PIPEDRIVE[language])
    (file,) = imported.report.files
    assert (file.crm, file.left_aside) == ("Pipedrive", ())
    assert language in file.why
    deals = imported.company.opportunities
    assert deals["closed_on"].tolist() == [pd.Timestamp("2026-02-02"), pd.Timestamp("2026-02-03")]
    assert len(imported.company.settings.currency) == 3
    assert deals["lost_reason"].notna().tolist() == [False, True]


def test_a_companys_own_field_in_pipedrive_is_known_without_the_prefix(tmp_path):
    imported = _import_deals(
        tmp_path,
        "Deal - Title|Deal - Owner|Deal - Stage|Deal - Status|Deal - Value|Deal - Region|Deal - Lead source",
        "A|Ana|One|Won|10|North|Web",
        "B|Bo|One|Lost|10|South|Web",
    )
    assert imported.company.opportunities["region"].tolist() == ["North", "South"]
    assert imported.company.opportunities["source"].tolist() == ["Web", "Web"]


def test_a_column_called_closed_is_a_day_if_it_holds_days_and_a_flag_if_it_holds_flags(tmp_path):
    days = _import_deals(tmp_path, "Deal ID|Rep|Stage|Closed", "1|Ana|Won|2026-02-01", "2|Bo|Lost|2026-02-03")
    assert days.company.opportunities["closed_on"].dt.day.tolist() == [1, 3]
    flags = _import_deals(
        tmp_path / "b",
        "Deal ID|Rep|Stage|Closed|Won|Close Date",
        "1|Ana|Over|1|1|2026-02-01",
        "2|Bo|Over|1|0|2026-02-03",
    )
    assert flags.company.opportunities["outcome"].tolist() == ["won", "lost"]


def test_the_currency_beside_the_amount_is_known_by_the_amounts_heading(tmp_path):
    imported = _import_deals(
        tmp_path,
        "Opportunity Owner|Opportunity Name|Stage|Total Amount Currency|Total Amount|Billed iARR Currency|Billed iARR|Close Date",
        "Ana|A|Closed Won|CHF|100|USD|5|2026-02-01",
        "Bo|B|Closed Lost|CHF|100|USD|5|2026-02-01",
    )
    assert imported.company.settings.currency == "CHF"


def test_a_currency_written_as_a_name_becomes_its_code(tmp_path):
    sheet = [
        ["(Do Not Modify) Opportunity", "Topic", "Owner", "Est. revenue", "Status", "Pipeline Phase", "Actual Close Date", "Currency"],
        ["a", "A", "Ana", 10, "Won", "4-Close", "2026-02-01", "US Dollar"],
        ["b", "B", "Bo", 10, "Lost", "4-Close", "2026-02-01", "US Dollar"],
    ]  # fmt: skip
    book = write(tmp_path, "Active Opportunities.xlsx", workbook({"All": sheet, "hiddenSheet": [["x"]]}))
    assert import_files(book).company.settings.currency == "USD"


def test_dynamics_states_by_number_are_open_won_and_lost(tmp_path):
    imported = _import_deals(
        tmp_path,
        "opportunityid|name|_ownerid_value|estimatedvalue|actualvalue|estimatedclosedate|actualclosedate|stepname|statecode",
        "a|A|u1|10|11|2026-02-01|2026-02-02|1-Qualify|1",
        "b|B|u1|10||2026-02-01|2026-02-02|1-Qualify|2",
        "c|C|u2|10||2026-09-01||1-Qualify|0",
    )
    assert imported.company.opportunities["outcome"].tolist() == ["won", "lost", "open"]


@pytest.mark.parametrize(
    ("won", "lost"),
    [
        ("Geschlossen und gewonnen", "Geschlossen und verloren"),
        ("Closed (Won)", "Closed: Lost - Price"),
        ("7 - Closed/Won", "8 - Closed/Lost"),
        ("Fermée / gagnée", "Fermé / perdu"),
        ("Negocio cerrado ganado", "Negocio cerrado perdido"),
        ("Negócio fechado e ganho", "Negócio fechado e perdido"),
    ],
)
def test_a_closed_stage_is_known_by_its_words_in_any_order(tmp_path, won, lost):
    imported = _import_deals(
        tmp_path, "Deal ID|Rep|Stage", f"1|Ana|{won}", f"2|Bo|{lost}", "3|Bo|Won over the champion"
    )
    assert imported.company.opportunities["outcome"].tolist() == ["won", "lost", "open"]


def test_zoho_joins_owner_calls_events_and_tasks_by_id(tmp_path):
    write_rows(tmp_path, "Deals_001.csv", [
        ["Record Id", "Deal Owner.id", "Deal Owner", "Amount", "Deal Name", "Closing Date", "Stage", "Created Time"],
        ["zcrm_1", "zcrm_9", "Ana Ruiz", "10", "A", "2026-02-01", "Closed Won", "2026-01-01 10:00:00"],
        ["zcrm_2", "zcrm_8", "Bo Lee", "10", "B", "2026-02-01", "Closed Lost", "2026-01-01 10:00:00"],
    ])  # fmt: skip
    write_rows(tmp_path, "Calls_001.csv", [
        ["Record Id", "Call Owner.id", "Call Owner", "Call Type", "Call Start Time", "Call Duration (in seconds)", "Related To.id"],
        ["zcrm_c", "zcrm_9", "Ana Ruiz", "Outbound", "2026-01-05 10:00:00", "320", "zcrm_1"],
    ])  # fmt: skip
    write_rows(tmp_path, "Tasks_001.csv", [
        ["Record Id", "Task Owner.id", "Task Owner", "Subject", "Due Date", "Status", "Related To.id"],
        ["zcrm_t", "zcrm_9", "Ana Ruiz", "x", "2026-01-07", "Completed", "zcrm_1"],
        ["zcrm_u", "zcrm_9", "Ana Ruiz", "x", "2026-01-08", "Not Started", "zcrm_1"],
    ])  # fmt: skip
    imported = import_files(tmp_path)
    activities = imported.company.activities
    assert set(activities["rep_id"]) == {"zcrm_9"}
    assert activities["opportunity_id"].tolist() == ["zcrm_1", "zcrm_1"]
    (tasks,) = [f for f in imported.report.files if f.file == "Tasks_001.csv"]
    assert [(d.reason, d.rows) for d in tasks.dropped] == [("activities that are not done", 1)]


def test_a_call_that_concerns_several_deals_counts_for_the_first(tmp_path):
    write_rows(tmp_path, "deals.csv", [
        ["Record ID", "Deal Name", "Deal Stage", "Deal owner", "Close Date"],
        ["1", "A", "Closed won", "Ana", "2026-02-01 10:00"],
        ["2", "B", "Closed lost", "Bo", "2026-02-01 10:00"],
    ])  # fmt: skip
    write_rows(tmp_path, "meetings.csv", [
        ["Record ID", "Meeting start time", "Meeting end time", "Activity assigned to", "Associated Deal IDs"],
        ["7", "2026-01-03 10:00", "2026-01-03 11:00", "Ana", "2;1"],
    ])  # fmt: skip
    assert import_files(tmp_path).company.activities["opportunity_id"].tolist() == ["2"]


def test_quotas_in_money_and_in_units_stay_apart(tmp_path):
    write_rows(tmp_path, "deals.csv", [["Deal ID", "Owner ID", "Stage"], ["1", "u1", "Won"], ["2", "u1", "Lost"]])
    write_rows(tmp_path, "ForecastingQuota.csv", [
        ["Id", "CurrencyIsoCode", "QuotaAmount", "QuotaQuantity", "QuotaOwnerId", "StartDate"],
        ["q1", "EUR", "10000", "", "u1", "2026-01-01"],
        ["q2", "EUR", "", "20", "u1", "2026-01-01"],
    ])  # fmt: skip
    quotas = import_files(tmp_path).company.quotas
    assert sorted(zip(quotas["unit"], quotas["amount"], strict=True)) == [("money", 10_000), ("units", 20)]


def test_open_deals_alone_are_taken_if_their_stages_are_usual_ones(tmp_path):
    imported = _import_deals(tmp_path, "Deal ID|Rep|Stage|Amount", "1|Ana|Discovery|10", "2|Bo|Proposal|20")
    assert imported.company.opportunities["outcome"].tolist() == ["open", "open"]
    assert any("no lost deals" in warning for warning in imported.report.warnings)

"""HubSpot's other files: a row for each stage of a deal, calls and meetings that name a deal and no owner."""
# ruff: noqa: E501  (a table reads best as a table)

import pytest

from tests.crm.export_files import import_files, write_rows

DEALS = [
    ["Record ID", "Deal Name", "Deal Stage", "Pipeline", "Amount", "Close Date", "Create Date", "Deal owner"],
    ["77", "Acme; renewal", "Closed won", "Sales", "100", "2026-03-05 10:00", "2026-01-02 09:00", "Ana Roy"],
    ["78", "Beta", "Contract sent", "Sales", "50", "2026-09-05 10:00", "2026-02-02 09:00", "Bo Lee"],
    ["79", "Gamma", "Closed lost", "Sales", "7", "2026-04-05 10:00", "2026-02-02 09:00", "Bo Lee"],
    ["80", "Twice", "Contract sent", "Sales", "9", "2026-09-05 10:00", "2026-02-02 09:00", "Ana Roy"],
    ["81", "Twice", "Contract sent", "Sales", "9", "2026-09-05 10:00", "2026-02-02 09:00", "Bo Lee"],
]  # fmt: skip


def _import_with(tmp_path, name, *rows):
    write_rows(tmp_path, "hubspot-crm-exports-all-deals.csv", DEALS)
    write_rows(tmp_path, name, [row.split("|") for row in rows])
    return import_files(tmp_path)


PROPERTY_HISTORY = {
    "English": ("Record ID|Property|Value|Timestamp|Source", "Deal Stage", "Amount"),
    "German": ("Datensatz-ID|Eigenschaft|Wert|Zeitstempel|Quelle", "Deal-Phase", "Betrag"),
    "Spanish": ("ID de registro|Propiedad|Valor|Marca de tiempo|Fuente", "Etapa del negocio", "Cantidad"),
    "French": ("ID de l'enregistrement|Propriété|Valeur|Horodatage|Source", "Phase de la transaction", "Montant"),
    "Portuguese": ("ID do registro|Propriedade|Valor|Carimbo de data/hora|Fonte", "Etapa do negócio", "Valor"),
    "API names": ("hs_object_id|property|value|timestamp|sourceType", "dealstage", "amount"),
}


@pytest.mark.parametrize("language", PROPERTY_HISTORY)
def test_a_history_of_properties_gives_the_stages_and_counts_what_else_changed(tmp_path, language):
    headings, stage, amount = PROPERTY_HISTORY[language]
    imported = _import_with(
        tmp_path,
        "property-history.csv",
        headings,
        f"77|{stage}|Appointment scheduled|2026-01-02 09:00|CRM",
        f"77|{amount}|100|2026-01-03 09:00|CRM",
        f"77|{stage}|Closed won|2026-03-05 10:00|CRM",
        f"78|{stage}|Contract sent|2026-02-02 09:00|CRM",
    )
    history = imported.company.stage_history
    report = next(file for file in imported.report.files if "history" in file.file)
    assert (report.crm, report.rows_read, report.rows_kept) == ("HubSpot", 4, 3)
    ((reason, rows),) = [(d.reason, d.rows) for d in report.dropped]
    assert reason.startswith("changes of other fields than the stage") and rows == 1
    assert history[history["opportunity_id"] == "77"]["stage"].tolist() == ["Appointment scheduled", "Closed won"]


@pytest.mark.parametrize(
    "headings",
    [
        "Deal ID|Stage|Date entered",
        "Record ID|Deal Stage|Date entered stage",
        "Deal ID|Deal name|Deal stage|Date entered|Deal owner|Amount|Pipeline",
    ],
)
def test_a_row_for_each_stage_of_a_deal_is_a_history_and_not_more_deals(tmp_path, headings):
    wide = headings.count("|") > 2
    rows = [
        ("77", "Appointment scheduled", "2026-01-02"),
        ("77", "Closed won", "2026-03-05"),
        ("78", "Contract sent", "2026-02-02"),
    ]
    imported = _import_with(
        tmp_path,
        "stages.csv",
        headings,
        *(f"{k}|N|{s}|{day}|Ana Roy|5|Sales" if wide else f"{k}|{s}|{day}" for k, s, day in rows),
    )
    assert imported.company.stage_history["stage"].tolist() == ["Appointment scheduled", "Closed won", "Contract sent"]
    assert len(imported.company.opportunities) == 5


def test_the_day_of_the_current_stage_is_no_stage_of_its_own(tmp_path):
    rows = [
        ["hs_object_id", "dealname", "dealstage", "amount", "closedate", "createdate", "hubspot_owner_id", "hs_v2_date_entered_contractsent", "hs_v2_date_entered_current_stage"],
        ["1", "A", "closedwon", "5", "2026-01-05", "2026-01-01", "101", "2026-01-02", "2026-01-05"],
        ["2", "B", "closedlost", "6", "2026-01-06", "2026-01-01", "102", "2026-01-03", "2026-01-06"],
    ]  # fmt: skip
    imported = import_files(write_rows(tmp_path, "deals.csv", rows))
    assert set(imported.company.stage_history["stage"]) == {"contractsent"}


CALLS = {
    "English": "Record ID|Activity date|Activity assigned to|Call duration|Associated Deal IDs|Associated Deal",
    "German": "Datensatz-ID|Aktivitätsdatum|Aktivität zugewiesen zu|Anrufdauer|Zugeordnete Deal-IDs|Verknüpfter Deal",
    "Spanish": "ID de registro|Fecha de actividad|Actividad asignada a|Duración de la llamada|IDs de negocios asociados|Negocio asociado",
    "French": "ID de fiche d'informations|Date d'activité|Activité attribuée à|Durée de l'appel|ID des transactions associées|Transaction associée",
    "Portuguese": "ID do registro|Data da atividade|Atividade atribuída a|Duração da chamada|IDs de negócios associados|Negócio associado",
}


@pytest.mark.parametrize("language", CALLS)
def test_a_call_that_names_nobody_counts_for_the_owner_of_its_deal(tmp_path, language):
    imported = _import_with(
        tmp_path,
        "calls.csv",
        CALLS[language],
        "1|2026-03-01 10:00|Cy Abt|00:10:00|77|Acme; renewal",
        "2|2026-03-01 11:00||00:05:00|78;79|Beta;Gamma",
        "3|2026-03-01 12:00||00:05:00|77;78|",
        "4|2026-03-01 13:00||00:05:00||Acme; renewal",
        "5|2026-03-01 14:00||00:05:00||Twice",
    )
    names = imported.company.people.set_index("person_id")["name"]
    done = imported.company.activities
    rows = sorted(zip(done["rep_id"].map(names), done["opportunity_id"], done["minutes"], strict=True))
    assert rows == [("Ana Roy", "77", 5), ("Bo Lee", "78", 5), ("Cy Abt", "77", 10)]
    report = next(file for file in imported.report.files if file.file == "calls.csv")
    assert [(d.reason, d.rows) for d in report.dropped] == [("activities without an owner", 2)]
    (repair,) = [r for r in imported.report.repairs if r.table == "activities"]
    assert (repair.count, repair.example) == (2, "calls.csv, row 3") and "owner of the activity's deal" in repair.what


def test_meetings_without_any_column_of_owners_are_read_by_their_deals(tmp_path):
    imported = _import_with(
        tmp_path,
        "meetings.csv",
        "Meeting ID|Meeting start time|Meeting end time|Meeting outcome|Associated Deal",
        "1|2026-03-01 10:00|2026-03-01 10:30|Completed|Beta",
        "2|2026-03-01 10:00|2026-03-01 10:30|No show|Beta",
    )
    (meeting,) = imported.company.activities.to_dict("records")
    assert (meeting["kind"], meeting["minutes"], meeting["opportunity_id"]) == ("meeting", 30, "78")

"""CRMs whose headings were learned from documentation and public exports: three made-up deals each, in their own dress."""
# ruff: noqa: E501  (a table reads best as a table)

import pytest

from playbook.errors import UnusableInput
from tests.crm.export_files import import_files, text_of, write
from tests.crm.larger_than_memory import both_ways

# Of each: one deal won by Ana Ruiz, one lost by Bo Lee, one that Bo Lee has open.
EXPORTS = {
    "Kommo, Russian": (
        "ID|Название сделки|Бюджет|Ответственный|Дата создания сделки|Кем создана сделка|Дата редактирования|Дата закрытия|Этап сделки|Воронка|Компания",
        "11|A|1200|Ana Ruiz|05.01.2026 10:00:00|Ana Ruiz|10.02.2026 10:00:00|10.02.2026 10:00:00|Успешно реализовано|Продажи|Acme",
        "12|B|800|Bo Lee|15.01.2026 10:00:00|Bo Lee|01.03.2026 10:00:00|01.03.2026 10:00:00|Закрыто и не реализовано|Продажи|Beta",
        "13|C|500|Bo Lee|20.02.2026 10:00:00|Bo Lee|01.03.2026 10:00:00|не закрыта|Переговоры|Продажи|Gamma",
    ),
    "Kommo, Spanish": (
        "ID|Nombre del lead|Compañía del lead|Responsable|Estatus del lead|Embudo de ventas|Presupuesto|Fecha de creación|Creado por|Última modificación el|Cerrado el",
        "11|A|Acme|Ana Ruiz|Logrado con éxito|Ventas|1200|05.01.2026 10:00|Ana Ruiz|10.02.2026 10:00|10.02.2026 10:00",
        "12|B|Beta|Bo Lee|Venta perdido|Ventas|800|15.01.2026 10:00|Bo Lee|01.03.2026 10:00|01.03.2026 10:00",
        "13|C|Gamma|Bo Lee|Contacto inicial|Ventas|500|20.02.2026 10:00|Bo Lee|01.03.2026 10:00|",
    ),
    "Kommo, Portuguese": (
        "ID|Lead título|Empresa lead 's|Lead usuário responsável|Etapa do lead|Funil de vendas|Venda|Data Criada|Criado por|Última modificação|Fechada em",
        "11|A|Acme|Ana Ruiz|Fechado - ganho|Vendas|1200|05.01.2026 10:00|Ana Ruiz|10.02.2026 10:00|10.02.2026 10:00",
        "12|B|Beta|Bo Lee|Fechado - perdido|Vendas|800|15.01.2026 10:00|Bo Lee|01.03.2026 10:00|01.03.2026 10:00",
        "13|C|Gamma|Bo Lee|Tomada de decisão|Vendas|500|20.02.2026 10:00|Bo Lee|01.03.2026 10:00|",
    ),
    "Kommo, API names": (
        "id|name|price|responsible_user_id|status_id|pipeline_id|created_by|created_at|updated_at|closed_at|is_deleted",
        "11|A|1200|Ana Ruiz|142|7|Ana Ruiz|1767607200|1770717600|1770717600|false",
        "12|B|800|Bo Lee|143|7|Bo Lee|1768471200|1772359200|1772359200|false",
        "13|C|500|Bo Lee|66838998|7|Bo Lee|1771581600|1772359200||false",
    ),
    "Bitrix24, Russian": (
        "ID|Название сделки|Компания|Стадия сделки|Сумма|Валюта|Ответственный|Кем создана|Дата создания|Предполагаемая дата закрытия|Сделка закрыта|Воронка|Вероятность|Источник",
        "11|A|Acme|Сделка успешна|1200.00|RUB|Ana Ruiz|Ana Ruiz|05.01.2026 10:00:00|10.02.2026|Да|Общая|100|Звонок",
        "12|B|Beta|Анализ причины провала|800.00|RUB|Bo Lee|Bo Lee|15.01.2026 10:00:00|01.03.2026|Да|Общая|0|Звонок",
        "13|C|Gamma|В работе|500.00|RUB|Bo Lee|Bo Lee|20.02.2026 10:00:00|31.07.2026|Нет|Общая|40|Сайт",
    ),
    "Bitrix24, German": (
        "ID|Auftragsname|Unternehmen|Phase|Gewinn|Währung|Verantwortlich|Erstellt von|Erstellt am|Voraussichtliches Abschlussdatum|Geschlossen|Pipeline",
        "11|A|Acme|Auftrag gewonnen|1200.00|EUR|Ana Ruiz|Ana Ruiz|05.01.2026 10:00:00|10.02.2026|Ja|Allgemein",
        "12|B|Beta|Auftrag verloren|800.00|EUR|Bo Lee|Bo Lee|15.01.2026 10:00:00|01.03.2026|Ja|Allgemein",
        "13|C|Gamma|In Arbeit|500.00|EUR|Bo Lee|Bo Lee|20.02.2026 10:00:00|31.07.2026|Nein|Allgemein",
    ),
    "Bitrix24, English": (
        "ID|Deal Name|Company|Stage|Income|Currency|Responsible|Created by|Created|Assumed close date|Closed|Pipeline|Deal status",
        "11|A|Acme|Deal won|1200.00|USD|Ana Ruiz|Ana Ruiz|2026-01-05 10:00:00|2026-02-10|Yes|General|Won",
        "12|B|Beta|Analyze failure|800.00|USD|Bo Lee|Bo Lee|2026-01-15 10:00:00|2026-03-01|Yes|General|Lost",
        "13|C|Gamma|In progress|500.00|USD|Bo Lee|Bo Lee|2026-02-20 10:00:00|2026-07-31|No|General|In progress",
    ),
    "Bitrix24, API names": (
        "ID|TITLE|COMPANY_ID|STAGE_ID|STAGE_SEMANTIC_ID|OPPORTUNITY|CURRENCY_ID|ASSIGNED_BY_ID|CREATED_BY_ID|DATE_CREATE|CLOSEDATE|CLOSED|CATEGORY_ID",
        "11|A|7|C4:WON|S|1200.00|USD|Ana Ruiz|Ana Ruiz|2026-01-05T10:00:00+03:00|2026-02-10T03:00:00+03:00|Y|4",
        "12|B|8|C4:APOLOGY|F|800.00|USD|Bo Lee|Bo Lee|2026-01-15T10:00:00+03:00|2026-03-01T03:00:00+03:00|Y|4",
        "13|C|9|C4:PREPARATION|P|500.00|USD|Bo Lee|Bo Lee|2026-02-20T10:00:00+03:00|2026-07-31T03:00:00+03:00|N|4",
    ),
    "Freshsales, English": (
        "Deal name|Products|Deal value|Deal stage|Expected close date|Closed date|Sales owner|Pipeline|Related account|Deal type|Created at",
        "A|Seats|1200|Won|2026-02-20|2026-02-10|Ana Ruiz|Default|Acme|New Business|2026-01-05",
        "B|Seats|800|Lost|2026-02-20|2026-03-01|Bo Lee|Default|Beta|New Business|2026-01-15",
        "C|Seats|500|Negotiation|2026-07-31||Bo Lee|Default|Gamma|New Business|2026-02-20",
    ),
    "Freshsales, API names": (
        "deal_id|deal_name|deal_amount|deal_currency_name|deal_expected_close|deal_closed_date|deal_probability|deal_created_at|deal_deal_pipeline_name|deal_deal_stage_name|deal_owner_name|deal_territory_name",
        "1|A|1200.0|USD|20-02-2026|10-02-2026|100|05-01-2026 07:48:37|Default|Won|Ana Ruiz|North",
        "2|B|800.0|USD|20-02-2026|01-03-2026|0|15-01-2026 07:48:37|Default|Lost|Bo Lee|North",
        "3|C|500.0|USD|31-07-2026||40|20-02-2026 07:48:37|Default|Negotiation|Bo Lee|North",
    ),
    "monday sales CRM, English": (
        "Name|Owner|Stage|Deal Value|Accounts|Close Probability|Deal creation date|Expected Close Date|Close Date",
        "A|Ana Ruiz|Won|1200|Acme|100|2026-01-05|2026-02-20|2026-02-10",
        "B|Bo Lee|Lost|800|Beta|0|2026-01-15|2026-02-20|2026-03-01",
        "C|Bo Lee|Discovery|500|Gamma|20|2026-02-20|2026-07-31|",
    ),
    "Insightly, English": (
        "Record Id|Opportunity Name|User Responsible|Opportunity State|State Reason|Pipeline|Pipeline Stage|Bid Currency|Bid Amount|Probability of Winning|Date Created|Forecast Close Date|Actual Close Date|Organization Name",
        "1|A|Ana Ruiz|Won||Sales|Proposal|USD|1200|100|2026-01-05|2026-02-20|2026-02-10|Acme",
        "2|B|Bo Lee|Abandoned|Price|Sales|Proposal|USD|800|0|2026-01-15|2026-02-20|2026-03-01|Beta",
        "3|C|Bo Lee|Suspended||Sales|Proposal|USD|500|40|2026-02-20|2026-07-31||Gamma",
    ),
    "Insightly, API names": (
        "OPPORTUNITY_ID|OPPORTUNITY_NAME|RESPONSIBLE_USER_ID|OPPORTUNITY_STATE|STAGE_ID|PIPELINE_ID|BID_CURRENCY|OPPORTUNITY_VALUE|PROBABILITY|DATE_CREATED_UTC|FORECAST_CLOSE_DATE|ACTUAL_CLOSE_DATE|ORGANISATION_ID",
        "1|A|Ana Ruiz|WON|3|1|USD|1200|100|2026-01-05 10:00:00|2026-02-20|2026-02-10|7",
        "2|B|Bo Lee|LOST|3|1|USD|800|0|2026-01-15 10:00:00|2026-02-20|2026-03-01|8",
        "3|C|Bo Lee|OPEN|3|1|USD|500|40|2026-02-20 10:00:00|2026-07-31||9",
    ),
    "Copper, English": (
        "Copper ID|Name|Company|Owner|Pipeline|Stage|Status|Value|Win Probability|Close Date|Loss Reason|Source|Created At",
        "1|A|Acme|Ana Ruiz|Sales|Contract|Won|1200|100|2026-02-10||Web|2026-01-05",
        "2|B|Beta|Bo Lee|Sales|Proposal|Abandoned|800|0|2026-03-01|Price|Web|2026-01-15",
        "3|C|Gamma|Bo Lee|Sales|Proposal|Open|500|40|2026-07-31||Web|2026-02-20",
    ),
    "Copper, API names": (
        "id|name|assignee_id|company_name|pipeline_id|pipeline_stage_id|status|monetary_value|win_probability|close_date|loss_reason_id|date_created",
        "1|A|Ana Ruiz|Acme|7|71|Won|1200|100|2026-02-10||2026-01-05",
        "2|B|Bo Lee|Beta|7|72|Lost|800|0|2026-03-01|5|2026-01-15",
        "3|C|Bo Lee|Gamma|7|72|Open|500|40|2026-07-31||2026-02-20",
    ),
    "Close, API names": (
        "id|lead_id|lead_name|user_id|user_name|status_label|status_type|pipeline_name|value|value_formatted|value_currency|confidence|date_created|date_won|date_lost",
        "1|l7|Acme|u1|Ana Ruiz|Won|won|Sales|120000|$1,200|USD|100|2026-01-05|2026-02-10|",
        "2|l8|Beta|u2|Bo Lee|Lost|lost|Sales|80000|$800|USD|20|2026-01-15|2026-07-31|2026-03-01",
        "3|l9|Gamma|u2|Bo Lee|Demo|active|Sales|50000|$500|USD|40|2026-02-20|2026-07-31|",
    ),
    "SuiteCRM, English": (
        "ID|Opportunity Name|Account Name|Opportunity Amount|Sales Stage|Probability (%)|Expected Close Date|Assigned User|Date Created|Lead Source|Type|Next Step",
        "1|A|Acme|1200.00|Closed Won|100|2026-02-10|Ana Ruiz|2026-01-05|Web Site|New Business|",
        "2|B|Beta|800.00|Closed Lost|0|2026-03-01|Bo Lee|2026-01-15|Web Site|New Business|",
        "3|C|Gamma|500.00|Needs Analysis|25|2026-07-31|Bo Lee|2026-02-20|Web Site|New Business|Call",
    ),
    "SuiteCRM, Spanish": (
        "ID|Nombre de la oportunidad|Nombre de Cuenta|Monto de la Oportunidad|Etapa de Ventas|Probabilidad (%)|Fecha de cierre|Usuario Asignado|Fecha de creación|Toma de contacto",
        "1|A|Acme|1200.00|Ganada|100|10/02/2026|Ana Ruiz|05/01/2026|Web",
        "2|B|Beta|800.00|Perdida|0|01/03/2026|Bo Lee|15/01/2026|Web",
        "3|C|Gamma|500.00|Propuesta|25|31/07/2026|Bo Lee|20/02/2026|Web",
    ),
    "SuiteCRM, API names": (
        "id|name|account_name|amount|sales_stage|probability|date_closed|assigned_user_name|date_entered|date_modified|lead_source|opportunity_type|deleted",
        "1|A|Acme|1200.00|Closed Won|100|2026-02-10|Ana Ruiz|2026-01-05 10:00:00|2026-02-10 10:00:00|Web Site|New Business|0",
        "2|B|Beta|800.00|Closed Lost|0|2026-03-01|Bo Lee|2026-01-15 10:00:00|2026-03-01 10:00:00|Web Site|New Business|0",
        "3|C|Gamma|500.00|Needs Analysis|25|2026-07-31|Bo Lee|2026-02-20 10:00:00|2026-02-20 10:00:00|Web Site|New Business|0",
    ),
    "ERPNext, English": (
        "ID|Customer Name|Opportunity Owner|Status|Sales Stage|Opportunity Type|Opportunity Amount|Currency|Probability (%)|Opportunity Date|Expected Closing Date|Territory|Source",
        "CRM-OPP-2026-00001|Acme|Ana Ruiz|Converted|Negotiation/Review|Sales|1200|EUR|100|2026-01-05|2026-02-10|North|Campaign",
        "CRM-OPP-2026-00002|Beta|Bo Lee|Lost|Qualification|Sales|800|EUR|0|2026-01-15|2026-03-01|North|Campaign",
        "CRM-OPP-2026-00003|Gamma|Bo Lee|Quotation|Proposal/Price Quote|Sales|500|EUR|40|2026-02-20|2026-07-31|North|Campaign",
    ),
    "ERPNext, API names": (
        "name|customer_name|opportunity_owner|owner|status|sales_stage|opportunity_amount|currency|transaction_date|expected_closing|modified",
        "CRM-OPP-2026-00001|Acme|Ana Ruiz|Ana Ruiz|Converted|Negotiation/Review|1200|EUR|2026-01-05|2026-02-10|2026-02-10 10:00:00",
        "CRM-OPP-2026-00002|Beta|Bo Lee|Bo Lee|Lost|Qualification|800|EUR|2026-01-15|2026-03-01|2026-03-01 10:00:00",
        "CRM-OPP-2026-00003|Gamma|Bo Lee|Bo Lee|Open|Prospecting|500|EUR|2026-02-20|2026-07-31|2026-02-20 10:00:00",
    ),
    "Attio, English": (
        "Record ID|Deal name|Deal stage|Deal owner|Deal value|Associated company|Created at|Close date",
        "1|A|Won 🎉|Ana Ruiz|1200|Acme|2026-01-05|2026-02-10",
        "2|B|Lost|Bo Lee|800|Beta|2026-01-15|2026-03-01",
        "3|C|In Progress|Bo Lee|500|Gamma|2026-02-20|2026-07-31",
    ),
}  # fmt: skip


def _written(tmp_path, export: str):
    return write(tmp_path, "export.csv", text_of([line.split("|") for line in EXPORTS[export]], separator=","))


@pytest.mark.parametrize("export", EXPORTS)
def test_an_export_is_taken_for_its_crms_and_read_to_the_last_column(tmp_path, export):
    crm, language = export.split(", ")
    imported = import_files(_written(tmp_path, export))
    (file,) = imported.report.files
    assert (file.crm, file.left_aside) == (crm, ())
    assert language in file.why
    deals = imported.company.opportunities
    owners = deals["rep_id"].map(imported.company.people.set_index("person_id")["name"])
    assert owners.tolist() == ["Ana Ruiz", "Bo Lee", "Bo Lee"]
    assert deals["outcome"].tolist() == ["won", "lost", "open"]
    assert deals["amount"].tolist() == [1200, 800, 500]
    assert deals["created_on"].dt.strftime("%m-%d").tolist() == ["01-05", "01-15", "02-20"]
    assert deals["closed_on"].dt.strftime("%m-%d").tolist()[:2] == ["02-10", "03-01"]


@pytest.mark.parametrize("export", EXPORTS)
def test_an_export_of_any_of_these_crms_is_the_same_in_pieces(tmp_path, export):
    assert both_ways([_written(tmp_path, export)], tmp_path) == ""


def test_what_closed_means_in_erpnext_is_asked_and_the_remedy_leads_on(tmp_path):
    head, won, lost, still_open = EXPORTS["ERPNext, English"]
    closed = lost.replace("00002", "00009").replace("Lost", "Closed")
    rows = [line.split("|") for line in (head, won, lost, still_open, closed)]
    file = write(tmp_path, "export.csv", text_of(rows, separator=","))
    with pytest.raises(UnusableInput, match="says that a deal is closed, and not how") as refused:
        import_files(file)
    assert 'lost = ["Closed"]' in refused.value.remedy
    says = write(tmp_path, "ours.toml", '[outcomes]\nlost = ["Closed"]\n')
    assert (import_files(file, mapping=says).company.opportunities["outcome"] == "lost").sum() == 2

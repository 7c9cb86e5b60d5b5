"""CRMs whose headings were learned from documentation and public exports: three made-up deals each, in their own dress."""
# ruff: noqa: E501  (a table reads best as a table)

import pytest

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

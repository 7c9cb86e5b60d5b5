"""Plain tables of deals and of people in languages whose headings no CRM of ours writes: three deals and a team of each."""
# ruff: noqa: E501  (a table reads best as a table)

import pytest

from tests.crm.export_files import import_files, text_of, write
from tests.crm.larger_than_memory import both_ways

# The headings of the deals, what they call won, lost and open, and the headings of the people.
TABLES = {
    "Italian": ("ID opportunità|Opportunità|Cliente|Venditore|Fase|Importo|Data creazione|Data chiusura", "Chiusa vinta|Chiusa persa|Offerta", "Nome e cognome|Ruolo|Responsabile|Data di assunzione"),
    "Dutch": ("Verkoopkans-ID|Verkoopkans|Klant|Verkoper|Fase|Bedrag|Aanmaakdatum|Sluitingsdatum", "Gesloten gewonnen|Gesloten verloren|Offerte", "Naam|Functie|Leidinggevende|Datum in dienst"),
    "Polish": ("Numer szansy|Nazwa szansy|Kontrahent|Handlowiec|Etap|Kwota|Data utworzenia|Data zamknięcia", "Wygrana|Przegrana|Oferta", "Pracownik|Stanowisko|Przełożony|Data zatrudnienia"),
    "Czech": ("Číslo příležitosti|Název příležitosti|Zákazník|Obchodník|Fáze|Částka|Datum vytvoření|Datum uzavření", "Výhra|Prohra|Nabídka", "Zaměstnanec|Pozice|Nadřízený|Datum nástupu"),
    "Swedish": ("Affärs-ID|Affärsmöjlighet|Kund|Säljare|Säljfas|Belopp|Skapad den|Stängningsdatum", "Vunnen|Förlorad|Offert", "Medarbetare|Befattning|Närmaste chef|Anställningsdatum"),
    "Turkish": ("Fırsat no|Fırsat adı|Müşteri|Satış temsilcisi|Aşama|Tutar|Oluşturma tarihi|Kapanış tarihi", "Kazanıldı|Kaybedildi|Teklif", "Adı soyadı|Unvan|Yöneticisi|İşe giriş tarihi"),
    "Russian": ("Номер сделки|Сделка|Клиент|Менеджер|Этап|Сумма|Дата создания|Дата закрытия", "Выиграна|Проиграна|Предложение", "ФИО|Должность|Руководитель|Дата приёма"),
    "Japanese": ("商談ID|商談名|取引先名|営業担当者|フェーズ|金額|作成日|完了予定日", "受注|失注|提案", "氏名|役職|上司|入社日"),
    "Chinese": ("商机编号|商机名称|客户名称|负责人|阶段|金额|创建日期|结单日期", "赢单|输单|报价", "姓名|职位|直属上级|入职日期"),
    "Korean": ("영업기회 ID|영업기회명|고객사|영업담당자|단계|금액|생성일|마감일", "수주|실주|제안", "성명|직책|상사|입사일"),
}  # fmt: skip


def _written(tmp_path, language: str):
    deals, stages, people = (line.split("|") for line in TABLES[language])
    rows = [
        ["D1", "A", "Acme", "Ana Ruiz", stages[0], "1200", "2026-01-05", "2026-02-10"],
        ["D2", "B", "Beta", "Bo Lee", stages[1], "800", "2026-01-15", "2026-03-01"],
        ["D3", "C", "Gamma", "Bo Lee", stages[2], "500", "2026-02-20", "2026-07-31"],
    ]
    team = [["Ana Ruiz", "Account Executive", "Mo Kay", "2024-05-02"], ["Bo Lee", "Account Executive", "Mo Kay", "2024-06-03"]]  # fmt: skip
    return [
        write(tmp_path, "deals.csv", text_of([deals, *rows])),
        write(tmp_path, "people.csv", text_of([people, *team])),
    ]


@pytest.mark.parametrize("language", TABLES)
def test_plain_deals_are_read_in_their_language_to_the_last_column(tmp_path, language):
    imported = import_files(*_written(tmp_path, language))
    files = {file.file: file for file in imported.report.files}
    assert [files["deals.csv"].left_aside, files["people.csv"].left_aside] == [(), ()]
    assert language in files["deals.csv"].why
    deals = imported.company.opportunities
    assert deals["opportunity_id"].tolist() == ["D1", "D2", "D3"]
    assert deals["outcome"].tolist() == ["won", "lost", "open"]
    assert deals["amount"].tolist() == [1200, 800, 500]
    assert deals["account"].tolist() == ["Acme", "Beta", "Gamma"]
    assert deals["created_on"].dt.strftime("%m-%d").tolist() == ["01-05", "01-15", "02-20"]
    assert deals["closed_on"].dt.strftime("%m-%d").tolist()[:2] == ["02-10", "03-01"]


@pytest.mark.parametrize("language", TABLES)
def test_a_list_of_people_says_in_its_language_who_leads_whom(tmp_path, language):
    people = import_files(*_written(tmp_path, language)).company.people.set_index("name")
    leader = people.loc["Mo Kay", "person_id"]
    assert people.loc[["Ana Ruiz", "Bo Lee"], "manager_id"].tolist() == [leader, leader]
    assert people.loc["Ana Ruiz", "hired_on"].strftime("%Y-%m-%d") == "2024-05-02"


@pytest.mark.parametrize("language", TABLES)
def test_tables_of_each_language_are_the_same_in_pieces(tmp_path, language):
    assert both_ways(_written(tmp_path, language), tmp_path) == ""

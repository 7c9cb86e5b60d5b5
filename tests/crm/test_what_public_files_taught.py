"""Traits of exports that strangers published: each was once misread or refused, and is here in a file of a few rows."""
# ruff: noqa: E501  (a table reads best as a table)

import io
import zipfile
from datetime import date
from decimal import Decimal

import pandas as pd
import pytest

from playbook.crm.headings.alike import without_unit, words_in
from playbook.crm.values.words import flags
from playbook.errors import UnusableInput
from tests.crm.export_files import PLAIN, import_files, text_of, workbook, write, zipped


def _import_deals(tmp_path, headings: str, *rows: str, name: str = "export.csv"):
    table = [headings.split("|"), *(row.split("|") for row in rows)]
    return import_files(write(tmp_path, name, text_of(table, separator=";")))


def _stages(imported) -> list[tuple[str, str]]:
    return list(imported.company.stages[["stage", "outcome"]].itertuples(index=False, name=None))


@pytest.mark.parametrize(
    ("heading", "bare", "unit"),
    [
        ("importe_eur", "importe", "EUR"),
        ("Amount USD", "Amount", "USD"),
        ("Umsatz in EUR", "Umsatz", "EUR"),
        ("Montant HT (€)", "Montant HT", "€"),
        ("Valor R$", "Valor R", "$"),
        ("close_date", "close_date", ""),
        ("USD", "USD", ""),
    ],
)
def test_a_currency_behind_a_heading_is_its_unit(heading, bare, unit):
    assert tuple(part.strip() for part in without_unit(heading)) == (bare, unit)


def test_a_heading_is_made_of_words_in_whatever_way_they_are_joined():
    assert words_in("CloseDate") == words_in("close_date") == words_in("Close Date") == ("close", "date")


def test_headings_are_known_by_their_words_in_any_order_and_with_words_for_the_deal(tmp_path):
    imported = _import_deals(
        tmp_path,
        "venda_id|id_do_vendedor|status_venda|venda_valor_total|data_criacao_da_venda|fechamento_data",
        "1|V1|Ganho|10|2026-01-02|2026-02-02",
        "2|V2|Perdido|20|2026-01-02|2026-02-02",
    )
    deals = imported.company.opportunities
    assert imported.report.files[0].left_aside == ()
    assert deals["amount"].tolist() == [10, 20]
    assert deals["opportunity_id"].tolist() == ["1", "2"]
    assert deals["closed_on"].notna().all() and deals["created_on"].notna().all()


def test_an_amount_in_euro_by_its_heading_is_read_and_sets_the_currency(tmp_path):
    imported = _import_deals(
        tmp_path, "id|etapa|importe_eur|responsable", "1|Cerrado ganado|10|Ana", "2|Cerrado perdido|5|Bo"
    )
    assert imported.company.opportunities["amount"].tolist() == [10, 5]
    assert imported.company.settings.currency == "EUR"


def test_a_word_of_two_languages_means_what_it_means_in_the_files_own(tmp_path):
    portuguese = _import_deals(
        tmp_path,
        "ID do negócio|Vendedor|Etapa do funil|Valor|Data de fechamento|Gestor",
        "1|Ana|Ganho|10|2026-02-02|Mo",
    )
    spanish = _import_deals(
        tmp_path, "ID del negocio|Gestor|Etapa del negocio|Importe|Fecha de cierre", "1|Ana|Ganado|10|2026-02-02"
    )
    assert set(portuguese.company.people["name"]) == {"Ana", "Mo"}
    assert portuguese.company.people["manager_id"].notna().sum() == 1
    assert spanish.company.people["name"].tolist() == ["Ana"]


@pytest.mark.parametrize(
    ("stage", "outcome"),
    [
        ("Perdida por licitación", "lost"),
        ("G. Project Won", "won"),
        ("Verloren an Wettbewerb", "lost"),
        ("Negócio ganho", "won"),
        ("Lost - Price", "lost"),
        ("Won - onboarding", "won"),
        ("Won over the champion", "open"),
        ("Not lost yet", "open"),
        ("Win plan agreed", "open"),
    ],
)
def test_a_stage_that_begins_or_ends_with_won_or_lost_is_closed_unless_it_denies_it(tmp_path, stage, outcome):
    imported = _import_deals(
        tmp_path, "Owner|Stage|Amount|Close Date", "Ana|Closed Won|1|2026-02-02", "Ana|Closed Lost|1|2026-02-02", f"Bo|{stage}|1|2026-02-02"
    )  # fmt: skip
    assert dict(_stages(imported))[stage] == outcome


def test_closed_beside_lost_deals_is_won_and_the_report_says_so(tmp_path):
    imported = _import_deals(
        tmp_path, "Responsável|Resultado|Valor vendido", "Ana|Fechado|10", "Ana|Não fechado|0", "Bo|Sem interesse|0"
    )
    assert imported.company.opportunities["outcome"].tolist() == ["won", "lost", "lost"]
    assert ("Fechado", "won") in _stages(imported)
    assert any("'Fechado' was taken for won" in assumption for assumption in imported.report.assumptions)


def test_closed_that_may_be_won_or_lost_is_asked_for(tmp_path):
    with pytest.raises(UnusableInput, match="no deal is known to be won or lost: its stage is one of .*'Closed'"):
        _import_deals(tmp_path, "id_vendedor|estagio|valor", "1|Lead|10", "1|Closed|10", "2|Pipeline|5")


@pytest.mark.parametrize(
    "order",
    [
        ["Erstkontakt", "Angebot verschickt", "In Verhandlung"],
        ["Prospección", "Cualificación", "Presentación", "Propuesta enviada", "Negociación / revisión"],
        ["Prospection", "Rendez-vous pris", "Devis envoyé", "Négociation en cours"],
        ["Prospecção", "Reunião agendada", "Demonstração feita", "Proposta enviada", "Negociação final"],
        ["Inbound lead", "Discovery call", "Product demo", "Proposal out", "Negotiating terms", "Contract review"],
    ],
)
def test_stages_are_ordered_by_the_step_of_a_sale_that_their_names_speak_of(tmp_path, order):
    rows = [f"Ana|{stage}|1|2026-09-0{i}" for i, stage in enumerate(reversed(order), start=1)]
    imported = _import_deals(
        tmp_path, "Owner|Stage|Amount|Close Date", "Ana|Closed Won|1|2026-02-02", "Bo|Closed Lost|1|2026-02-02", *rows
    )
    stages = imported.company.stages
    assert stages[stages["outcome"] == "open"].sort_values("position")["stage"].tolist() == order


@pytest.mark.parametrize("names", [("Propuesta", "Propuesta enviada"), ("Qualified", "Meeting held"), ("Fit", "Offer")])
def test_stages_that_speak_of_one_step_or_of_none_keep_their_order_unknown(tmp_path, names):
    rows = [f"Ana|{stage}|1|2026-09-01" for stage in names]
    imported = _import_deals(
        tmp_path, "Owner|Stage|Amount|Close Date", "Ana|Closed Won|1|2026-02-02", "Bo|Closed Lost|1|2026-02-02", *rows
    )
    assert imported.company.stages["position"].isna().all()


def test_stages_lettered_in_front_are_in_the_order_of_their_letters(tmp_path):
    imported = _import_deals(
        tmp_path, "Owner|Stage|Amount|Close Date",
        "Ana|G. Won|1|2026-02-02", "Bo|H. Lost|1|2026-02-02", "Bo|B. Talks|1|2026-09-02", "Bo|A. Zero|1|2026-09-02",
    )  # fmt: skip
    assert [s for s, _ in _stages(imported)] == ["A. Zero", "B. Talks", "G. Won", "H. Lost"]


def test_a_lost_deals_chance_of_nothing_is_not_the_chance_of_the_stage_that_it_was_lost_in(tmp_path):
    imported = _import_deals(
        tmp_path, "Owner|Stage|Status|Probability|Amount",
        "Ana|Late|Open|60|1", "Ana|Late|Lost|0|1", "Bo|Late|Lost|0|1", "Bo|Early|Open|10|1", "Bo|Late|Won|100|1",
    )  # fmt: skip
    assert imported.company.stages.set_index("stage")["probability"].to_dict() == {"Early": 0.1, "Late": 0.6}


def test_na_beside_other_continents_is_north_america_and_else_nothing(tmp_path):
    rows = ("Ana|Closed Won|1|NA", "Bo|Closed Lost|1|EMEA")
    there = _import_deals(tmp_path, "Owner|Stage|Amount|Region", *rows)
    alone = _import_deals(tmp_path, "Owner|Stage|Amount|Region", "Ana|Closed Won|1|NA", "Bo|Closed Lost|1|West")
    assert there.company.opportunities["region"].tolist() == ["NA", "EMEA"]
    assert alone.company.opportunities["region"].isna().tolist() == [True, False]


def test_revenue_per_month_never_fills_in_for_revenue_per_year(tmp_path):
    imported = _import_deals(
        tmp_path, "Opportunity ID|Opportunity Owner|Stage|Close Date|ARR|MRR", "1|Ana|Closed Won|2026-02-02|1200|100", "2|Bo|Closed Lost|2026-02-02||90"
    )  # fmt: skip
    assert imported.company.opportunities["amount"].tolist()[0] == 1200
    assert imported.company.opportunities["amount"].isna().tolist() == [False, True]


ODOO = "id|active|name|partner_id/name|stage_id/name|user_id/name|expected_revenue|probability|date_deadline|create_date|date_closed|lost_reason_id/name"


def test_odoos_archived_deals_are_lost_in_the_stage_that_they_were_in(tmp_path):
    imported = _import_deals(
        tmp_path, ODOO,
        "1|True|Alarms|Z|Proposition|Mo|4000.0|60.0|2026-08-01|2026-01-04 09:12:00||",
        "2|True|Cables|Y|Won|Ana|9000.0|100.0|2026-02-01|2026-01-02 09:12:00|2026-02-03 10:00:00|",
        "3|False|Sound|X|Qualified|Ana|1000.0|0.0|2026-02-01|2026-01-02 09:12:00|2026-02-04 10:00:00|Too expensive",
    )  # fmt: skip
    deals = imported.company.opportunities
    assert imported.report.files[0].crm == "Odoo"
    assert deals["outcome"].tolist() == ["open", "won", "lost"]
    assert deals["stage"].tolist()[2] == "Qualified"
    assert deals["lost_reason"].tolist()[2] == "Too expensive"


def test_odoos_leads_without_a_stage_are_left_aside_by_name(tmp_path):
    with pytest.raises(UnusableInput, match="Odoo leads without a stage"):
        _import_deals(
            tmp_path, "id|active|contact_name|email_from|user_id/id|name|planned_revenue", "1|True|Al|a@b.c|u5|Shop|0.0"
        )


def test_a_refusal_says_in_words_what_no_column_was_recognised_as(tmp_path):
    with pytest.raises(UnusableInput) as refused:
        _import_deals(tmp_path, "customer_id|name|email|created_at", "C1|Jimi|j@x.y|2026-01-15")
    assert "no column was recognised as stage, status, won? or closed?" in str(refused.value)
    assert "customer_id, name, email" in str(refused.value)
    assert "_on" not in str(refused.value)


def test_where_no_deal_is_won_the_report_names_what_was_held_for_open(tmp_path):
    imported = _import_deals(tmp_path, "Owner|Stage|Amount", "Ana|Onboarding|10", "Bo|Closed Lost|5")
    assert any("Held for open: 'Onboarding'" in warning for warning in imported.report.warnings)


def test_ten_is_no_yes(tmp_path):
    with pytest.raises(UnusableInput, match="one row per person|a list of people"):
        _import_deals(
            tmp_path, "Sales Rep|Deals Won|Deals Lost|Revenue|Quota", "Ana|10|20|40000|50000", "Bo|20|10|50000|50000"
        )
    assert flags(pd.Series(["10", "1", "1.0", "0.0", "00"], dtype="str")).tolist() == [pd.NA, True, True, False, pd.NA]


@pytest.mark.parametrize(
    ("headings", "row", "other"),
    [
        ("Owner|Closed Won|Closed Lost|Open|Win Rate", "Ana|10|20|4|33%", "Bo|20|10|5|66%"),
        ("Rep|Q1 2026|Q2 2026|Total", "Ana|1.000,50|3|4", "Bo|2|4|4"),
    ],
)
def test_totals_per_person_are_no_deals(tmp_path, headings, row, other):
    with pytest.raises(UnusableInput, match="a summary with one row per person, not one row per deal"):
        _import_deals(tmp_path, headings, row, other)


def test_a_list_of_orders_is_refused_for_want_of_what_was_lost(tmp_path):
    with pytest.raises(UnusableInput, match="holds only what was won"):
        _import_deals(tmp_path, "Order ID|Sales Rep|Customer|Order Date|Amount", "1|Ana|Acme|2026-01-02|100")


def test_headings_without_rows_are_told_from_deals_without_owners(tmp_path):
    with pytest.raises(UnusableInput, match="has headings and no deals below them"):
        _import_deals(tmp_path, "Deal ID|Owner|Stage|Amount|Close Date")


@pytest.mark.parametrize(
    "headings",
    [
        "Lead ID|Lead Name|Company|Lead Source|Status|Owner|Created Date",
        "Prospect ID|Lead Number|Lead Origin|Lead Source|Converted|Lead Quality|x",
    ],
)
def test_leads_in_the_dress_of_other_crms_are_left_aside_by_name(tmp_path, headings):
    with pytest.raises(UnusableInput, match="leads: they are not deals yet"):
        _import_deals(tmp_path, headings, "1|A|B|Web|Open|Ana|2026-01-02", "2|A|B|Web|Open|Bo|2026-01-02")


def test_what_dynamics_says_was_earned_counts_before_what_was_estimated_in_its_short_german_headings(tmp_path):
    imported = _import_deals(
        tmp_path, "(Nicht ändern) Verkaufschance|Thema|Gesch. Umsatz|Tats. Umsatz|Gesch. Abschlussdatum|Tats. Abschlussdatum|Besitzer|Status|Verkaufsphase",
        "{A}|Nord|12.500,00 €|12.000,00 €|15.03.2026|13.03.2026|Jürgen|Gewonnen|Abschluss",
        "{B}|Süd|9.999,99 €||15.03.2026|14.03.2026|Jürgen|Verloren|Vorschlag",
    )  # fmt: skip
    deals = imported.company.opportunities
    assert deals["amount"].tolist() == [12_000, 9_999.99]
    assert deals["closed_on"].dt.day.tolist() == [13, 14]


@pytest.mark.parametrize(
    "owner",
    ["Fila de vendas", "File d'attente Nord", "Integrationsbenutzer", "Usuário de integração", "HubSpot Bot", "Zapier", "Sin vendedor", "Nicht zugeordnet"],
)  # fmt: skip
def test_queues_and_programs_own_nothing_in_any_language(tmp_path, owner):
    imported = _import_deals(tmp_path, "Owner|Stage|Amount", "Ana|Won|10", "Ana|Lost|10", f"{owner}|Won|10")
    assert imported.company.people["name"].tolist() == ["Ana"]
    assert [d.rows for d in imported.report.files[0].dropped] == [1]


def test_a_crms_own_stages_have_their_order_in_its_other_languages(tmp_path):
    order = ["Rendez-vous planifié", "Qualifié pour l'achat", "Présentation planifiée", "Contrat envoyé"]
    rows = [f"{i}|Ana|{stage}|1|2026-09-0{i}|A" for i, stage in enumerate(reversed(order), start=1)]
    imported = _import_deals(
        tmp_path,
        "ID de fiche d'info.|Propriétaire de la transaction|Phase de la transaction|Montant|Date de fermeture|Nom de la transaction",
        *rows,
        "8|Ana|Gagné|1|2026-02-02|A",
        "9|Ana|Perdu|1|2026-02-02|A",
    )
    stages = imported.company.stages
    assert stages[stages["outcome"] == "open"].sort_values("position")["stage"].tolist() == order


VERSIONS = "id|owner_id|stage_name|amount|close_date|is_closed|is_won|is_deleted|_fivetran_active"


def test_an_older_version_of_a_row_is_dropped_though_it_stands_last(tmp_path):
    imported = _import_deals(
        tmp_path, VERSIONS,
        "D1|Ana|Late|200|2026-02-02|true|true|false|true", "D2|Bo|Late|10|2026-02-02|true|false|false|true",
        "D1|Ana|Early|999|2026-02-02|false|false|false|false",
    )  # fmt: skip
    deals = imported.company.opportunities
    assert deals.set_index("opportunity_id")["amount"].to_dict() == {"D1": 200, "D2": 10}
    assert [d.reason for d in imported.report.files[0].dropped] == ["older versions of a deal"]


def test_an_export_of_deleted_deals_only_is_refused_as_such(tmp_path):
    with pytest.raises(UnusableInput, match="has 1 deals, and each is marked as deleted"):
        _import_deals(tmp_path, VERSIONS, "D1|Ana|Late|200|2026-02-02|true|true|true|true")


def test_a_value_in_cents_stands_back_behind_the_one_written_for_people(tmp_path):
    imported = _import_deals(
        tmp_path, "id|lead_name|status_type|value|value_formatted|value_currency|user_name|date_won|date_lost",
        "o1|Acme|won|1000000|$10,000|USD|Ana|2026-01-30|", "o2|Beta|lost|500000|$5,000|USD|Bo||2026-01-28",
    )  # fmt: skip
    deals = imported.company.opportunities
    assert deals["amount"].tolist() == [10_000, 5_000]
    assert deals["closed_on"].dt.day.tolist() == [30, 28]


def test_a_probability_above_all_certainty_is_questioned(tmp_path):
    imported = _import_deals(
        tmp_path, "Owner|Stage|Amount|Probability", "Ana|Won|1|1000", "Bo|Lost|1|0", "Bo|Talks|1|40"
    )
    assert any(r.what.startswith("a probability above 100%") and r.count == 1 for r in imported.report.repairs)


def test_days_on_which_stages_were_entered_make_a_history_in_a_databases_spelling(tmp_path):
    imported = _import_deals(
        tmp_path, "deal_id|owner_name|is_closed|is_closed_won|amount|create_date|date_entered_talks|date_entered_closed_won",
        "1|Ana|true|true|10|2026-01-02|2026-01-03|2026-02-03", "2|Ana|true|false|10|2026-01-02|2026-01-05|",
    )  # fmt: skip
    assert imported.company.stage_history["stage"].tolist() == ["talks", "closed_won", "talks"]


def test_a_hunter_is_kept_apart_from_a_farmer_by_the_reps_segment(tmp_path):
    imported = _import_deals(
        tmp_path, "Owner_Name|Rep_Segment|Stage|Amount_USD|Vertical", "Ana|Hunter|Closed Won|10|Retail", "Bo|Farmer|Closed Lost|5|Tech"
    )  # fmt: skip
    assert imported.company.people.set_index("name")["job"].to_dict() == {"Ana": "Hunter", "Bo": "Farmer"}
    assert imported.company.opportunities["segment"].tolist() == ["Retail", "Tech"]


def test_a_warehouses_headings_are_known_with_their_abbreviations_spelled_out(tmp_path):
    english = _import_deals(
        tmp_path, "OPP_ID|OPP_NM|OWNER_NM|ACCT_NM|STG|OPP_AMT|CRT_DT|CLOSE_DT|PROB",
        "1|A|Ana|Acme|Closed Won|100|2026-01-02|2026-02-02|100", "2|B|Bo|Beta|Closed Lost|50|2026-01-02|2026-02-02|0",
    )  # fmt: skip
    portuguese = _import_deals(
        tmp_path, "OPORTUNIDADE_ID|TP_STATUS|DT_CRIACAO|DT_FECHAMENTO|NM_RAZAO_SOCIAL|NM_DONO|NR_PRECO_TOTAL|NR_QTD|NR_QTD",
        "1|Ganha|2026-01-02|2026-02-02|Acme|Ana|100|1|1", "2|Perdida|2026-01-02|2026-02-02|Beta|Bo|50|1|1",
    )  # fmt: skip
    for imported in (english, portuguese):
        deals = imported.company.opportunities
        assert deals["amount"].tolist() == [100, 50]
        assert deals["closed_on"].notna().all() and deals["created_on"].notna().all()
        assert imported.company.people["name"].tolist() == ["Ana", "Bo"]


def test_rows_without_headings_are_no_headings(tmp_path):
    end = r"|\N|96|2015-08-14 16:08:10|2022-03-21 16:27:52|\N|x y|z"
    with pytest.raises(UnusableInput, match="no row of headings"):
        _import_deals(
            tmp_path,
            r"100|Mall|179500.00|\N|Closed Lost|Cliente|ana" + end,
            r"104|Casa|420.00|\N|Closed Won|Web|bo" + end,
        )


PRODUCTS = "Opportunity ID|Owner|Stage|Close Date|Product|Amount"


def test_a_deal_in_one_row_per_product_is_worth_their_sum(tmp_path):
    imported = _import_deals(
        tmp_path, PRODUCTS, "1|Ana|Won|2026-02-02|Licence|100", "1|Ana|Won|2026-02-02|Support|30", "2|Bo|Lost|2026-02-02|Licence|80"
    )  # fmt: skip
    assert imported.company.opportunities["amount"].tolist() == [130, 80]
    (file,) = imported.report.files
    assert file.rows_read == file.rows_kept + sum(d.rows for d in file.dropped)
    assert any("one per product" in assumption for assumption in imported.report.assumptions)


def test_the_whole_deals_amount_repeated_in_each_products_row_counts_once(tmp_path):
    imported = _import_deals(
        tmp_path, PRODUCTS, "1|Ana|Won|2026-02-02|Licence|130", "1|Ana|Won|2026-02-02|Support|130", "2|Bo|Lost|2026-02-02|Licence|80"
    )  # fmt: skip
    assert imported.company.opportunities["amount"].tolist() == [130, 80]


def test_rows_of_one_deal_in_other_stages_are_versions_and_never_added_up(tmp_path):
    imported = _import_deals(
        tmp_path, PRODUCTS, "1|Ana|Talks|2026-02-02|Licence|100", "1|Ana|Won|2026-02-02|Support|30", "2|Bo|Lost|2026-02-02|Licence|80"
    )  # fmt: skip
    assert imported.company.opportunities["amount"].tolist() == [30, 80]


def test_a_hidden_sheet_is_not_read_and_the_report_names_it(tmp_path):
    book = workbook(
        {"Deals": PLAIN, "Old": [*PLAIN, ["D9", "Bo Lee", "Beta", "Closed Won", "9", "2026-01-05", "2026-02-10"]]}
    )
    hidden = {
        name: data.replace(b'name="Old"', b'name="Old" state="hidden"')
        for archive in [zipfile.ZipFile(io.BytesIO(book))]
        for name in archive.namelist()
        for data in [archive.read(name)]
    }
    imported = import_files(write(tmp_path, "deals.xlsx", zipped(hidden)))
    assert len(imported.company.opportunities) == len(PLAIN) - 1
    assert [(f.file, f.why) for f in imported.report.files if not f.kind] == [
        ("deals.xlsx, sheet 'Old'", "it is hidden in the workbook, so it was not read")
    ]


def test_parquet_keeps_its_types_and_its_ids(tmp_path):
    table = pd.DataFrame(
        {
            "Deal ID": ["00123", "1E5"], "Owner": pd.Categorical(["Ana", "Bo"]), "Stage": ["Closed Won", "Closed Lost"],
            "Amount": [Decimal("9999.990"), Decimal("1.250")], "Close Date": pd.to_datetime(["2026-02-03", "2026-03-04"]),
            "Created Date": [date(2026, 1, 5), date(2026, 1, 6)],
        }
    )  # fmt: skip
    table.to_parquet(tmp_path / "deals.parquet")
    deals = import_files(tmp_path / "deals.parquet").company.opportunities
    assert deals["opportunity_id"].tolist() == ["00123", "1E5"]
    assert deals["amount"].tolist() == [9999.99, 1.25]
    assert deals["closed_on"].dt.day.tolist() == [3, 4] and deals["created_on"].dt.day.tolist() == [5, 6]


def test_a_column_that_looks_like_the_amounts_or_the_days_of_closing_is_named_where_none_was_recognised(tmp_path):
    imported = _import_deals(
        tmp_path, "Owner|Stage|Worthiness|Day of reckoning|Contact ID", "Ana|Won|10.5|2026-02-03|7", "Bo|Lost|20|2026-02-04|8"
    )  # fmt: skip
    warnings = " ".join(imported.report.warnings)
    assert "recognised as the amounts of deals" in warnings and "Left aside: Worthiness." in warnings
    assert "recognised as the days of closing" in warnings and "Left aside: Day of reckoning." in warnings


def test_open_deals_are_read_though_one_of_them_has_no_stage(tmp_path):
    imported = _import_deals(tmp_path, "Owner|Stage|Amount", "Ana|Proposal|10", "Bo|Negotiation|20", "Bo||5")
    assert imported.company.opportunities["outcome"].tolist() == ["open", "open"]
    assert [d.reason for d in imported.report.files[0].dropped] == ["deals without a stage or a status"]


def test_rows_of_anything_with_an_id_and_a_title_are_no_people(tmp_path):
    deals = write(tmp_path, "deals.csv", text_of(PLAIN))
    other = write(tmp_path, "posts.csv", "id,title,region\n1,Hello,North\n2,Again,South\n")
    imported = import_files(deals, other)
    assert set(imported.company.people["name"]) == {"Ana García", "Bo Lee"}
    assert "posts.csv" not in [f.file for f in imported.report.files if f.kind == "people"]

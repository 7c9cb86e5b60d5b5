"""What stands as money is money: two columns of value, formulas without results, quotas that count something else."""

import io
import zipfile

import pytest

from tests.crm.export_files import import_files, workbook, write, write_rows
from tests.crm.larger_than_memory import both_ways

REPS = ("Ana García", "Bo Lee", "Cy Orr")


def deals(extra: dict[str, str], amount: str = "Amount") -> list[list[str]]:
    """Twelve won deals of 3,000 in a year, four of each rep, with further columns of one value each."""
    head = ["Deal ID", "Owner", "Stage", amount, "Created Date", "Close Date", *extra]
    return [
        head,
        *(
            [f"D{n}", REPS[n % 3], "Closed Won", "3000", "2025-01-05", f"2025-{n + 1:02}-28", *extra.values()]
            for n in range(12)
        ),
        ["D99", REPS[0], "Closed Lost", "3000", "2025-01-05", "2025-06-28", *extra.values()],
    ]


def quotas(amount: str) -> list[list[str]]:
    return [["Name", "Manager", "Monthly Quota"], *([rep, "Meg Moss", amount] for rep in REPS)]


def test_what_is_paid_once_and_what_recurs_is_one_amount(tmp_path):
    file = write_rows(tmp_path, "deals.csv", deals({"Valor recorrente": "500"}, amount="Valor único"))
    imported = import_files(file)
    assert set(imported.company.opportunities["amount"]) == {3500.0}
    assert any("'Valor único' plus 'Valor recorrente'" in line for line in imported.report.assumptions)


def test_what_recurs_is_not_added_to_an_amount_that_may_hold_it_and_that_is_said(tmp_path):
    imported = import_files(write_rows(tmp_path, "deals.csv", deals({"Recurring Amount": "500"})))
    assert set(imported.company.opportunities["amount"]) == {3000.0}
    assert any("'Recurring Amount' beside it was not added" in line for line in imported.report.warnings)


def test_two_amounts_are_one_alike_in_pieces(tmp_path):
    files = [write_rows(tmp_path, "deals.csv", deals({"Valor recorrente": "500"}, amount="Valor único"))]
    assert both_ways(files, tmp_path) == ""


def test_formulas_that_no_program_has_worked_out_are_counted_with_the_remedy(tmp_path):
    rows = [[*row[:3], float(row[3]), *row[4:]] if n else row for n, row in enumerate(deals({}))]
    sheets = {"Deals": rows, "Who": [["Name", "Manager"], *([rep, "Meg Moss"] for rep in REPS)]}
    packed = replaced_in_sheet(workbook(sheets), b"<v>3000.0</v></c>", b"<f>B1*3</f><v></v></c>")
    imported = import_files(write(tmp_path, "deals.xlsx", packed))
    assert imported.company.opportunities["amount"].isna().all()
    (warning,) = [line for line in imported.report.warnings if "formulas" in line]
    assert warning.startswith("deals.xlsx: 13 cells hold formulas that no program has worked out")
    assert "save it" in warning


def replaced_in_sheet(packed: bytes, old: bytes, new: bytes) -> bytes:
    """The XLSX file with `new` in place of every `old` in its sheet."""
    into = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(packed)) as before, zipfile.ZipFile(into, "w") as after:
        for name in before.namelist():
            data = before.read(name)
            after.writestr(name, data.replace(old, new) if "worksheets" in name else data)
    return into.getvalue()


@pytest.mark.parametrize("amount", ["4", "900000"])
def test_quotas_that_can_be_no_money_are_left_out_and_asked_about(amount, tmp_path):
    write_rows(tmp_path, "deals.csv", deals({}))
    write_rows(tmp_path, "reps.csv", quotas(amount))
    imported = import_files(tmp_path)
    assert imported.company.quotas.empty
    assert any(line.startswith("The quotas are hardly money") for line in imported.report.warnings)


def test_quotas_that_some_reach_and_some_miss_by_far_are_money(tmp_path):
    write_rows(tmp_path, "deals.csv", deals({}))
    write_rows(tmp_path, "reps.csv", [*quotas("1500")[:3], [REPS[2], "Meg Moss", "90"]])
    assert import_files(tmp_path).company.quotas["rep_id"].nunique() == 3


def test_the_remedy_for_quotas_in_deals_leads_on(tmp_path):
    write_rows(tmp_path, "deals.csv", deals({}))
    months = [f"2025-{month:02}" for month in range(1, 13)]
    rows = [[rep, month, "4", "deals"] for rep in REPS for month in months]
    write_rows(tmp_path, "quotas.csv", [["Rep", "Month", "Units", "Unit"], *rows])
    imported = import_files(tmp_path)
    assert set(imported.company.quotas["unit"]) == {"deals"} and len(imported.company.quotas) == 36


def test_quotas_are_left_out_alike_in_pieces(tmp_path):
    files = [write_rows(tmp_path, "deals.csv", deals({})), write_rows(tmp_path, "reps.csv", quotas("4"))]
    assert both_ways(files, tmp_path) == ""


@pytest.mark.parametrize(("words", "known"), [(("Won", "Lost", "Open"), False), (("Won", "Commit", "Omitted"), True)])
def test_words_for_what_became_of_a_deal_are_no_forecast_categories(words, known, tmp_path):
    rows = deals({"Forecast Type": ""})
    for n, row in enumerate(rows[1:]):
        row[-1] = words[n % 3]
    file = write_rows(tmp_path, "deals.csv", rows)
    imported = import_files(file)
    assert imported.company.has("opportunities.forecast_category") == known
    assert any("no forecast category is known" in line for line in imported.report.assumptions) != known
    assert both_ways([file], tmp_path / "both") == ""


@pytest.mark.parametrize(
    "headings",
    [("2025-01", "2025-02", "2025-03"), ("Jan-25", "Feb-25", "Mar-25"), ("janv. 2025", "févr. 2025", "mars 2025")],
)
def test_a_table_called_by_quotas_has_one_below_each_month(headings, tmp_path):
    write_rows(tmp_path, "deals.csv", deals({}))
    write_rows(tmp_path, "Targets 2025.csv", [["Rep", *headings], *([rep, "100", "200", "300"] for rep in REPS)])
    quotas_read = import_files(tmp_path).company.quotas
    assert quotas_read.groupby("starts_on")["amount"].unique().map(list).tolist() == [[100], [200], [300]]
    assert quotas_read["starts_on"].dt.strftime("%Y-%m").unique().tolist() == ["2025-01", "2025-02", "2025-03"]


def test_the_same_table_by_another_name_is_no_quotas_as_it_may_hold_results(tmp_path):
    write_rows(tmp_path, "deals.csv", deals({}))
    write_rows(tmp_path, "months.csv", [["Rep", "2025-01", "2025-02"], *([rep, "1", "2"] for rep in REPS)])
    assert import_files(tmp_path).company.quotas.empty


def test_quotas_of_meetings_stand_apart_from_those_of_money_in_one_table(tmp_path):
    write_rows(tmp_path, "deals.csv", deals({}))
    rows = [[rep, unit, amount] for rep in REPS for unit, amount in (("RDV", "20"), ("CA", "30 000 €"))]
    head = ["Commercial", "Indicateur", "janv. 2025", "mars 2025"]
    write_rows(tmp_path, "objectifs.csv", [head, *([*row, row[-1]] for row in rows)])
    by_unit = import_files(tmp_path).company.quotas.groupby("unit")["amount"].unique().map(list).to_dict()
    assert by_unit == {"money": [30000], "rdv": [20]}


def test_a_wide_table_of_quotas_is_read_alike_in_pieces(tmp_path):
    write_rows(tmp_path / "x", "deals.csv", deals({}))
    write_rows(tmp_path / "x", "quota.csv", [["Rep", "Q1 2025", "Q2 2025"], *([rep, "9,000", "8,000"] for rep in REPS)])
    assert both_ways([tmp_path / "x"], tmp_path) == ""

"""The canonical tables: their shape and order, what is refused, and that they come back from disk as they went."""

from datetime import date

import pandas as pd
import pytest

from playbook.company import (
    TABLES,
    Company,
    Settings,
    empty,
    is_company,
    load,
    save,
    settings_as_dict,
    settings_from,
    shaped,
    validate,
)
from playbook.errors import UnusableInput
from tests.coaching.small_team import company as full_company
from tests.small_company import company, deal, person

SETTINGS_LINES = ('company_id = "acme"', 'name = "Acme"')


@pytest.fixture
def folder(tmp_path):
    """A company's folder of CSV files; write(table, text) adds one."""

    def write(table: str, text: str, encoding: str = "utf-8") -> None:
        (tmp_path / f"{table}.csv").write_text(text, encoding=encoding)

    (tmp_path / "company.toml").write_text("\n".join(SETTINGS_LINES))
    write("opportunities", "opportunity_id,rep_id,outcome\nD1,ana,open\n")
    tmp_path_write = write
    return tmp_path, tmp_path_write


@pytest.mark.parametrize("table", TABLES)
def test_an_empty_table_has_its_columns_and_types(table):
    frame = empty(table)
    assert list(frame.columns) == list(TABLES[table]) and frame.empty
    assert shaped(table, frame).dtypes.equals(frame.dtypes)


def test_columns_that_are_not_given_are_missing_not_absent():
    frame = shaped("people", pd.DataFrame({"person_id": ["ana"]}))
    assert list(frame.columns) == list(TABLES["people"]) and frame["name"].isna().all()


def test_rows_stand_in_the_order_of_ids_whatever_the_order_given():
    frame = shaped("opportunities", pd.DataFrame({"opportunity_id": ["D2", "D1"], "amount": [1, 2]}))
    assert list(frame["opportunity_id"]) == ["D1", "D2"] and list(frame["amount"]) == [2.0, 1.0]


def test_a_moment_becomes_its_day():
    frame = shaped("activities", pd.DataFrame({"on": [pd.Timestamp("2026-03-31 17:45")]}))
    assert frame["on"].iloc[0] == pd.Timestamp("2026-03-31")


def test_an_unknown_column_is_refused_with_the_known_ones():
    with pytest.raises(UnusableInput, match="'revenue' is not one of the table 'quotas'.*\n.*starts_on"):
        shaped("quotas", pd.DataFrame({"revenue": [1]}))


@pytest.mark.parametrize(
    ("table", "column", "value", "kind"),
    [
        ("opportunities", "closed_on", "03/04/2026", "day like 2026-03-31"),
        ("opportunities", "closed_on", "soon", "day like 2026-03-31"),
        ("opportunities", "amount", "12 apples", "number"),
        ("opportunities", "amount", float("inf"), "number"),
        ("stages", "position", 1.5, "whole number"),
        ("people", "active", "perhaps", "true or false"),
    ],
)
def test_a_value_of_another_kind_is_refused_where_it_stands(table, column, value, kind):
    with pytest.raises(UnusableInput) as refused:
        shaped(table, pd.DataFrame({column: [value]}))
    assert refused.value.where == f"{table}.{column}" and f"no {kind}" in refused.value.what
    assert "\n" not in refused.value.what


@pytest.mark.parametrize(
    ("text", "meant"), [("false", False), ("FALSE", False), ("no", False), ("0", False), ("yes", True)]
)
def test_whether_a_person_is_here_is_read_as_people_write_it(text, meant):
    assert shaped("people", pd.DataFrame({"person_id": ["ana"], "active": [text]}))["active"].iloc[0] == meant


def test_a_company_comes_back_from_disk_as_it_went(tmp_path):
    before = full_company()
    save(before, tmp_path)
    after = load(tmp_path)
    assert after.settings == before.settings
    for table in TABLES:
        pd.testing.assert_frame_equal(after.table(table), before.table(table))


def test_saving_twice_writes_the_same_bytes(tmp_path):
    for name in ("a", "b"):
        save(full_company(), tmp_path / name)
    for file in (tmp_path / "a").iterdir():
        assert file.read_bytes() == (tmp_path / "b" / file.name).read_bytes()


def test_tables_may_be_csv_files_in_a_spreadsheets_utf_8(folder):
    place, write = folder
    write("people", "person_id,name,active\nana,Ana,true\n007,NA,false\n", encoding="utf-8-sig")
    people = load(place).people
    assert list(people["person_id"]) == ["007", "ana"] and list(people["name"]) == ["NA", "Ana"]
    assert list(people["active"]) == [False, True]


def test_a_folder_without_its_deals_is_no_company(tmp_path):
    (tmp_path / "company.toml").write_text("")
    assert not is_company(tmp_path)
    with pytest.raises(UnusableInput, match="kit.py import"):
        load(tmp_path)


@pytest.mark.parametrize("name", ["quotas.parquet", "quotas.csv"])
@pytest.mark.parametrize("content", [b"", b"PAR1 not really", b"\xff\xfe\x00a"])
def test_a_broken_table_is_named(folder, name, content):
    place, _ = folder
    (place / name).write_bytes(content)
    with pytest.raises(UnusableInput, match=name.replace(".", r"\.")):
        load(place)


def test_a_wrong_value_in_a_file_is_told_with_the_file_and_the_heading(folder):
    place, write = folder
    write("quotas", "rep_id,amount\nana,lots\n")
    with pytest.raises(UnusableInput, match=r"quotas\.csv, quotas\.amount: a value is no number"):
        load(place)


@pytest.mark.parametrize(
    ("tables", "expected"),
    [
        ({"opportunities": [deal("D1", None)]}, "opportunities.rep_id"),
        ({"opportunities": [deal("D1", "ana"), deal("D1", "ben")]}, "'D1' is there more than once"),
        ({"opportunities": [deal("D1", "ana", "wonn")]}, "'wonn' is not one of open, won, lost"),
        ({"people": [person("ana"), person("ana")]}, "'ana' is there more than once"),
        ({"people": [person("ana", role="boss")]}, "'boss' is not one of rep"),
        ({"stage_history": [{"opportunity_id": "D1", "forecast_category": "sure"}]}, "'sure' is not one of"),
    ],
)
def test_what_other_rooms_rely_on_is_held(tables, expected):
    with pytest.raises(UnusableInput, match=expected):
        validate(company(**tables))


def test_a_company_knows_what_it_holds_and_what_it_lacks():
    one = company(opportunities=[deal("D1", "ana", source=None, amount=5.0)])
    assert one.has("opportunities.amount") and not one.has("opportunities.amount", "quotas")
    assert one.missing(["quotas", "opportunities.source", "opportunities.amount"]) == ["quotas", "opportunities.source"]


def test_tables_are_replaced_in_a_copy():
    one = company(opportunities=[deal("D1", "ana")])
    other = one.with_tables(opportunities=pd.DataFrame([deal("D2", "ana")]))
    assert list(one.opportunities["opportunity_id"]) == ["D1"] and list(other.opportunities["opportunity_id"]) == ["D2"]


def test_settings_come_back_as_they_went_and_unknown_ones_are_left_alone():
    settings = Settings(company_id="acme", currency="EUR", fiscal_year_starts=2, simulated=True)
    assert settings_from(settings_as_dict(settings) | {"mapping": {"x": 1}}) == settings


@pytest.mark.parametrize(
    ("wrong", "expected"),
    [
        ({"fiscal_year_starts": 13}, "no month"),
        ({"fiscal_year_starts": "April"}, "whole number"),
        ({"fiscal_year_starts": True}, "whole number"),
        ({"name": 5}, "text in quotes"),
        ({"simulated": "no"}, "true or false"),
    ],
)
def test_a_setting_that_cannot_be_is_told_with_its_remedy(wrong, expected):
    with pytest.raises(UnusableInput, match=expected):
        settings_from(wrong)


def test_settings_that_are_no_toml_are_told_with_their_file(folder):
    place, _ = folder
    (place / "company.toml").write_text("name = Acme")
    with pytest.raises(UnusableInput, match=r"company\.toml: cannot be read"):
        load(place)


def test_every_table_of_the_schema_is_a_table_of_a_company():
    beside_the_data = {"settings", "circumstances", "derived"}
    assert set(Company.__dataclass_fields__) - beside_the_data == set(TABLES)


def test_dates_of_python_are_days_too():
    frame = shaped("people", pd.DataFrame({"person_id": ["ana"], "hired_on": [date(2026, 3, 1)]}))
    assert frame["hired_on"].iloc[0] == pd.Timestamp("2026-03-01")


def test_no_mark_in_a_name_turns_or_hides_it():
    people = shaped("people", pd.DataFrame({"person_id": ["r1", "r2"], "name": ["Ana \u202elive", None]}))
    assert people["name"].iloc[0] == "Ana live"
    assert people["name"].isna().iloc[1]

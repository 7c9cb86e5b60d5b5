"""A user's mapping file: it has the language of ours, and wins."""

import tomllib

import pandas as pd
import pytest

from playbook.crm.headings.entries_of_text import values_of_entries
from playbook.crm.headings.mapping import language_name, parsed
from playbook.errors import UnusableInput
from tests.crm.export_files import PLAIN, import_files, write, write_rows
from tests.crm.larger_than_memory import both_ways

ODD = [
    ["Nr", "Wer", "Bei wem", "Wo steht es", "Wieviel", "Wann zu"],
    ["1", "Ana", "Acme", "Hurra", "1.234", "01/02/2026"],
    ["2", "Ana", "Beta", "Schade", "99", "03/04/2026"],
    ["3", "Bo", "Beta", "Zweitens", "99", "05/07/2026"],
    ["4", "Bo", "Beta", "Erstens", "99", "05/08/2026"],
]
MAPPING = """
crm = "Our own"
dates = "dmy"
decimal = ","
roster = "people.csv"
stage_order = ["Erstens", "Zweitens"]
[company]
name = "Nord GmbH"
currency = "EUR"
fiscal_year_starts = 4
[files]
"odd.csv" = "opportunities"
[opportunities]
opportunity_id = "Nr"
rep_id = ["Wer"]
account = ["Bei wem"]
stage = ["Wo steht es"]
amount = ["Wieviel"]
closed_on = ["Wann zu"]
[outcomes]
won = ["Hurra"]
lost = ["Schade"]
"""


def test_a_table_that_nobody_could_know_is_read_as_the_mapping_says(tmp_path):
    deals = write_rows(tmp_path / "in", "odd.csv", ODD)
    write_rows(tmp_path / "map", "people.csv", [["Name", "Manager"], ["Ana", "Mo"], ["Bo", "Mo"]])
    imported = import_files(deals, mapping=write(tmp_path / "map", "ours.toml", MAPPING))
    company = imported.company
    assert company.opportunities["outcome"].tolist() == ["won", "lost", "open", "open"]
    assert company.opportunities["amount"].tolist() == [1234, 99, 99, 99]
    assert company.opportunities["closed_on"].iloc[0] == pd.Timestamp("2026-02-01")
    assert company.stages.set_index("stage")["position"].to_dict() == {
        "Erstens": 1,
        "Zweitens": 2,
        "Hurra": 3,
        "Schade": 4,
    }
    assert (company.settings.name, company.settings.currency, company.settings.fiscal_year_starts) == (
        "Nord GmbH",
        "EUR",
        4,
    )
    assert (company.people["role"] == "manager").sum() == 1
    assert all(
        c.why == "your mapping file says so"
        for c in imported.report.files[0].columns
        if imported.report.files[0].file == "odd.csv"
    )


def test_the_users_word_wins_over_what_the_heading_says(tmp_path):
    rows = [[*row, extra] for row, extra in zip(PLAIN, ["Net", "1", "2", "3"], strict=True)]
    mapping = write(tmp_path / "m", "ours.toml", '[opportunities]\namount = ["Net"]\n')
    assert import_files(write_rows(tmp_path, "deals.csv", rows), mapping=mapping).company.opportunities[
        "amount"
    ].tolist() == [1, 2, 3]


def test_a_file_can_be_left_out(tmp_path):
    write_rows(tmp_path / "in", "deals.csv", PLAIN)
    write_rows(tmp_path / "in", "old.csv", PLAIN)
    mapping = write(tmp_path, "ours.toml", '[files]\n"old.csv" = "ignore"\n')
    imported = import_files(tmp_path / "in", mapping=mapping)
    assert {f.file: f.kind for f in imported.report.files} == {"deals.csv": "opportunities", "old.csv": ""}


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("colour = 1", "not a word of the mapping language"),
        ('[opportunities]\nowner = ["Owner"]', "not a column of ours"),
        ('[outcomes]\nmaybe = ["Perhaps"]', "is no outcome"),
        ('dates = "ydm"', "is no order"),
        ('[files]\n"a.csv" = "deals"', "is no kind of file"),
        ("[opportunities", "is no TOML"),
        ('[opportunities.klingon]\nstage = ["mIw"]', "is no language"),
        ('[company]\ncolour = "red"', "is no setting"),
        ("[company]\nfiscal_year_starts = 13", "no month"),
    ],
)
def test_a_mistake_in_the_mapping_file_is_named(tmp_path, text, words):
    with pytest.raises(UnusableInput, match=words):
        import_files(write_rows(tmp_path, "deals.csv", PLAIN), mapping=write(tmp_path / "m", "ours.toml", text))


def test_a_language_that_no_mapping_had_yet_is_a_section_and_no_code():
    known = parsed({"opportunities": {"tr": {"stage": ["Aşama"]}}}, "closewell.toml").kinds["opportunities"].known
    ((heading,),) = known.values()
    assert (heading.field, heading.language, language_name(heading.language)) == ("stage", "tr", "Turkish")


TYPOS = """
[files]
"deal.csv" = "opportunities"
[opportunities]
amount = ["Order volumne"]
[outcomes]
lost = ["Closed Lossed"]
"""


def with_typos(tmp_path) -> tuple[str, ...]:
    """The warnings on plain deals read with a mapping file whose every entry is misspelt."""
    mapping = write(tmp_path, "ours.toml", TYPOS)
    rows = [[h if h != "Amount" else "Order volume" for h in PLAIN[0]], *PLAIN[1:]]
    return tuple(import_files(write_rows(tmp_path, "deals.csv", rows), mapping=mapping).report.warnings)


@pytest.mark.parametrize(
    ("entry", "meant"),
    [("deal.csv", "deals.csv"), ("Order volumne", "Order volume"), ("Closed Lossed", "Closed Lost")],
    ids=["a file", "a heading", "a stage"],
)
def test_an_entry_that_fits_nothing_is_named_with_what_it_may_mean(entry, meant, tmp_path):
    (line,) = [line for line in with_typos(tmp_path) if repr(entry) in line]
    assert line.endswith(f"Did you mean {meant!r}?")


def test_a_mapping_file_whose_every_entry_fits_is_not_remarked_on(tmp_path):
    mapping = write(tmp_path, "ours.toml", '[opportunities]\namount = ["Amount"]\n[outcomes]\nwon = ["closed won"]\n')
    report = import_files(write_rows(tmp_path, "deals.csv", PLAIN), mapping=mapping).report
    assert not [line for line in report.warnings if "mapping file, [" in line]


def test_entries_that_fit_nothing_are_told_alike_in_pieces(tmp_path):
    mapping = write(tmp_path, "ours.toml", TYPOS)
    assert both_ways([write_rows(tmp_path, "deals.csv", PLAIN)], tmp_path, mapping=mapping) == ""


def test_entries_that_were_copied_from_remedies_are_read_as_they_are_meant():
    copied = """decimal = ","
[outcomes] won = ["Si, gned"], lost = ["Gone"]
[files] "a b.csv" = "ignore"  # of last year
[outcomes]
open = [
  "x",
  "y"]
roster = "people.csv"
[rates] USD = 0.9, GBP = 1.2"""
    assert values_of_entries(copied) == {
        "decimal": ",",
        "outcomes": {"won": ["Si, gned"], "lost": ["Gone"], "open": ["x", "y"]},
        "files": {"a b.csv": "ignore"},
        "roster": "people.csv",
        "rates": {"USD": 0.9, "GBP": 1.2},
    }


def test_a_mapping_file_that_is_toml_is_read_as_toml():
    text = '[opportunities]\nrep_id = [\n  "[won] a = 1",\n]\n[stage_order]\nNew = ["a, b = c"]\n'
    assert values_of_entries(text) == tomllib.loads(text)


@pytest.mark.parametrize("broken", ["a = = 2", "[outcomes", '[outcomes] won = ["x"', "dates = dmy"])
def test_what_no_order_makes_toml_is_refused_with_its_own_line(broken):
    with pytest.raises(tomllib.TOMLDecodeError, match="line 1|end of document"):
        values_of_entries(broken)

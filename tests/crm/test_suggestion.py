"""What is proposed for files and columns, and the mapping file that a person's corrections make."""
# ruff: noqa: E501  (a table reads best as a table)

import tomllib

import pytest

from playbook.crm.headings.mapping_file import Chosen, mapping_text
from playbook.crm.headings.suggestion import suggestion
from playbook.errors import UnusableInput
from tests.crm.export_files import PLAIN, import_files, write, write_rows

AMBIGUOUS = [
    ["No", "Who", "Where it stands", "Stage", "Worth", "Close Date", "Owner Team"],
    ["1", "Ana", "x", "Hooray", "10", "01/02/2026", "A"],
    ["2", "Bo", "y", "Alas", "20", "03/04/2026", "B"],
]


def test_what_is_known_is_proposed_with_reasons_and_examples(tmp_path):
    proposed = suggestion([write_rows(tmp_path, "deals.csv", PLAIN)])
    (file,) = proposed.files
    assert (file.name, file.kind, file.rows, proposed.lacking) == ("deals.csv", "opportunities", 3, ())
    columns = {c.heading: c for c in file.columns}
    assert columns["Owner"].field == "rep_name"
    assert columns["Owner"].examples == ("Ana García", "Bo Lee")
    assert columns["Amount"].why
    assert proposed.outcomes == {"Closed Lost": "lost", "Closed Won": "won", "Proposal": "open"}


def test_what_is_open_is_asked(tmp_path):
    proposed = suggestion([write_rows(tmp_path, "odd.csv", AMBIGUOUS)])
    assert "could have the day or the month first" in proposed.asks_for_dates
    assert proposed.lacking == ("an owner",)


def test_a_corrected_proposal_is_a_mapping_file_that_works(tmp_path):
    deals = write_rows(tmp_path / "in", "odd.csv", AMBIGUOUS)
    proposed = suggestion([deals])
    fields = {("odd.csv", "No"): "opportunity_id", ("odd.csv", "Who"): "rep_name", ("odd.csv", "Worth"): "amount"}
    chosen = Chosen(
        fields=fields, outcomes={"Hooray": "won", "Alas": "lost"}, dates="dmy", company="Nord", currency="eur"
    )
    company = import_files(deals, mapping=write(tmp_path, "m.toml", mapping_text(proposed, chosen))).company
    deals_read = company.opportunities
    assert deals_read["outcome"].tolist() == ["won", "lost"]
    assert deals_read["closed_on"].dt.month.tolist() == [2, 4]
    assert deals_read["amount"].tolist() == [10, 20]
    assert (company.settings.name, company.settings.currency) == ("Nord", "EUR")


def test_an_uncorrected_proposal_changes_nothing(tmp_path):
    write_rows(tmp_path / "in", "deals.csv", PLAIN)
    write_rows(tmp_path / "in", "team.csv", [["Name", "Manager", "Shoe size"], ["Ana García", "Mo", "44"], ["Bo Lee", "Mo", "40"]])  # fmt: skip
    mapping = write(tmp_path, "m.toml", mapping_text(suggestion([tmp_path / "in"]), Chosen()))
    without, with_it = import_files(tmp_path / "in"), import_files(tmp_path / "in", mapping=mapping)
    assert with_it.company.opportunities.equals(without.company.opportunities)
    assert with_it.company.people.equals(without.company.people)
    assert [f.crm for f in with_it.report.files] == [f.crm for f in without.report.files]


def test_a_column_that_is_left_aside_stays_aside(tmp_path):
    deals = write_rows(tmp_path / "in", "deals.csv", PLAIN)
    chosen = Chosen(fields={("deals.csv", "Amount"): "", ("deals.csv", "Account"): ""})
    mapping = write(tmp_path, "m.toml", mapping_text(suggestion([deals]), chosen))
    imported = import_files(deals, mapping=mapping)
    assert set(imported.report.files[0].left_aside) == {"Account", "Amount"}
    assert imported.company.opportunities["amount"].isna().all()


def test_a_file_can_be_left_out_or_taken_for_something_else(tmp_path):
    write_rows(tmp_path / "in", "deals.csv", PLAIN)
    write_rows(tmp_path / "in", "old.csv", PLAIN)
    write_rows(tmp_path / "in", "who.csv", [["Wer", "Chef"], ["Ana García", "Mo"], ["Bo Lee", "Mo"]])
    proposed = suggestion([tmp_path / "in"])
    chosen = Chosen(
        kinds={"old.csv": "", "who.csv": "people"},
        fields={("who.csv", "Wer"): "name", ("who.csv", "Chef"): "manager_name"},
    )
    text = mapping_text(proposed, chosen)
    assert tomllib.loads(text)["files"] == {"deals.csv": "opportunities", "old.csv": "ignore", "who.csv": "people"}
    imported = import_files(tmp_path / "in", mapping=write(tmp_path, "m.toml", text))
    assert imported.company.people.set_index("name").loc["Mo", "role"] == "manager"
    assert len(imported.company.opportunities) == 3


def test_what_one_file_uses_another_file_of_its_kind_does_not_forbid(tmp_path):
    write_rows(tmp_path / "in", "a.csv", [["Deal ID", "Rep", "Stage", "Note"], ["1", "Ana", "Won", "x"], ["2", "Bo", "Lost", "y"]])  # fmt: skip
    write_rows(tmp_path / "in", "b.csv", [["Deal ID", "Rep", "Stage", "Note"], ["3", "Ana", "Won", "North"]])
    chosen = Chosen(fields={("b.csv", "Note"): "region"})
    mapping = write(tmp_path, "m.toml", mapping_text(suggestion([tmp_path / "in"]), chosen))
    assert import_files(tmp_path / "in", mapping=mapping).company.opportunities["region"].tolist() == [
        "x",
        "y",
        "North",
    ]


def test_a_mapping_for_deals_does_not_turn_other_files_into_deals(tmp_path):
    deals = write_rows(tmp_path / "in", "deals.csv", PLAIN)
    mapping = write(tmp_path, "m.toml", mapping_text(suggestion([deals]), Chosen()))
    write_rows(tmp_path / "in", "quotas.csv", [["Owner", "Amount", "Period"], ["Bo Lee", "500", "2026-Q1"]])
    imported = import_files(tmp_path / "in", mapping=mapping)
    assert {f.file: f.kind for f in imported.report.files} == {"deals.csv": "opportunities", "quotas.csv": "quotas"}


def test_a_path_that_is_not_there_is_named(tmp_path):
    with pytest.raises(UnusableInput, match="nowhere"):
        suggestion([tmp_path / "nowhere"])

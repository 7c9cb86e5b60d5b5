"""What a build reads of journals: since when who is coached, and whether a chapter is still true."""

from datetime import date

import pandas as pd
import pytest

from playbook.company import load
from playbook.journal.database_journal import DatabaseJournal, Key
from playbook.journal.file_journal import FileJournal
from playbook.workbooks.company_source import CompanySource
from playbook.workbooks.journals_read import not_read, noted_starts, state_of
from playbook.workbooks.rosters import workbook_folder
from tests.journal.writing import answer

PLAN = "plan/R001/slippage/focus"


@pytest.fixture
def environment(url):
    """An environment that names a database, and somebody who is no manager."""
    return {"PLAYBOOK_JOURNAL": url, "PLAYBOOK_AUTHOR": "ops"}


@pytest.fixture
def company_id(request):
    """A company that no other test writes about."""
    return request.node.name


def write(environment, company_id, author, *events):
    DatabaseJournal(environment["PLAYBOOK_JOURNAL"], Key(company_id, "M001", author)).append(events)


def test_an_answer_in_a_database_makes_the_chapters_untrue_and_another_person_s_does_not(
    environment, company_id, tmp_path
):
    before = state_of(company_id, "M001", tmp_path, environment)
    assert state_of(company_id, "M001", tmp_path, environment) == before
    write(environment, company_id, "somebody else", answer("01/a", 1))
    assert state_of(company_id, "M001", tmp_path, environment) == before
    write(environment, company_id, "ops", answer("01/a", 1))
    assert state_of(company_id, "M001", tmp_path, environment) != before


def test_an_answer_changed_in_place_of_another_makes_the_chapters_untrue(environment, company_id, tmp_path):
    write(environment, company_id, "ops", answer("01/a", 1, "e1"))
    before = state_of(company_id, "M001", tmp_path, environment)
    journal = DatabaseJournal(environment["PLAYBOOK_JOURNAL"], Key(company_id, "M001", "ops"))
    journal.rewrite(lambda events: [answer("01/a", 2, "e1")])
    assert state_of(company_id, "M001", tmp_path, environment) != before


def test_a_calendar_beside_the_chapters_counts_and_the_kit_s_own_reminders_do_not(tmp_path):
    before = state_of("acme", "M001", tmp_path, {})
    (tmp_path / "commitments.ics").write_text("ours")
    assert state_of("acme", "M001", tmp_path, {}) == before
    (tmp_path / "mine.ics").write_text("BEGIN:VCALENDAR")
    state = state_of("acme", "M001", tmp_path, {})
    (tmp_path / "mine.ics").write_text("BEGIN:VCALENDAR\n")
    assert before != state != state_of("acme", "M001", tmp_path, {})


@pytest.mark.database
def test_a_database_that_does_not_answer_is_told_from_an_empty_one_and_stops_nothing(
    server, company_id, tmp_path, small_company
):
    there = {"PLAYBOOK_JOURNAL": server.url, "PLAYBOOK_AUTHOR": "ops"}
    empty = state_of(company_id, "M001", tmp_path, there)
    company, unread = load(small_company), []
    server.stop()
    try:
        assert state_of(company_id, "M001", tmp_path, there) != empty
        assert noted_starts(company, (), tmp_path, None, there, unread).empty
    finally:
        server.start()
    (lines,) = not_read(unread, company)
    assert len(unread) == 2 and "Nothing in them is lost. Build again with --resume" in lines


def test_the_manager_s_own_words_in_a_database_are_read_whoever_builds(environment, small_company, tmp_path):
    company = load(small_company)
    settings = company.settings
    place = DatabaseJournal(environment["PLAYBOOK_JOURNAL"], Key(settings.company_id, "M001", "mo"))
    place.rewrite(lambda events: [answer(PLAN, "Ask for the date.", at="2026-01-05T10:00:00.000Z")])
    starts = noted_starts(company, ("M001",), tmp_path, None, environment, [])
    assert starts.values.tolist() == [["M001", "R001", "slippage", pd.Timestamp(date(2026, 1, 5)), "plan"]]
    second = DatabaseJournal(environment["PLAYBOOK_JOURNAL"], Key(settings.company_id, "M001", "another"))
    second.rewrite(lambda events: [answer("01/a", 1)])
    assert noted_starts(company, ("M001",), tmp_path, None, environment, []).empty  # whose it is cannot be told
    second.rewrite(lambda events: [])


def test_a_journal_that_is_to_be_carried_over_is_read_where_it_lies(small_company, tmp_path):
    company = load(small_company)
    person = company.people.set_index("person_id").loc["M001"]
    old = workbook_folder(tmp_path / "old", company.settings.company_id, "M001", person["name"])
    old.mkdir(parents=True)
    FileJournal(old / "journal.jsonl").append([answer(PLAN, "Ask.", at="2026-01-05T10:00:00.000Z")])
    assert len(noted_starts(company, ("M001",), tmp_path / "new", tmp_path / "old", {}, [])) == 1
    new = workbook_folder(tmp_path / "new", company.settings.company_id, "M001", person["name"])
    new.mkdir(parents=True)
    FileJournal(new / "journal.jsonl").append([answer("01/a", 1)])
    assert noted_starts(company, ("M001",), tmp_path / "new", tmp_path / "old", {}, []).empty


def test_what_is_said_of_a_rep_who_reports_to_somebody_else_counts_for_nothing(small_company):
    from playbook.workbooks.company_wide import company_wide

    company = load(small_company)
    other = company.people.loc[company.people["manager_id"] == "M002", "person_id"].iloc[0]
    noted = pd.DataFrame(
        [("M001", other, "deal_size", pd.Timestamp("2026-06-01"), "plan")],
        columns=["manager_id", "rep_id", "driver", "began_on", "by"],
    )
    source = CompanySource(company, "", {})
    without, with_it = (company_wide(source, None, date(2026, 9, 30), n) for n in (None, lambda c: noted))
    pd.testing.assert_frame_equal(*(w.findings["coaching_effect"] for w in (without, with_it)))

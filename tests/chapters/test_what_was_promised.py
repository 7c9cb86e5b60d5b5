"""Next quarter: a rebuilt workbook opens with what was promised, what is due and what was kept."""

import pytest

from playbook.chapters import opening
from playbook.chapters.cover_from_your_leader import cover
from playbook.chapters.holding_people_to_it import follow_up
from playbook.chapters.pages import agenda
from playbook.chapters.your_week import week
from playbook.journal.commitments import LEADER, MANAGER, field_subject
from playbook.journal.file_journal import FileJournal
from tests.forms.at_work import workbook
from tests.journal.writing import answer

PROMISED = {
    ("c1", "whose"): "r1",
    ("c1", "what"): "When the customer is silent, I will wait.",
    ("c1", "due"): "2026-03-20",
    ("c2", "whose"): MANAGER,
    ("c2", "what"): "I sit in on two calls.",
    ("c2", "due"): "2026-06-01",
    ("c3", "whose"): LEADER,
    ("c3", "what"): "Friday stays free.",
    ("c3", "state"): "kept",
    ("c4", "whose"): "gone",
    ("c4", "state"): "not-kept",
}


@pytest.fixture(scope="module")
def mine(tmp_path_factory):
    book = tmp_path_factory.mktemp("book")
    made = workbook(book)
    events = [answer(field_subject(*where), value) for where, value in PROMISED.items()]
    FileJournal(book / "journal.jsonl").append(
        [
            *events,
            answer("hours/1-1s-and-coaching/from-now-on", 5),
            answer("agreement/hours", "Mondays, from May."),
            answer("first-steps/two-skills", "Listening without a plan; asking twice."),
            answer("week-settled/stop", "The pricing round, to finance, from May."),
            answer("week-settled/free", "Tuesdays with Ana"),
            answer(field_subject("c5", "whose"), LEADER),
            answer(field_subject("c5", "what"), "No deal questions on Fridays."),
            answer(field_subject("c5", "due"), "2026-06-30"),
        ]
    )
    return made


def test_the_leader_s_page_names_the_skills_that_the_ticked_boxes_propose(tmp_path):
    book = workbook(tmp_path)
    boxes = dict.fromkeys(range(1, 15), "habit") | {4: "never", 12: "once"}
    ticked = [answer(f"self-assessment/{n}/how-often", box) for n, box in boxes.items()]
    FileJournal(tmp_path / "journal.jsonl").append(ticked)
    assert "two skills first: assess each rep's skills; use enablement and operations." in cover.page(book).text


def test_each_chapter_opens_with_what_is_due(mine):
    text = opening.opening(mine).text
    assert "You wrote down 5 commitments: one kept, three still open, one due by 31 Mar 2026." in text


def test_where_nothing_was_promised_no_chapter_speaks_of_it(tmp_path):
    assert "commitment" not in opening.opening(workbook(tmp_path / "empty")).text


def test_open_ones_are_told_apart_from_those_that_were_looked_at(mine):
    text = follow_up.promised(mine).text
    assert "3 commitments are open, one of them due by 31 Mar 2026. 2 others have been looked at: one kept." in text
    assert text.index("I sit in on two calls.") < text.index("Looked at") < text.index("Friday stays free.")


def test_an_owner_who_left_is_not_called_by_an_id(mine):
    for page_part in (follow_up.promised(mine), follow_up.sheet(mine)):
        assert "gone" not in page_part.text.split() and "Somebody who left the team" in page_part.text


def test_the_sheet_shows_them_again_with_open_ones_first(mine):
    text = follow_up.sheet(mine).text
    assert text.index("I will wait.") < text.index("I sit in") < text.index("Friday stays free.") and "Kept" in text


def test_the_next_1_1_begins_with_the_open_commitment(mine):
    text = follow_up.agendas(mine).text
    assert "1 open commitment: When the customer is silent, I will wait." in text
    assert agenda.agenda(mine, "r1").text.index("I sit in") < agenda.agenda(mine, "r1").text.index("I will wait")


def test_reminders_are_written_beside_the_page_and_nobody_is_messaged(mine):
    assert "3 reminders are in the file commitments.ics" in agenda.write_reminders(mine).text
    assert (mine.folder.parent / "commitments.ics").is_file()


def test_the_hours_that_were_written_are_split_and_asked_for(mine):
    assert "A first split of 5 hours a week." in week.proposed_split(mine).text
    assert "Coaching them takes 5 hours a week" in cover.page(mine).text
    assert "Coaching them takes 8 hours a week" in cover.page(mine, coaching_hours=8).text


def test_what_the_leader_agreed_to_stands_on_the_page(mine):
    assert "Mondays, from May." in cover.page(mine).html


def test_the_page_for_the_leader_is_drafted_from_what_was_written_in_earlier_chapters(mine):
    text = cover.page(mine).text
    assert "I build two skills first: Listening without a plan; asking twice." in text
    assert "I stop or hand over: The pricing round, to finance, from May." in text
    assert "You said: No deal questions on Fridays. (by 30 Jun 2026)" in text
    assert "Of 1 commitment of my own: none kept, one still open." in text


def test_an_answer_that_names_a_rep_stays_off_the_page_for_the_leader(mine):
    text = cover.page(mine).text
    assert "Tuesdays with Ana" not in text and "1 answer of yours is not on it, as it names somebody" in text


def test_a_calendar_beside_the_page_fills_in_the_week(mine):
    lines = "BEGIN:VEVENT\nDTSTART:20260302T090000\nDTEND:20260302T100000\nSUMMARY:1:1 Ana\nRRULE:FREQ=WEEKLY\n"
    odd = lines.replace("1:1 Ana", "Odd").replace("WEEKLY", "MINUTELY")
    assert "Export it as an .ics file" in week.from_calendar(mine).text
    (mine.folder.parent / "mine.ics").write_text(f"{lines}END:VEVENT\n{odd}END:VEVENT")
    try:
        text = week.from_calendar(mine).text
    finally:
        (mine.folder.parent / "mine.ics").unlink()
    assert "mine.ics: 4 meetings in the 28 days up to 31 Mar 2026" in text and "1.0" in text
    assert "so each counts on its first day alone: Odd." in text

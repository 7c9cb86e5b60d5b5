"""Whatever a journal holds, no chapter stops, nothing is lost from the file, and no answer goes astray."""

import json
import shutil
from datetime import date

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from playbook.chapter_numbers import notebook_of, number_of, numbers
from playbook.chapters.pages import agenda
from playbook.forms.saved_answers import saved_answers
from playbook.journal import circumstances_written
from playbook.journal.answer_types import Day, Identifier, Number, OneOf
from playbook.journal.commitments import FIELDS, field_subject
from playbook.journal.file_journal import FileJournal
from playbook.journal.sheet_registry import OF_THE_TRAINING, SHEETS, place_of
from playbook.team import open_team
from playbook.workbooks import journal_care
from playbook.workbooks.contents import chapters_in
from tests.chapters.every_cell import CHAPTERS, chapter_texts, recorded_sheets
from tests.forms.at_work import workbook
from tests.journal.writing import answer

CASES = (  # each stopped chapters once
    ("01/teams-view/1/never", 3_000_000_000),
    ("08/commitment/k1/what", "x \ud83d half"),
    ("02/hours/my-own-deals/who", "call \ud83d half"),
)
ODD_TEXTS = ("\ud83d", "\x00\x1b[31m", "x" * 30_000, "</script>", "0026-04-10", "9999-12-31", "=1+1", "NaN")
ODD = (
    st.sampled_from(ODD_TEXTS)
    | st.sampled_from((3_000_000_000, -1, 10**300, 1e308, float("nan"), float("inf"), True, False, [], {}, [None]))
    | st.recursive(
        st.none() | st.booleans() | st.integers() | st.floats() | st.text(st.characters(codec=None)),
        lambda inside: st.lists(inside, max_size=3) | st.dictionaries(st.text(), inside, max_size=3),
        max_leaves=4,
    )
)


@pytest.fixture(scope="module")
def book(tmp_path_factory):
    folder = tmp_path_factory.mktemp("any") / "book"
    workbook(folder)
    return folder


@pytest.fixture(scope="module")
def cases_read(book):
    """The chapters' texts, and the sheets that they ask with, where the journal holds what once stopped them."""
    write(book, CASES)
    with pytest.MonkeyPatch.context() as patched, recorded_sheets(patched) as sheets:
        return chapter_texts(book), sheets


@pytest.fixture(scope="module")
def subjects(cases_read):
    """The subject of every question that the chapters ask, and of every question of one commitment."""
    _, sheets = cases_read
    placed = {place.subject for sheet in sheets for place in sheet.placed()}
    growing = {field_subject("k1", field) for field in FIELDS}
    growing |= {circumstances_written.field_subject("k2", field) for field in circumstances_written.FIELDS}
    return sorted(placed | growing), {sheet.sheet.name for sheet in sheets}


def write(book, answers):
    lines = [json.dumps(vars_of(answer(subject, value, f"e{n}"))) for n, (subject, value) in enumerate(answers)]
    (book / "journal.jsonl").write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")


def everything_else(book):
    """Whatever reads a journal besides the chapters."""
    team = open_team(book)
    agenda.agenda(team, team.reps["person_id"].iloc[0])
    agenda.reminders(team)
    assert journal_care.listed(book) and journal_care.listed(book, history=True)
    for name in ("out.csv", "out.json"):
        journal_care.export(book, book.parent / name)


def vars_of(event):
    return {name: getattr(event, name) for name in event.__slots__}


def test_every_sheet_of_the_registry_is_asked_in_a_chapter_and_no_other(subjects):
    assert subjects[1] == set(SHEETS) - {sheet.name for sheet in OF_THE_TRAINING}  # tests/training holds those


def test_what_stopped_chapters_once_stops_none_is_named_above_its_sheet_and_stays_in_the_file(cases_read, book):
    pages, _ = cases_read
    assert "not a whole number from 0 to 99" in pages["your_new_role"]
    assert "call \ufffd half" in pages["your_week"]
    assert "x \ufffd half" in pages["holding_people_to_it"]
    written = (book / "journal.jsonl").read_bytes()
    write(book, CASES)
    assert (book / "journal.jsonl").read_bytes() == written
    everything_else(book)
    assert (book / "journal.jsonl").read_bytes() == written
    assert "not a whole number from 0 to 99: it counts for nothing" in journal_care.listed(book)[0]


@settings(
    max_examples=2, deadline=None, phases=[Phase.generate], derandomize=True, suppress_health_check=list(HealthCheck)
)
@given(data=st.data())
def test_no_answer_of_any_kind_to_any_question_stops_a_chapter_or_is_lost(book, subjects, data):
    answers = [(subject, data.draw(ODD)) for subject in subjects[0]]
    write(book, answers)
    before = (book / "journal.jsonl").read_bytes()
    chapter_texts(book)
    everything_else(book)
    assert (book / "journal.jsonl").read_bytes() == before
    assert len(FileJournal(book / "journal.jsonl").read().events) == len(answers)


def fitting(subject, n):
    takes = place_of(subject).takes
    if isinstance(takes, Number):
        return n % 9 + 1
    if isinstance(takes, OneOf):
        return takes.options[0]
    if isinstance(takes, Day):
        return date(2027, 1, 1 + n % 28).isoformat()
    return "slippage" if isinstance(takes, Identifier) else f"Answer number {n}."


def before_the_registry(subject):
    """The subject under which a journal held the same answer while subjects named chapters."""
    place = place_of(subject)
    if not place.sheet.earlier:
        return subject  # this sheet came later
    rest = subject.split("/")[1:]
    return "/".join([place.sheet.earlier, *(rest[:-1] if place.sheet.unsaid else rest)])


def test_after_a_chapter_was_put_between_two_others_every_answer_of_an_old_journal_is_shown(book, subjects, tmp_path):
    shutil.copytree(CHAPTERS, tmp_path / "chapters")
    place = int(number_of("each_rep"))
    for key, number in numbers().items():
        if int(number) >= place:
            chapter = tmp_path / "chapters" / f"{notebook_of(key)}.ipynb"
            chapter.rename(chapter.with_name(f"{int(number) + 1:02}_{key}.ipynb"))
    before = CHAPTERS / f"{notebook_of('why_deals_are_lost')}.ipynb"
    shutil.copy(before, tmp_path / "chapters" / f"{place:02}_put_between.ipynb")
    assert [chapter.number for chapter in chapters_in(tmp_path / "chapters")] == list(range(1, len(numbers()) + 2))

    answers = {subject: fitting(subject, n) for n, subject in enumerate(subjects[0])}
    write(book, [(before_the_registry(subject), value) for subject, value in answers.items()])
    page = "".join(chapter_texts(book, tmp_path / "chapters").values())
    saved = saved_answers(open_team(book)).answers
    assert saved.values == answers and not saved.unreadable and not saved.unknown
    words = [value for value in answers.values() if str(value).startswith("Answer number")]
    assert len(words) > 80 and [value for value in words if value not in page] == []

"""The journey of a quarter: build, write as the forms do, build again later; what the manager then reads."""

import json
import os
import re
import shutil
from datetime import UTC, date, datetime, time

import pandas as pd
import pytest

from playbook.chapter_numbers import named
from playbook.chapters.holding_people_to_it import coaching_effect as chapter_08
from playbook.company import empty, load, save
from playbook.drivers.registry import label_of
from playbook.forms import commitment_sheet, improvement_plan
from playbook.journal.events import new_event
from playbook.journal.file_journal import FileJournal
from playbook.simulate.plan import Intervention, Plan, Planted
from playbook.simulate.simulated_company import simulate
from playbook.team import open_team
from playbook.workbooks.batch import Request, build
from playbook.workbooks.contents import chapters_in
from tests.workbooks.batches import folder_of

BEGAN, FIRST, LATER = date(2025, 12, 1), date(2025, 12, 5), date(2026, 6, 30)
BUILT = ("your_new_role", "each_rep", "holding_people_to_it")
DRIVER = "discounting"


@pytest.fixture(scope="module")
def company(tmp_path_factory):
    """A rep whose cause is gone from the day on which coaching began; the export knows of no coaching."""
    planted, coached = (Planted(0, 4, DRIVER, 0.12),), (Intervention(0, 4, DRIVER, BEGAN, -0.12),)
    made = simulate(
        Plan(managers=2, reps_per_team=7, months=18, ends_on=LATER, planted=planted, interventions=coached), 22
    )
    rep = made.truth.loc[made.truth["cause"] == DRIVER, "rep_id"].iloc[0]
    folder = tmp_path_factory.mktemp("next") / "company"
    save(made.company.with_tables(coaching_log=empty("coaching_log")), folder)
    return folder, rep


@pytest.fixture(scope="module")
def quarters(company, tmp_path_factory):
    """The pages after the first build, after what was written, and after the second build."""
    folder, rep = company
    place = tmp_path_factory.mktemp("books")
    chapters = place / "chapters"
    chapters.mkdir()
    for chapter in chapters_in():
        if chapter.file.stem[3:] in BUILT:
            shutil.copy(chapter.file, chapters)

    def built(as_of):
        build(
            Request([folder], place / "books", LATER, managers=("M001",), jobs=2, as_of=as_of, chapters=chapters),
            lambda line: None,
        )
        book = folder_of(place / "books", "M001")
        return book, {file.stem[3:]: _text(file) for file in sorted(book.glob("*.ipynb"))}

    book, first = built(FIRST)
    _write(book, rep)
    team = open_team(book)
    name = team.name_of(rep)
    return name, first, chapter_08.did_it_help(team).text, built(LATER)[1]


def _write(book, rep):
    """A plan, and three commitments: one of the plan's subject that is due later, one kept, one that has no day."""
    plan = {a.subject.rpartition("/")[2]: a for a in improvement_plan.plan("", rep, DRIVER).placed()}
    sentence = [(plan["focus"], "Trade, and never give."), (plan["agreed"], "1 December")]
    sheet = commitment_sheet.commitments([(rep, "")], {}, [(DRIVER, label_of(DRIVER))])
    for key, answers in {
        "c1": {"whose": rep, "what": "When price comes up, I ask back.", "about": DRIVER, "due": "2026-03-01"},
        "c2": {"whose": "manager", "what": "I sit in on two price talks.", "due": "2025-12-20", "state": "kept"},
        "c3": {"whose": "leader", "what": "Fridays stay free."},
    }.items():
        sentence += [(a, answers[a.question.key]) for a in sheet.placed_of(key) if a.question.key in answers]
    now = datetime.combine(BEGAN, time(9), UTC)
    journal = FileJournal(book / "journal.jsonl")
    journal.append(
        [new_event(question.kind, question.subject, value, author="mo", now=now) for question, value in sentence]
    )


def _text(file):
    cells = json.loads(file.read_text(encoding="utf-8"))["cells"]
    outputs = [o for cell in cells if cell["cell_type"] == "code" for o in cell["outputs"]]
    return "\n".join("".join(o.get("data", {}).get("text/plain", "")) for o in outputs)


def test_before_anything_is_written_nothing_is_promised_and_nobody_is_coached(quarters):
    _, first, _, _ = quarters
    assert "You wrote down" not in first["your_new_role"] and "is coached on" not in first["each_rep"]
    assert "Whether coaching helped is off." in first["holding_people_to_it"]


def test_what_was_begun_since_the_build_has_a_day_on_which_numbers_could_know_and_waits_for_the_next_build(quarters):
    name, _, between, _ = quarters
    assert (
        "1 coached subject begun since this workbook was built. The first look at it is in the next build." in between
    )
    row = next(line for line in between.splitlines() if line.strip().startswith(name))
    assert "Discounting" in row and "1 Dec 2025" in row and re.search(r"about [A-Z][a-z]+ 20\d\d", row)


def test_every_chapter_of_the_next_quarter_opens_with_what_was_promised_due_and_kept(quarters):
    *_, later = quarters
    made = "You wrote down 3 commitments: one kept, two still open, one due by 30 Jun 2026."
    sentence = f"{made} They are in {named('holding_people_to_it')}."
    assert all(sentence in later[chapter] for chapter in BUILT)


def test_open_commitments_roll_on_into_the_sheet_and_the_next_1_1(quarters):
    name, _, _, later = quarters
    text = later["holding_people_to_it"]
    assert "2 commitments are open, one of them due by 30 Jun 2026. 1 other has been looked at: one kept." in text
    assert "1 open commitment: When price comes up, I ask back." in text
    sheet = text[text.index("Commitments of three kinds") :]
    assert sheet.index("I ask back.") < sheet.index("Fridays stay free.") < sheet.index("I sit in on two price talks.")


def test_each_rep_marks_where_coaching_began_in_a_sentence_and_in_the_picture(quarters):
    name, _, _, later = quarters
    own = later["each_rep"][later["each_rep"].index(f"{name} is coached on") :]
    plan = named("the_improvement_plan")
    assert own.startswith(f"{name} is coached on discounting since 1 Dec 2025, by the plan of {plan}.")
    assert later["each_rep"].count("is coached on") == 1
    assert (
        "coached since 1 Dec 2025" in later["each_rep"]
        and "Dashed line: coaching began on 1 Dec 2025." in later["each_rep"]
    )


def test_holding_people_to_it_shows_the_effect_though_no_log_was_exported_and_no_number_of_too_few_others(
    company, quarters
):
    name, _, _, later = quarters
    won = _won_at_a_known_list_price(*company)
    before, since = won[won < pd.Timestamp(BEGAN)], won[won >= pd.Timestamp(BEGAN)]
    assert before.min() >= pd.Timestamp(BEGAN) - pd.DateOffset(years=1)  # all before lies within the year before
    text = later["holding_people_to_it"]
    assert "1 coached subject measured so far." in text and "It helped, as far as numbers can tell:" in text
    (line,) = [line for line in text.splitlines() if f"{name}, Discounting." in line]
    counts = re.search(r"\((\d+) won deals with a list price in the year before, (\d+) since\)", line)
    assert int(counts[1]) == len(before)
    assert 0.8 * len(since) <= int(counts[2]) <= len(since)  # without those of which others have too few of the like
    assert "Better than before" in line and "too few of them outside the team for numbers to be shown here" in line
    assert "begun since this workbook was built" not in text


def _won_at_a_known_list_price(folder, rep):
    """The days on which the rep won the deals of which the list price is known."""
    deals = load(folder).opportunities
    return deals.loc[(deals["rep_id"] == rep) & (deals["outcome"] == "won") & deals["list_amount"].notna(), "closed_on"]


def test_nothing_of_it_is_in_the_environment():
    assert "PLAYBOOK_JOURNAL" not in os.environ

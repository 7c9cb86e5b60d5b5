"""Where coaching began: in a sentence, in both pictures, and in their tables; from the log and from the journal."""

from dataclasses import replace

import pytest

from playbook.chapter_numbers import named
from playbook.chapters.coaching_began import coaching_began
from playbook.chapters.each_rep import each_rep
from playbook.forms import improvement_plan
from playbook.journal.file_journal import FileJournal
from playbook.metrics.forecast_calls import WAS_CALLED, WAS_LOST
from tests.chapters.measured_team import measured
from tests.coaching.small_team import company
from tests.forms.at_work import workbook
from tests.journal.writing import answer

DISCOVERY = "stage:Discovery"


def coached(folder, *plans, of=None):
    """The measured team with plans (rep_id, driver, day) in its journal."""
    made = workbook(folder, measured(of=of))
    subjects = [next(improvement_plan.plan("", rep, driver).placed()).subject for rep, driver, _ in plans]
    events = [
        answer(s, "Ask first.", at=f"{day}T09:00:00.000Z") for s, (_, _, day) in zip(subjects, plans, strict=True)
    ]
    FileJournal(folder / "journal.jsonl").append(events)
    return made


def test_a_plan_marks_the_day_in_the_sentence_the_pictures_and_the_table_of_that_driver_alone(tmp_path):
    text = each_rep.reps(coached(tmp_path, ("r1", DISCOVERY, "2026-02-03")), "Ana").text
    plan = named("the_improvement_plan")
    assert f"Ana is coached on conversion out of Discovery since 3 Feb 2026, by the plan of {plan}." in text
    assert "Dashed line: coaching began on 3 Feb 2026." in text
    assert text.count("coached since 3 Feb 2026") == 1 and "to work on; coached since 3 Feb 2026" in text


def test_of_a_rep_who_is_coached_on_something_else_the_followed_driver_gets_no_line(tmp_path):
    log = company().coaching_log.assign(focus="Discounting")
    text = each_rep.reps(coached(tmp_path, of=company().with_tables(coaching_log=log)), "Ana").text
    assert "Ana is coached on discounting since 1 Nov 2025, by the coaching log." in text
    assert "Dashed line" not in text and "a sign; coached since 1 Nov 2025" in text


def test_a_start_after_the_last_day_of_the_data_is_told_and_not_drawn(tmp_path):
    text = each_rep.reps(coached(tmp_path, ("r1", DISCOVERY, "2026-04-20")), "Ana").text
    assert "Coaching of it began on 20 Apr 2026, after the last day of this picture." in text
    assert "Dashed line" not in text


def test_nobody_else_s_part_speaks_of_it_and_a_rep_who_left_is_not_spoken_of(tmp_path):
    made = coached(tmp_path, ("r1", DISCOVERY, "2026-02-03"), ("gone", DISCOVERY, "2026-02-03"))
    assert "coached" not in each_rep.reps(made, "Ben").text
    assert coaching_began(made)["rep_id"].tolist() == ["r1"]


@pytest.mark.parametrize(
    ("aspect", "title", "counted"),
    [(WAS_CALLED, "wins called in advance", "deals won"), (WAS_LOST, "late losses not called", "deals lost late")],
)
def test_the_chart_over_time_shows_the_half_of_a_forecast_that_the_verdict_speaks_of(aspect, title, counted):
    row = ("r1", "forecast_accuracy", "coach", 1, 0.9, -0.3, -0.4, -0.2, 13, None, 0.4, 0.7, 0.6, 0.8)
    made = measured(row)
    levels = made.finding("levels").assign(aspect=aspect)
    shown = each_rep.reps(replace(made, findings={**made.findings, "levels": levels}), "Ana")
    assert f"Ana, {title}" in shown.text and f"n counts {counted}." in shown.html

"""What people know changes the verdicts of whom it is about, by what each driver is sensitive to, and nobody else's."""

from dataclasses import replace
from datetime import date
from functools import cache

import pandas as pd
import pytest

from playbook.circumstances import ASK_FIRST, MEASURED, frame_of, understood
from playbook.company import Company
from playbook.diagnosis.with_circumstances import KnownDiagnosis, diagnosed
from tests.small_company import company, deal, person

TODAY = date(2026, 6, 30)
REPS = [f"r{i:02}" for i in range(12)]
HALF = REPS[0]  # opens a deal every other week, where the others open one each week
PIPELINE = "pipeline_generation"


@cache
def made() -> Company:
    rows = []
    for place, rep in enumerate(REPS):
        for back in range(0, 76, 2 if rep == HALF else 1):
            opened = pd.Timestamp(TODAY) - pd.Timedelta(weeks=back, days=place % 5)
            outcome = ("won", "lost")[(back // 2 + place) % 2] if back > 6 else "open"
            closed = opened + pd.Timedelta(days=30) if back > 6 else None
            name = f"{rep}-{back}"
            rows.append(deal(name, rep, outcome, created_on=opened, closed_on=closed, account=f"{rep} {back % 9}"))
    return company(people=[person(rep, manager=f"m{i % 2}") for i, rep in enumerate(REPS)], opportunities=rows)


@cache
def diagnosed_with(*entries: tuple[str, str, str]) -> KnownDiagnosis:
    known = frame_of([understood(rep, what, detail=detail, accounts=[detail]) for rep, what, detail in entries])
    return diagnosed(replace(made(), circumstances=known), TODAY)


def verdict(result: KnownDiagnosis, rep: str, driver: str = PIPELINE) -> str:
    table = result.diagnosis.table
    return table.loc[(table["rep_id"] == rep) & (table["driver"] == driver), "verdict"].item()


def test_half_the_deals_of_somebody_who_works_half_the_time_are_no_ground_to_coach():
    assert verdict(diagnosed_with(), HALF) == "coach"
    assert verdict(diagnosed_with((HALF, "part time", "50%")), HALF) == "no_evidence"


def test_both_readings_stand_side_by_side_with_their_levels():
    rows = diagnosed_with((HALF, "part time", "50%")).circumstances
    row = rows[rows["driver"] == PIPELINE].iloc[0]
    assert (row["verdict_without"], row["verdict_with"], row["bears"]) == ("coach", "no_evidence", MEASURED)
    assert row["seen_with"] == pytest.approx(2 * row["seen_without"], rel=0.1)


def test_deals_that_were_handed_over_are_asked_about_before_anything_is_coached():
    result = diagnosed_with((HALF, "deals shared or handed over", ""))
    assert verdict(result, HALF) == "ask_first"
    row = result.diagnosis.table[result.diagnosis.table["driver"] == PIPELINE].set_index("rep_id").loc[HALF]
    assert row["way_trait"] == "known:deals_handed_over"
    assert set(result.circumstances["bears"]) == {ASK_FIRST}


def test_what_somebody_says_of_one_person_moves_nobody_elses_rows():
    alone, known = diagnosed_with().diagnosis.table, diagnosed_with((HALF, "part time", "50%")).diagnosis.table
    others = alone["rep_id"] != HALF
    pd.testing.assert_frame_equal(alone[others], known[others])


def test_a_rep_whose_record_is_said_to_be_kept_elsewhere_and_who_stands_out_in_nothing_keeps_the_verdicts():
    result = diagnosed_with((REPS[1], "the CRM is not kept for …", "mails"))
    assert verdict(result, REPS[1]) == verdict(diagnosed_with(), REPS[1])
    assert set(result.circumstances["rep_id"]) == {REPS[1]}


def test_without_circumstances_there_are_no_readings():
    assert diagnosed_with().circumstances.empty

"""Whether wins show what a driver says, on a dozen reps who win four in ten of what they open."""

import pandas as pd
import pytest

from playbook.diagnosis.results import result_checks
from playbook.records.inputs import record_inputs
from tests.records.made_record import TODAY
from tests.small_company import company, deal, person

REPS = [f"r{i:02}" for i in range(12)]


def inputs(opened: int, won: int):
    """The first rep opened so many deals and won so many; each of the others opened 100 and won 40."""
    rows = []
    for rep in REPS:
        n, wins = (opened, won) if rep == REPS[0] else (100, 40)
        for i in range(n):
            begun = pd.Timestamp("2025-06-01") + pd.Timedelta(days=i)
            outcome = "won" if i < wins else "lost"
            closed = begun + pd.Timedelta(days=30)
            rows.append(deal(f"{rep}-{i:03}", rep, outcome, created_on=begun, closed_on=closed, segment="SMB"))
    return record_inputs(company(people=[person(rep) for rep in REPS], opportunities=rows), TODAY)


def of_the_first(opened: int, won: int):
    rows = pd.DataFrame([{"rep_id": REPS[0], "driver": "pipeline_generation", "seen": opened / 100, "expected": 1.0}])
    return result_checks(rows, inputs(opened, won), None).get((REPS[0], "pipeline_generation"))


def test_who_opens_half_and_wins_as_many_filters_before_entry():
    result = of_the_first(opened=50, won=40)
    assert result.speaks_against and result.seen == 40


def test_who_opens_half_and_wins_half_has_a_thin_pipeline():
    assert not of_the_first(opened=50, won=20).speaks_against


def test_with_few_wins_to_expect_results_say_nothing():
    assert of_the_first(opened=12, won=12) is None


@pytest.mark.parametrize(("won", "against"), [(40, True), (20, False)])
def test_a_weak_stage_must_show_in_what_is_won_of_the_deals_that_entered_it(won, against):
    made = inputs(opened=100, won=won)
    entered = pd.DataFrame({"opportunity_id": made.deals.index, "stage": "Discovery"})
    rows = pd.DataFrame([{"rep_id": REPS[0], "driver": "stage:Discovery", "seen": 0.3, "expected": 0.6}])
    assert result_checks(rows, made, entered)[REPS[0], "stage:Discovery"].speaks_against == against

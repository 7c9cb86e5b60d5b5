import numpy as np
import pandas as pd
import pytest

from playbook.diagnosis.alternatives import (
    COULD_MAKE_IT,
    NOT_READ,
    NOT_TESTABLE,
    RULED_OUT,
    SIGNS,
    alternatives,
    flattered,
    likeliest,
)
from playbook.diagnosis.results import Result, ResultChecks
from playbook.drivers.driver import SENSITIVITIES
from playbook.records.record_rows import RecordRow
from playbook.records.traits import TRAITS
from playbook.sentences.record_sentences import WAYS, may_be, ruled_out, shows, to_ask

NO_RESULTS: ResultChecks = {}


def row(driver: str = "pipeline_generation", **more) -> pd.DataFrame:
    usual = {"rep_id": "ana", "driver": driver, "sign": 1, "n": 60, "raw": -3.0}
    title = {"title_mates": 0.0, "title_harm": np.nan, "title_is_one_of_several": False}
    return pd.DataFrame([usual | title | more])


def record(**sides: str) -> pd.DataFrame:
    rows = [
        RecordRow("m1", "ana", trait, 0.5, 30, 0.05, 0.1, 0.4, side, 11, control=False, habit=False)
        for trait, side in sides.items()
    ]
    return pd.DataFrame(rows, columns=list(RecordRow._fields))


def states(rows: pd.DataFrame, record: pd.DataFrame, checks: ResultChecks = NO_RESULTS) -> dict[str, str]:
    return alternatives(rows, record, checks).set_index("alternative")["state"].to_dict()


def test_half_a_quota_could_make_a_thin_pipeline():
    assert states(row(), record(share_of_a_quota="low"))["part_time"] == COULD_MAKE_IT


def test_a_full_quota_rules_part_time_out():
    assert states(row(), record(share_of_a_quota="alike"))["part_time"] == RULED_OUT


def test_more_than_a_quota_makes_no_thin_pipeline():
    assert states(row(), record(share_of_a_quota="high"))["part_time"] == RULED_OUT


def test_what_the_export_does_not_show_is_not_testable():
    assert states(row(), record())["part_time"] == NOT_TESTABLE


def test_what_no_measure_reads_is_ruled_out_however_odd_the_record_is():
    assert states(row("cycle_time", sign=-1), record(closing_lag="high"))["late_closing"] == RULED_OUT


def test_what_all_of_a_title_show_is_the_titles():
    together = row(title_mates=4.0, title_harm=2.0, title_is_one_of_several=True)
    alone = row(title_mates=4.0, title_harm=0.0, title_is_one_of_several=True)
    assert states(together, record(title_of_few="high"))["job"] == COULD_MAKE_IT
    assert states(alone, record(title_of_few="high"))["job"] == RULED_OUT


@pytest.mark.parametrize(("against", "state"), [(True, COULD_MAKE_IT), (False, RULED_OUT)])
def test_as_many_wins_from_fewer_deals_may_be_early_filtering(against, state):
    checks = {("ana", "pipeline_generation"): Result("wins_of_those_opened", 30.0, 31.0, 60.0, against)}
    assert states(row(), record(), checks)["early_filtering"] == state


def test_the_record_is_named_before_the_results():
    checks = {("ana", "pipeline_generation"): Result("wins_of_those_opened", 30.0, 31.0, 60.0, True)}
    way = likeliest(alternatives(row(), record(share_of_a_quota="low"), checks)).iloc[0]
    assert (way["way"], way["way_trait"]) == ("part_time", "share_of_a_quota")


def test_deals_entered_late_may_flatter_a_log_and_a_quota_flatters_nothing():
    controls = record(entered_late="high").assign(control=True)
    assert flattered(row("activity"), controls).tolist() == [True]
    assert flattered(row("deal_size"), controls).tolist() == [False]
    assert flattered(row("pipeline_generation"), record(share_of_a_quota="high")).tolist() == [False]


def test_every_way_that_a_driver_names_has_words_and_every_trait_exists():
    assert set(WAYS) >= SENSITIVITIES
    used = {trait for signs in SIGNS.values() for trait, _ in signs} | {t for t in NOT_READ.values() if t}
    assert used <= set(TRAITS)
    assert all(shows(trait, 0.5, 0.1) for trait in TRAITS)


def test_the_sentences_have_the_numbers_what_to_ask_and_what_would_tell():
    sentence = may_be("late_entry", "entered_late", 0.79, 0.03)
    assert sentence == "But 79% of the deals begin in a later stage (usual: 3%), and that alone could make it."
    assert to_ask("late_entry").startswith("Ask when a deal is entered") and to_ask("late_entry").endswith(
        "would tell."
    )


def test_what_was_ruled_out_is_one_sentence():
    assert ruled_out(["late_closing", "part_time", "one_account"]) == (
        "Ruled out: late closing, part time and one large account."
    )
    assert ruled_out([]) == ""

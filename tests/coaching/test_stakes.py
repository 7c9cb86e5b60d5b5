import pandas as pd

from playbook.coaching.stakes import Stake, stake, stake_text

LEVELS = pd.DataFrame(
    {"rep_id": ["r1"], "driver": ["deal_size"], "at_stake_low": [20_000.0], "at_stake_high": [90_000.0]}
)


def test_the_range_stands_behind_the_amount():
    assert stake_text(stake(LEVELS, "r1", "deal_size", 50_000), "USD") == "$50k a quarter, $20k to $90k"


def test_a_range_from_nothing_is_an_upper_end():
    assert stake_text(Stake(3_000, 0, 7_000), "USD") == "$3k a quarter, up to $7k"


def test_without_a_range_the_amount_stands_alone():
    assert stake_text(stake(LEVELS, "r2", "deal_size", 50_000), "USD") == "$50k a quarter"
    assert stake_text(stake(LEVELS.drop(columns="at_stake_low"), "r1", "deal_size", 50_000), "USD") == "$50k a quarter"


def test_an_unknown_amount_is_no_stake():
    assert not stake(LEVELS, "r1", "deal_size", float("nan")).known


def test_an_estimate_that_lies_outside_of_what_the_deals_alone_would_say_gets_no_range():
    levels = pd.DataFrame({"rep_id": ["r1"], "driver": ["win_rate"], "at_stake_low": [5e3], "at_stake_high": [9e3]})
    assert stake_text(stake(levels, "r1", "win_rate", 7e3), "USD") == "$7k a quarter, $5k to $9k"
    assert stake_text(stake(levels, "r1", "win_rate", 3e3), "USD") == "$3k a quarter"

"""What changed since coaching began is told with both counts, and never surer than the finding."""

import pandas as pd
import pytest

from playbook.coaching.effect_rows import (
    HELPED,
    NO_CHANGE,
    RATIO_TO_PEERS,
    SHARE_OF_DEALS,
    TOO_EARLY,
    WORSE,
    Effect,
)
from playbook.metrics.forecast_calls import WAS_CALLED, WAS_LOST
from playbook.sentences.effect_sentences import effect_sentences

NAN, BEGAN, SEPTEMBER = float("nan"), pd.Timestamp("2025-11-01"), pd.Timestamp("2026-09-01")
MEASURED = Effect(
    "m1", "r1", "win_rate", "", BEGAN, 2, 40, 12, SHARE_OF_DEALS, 0.2, 0.45, 0.2, 0.1, 0.3, 0.99, HELPED, pd.NaT
)


def sentence(**facts: object) -> str:
    return effect_sentences(pd.DataFrame([MEASURED._replace(**facts)]))[0]


@pytest.mark.parametrize("verdict", [HELPED, WORSE, NO_CHANGE, TOO_EARLY])
def test_each_verdict_has_one_whole_sentence_with_both_counts(verdict):
    text = sentence(verdict=verdict)
    assert text.startswith("From 20% to 45% (40 deals closed or stale in the year before, 12 since): ")
    assert text.endswith(".") and "{" not in text and "nan" not in text.lower()


def test_what_is_no_share_is_told_beside_the_peers():
    text = sentence(driver="slippage", measured_as=RATIO_TO_PEERS, before=1.204, after=0.9)
    assert text.startswith("From 1.20 to 0.90 times the peers' level (40 deals with an expected close date in the year")


def test_too_early_says_when_numbers_could_know_or_nothing_of_it():
    assert sentence(verdict=TOO_EARLY, known_on=SEPTEMBER).endswith(
        "too early to say; at this pace about September 2026 could tell."
    )
    assert sentence(verdict=TOO_EARLY).endswith("too early to say.")


def test_where_nothing_is_measured_only_the_counts_are_told():
    few = {"verdict": TOO_EARLY, "before": NAN, "after": NAN, "n_before": 1, "n_after": 0}
    assert sentence(**few) == "Too early to say: 1 deal closed or stale in the year before, 0 since."
    assert sentence(**few, known_on=SEPTEMBER) == (
        "Too early to say: 1 deal closed or stale in the year before, 0 since; at this pace about September 2026 "
        "could tell."
    )


def test_of_a_forecast_it_says_which_deals_were_counted():
    assert "40 deals won in the year before" in sentence(driver="forecast_accuracy", aspect=WAS_CALLED)
    assert "40 deals lost late in the year before" in sentence(driver="forecast_accuracy", aspect=WAS_LOST)

import pandas as pd
import pytest

from playbook.chapters.ask_first import ask_first, ask_first_sentence
from playbook.diagnosis.diagnosis_rows import RESULTS_HOLD
from playbook.diagnosis.results_hold import with_inputs_asked_first
from playbook.sentences.record_sentences import may_be, to_ask
from tests.coaching.small_team import diagnosis


def verdict_of_activity(*others: tuple[str, str, str]) -> str:
    """What becomes of r1's `coach` in activity beside these (rep_id, driver, verdict)."""
    rows = pd.DataFrame([("r1", "activity", "coach"), *others], columns=["rep_id", "driver", "verdict"])
    return with_inputs_asked_first(rows.assign(way=None, way_trait=None))["verdict"].iloc[0]


def test_an_input_with_no_result_behind_peers_is_asked_about_and_never_coached():
    assert verdict_of_activity(("r1", "deal_size", "no_evidence"), ("r1", "cycle_time", "strength")) == "ask_first"
    assert verdict_of_activity() == "ask_first"


@pytest.mark.parametrize("verdict", ["coach", "ask_first", "watch", "team_wide"])
def test_an_input_with_a_result_behind_peers_is_coached(verdict):
    assert verdict_of_activity(("r1", "stage:Discovery", verdict)) == "coach"


def test_the_result_of_a_colleague_is_none_of_the_rep_s():
    assert verdict_of_activity(("r2", "stage:Discovery", "coach")) == "ask_first"


def test_a_result_is_coached_whatever_is_put_in():
    rows = pd.DataFrame(
        [("r1", "cycle_time", "coach", None, None)], columns=["rep_id", "driver", "verdict", "way", "way_trait"]
    )
    assert with_inputs_asked_first(rows)["verdict"].tolist() == ["coach"]


def test_the_page_says_that_no_result_is_behind_and_blames_no_record():
    own = diagnosis(("r1", "activity", "ask_first", 1)).assign(way=RESULTS_HOLD, way_trait="")
    assert "no result that can be compared" in may_be(RESULTS_HOLD, "", float("nan"), float("nan"))
    assert to_ask(RESULTS_HOLD).startswith("Ask which contacts moved a deal")
    assert "Ask first: no result is behind" in ask_first(own, "USD").text
    assert "no result is behind" in ask_first_sentence(own) and "record" not in ask_first_sentence(own)

"""The reason of a verdict is fit to be said aloud: n, the comparison, where to look; no blame, no claim of a cause."""

import re

import pandas as pd
import pytest

from playbook.diagnosis.diagnosis_rows import QUARTER_END, TEAM, DiagnosisRow
from playbook.diagnosis.verdicts import VERDICTS
from playbook.sentences.verdict_sentences import Reason, reason_of, reasons

NAN = float("nan")
BLAME = re.compile(r"\b(underperform|weak|bad rep|worst|fails?|lazy|poor|behind|rank|score|because)\b", re.IGNORECASE)


@pytest.fixture
def sentences(sample_diagnosis):
    table = sample_diagnosis.table
    return table.assign(why=[reason.one_sentence for reason in reasons(table, "USD")])


def test_every_row_has_one_sentence_that_ends_once(sentences):
    assert sentences["why"].str.fullmatch(r"[A-Z0-9$€].*[^.?!]\.").all()
    assert not sentences["why"].str.contains(r"[.?!] [A-Z]").any()


def test_no_sentence_shows_what_no_person_would_say(sentences):
    assert not sentences["why"].str.contains(r"\bnan\b|None|\binf\b|unknown|[{}]").any()
    assert not sentences["why"].str.contains(r"(?<![\d.,])1 (?:deals|peers|weeks|others)\b").any()


def test_no_sentence_blames_or_claims_a_reason(sentences):
    assert not any(BLAME.search(why) for why in sentences["why"])


def test_no_sentence_names_a_person(sentences, sample_company):
    names = set(sample_company.people["name"].dropna().str.split().explode())
    words = sentences["why"].str.findall(r"[A-Z][a-z]+").explode().dropna()
    assert not set(words) & names


def test_what_is_coached_says_n_the_usual_range_the_peers_and_what_to_look_at(sentences):
    coached = sentences[sentences["verdict"] == "coach"]
    assert len(coached)
    for row in coached.itertuples():
        assert re.search(r"\d\S* (?:to \S*\d\S* )?(?:days )?would be usual", row.why), row.why
        assert f"({row.peers} peers)" in row.why
        assert "look at" in row.why


def test_too_little_data_says_how_many_more_it_takes_or_that_the_rep_still_ramps(sentences):
    few = sentences.loc[sentences["verdict"] == "too_little_data", "why"]
    assert few.str.contains(r"about [\d,]+ more|first half year|no deals|There are no").all()


def test_every_verdict_is_one_that_is_known(sentences):
    assert set(sentences["verdict"]) <= set(VERDICTS)


def test_who_calls_too_few_deals_is_not_told_to_look_at_the_called_ones(sample_diagnosis, truth):
    """In R037 it is planted that fewer of the deals won had been committed."""
    assert "holds back" in truth.loc[truth["rep_id"] == "R037", "sentence"].str.casefold().iloc[0]
    why = reason_of(sample_diagnosis.table, "R037", "forecast_accuracy").text
    assert "had been committed before" in why
    assert "came in uncalled" in why and "committed this month" not in why


ROW = DiagnosisRow(
    manager_id="m1",
    rep_id="r1",
    driver="stage:Demo; POC",
    stage="Demo; POC",
    verdict="coach",
    priority=1,
    probability=0.9,
    effect=-0.2,
    low=-0.3,
    high=-0.1,
    peers=12,
    unit="share",
    n=70,
    own_n=70,
    value_at_stake=1e4,
    aspect="",
    value=14.0,
    total=70.0,
    seen=0.2,
    usual_low=0.25,
    usual_high=0.35,
    more=0,
    deals=90,
    sells=True,
    ramping=False,
    shared_by="",
    mates=0,
    way=None,
    way_trait=None,
    way_value=float("nan"),
    way_usual=float("nan"),
    could_make_it=None,
    ruled_out=None,
    not_testable=None,
)


def reason(**facts: object) -> Reason:
    """The reason of ROW with other `facts`; all of the rep's own are compared unless `own_n` says otherwise."""
    return reasons(pd.DataFrame([ROW._replace(**{"own_n": facts.get("n", ROW.n), **facts})]))[0]


def test_a_stage_may_be_called_anything():
    told = reason()
    assert told.seen[0] == "14 of 70 deals that left Demo; POC went on."
    assert told.look.startswith("To see why, look at ") and told.look not in told.what_was_seen
    assert told.text == " ".join([*told.seen, told.look])


def test_in_a_table_a_reason_is_one_sentence():
    nothing = reason(verdict="no_evidence", low=-0.01, high=0.01)
    assert nothing.one_sentence == (
        "14 of 70 deals that left Demo; POC went on; with deals like these, 18 to 24 would be usual (12 peers): "
        "nothing here that luck would not bring."
    )


@pytest.mark.parametrize(
    ("more", "driver", "told"),
    [
        (0, "win_rate", "It may be luck, and the next quarter will tell."),
        (1, "win_rate", "It may be luck, and about 1 more deal will tell."),
        (57, "win_rate", "It may be luck, and about 60 more deals will tell."),
        (9, "pipeline_generation", "It may be luck, and about 9 more weeks will tell."),
    ],
)
def test_a_sign_says_how_many_more_will_tell(more, driver, told):
    of_deals = {} if driver == "win_rate" else {"value": NAN, "total": NAN}
    assert told in reason(verdict="watch", driver=driver, more=more, **of_deals).seen


@pytest.mark.parametrize(
    ("peers", "told"), [(0, "Nobody else does"), (1, "Only 1 other does"), (3, "Only 3 others do")]
)
def test_without_peers_it_says_how_many_do_the_same_job(peers, told):
    assert reason(verdict="not_comparable", peers=peers).seen[1].startswith(told)


def test_who_owns_a_handful_or_does_not_sell_is_asked_what_they_work_on():
    weeks = {"driver": "pipeline_generation", "verdict": "too_little_data", "n": 40, "value": NAN, "total": NAN}
    assert reason(**weeks, deals=0).text.startswith("No deals are theirs: too few to compare.")
    assert reason(**weeks, deals=1).text.startswith("1 deal is theirs: ")
    assert reason(verdict="not_comparable", sells=False, peers=0).seen[1].startswith("The title is not a seller's")


def test_one_deal_is_told_in_the_singular():
    assert (
        "Only 1 deal closed or stale: too few"
        in reason(verdict="too_little_data", driver="win_rate", n=1, more=14).text
    )
    alone = reason(verdict="not_comparable", driver="discounting", n=1, value=NAN, total=NAN)
    assert alone.seen[0] == "The discount on 1 won deal is 20% on average."
    size = {"driver": "deal_size", "aspect": "won deals", "value": NAN, "total": NAN, "seen": 900.0}
    assert reason(verdict="not_comparable", n=1, **size).seen[0] == "The typical size of 1 won deal is 900."
    assert (
        "1 of 1 deals closed or stale were won (stale: open longer than 95 of 100 wins took)."
        in reason(driver="win_rate", value=1.0, total=1.0).seen
    )


def test_who_shares_it_is_told_by_the_fact_and_by_nothing_else():
    assert "the 5 others of the team" in reason(verdict="team_wide", shared_by=TEAM, mates=5).text
    assert "in a quarter's last month" in reason(verdict="team_wide", shared_by=QUARTER_END).text


def test_what_may_be_how_the_record_is_kept_is_said_with_its_numbers_and_asked():
    said = reason(verdict="ask_first", way="late_entry", way_trait="entered_late", way_value=0.79, way_usual=0.03)
    assert "But 79% of the deals begin in a later stage (usual: 3%), and that alone could make it." in said.text
    assert said.look == "Ask when a deal is entered, and from which stage on; the first mail in three deals would tell."


def test_deals_of_which_others_have_too_few_of_the_like_are_counted_beside_those_compared():
    assert reason(own_n=71).seen[1] == "1 more is left aside, as too few colleagues sell the like."
    assert reason(own_n=82).seen[1] == "12 more are left aside, as too few colleagues sell the like."
    few = reason(verdict="too_little_data", driver="win_rate", n=8, own_n=30, value=NAN, total=NAN)
    assert (
        few.text == "No comparable peers: only 8 of 30 deals closed or stale are of a kind that others sell too, and "
        "more of the same would not help."
    )

import re

import pytest

from playbook.diagnosis.verdicts import VERDICTS

BLAME = re.compile(r"\b(underperform|weak|bad rep|worst|fails?|lazy|poor|behind|rank|score|because)\b", re.IGNORECASE)


@pytest.fixture
def sentences(sample_diagnosis):
    return sample_diagnosis.table


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
    table = sample_diagnosis.table
    (row,) = table[(table["rep_id"] == "R037") & (table["driver"] == "forecast_accuracy")].itertuples()
    assert "had been committed before" in row.why
    assert "came in uncalled" in row.why and "committed this month" not in row.why

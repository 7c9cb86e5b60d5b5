"""Every driver has a play, every play its headings, and its words are kind and short."""

import re
from importlib.resources import files

import pytest

from playbook.coaching.plays import AGREED, HEADINGS, KEEPING_THE_RECORD, Play, parse
from playbook.drivers.registry import DRIVERS

PLAYS = {
    file.name.removesuffix(".md"): file.read_text(encoding="utf-8")
    for file in files("playbook").joinpath("plays").iterdir()
}
BLAMING = re.compile(
    r"\b(weak rep|lazy|bad at|fails? to|incompetent|poor(ly)?|underperform\w*|low performer|fault)\b", re.IGNORECASE
)


# What is in somebody's head, and no two people would mark alike.
NOT_TO_BE_SEEN = re.compile(
    r"\b(knows|relies|expects|feels?|calm|hop(es|eful)|understands?|confident|aware|wants|clear(ly)?|well|enough)\b",
    re.IGNORECASE,
)


def the_play(key: str) -> Play:
    return parse(PLAYS[key], key)


def test_every_driver_has_a_play_and_every_play_but_that_of_the_record_a_driver():
    assert set(PLAYS) == {*DRIVERS, KEEPING_THE_RECORD, *(key for driver in DRIVERS.values() for key in driver.plays)}


def test_a_topic_is_what_somebody_does_and_no_driver_s_name():
    topics = [the_play(key).topic for key in PLAYS]
    assert len(set(topics)) == len(topics)
    labels = {driver.label.casefold() for driver in DRIVERS.values()}
    assert not [topic for topic in topics if topic.casefold() in labels or ":" in topic or len(topic.split()) > 10]


@pytest.mark.parametrize("driver", sorted(PLAYS))
def test_a_play_has_its_headings_in_order(driver):
    assert tuple(re.findall(r"^## (.+)$", PLAYS[driver], flags=re.MULTILINE)) == HEADINGS


@pytest.mark.parametrize("driver", sorted(PLAYS))
def test_a_play_holds_what_a_conversation_and_a_plan_need(driver):
    play = the_play(driver)
    assert len(play.perhaps_not_the_rep) >= 3 and len(play.questions) >= 4
    assert 3 <= len(play.rubric) <= 5
    assert re.match(r"When .+, I will .+\.$", play.if_then)
    assert re.match(r"When .+, I .+\.$", play.support)
    assert all(f"- {line}: " in PLAYS[driver] for line in AGREED)


@pytest.mark.parametrize("driver", sorted(PLAYS))
def test_a_rubric_holds_only_what_two_people_would_have_seen_or_heard(driver):
    lines = [line for c in the_play(driver).rubric for line in (c.seen, c.missing)]
    assert not [line for line in lines if NOT_TO_BE_SEEN.search(line)]


@pytest.mark.parametrize("driver", sorted(PLAYS))
def test_the_questions_open_with_what_goes_well_or_what_happened_and_none_asks_why_not(driver):
    questions = " ".join(the_play(driver).questions)
    assert not re.search(r"why (didn't|did you not|haven't|don't)", questions, re.IGNORECASE)


@pytest.mark.parametrize("driver", sorted(PLAYS))
def test_no_play_blames_a_rep(driver):
    assert not BLAMING.search(PLAYS[driver])


@pytest.mark.parametrize("driver", sorted(PLAYS))
def test_a_play_has_at_most_twenty_words_a_sentence_on_average(driver):
    text = re.sub(r"^(#+|-|\d+\.) ", "", PLAYS[driver], flags=re.MULTILINE)
    sentences = [s for s in re.split(r"(?<=[.?!])[\"”]?\s|\n|\|", text) if s.strip()]
    assert sum(len(s.split()) for s in sentences) / len(sentences) <= 20


@pytest.mark.parametrize("driver", sorted(PLAYS))
def test_a_play_prints_no_figure_without_a_source(driver):
    assert not re.search(r"\d+ ?(%|per cent)", PLAYS[driver])


@pytest.mark.parametrize("driver", sorted(PLAYS))
def test_a_play_looks_at_a_conversation_then_at_what_was_written_and_at_the_deals_notes(driver):
    live, written = the_play(driver).observe
    assert re.match(r"(Listen|Watch)\b", live)
    assert re.search(r"\b(mails?|messages?)\b", written) and re.search(r"\bnotes\b", written)
    assert live.endswith("?") and written.endswith("?")


@pytest.mark.parametrize("driver", sorted(PLAYS))
def test_a_scene_says_how_long_who_plays_whom_and_that_it_is_played_again(driver):
    scene = the_play(driver).scene
    assert re.match(r"(Ten|Fifteen) minutes\.", scene)
    assert re.search(r"\b[Yy]ou\b", scene) and "the rep" in scene.lower()
    assert re.search(r"\b(again|twice|second time|once more|Compare|Then)\b", scene)
    assert 40 <= len(scene.split()) <= 90

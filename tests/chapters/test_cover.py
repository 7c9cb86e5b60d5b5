import re
from dataclasses import replace

import pytest

from playbook.chapters.cover_from_your_leader import cover
from tests.coaching.small_team import REPS, company, diagnosis, team, thin


def test_the_page_asks_for_the_hours_of_the_reps():
    text = cover.page(team()).text
    assert "I lead 5 reps. Coaching them takes 6¼ hours a week: about 1¼ hours for each" in text
    assert "I lead 5 reps. Coaching them takes 8 hours a week" in cover.page(team(), coaching_hours=8).text


def test_the_hours_are_asked_for_in_three_steps_that_can_be_granted_one_by_one():
    text = cover.page(team()).text
    assert "Now: 2½ hours a week, for 2 reps." in text
    assert "In four weeks: 3¾ hours a week, for 3 reps." in text
    assert "In twelve weeks: 6¼ hours a week, for all 5." in text
    assert "Now:" not in cover.page(team(of=company({"r1": "Ana"}))).text


def test_the_leader_reads_what_stops_and_what_comes_back_by_when():
    text = cover.page(team()).text
    assert text.index("What stops for it") < text.index("What you get, and when") < text.index("Priorities")
    assert "In a week, and every week then: the quarter as a range" in text


def test_words_for_a_no_are_for_the_manager_and_not_on_the_page_that_is_sent():
    html = cover.page(team()).html
    sent, _, below = html.partition("If the answer is no")
    assert "Which of these hours can I have from Monday" in below
    assert 'class="ptc-alone ' in sent and sent.count("<div") == sent.count("</div>")


@pytest.mark.parametrize("page_part", [cover.page, cover.to_enablement, cover.to_operations])
def test_nothing_that_goes_to_others_names_a_rep(page_part):
    text = page_part(team()).text
    assert not [name for name in REPS.values() if name in text.split()]
    assert "what the data shows about" not in text


def test_a_small_team_gives_no_counts_that_would_tell_who_it_is():
    small = company({"r1": "Ana", "r2": "Ben"})
    findings = diagnosis(("r1", "activity", "coach", 1), ("r2", "activity", "watch", 1))
    assert "I give no counts" in cover.page(team(findings, small)).text
    assert "several" in cover.to_enablement(team(findings, small)).text
    assert not re.search(r"\d of 2", cover.to_enablement(team(findings, small)).text)


def test_priorities_are_counts_by_what_the_data_can_say():
    text = cover.page(team()).text
    assert "something to coach with one. With three I watch first" in text
    assert "With one it shows no sure difference, which is no proof that all is well." in text


def test_a_group_of_nobody_is_left_out_of_the_priorities():
    findings = diagnosis(*((rep, "win_rate", "no_evidence", 1) for rep in REPS))
    text = cover.page(team(findings)).text
    assert (
        "something to coach with nobody. With five it shows no sure difference, which is no proof that all is well."
        in text
        and "I watch first" not in text
    )


def test_a_need_of_one_rep_is_no_topic_for_a_training():
    text = cover.to_enablement(team()).text
    assert "Slippage" not in text and "Deal size" in text and "2 of 5" in text
    assert "No topic for a training yet." in cover.to_enablement(team(diagnosis(("r1", "activity", "coach", 1)))).text


def test_the_page_says_with_how_many_a_topic_was_seen_and_in_a_small_team_only_that_it_was():
    rows = [(rep, "slippage", "watch", 1) for rep in ("r1", "r2", "r3")]
    assert "slippage (3 of 5 reps)" in cover.page(team(diagnosis(*rows))).text
    few = company({rep: REPS[rep] for rep in ("r1", "r2", "r3")})
    assert "slippage (several reps)" in cover.page(team(diagnosis(*rows), few)).text


def test_topics_stand_by_the_alphabet_not_by_size():
    rows = [(rep, "win_rate", "watch", 1) for rep in ("r1", "r2", "r3")] + [
        (rep, "activity", "watch", 2) for rep in ("r1", "r2")
    ]
    text = cover.to_enablement(team(diagnosis(*rows))).text
    assert text.index("Activity on open deals") < text.index("Win rate")


def test_missing_data_is_asked_for_once_per_table_with_what_it_turns_on():
    text = cover.to_operations(team(of=thin({"r1": "Ana"}))).text
    assert text.count("stage history") + text.count("Stage history") <= 2
    assert "The stage history" in text and "Past close dates" not in text
    assert "The quotas: person, period, amount" in text and "The comparison with quotas" in text


def test_complete_data_leaves_nothing_to_ask():
    complete = replace(team(), missing=())
    assert "Nothing to ask for." in cover.to_operations(complete).text
    assert "nothing; the data is complete" in cover.page(complete).text


def test_what_is_sent_stands_alone_on_its_paper():
    html = cover.page(team()).html
    assert html.count("ptc-alone") == 1 and html.index("ptc-alone") < html.index("What I ask of you")


def test_without_answers_the_page_proposes_the_two_skills_of_the_first_chapter():
    text = cover.page(team()).text
    assert "watching a conversation without taking it over" in text and "What we agreed before" not in text


def test_own_deals_are_offered_for_handing_over():
    assert "1 open deal is still in my name. I hand it over, by a day that we agree." in cover.page(team()).text


def test_a_manager_without_reps_gets_a_page_that_can_be_sent():
    text = cover.page(team(None, thin())).text
    assert "nobody who sells reports to me yet" in text and "1¼ hours a week" in text

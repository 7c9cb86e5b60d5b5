import re

from playbook.chapters.each_rep import peer_meetings
from tests.coaching.small_team import company, diagnosis, team, thin

MUTUAL = diagnosis(
    ("r1", "slippage", "coach", 1),
    ("r3", "slippage", "strength", 1),
    ("r1", "activity", "strength", 2),
    ("r3", "activity", "watch", 2),
)


def test_a_pair_is_told_with_what_each_can_show():
    text = peer_meetings.meetings(team(MUTUAL)).text
    assert "Ana and Cara: Cara can ask about activity on open deals, Ana about slippage." in text


def test_each_of_the_two_asks_on_a_sheet_of_their_own():
    text = peer_meetings.meetings(team(MUTUAL)).text
    assert "Ana asks Cara" in text and "Cara asks Ana" in text
    assert "My one question to Cara (perhaps about slippage):" in text


def test_who_only_learns_chooses_what_to_show_in_return():
    assert "Let Ana choose what to show in return." in peer_meetings.meetings(team()).text


def test_where_the_data_proposes_nobody_the_pairs_are_drawn_by_lot():
    page_part = peer_meetings.meetings(team(diagnosis(("r1", "slippage", "coach", 1))))
    assert "2 pairs, drawn by lot," in page_part.text and "My one question to the other" in page_part.text
    assert page_part.text.count(", by lot. Each brings one question.") == 2
    assert "is left over by the draw: let three meet this time." in page_part.text


def test_a_colleague_whose_figures_may_be_luck_is_not_called_strong():
    findings = diagnosis(("r1", "slippage", "coach", 1), ("r3", "slippage", "no_evidence", 1)).assign(
        effect=[0.4, -0.2]
    )
    text = peer_meetings.meetings(team(findings)).text
    assert "Ana can ask about slippage; the numbers of Cara there are on the better side, which may be luck." in text
    assert "strength of" not in text and "Ana asks Cara" in text and "Cara asks Ana" in text


def test_two_reps_without_any_data_get_a_pair_and_a_sheet():
    text = peer_meetings.meetings(team(diagnosis(), thin({"r1": "Ana", "r2": "Ben"}))).text
    assert "1 pair, drawn by lot," in text and "Ana and Ben, by lot." in text and "Two of us meet" in text
    assert "left over" not in text


def test_one_rep_is_told_that_it_takes_two():
    alone = peer_meetings.meetings(team(diagnosis(), thin({"r1": "Ana"})))
    assert "It takes two reps" in alone.text


def test_two_of_one_name_are_told_apart():
    whole = company()
    same = whole.with_tables(people=whole.people.assign(name=whole.people["name"].replace({"Cara": "Ana"})))
    assert re.search(r"Ana \(r1\) and Ana \(r3\)", peer_meetings.meetings(team(MUTUAL, same)).text)

import re

from playbook.chapters import peer_meetings
from tests.coaching.small_team import company, diagnosis, team, thin

MUTUAL = diagnosis(
    ("r1", "slippage", "coach", 1),
    ("r3", "slippage", "strength", 1),
    ("r1", "activity", "strength", 2),
    ("r3", "activity", "watch", 2),
)


def test_a_pair_is_told_with_what_each_can_show():
    text = peer_meetings.meetings(team(MUTUAL)).text
    assert "Ana and Cara: Ana can show activity on open deals, Cara can show slippage." in text


def test_each_of_the_two_asks_on_a_sheet_of_their_own():
    text = peer_meetings.meetings(team(MUTUAL)).text
    assert "Ana asks Cara" in text and "Cara asks Ana" in text
    assert "My one question to Cara (perhaps about slippage):" in text


def test_who_only_learns_chooses_what_to_show_in_return():
    assert "Let Ana choose what to show in return." in peer_meetings.meetings(team()).text


def test_without_a_pair_the_sheet_is_still_there():
    shown = peer_meetings.meetings(team(diagnosis(("r1", "slippage", "coach", 1))))
    assert "The data proposes no pair." in shown.text and "My one question to the other" in shown.text


def test_one_rep_is_told_that_it_takes_two():
    alone = peer_meetings.meetings(team(diagnosis(), thin({"r1": "Ana"})))
    assert "It takes two reps" in alone.text


def test_two_of_one_name_are_told_apart():
    whole = company()
    same = whole.with_tables(people=whole.people.assign(name=whole.people["name"].replace({"Cara": "Ana"})))
    assert re.search(r"Ana \(r1\) and Ana \(r3\)", peer_meetings.meetings(team(MUTUAL, same)).text)

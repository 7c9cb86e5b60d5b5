import pandas as pd
import pytest

from playbook.coaching.plays import parse, play_of
from playbook.errors import PlaybookError

WHOLE = """# Something in return
What it is.
It has two lines.
## Perhaps not the rep
- A rival's campaign.
## Observe
1. Listen to a price talk.
2. Read three mails.
- Who says a number first?
## Ask
1. "What happened?"
2. "What next?"
## Practise
Ten minutes.
Then again.
## Rubric
- Trades | gives
## Agree
- Focus: trade
- If-then: When asked, I will ask back.
- Leading indicator: talks with an exchange
- Support: I listen: twice.
## It worked if
Prices hold.
"""


def test_a_play_is_read_into_its_parts():
    play = parse(WHOLE, "discounting")
    assert play.topic == "Something in return"
    assert play.about == "What it is. It has two lines."
    assert play.observe == ("Listen to a price talk.", "Read three mails.")
    assert play.look_also == ("Who says a number first?",)
    assert play.questions == ('"What happened?"', '"What next?"')
    assert play.scene == "Ten minutes. Then again."
    assert (play.rubric[0].seen, play.rubric[0].missing) == ("Trades", "gives")
    assert play.support == "I listen: twice."


def test_a_stage_is_coached_by_what_happens_in_it():
    topics = {play_of(f"stage:{name}").topic for name in ("Discovery", "Demo", "Proposal", "Negotiation", "Stage X")}
    assert len(topics) == 5


def test_a_stage_whose_name_says_nothing_is_coached_by_its_place():
    stages = pd.DataFrame({"pipeline": "Sales", "stage": list("ABC"), "position": [1, 2, 3], "outcome": "open"})
    keys = [play_of(f"stage:{name}", stages).key for name in "ABC"]
    assert keys == ["stage_early", "stage", "stage_late"]


def test_a_driver_that_comes_by_no_name_has_one_play_whatever_the_stages():
    assert play_of("slippage", pd.DataFrame()) == play_of("slippage")


def test_an_unknown_driver_has_no_play():
    with pytest.raises(KeyError):
        play_of("charm")


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (lambda text: text.replace("## Ask\n", "## Questions\n"), "headings are"),
        (lambda text: text.replace("- Support: I listen: twice.\n", ""), "agreement is missing"),
        (lambda text: text.replace("- Trades | gives", "- Trades"), "one side only"),
        (lambda text: text.replace("Prices hold.", ""), "nothing under 'worked_if'"),
        (lambda text: text.replace("2. Read three mails.\n", ""), "1 things to observe"),
    ],
)
def test_a_play_that_lacks_something_says_what(change, expected):
    with pytest.raises(PlaybookError, match=expected):
        parse(change(WHOLE), "discounting")

import pytest

from playbook.coaching.plays import parse, play_of
from playbook.errors import PlaybookError

WHOLE = """# Discounting: price goes first
What it is.
It has two lines.
## Perhaps not the rep
- A rival's campaign.
## Observe
Two price talks.
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
    assert play.title == "Discounting: price goes first"
    assert play.about == "What it is. It has two lines."
    assert (play.look_first, play.look_also) == ("Two price talks.", ("Who says a number first?",))
    assert play.questions == ('"What happened?"', '"What next?"')
    assert play.scene == "Ten minutes. Then again."
    assert (play.rubric[0].seen, play.rubric[0].missing) == ("Trades", "gives")
    assert play.support == "I listen: twice."


def test_all_stages_share_one_play():
    assert play_of("stage:Discovery") is play_of("stage:Proposal: final") or play_of("stage:Discovery") == play_of(
        "stage:Proposal: final"
    )


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
    ],
)
def test_a_play_that_lacks_something_says_what(change, expected):
    with pytest.raises(PlaybookError, match=expected):
        parse(change(WHOLE), "discounting")

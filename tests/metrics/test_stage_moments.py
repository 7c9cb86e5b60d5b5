import pandas as pd
import pytest

from playbook.metrics.stage_moments import EARLY, LATE, OFFER, SHOWING, moment_of, place_of_stage


def stages(*names: str, pipeline: str = "Sales") -> pd.DataFrame:
    return pd.DataFrame(
        {"pipeline": pipeline, "stage": list(names), "position": range(1, len(names) + 1), "outcome": "open"}
    )


@pytest.mark.parametrize(
    ("name", "moment"),
    [
        ("Discovery", EARLY),
        ("Needs Analysis", EARLY),
        ("Bedarfsanalyse", EARLY),
        ("Qualified To Buy", EARLY),
        ("Demo Scheduled", SHOWING),
        ("Präsentation", SHOWING),
        ("Value Proposition", SHOWING),
        ("Proposal/Price Quote", OFFER),
        ("Angebot", OFFER),
        ("Negotiation/Review", LATE),
        ("Contract Sent", LATE),
        ("Négociation", LATE),
    ],
)
def test_a_stage_s_name_says_what_happens_in_it_wherever_it_stands(name, moment):
    assert {moment_of(name, place) for place in (0.0, 0.5, 1.0, None)} == {moment}


def test_a_name_that_says_nothing_leaves_it_to_the_place_and_the_middle_to_neither():
    assert [moment_of("Stage X", place) for place in (0.0, 0.3, 0.5, 0.7, 1.0, None)] == [
        EARLY,
        EARLY,
        "",
        LATE,
        LATE,
        "",
    ]


def test_a_place_is_counted_among_the_open_stages_of_the_own_pipeline():
    both = pd.concat([stages("A", "B", "C"), stages("X", "Y", pipeline="Renewals")])
    won = stages("Won").assign(position=9, outcome="won")
    assert [place_of_stage(pd.concat([both, won]), name) for name in "ABCXY"] == [0, 0.5, 1, 0, 1]
    assert place_of_stage(won, "Won") is None


def test_a_stage_with_two_places_an_only_stage_and_an_unknown_one_have_none():
    two = pd.concat([stages("A", "B"), stages("B", "C", pipeline="Renewals")])
    assert place_of_stage(two, "B") is None
    assert place_of_stage(stages("A"), "A") is None and place_of_stage(stages("A"), "Z") is None

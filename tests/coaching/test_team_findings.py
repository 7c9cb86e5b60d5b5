"""What a whole team shows, with numbers that can be checked by counting."""

import pandas as pd
import pytest

from playbook.coaching.team_findings import TeamFinding, team_findings
from playbook.sentences.team_sentences import level_beside_others, who_shows_it, worth
from tests.coaching.small_team import AS_OF, company, diagnosis

REPS = ("r1", "r2", "r3", "r4", "r5")


def of_team(*verdicts: str, expected: float = 0.5) -> list[TeamFinding]:
    """Each rep with 14 of 40 deals on from Discovery, of whom those with `team_wide` are counted."""
    rows = diagnosis(*((rep, "stage:Discovery", verdict, 1) for rep, verdict in zip(REPS, verdicts, strict=True)))
    levels = rows[["rep_id", "driver"]].assign(expected=expected)
    return team_findings(rows, levels, company(), AS_OF)


def test_the_level_is_that_of_all_deals_of_those_compared():
    (finding,) = of_team(*["team_wide"] * 4, "no_evidence")
    assert (finding.seen, finding.n, finding.elsewhere) == pytest.approx((14 / 40, 200, 0.5))


def test_all_show_it_only_where_each_of_those_compared_does():
    (most,), (every,) = of_team(*["team_wide"] * 4, "no_evidence"), of_team(*["team_wide"] * 5)
    assert who_shows_it(most) == "Four of the five reps compared show it."
    assert who_shows_it(every) == "All five reps show it."


def test_who_could_not_be_compared_is_not_counted_as_showing_it():
    (finding,) = of_team(*["team_wide"] * 3, "too_little_data", "not_comparable")
    assert (finding.reps, finding.of, finding.n) == (3, 3, 120)


def test_in_a_team_so_small_that_a_count_would_point_at_somebody_there_is_none():
    (finding,) = of_team(*["team_wide"] * 3, "too_little_data", "not_comparable")
    assert who_shows_it(finding) == "It is no one person's doing."


def test_closing_the_gap_is_worth_the_points_of_the_gap():
    (near,), (far,) = of_team(*["team_wide"] * 5, expected=0.45), of_team(*["team_wide"] * 5, expected=0.55)
    assert far.a_quarter == pytest.approx(2 * near.a_quarter) and near.a_quarter > 0
    assert worth(near, "USD").startswith("Closing the gap is worth about $")


def test_what_stays_with_others_is_neither_said_nor_priced():
    (finding,) = of_team(*["team_wide"] * 5, expected=float("nan"))
    assert level_beside_others(finding, "USD") == "35% in your team (200 deals that left the stage)."
    assert worth(finding, "USD") == ""


def test_where_nothing_is_shared_there_is_nothing():
    assert of_team("coach", *["no_evidence"] * 4) == []
    assert team_findings(pd.DataFrame(), pd.DataFrame(), company(), AS_OF) == []

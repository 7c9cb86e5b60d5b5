import pytest

from playbook.company import Company
from playbook.disclosure.outlooks import with_shared_names
from tests.small_company import company, person


def made(*deals: tuple[str, str, str | None, int]) -> Company:
    """A company of deals (rep, outcome, segment, how many); the first two letters of a rep are the manager's id."""
    reps = dict.fromkeys(rep for rep, *_ in deals)
    people = [person(manager, role="manager") for manager in dict.fromkeys(rep[:2] for rep in reps)]
    rows = [
        {"opportunity_id": f"{place}-{i}", "rep_id": rep, "outcome": outcome, "segment": segment}
        for place, (rep, outcome, segment, many) in enumerate(deals)
        for i in range(many)
    ]
    return company(people=[*people, *(person(rep, manager=rep[:2]) for rep in reps)], opportunities=rows)


def many(segment: str, teams: str = "234", outcome: str = "won") -> list[tuple[str, str, str, int]]:
    """Five people of each team who closed ten deals of a segment."""
    return [(f"m{team}r{i}", outcome, segment, 10) for team in teams for i in range(5)]


def segments(of: Company) -> set[str]:
    return set(with_shared_names(of).opportunities["segment"].dropna())


def test_a_segment_that_many_of_several_teams_have_stays():
    assert segments(made(("m1r0", "open", "SMB", 1), *many("SMB"))) == {"SMB"}


def test_a_segment_that_one_stranger_has_is_none_to_learn_chances_by():
    of = made(("m1r0", "open", "Rare", 1), ("m2r0", "won", "Rare", 40), *many("SMB"), *many("Mid"))
    assert "Rare" not in segments(of)


def test_deals_that_lose_their_segment_are_not_told_apart_from_enough_others():
    """Unknown alone, they would still be that one stranger's."""
    of = made(("m1r0", "open", "Rare", 1), ("m2r0", "won", "Rare", 40), *many("SMB"), *many("Mid"), *many("Mid"))
    unknown = with_shared_names(of).opportunities.query("segment.isna()")
    assert unknown["rep_id"].nunique() > 10 and segments(of) == {"Mid"}


def test_a_segment_that_is_the_own_teams_alone_tells_of_nobody_else():
    of = made(("m1r0", "open", "Ours", 1), ("m1r1", "won", "Ours", 20), *many("SMB"))
    assert segments(of) == {"Ours", "SMB"}


def test_a_segment_in_which_nobody_else_has_open_deals_is_read_by_nobody():
    assert segments(made(("m2r0", "won", "Rare", 40), *many("SMB"))) == {"Rare", "SMB"}


@pytest.mark.parametrize("outcome", ["won", "lost"])
def test_two_strangers_of_one_team_are_too_few_whatever_became_of_their_deals(outcome):
    of = made(("m1r0", "open", "Rare", 1), ("m2r0", outcome, "Rare", 40), ("m2r1", outcome, "Rare", 40), *many("SMB"))
    assert "Rare" not in segments(of)


def test_everything_else_of_the_deals_stays_as_it_is():
    of = made(("m1r0", "open", "Rare", 1), ("m2r0", "won", "Rare", 40), *many("SMB"))
    before, after = of.opportunities, with_shared_names(of).opportunities
    assert after.drop(columns="segment").equals(before.drop(columns="segment"))

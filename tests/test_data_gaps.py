"""What is off, and what to ask for, follow from what the data lacks."""

from playbook.catalogue import SECTIONS
from playbook.data_gaps import gaps, remedies
from playbook.drivers.registry import DRIVERS


def without(*lacking):
    return lambda needs: [need for need in needs if need in lacking]


def test_nothing_is_off_where_nothing_is_missing():
    assert gaps(without()) == [] and remedies(without()) == []


def test_a_gap_names_the_part_and_what_it_lacks():
    (gap,) = (gap for gap in gaps(without("stages.position")) if gap.what == SECTIONS["leaks"].what)
    assert (gap.chapters, gap.lacking) == (("why_deals_are_lost",), ("stages.position",))


def test_a_driver_that_lacks_its_data_is_off_as_a_section_is():
    assert "slippage" in [gap.what for gap in gaps(without("stage_history.expected_close_on"))]
    assert DRIVERS["slippage"].label == "Slippage"


def test_what_is_asked_for_says_all_that_it_turns_on():
    (remedy,) = remedies(without("activities"))
    assert remedy.need == "activities" and "activity on open deals" in remedy.turns_on


def test_a_column_is_not_asked_for_where_its_whole_table_is_missing():
    asked_for = remedies(without("stage_history", "stage_history.expected_close_on"))
    assert [remedy.need for remedy in asked_for] == ["stage_history"]
    assert "which open deals were pushed" in asked_for[0].turns_on


def test_what_is_most_worth_asking_for_comes_first():
    needs = [remedy.need for remedy in remedies(without("opportunities.source", "coaching_log", "quotas"))]
    assert needs == ["quotas", "coaching_log", "opportunities.source"]

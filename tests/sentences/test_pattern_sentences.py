"""What the whole company shows is told with its n, with the team's part in it, and with somebody to ask."""

from datetime import date

import pytest

from playbook.diagnosis.diagnosis_rows import Pattern
from playbook.metrics.win_rate_by import TRAITS
from playbook.sentences.pattern_sentences import can_be_asked, pattern_sentence, whom_to_ask

OUTBOUND = Pattern("source", "Outbound", "win_rate", 0.3, 0.36, 0.28, 0.32, 1200, 0.001)


def test_a_group_is_told_beside_all_other_deals_and_with_the_team_s_part_in_it():
    assert pattern_sentence(OUTBOUND, 0.45) == (
        "Across the company 30% of about 1,200 closed deals with source Outbound are won, and 36% of all others. "
        "45% of your team's closed deals are of this kind."
    )


def test_somebody_is_asked_by_a_day():
    assert whom_to_ask(OUTBOUND, date(2026, 9, 18)).startswith("Ask marketing by 2 Oct 2026")


@pytest.mark.parametrize("trait", sorted(TRAITS))
def test_every_trait_that_somebody_could_change_has_somebody_to_ask(trait):
    if can_be_asked(trait):
        assert whom_to_ask(OUTBOUND._replace(pattern=trait), date(2026, 9, 18)).startswith("Ask ")
    else:
        assert trait in ("kind", "size", "quarter_end")

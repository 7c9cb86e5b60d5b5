"""The diary of hypotheses: what came of each place at which the data said to look, as the manager saw it.

In: the answers in a journal.  Out: one result per rep, driver and quarter of the data. Nobody is counted alone: the
diary judges the data's verdicts, not the reps.
"""

from collections.abc import Mapping
from typing import NamedTuple

from playbook.journal import sheet_registry
from playbook.journal.events import Value

CONFIRMED, SOMETHING_ELSE, NOTHING_SEEN = sheet_registry.HYPOTHESIS_RESULTS


class HypothesisResult(NamedTuple):
    """What came of looking at `driver` with a rep, in the quarter of the data that said so."""

    rep_id: str
    driver: str
    quarter: str  # as 2026Q3
    result: str  # CONFIRMED, SOMETHING_ELSE or NOTHING_SEEN


def results_in(answers: Mapping[str, Value]) -> list[HypothesisResult]:
    """Every hypothesis of which somebody said what came of it, in the order in which they were first answered."""
    places = ((sheet_registry.place_of(subject), value) for subject, value in answers.items())
    return [
        HypothesisResult(
            place.about[sheet_registry.REP],
            place.about[sheet_registry.DRIVER],
            place.about["quarter of the data"],
            str(value),
        )
        for place, value in places
        if place is not None and place.sheet is sheet_registry.HYPOTHESIS
    ]

from playbook.journal import sheet_registry
from playbook.journal.verdict_diary import CONFIRMED, NOTHING_SEEN, HypothesisResult, results_in


def test_a_result_belongs_to_a_rep_a_driver_and_a_quarter_so_that_later_ones_stand_beside_it():
    answers = {
        sheet_registry.HYPOTHESIS.subject("r1", "slippage", "2026Q1", "result"): CONFIRMED,
        sheet_registry.HYPOTHESIS.subject("r1", "slippage", "2026Q2", "result"): NOTHING_SEEN,
        "first-rep/whom": "Ana",
    }
    assert results_in(answers) == [
        HypothesisResult("r1", "slippage", "2026Q1", CONFIRMED),
        HypothesisResult("r1", "slippage", "2026Q2", NOTHING_SEEN),
    ]

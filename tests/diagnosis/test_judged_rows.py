"""What the judging hands to the rooms that word, price and explain a verdict."""

from playbook.diagnosis import evidence
from playbook.diagnosis.evidence_rows import EvidenceRow, Judgement
from playbook.frames import departures


def test_the_judged_rows_of_the_sample_company_have_the_columns_of_their_row_classes(sample_diagnosis):
    assert departures(sample_diagnosis.judged, EvidenceRow, Judgement) == []


def test_the_evidence_has_the_columns_of_its_row_class():
    assert list(EvidenceRow._fields) == evidence.COLUMNS

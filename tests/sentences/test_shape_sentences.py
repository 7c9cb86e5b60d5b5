from playbook.diagnosis.diagnosis_rows import FalseAlarms
from playbook.sentences.shape_sentences import by_luck_alone


def test_the_rate_is_told_with_its_n_and_a_range():
    told, left_aside = by_luck_alone(FalseAlarms(companies=100, people=3_500, accused=7, low=0.00097, high=0.0041))
    assert "In 100 companies of this company's own shape" in told
    assert "7 of 3,500 people got a “coach”: 0.2% (95% range: 0.1 to 0.4%)." in told
    assert "How the record is kept" in left_aside


def test_a_company_in_which_nobody_is_compared_accuses_nobody():
    assert by_luck_alone(FalseAlarms(10, 0, 0, float("nan"), float("nan")))[0].startswith("In this company nobody can")

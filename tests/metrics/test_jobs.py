import pandas as pd
import pytest

from playbook.metrics.jobs import JUNIORS, NOT_SELLING, PARTNERS, SELLERS, TECHNICAL, job_family


@pytest.mark.parametrize(
    ("title", "family"),
    [
        ("Account Executive", SELLERS),
        ("Sales Manager", SELLERS),
        ("Account Executive, Marketing Solutions", SELLERS),
        ("Sales Operations Manager", NOT_SELLING),
        ("Sales Support", NOT_SELLING),
        ("Assistenz der Vertriebsleitung", NOT_SELLING),
        ("Vertriebsassistenz", NOT_SELLING),
        ("Intern", NOT_SELLING),
        ("Werkstudentin Vertrieb", NOT_SELLING),
        ("Marketing Manager", NOT_SELLING),
        ("Overlay", TECHNICAL),
        ("Channel Manager", PARTNERS),
        ("Junior Account Executive", JUNIORS),
        (None, SELLERS),
    ],
)
def test_a_title_has_its_family(title, family):
    assert job_family(pd.Series([title], dtype="str")).tolist() == [family]

from datetime import date

import numpy as np
import pandas as pd
import pytest

from playbook.company import Company, Settings, empty
from playbook.diagnosis.patterns import company_wide_patterns, everybody_at_quarter_end

AS_OF = date(2026, 6, 30)


def company(at_end: float, else_: float, reps: int = 8, each: int = 120) -> Company:
    """Reps who win the share `at_end` of what closes in a quarter's last month, and `else_` of the rest."""
    random = np.random.default_rng(4)
    n = reps * each
    closed = pd.Timestamp(AS_OF) - pd.to_timedelta(random.integers(0, 360, n), unit="D")
    last = (closed.month - 1) % 3 == 2
    won = random.random(n) < np.where(last, at_end, else_)
    deals = pd.DataFrame(
        {
            "opportunity_id": [f"D{i}" for i in range(n)],
            "rep_id": [f"r{i % reps}" for i in range(n)],
            "outcome": np.where(won, "won", "lost"),
            "closed_on": closed,
        }
    )
    people = pd.DataFrame({"person_id": [f"r{i}" for i in range(reps)], "role": "rep"})
    bare = Company(settings=Settings(), people=empty("people"), opportunities=empty("opportunities"))
    return bare.with_tables(people=people, opportunities=deals)


def test_a_quarter_end_that_everybody_shows_is_found_once():
    groups = company_wide_patterns(company(0.8, 0.5), AS_OF)
    assert groups["pattern"].tolist() == ["quarter_end"]
    assert groups["seen"].iloc[0] == pytest.approx(0.8, abs=0.05)
    assert groups["others"].iloc[0] == pytest.approx(0.5, abs=0.05)


def test_everybody_shows_it():
    assert everybody_at_quarter_end(company(0.8, 0.5), AS_OF)


def test_without_a_pattern_nothing_is_found():
    assert company_wide_patterns(company(0.5, 0.5), AS_OF).empty
    assert not everybody_at_quarter_end(company(0.5, 0.5), AS_OF)


def test_a_group_of_fewer_than_five_people_is_told_to_nobody_outside():
    two_patches = company(0.5, 0.5)
    far = two_patches.opportunities["rep_id"].isin(["r0", "r1", "r2"])
    random = np.random.default_rng(2)
    won = random.random(len(far)) < np.where(far, 0.9, 0.4)
    deals = two_patches.opportunities.assign(
        region=np.where(far, "North", "South"), outcome=np.where(won, "won", "lost")
    )
    groups = company_wide_patterns(two_patches.with_tables(opportunities=deals), AS_OF)
    assert groups["group"].tolist() == ["South"]

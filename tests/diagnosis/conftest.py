"""The sample company's diagnosis, made once for all tests of this room."""

from datetime import date

import pandas as pd
import pytest

from playbook.as_of import at
from playbook.company import Company, load
from playbook.diagnosis.diagnose import Diagnosis, diagnosis_of
from tests.conftest import ROOT

AS_OF = date(2026, 9, 18)


@pytest.fixture(scope="session")
def sample_company() -> Company:
    return at(load(ROOT / "data" / "samples" / "company"), AS_OF)


@pytest.fixture(scope="session")
def sample_diagnosis(sample_company) -> Diagnosis:
    return diagnosis_of(sample_company, AS_OF)


@pytest.fixture(scope="session")
def truth() -> pd.DataFrame:
    """What was planted in the sample company: rep_id, cause."""
    return pd.read_csv(ROOT / "data" / "samples" / "truth" / "truth.csv", dtype={"rep_id": "str"})

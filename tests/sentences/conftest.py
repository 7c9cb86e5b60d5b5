"""The sample company's diagnosis, as the tests of the diagnosis have it."""

from tests.diagnosis.conftest import sample_company, sample_diagnosis, truth

__all__ = ["sample_company", "sample_diagnosis", "truth"]

"""The frames that cross from room to room have the columns that their row classes say, on the sample company."""

from typing import NamedTuple

import pandas as pd
import pytest

from playbook.coaching.effect_rows import Effect
from playbook.diagnosis.circumstance_rows import CircumstanceRow
from playbook.diagnosis.diagnosis_rows import DiagnosisRow, Pattern
from playbook.diagnosis.level_rows import BenchmarkRow, LevelRow
from playbook.forecast.forecast_rows import ForecastDeal, ForecastError, ForecastRow
from playbook.frames import departures
from playbook.records.record_rows import RecordRow
from playbook.team import FINDINGS, open_team

ROWS = {
    "benchmarks": BenchmarkRow,
    "levels": LevelRow,
    "forecast": ForecastRow,
    "forecast_deals": ForecastDeal,
    "forecast_error": ForecastError,
    "coaching_effect": Effect,
    "company_wide": Pattern,
    "diagnosis": DiagnosisRow,
    "circumstances": CircumstanceRow,
    "record": RecordRow,
}


@pytest.mark.parametrize("name", ROWS)
def test_a_finding_of_the_sample_team_has_the_columns_of_its_row_class(name):
    assert departures(open_team("").finding(name), ROWS[name]) == []


def test_every_finding_has_a_row_class():
    assert set(FINDINGS) == set(ROWS)


class Row(NamedTuple):
    rep_id: str
    stage: str | None
    n: int


class More(NamedTuple):
    low: float


def test_a_frame_that_departs_from_its_row_classes_is_told_column_by_column():
    frame = pd.DataFrame({"rep_id": ["r1"], "stage": ["Demo"], "n": [1.5], "more": [True]})
    assert departures(frame, Row, More) == ["low: not there", "more: in no row class", "n: float64, which is no int"]
    right = frame.drop(columns="more").assign(low=0.1, n=1)
    assert departures(right, Row, More) == []
    assert departures(right[["n", "stage", "rep_id", "low"]], Row, More) == ["in another order: n, stage, rep_id, low"]

"""Observations and evidence made by hand, for tests that count."""

import numpy as np
import pandas as pd

from playbook.metrics.observations import COUNTS, MEANS, SHARES, Observations


def shares(*of_rep: tuple[str, int, int], segment: str = "SMB") -> pd.DataFrame:
    """Rows of (rep, passed, left), all in one segment and one quarter."""
    rows = [
        {"rep_id": rep, "value": float(i < passed), "segment": segment} for rep, passed, n in of_rep for i in range(n)
    ]
    return with_keys(pd.DataFrame(rows))


def with_keys(rows: pd.DataFrame) -> pd.DataFrame:
    keys = {"exposure": 1.0, "censored": False, "period": "2026Q1", "on": pd.Timestamp("2026-02-01")}
    missing = {name: value for name, value in keys.items() if name not in rows}
    return rows.assign(**missing, unit_id=[f"D{i}" for i in range(len(rows))])


def seen(rows: pd.DataFrame, family: str = SHARES, traits: tuple[str, ...] = ("segment",), **more) -> Observations:
    driver = {SHARES: "win_rate", MEANS: "deal_size", COUNTS: "pipeline_generation"}[family]
    return Observations(driver, family, rows, traits, **more)


def evidence(**columns) -> pd.DataFrame:
    """Judgeable rows: 30 of 100 won where 30 of 100 are expected, unless `columns` say otherwise."""
    n = max((len(v) for v in columns.values() if isinstance(v, list | np.ndarray)), default=1)
    usual = {
        "manager_id": "m1",
        "rep_id": [f"r{i:02}" for i in range(n)],
        "driver": "win_rate",
        "aspect": "",
        "family": SHARES,
        "logarithms": False,
        "per": 1.0,
        "job": "sellers",
        "ramping": False,
        "n": 100,
        "total": 100.0,
        "value": 30.0,
        "expected": 0.30,
        "scatter": np.nan,
        "inflation": 1.0,
        "model_error": 0.0,
        "unlike": 0.0,
        "peers": 20,
        "deals": 100,
        "total_less": np.nan,
        "value_less": np.nan,
        "expected_less": np.nan,
        "margin": 0.06,
        "sign": 1,
    }
    table = pd.DataFrame(usual | columns, index=range(n))
    table = table.assign(own_n=table["n"]) if "own_n" not in table else table
    return table.assign(seen=table["value"] / table["total"]) if "seen" not in columns else table

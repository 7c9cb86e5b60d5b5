"""How often somebody would be accused in a company of this very shape in which nobody differs.

In: a company's evidence.  Out: people accused, of how many.
The teams, the deals of each rep and driver, and the columns that the export holds stay; what each rep shows is drawn
anew from what is expected of the same deals (a parametric bootstrap of the null hypothesis; Efron and Tibshirani 1993,
chapter 16). Rows of one quarter or account hang together as much as they do in the data. What the record could explain
is left aside, so it is what the numbers alone would do.
"""

import numpy as np
import pandas as pd

from playbook.diagnosis.consequences import one_row_per_driver
from playbook.diagnosis.diagnosis_rows import FalseAlarms
from playbook.diagnosis.judging import judged
from playbook.diagnosis.verdicts import with_verdicts
from playbook.metrics.observations import COUNTS, SHARES
from playbook.metrics.proportions import wilson

_SEED = 16  # the same company gives the same answer
_LEAST_SPREAD = 1e-9


def false_alarms(evidence: pd.DataFrame, companies: int) -> FalseAlarms:
    """Judge so many `companies` of the shape of `evidence` (`evidence.evidence`), in each of which nobody differs."""
    people = accused = 0
    for each in range(companies):
        rows = one_row_per_driver(judged(_drawn(evidence, np.random.default_rng([_SEED, each]))))
        rows = with_verdicts(rows.assign(at_stake=0.0, could_be_the_record=False, flattered=False))
        people += rows.loc[~rows["little"] & rows["comparable"], "rep_id"].nunique()
        accused += rows.loc[rows["verdict"] == "coach", "rep_id"].nunique()
    interval = wilson(pd.Series([accused]), pd.Series([people])).iloc[0]
    return FalseAlarms(companies, people, accused, float(interval["low"]), float(interval["high"]))


def _drawn(evidence: pd.DataFrame, draw: np.random.Generator) -> pd.DataFrame:
    """`evidence` in which each rep shows what luck makes of what is expected; the largest account is as the others."""
    compared = (evidence["expected"].notna() & (evidence["total"] > 0)).to_numpy()
    rows = evidence[compared]
    value = np.empty(len(rows))
    for family in rows["family"].unique():
        which = (rows["family"] == family).to_numpy()
        value[which] = _values(rows[which], family, draw)
    drawn = evidence.assign(total_less=np.nan, value_less=np.nan, expected_less=np.nan)
    drawn.loc[compared, "value"] = value
    drawn.loc[compared, "seen"] = value / rows["total"].to_numpy()
    return drawn


def _values(rows: pd.DataFrame, family: str, draw: np.random.Generator) -> np.ndarray:
    """What each of `rows` shows by luck, with what is not known of the level expected."""
    total, inflation = rows["total"].to_numpy(), rows["inflation"].to_numpy()
    level = rows["expected"].to_numpy() + draw.normal(size=len(rows)) * rows["model_error"].to_numpy()
    if family == SHARES:
        level = np.clip(level, 1e-3, 1 - 1e-3)
        together = np.clip((inflation - 1) / np.maximum(total - 1, 1), _LEAST_SPREAD, 0.9)
        alike = (1 - together) / together  # of the beta that makes binomial counts vary so much more
        chance = draw.beta(level * alike, (1 - level) * alike)
        return draw.binomial(np.rint(total).astype("int64"), chance).astype("float64")
    if family == COUNTS:
        usual = np.maximum(level, _LEAST_SPREAD) * total
        alike = usual / np.maximum(inflation - 1, _LEAST_SPREAD)  # of the gamma that does so to Poisson counts
        return draw.poisson(usual * draw.gamma(alike) / alike).astype("float64")
    spread = np.sqrt(rows["scatter"].to_numpy() * inflation / total)
    return (level + draw.normal(size=len(rows)) * spread) * total

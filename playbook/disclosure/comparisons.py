"""The findings of each rep as the rep's manager may read them: what others show in steps, or not at all.

In: the diagnosis, the levels and the effect of coaching as worked out; their `grounds`.  Out: the same frames for
folders. A verdict stays, whatever it rests on. Where it rests on too few people outside of the team, no number that
others have a part in goes with it; elsewhere all such numbers are made from *one* rounded number, the level expected of
the team, as many numbers that are rounded each for itself give away together what each of them hides.
"""

from datetime import date

import numpy as np
import pandas as pd

from playbook.coaching.effect_rows import SHARE_OF_DEALS
from playbook.company import Company
from playbook.diagnosis.diagnose import Diagnosis
from playbook.diagnosis.diagnosis_rows import FEWEST_PEERS
from playbook.diagnosis.value_at_stake import revenue_per_quarter
from playbook.disclosure.grounds import KEYS
from playbook.disclosure.rules import round_step, two_digits
from playbook.drivers.driver import RATIO, SHARE
from playbook.drivers.registry import driver_of

_SURENESS = 0.1  # steps in which it is said how sure a difference is
_SHRINKING = 0.25  # steps in which a difference is drawn towards nothing
_FEW_MORE = 10.0  # more deals to wait for: in tens
_MOST_TIMES = 3.0  # the own revenue, as `diagnosis.value_at_stake`
_DIRECTIONAL_VERDICTS = ("coach", "ask_first", "watch", "strength")  # verdicts that the numbers must not speak against

# Numbers that others have a part in, of the diagnosis and the levels, and of the effect of coaching.
OF_OTHERS = (
    *("expected", "peer_low", "peer_high", "at_stake_low", "at_stake_high", "usual_low", "usual_high"),
    *("probability", "effect", "low", "high", "value_at_stake", "peers", "more"),
    *("way_value", "way_usual"),
)
EFFECT_OF_OTHERS = ("change", "low", "high", "probability")  # and before and after, where they are ratios to peers


def for_folders(
    diagnosis: Diagnosis, ground: pd.DataFrame, company: Company, as_of: date
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The finding `diagnosis` and the finding `levels`, each row as the rep's manager may read it.

    Parameters
    ----------
    ground : as `grounds.grounds` gives it.
    """
    if diagnosis.table.empty:
        return diagnosis.table, diagnosis.levels
    rows = diagnosis.table.merge(diagnosis.levels.drop(columns=["manager_id", "n", "seen"]), on=KEYS, how="left")
    rows = rows.join(ground, on=KEYS)
    revenue = rows["rep_id"].map(revenue_per_quarter(company, as_of))
    coarse = _money(_in_steps(rows), revenue)
    hidden = ~rows["disclosable"].fillna(False).astype(bool) | _speaks_against(coarse)
    fewer = _without_others(coarse, hidden)
    levels = diagnosis.levels[["rep_id", "driver"]].merge(fewer, on=["rep_id", "driver"], how="left")
    return fewer[list(diagnosis.table)], levels[list(diagnosis.levels)]


def effect_for_folders(effect: pd.DataFrame, ground: pd.DataFrame) -> pd.DataFrame:
    """The finding `coaching_effect`, each row as the rep's manager may read it."""
    if effect.empty:
        return effect
    rows = effect.join(ground, on=KEYS)
    hidden = ~rows["disclosable"].fillna(False).astype(bool)
    own = rows["measured_as"] == SHARE_OF_DEALS  # the rep's own shares; the ratio to peers is half of the peers'
    step = pd.Series(_grid(rows["step"], rows["low"].abs().combine(rows["high"].abs(), max)), index=rows.index)
    ratio = rows["driver"].map(lambda key: driver_of(key).unit == RATIO)
    step = step.where(~ratio, 0.05)
    numbers = {
        **{
            name: rows[name].where(own, _rounded(rows[name], pd.Series(0.05, index=rows.index)))
            for name in ("before", "after")
        },
        **{name: _rounded(rows[name], step) for name in ("change", "low", "high")},
        "probability": _rounded(rows["probability"], pd.Series(_SURENESS, index=rows.index)),
    }
    numbers = {name: rounded.mask(hidden & ~(own & (name in ("before", "after")))) for name, rounded in numbers.items()}
    # A month is what is read of it; the day would tell how wide the range is. So would the month, if it is of few.
    known_on = rows["known_on"].mask(hidden & rows["change"].notna())
    numbers["known_on"] = known_on.dt.to_period("M").dt.start_time.astype(rows["known_on"].dtype)
    return effect.assign(**numbers)


def readings_for_folders(readings: pd.DataFrame, diagnosis: pd.DataFrame) -> pd.DataFrame:
    """The finding `circumstances`: own levels as they are, what is usual as `diagnosis` has it there."""
    usual = diagnosis.set_index(["rep_id", "driver"])[["usual_low", "usual_high"]].astype("float64")
    of_each = readings[["rep_id", "driver"]].join(usual, on=["rep_id", "driver"])
    return readings.assign(usual_low=of_each["usual_low"], usual_high=of_each["usual_high"])


def _in_steps(rows: pd.DataFrame) -> pd.DataFrame:
    """The levels and differences of each row, made from the team's expected level in steps."""
    team = rows.groupby(["manager_id", "driver", "aspect"], dropna=False)["expected"].transform("mean")
    ratio = rows["driver"].map(lambda key: driver_of(key).unit == RATIO)
    step = (rows["step"] * team.where(ratio, 1.0)).map(round_step)
    expected = (_rounded(team, step) + _rounded(rows["expected"] - team, step)).clip(lower=0).map(two_digits)
    share = rows["driver"].map(lambda key: driver_of(key).level_unit == SHARE)
    expected = expected.where(~share, expected.clip(upper=1))
    step = pd.Series(_grid(step, expected), index=rows.index)
    seen = rows["seen"].astype("float64")
    raw = (seen / rows["expected"] - 1).where(ratio, seen - rows["expected"])
    difference = (seen / expected.where(expected > 0) - 1).where(ratio, seen - expected)
    fine = (step / expected.where(expected > 0)).where(ratio, step)
    drawn = (rows["effect"] / raw.where(raw != 0)).clip(0, 1)
    effect = difference * _rounded(drawn, pd.Series(_SHRINKING, index=rows.index))
    return rows.assign(
        expected=expected,
        peer_low=(expected - np.fmax(_rounded(rows["expected"] - rows["peer_low"], step), step)).clip(lower=0),
        peer_high=expected + np.fmax(_rounded(rows["peer_high"] - rows["expected"], step), step),
        effect=effect.map(two_digits),
        low=(difference - _rounded(raw - rows["low"], fine)).map(two_digits),
        high=(difference + _rounded(rows["high"] - raw, fine)).map(two_digits),
        probability=_sureness(rows),
        way_value=rows["way_value"].astype("float64").map(two_digits),
        way_usual=rows["way_usual"].astype("float64").map(two_digits),
        more=_more(rows),
    ).pipe(_with_usual)


def _with_usual(rows: pd.DataFrame) -> pd.DataFrame:
    share = rows["driver"].map(lambda key: driver_of(key).level_unit == SHARE)
    high = rows["peer_high"].where(~share, rows["peer_high"].clip(upper=1))
    return rows.assign(peer_high=high, usual_low=rows["peer_low"], usual_high=high)


def _sureness(rows: pd.DataFrame) -> pd.Series:
    """In tenths, and where something is made of it only; never on the other side of what the verdict needs."""
    probability = _rounded(rows["probability"], pd.Series(_SURENESS, index=rows.index))
    least = rows["verdict"].map({"coach": 0.5, "ask_first": 0.5, "watch": 0.4, "strength": 0.8}).fillna(0.0)
    return probability.clip(lower=least).where(rows["verdict"] != "no_evidence")


def _more(rows: pd.DataFrame) -> pd.Series:
    tens = np.maximum(np.round(rows["more"] / _FEW_MORE) * _FEW_MORE, _FEW_MORE)
    return pd.Series(np.where(rows["more"] > 0, tens, 0), index=rows.index).astype("int64")


def _money(rows: pd.DataFrame, revenue: pd.Series) -> pd.DataFrame:
    """What is at stake, worked out once more from the levels in steps; in two digits."""
    amounts = {}
    worse_is_low = rows["driver"].map(lambda key: driver_of(key).higher_is_better)
    ends = {"value_at_stake": rows["effect"]}
    ends["at_stake_low"] = rows["high"].where(worse_is_low, rows["low"])
    ends["at_stake_high"] = rows["low"].where(worse_is_low, rows["high"])
    for name, difference in ends.items():
        more = pd.Series(np.nan, index=rows.index)
        for key, own in rows.groupby("driver"):
            price = driver_of(str(key)).price
            if price is not None:
                more.loc[own.index] = price(own["expected"], difference.loc[own.index])
        money = (revenue * more.clip(lower=0.0, upper=_MOST_TIMES)).map(two_digits)
        amounts[name] = money.where(rows[name].notna())
    return rows.assign(**amounts)


def _speaks_against(rows: pd.DataFrame) -> pd.Series:
    """Where so coarse a level would say the opposite of the verdict, which was found with the exact one."""
    inside = (rows["seen"] >= rows["usual_low"]) & (rows["seen"] <= rows["usual_high"])
    better = (rows["effect"] > 0) == rows["driver"].map(lambda key: driver_of(key).higher_is_better)
    other_side = better != (rows["verdict"] == "strength")
    return rows["verdict"].isin(_DIRECTIONAL_VERDICTS) & ((inside & (rows["verdict"] != "watch")) | other_side)


def _without_others(rows: pd.DataFrame, hidden: pd.Series) -> pd.DataFrame:
    """`rows` without any number that others have a part in, where that is `hidden`."""
    gone = [name for name in OF_OTHERS if name in rows and name not in ("peers", "more")]
    fewest = rows["driver"].map(lambda key: driver_of(key).fewest)
    first = (fewest - rows["n"]).clip(lower=1).where(rows["verdict"] == "too_little_data", 0)
    return rows.assign(
        **{name: rows[name].mask(hidden) for name in gone},
        # That there are five to compare with is known from the verdict; how many there are is not.
        peers=rows["peers"].mask(hidden & (rows["peers"] > FEWEST_PEERS), FEWEST_PEERS).astype("int64"),
        more=rows["more"].mask(hidden & (rows["more"] > 0), first).astype("int64"),
    )


def _grid(step: pd.Series, around: pd.Series) -> np.ndarray:
    """The step of each row, and never a finer one than that of the second digit of what it is `around`."""
    size = around.abs().to_numpy(dtype="float64")
    with np.errstate(divide="ignore", invalid="ignore"):
        digits = 10.0 ** (np.floor(np.log10(size)) - 1)
    return np.fmax(step.to_numpy(dtype="float64"), np.where(np.isfinite(digits), digits, 0.0))


def _rounded(value: pd.Series, step: pd.Series) -> pd.Series:
    """`value` in steps; unchanged where there is no step."""
    value = value.astype("float64")
    return ((value / step).round() * step).round(12).where(step > 0, value)

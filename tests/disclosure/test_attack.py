"""A colleague with pandas works nobody out: over companies of every small shape the best guess errs like luck.

Each attack is also run on the findings before they are cut, where it must work: an attack that never works shows
nothing.
"""

from functools import cache

import numpy as np
import pandas as pd
import pytest

from playbook.company import Company
from playbook.diagnosis.diagnose import Diagnosis, diagnosis_of
from playbook.disclosure.folders import Folders
from playbook.disclosure.grounds import AlikeElsewhere, grounds
from playbook.drivers.observing import observations
from tests.conftest import SOAK
from tests.disclosure.made_company import AS_OF, READER, made_company, truth, weight_of
from tests.disclosure.reconstruction import DRIVERS, claimed_values, expected_levels, scaled, the_others_level

# Every run: one stranger, the most that may not be told of, one more, and small teams. The soak: what is between too.
SHAPES = [(1,), (4,), (5,), (2, 2, 2), *([(2, 1)] if SOAK else [])]
# Shapes in which something of others may be shown.
DISCLOSABLE_SHAPES = [(5, 4, 4), (6, 6, 6), *([(4, 4, 4, 4)] if SOAK else [])]
LIKE_LUCK = 0.9  # of the error that luck makes


@cache
def _made(shape: tuple[int, ...], dominating: float = 1.0) -> tuple[Company, Diagnosis]:
    made = made_company(shape, seed=sum(shape) * 100 + len(shape), dominating=dominating)
    return made, diagnosis_of(made, AS_OF)


@cache
def _folders(shape: tuple[int, ...], dominating: float = 1.0) -> Folders:
    made, diagnosis = _made(shape, dominating)
    return _folders_of(made, diagnosis)


def _folders_of(made: Company, diagnosis: Diagnosis) -> Folders:
    alike = AlikeElsewhere(made)
    for seen in observations(made, AS_OF):
        alike.add(seen)
    return Folders(made, AS_OF, diagnosis, grounds(diagnosis.judged, alike), {})


def _folder(shape: tuple[int, ...], reader: str = READER, dominating: float = 1.0) -> dict[str, pd.DataFrame]:
    return dict(_folders(shape, dominating).of(reader).findings)


def _uncut(shape: tuple[int, ...]) -> dict[str, pd.DataFrame]:
    _, diagnosis = _made(shape)
    own = (f[f["manager_id"] == READER].reset_index(drop=True) for f in (diagnosis.table, diagnosis.levels))
    return dict(zip(("diagnosis", "levels"), own, strict=True))


def _errors(folder: dict[str, pd.DataFrame], made: Company, driver: str, known_teams: tuple[str, ...]) -> list[float]:
    """Of the best way, how far the guess is off each person who is not known; and luck's, where nothing is told."""
    people = truth(made).dropna(subset=[driver])
    known = people[people["manager_id"].isin(known_teams)]
    unknown = people[~people["manager_id"].isin(known_teams)]
    real = scaled(driver, unknown[driver])
    ways = []
    for expected in expected_levels(folder, driver).values():
        guess = the_others_level(
            expected, driver, known[driver], weight_of(known, driver), weight_of(unknown, driver).sum()
        )
        if guess is not None and np.isfinite(guess):
            ways.append(list(np.abs(real - guess)))
    by_luck = list(np.abs(real - scaled(driver, known[driver]).mean()))
    return min(ways, key=lambda errors: float(np.mean(errors)), default=by_luck)


def _by_luck(made: Company, driver: str, known_teams: tuple[str, ...]) -> list[float]:
    """How far whoever knows the mean of the others, or where they are fewer than five that of the known, is off."""
    people = truth(made).dropna(subset=[driver])
    unknown = people[~people["manager_id"].isin(known_teams)]
    real = scaled(driver, unknown[driver])
    known = scaled(driver, people.loc[people["manager_id"].isin(known_teams), driver])
    return list(np.abs(real - (real.mean() if len(real) >= 5 else known.mean())))


def _rms(errors: list[float]) -> float:
    return float(np.sqrt(np.mean(np.square(errors))))


# Of openings a week an unusual person counts for less with everybody (`diagnosis.yardstick`): told less well.
@pytest.mark.parametrize("driver", ["win_rate", "deal_size", "cycle_time"])
def test_before_it_is_cut_the_one_other_person_can_be_worked_out(driver):
    made, _ = _made((1,))
    assert _errors(_uncut((1,)), made, driver, (READER,))[0] < 0.25 * _spread(made, driver)


def _spread(made: Company, driver: str) -> float:
    return float(scaled(driver, truth(made)[driver]).std())


@pytest.mark.parametrize("driver", DRIVERS)
def test_the_whole_less_the_own_gives_nobody_away(driver):
    off, luck = [], []
    for shape in (*SHAPES, *DISCLOSABLE_SHAPES):
        made, _ = _made(shape)
        off += _errors(_folder(shape), made, driver, (READER,))
        luck += _by_luck(made, driver, (READER,))
    assert _rms(off) >= LIKE_LUCK * _rms(luck)


@pytest.mark.parametrize("driver", DRIVERS)
@pytest.mark.parametrize("shape", DISCLOSABLE_SHAPES)
def test_two_managers_who_compare_their_folders_work_nobody_out(driver, shape):
    made, _ = _made(shape)
    both = (READER, "m2")
    folders = [_folder(shape), _folder(shape, "m2")]
    off = min((_errors(folder, made, driver, both) for folder in folders), key=_rms)
    assert _rms(off) >= LIKE_LUCK * _rms(_by_luck(made, driver, both))


@pytest.mark.parametrize("shape", [*SHAPES, *DISCLOSABLE_SHAPES])
def test_of_fewer_than_five_left_without_any_one_team_there_is_no_number(shape):
    folder, left = _folder(shape), sum(shape) - max(shape)
    levels, table = folder["levels"], folder["diagnosis"]
    disclosed = levels[["expected", "peer_low", "peer_high", "at_stake_low", "at_stake_high"]].notna().any(axis=None)
    assert disclosed == (left >= 5) and folder["benchmarks"].empty == (left < 5)
    numbers = ["probability", "effect", "low", "high", "usual_low", "usual_high", "value_at_stake"]
    assert left >= 5 or table[numbers].isna().all(axis=None)


def test_a_verdict_stays_where_the_numbers_go():
    made, diagnosis = _made((1,))
    verdicts = diagnosis.table[diagnosis.table["manager_id"] == READER]["verdict"]
    assert list(_folder((1,))["diagnosis"]["verdict"]) == list(verdicts) and verdicts.nunique() > 1


@pytest.mark.parametrize("driver", ["win_rate", "deal_size", "pipeline_generation"])
def test_one_who_makes_nearly_all_of_it_is_not_told(driver):
    levels = _folder((5, 4, 4), dominating=40.0)["levels"]
    assert levels.loc[levels["driver"] == driver, "expected"].isna().all()


def test_no_benchmark_is_anybodys_number():
    """Within one in a hundred of somebody, no oftener than a number drawn from people like these."""
    random, hits, lucky = np.random.default_rng(1), [], []
    for shape in DISCLOSABLE_SHAPES:
        made, _ = _made(shape)
        people = truth(made)
        for driver in DRIVERS:
            outside = people.loc[people["manager_id"] != READER, driver].dropna()
            real = scaled(driver, outside).to_numpy()
            near = 0.01 * (abs(real.mean()) if driver == "win_rate" else 1.0)
            claims = scaled(driver, pd.Series(claimed_values(_folder(shape)["benchmarks"], driver), dtype="float64"))
            hits += [bool((np.abs(real - claim) < near).any()) for claim in claims]
            drawn = random.normal(real.mean(), 0.6 * real.std(), 200)  # quantiles lie where people are dense
            lucky += [bool((np.abs(real - one) < near).any()) for one in drawn]
    assert hits and np.mean(hits) <= np.mean(lucky) + 2 * np.sqrt(np.mean(lucky) / len(hits))


@cache
def _later(shape: tuple[int, ...], leaver: str) -> dict[str, pd.DataFrame]:
    """The folder of the next day, on which one person is not there any more and all else is as it was."""
    made, _ = _made(shape)
    deals = made.opportunities
    without = made.with_tables(
        people=made.people[made.people["person_id"] != leaver], opportunities=deals[deals["rep_id"] != leaver]
    )
    return dict(_folders_of(without, diagnosis_of(without, AS_OF)).of(READER).findings)


@pytest.mark.parametrize("driver", DRIVERS)
def test_two_builds_that_differ_by_one_person_do_not_tell_that_person(driver):
    off, luck = [], []
    for shape in DISCLOSABLE_SHAPES:
        people = truth(_made(shape)[0])
        known, others = people[people["manager_id"] == READER], people[people["manager_id"] != READER]
        leaver = others.index[-1]
        real = float(scaled(driver, others[driver])[leaver])
        before, after = expected_levels(_folder(shape), driver), expected_levels(_later(shape, leaver), driver)
        for way in before:
            totals = []
            for expected, rest in ((before[way], others), (after[way], others.drop(leaver))):
                weight = weight_of(rest, driver).sum()
                level = the_others_level(expected, driver, known[driver], weight_of(known, driver), weight)
                totals.append(np.nan if level is None else level * weight)
            if np.isfinite(totals).all():
                off.append(abs((totals[0] - totals[1]) / weight_of(others, driver)[leaver] - real))
                luck.append(abs(float(scaled(driver, others[driver]).mean()) - real))
    assert off and _rms(off) >= LIKE_LUCK * _rms(luck)

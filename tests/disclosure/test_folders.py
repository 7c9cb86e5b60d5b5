"""What is another team's does not reach a folder: its region, its pipeline, how many deals it has."""

from typing import get_type_hints

import pandas as pd
import pytest

from playbook.coaching.effect_rows import RATIO_TO_PEERS, TOO_EARLY, Effect
from playbook.diagnosis.diagnose import diagnosis_of
from playbook.diagnosis.diagnosis_rows import DiagnosisRow
from playbook.diagnosis.level_rows import LevelRow
from playbook.disclosure.company_patterns import Patterns
from playbook.disclosure.comparisons import EFFECT_OF_OTHERS, OF_OTHERS, effect_for_folders
from playbook.disclosure.folders import Folders
from playbook.disclosure.grounds import KEYS, AlikeElsewhere, grounds
from playbook.disclosure.outlooks import in_digits, teams_of_their_own
from playbook.sentences.verdict_sentences import reasons
from tests.disclosure.made_company import AS_OF, READER, made_company

# Numbers of a row that are the rep's own, or the driver's: nobody else has a part in them.
OWN = {
    "priority",
    "n",
    "own_n",
    "value",
    "total",
    "seen",
    "deals",
    "mates",
    "sessions",
    "n_before",
    "n_after",
    "before",
    "after",
}


@pytest.mark.parametrize("row", [DiagnosisRow, LevelRow, Effect])
def test_every_number_of_a_finding_is_known_to_be_the_reps_own_or_others_too(row):
    numbers = {name for name, kind in get_type_hints(row).items() if kind in (int, float)}
    assert numbers <= OWN | {*OF_OTHERS, *EFFECT_OF_OTHERS}, "say whose it is: here, or in disclosure.comparisons"


def _pattern(trait: str, group: str) -> pd.DataFrame:
    row = {"pattern": trait, "group": group, "driver": "win_rate", "seen": 0.2514, "others": 0.4871}
    return pd.DataFrame([row | {"low": 0.1814, "high": 0.3214, "n": 623, "q": 0.0001}])


def _with_region(of_team: dict[str, str], shape: tuple[int, ...] = (5, 5, 5)):
    made = made_company(shape, seed=3)
    team = made.opportunities["rep_id"].str.partition("r")[0]
    return made.with_tables(opportunities=made.opportunities.assign(region=team.map(of_team).fillna("West")))


def test_a_region_that_is_another_teams_is_told_to_nobody_else():
    made = _with_region({"m2": "North"})
    patterns = Patterns(_pattern("region", "North"), made, AS_OF)
    assert all(patterns.of(manager).empty for manager in (READER, "m3", "m4"))


def test_a_region_of_three_other_teams_is_told_without_a_number_that_is_exact():
    made = _with_region({"m2": "North", "m3": "North", "m4": "North"}, (6, 6, 6, 6, 6, 6))
    (disclosed,) = Patterns(_pattern("region", "North"), made, AS_OF).of(READER).to_dict("records")
    assert disclosed["n"] != 623 and abs(disclosed["n"] - 623) < 200
    assert all(disclosed[name] == round(disclosed[name], 2) for name in ("seen", "others"))


def test_own_people_are_not_counted_among_the_five():
    made = _with_region({READER: "North"})
    one = made.opportunities["rep_id"] == "m2r0"
    shared = made.with_tables(
        opportunities=made.opportunities.assign(region=made.opportunities["region"].mask(one, "North"))
    )
    assert Patterns(_pattern("region", "North"), shared, AS_OF).of(READER).empty


def test_where_the_numbers_stay_with_others_the_sentence_says_so():
    made = made_company((1,), seed=101)
    alike = AlikeElsewhere(made)
    diagnosis = diagnosis_of(made, AS_OF, alike.add)
    team = Folders(made, AS_OF, diagnosis, grounds(diagnosis.judged, alike), {}).of(READER)
    table = team.finding("diagnosis")
    compared = table[~table["verdict"].isin(["too_little_data", "not_comparable"])]
    assert len(compared)
    for reason in reasons(compared):
        assert "Too few people outside the team stand behind this" in reason.text and "nan" not in reason.text


@pytest.mark.parametrize(("disclosable", "change", "day"), [(True, 0.1, 1), (False, 0.1, None), (False, None, 1)])
def test_when_a_change_could_be_told_goes_along_only_where_its_width_may(disclosable, change, day):
    """It is worked out from that width; where nothing is measured yet, from the rep's own pace."""
    numbers = dict.fromkeys(("before", "after", "change", "low", "high", "probability"), change)
    row = {"manager_id": "m1", "rep_id": "r1", "driver": "win_rate", "aspect": "", "measured_as": RATIO_TO_PEERS}
    facts = {"sessions": 2, "n_before": 30, "n_after": 20, "verdict": TOO_EARLY}
    dates = {"began_on": pd.Timestamp("2026-01-05"), "known_on": pd.Timestamp("2027-04-17")}
    effect = pd.DataFrame([row | facts | dates | numbers]).astype(dict.fromkeys(numbers, "float64"))
    ground = pd.DataFrame([row | {"disclosable": disclosable, "step": 0.01}]).set_index(KEYS)[["disclosable", "step"]]
    (known_on,) = effect_for_folders(effect, ground)["known_on"]
    assert pd.isna(known_on) if day is None else known_on == pd.Timestamp(2027, 4, day)


@pytest.mark.parametrize(("shape", "alone"), [((5,), True), ((4, 4), True), ((5, 5), False)])
def test_a_team_with_too_few_others_has_a_forecast_of_its_own(shape, alone):
    assert (READER in teams_of_their_own(made_company(shape, seed=2))) == alone


def test_a_range_is_told_in_tenths_of_its_width_and_never_under_what_is_won():
    rows = pd.DataFrame({"low": [1_186_359.0], "middle": [1_374_782.0], "high": [1_582_358.0], "won": [1_190_000.0]})
    (disclosed,) = in_digits({"forecast": rows.assign(widened=1.2274)})["forecast"].to_dict("records")
    assert disclosed == {"low": 1_200_000, "middle": 1_360_000, "high": 1_600_000, "won": 1_190_000, "widened": 1.2}


def test_what_was_not_looked_at_is_told_to_nobody():
    made = made_company((1,), seed=101)
    ground = grounds(diagnosis_of(made, AS_OF).judged, AlikeElsewhere(made))
    judged = diagnosis_of(made, AS_OF).judged.set_index(["rep_id", "driver", "aspect"])
    assert not ground["disclosable"][judged.loc[ground.index, "own_n"] > 0].any()

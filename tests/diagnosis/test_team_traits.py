import pandas as pd

from playbook.diagnosis.team_traits import without_names_of_teams
from tests.diagnosis.made_rows import seen, shares, with_keys

TEAMS = pd.Series({f"p{i}": ("m1", "m2", "m3")[i // 4] for i in range(12)})


def regions(of_rep: dict[str, str]) -> pd.Series:
    rows = pd.concat([shares((rep, 3, 10)).assign(region=name) for rep, name in of_rep.items()], ignore_index=True)
    table = without_names_of_teams(seen(with_keys(rows.drop(columns="unit_id")), traits=("segment", "region")), TEAMS)
    return table.rows.groupby("rep_id")["region"].first().astype("str")


def test_a_region_for_each_team_is_no_trait_beside_the_team():
    assert regions({rep: f"of {team}" for rep, team in TEAMS.items()}).nunique() == 1


def test_regions_across_teams_stay_as_they_are():
    assert set(regions({rep: ("North", "South")[i % 2] for i, rep in enumerate(TEAMS.index)})) == {"North", "South"}


def test_a_region_that_two_teams_share_stays():
    table = regions({rep: "East" if team in ("m1", "m2") else "West" for rep, team in TEAMS.items()})
    assert table["p0"] == "East" and table["p8"] != "East"


def test_what_is_one_persons_alone_stays_that_persons():
    table = regions({rep: "Islands" if rep == "p0" else "Land" for rep in TEAMS.index})
    assert table["p0"] == "Islands"

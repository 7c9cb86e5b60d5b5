import pandas as pd
import pytest

from playbook.drivers import driver, registry
from playbook.drivers.driver import SENSITIVITIES, Aspect
from playbook.drivers.observing import observations, observations_of
from playbook.drivers.registry import DRIVERS, UnknownDriver, driver_of, is_driver, label_of
from playbook.metrics.observations import Observations
from playbook.simulate.plan import Plan
from playbook.simulate.simulated_company import simulate
from tests.scripts.requirements_files import ROOT

FORM = {"driver", "observing", "price", "registry", "showing"}


def test_the_folder_is_the_list():
    files = {file.stem for file in (ROOT / "playbook" / "drivers").glob("*.py")} - {"__init__"} - FORM
    assert set(DRIVERS) == files


def test_drivers_stand_in_the_order_that_each_names_and_no_two_name_the_same():
    orders = [one.order for one in DRIVERS.values()]
    assert orders == sorted(set(orders))


@pytest.mark.parametrize("key", ["nonsense", "", "deal_size:Discovery", "nonsense:Discovery"])
@pytest.mark.parametrize("ask", [driver_of, label_of])
def test_an_unknown_key_is_refused_with_the_keys_that_there_are(ask, key):
    with pytest.raises(UnknownDriver, match=r"stage:NAME") as refused:
        ask(key)
    assert "deal_size" in str(refused.value) and not str(refused.value).startswith("'")


def test_only_what_a_diagnosis_can_write_is_a_driver_s_key():
    assert [is_driver(key) for key in ("deal_size", "stage:Discovery")] == [True, True]
    assert [is_driver(key) for key in ("stage", "deal_size:Discovery", "next steps", "")] == [False] * 4


def test_a_name_is_said_whatever_it_holds():
    assert label_of("stage:Demo {x}; POC: 2") == "Conversion out of Demo {x}; POC: 2"


@pytest.mark.parametrize("key", sorted(DRIVERS))
def test_every_driver_says_what_else_could_make_its_difference(key):
    named = DRIVERS[key].sensitive_to
    assert named and len(named) == len(set(named)) and set(named) <= SENSITIVITIES


def test_every_sensitivity_is_that_of_some_driver():
    named = {one for each in DRIVERS.values() for one in each.sensitive_to}
    assert SENSITIVITIES - named == set()


def test_a_sensitivity_that_nobody_knows_is_refused():
    known = vars(DRIVERS["deal_size"])
    with pytest.raises(ValueError, match="late_lunch"):
        driver.Driver(**known | {"sensitive_to": ("late_lunch",)})


@pytest.mark.parametrize("key", sorted(DRIVERS))
def test_a_fact_can_be_told_of_every_aspect(key):
    for aspect in DRIVERS[key].aspects:
        sentence = aspect.fact.format(n=12, level="7 days", hits=5, name="Demo")
        assert sentence[0].isupper() or sentence[0].isdigit()
        assert sentence.endswith(".") and not sentence.endswith("..")


def test_an_aspect_that_a_driver_does_not_have_is_refused():
    assert DRIVERS["cycle_time"].aspect("").counted == "deals"
    with pytest.raises(ValueError, match="no aspect 'until lost'"):
        DRIVERS["cycle_time"].aspect("until lost")


def test_only_the_first_aspect_can_be_alone_and_second_ones_come_beside_it():
    assert not [one.key for one in DRIVERS.values() if one.aspects[0].second]


def test_every_driver_is_measured_and_its_aspects_are_those_of_its_file():
    made = simulate(Plan(managers=1, reps_per_team=4, months=8), 3).company
    seen = list(observations(made, Plan().ends_on))
    assert {driver_of(each.driver).key for each in seen} == set(DRIVERS) - {"win_rate"}
    for each in seen:
        assert each.aspect in {aspect.key for aspect in driver_of(each.driver).aspects}


def test_the_win_rate_is_still_measured_where_stages_stand_in_its_place():
    made = simulate(Plan(managers=1, reps_per_team=4, months=8), 3).company
    (seen,) = observations_of(made, "win_rate", Plan().ends_on)
    assert seen.rows["value"].isin([0, 1]).all() and len(seen.rows) > 100


@pytest.mark.parametrize(("named", "aspect"), [("win_rate", ""), ("deal_size", "by weight")])
def test_a_driver_that_measures_what_its_file_does_not_hold_is_refused(monkeypatch, named, aspect):
    rows = pd.DataFrame({"rep_id": [], "value": []})
    seen = Observations(named, "means", rows, (), aspect=aspect)
    changed = driver.Driver(**vars(DRIVERS["deal_size"]) | {"measure": lambda deals: [seen]})
    monkeypatch.setattr(registry, "DRIVERS", {"deal_size": changed})
    made = simulate(Plan(managers=1, reps_per_team=4, months=8), 3).company
    with pytest.raises(ValueError, match="deal_size (measures win_rate|has no aspect 'by weight')"):
        observations_of(made, "deal_size", Plan().ends_on)


def test_a_driver_has_an_aspect():
    with pytest.raises(ValueError, match="no aspect"):
        driver.Driver(**vars(DRIVERS["deal_size"]) | {"aspects": ()})
    assert Aspect(counted="deals", one="deal", many="deals", fact="{n}").key == ""

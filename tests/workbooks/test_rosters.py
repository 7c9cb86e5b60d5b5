"""Who gets a workbook, who was asked for, and the name of its folder."""

import pandas as pd
import pytest

from playbook.company import save_toml
from playbook.errors import UnusableInput
from playbook.workbooks import rosters
from tests.coaching.small_team import company as small

PEOPLE = pd.DataFrame(
    [
        ("m1", "Mo", "manager", "v1", True),
        ("m2", "Zoë Müller", "manager", None, True),
        ("m3", "Twin", "manager", None, True),
        ("m4", "Twin", "manager", None, True),
        ("m5", "Lee Alone", "manager", None, True),
        ("m6", "Kim Formerly", "manager", None, True),
        ("m7", "Gone", "manager", None, False),
        ("v1", "Vi", "leader", None, True),
        ("r1", "Ana", "rep", "m1", True),
        ("r2", "Ben", "rep", "m2", True),
        ("r3", "Cara", "rep", "m3", True),
        ("r4", "Dan", "rep", "m4", True),
        ("r5", "Eve", "rep", "m6", False),
        ("r6", "Finn", "rep", "m7", True),
        ("r7", "Gil", "rep", None, True),
    ],
    columns=["person_id", "name", "role", "manager_id", "active"],
)


@pytest.fixture(scope="module")
def company():
    return small().with_tables(people=PEOPLE)


def test_everyone_with_an_active_rep_gets_one_in_the_order_of_names(company):
    assert rosters.managers_named(company)["person_id"].tolist() == ["m1", "m3", "m4", "m2"]


def test_those_who_get_none_are_told_with_the_reason(company):
    left_out = rosters.without_workbook(company)
    assert dict(zip(left_out["name"], left_out["why"], strict=True)) == {
        "Kim Formerly": "their reps have left",
        "Lee Alone": "no rep reports to them",
        "Vi": "they lead managers; no rep reports to them",
    }


@pytest.mark.parametrize("name_or_id", ["m2", "Zoë Müller", "zoë müller", " Zoë Müller "])
def test_a_manager_is_found_by_id_or_by_name(company, name_or_id):
    assert rosters.managers_named(company, [name_or_id])["person_id"].tolist() == ["m2"]


def test_asked_for_twice_is_made_once_and_the_order_stays_that_of_names(company):
    assert rosters.managers_named(company, ["m2", "Mo", "m2"])["person_id"].tolist() == ["m1", "m2"]


def test_a_name_that_is_almost_right_is_answered_with_the_right_one(company):
    with pytest.raises(UnusableInput, match="Did you mean: Zoë Müller"):
        rosters.managers_named(company, ["Zoe Muller"])


def test_a_name_that_is_quite_wrong_is_answered_with_some_that_exist(company):
    with pytest.raises(UnusableInput, match="Did you mean: Mo; "):
        rosters.managers_named(company, ["xyzzy"])


def test_two_of_one_name_have_to_be_asked_for_by_id(company):
    with pytest.raises(UnusableInput, match="2 managers have this name.\nAsk by id: m3, m4"):
        rosters.managers_named(company, ["Twin"])


def test_a_manager_who_gets_none_is_refused_with_the_reason(company):
    with pytest.raises(UnusableInput, match="no rep reports to them"):
        rosters.managers_named(company, ["Lee Alone"])


def test_a_company_in_which_nobody_leads_is_refused_with_a_remedy(company):
    with pytest.raises(UnusableInput, match="nobody gets a workbook.*\n.*column Manager"):
        rosters.managers_named(company.with_tables(people=PEOPLE.assign(manager_id=None)))


def test_a_folder_is_readable_safe_and_unlike_that_of_a_namesake():
    names = {rosters.folder_name("c", person, "Twin") for person in ("m3", "m4")}
    assert len(names) == 2 and all(name.startswith("twin-") for name in names)
    assert rosters.folder_name("c", "m2", "../Zoë Müller\n<x>").startswith("zoe-muller-x-")
    assert rosters.folder_name("c", "m2", "李雷").startswith("manager-")


def test_one_who_changed_their_name_keeps_the_folder(tmp_path):
    old = tmp_path / rosters.folder_name("c", "m1", "Mo Smith")
    (old / "team").mkdir(parents=True)
    save_toml({"manager_id": "m1"}, old / "team" / "team.toml")
    assert rosters.workbook_folder(tmp_path, "c", "m1", "Mo Jones") == old


def test_a_folder_that_only_looks_alike_is_not_taken(tmp_path):
    old = tmp_path / rosters.folder_name("c", "m1", "Mo Smith")
    (old / "team").mkdir(parents=True)
    save_toml({"manager_id": "m9"}, old / "team" / "team.toml")
    assert rosters.workbook_folder(tmp_path, "c", "m1", "Mo Jones") != old


def test_somebody_known_whom_no_rep_reports_to_is_not_called_unknown(company):
    with pytest.raises(UnusableInput, match="no active rep reports to them"):
        rosters.managers_named(company, ["Ana"])

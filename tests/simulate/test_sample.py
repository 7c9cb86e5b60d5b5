"""The sample company: its size, where its answers go, and that the committed one is what the code makes."""

import pytest

from playbook import roster
from playbook.company import TABLES, load
from playbook.diagnosis.diagnose import diagnose
from playbook.errors import UnusableInput
from playbook.simulate.plan import Plan, PlantedHabit
from playbook.simulate.sample import AS_OF, SEED, sample_plan, write_sample
from playbook.simulate.simulated_company import simulate
from tests.scripts.requirements_files import ROOT

COMMITTED = ROOT / "data" / "samples"


@pytest.fixture(scope="module")
def written(tmp_path_factory):
    folder = tmp_path_factory.mktemp("sample") / "company"
    return folder, write_sample(folder, managers=2, reps=6, months=4, seed=2)


@pytest.fixture(scope="module")
def committed():
    return load(COMMITTED / "company")


def test_the_sample_has_6_managers_40_reps_and_15_months(committed):
    assert len(roster.managers(committed)) == 6 and len(roster.active_reps(committed)) == 40
    opened = committed.opportunities["created_on"]
    assert 14 * 30 < (opened.max() - opened.min()).days <= 15 * 31
    assert committed.settings.simulated


@pytest.mark.parametrize("table", TABLES)
def test_the_committed_tables_are_what_the_code_makes(committed, table):
    """After a change of the simulation: python3 scripts/make_samples.py"""
    made = simulate(sample_plan(), SEED).company
    assert committed.table(table).equals(made.table(table)) and committed.settings == made.settings


def test_the_committed_answers_are_what_the_code_makes():
    made = simulate(sample_plan(), SEED).truth.to_csv(index=False, lineterminator="\n")
    assert (COMMITTED / "truth" / "truth.csv").read_text(encoding="utf-8") == made


def test_the_answers_stand_beside_the_company_and_never_in_it(written):
    folder, simulated = written
    answers = folder.with_name("company-truth.csv").read_text(encoding="utf-8")
    assert answers.count("\n") == len(simulated.truth) + 1
    inside = b"".join(file.read_bytes() for file in folder.rglob("*") if file.is_file())
    assert b"hard_territory" not in inside and b"ordinary rep" not in inside


def test_answers_inside_the_company_are_refused_before_anything_is_written(tmp_path):
    with pytest.raises(UnusableInput, match="own folder"):
        write_sample(tmp_path / "company", managers=1, reps=1, months=1, truth=tmp_path / "company" / "truth.csv")
    assert not (tmp_path / "company").exists()


def test_the_same_seed_writes_the_same_bytes(written, tmp_path):
    folder, _ = written
    write_sample(tmp_path / "again", managers=2, reps=6, months=4, seed=2)
    first = {f.name: f.read_bytes() for f in folder.iterdir()}
    assert first == {f.name: f.read_bytes() for f in (tmp_path / "again").iterdir()}


@pytest.mark.parametrize(("managers", "reps"), [(1, 1), (2, 6), (3, 40), (50, 400)])
def test_reps_are_spread_over_all_managers(managers, reps):
    sizes = sample_plan(managers, reps, 6).team_sizes
    assert sum(sizes) == reps and len(sizes) == managers and min(sizes) >= 1


def test_fewer_reps_than_managers_are_refused():
    with pytest.raises(UnusableInput, match="3 reps cannot be spread over 5 managers"):
        sample_plan(5, 3)


HABITS = {"late_entry", "activities_not_logged", "late_closing", "bulk_closing", "part_time"}


def test_the_sample_holds_habits_of_the_record_that_its_answers_label():
    truth = simulate(sample_plan(), SEED).truth
    carriers = truth[truth["cause"].str.startswith("habit:")]
    assert set(carriers["cause"].str.removeprefix("habit:")) == HABITS and carriers["rep_id"].is_unique
    assert set(truth.loc[truth["rep_id"].isin(carriers["rep_id"]), "cause"]) == set(carriers["cause"])
    assert carriers["sentence"].str.startswith("Sells as an ordinary rep does").all()


def test_nobody_of_the_sample_is_coached_or_praised_for_how_the_record_is_kept(committed):
    truth = simulate(sample_plan(), SEED).truth
    carriers = truth.loc[truth["cause"].str.startswith("habit:"), "rep_id"]
    own = diagnose(committed, AS_OF)
    own = own[own["rep_id"].isin(carriers)]
    assert not own["verdict"].isin(["coach", "strength"]).any()
    asked = own[own["verdict"] == "ask_first"]
    assert set(asked["way"]) == {"late_entry", "part_time"}


def test_a_habit_of_nobody_is_refused():
    with pytest.raises(UnusableInput, match="'late_entry' is planted in nobody"):
        simulate(Plan(managers=1, reps_per_team=2, habits=(PlantedHabit(0, 7, "late_entry"),)), 1)


def test_the_first_team_holds_what_a_manager_can_meet(committed):
    causes = simulate(sample_plan(), SEED).truth.query("manager_id == 'M001'")["cause"]
    assert {"none", "discounting", "new_hire", "hard_territory", "luck", "slippage"} <= set(causes)

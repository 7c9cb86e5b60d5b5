"""A new driver is its file and its play: added to a copy of the package, and looked for in what a manager reads."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.scripts.requirements_files import ROOT

FILE = '''
"""Second deals: of the closed deals, the share that is worth more than the company's middle one."""

from playbook.drivers.driver import SHARE, Aspect, Driver
from playbook.drivers.price import in_proportion
from playbook.drivers.showing import lost
from playbook.metrics.observations import DEAL_TRAITS, SHARES, Observations, rows_of


def _measure(deals):
    closed = deals.closed()
    large = closed["amount"] > closed["amount"].median()
    yield Observations("large_deals", SHARES, rows_of(closed, deals.traits, large), ("segment", "period"))


DRIVER = Driver(
    key="large_deals",
    label="Large deals",
    order=45,
    measure=_measure,
    needs=("opportunities.amount",),
    unit=SHARE,
    level_unit=SHARE,
    higher_is_better=True,
    margin=0.06,
    fewest=12,
    aspects=(
        Aspect(
            counted="closed deals with an amount",
            one="closed deal",
            many="closed deals",
            fact="{hits} of {n} closed deals were large ones.",
            each="large",
        ),
    ),
    price=in_proportion,
    look_at="two first meetings: how large a problem is asked about?",
    deals_that_show_it=lambda deals: lost(deals.lost, "a small one lost"),
    sensitive_to=("split_deals", "amount_units"),
)
'''
READ = """
import json, sys
import playbook
from playbook.chapters.each_rep import each_rep
from playbook.chapters.the_coaching_conversation import conversation
from playbook.chapters.the_improvement_plan import coaching_plan
from playbook.coaching.effect import coaching_effect
from playbook.diagnosis.diagnose import diagnosis_of
from playbook.disclosure.benchmarks import benchmarks
from playbook.sentences.effect_sentences import effect_sentences
from playbook.sentences.explained import explained
from playbook.sentences.verdict_sentences import reason_of
from playbook.simulate.plan import Plan
from playbook.simulate.simulated_company import simulate
from playbook.team import team_of
import pandas as pd

KEY, day = "large_deals", Plan().ends_on
made = simulate(Plan(managers=3, reps_per_team=5, months=12), 5).company
rep = made.people.loc[made.people["role"] == "rep", "person_id"].iloc[0]
deals = made.opportunities
small = (deals["rep_id"] == rep) & (deals["amount"] > deals["amount"].median())
made = made.with_tables(opportunities=deals.assign(amount=deals["amount"].mask(small, deals["amount"].min())))
diagnosis = diagnosis_of(made, day)
row = diagnosis.table[(diagnosis.table["rep_id"] == rep) & (diagnosis.table["driver"] == KEY)].iloc[0]
others = diagnosis.table["driver"].isin([KEY, "slippage"])
began = pd.DataFrame({"rep_id": [rep], "driver": [KEY], "began_on": [pd.Timestamp(day) - pd.Timedelta(days=150)]})
effect = coaching_effect(made, day, began)
team = team_of(
    made,
    row["manager_id"],
    day,
    {
        "diagnosis": diagnosis.table[others],
        "levels": diagnosis.levels,
        "company_wide": diagnosis.patterns,
        "benchmarks": benchmarks(diagnosis.levels, row["manager_id"]),
        "coaching_effect": effect,
    },
)
print(json.dumps({
    "package": playbook.__file__,
    "verdict": row["verdict"],
    "why": reason_of(diagnosis.table, rep, KEY).one_sentence,
    "at_stake": row["value_at_stake"],
    "explained": explained(made, day, rep, KEY, diagnosis=diagnosis),
    "effect": effect_sentences(effect),
    "each_rep": each_rep.reps(team, rep).html,
    "the_coaching_conversation": conversation.conversations(team, rep).text,
    "the_improvement_plan": coaching_plan.drafts(team, rep).text,
}))
"""


def files_of(folder: Path) -> dict[str, bytes]:
    files = (file for file in folder.rglob("*") if file.is_file() and "__pycache__" not in file.parts)
    return {str(file.relative_to(folder)): file.read_bytes() for file in files}


@pytest.fixture(scope="module")
def package(tmp_path_factory) -> Path:
    """The package with one driver more, and the notebooks beside it as in the project."""
    place = tmp_path_factory.mktemp("with-one-more")
    shutil.copytree(ROOT / "notebooks", place / "notebooks")
    made = place / "playbook"
    shutil.copytree(ROOT / "playbook", made, ignore=shutil.ignore_patterns("__pycache__"))
    (made / "drivers" / "large_deals.py").write_text(FILE, encoding="utf-8")
    play = (made / "plays" / "deal_size.md").read_text(encoding="utf-8").replace("first meetings", "meetings")
    play = play.replace("# Two scopes, each tied to a result", "# A large problem asked about")
    (made / "plays" / "large_deals.md").write_text(play, encoding="utf-8")
    return made


@pytest.fixture(scope="module")
def read(package) -> dict:
    env = os.environ | {"PYTHONPATH": str(package.parent), "OPENBLAS_NUM_THREADS": "1", "MPLBACKEND": "agg"}
    run = subprocess.run([sys.executable, "-c", READ], capture_output=True, text=True, env=env, cwd=package.parent)
    assert run.returncode == 0, run.stderr
    return json.loads(run.stdout.splitlines()[-1])


def test_two_files_more_and_no_other_changed(package, read):
    was, now = files_of(ROOT / "playbook"), files_of(package)
    assert {name for name in now if now[name] != was.get(name)} == {"drivers/large_deals.py", "plays/large_deals.md"}
    assert Path(read["package"]).parent == package


def test_its_verdict_its_reason_and_its_price_are_told(read):
    assert read["verdict"] == "coach"
    assert "closed deals were large ones; with deals like these" in read["why"]
    assert "how large a problem is asked about." in read["why"]
    assert read["at_stake"] > 0
    assert any("closed deals with an amount" in line for line in read["explained"])
    assert any("(1: large; 0: not)" in line for line in read["explained"])


def test_each_rep_shows_it_with_its_deals_and_its_quarters(read):
    assert "To work on: large deals." in read["each_rep"]
    assert "large deals by quarter" in read["each_rep"]
    assert "n counts closed deals with an amount" in read["each_rep"]
    assert "A small one lost on" in read["each_rep"]


def test_the_coaching_conversation_and_the_improvement_plan_coach_it_by_its_own_play(read):
    assert (
        "Large deals" in read["the_coaching_conversation"]
        and "something small to start" in read["the_coaching_conversation"]
    )
    assert "Large deals" in read["the_improvement_plan"] and "closed deals" in read["the_improvement_plan"]


def test_whether_coaching_helped_is_told_of_it_too(read):
    assert len(read["effect"]) == 1 and "closed deals with an amount in the year before" in read["effect"][0]

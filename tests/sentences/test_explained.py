import re
from functools import partial

import pytest

from playbook.errors import UnusableInput
from playbook.metrics.stage_conversion import followed_up, stage_exits
from playbook.metrics.tenure import ramped_on
from playbook.sentences.explained import explained
from tests.diagnosis.conftest import AS_OF


@pytest.fixture
def ask(sample_company, sample_diagnosis):
    return partial(explained, sample_company, AS_OF, diagnosis=sample_diagnosis)


@pytest.fixture
def lines(ask) -> str:
    return "\n".join(ask("R002", "stage:Solution"))


def test_the_counts_can_be_made_again_by_hand(lines, sample_company):
    exits = followed_up(stage_exits(sample_company), AS_OF)
    deals = sample_company.opportunities.set_index("opportunity_id")
    own = exits[(exits["rep_id"] == "R002") & (exits["stage"] == "Solution")]
    own = own[own["opportunity_id"].map(deals["created_on"]) >= ramped_on(sample_company)["R002"]]
    passed = int((own["result"] == "passed").sum())
    assert f"{passed} of {len(own)} deals that left Solution went on" in lines


def test_the_others_share_within_a_segment_can_be_counted(lines, sample_company):
    line = next(line for line in lines.splitlines() if "segment SMB" in line)
    share, n = re.search(r"others ([\d.]+) \(of ([\d,]+)\)", line).groups()
    assert 0 < float(share) < 1
    assert int(n.replace(",", "")) > 500


def test_peers_stand_without_names(lines, sample_company):
    names = sample_company.people["name"].dropna()
    named = [name for name in names if name in lines]
    assert named == [sample_company.people.set_index("person_id")["name"]["R002"]]
    assert re.search(r"^ +P1 ", lines, re.MULTILINE)


def test_whoever_runs_the_company_may_ask_for_names(ask, sample_company):
    lines = "\n".join(ask("R002", "stage:Solution", names=True))
    name = sample_company.people.set_index("person_id")["name"]["R003"]
    assert name in lines


def test_it_ends_with_the_steps_to_the_verdict(lines):
    assert "Verdict: coach" in lines
    for step in ("1. What was counted", "2. The peers", "3. The difference as seen", "5. Luck taken into account"):
        assert step in lines


def test_a_rep_is_found_by_name_in_any_case(ask, sample_company):
    name = sample_company.people.set_index("person_id")["name"]["R002"]
    assert name in ask(name.upper(), "deal_size")[0]


def test_too_little_data_is_explained_as_such(ask):
    lines = "\n".join(ask("R004", "deal_size"))
    assert "Too little data" in lines


def test_an_unknown_rep_gets_near_names(ask, sample_company):
    name = sample_company.people.set_index("person_id")["name"]["R002"]
    with pytest.raises(UnusableInput, match="Did you mean"):
        ask(name[:-2], "deal_size")


def test_an_unknown_driver_gets_the_list(ask):
    with pytest.raises(UnusableInput, match="stage:Solution"):
        ask("R002", "charisma")

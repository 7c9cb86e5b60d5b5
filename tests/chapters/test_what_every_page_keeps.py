"""What holds for every cell of the chapters, on a full team, a thin one and none."""

import re
from collections.abc import Callable
from functools import cache

import pytest

from playbook.chapters.cover_from_your_leader import cover
from playbook.chapters.each_rep import each_rep, peer_meetings
from playbook.chapters.holding_people_to_it import coaching_effect, commitments
from playbook.chapters.the_coaching_conversation import conversation
from playbook.chapters.the_improvement_plan import plan
from playbook.chapters.where_revenue_comes_from import landing, pipeline, revenue
from playbook.chapters.why_deals_are_lost import lost_deals, win_rate_apart
from playbook.chapters.your_new_role import role
from playbook.chapters.your_week import week
from playbook.display import Shown
from tests.coaching.small_team import company, diagnosis, team, thin

CELLS = (
    role.team_at_a_glance,
    role.the_data,
    role.how_others_see_it,
    role.two_skills,
    week.hours_needed,
    week.hours_seen,
    week.own_deals,
    week.proposed_split,
    week.balance,
    revenue.so_far,
    revenue.by_rep,
    revenue.to_reach_the_quota,
    pipeline.to_ask_about,
    pipeline.new_pipeline,
    landing.where_it_lands,
    landing.account,
    lost_deals.how_often,
    lost_deals.where_it_leaks,
    lost_deals.what_was_said,
    win_rate_apart.by_group,
    win_rate_apart.what_moved,
    win_rate_apart.whose_it_is,
    each_rep.team_map,
    each_rep.which_is_real,
    each_rep.cannot_say,
    peer_meetings.meetings,
    conversation.who,
    conversation.conversations,
    conversation.everyone_else,
    plan.drafts,
    plan.new_reps,
    commitments.kept_so_far,
    commitments.agendas,
    coaching_effect.did_it_help,
    commitments.luck_alone,
    cover.page,
    cover.to_enablement,
    cover.to_operations,
)
# Luck names nobody; the map stands by group, and by name inside each (held by the tests of chapter 05).
NOT_BY_NAME = (commitments.luck_alone, each_rep.team_map)
ALL_DRIVERS = ("pipeline_generation", "win_rate", "cycle_time", "activity", "forecast_accuracy")
TEAMS = {
    "full": team(),
    "every driver": team(diagnosis(*((f"r{i}", driver, "coach", 1) for i, driver in enumerate(ALL_DRIVERS, start=1)))),
    "old data": team(days_old=900),
    "two reps": team(diagnosis(("r1", "win_rate", "watch", 1)), company({"r1": "Ana", "r2": "Ben"})),
    "one rep, thin": team(diagnosis(("r1", "win_rate", "too_little_data", 1)), thin({"r1": "Ana"})),
    "no diagnosis": team(None),
    "nobody": team(None, thin()),
    "nobody, empty diagnosis": team(diagnosis(), thin()),
}
BLAMING = re.compile(
    r"\b(underperform|weak rep|bad rep|worst|lowest performer|fails? to|lazy|rank(ed|ing)?\b(?! nobody)|score)",
    re.IGNORECASE,
)
EVERYWHERE = [
    pytest.param(cell, which, id=f"{cell.__module__.rpartition('.')[2]}.{cell.__name__}: {which}")
    for which in TEAMS
    for cell in CELLS
]


@cache
def once(cell: Callable[..., Shown], which: str) -> Shown:
    return cell(TEAMS[which])


@pytest.mark.parametrize(("cell", "which"), EVERYWHERE)
def test_a_cell_says_something_and_nothing_that_no_person_would_say(cell, which):
    shown = once(cell, which)
    assert shown.text.strip() and shown.html.strip()
    assert not re.search(r"\b(nan|NaN|None|NaT|inf|unknown|<NA>)\b|\{|\}|\*\*", shown.text)
    assert not re.search(r"/(tmp|home|work|Users)/", shown.html)
    assert not re.search(r"\b1 (reps|deals|days|people|weeks|sessions|things)\b", shown.text)


@pytest.mark.parametrize(("cell", "which"), EVERYWHERE)
def test_a_cell_shows_the_same_twice(cell, which):
    assert once(cell, which) == cell(TEAMS[which])


@pytest.mark.parametrize(("cell", "which"), EVERYWHERE)
def test_no_cell_blames_or_ranks(cell, which):
    assert not BLAMING.search(once(cell, which).text)


@pytest.mark.parametrize("cell", CELLS)
def test_sentences_are_short_on_average(cell):
    paragraphs = re.findall(r"<(?:p|li)\b[^>]*>(.*?)</(?:p|li)>", once(cell, "full").html, flags=re.DOTALL)
    text = " ".join(re.sub(r"<[^>]+>", "", paragraph) for paragraph in paragraphs)
    sentences = [s for s in re.split(r"(?<=[.?!:])\s+", text) if s.strip()]
    assert not sentences or sum(len(s.split()) for s in sentences) / len(sentences) <= 20


@pytest.mark.parametrize("cell", [cell for cell in CELLS if cell not in NOT_BY_NAME])
def test_people_stand_by_name_whatever_the_verdicts(cell):
    """Within each table: where two names open rows, they open them in the order of the alphabet."""
    for block in once(cell, "full").text.split("\n\n"):
        opened = [
            line.split()[0]
            for line in block.splitlines()
            if line.strip() and line.split()[0] in ("Ana", "Ben", "Cara", "Dan", "Eve")
        ]
        assert opened == sorted(opened)

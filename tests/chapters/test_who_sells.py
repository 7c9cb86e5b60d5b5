"""Nobody is sent to sit beside a person without deals, and nobody of another job is asked about deals."""

from dataclasses import replace

from playbook.chapters.each_rep import each_rep, peer_meetings
from playbook.chapters.pages.this_week import this_week
from playbook.chapters.the_coaching_conversation import conversation
from playbook.chapters.who_sells import of_another_job, without_deals
from playbook.team import Team
from tests.coaching.small_team import company, diagnosis, team

SILENT = diagnosis(*((rep, "win_rate", "too_little_data", 1) for rep in ("r1", "r2", "r3", "r4", "r5")))


def without_dans_deals() -> Team:
    """The small team, in which Dan (r4) owns no deal."""
    whole = company()
    deals = whole.opportunities[whole.opportunities["rep_id"] != "r4"]
    history = whole.stage_history[whole.stage_history["opportunity_id"].isin(deals["opportunity_id"])]
    return team(SILENT, of=whole.with_tables(opportunities=deals, stage_history=history))


def with_an_assistant() -> Team:
    """The small team without Dan's deals, in which Dan's title is not a seller's."""
    rows = SILENT.assign(sells=SILENT["rep_id"] != "r4")
    return replace(without_dans_deals(), findings={"diagnosis": rows})


def test_who_has_no_deals_and_who_has_another_job_is_told_apart():
    assert without_deals(without_dans_deals()) == {"r4"} and of_another_job(with_an_assistant()) == {"r4"}
    assert not without_deals(team(SILENT)) and not of_another_job(team(SILENT))


def test_the_week_sends_nobody_to_sit_beside_a_person_without_deals():
    (step,) = [step for step in this_week(without_dans_deals()) if step.chapter == 6]
    assert step.what == "Spend an hour beside one of these: Ana, Ben, Cara or Eve."


def test_no_pair_is_made_with_a_person_of_another_job():
    assert "Dan" not in peer_meetings.meetings(with_an_assistant()).text


def test_a_person_of_another_job_is_asked_about_the_work_and_not_about_deals():
    part = each_rep.reps(with_an_assistant(), "Dan").text
    assert "Dan has another job." in part and "another name" not in part
    assert "The title is not a seller's" in conversation.everyone_else(with_an_assistant()).text


def test_a_seller_without_deals_is_asked_where_the_deals_run():
    assert "The export holds no deal of Dan." in each_rep.reps(without_dans_deals(), "Dan").text
    assert "Ask under which name their deals run." in conversation.everyone_else(without_dans_deals()).text

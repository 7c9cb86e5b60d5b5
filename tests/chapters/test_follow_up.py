import pandas as pd

from playbook.chapters.holding_people_to_it import follow_up
from tests.coaching.small_team import company, team, thin


def test_what_is_due_is_named_in_the_order_of_names():
    text = follow_up.sessions_so_far(team()).text
    assert "A follow-up is due with Ben, Cara, Dan and Eve." in text
    assert "4 Apr 2026" in text and "next steps" in text


def test_if_nobody_waits_that_is_said():
    log = company().coaching_log
    all_met = log.assign(rep_id=["r2", "r3", "r4", "r5"], on="2026-03-30")
    whole = company().with_tables(coaching_log=pd.concat([log, all_met]))
    assert "Each of your reps had a session" in follow_up.sessions_so_far(team(of=whole)).text


def test_without_a_log_the_section_is_off():
    assert "is off." in follow_up.sessions_so_far(team(of=thin({"r1": "Ana"}))).text


def test_each_agenda_begins_with_the_last_agreement():
    lines = follow_up.agendas(team()).text.splitlines()
    ana = next(line for line in lines if line.strip().startswith("Ana"))
    cara = next(line for line in lines if line.strip().startswith("Cara"))
    assert (
        "What you agreed on 21 Mar 2026 (next steps)." in ana
        and "The problem and its cost, in the customer's words." in ana
    )
    assert "Nothing is written down yet" in cara and "What goes well" in cara


def test_luck_is_worked_out_with_the_team_s_own_numbers():
    text = follow_up.luck_alone(team()).text
    assert "your 5 reps who close deals" in text
    assert "27% of the deals, and closes 13 a quarter" in text  # 7 of 26 won; 13 weeks
    assert "130 closed deals" in text


def test_a_team_with_few_deals_gets_a_made_up_team_not_its_own_noise():
    text = follow_up.luck_alone(team(of=thin({"r1": "Ana"}))).text
    assert "made-up" in text and "13 points" in text and "83%" in text


def test_commitments_are_of_three_kinds():
    text = follow_up.sheet(team()).text
    assert "each rep's, mine, my leader's" in text


def test_a_manager_without_reps_gets_sentences():
    nobody = team(None, thin())
    for page_part in (follow_up.sessions_so_far(nobody), follow_up.agendas(nobody), follow_up.luck_alone(nobody)):
        assert page_part.text and "<table" not in page_part.html

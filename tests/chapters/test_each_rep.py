import re
from dataclasses import replace
from functools import cache

import pandas as pd
import pytest

from playbook.chapters.each_rep import each_rep
from playbook.coaching.deals_to_look_at import open_at_risk
from playbook.display import PagePart
from playbook.errors import UnusableInput
from playbook.metrics.line_up import line_up
from playbook.metrics.open_deals import FEWEST_WON
from playbook.team import Team
from tests.chapters.measured_team import ROWS, measured
from tests.chapters.test_what_every_page_keeps import BLAMING, TEAMS
from tests.coaching.small_team import AS_OF, REPS, company, diagnosis, team, thin

NAMES = tuple(REPS.values())


@cache
def mine() -> Team:
    return measured()


@cache
def part(name: str) -> PagePart:
    return each_rep.reps(mine(), name)


@cache
def the_map() -> PagePart:
    return each_rep.team_map(mine())


@cache
def everybody() -> PagePart:
    return each_rep.reps(mine())


@cache
def the_line_up() -> PagePart:
    return each_rep.which_is_real(mine())


def rows_of(shown: PagePart) -> list[str]:
    return re.findall(r'<th scope="row">(.*?)</th>', shown.html)


def test_the_map_groups_by_verdict_and_stands_by_name_inside():
    assert rows_of(the_map()) == ["Ana", "Ben", "Dan", "Eve", "Cara"]
    assert "There is something to coach with Ana." in the_map().text


def test_the_map_shows_certainty_and_money_apart_and_never_a_total():
    text = the_map().text
    assert "93%" in text and "$12k" in text
    assert "total" not in text.lower() and "$15k" not in text


def test_money_does_not_move_anybody():
    richer = [row[:9] + (9e6, *row[10:]) if row[0] == "r2" else row for row in ROWS]
    assert rows_of(each_rep.team_map(measured(*richer))) == rows_of(the_map())


def test_signs_alone_are_not_called_something_to_coach():
    text = each_rep.team_map(measured(*(row for row in ROWS if row[2] != "coach"))).text
    assert "signs to watch, and no evidence to coach on yet" in text


def test_nobody_to_coach_is_said_without_an_empty_picture():
    quiet = team(diagnosis(*((rep, "win_rate", "no_evidence", 1) for rep in REPS)))
    shown = each_rep.team_map(quiet)
    assert "no sure difference with any of your 5 reps" in shown.text and "<img" not in shown.html


def test_the_line_up_folds_its_answer_and_tells_it_nowhere_else():
    shown = the_line_up()
    before, folded = shown.html.split("<details>")
    assert re.search(r"Chart \d is your team", folded) and not re.search(r"chart \d is", before, re.IGNORECASE)


def test_the_answer_is_the_chart_that_shows_the_team_as_it_is():
    deals = mine().deals
    real = line_up(deals, "company", "m1").real
    assert f"Chart {real} is your team." in the_line_up().text


def test_the_line_up_names_nobody():
    assert not any(name in the_line_up().text for name in NAMES)


def test_too_few_deals_for_a_line_up_say_so():
    assert "no chart of win rates by rep can tell you anything yet" in each_rep.which_is_real(team(None, thin())).text


def test_each_rep_has_a_part_in_the_order_of_names():
    headings = re.findall(r"<h3>(.*?)</h3>", everybody().html)
    assert headings == list(NAMES)


@pytest.mark.parametrize("name", NAMES)
def test_a_part_holds_nothing_of_anybody_else(name):
    text = re.sub(r"Account of \S+", "", part(name).text)
    others = [rep for rep in NAMES if rep != name]
    assert name in text and not any(re.search(rf"\b{other}\b", text) for other in others)
    ids = [rep for rep, called in REPS.items() if called != name]
    assert not any(re.search(rf"\b{rep}\b", text) for rep in ids)


def test_the_first_thing_comes_first_with_reason_doubt_range_and_money():
    text = part("Ana").text
    assert text.index("First: the problem and its cost, in the customer's words") < text.index("Discounting.")
    assert "14 of 40 deals that left Discovery went on." in text
    assert "11 to 31 points below" in text and "about $12k a quarter." in text
    assert "Why it is so, the data cannot say" in text


def test_the_money_at_stake_is_told_with_its_range_and_as_an_upper_end_where_it_may_be_nothing():
    team_of_mo = measured()
    levels = team_of_mo.finding("levels").assign(at_stake_low=float("nan"), at_stake_high=float("nan"))
    discovery, discount = (levels["driver"] == d for d in ("stage:Discovery", "discounting"))
    levels.loc[(levels["rep_id"] == "r1") & discovery, ["at_stake_low", "at_stake_high"]] = [6_000.0, 19_000.0]
    levels.loc[(levels["rep_id"] == "r1") & discount, ["at_stake_low", "at_stake_high"]] = [0.0, 7_000.0]
    told = replace(team_of_mo, findings={**team_of_mo.findings, "levels": levels})
    text = each_rep.reps(told, "Ana").text
    assert "about $12k a quarter, $6k to $19k." in text and "about $3k a quarter, up to $7k." in text
    assert "$12k ($6k to $19k)" in each_rep.team_map(told).text


def outside_of_folds(html: str) -> str:
    """What of a page is seen before anything is opened."""
    innermost = re.compile(r"<details>(?:(?!<details>).)*?</details>", re.DOTALL)
    while (less := innermost.sub("", html)) != html:
        html = less
    return html


def test_a_rep_with_nothing_to_act_on_has_the_pictures_folded():
    assert "<figure" in outside_of_folds(part("Ana").html)
    quiet = measured(*(row for row in ROWS if row[2] == "no_evidence"))
    assert "<figure" not in outside_of_folds(each_rep.reps(quiet, "Ana").html)


def test_a_sign_is_not_called_evidence():
    assert "not yet evidence" in part("Ben").text and "Luck hardly explains" not in part("Ben").text


def test_the_picture_s_numbers_stand_in_a_folded_table():
    row = next(
        line for line in part("Ana").text.splitlines() if line.lstrip().startswith("Conversion out of Discovery ")
    )
    for number in ("50%", "72%", "61 to 83%", "11 to 31 points below", "40 deals that left the stage", "64 to 77%"):
        assert number in row


def test_a_benchmark_says_how_many_people_it_comes_from():
    assert "31 or more people outside the team" in part("Ana").text


def test_a_strength_is_told_and_nothing_is_to_correct():
    text = part("Cara").text
    assert "No sure difference, which is no proof that all is well." in text and "What goes well" in text


def test_what_the_data_cannot_say_is_said_with_its_reason():
    text = part("Dan").text
    assert "The data cannot say anything about Dan yet." in text
    assert "Deal size. Only 6 won deals with an amount: too few to tell skill from luck." in text
    assert "Cycle time. A deal typically takes" in text


def test_drivers_that_are_silent_for_one_reason_share_a_line():
    silent = ((driver, i) for i, driver in enumerate(("activity", "deal_size"), start=1))
    ramping = measured(*(("r4", driver, "too_little_data", i, *[None] * 4, 0, *[None] * 5) for driver, i in silent))
    same = ramping.finding("diagnosis").assign(ramping=True)
    text = each_rep.reps(replace(ramping, findings={**ramping.findings, "diagnosis": same}), "Dan").text
    assert "Activity on open deals and deal size. Still in the first half year, in which everybody ramps" in text


def test_what_the_whole_team_shows_is_not_a_matter_of_one_person():
    assert "Deal size: not a matter of one person." in part("Eve").text
    assert "Deal size" in each_rep.cannot_say(mine()).text


def test_a_new_rep_is_said_to_ramp():
    assert "Eve began on 1 Feb 2026. Everybody ramps" in part("Eve").text and "ramps" not in part("Ana").text


def test_coaching_sessions_are_told_with_the_trend():
    assert "Coaching was logged three times, first on 1 Nov 2025." in part("Ana").text
    assert "Coaching was logged" not in part("Cara").text


def test_deals_of_the_focus_say_why_they_are_worth_a_look():
    text = part("Ana").text
    assert "Account of r1-01" in text and "Lost in Discovery on 24 Mar 2026" in text


def test_a_disputed_verdict_is_to_be_answered_before_it_is_coached():
    disputed = measured(*((*row[:2], "disputed", *row[3:]) if row[0] == "r1" else row for row in ROWS))
    text = each_rep.reps(disputed, "Ana").text
    assert "Disputed: Conversion out of Discovery" in text and "First:" not in text


def test_a_rep_without_deals_gets_a_part_that_says_so():
    whole = company()
    without = whole.with_tables(opportunities=whole.opportunities[whole.opportunities["rep_id"] != "r4"])
    assert "The export holds no deal of Dan." in each_rep.reps(measured(of=without), "Dan").text


def test_two_people_of_one_name_are_told_apart():
    whole = company()
    people = whole.people.assign(name=whole.people["name"].replace({"Ben": "Ana"}))
    shown = each_rep.reps(measured(of=whole.with_tables(people=people)), "Ana (r2)")
    assert re.findall(r"<h3>(.*?)</h3>", shown.html) == ["Ana (r2)"]


def test_a_large_team_is_read_by_name_like_a_small_one():
    many = {f"p{i:02}": f"Rep {i:02}" for i in range(40)}
    found = diagnosis(*((rep, "win_rate", "coach" if i % 9 == 0 else "no_evidence", 1) for i, rep in enumerate(many)))
    shown = each_rep.team_map(team(found, _few_deals(many)))
    assert "There is something to coach with 5 reps." in shown.text
    assert rows_of(shown) == sorted(rows_of(shown)[:5]) + sorted(rows_of(shown)[5:])


def test_one_rep_can_be_chosen_and_an_unknown_one_is_told():
    assert re.findall(r"<h3>(.*?)</h3>", part("Ben").html) == ["Ben"]
    with pytest.raises(UnusableInput, match="Ana, Ben, Cara, Dan and Eve"):
        each_rep.reps(mine(), "Zoe")


def test_what_is_off_names_the_export_that_would_switch_it_on():
    text = each_rep.cannot_say(team(None, thin({"r1": "Ana"}))).text
    assert "Stage conversion is off." in text and "the stage history: one row per deal and stage" in text
    assert "Activity on open deals is off." in text


def test_the_win_rate_is_not_called_off_where_stages_stand_in_its_place():
    assert "Win rate is off." not in each_rep.cannot_say(mine()).text


def test_names_and_reasons_from_data_are_escaped():
    whole = company()
    hostile = "<script>alert(1)</script> {why} **x** $a$"
    people = whole.people.assign(name=whole.people["name"].where(whole.people["person_id"] != "r1", hostile))
    shown = each_rep.reps(measured(of=whole.with_tables(people=people)), "r1")
    assert "<script>" not in shown.html and "{why} **x** $a$" in shown.html


def test_every_picture_has_an_alternative_text_with_its_n():
    for shown in (the_map(), part("Ana"), part("Cara")):
        for alt in re.findall(r'<img alt="(.*?)"', shown.html):
            assert re.search(r"\d+ (reps|closed deals)|n = \d+|n \d+", alt)


def test_no_part_lets_a_missing_number_through():
    for name in NAMES:
        assert not re.search(r"\b(nan|NaN|None|NaT|inf|unknown|<NA>)\b|\{|\}|\*\*", part(name).text)


@pytest.mark.parametrize("which", ["every driver", "two reps", "one rep, thin", "no diagnosis", "nobody"])
def test_thin_teams_get_parts_without_gaps_and_without_blame(which):
    shown = each_rep.reps(TEAMS[which])
    assert shown.text and not re.search(r"\b(nan|NaN|None|NaT|inf|unknown|<NA>)\b|\{|\}|\*\*", shown.text)
    assert not BLAMING.search(shown.text)


def test_the_findings_are_not_changed():
    mine_now = measured()
    before = {name: frame.copy() for name, frame in mine_now.findings.items()}
    each_rep.reps(mine_now, "Ana")
    for name, frame in before.items():
        pd.testing.assert_frame_equal(mine_now.finding(name), frame)


def _few_deals(reps: dict[str, str]):
    people = pd.DataFrame(
        {"person_id": ["m1", *reps], "name": ["Mo", *reps.values()], "role": ["manager", *["rep"] * len(reps)]}
    )
    people["manager_id"] = [None, *["m1"] * len(reps)]
    return company({"r1": "Ana"}).with_tables(people=people)


def test_a_team_without_any_deal_is_told_once_and_not_rep_by_rep():
    bare = thin({"r1": "Ana", "r2": "Ben"})
    text = each_rep.reps(team(diagnosis(), bare.with_tables(opportunities=bare.opportunities.head(0)))).text
    assert "no deal of any of your 2 reps" in text and "Ana" not in text


def test_one_deal_is_counted_in_the_singular():
    levels = mine().finding("levels")
    one = mine().finding("diagnosis").assign(n=1)
    text = each_rep.reps(
        replace(mine(), findings={**mine().findings, "diagnosis": one, "levels": levels.assign(n=1)})
    ).text
    assert re.search(r"\b1 (closed |won )?deal\b", text) and not re.search(
        r"\b1 (closed |won )?deals\b|\b1 weeks\b", text
    )


def test_the_managers_own_wins_are_no_yardstick_for_a_reps_open_deals():
    whole = company()
    deals = whole.opportunities
    won = deals[deals["outcome"] == "won"]
    quick = [
        won.assign(rep_id="m1", opportunity_id=f"{n}-" + won["opportunity_id"], closed_on=won["created_on"])
        for n in range(20)
    ]
    with_own = whole.with_tables(opportunities=pd.concat([deals, *quick], ignore_index=True))
    assert len(won) >= FEWEST_WON and "nine of ten wins took" in str(
        open_at_risk(with_own, "r1", AS_OF)["why"].tolist()
    )
    assert each_rep.reps(measured(of=with_own), "Ana").text == each_rep.reps(measured(of=whole), "Ana").text


def test_one_driver_alone_is_not_counted_as_several():
    one = measured(("r1", "win_rate", "no_evidence", 1, 0.1, 0.0, -0.05, 0.05, 40, None, 0.4, 0.4, 0.3, 0.5))
    said = each_rep.reps(one, "Ana").text
    assert "Only one driver could be compared." in said


def test_what_was_ruled_out_stands_beside_each_verdict():
    two = diagnosis(("r1", "win_rate", "coach", 1), ("r1", "activity", "coach", 2)).assign(
        ruled_out=["late_closing,one_account", "part_time"], not_testable=[None, "job"]
    )
    text = each_rep.reps(team(two), "Ana").text
    assert "Ruled out: late closing and one large account." in text
    assert "Ruled out: part time. This export cannot show: another kind of job." in text


def test_what_may_be_how_the_record_is_kept_is_asked_and_costs_nothing():
    asked = diagnosis(("r1", "pipeline_generation", "ask_first", 1)).assign(
        way="late_entry", way_trait="entered_late", way_value=0.79, way_usual=0.03
    )
    shown = each_rep.reps(team(asked), "Ana").text
    assert "Ask first: it may be how the record is kept" in shown
    assert "79% of the deals begin in a later stage (usual: 3%)" in shown
    assert "At stake" not in shown and "No sure difference" not in shown
    assert "ask first: new pipeline" in each_rep.team_map(team(asked)).text


def in_a_team_of_many(monkeypatch, rep: str = "") -> PagePart:
    """The parts of the reps where two may have pictures."""
    monkeypatch.setattr(each_rep, "_MOST_DRAWN", 2)
    return each_rep.reps(mine(), rep)


def test_in_a_very_large_team_those_have_pictures_first_whose_verdicts_call_for_a_look(monkeypatch):
    parts = in_a_team_of_many(monkeypatch).html.split("<h3>")[1:]
    drawn = [re.match("[A-Za-z]+", part)[0] for part in parts if "<figure" in part]
    assert len(parts) == len(NAMES) and drawn == ["Ana", "Ben"]


def test_whoever_has_no_picture_has_every_number_in_tables(monkeypatch):
    def numbers(part: PagePart) -> list[str]:
        return re.findall(r"<td[^>]*>(.*?)</td>", part.html)

    all_drawn = everybody()  # before it is patched, as it is made once
    assert numbers(in_a_team_of_many(monkeypatch)) == numbers(all_drawn)


def test_a_page_without_all_pictures_says_for_whom_they_are_and_how_to_see_the_others(monkeypatch):
    assert "Pictures for" not in everybody().text
    text = in_a_team_of_many(monkeypatch).text
    assert "Pictures for 2 of 5 reps." in text and "JupyterLab" in text


def test_one_rep_alone_has_pictures_however_large_the_team_is(monkeypatch):
    assert in_a_team_of_many(monkeypatch, "Cara").html == part("Cara").html


def unsure(quota: float = 50_000.0) -> str:
    """The part of Cara, whose deals are somewhat small and nothing else."""
    row = ("r3", "deal_size", "no_evidence", 1, 0.10, -0.12, -0.25, 0.02, 30, None, 17_000.0, 20_000.0, 16e3, 24e3)
    whole = company()
    return each_rep.reps(measured(row, of=whole.with_tables(quotas=whole.quotas.assign(amount=quota))), "Cara").text


def test_no_sure_difference_is_no_proof_and_the_nearest_sign_is_named_with_its_numbers():
    assert "which is no proof that all is well" in unsure()
    assert "Nearest to a sign is deal size: " in unsure() and "With deals like these" in unsure()


def test_whoever_is_far_behind_the_quota_is_not_waved_through():
    assert "Far behind the quota. In the quarter January to March 2026, 0% of the quota was won." in unsure(quota=1e9)
    assert "Far behind the quota" not in unsure(quota=1.0)

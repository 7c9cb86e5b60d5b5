import re
from dataclasses import replace
from datetime import timedelta

import pandas as pd
import pytest

from playbook.chapter_numbers import named
from playbook.chapters.why_deals_are_lost import lost_deals, win_rate_apart
from playbook.company import Company
from playbook.diagnosis.diagnosis_rows import Pattern
from playbook.display import PagePart
from playbook.team import Team
from playbook.wording import upper_first
from tests.coaching import small_team
from tests.coaching.small_team import AS_OF, diagnosis, team, thin

CELLS = (
    lost_deals.how_often,
    lost_deals.where_it_leaks,
    lost_deals.reasons_given,
    win_rate_apart.by_group,
    win_rate_apart.what_moved,
    win_rate_apart.whose_it_is,
)


def with_deals(**columns: object) -> Company:
    """The small company with these columns of its deals replaced."""
    whole = small_team.company()
    return whole.with_tables(opportunities=whole.opportunities.assign(**columns))


def a_better_source() -> Team:
    """Half of every rep's deals come inbound, and all that are won do: every second deal of those."""
    deals = small_team.company().opportunities
    week = deals["opportunity_id"].str[3:5]
    even = pd.to_numeric(week, errors="coerce") % 2 == 0
    return team(of=with_deals(source=even.map({True: "Inbound", False: "Outbound"})))


def test_one_win_rate_is_told_with_its_n_and_its_range():
    text = lost_deals.how_often(team()).text
    # 26 weeks a rep, every fourth won: 7 of 26, times five
    assert "Your team won 27% of its deals: 35 of 130 that were won or lost in the 12 months to 31 Mar 2026." in text
    assert "between 20 and 35%" in text


def test_the_managers_own_closed_deals_do_not_count():
    deals = small_team.company().opportunities
    mine = deals.head(40).assign(opportunity_id=[f"own{i}" for i in range(40)], rep_id="m1", outcome="won")
    whole = small_team.company()
    text = lost_deals.how_often(team(of=whole.with_tables(opportunities=pd.concat([deals, mine])))).text
    assert "35 of 130" in text


def test_the_other_ways_of_counting_are_folded_away():
    html = lost_deals.how_often(team()).html
    folded = html[html.index("<details>") :]
    assert "Why other reports say something else" in folded and "By money" in folded
    assert "By money" not in html[: html.index("<details>")]
    assert re.search(r"Of all deals created \d+ \w+ 202\d to \d+ \w+ 202\d", folded)


def test_a_handful_of_closed_deals_gives_no_win_rate():
    text = lost_deals.how_often(team(None, thin({"r1": "Ana"}))).text
    assert "2 closed deals so far, of which 1 was won" in text and "%" not in text


def test_the_leak_is_where_most_deals_stop():
    page_part = lost_deals.where_it_leaks(team())
    # odd weeks never leave Discovery: 13 a rep; of the others, 6 of 13 a rep are lost in Proposal
    assert "65 of 95 lost deals stopped in Discovery" in page_part.text
    assert "Discovery: 65 of 130 went on, 50%" in page_part.text and "Proposal: 35 of 65 went on, 54%" in page_part.text
    assert "One point more" in page_part.text and "a quarter" in page_part.text and "<img" in page_part.html


def test_without_stage_history_the_leaks_are_off_and_say_what_turns_them_on():
    text = lost_deals.where_it_leaks(team(of=thin({"r1": "Ana"}))).text
    assert "Where deals leak is off." in text and "one row per deal and stage" in text


def test_reasons_are_counted_with_their_n_and_doubted():
    deals = small_team.company().opportunities
    lost = deals["outcome"] == "lost"
    reasons = deals["opportunity_id"].str[1:2].map({"1": "Price", "2": "Price", "3": "Timing"}).where(lost)
    to = reasons.map({"Price": "competitor", "Timing": "no_decision"})
    text = lost_deals.reasons_given(team(of=with_deals(lost_reason=reasons, lost_to=to))).text
    assert "“Price” is written down most: 38 of 57" in text
    assert "57 of 95 lost deals say what came instead: a competitor: 38 (67%); no decision: 19 (33%)." in text
    assert "The export lacks competitors of lost deals." in text and "words of whoever closed the deal" in text


def test_where_few_say_why_that_is_the_finding():
    deals = small_team.company().opportunities
    reason = pd.Series("Price", index=deals.index).where(deals["opportunity_id"] == "r1-01")
    assert (
        "Only 1 of 95 lost deals give a reason"
        in lost_deals.reasons_given(team(of=with_deals(lost_reason=reason))).text
    )


def test_a_few_lost_deals_are_listed_by_account_and_without_their_rep():
    whole = thin({"r1": "Ana"})
    with_reasons = whole.with_tables(
        opportunities=whole.opportunities.assign(account="Nexus", lost_reason=[None, "Price", None])
    )
    text = lost_deals.reasons_given(team(None, with_reasons)).text
    assert "Your team lost 1 deal." in text and "Nexus" in text and "Price" in text and "Ana" not in text


def test_what_the_crm_never_says_is_off():
    text = lost_deals.reasons_given(team()).text
    assert "is off." in text and "the reason of each lost deal" in text


def test_a_group_that_luck_does_not_explain_is_said_with_its_numbers():
    text = win_rate_apart.by_group(a_better_source()).text
    assert "Source, Inbound: 54% (35 of 65), 54 points above all other deals." in text
    assert "Source, Inbound: won 54 points more often than other deals" in text


def test_the_two_halves_of_one_split_are_one_finding():
    text = win_rate_apart.by_group(a_better_source()).text
    assert re.search(r"Of \d+ comparisons?, one stands apart", text)
    assert "Source, Outbound: 0%" in text and "54 points below" not in text


def test_where_nothing_stands_apart_that_is_said_and_the_picture_is_folded():
    page_part = win_rate_apart.by_group(team(of=with_deals(source=_by_turns("Inbound", "Outbound", every=4))))
    assert "No group stands apart." in page_part.text
    assert page_part.html.index("<details>") < page_part.html.index("<img")


def _by_turns(one: str, other: str, every: int) -> pd.Series:
    """Two sources in which the same share of deals is won: the weeks in pairs of `every`."""
    week = pd.to_numeric(small_team.company().opportunities["opportunity_id"].str[3:5], errors="coerce").fillna(0)
    return (week // every % 2 == 0).map({True: one, False: other})


def test_a_change_is_split_and_called_luck_where_it_may_be():
    text = win_rate_apart.what_moved(a_better_source()).text
    assert "In the last three months your team won" in text and "That can be luck." in text
    assert "Method: Kitagawa 1955." in text and "closed deals before" in text


def test_a_change_that_luck_does_not_bring_is_said_to_be_one():
    deals = small_team.company().opportunities
    old = deals["closed_on"] <= pd.Timestamp(AS_OF) - timedelta(days=91)
    better = deals["outcome"].mask(
        ~old & (deals["outcome"] == "lost") & deals["rep_id"].isin(["r1", "r2", "r3"]), "won"
    )
    text = win_rate_apart.what_moved(team(of=with_deals(outcome=better, source=_by_turns("A", "B", 4)))).text
    assert "Luck alone seldom moves it that far." in text


def test_too_short_a_history_tells_no_change():
    assert "cannot be told yet" in win_rate_apart.what_moved(team(None, thin({"r1": "Ana"}))).text


def test_what_the_whole_team_shows_is_told_with_its_numbers_its_money_and_an_ask():
    rows = diagnosis(*((rep, "stage:Discovery", "team_wide", 1) for rep in ("r1", "r2", "r3", "r4", "r5")))
    levels = rows[["rep_id", "driver"]].assign(expected=0.5)
    text = win_rate_apart.whose_it_is(replace(team(), findings={"diagnosis": rows, "levels": levels})).text
    assert "Conversion out of Discovery: 35% in your team (200 deals that left the stage), 50% elsewhere" in text
    assert "Closing the gap is worth about $" in text and "All five reps show it." in text
    assert "Ask enablement to read five such deals with you by 14 Apr 2026" in text


def test_in_a_small_team_no_count_points_at_somebody():
    shared = diagnosis(("r1", "deal_size", "team_wide", 1), ("r1", "win_rate", "coach", 1))
    text = win_rate_apart.whose_it_is(team(shared, small_team.company({"r1": "Ana", "r2": "Ben"}))).text
    assert "It is no one person's doing." in text and "Some of your reps" in text and "1 of" not in text


def with_patterns(*patterns: Pattern, of: Team | None = None) -> PagePart:
    """What is whose, in a team of whose deals half come from each of two sources."""
    mine = of or team(of=with_deals(source=_by_turns("<b>Big</b>", "Fair", 2)))
    return win_rate_apart.whose_it_is(
        replace(mine, findings={"company_wide": pd.DataFrame(patterns), "diagnosis": diagnosis()})
    )


def lost_more(trait: str = "source", group: str = "<b>Big</b>", seen: float = 0.2) -> Pattern:
    return Pattern(trait, group, "win_rate", seen, 0.4, 0.3, 0.5, 1200, 0.01)


def test_what_the_whole_company_loses_is_told_where_much_of_the_team_s_work_is_of_that_kind():
    page_part = with_patterns(lost_more())
    assert "Across the company 20% of about 1,200 closed deals with source <b>Big</b> are won" in page_part.text
    assert "54% of your team's closed deals are of this kind. Ask marketing by 14 Apr 2026" in page_part.text
    assert "&lt;b&gt;Big" in page_part.html


def test_what_is_no_work_of_this_team_or_goes_well_or_is_nobody_s_to_change_is_not_told():
    elsewhere, well, by_nature = lost_more(group="Trade fair"), lost_more(seen=0.6), lost_more("kind", "new")
    assert "Across the company" not in with_patterns(elsewhere, well, by_nature).text


def test_what_might_be_a_reps_is_left_to_the_chapter_on_each_rep():
    findings = diagnosis(
        ("r1", "win_rate", "coach", 1), ("r2", "slippage", "watch", 1), ("r3", "win_rate", "strength", 1)
    )
    text = win_rate_apart.whose_it_is(team(findings)).text
    assert "2 of your 5 reps show something of their own" in text and upper_first(named("each_rep")) in text


def test_where_nothing_could_be_compared_no_rep_is_said_to_be_like_the_others():
    silent = diagnosis(("r1", "win_rate", "too_little_data", 1), ("r2", "win_rate", "not_comparable", 1))
    text = win_rate_apart.whose_it_is(team(silent)).text
    assert "cannot tell yet whether any rep stands apart" in text and "No rep of your team" not in text
    compared = diagnosis(("r1", "win_rate", "too_little_data", 1), ("r2", "win_rate", "no_evidence", 1))
    assert "No rep of your team stands apart" in win_rate_apart.whose_it_is(team(compared)).text


@pytest.fixture(scope="module")
def one_of_two_sources() -> Team:
    return a_better_source()


@pytest.mark.parametrize("cell", CELLS)
def test_no_rep_is_ever_named_in_this_chapter(cell, one_of_two_sources):
    assert not re.search(r"\b(Ana|Ben|Cara|Dan|Eve)\b", cell(one_of_two_sources).text)


def test_without_a_closed_deal_there_is_no_win_rate_and_no_count_of_nought():
    bare = thin({"r1": "Ana"})
    text = lost_deals.how_often(team(None, bare.with_tables(opportunities=bare.opportunities.head(0)))).text
    assert "No deal of your team has been won or lost so far" in text and "0 were" not in text


def test_a_win_rate_of_unlike_business_says_its_mix():
    deals = small_team.company().opportunities
    kinds = pd.Series(["new", "new", "renewal"] * len(deals), index=range(3 * len(deals)))[: len(deals)]
    text = lost_deals.how_often(team(of=with_deals(kind=kinds.to_numpy()))).text
    assert re.search(r"That is a mix of unlike business: new customers \d+% \(\d+ of \d+\) and renewals \d+%", text)


def test_a_win_rate_of_one_kind_of_business_says_no_mix():
    assert "a mix of" not in lost_deals.how_often(team(of=with_deals(kind="new"))).text

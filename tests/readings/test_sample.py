"""What the chapters of Helena Usmani (sample company) must state, recomputed from the company's tables."""

import numpy as np
import pandas as pd
import pytest

from playbook.sentences.verdict_sentences import reasons
from tests.readings.pages import ROOT, WORDS, day, deals, exact, listing, rounded, share, short, states

COMPANY = ROOT / "data" / "samples" / "company"
FINDINGS = ROOT / "data" / "samples" / "team"
MANAGER = "M003"
AS_OF = pd.Timestamp("2026-09-18")  # data/samples/README.md; recomputed below
QUARTER = (pd.Timestamp("2026-08-01"), pd.Timestamp("2026-10-31"))  # the fiscal year starts in February
MONTH = (pd.Timestamp("2026-09-01"), pd.Timestamp("2026-09-30"))


def table(name: str) -> pd.DataFrame:
    return pd.read_parquet(COMPANY / f"{name}.parquet")


@pytest.fixture(scope="module")
def people() -> pd.DataFrame:
    everyone = table("people")
    team = everyone[(everyone["manager_id"] == MANAGER) & (everyone["role"] == "rep") & everyone["left_on"].isna()]
    return team.sort_values("name").set_index("person_id")


@pytest.fixture(scope="module")
def team_deals() -> pd.DataFrame:
    everyone = table("people")
    team = everyone.loc[everyone["manager_id"] == MANAGER, "person_id"]
    everything = table("opportunities")
    return everything[everything["rep_id"].isin(team)]


@pytest.fixture(scope="module")
def verdicts(people) -> pd.DataFrame:
    """What was found for the team, as the folder holds it: no threshold is repeated here."""
    diagnosis = pd.read_parquet(FINDINGS / "diagnosis.parquet")
    return diagnosis[diagnosis["rep_id"].isin(people.index)]


def due(open_deals: pd.DataFrame, until: pd.Timestamp) -> pd.DataFrame:
    return open_deals[open_deals["expected_close_on"] <= until]


def won_in(closed: pd.DataFrame, span: tuple[pd.Timestamp, pd.Timestamp]) -> pd.DataFrame:
    return closed[(closed["outcome"] == "won") & closed["closed_on"].between(span[0], min(span[1], AS_OF))]


def sum_in_deals(rows: pd.DataFrame) -> str:
    return f"{rounded(rows['amount'].sum(), '$')} in {deals(len(rows))}"


def pushes(rows: pd.DataFrame) -> pd.Series:
    history = table("stage_history").sort_values(["opportunity_id", "step"])
    history = history[history["opportunity_id"].isin(rows["opportunity_id"]) & history["expected_close_on"].notna()]
    later = history["expected_close_on"] > history.groupby("opportunity_id")["expected_close_on"].shift()
    return rows["opportunity_id"].map(later.groupby(history["opportunity_id"]).sum()).fillna(0)


def far_behind(rep: str) -> bool:
    """Whether the rep has won less than half of what the days of the quarter's quota ask for."""
    quotas = table("quotas")
    quota = quotas.loc[(quotas["starts_on"] == QUARTER[0]) & (quotas["rep_id"] == rep), "amount"].sum()
    hired = table("people").set_index("person_id")["hired_on"][rep]
    own = table("opportunities")
    won = won_in(own[own["rep_id"] == rep], QUARTER)["amount"].sum()
    days = (QUARTER[1] - QUARTER[0]).days + 1
    return bool(quota > 0 and hired <= QUARTER[0] and won / quota < 0.5 * (1 - (QUARTER[1] - AS_OF).days / days))


def group_of(verdicts: pd.DataFrame, rep: str) -> str:
    own = set(verdicts.loc[verdicts["rep_id"] == rep, "verdict"])
    if "coach" in own:
        return "start here"
    if "ask_first" in own:
        return "ask first"
    telling = own - {"too_little_data", "not_comparable", "team_wide"}
    return "observe first" if "watch" in own or not telling or far_behind(rep) else "no sure difference"


def test_the_day_of_the_sample_is_the_latest_day_of_its_data(team_deals):
    latest = max(table("opportunities")["closed_on"].max(), table("activities")["on"].max())
    assert latest <= AS_OF and (AS_OF - latest).days <= 1


def test_your_new_role_states_who_the_team_is(sample_pages, people, team_deals):
    open_deals = team_deals[team_deals["outcome"] == "open"].groupby("rep_id").size()
    states(
        sample_pages["your_new_role"],
        f"Helena Usmani, {len(people)} reps. The data shows {day(AS_OF)}.",
        f"You lead {len(people)} people.",
        *(
            f"{row.name} {row.job} {row.segment} {row.territory} {row.hired_on:%B %Y} {open_deals.get(rep, 0)}".replace(
                str(row.name), people["name"][rep]
            )
            for rep, row in people.iterrows()
        ),
    )


def test_your_week_states_the_hours_needed_and_the_coaching_that_the_log_shows(sample_pages, people):
    log = table("coaching_log")
    mine = log[(log["manager_id"] == MANAGER) & log["rep_id"].isin(people.index) & (log["on"] <= AS_OF)]
    recent = mine[mine["on"] > AS_OF - pd.Timedelta(days=90)]
    hours = len(people) * 1.25
    assert hours == 12.5  # ten reps
    states(
        sample_pages["your_week"],
        "Coaching them takes about 12½ hours a week.",
        f"In the last 90 days the log shows {len(recent)} sessions of yours, with {recent['rep_id'].nunique()} of "
        f"your {len(people)} reps. That is about {recent['minutes'].sum() / 90 * 7:.0f} minutes a week in all, "
        "of the 12½ hours a week that it takes.",
        "about 75 minutes a week are needed for each",
        *(
            f"{person['name']} {len(own)} {own['minutes'].sum() / 90 * 7:.0f} {day(own['on'].max())}"
            for rep, person in people.iterrows()
            if len(own := recent[recent["rep_id"] == rep])
        ),
    )


def test_where_revenue_comes_from_states_the_quarter_and_the_month(sample_pages, team_deals):
    open_deals = team_deals[team_deals["outcome"] == "open"]
    facts = [f"Open in all, whenever it is due: {sum_in_deals(open_deals)}."]
    for span, name in ((QUARTER, "The quarter August to October 2026"), (MONTH, "September 2026")):
        waiting = due(open_deals, span[1])
        facts += [
            f"{name} ({(span[1] - AS_OF).days} days left): your team has won {sum_in_deals(won_in(team_deals, span))}.",
            f"Open and due by its end: {sum_in_deals(waiting)}.",
            f"Committed of that: {sum_in_deals(waiting[waiting['forecast_category'] == 'commit'])}.",
            f"Best case: {sum_in_deals(waiting[waiting['forecast_category'] == 'best_case'])}.",
        ]
    states(sample_pages["where_revenue_comes_from"], *facts)


def test_where_revenue_comes_from_states_each_rep_s_quarter_beside_the_quota(sample_pages, people, team_deals):
    quotas = table("quotas")
    quotas = quotas[quotas["starts_on"] == QUARTER[0]].set_index("rep_id")["amount"]
    won = won_in(team_deals, QUARTER)
    for rep, person in people.iterrows():
        own = won[won["rep_id"] == rep]
        if len(own):
            states(
                sample_pages["where_revenue_comes_from"],
                f"{person['name']} {exact(own['amount'].sum(), '$')} ({len(own)})",
            )
        if rep in quotas:
            attained = share(own["amount"].sum(), quotas[rep])
            states(sample_pages["where_revenue_comes_from"], f"{attained} of {exact(quotas[rep], '$')}")
    total = quotas.reindex(people.index).sum()
    states(
        sample_pages["where_revenue_comes_from"],
        f"add up to {rounded(total, '$')}. {share(won['amount'].sum(), total)} of it is won",
        f"Still to be won: {rounded(total - won['amount'].sum(), '$')}.",
    )


def test_where_revenue_comes_from_states_which_open_deals_need_a_question(sample_pages, team_deals):
    open_deals = team_deals[team_deals["outcome"] == "open"]
    passed = open_deals["expected_close_on"] < AS_OF
    pushed = pushes(open_deals) >= 2
    reasons = [
        f"{passed.sum()} {'is' if passed.sum() == 1 else 'are'} past the expected close date",
        f"{pushed.sum()} {'was' if pushed.sum() == 1 else 'were'} pushed twice or more",
    ]
    states(sample_pages["where_revenue_comes_from"], f"of {len(open_deals)} open deals need", *reasons)


def test_why_deals_are_lost_states_one_win_rate_and_what_deals_were_lost_to(sample_pages, team_deals):
    year = team_deals[
        team_deals["outcome"].isin(["won", "lost"]) & (team_deals["closed_on"] > AS_OF - pd.DateOffset(years=1))
    ]
    won, lost = (year[year["outcome"] == outcome] for outcome in ("won", "lost"))
    to = lost["lost_to"].value_counts()
    reason, rival = lost["lost_reason"].value_counts(), lost["competitor"].value_counts()
    referred = year[year["source"] == "Referral"]
    states(
        sample_pages["why_deals_are_lost"],
        f"Your team won {share(len(won), len(year))} of its deals: {len(won)} of {len(year):,}",
        f"no decision: {to['no_decision']} ({share(to['no_decision'], len(lost))})",
        f"a competitor: {to['competitor']} ({share(to['competitor'], len(lost))})",
        f"{reason.iloc[0]} of {len(lost)}",
        f"{rival.index[0]} {rival.iloc[0]} {share(rival.iloc[0], rival.sum())}",
        f"Source, Referral: {share((referred['outcome'] == 'won').mean())} "
        f"({(referred['outcome'] == 'won').sum()} of {len(referred)})",
    )


def test_each_rep_states_for_each_rep_what_was_found_and_nothing_else(sample_pages, people, verdicts):
    start = [name for rep, name in people["name"].items() if group_of(verdicts, rep) == "start here"]
    page = sample_pages["each_rep"]
    if 0 < len(start) <= 4:
        states(page, f"There is something to coach with {listing(start)}.")
    for rep, name in people["name"].items():
        own = verdicts[verdicts["rep_id"] == rep].sort_values("priority")
        part = page.split(f" {name} {'-' * len(name)} ")[1].split("-----")[0]
        acts = own[own["verdict"].isin(["coach", "ask_first", "watch"])]
        if acts.empty and not own["verdict"].isin(["strength", "disputed"]).any():
            silent = (
                "No sure difference, which is no proof that all is well.",
                "cannot say anything about",
                f"holds no deal of {name}.",
            )
            assert any(sentence in part for sentence in silent), name
        for reason in reasons(acts, "USD"):
            states(page, reason.text)


def test_each_rep_states_what_is_at_stake_as_the_finding_says(sample_pages, people, verdicts):
    acts = verdicts[verdicts["verdict"].isin(["coach", "watch"]) & verdicts["value_at_stake"].notna()]
    for row in acts.itertuples():
        states(sample_pages["each_rep"], f"about {short(row.value_at_stake, '$')} a quarter")


def test_each_rep_states_each_quarter_s_win_rate_where_nothing_stands_out(sample_pages, people, team_deals, verdicts):
    spoken = verdicts[verdicts["verdict"].isin(["coach", "ask_first", "watch", "strength", "disputed"])]["rep_id"]
    quiet = [rep for rep in people.index if rep not in set(spoken)]
    assert quiet
    for rep in quiet:
        own = team_deals[(team_deals["rep_id"] == rep) & team_deals["outcome"].isin(["won", "lost"])]
        this = own[own["closed_on"] >= QUARTER[0]]
        followed = (
            f"{people['name'][rep]}, win rate by quarter" in sample_pages["each_rep"]
        )  # not if something is coached
        if followed and len(this) >= 3:
            rate = share((this["outcome"] == "won").mean())
            states(sample_pages["each_rep"], f"1 Aug 2026 to 18 Sep 2026 {rate}")


def test_the_coaching_conversation_states_a_question_and_a_scene_for_each_focus_from_its_play(
    sample_pages, people, verdicts
):
    first = verdicts[verdicts["verdict"].isin(["coach", "watch"])].sort_values("priority").drop_duplicates("rep_id")
    assert len(first)
    for row in first.itertuples():
        play = (ROOT / "playbook" / "plays" / f"{row.driver.partition(':')[0]}.md").read_text()
        question = play.split("## Ask")[1].split('"')[1]
        states(
            sample_pages["the_coaching_conversation"], question, f"One page for you and {people['name'][row.rep_id]}"
        )
    for group in ("start here", "ask first", "observe first", "no sure difference"):
        names = [name for rep, name in people["name"].items() if group_of(verdicts, rep) == group]
        if names:
            line = (
                sample_pages["the_coaching_conversation"]
                .split(f"{group.capitalize()} (")[1]
                .split("): ")[1]
                .split(". ")[0]
            )
            assert [name for name in people["name"] if name in line] == names


def test_the_improvement_plan_states_a_draft_per_focus_and_the_days_to_look_again(sample_pages, people, verdicts):
    focused = verdicts.loc[verdicts["verdict"].isin(["coach", "watch"]), "rep_id"].unique()
    later = [pd.Timestamp(np.busday_offset(AS_OF.date(), n)) for n in (5, 10, 20, 30)]
    states(
        sample_pages["the_improvement_plan"],
        *(f"A draft for {people['name'][rep]}" for rep in focused),
        *(f"after {n} working days {day(on)}" for n, on in zip((5, 10, 20, 30), later, strict=True)),
    )
    new = people[people["hired_on"] > AS_OF - pd.Timedelta(days=121)]
    if new.empty:
        states(sample_pages["the_improvement_plan"], f"Nobody of your {len(people)} reps began in the last 120 days.")


def test_holding_people_to_it_states_who_is_waiting_for_a_follow_up(sample_pages, people):
    log = table("coaching_log")
    last = log[(log["manager_id"] == MANAGER) & (log["on"] <= AS_OF)].groupby("rep_id")["on"].max()
    last = last.reindex(people.index)
    waiting = [people["name"][rep] for rep in people.index if last[rep] <= AS_OF - pd.Timedelta(days=14)]
    waiting += [people["name"][rep] for rep in people.index if pd.isna(last[rep])]
    if waiting:
        states(sample_pages["holding_people_to_it"], f"A follow-up is due with {listing(sorted(waiting))}.")
    else:
        states(sample_pages["holding_people_to_it"], "Each of your reps had a session in the last 14 days.")
    states(sample_pages["holding_people_to_it"], *(day(on + pd.Timedelta(days=14)) for on in last.dropna()))


def test_holding_people_to_it_states_on_how_many_deals_its_sum_on_luck_rests(sample_pages, people, team_deals):
    own = team_deals[team_deals["rep_id"].isin(people.index) & team_deals["outcome"].isin(["won", "lost"])]
    recent = own[own["closed_on"] > AS_OF - pd.Timedelta(days=91)].groupby("rep_id").size()
    states(
        sample_pages["holding_people_to_it"],
        f"your {len(recent)} reps who close deals were all equally good. Each wins "
        f"{share((own['outcome'] == 'won').mean())} of the deals, and closes {int(recent.median())} a quarter.",
        f"The rate is of {deals(len(own)).replace('deals', 'closed deals')};",
    )


def test_cover_from_your_leader_states_hours_and_counts_and_names_nobody(sample_pages, people, verdicts):
    groups = pd.Series([group_of(verdicts, rep) for rep in people.index]).value_counts()
    start, ask, observe, unsure = (
        groups.get(g, 0) for g in ("start here", "ask first", "observe first", "no sure difference")
    )
    states(
        sample_pages["cover_from_your_leader"],
        f"I lead {len(people)} reps. Coaching them takes 12½ hours a week",
        f"Of my {len(people)} reps, the data shows something to coach with {WORDS[start]}.",
        f"With {WORDS[ask]} I ask first, as it may be how the record is kept." if ask else "",
        f"With {WORDS[observe]} I watch first" if observe else "",
        f"With {WORDS[unsure]} it shows no sure difference, which is no proof" if unsure else "",
    )
    assert not [name for name in people["name"] if name in sample_pages["cover_from_your_leader"]]

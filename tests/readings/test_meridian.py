"""What the chapters of David Kim (Meridian, one quarter) must state, recomputed from the two export files."""

import csv
from collections import Counter
from datetime import date

import pytest

from tests.readings.pages import ROOT, deals, exact, listing, rounded, share, states

EXPORT = ROOT / "data" / "samples" / "meridian_q1"
MANAGER = "David Kim"


def rows(name: str) -> list[dict[str, str]]:
    with (EXPORT / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def reps() -> dict[str, dict[str, str]]:
    mine = [row for row in rows("reps.csv") if row["manager"] == MANAGER]
    return {row["rep_id"]: row for row in sorted(mine, key=lambda row: row["rep_name"])}


@pytest.fixture(scope="module")
def sold(reps) -> list[dict[str, str]]:
    return [row for row in rows("deals.csv") if row["rep_id"] in reps]


def outcome(row: dict[str, str]) -> str:
    return {"Closed Won": "won", "Closed Lost": "lost"}.get(row["stage"], "open")


def total(deals: list[dict[str, str]]) -> int:
    return sum(int(row["deal_value"]) for row in deals)


def sum_in_deals(rows: list[dict[str, str]]) -> str:
    return f"{rounded(total(rows))} in {deals(len(rows))}"


def test_your_new_role_and_your_week_state_the_people_and_the_hours(meridian_pages, reps):
    names = [row["rep_name"] for row in reps.values()]
    states(meridian_pages["your_new_role"], f"{MANAGER}, {len(names)} reps.", f"You lead {len(names)} people.", *names)
    states(meridian_pages["your_week"], "Coaching them takes about 5 hours a week.", "Your coaching so far is off.")


def test_where_revenue_comes_from_states_the_quarter_by_rep_and_against_the_quota(meridian_pages, reps, sold):
    won = [row for row in sold if outcome(row) == "won" and row["close_date"] >= "2026-01-01"]
    open_deals = [row for row in sold if outcome(row) == "open"]
    waiting = [row for row in open_deals if row["close_date"] <= "2026-03-31"]
    quota = sum(int(row["quota_q1_2026"]) for row in reps.values())
    states(
        meridian_pages["where_revenue_comes_from"],
        f"your team has won {sum_in_deals(won)}. Open and due by its end: {sum_in_deals(waiting)}.",
        f"Open in all, whenever it is due: {sum_in_deals(open_deals)}.",
        f"add up to {rounded(quota)}. {share(total(won), quota)} of it is won",
        f"Still to be won: {rounded(quota - total(won))}.",
    )
    for rep, row in reps.items():
        own, own_quota = [deal for deal in won if deal["rep_id"] == rep], int(row["quota_q1_2026"])
        states(
            meridian_pages["where_revenue_comes_from"],
            f"{row['rep_name']} {exact(total(own))} ({len(own)})",
            f"{share(total(own), own_quota)} of {exact(own_quota)}",
        )


def test_why_deals_are_lost_states_the_win_rate_and_each_lost_deal(meridian_pages, sold):
    won, lost = ([row for row in sold if outcome(row) == which] for which in ("won", "lost"))
    assert min(row["close_date"] for row in [*won, *lost]) > "2025-03-15"
    states(
        meridian_pages["why_deals_are_lost"],
        f"Your team won {share(len(won), len(won) + len(lost))} of its deals: {len(won)} of {len(won) + len(lost)}",
        f"Your team lost {len(lost)} deals.",
        *(row["account_name"] for row in lost),
        *(row["loss_reason"] for row in lost if row["loss_reason"]),
    )


def test_each_rep_and_the_coaching_conversation_state_of_each_rep_that_the_data_cannot_say(meridian_pages, reps, sold):
    closed = Counter(row["rep_id"] for row in sold if outcome(row) != "open")
    assert max(closed.values()) < 10  # whatever the thresholds are: nobody can be told from luck on so few
    names = [row["rep_name"] for row in reps.values()]
    states(
        meridian_pages["each_rep"],
        "The data cannot say yet what to coach with any of your 4 reps.",
        *(f"The data cannot say anything about {name} yet." for name in names),
        *(f"{n} deals closed or stale" for n in closed.values()),
    )
    assert "<img" not in meridian_pages["each_rep"] and "Which one is your team?" not in meridian_pages["each_rep"]
    states(
        meridian_pages["the_coaching_conversation"],
        "Observe first (a sign, too little data, or far behind the quota: watch before you speak of it): "
        f"{listing(names)}.",
    )
    states(meridian_pages["the_improvement_plan"], "The data gives no focus for anybody of your team")


def test_the_improvement_plan_states_that_nobody_is_new(meridian_pages, reps):
    newest = max(date.fromisoformat(row["hire_date"]) for row in reps.values())
    assert (date(2026, 3, 15) - newest).days > 120
    states(meridian_pages["the_improvement_plan"], f"Nobody of your {len(reps)} reps began in the last 120 days.")


def test_holding_people_to_it_and_cover_from_your_leader_state_what_is_off_and_whom_to_ask(meridian_pages):
    states(meridian_pages["holding_people_to_it"], "What was kept so far is off.", "Whether coaching helped is off.")
    states(
        meridian_pages["cover_from_your_leader"],
        "I lead 4 reps. Coaching them takes 5 hours a week",
        "My team is small, so I give no counts.",
        "The stage history: one row per deal and stage, with the day on which it was entered",
    )

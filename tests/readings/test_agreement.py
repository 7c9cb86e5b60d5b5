"""The same fact never differs between two chapters of one workbook."""

import re

import pytest

WORDS = ("nobody", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
READERS = ("sample_pages", "meridian_pages", pytest.param("maven_pages", marks=pytest.mark.exports("maven_crm")))


@pytest.fixture(params=READERS)
def pages(request) -> dict[str, str]:
    return request.getfixturevalue(request.param)


def matches(pattern: str, page: str) -> list[str]:
    return re.findall(pattern, page)


def test_every_chapter_is_of_one_manager_one_team_and_one_day(pages):
    opened = {matches(r"(\w+ \w+, \d+ reps?)\. The data shows (\d+ \w+ \d{4})", page)[0] for page in pages.values()}
    assert len(opened) == 1


def test_what_is_won_is_one_number_in_the_chapter_and_in_the_account_for_the_leader(pages):
    won = matches(r"The quarter [^:]*?: your team has won (\S+ in \d+ deals?)", pages["where_revenue_comes_from"])
    account = matches(r"Won: (\S+ in \d+ deals?)", pages["where_revenue_comes_from"])
    assert won and won == account


def test_the_range_of_the_quarter_is_one_range(pages):
    ranges = matches(r"The quarter ends between (\S+) and (\S+) in eight", pages["where_revenue_comes_from"])
    account = matches(r"Expected: (\S+) to (\S+) by the end", pages["where_revenue_comes_from"])
    assert ranges == account


def test_the_win_rate_is_one_number_in_both_chapters_that_state_it(pages):
    for rate, won, of in matches(
        r"Your team wins (\d+%) of its deals \(([\d,]+) of ([\d,]+)\)", pages["where_revenue_comes_from"]
    ):
        assert f"won {rate} of its deals: {won} of {of}" in pages["why_deals_are_lost"]


def test_the_hours_of_your_week_are_the_hours_that_the_cover_asks_for(pages):
    (needed,) = matches(r"Coaching them takes about (\S+ hours?) a week", pages["your_week"])
    assert f"Coaching them takes {needed} a week" in pages["cover_from_your_leader"]


def test_the_groups_of_each_rep_are_those_of_the_conversation_and_their_sizes_those_of_the_cover(pages):
    talked_of = (
        pages["the_coaching_conversation"]
        .split("In a group they stand by name.")[1]
        .split("At most one thing per rep")[0]
    )
    map_rows = pages["each_rep"].split("by name in each group Rep")[1].split("Should the middle")[0]
    sizes = {}
    for group in ("Start here", "Ask first", "Observe first", "No sure difference"):
        sizes[group] = len(matches(rf" {group.lower()} ", map_rows))  # `ask first: new pipeline` has no blank
        members = matches(rf"- {group} \([^)]*\): (.*?)\. ", talked_of)
        assert sum(len(re.split(r", | and ", re.sub(r"\([^)]*\)", "", names))) for names in members) == sizes[group]
    assert sum(sizes.values()) == int(matches(r", (\d+) reps?\. The data", pages["your_new_role"])[0])
    if "the data shows something to coach with" in pages["cover_from_your_leader"]:
        size_by_group = {
            "Start here": matches(r"something to coach with (\w+)\.", pages["cover_from_your_leader"]),
            "Ask first": matches(r"With (\w+) I ask first", pages["cover_from_your_leader"]),
            "Observe first": matches(r"With (\w+) I watch first", pages["cover_from_your_leader"]),
            "No sure difference": matches(r"With (\w+) it shows no sure difference", pages["cover_from_your_leader"]),
        }
        counted = {group: [WORDS.index(word) for word in words] or [0] for group, words in size_by_group.items()}
        assert counted == {group: [size] for group, size in sizes.items()}


def test_money_on_the_map_is_the_money_in_the_rep_s_part(pages):
    for amount in matches(r"\d+% (\$[\d.]+[kM]?)(?: \(|\s)", pages["each_rep"].split("Could it all be luck?")[0]):
        assert f"about {amount} a quarter" in pages["each_rep"]


def test_whoever_has_a_focus_in_the_conversation_has_a_draft_in_the_plan_and_nobody_else(pages):
    assert matches(r"One page for you and ([^:]+?): ", pages["the_coaching_conversation"]) == matches(
        r"A draft for ([^,]+), to be", pages["the_improvement_plan"]
    )

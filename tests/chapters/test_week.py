import pandas as pd

from playbook.chapters.your_week import week
from playbook.journal.file_journal import FileJournal
from tests.coaching.small_team import company, diagnosis, team, thin
from tests.forms.at_work import workbook
from tests.journal.writing import answer


def of_a_week(folder, **hours):
    """The team in a workbook whose sheet says (before, from now on, who takes it) of each kind."""
    made = workbook(folder)
    entries = []
    for kind, (before, now, who) in hours.items():
        place = f"hours/{kind.replace('_', '-').replace('one-to-ones', '1-1s-and-coaching')}"
        entries += [
            answer(f"{place}/last-week", before),
            answer(f"{place}/from-now-on", now),
            answer(f"{place}/who", who),
        ]
    FileJournal(folder / "journal.jsonl").append([event for event in entries if event.value is not None])
    return made


LISTENING = "listening_to_customer_calls_as_a_guest"


def test_what_is_freed_stands_with_who_takes_it_and_what_is_still_missing(tmp_path):
    mine = of_a_week(
        tmp_path,
        one_to_ones=(1, 3, None),
        **{LISTENING: (0.5, 1.5, None)},
        my_own_deals=(10, 4, "Ana, from Monday"),
        internal_meetings=(8, 6.5, None),
        forecast_reports_dashboards=(3, 5, None),
    )
    text = week.balance(mine).text
    # 5 reps need 6¼ hours; 3 + 1½ are kept. Freed: 6 of own deals, 1½ of meetings; more reporting frees nothing.
    assert (
        "1¾ hours a week are still missing. You keep 4½ hours for coaching and listening; your team needs about 6¼"
        in text
    )
    assert "Freed by your own sheet: 7½ hours a week" in text and "Ana, from Monday" in text
    assert "What has no new owner comes back: internal meetings." in text and "Forecast" not in text


def test_a_week_with_enough_hours_lacks_nothing(tmp_path):
    text = week.balance(of_a_week(tmp_path, one_to_ones=(2, 7, None))).text
    assert "Nothing is missing. You keep 7 hours" in text and "hand nothing back yet" in text


def test_an_empty_sheet_is_not_added_up():
    assert "Fill in the sheet above" in week.balance(team()).text


def test_the_hours_are_those_of_the_reps():
    text = week.hours_needed(team()).text
    assert "5 reps" in text and "6¼ hours a week" in text


def test_the_log_is_shown_with_its_sum_and_without_judgement():
    text = week.hours_seen(team()).text
    assert "3 sessions of yours, with 2 of your 5 reps" in text
    assert "about 10 minutes a week in all, of the 6¼ hours" in text  # 30 + 45 + 60 minutes in 90 days
    assert "about 75 minutes a week are needed for each" in text and "Minutes a week" in text
    assert "none written down" in text


def test_without_a_log_the_section_is_off_and_says_which_table_turns_it_on():
    assert "is off." in week.hours_seen(team(of=thin({"r1": "Ana"}))).text


def test_a_log_that_is_not_of_this_manager_is_not_shown():
    other = company().with_tables(coaching_log=company().coaching_log.assign(manager_id="m9"))
    assert "shows no session of yours" in week.hours_seen(team(of=other)).text


def test_own_open_deals_are_a_list_to_hand_over():
    text = week.own_deals(team()).text
    assert "1 open deal is still in your name, worth $10k." in text
    assert "Account of m1-open" in text and "r1-open" not in text


def test_several_own_deals_are_summed_and_a_long_list_is_cut_and_counted():
    deals = company().opportunities
    many = deals.assign(rep_id=deals["rep_id"].where(deals["outcome"] != "open", "m1"))
    many = pd.concat([many.assign(opportunity_id=many["opportunity_id"] + end) for end in ("a", "b")])
    text = week.own_deals(team(of=company().with_tables(opportunities=many))).text
    assert "22 open deals are still in your name, worth $220k together." in text
    assert "20 of 22" in text and "2 more are in the data" in text


def test_deals_without_an_amount_are_not_summed_as_nothing():
    text = week.own_deals(team(None, thin())).text
    assert "worth" not in text and "D3" in text


def test_closed_deals_from_before_the_promotion_are_not_to_be_handed_over():
    deals = company().opportunities
    sold = company().with_tables(
        opportunities=deals.assign(outcome=deals["outcome"].where(deals["rep_id"] != "m1", "won"))
    )
    assert "No open deal" in week.own_deals(team(of=sold)).text


def test_the_split_adds_up_and_stands_by_name_with_reasons():
    text = week.proposed_split(team(diagnosis(("r3", "activity", "coach", 1))), 6).text
    assert "6 hours a week" in text
    rows = text.splitlines()[-5:]
    assert [row.split()[0] for row in rows] == ["Ana", "Ben", "Cara", "Dan", "Eve"]
    assert "something to coach" in rows[2] and "New in the role" in rows[4]


def test_a_manager_without_reps_gets_sentences_not_empty_tables():
    nobody = team(None, thin())
    for page_part in (week.hours_needed(nobody), week.hours_seen(nobody), week.proposed_split(nobody)):
        assert page_part.text and "<table" not in page_part.html

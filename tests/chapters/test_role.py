import pytest

from playbook.chapters.your_new_role import role
from playbook.coaching.tasks import TASKS
from playbook.forms import handouts
from playbook.journal.file_journal import FileJournal
from playbook.workbook import LEADERS_SHEET, TEAMS_SHEET
from tests.coaching.small_team import company, team, thin
from tests.forms.at_work import workbook
from tests.journal.writing import answer

TICKED = {
    "self-assessment/9/how-often": "habit",
    "leaders-view/9/how-often": "never",
    "self-assessment/2/how-often": "once",
    "leaders-view/2/how-often": "once",
    "teams-view/2/once": 2,
    "teams-view/2/habit": 2,
    "self-assessment/4/how-often": "once",
    "teams-view/4/never": 2,
}


@pytest.fixture(scope="module")
def answered(tmp_path_factory):
    """The team in a workbook in which leader and team answered something."""
    book = tmp_path_factory.mktemp("seen")
    made = workbook(book)
    FileJournal(book / "journal.jsonl").append([answer(where, value) for where, value in TICKED.items()])
    return made


def lines_of(page_part):
    return {line.split(".")[0].strip(): line for line in page_part.text.splitlines() if line.strip()[:1].isdigit()}


def test_a_page_says_where_others_see_it_differently(answered):
    page_part = role.how_others_see_it(answered)
    assert "Talk first about Watch real calls and rehearse (9)." in page_part.text
    lines = lines_of(page_part)
    assert list(lines) == ["2", "9"]
    assert "your leader sees much less of it" in lines["9"]
    assert "once to a habit" in lines["2"] and "your team sees a little more of it" in lines["2"]


def test_two_answers_of_a_team_are_shown_nowhere(answered):
    assert "Assess each rep" not in role.how_others_see_it(answered).text + role.others_views(answered).text


def test_counts_of_the_team_stand_on_no_page(answered):
    page_part = role.others_views(answered)
    assert "<table" not in page_part.html and TEAMS_SHEET in page_part.text


def test_the_sheets_are_links_only_where_they_lie_beside_the_page(answered):
    assert f'href="{LEADERS_SHEET}"' in role.others_views(answered).html
    assert (
        "href" not in role.others_views(team()).html and "In a workbook of your own" in role.others_views(team()).text
    )


def test_without_answers_of_others_it_says_so_and_compares_nothing():
    assert "nothing to compare" in role.how_others_see_it(team()).text


def test_where_too_few_of_the_team_answered_nothing_is_shown(tmp_path):
    book = workbook(tmp_path)
    FileJournal(tmp_path / "journal.jsonl").append([answer("teams-view/4/never", 2)])
    assert role.how_others_see_it(book).text == "Of your team fewer than three answered, so it is shown nowhere."


def test_two_skills_come_with_a_reason_each(answered):
    assert (
        "If you do not know where to begin: Watch real calls and rehearse (9), as you can coach only what you saw"
        in (role.two_skills(team()).text)
    )
    assert "By what is ticked above, build these two first: Watch real calls" in role.two_skills(answered).text


def test_the_sheets_to_hand_out_ask_all_tasks_and_for_no_name():
    for sheet in (handouts.leaders_sheet("Mo <3"), handouts.teams_sheet("Mo <3")):
        assert sheet.html.count("☐") == 4 * len(TASKS) and "Mo &lt;3" in sheet.html
        assert all(task.seen in sheet.text for task in TASKS)
    assert "ptc-line" not in handouts.teams_sheet("Mo").html


def test_the_assessment_has_a_line_and_three_boxes_per_task():
    page_part = role.assessment(team())
    assert all(task.behaviour in page_part.text for task in TASKS)
    assert page_part.html.count("☐") == 3 * len(TASKS)


def test_the_team_stands_by_name_with_its_open_deals_and_no_total():
    text = role.team_at_a_glance(team()).text
    assert "You lead 5 people." in text
    assert [text.index(name) for name in ("Ana", "Ben", "Cara", "Dan")] == sorted(
        text.index(name) for name in ("Ana", "Ben", "Cara", "Dan")
    )
    assert text.count("January 2024") == 4


def test_new_people_are_named_and_nobody_else():
    assert "New in the last 120 days: Eve." in role.team_at_a_glance(team()).text


def test_without_start_dates_who_is_new_is_off():
    page_part = role.team_at_a_glance(team(of=thin({"r1": "Ana"})))
    assert "Who is new is off." in page_part.text and "Here since" not in page_part.text


def test_a_column_that_nobody_has_is_not_shown_and_a_gap_is_said():
    assert "Segment" not in role.team_at_a_glance(team()).text
    people = company().people
    some = company().with_tables(
        people=people.assign(segment=people["segment"].where(people["person_id"] != "r1", "SMB"))
    )
    assert "not given" in role.team_at_a_glance(team(of=some)).text


def test_a_manager_without_reps_is_told_what_to_do():
    assert "ask sales operations" in role.team_at_a_glance(team(None, thin())).text


def test_the_import_s_own_words_are_shown():
    assert role.the_data(team(import_summary="12 of 12 rows <kept>.")).html == "<p>12 of 12 rows &lt;kept&gt;.</p>"
    assert "import report" in role.the_data(team()).text

from playbook.chapters import role
from playbook.coaching.tasks import TASKS
from tests.coaching.small_team import company, team, thin


def test_the_assessment_has_a_line_and_three_boxes_per_task():
    shown = role.assessment(team())
    assert all(task.behaviour in shown.text for task in TASKS)
    assert shown.html.count("☐") == 3 * len(TASKS)


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
    shown = role.team_at_a_glance(team(of=thin({"r1": "Ana"})))
    assert "Who is new is off." in shown.text and "Here since" not in shown.text


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

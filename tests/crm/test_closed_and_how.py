"""A closed deal is never open, and how it ended is told by the CRM or asked: never guessed beside other words."""

import pytest

from playbook.errors import UnusableInput
from tests.crm.export_files import import_files, write_rows
from tests.crm.larger_than_memory import both_ways

REPS = ("Ana García", "Bo Lee")


def deals(column: str, *states: str, closed: str = "") -> list[list[str]]:
    """Four deals in each of `states`; with the flag `closed` for all, if there is one."""
    head = ["Opportunity ID", "Owner", column, "Amount", "Created Date", "Close Date"]
    rows = [
        [f"D{n}", REPS[n % 2], states[n % len(states)], "900", f"2026-01-{n + 1:02}", f"2026-03-{n + 1:02}"]
        for n in range(4 * len(states))
    ]
    return [[*head, "Closed"], *([*row, closed] for row in rows)] if closed else [head, *rows]


def outcomes_by_stage(*files, **options) -> dict[str, set[str]]:
    company = import_files(*files, **options).company
    return company.opportunities.groupby("stage")["outcome"].agg(set).to_dict()


def test_a_closed_deal_whose_stage_says_nothing_is_lost_where_others_are_said_to_be_won(tmp_path):
    file = write_rows(tmp_path, "deals.csv", deals("Stage", "Closed Won", "Withdrawn by client", closed="TRUE"))
    assert outcomes_by_stage(file) == {"Closed Won": {"won"}, "Withdrawn by client": {"lost"}}
    assert any("count as lost" in line for line in import_files(file).report.assumptions)


def test_closed_deals_of_which_nothing_says_that_any_is_won_are_asked_about(tmp_path):
    file = write_rows(tmp_path, "deals.csv", deals("Stage", "Closed Lost", "Handshake", closed="TRUE"))
    with pytest.raises(UnusableInput, match="closed, and nothing says whether won or lost: .* 'Handshake'"):
        import_files(file)


@pytest.mark.parametrize("states", [("Closed", "Lost", "Converted"), ("Closed", "Won", "Passed to partner")])
def test_beside_a_word_that_nobody_knows_closed_is_asked_and_never_assumed(states, tmp_path):
    file = write_rows(tmp_path, "deals.csv", deals("Status", *states))
    with pytest.raises(UnusableInput, match="closed, and not how") as refused:
        import_files(file)
    assert states[-1] in refused.value.what and "[outcomes]" in refused.value.remedy


def test_where_won_and_lost_have_words_of_their_own_closed_is_asked_and_the_remedy_leads_on(tmp_path):
    file = write_rows(tmp_path, "deals.csv", deals("Stage", "Won", "Lost", "Closed"))
    with pytest.raises(UnusableInput, match="won and lost deals have words of their own") as refused:
        import_files(file)
    assert 'lost = ["Closed"]' in refused.value.remedy
    mapping = tmp_path / "ours.toml"
    mapping.write_text('[outcomes]\nlost = ["Closed"]\n', encoding="utf-8")
    assert outcomes_by_stage(file, mapping=mapping)["Closed"] == {"lost"}


def test_beside_words_for_open_deals_closed_is_the_outcome_that_no_other_says(tmp_path):
    file = write_rows(tmp_path, "deals.csv", deals("Status", "Closed", "Lost", "Open", "In progress"))
    assert outcomes_by_stage(file)["Closed"] == {"won"}


def test_a_list_of_stages_says_by_its_flags_which_end_a_deal_and_which_of_these_is_a_success(tmp_path):
    write_rows(tmp_path, "deals.csv", deals("Stage ID", "A", "B", "C"))
    head = ["stage_id", "stage_name", "sort_order", "is_final", "is_success"]
    rows = [
        ["A", "Neu", "1", "false", "false"],
        ["B", "Erledigt", "2", "true", "true"],
        ["C", "Nichts", "3", "true", "false"],
    ]
    write_rows(tmp_path, "stages.csv", [head, *rows])
    assert outcomes_by_stage(tmp_path) == {"Neu": {"open"}, "Erledigt": {"won"}, "Nichts": {"lost"}}


@pytest.mark.parametrize("role", ["AE", "SDR", "Key Account", "channel"])
def test_a_role_that_is_no_place_in_the_line_is_the_job(role, tmp_path):
    write_rows(tmp_path, "deals.csv", deals("Stage", "Closed Won", "Closed Lost"))
    write_rows(tmp_path, "team.csv", [["Name", "Role", "Manager"], *([rep, role, "Meg Moss"] for rep in REPS)])
    people = import_files(tmp_path).company.people.set_index("name")
    assert list(people.loc[list(REPS), "job"]) == [role, role]


def test_a_role_that_says_rep_is_no_job(tmp_path):
    write_rows(tmp_path, "deals.csv", deals("Stage", "Closed Won", "Closed Lost"))
    write_rows(tmp_path, "team.csv", [["Name", "Role", "Manager"], *([rep, "Rep", "Meg Moss"] for rep in REPS)])
    assert import_files(tmp_path).company.people["job"].isna().all()


def test_closed_deals_are_told_alike_in_pieces(tmp_path):
    file = write_rows(tmp_path, "deals.csv", deals("Stage", "Closed Won", "Withdrawn", closed="TRUE"))
    assert both_ways([file], tmp_path) == ""


def test_closed_deals_are_asked_about_alike_in_pieces(tmp_path):
    file = write_rows(tmp_path, "deals.csv", deals("Stage", "Closed Lost", "Handshake", closed="TRUE"))
    assert "nothing says whether" in both_ways([file], tmp_path)


def put_away(reason: str) -> list[list[str]]:
    """Two deals won, two lost on price, and two closed as lost for `reason`."""
    head = ["Opportunity ID", "Owner", "Stage", "Amount", "Created Date", "Close Date", "Lost Reason"]
    ends = [("Closed Won", ""), ("Closed Lost", "Price"), ("Closed Lost", reason)] * 2
    rows = [
        [f"D{n}", REPS[n % 2], stage, "900", f"2026-01-{n + 1:02}", f"2026-03-{n + 1:02}", why]
        for n, (stage, why) in enumerate(ends)
    ]
    return [head, *rows]


@pytest.mark.parametrize("reason", ["Duplicate", "duplicate ", "Test deal", "Créé par erreur", "Merged", "Дубликат"])
def test_what_was_closed_as_no_deal_is_neither_lost_nor_opened_and_is_counted(reason, tmp_path):
    imported = import_files(write_rows(tmp_path, "deals.csv", put_away(reason)))
    assert imported.company.opportunities["outcome"].value_counts().to_dict() == {"won": 2, "lost": 2}
    (dropped,) = imported.report.files[0].dropped
    assert (dropped.rows, dropped.reason.split(",")[0]) == (2, "duplicates")


def test_a_reason_that_only_speaks_of_a_test_is_a_loss(tmp_path):
    imported = import_files(write_rows(tmp_path, "deals.csv", put_away("Test drive was cancelled")))
    assert (imported.company.opportunities["outcome"] == "lost").sum() == 4


def test_a_stage_named_duplicate_is_no_deal_unless_the_user_says_otherwise(tmp_path):
    file = write_rows(tmp_path, "deals.csv", deals("Stage", "Closed Won", "Closed Lost", "Duplicate"))
    assert set(outcomes_by_stage(file)) == {"Closed Won", "Closed Lost"}
    mapping = tmp_path / "ours.toml"
    mapping.write_text('[outcomes]\nlost = ["Duplicate"]\n', encoding="utf-8")
    assert outcomes_by_stage(file, mapping=mapping)["Duplicate"] == {"lost"}


def test_what_was_closed_as_no_deal_is_left_out_alike_in_pieces(tmp_path):
    assert both_ways([write_rows(tmp_path, "deals.csv", put_away("Duplicate"))], tmp_path) == ""

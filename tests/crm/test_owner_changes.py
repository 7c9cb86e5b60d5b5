"""Who owned a deal before, from a history: the heir is judged by no deal that changed hands."""
# ruff: noqa: E501  (a table reads best as a table)

import pytest

from tests.crm.export_files import import_files, write_rows
from tests.crm.larger_than_memory import both_ways
from tests.crm.test_taken_over import REPS, taken_over

DEALS = [
    ["Id", "OwnerId", "Owner Name", "StageName", "Amount", "CloseDate", "CreatedDate"],
    *(
        [
            f"006{n}",
            f"005{n % 4}",
            REPS[n % 4],
            "Closed Lost" if n % 3 else "Closed Won",
            "9",
            "2026-05-01",
            "2026-01-05",
        ]
        for n in range(24)
    ),
]
HEAD = ["OpportunityId", "CreatedDate", "Field", "OldValue", "NewValue"]


def change(deal: int, day: str, old: str, new: str, field: str = "Owner") -> list[str]:
    return [f"006{deal}", f"{day} 10:00", field, old, new]


def exports(folder, *changes: list[str], deals: list[list[str]] = DEALS):
    write_rows(folder / "in", "Opportunity.csv", deals)
    write_rows(
        folder / "in", "OpportunityFieldHistory.csv", [HEAD, change(1, "2026-02-01", "A", "B", "StageName"), *changes]
    )
    return folder / "in"


@pytest.mark.parametrize("day", ["2026-03-01", "2026-05-20"], ids=["while it was open", "after it was closed"])
def test_a_deal_that_somebody_else_owned_before_was_taken_over(day, tmp_path):
    imported = import_files(exports(tmp_path, change(0, day, "Olga Past", "Ana García")))
    assert taken_over(imported.company) == {"Ana García": 1}
    assert imported.company.opportunities["taken_over"].notna().all()
    (line,) = [line for line in imported.report.assumptions if "taken over" in line]
    assert line.startswith("1 deal was taken over from somebody else, who created it or owned it before ('Olga Past')")


def test_a_deal_that_was_routed_to_its_owner_within_a_day_is_theirs(tmp_path):
    assert (
        taken_over(import_files(exports(tmp_path, change(0, "2026-01-05", "Lead Queue", "Ana García"))).company) == {}
    )


def test_a_change_that_stands_twice_with_ids_and_with_names_is_one(tmp_path):
    twice = [change(0, "2026-03-01", "0051", "0050"), change(0, "2026-03-01", "Bo Lee", "Ana García")]
    assert taken_over(import_files(exports(tmp_path, *twice)).company) == {"Ana García": 1}
    only_own = [change(0, "2026-01-05", "0050", "0050"), change(4, "2026-03-01", "ANA GARCÍA", "Ana García")]
    assert taken_over(import_files(exports(tmp_path / "own", *only_own)).company) == {}


def test_a_deal_that_came_back_had_another_owner_in_between(tmp_path):
    away = [change(0, "2026-02-01", "Ana García", "Bo Lee"), change(0, "2026-03-01", "Bo Lee", "Ana García")]
    assert taken_over(import_files(exports(tmp_path, *away)).company) == {"Ana García": 1}


def test_a_history_of_values_alone_tells_who_was_there_before(tmp_path):
    deals = [
        ["Record ID", "Deal owner", "Deal Stage", "Amount", "Close Date", "Create Date"],
        *([r[0], r[2], *r[3:]] for r in DEALS[1:]),
    ]
    changes = [["Record ID", "Property", "Value", "Timestamp"]]
    for n in range(24):
        changes.append([f"006{n}", "Deal owner", "Olga Past" if n == 0 else REPS[n % 4], "2026-01-05 09:00"])
        changes.append([f"006{n}", "Deal Stage", "Contract Sent", "2026-01-06 09:00"])
    changes.append(["0060", "Deal owner", "Ana García", "2026-04-01 09:00"])
    write_rows(tmp_path, "deals.csv", deals)
    write_rows(tmp_path, "history.csv", changes)
    assert taken_over(import_files(tmp_path).company) == {"Ana García": 1}


def test_changes_of_owner_are_no_steps_and_are_not_counted_as_left_out(tmp_path):
    imported = import_files(exports(tmp_path, change(0, "2026-03-01", "Olga Past", "Ana García")))
    assert set(imported.company.stage_history["opportunity_id"]) == {"0061"}
    (history,) = [f for f in imported.report.files if f.kind == "stage_history"]
    assert not history.dropped


def test_where_most_deals_change_hands_that_tells_nothing(tmp_path):
    changes = [change(n, "2026-03-01", f"Qualifier {n % 3}", REPS[n % 4]) for n in range(12)]
    imported = import_files(exports(tmp_path, *changes))
    assert taken_over(imported.company) == {}
    assert any("that is how deals are entered here" in line for line in imported.report.assumptions)


def test_deals_that_changed_hands_are_told_alike_in_pieces(tmp_path):
    changes = [change(0, "2026-03-01", "Olga Past", "Ana García"), change(5, "2026-01-05", "Queue", "Bo Lee")]
    assert both_ways([exports(tmp_path, *changes)], tmp_path) == ""


def test_owners_in_a_history_of_whole_states_are_told_alike_in_pieces(tmp_path):
    write_rows(tmp_path / "in", "deals.csv", [["hs_object_id", "hubspot_owner_id", "dealstage", "amount", "closedate", "createdate"],
                                              *([r[0], r[1], *r[3:]] for r in DEALS[1:])])  # fmt: skip
    states = [["hs_object_id", "dealstage", "hubspot_owner_id", "timestamp"]]
    for n in range(24):
        owner = f"005{n % 4}"
        states += [
            [f"006{n}", "new", "0059" if n == 0 else owner, "2026-01-05 10:00"],
            [f"006{n}", "sent", owner, "2026-02-09 10:00"],
        ]
    write_rows(tmp_path / "in", "deal-stage-history.csv", states)
    assert both_ways([tmp_path / "in"], tmp_path) == ""
    taken = import_files(tmp_path / "in").company.opportunities.set_index("opportunity_id")["taken_over"]
    assert taken[taken.fillna(False).astype(bool)].index.tolist() == ["0060"]


def spread(*days: str) -> list[list[str]]:
    """Deals that went from one person to each of the four reps, one on each of those days."""
    return [change(n, day, "Olga Past", REPS[n % 4]) for n, day in enumerate(days)]


def test_a_leavers_deals_were_taken_over_however_many_colleagues_got_them(tmp_path):
    exports_of_a_leaver = exports(tmp_path, *spread(*["2026-03-02"] * 3, "2026-03-09"))
    assert taken_over(import_files(exports_of_a_leaver).company) == dict.fromkeys(REPS, 1)
    assert both_ways([exports_of_a_leaver], tmp_path) == ""


def test_what_a_desk_qualifies_and_hands_over_month_by_month_is_taken_over_by_nobody(tmp_path):
    by_and_by = spread("2026-01-20", "2026-02-20", "2026-03-20", "2026-04-20")
    assert taken_over(import_files(exports(tmp_path, *by_and_by)).company) == {}

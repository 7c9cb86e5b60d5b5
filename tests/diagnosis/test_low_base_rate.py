"""Where one deal in twenty is won: margins in points would be out of reach, and winning none at all is asked about."""

from datetime import date, timedelta

import pytest

from playbook import as_of
from playbook.diagnosis.diagnose import diagnose
from tests.crm.export_files import TODAY, import_files, write_rows

DEALS = 600
WINS = {"Nobody Once": 0, "Low Once": 8, **{f"Rep {n:02}": 27 + n % 7 for n in range(12)}}


@pytest.fixture(scope="module")
def verdict_of(tmp_path_factory) -> dict[str, str]:
    """The verdict on each rep's win rate."""
    rows = [["Deal ID", "Owner", "Stage", "Created Date", "Close Date"]]
    for rep, wins in WINS.items():
        for n in range(DEALS):
            opened = date(2025, 1, 6) + timedelta(days=n * 400 // DEALS)
            won = n * wins // DEALS < (n + 1) * wins // DEALS  # spread over the year
            closed = opened + timedelta(days=30)
            rows.append([f"{rep}{n}", rep, "Closed Won" if won else "Closed Lost", str(opened), str(closed)])
    company = import_files(write_rows(tmp_path_factory.mktemp("low"), "deals.csv", rows)).company
    table = diagnose(company, as_of.latest_day(company, TODAY))
    rates = table[table["driver"] == "win_rate"].set_index("rep_id")["verdict"]
    return rates.rename(company.people.set_index("person_id")["name"]).to_dict()


def test_a_third_of_the_usual_wins_is_coached_though_six_points_are_out_of_reach(verdict_of):
    assert verdict_of["Low Once"] == "coach"


def test_no_win_at_all_is_asked_about_first_as_wins_may_stand_in_another_name(verdict_of):
    assert verdict_of["Nobody Once"] == "ask_first"


def test_nobody_else_is_named(verdict_of):
    others = {verdict for rep, verdict in verdict_of.items() if rep.startswith("Rep")}
    assert not others & {"coach", "ask_first", "watch"}

from datetime import timedelta

import pandas as pd

from playbook.coaching.logged_sessions import due, sessions
from tests.coaching.small_team import AS_OF, coaching_log, team


def test_recent_sessions_are_counted_and_the_last_one_is_of_any_age():
    held = sessions(team().reps, team().company.coaching_log, AS_OF, days=30).set_index("name")
    assert held["sessions"].to_dict() == {"Ana": 1, "Ben": 0, "Cara": 0, "Dan": 0, "Eve": 0}
    assert held.loc["Ben", "last_on"] == pd.Timestamp("2026-01-30")
    assert (held.loc["Ana", "last_focus"], held.loc["Ana", "minutes"]) == ("next steps", 45)


def test_minutes_that_nobody_wrote_stay_missing_not_zero():
    log = team().company.coaching_log.assign(minutes=None).astype({"minutes": "float64"})
    assert sessions(team().reps, log, AS_OF)["minutes"].isna().all()


def test_a_last_session_without_a_subject_does_not_borrow_an_older_one():
    log = coaching_log()
    log = log.assign(focus=["price", "price", None, "discovery"])
    assert pd.isna(sessions(team().reps, log, AS_OF)["last_focus"][0])


def test_a_session_after_the_day_is_not_known_yet():
    held = sessions(team().reps, team().company.coaching_log, AS_OF - timedelta(days=20))
    assert held["last_on"][0] == pd.Timestamp("2026-03-01")


def test_a_log_without_rows_shows_everybody_without_a_session():
    held = sessions(team().reps, coaching_log().head(0), AS_OF)
    assert held["sessions"].tolist() == [0] * 5 and held["last_on"].isna().all()


def test_due_is_who_waits_a_fortnight_or_was_never_met():
    held = sessions(team().reps, team().company.coaching_log, AS_OF)
    follow_ups = due(held, AS_OF).set_index("name")
    assert follow_ups["is_due"].to_dict() == {"Ana": False, "Ben": True, "Cara": True, "Dan": True, "Eve": True}
    assert follow_ups.loc["Ana", "due_on"] == pd.Timestamp("2026-04-04")
    assert due(held, AS_OF + timedelta(days=4))["is_due"].all()


def test_a_subject_that_is_a_drivers_key_is_said_as_a_person_says_it():
    reps = pd.DataFrame({"person_id": ["r1", "r2"], "name": ["Ana", "Ben"]})
    log = pd.DataFrame(
        {
            "rep_id": ["r1", "r2"],
            "on": pd.Timestamp("2026-03-01"),
            "minutes": 30.0,
            "focus": ["stage:Proposal", "next steps: by whom"],
        }
    )
    held = sessions(reps, log, AS_OF)
    assert held["last_focus"].tolist() == ["Conversion out of Proposal", "next steps: by whom"]

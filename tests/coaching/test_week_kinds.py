import pytest

from playbook.coaching.time_budget import COACHING, KINDS_OF_HOURS
from playbook.coaching.week_kinds import FORECAST, INTERNAL, OWN_DEALS, PEOPLE, REPS_DEALS, kind_of, sort_hours


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("1:1 Ana", COACHING),
        ("Coaching: discovery", COACHING),
        ("Interview account executive", PEOPLE),
        ("Forecast call", FORECAST),
        ("Deal review Acme", REPS_DEALS),
        ("Demo for a customer", OWN_DEALS),
        ("Weekly sync", INTERNAL),
        ("Ana / Mo", COACHING),
        ("Anabel", None),
        ("Lunch", None),
    ],
)
def test_a_title_tells_a_kind_or_nothing(title, kind):
    assert kind_of(title, ["Ana"]) == kind


def test_hours_are_per_week_and_what_tells_nothing_is_listed():
    sorted_hours = sort_hours([("1:1 Ana", 1.0), ("1:1 Ben", 1.0), ("Lunch", 2.0), ("", 2.0)], weeks=4)
    assert sorted_hours.hours[COACHING] == 0.5 and sorted_hours.hours[INTERNAL] == 1.0
    assert sorted_hours.unsorted == ("(without a title)", "Lunch") and tuple(sorted_hours.hours) == KINDS_OF_HOURS

from datetime import date

import pandas as pd

from playbook.metrics.absences import weeks_away
from tests.small_company import company, deal, person

TODAY = date(2026, 6, 30)


def opened_in(weeks_back: list[int]) -> list[dict[str, object]]:
    days = [pd.Timestamp(TODAY) - pd.Timedelta(weeks=w) for w in weeks_back]
    return [deal(f"D{i}", "ana", created_on=day) for i, day in enumerate(days)]


def away(weeks_back: list[int]) -> list[bool]:
    made = company(people=[person("ana")], opportunities=opened_in(weeks_back))
    return weeks_away(made, TODAY, pd.Index(["ana"]), 20)[0].tolist()


def test_a_month_without_any_trace_of_somebody_who_is_there_every_week_is_an_absence():
    assert away([w for w in range(20) if not 5 <= w < 10]) == [5 <= w < 10 for w in range(20)]


def test_three_weeks_are_no_absence():
    assert not any(away([w for w in range(20) if not 5 <= w < 8]))


def test_thin_data_makes_nobody_absent():
    assert not any(away([0, 6, 13, 19]))


def test_weeks_before_the_first_trace_are_no_weeks_at_work():
    assert away(list(range(10))) == [w >= 10 for w in range(20)]


def test_nobody_without_a_trace_is_called_away():
    made = company(people=[person("ana")], opportunities=[])
    assert not weeks_away(made, TODAY, pd.Index(["ana"]), 20).any()


def test_what_a_colleague_did_on_a_deal_that_was_handed_over_later_makes_nobody_present():
    weeks = range(20)
    day = {w: pd.Timestamp(TODAY) - pd.Timedelta(weeks=w) for w in weeks}
    there = [w for w in weeks if not 5 <= w < 10]
    handed_over = [deal(f"H{w}", "ana", created_on=day[w]) for w in range(5, 10)]
    own = [deal(f"D{w}", "ana", created_on=day[w]) for w in there]
    done = [{"rep_id": "ben", "on": day[w], "kind": "call", "opportunity_id": f"H{w}"} for w in range(5, 10)]
    made = company(people=[person("ana"), person("ben")], opportunities=[*own, *handed_over], activities=done)
    assert weeks_away(made, TODAY, pd.Index(["ana"]), 20)[0].tolist() == [5 <= w < 10 for w in weeks]
    alone = company(people=[person("ana")], opportunities=[*own, *handed_over])
    assert not weeks_away(alone, TODAY, pd.Index(["ana"]), 20).any()

from dataclasses import replace
from datetime import date

import numpy as np
import pandas as pd

from playbook.circumstances import frame_of, understood
from playbook.metrics.rep_weeks import pipeline_weeks
from playbook.metrics.working_share import working_share
from tests.small_company import company, deal, person

TODAY = date(2026, 6, 30)
REPS = pd.Index(["ana", "ben"])


def share(*entries, weeks=8):
    return working_share(frame_of(entries), TODAY, REPS, weeks)


def opened_in(weeks_back):
    """A company of Ana, who opened a deal in each of these weeks, counted back."""
    days = [pd.Timestamp(TODAY) - pd.Timedelta(weeks=back) for back in weeks_back]
    deals = [deal(f"D{i}", "ana", created_on=day) for i, day in enumerate(days)]
    return company(people=[person("ana")], opportunities=deals)


def test_without_a_word_every_week_is_whole():
    assert (share() == 1).all()


def test_part_time_without_days_is_part_of_every_week_of_that_rep_alone():
    found = share(understood("ana", "part time", detail="60%"))
    assert np.allclose(found[0], 0.6) and (found[1] == 1).all()


def test_a_leave_takes_its_own_days_out_and_no_others():
    found = share(understood("ana", "leave", starts_on=date(2026, 6, 14), ends_on=date(2026, 6, 23)))
    assert np.allclose(found[0, :4], [1.0, 0.0, 4 / 7, 1.0])


def test_part_time_that_began_counts_from_its_first_day():
    found = share(understood("ana", "part time", detail="50%", starts_on=date(2026, 6, 24)))
    assert np.allclose(found[0, :2], [0.5, 1.0])


def test_what_ended_before_the_weeks_changes_none_of_them():
    entry = understood("ana", "leave", starts_on=date(2025, 1, 1), ends_on=date(2025, 3, 1))
    assert (share(entry) == 1).all()


def test_a_rate_is_taken_over_what_was_worked():
    """Ana opens one deal in two weeks at half of full time: one in a week of work."""
    days = [pd.Timestamp(TODAY) - pd.Timedelta(weeks=back) for back in range(0, 60, 2)]
    made = company(
        people=[person("ana")], opportunities=[deal(f"D{i}", "ana", created_on=d) for i, d in enumerate(days)]
    )
    known = replace(made, circumstances=frame_of([understood("ana", "part time", detail="50%")]))
    rows, with_it = pipeline_weeks(made, TODAY), pipeline_weeks(known, TODAY)
    rate = lambda table: table["value"].sum() / table["exposure"].sum()  # noqa: E731
    assert np.isclose(rate(with_it), 2 * rate(rows))


def test_weeks_of_leave_are_left_out():
    days = [pd.Timestamp(TODAY) - pd.Timedelta(weeks=back) for back in range(40)]
    made = company(
        people=[person("ana")], opportunities=[deal(f"D{i}", "ana", created_on=d) for i, d in enumerate(days)]
    )
    leave = understood("ana", "leave", starts_on=date(2026, 6, 3), ends_on=date(2026, 6, 16))
    known = replace(made, circumstances=frame_of([leave]))
    assert set(pipeline_weeks(made, TODAY)["unit_id"]) - set(pipeline_weeks(known, TODAY)["unit_id"]) == {2, 3}

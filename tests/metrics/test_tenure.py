import pandas as pd
import pytest

from playbook.metrics.tenure import RAMP_DAYS, ramped_on
from tests.small_company import company, deal, person

BEGAN = pd.Timestamp("2025-01-06")
RAMP = pd.Timedelta(days=RAMP_DAYS)


def weekly(rep: str, start: pd.Timestamp, n: int = 60) -> list[dict]:
    return [
        deal(f"{rep}{start:%j}{i}", rep, created_on=f"{start + pd.Timedelta(days=7 * i):%Y-%m-%d}") for i in range(n)
    ]


def ramped(deals: list[dict], **ana) -> pd.Series:
    people = [person("ana", **ana), *(person(f"p{i}") for i in range(4))]
    others = [one for i in range(4) for one in weekly(f"p{i}", BEGAN)]
    return ramped_on(company(people=people, opportunities=[*deals, *others]))


def test_who_sold_from_the_beginning_on_counts_from_then_on():
    assert ramped(weekly("ana", BEGAN))["ana"] <= BEGAN + pd.Timedelta(days=14)


def test_who_begins_late_counts_after_half_a_year():
    late = BEGAN + pd.Timedelta(days=140)
    assert ramped(weekly("ana", late, 40))["ana"] == late + RAMP + pd.Timedelta(days=7)


def test_one_deal_of_1900_delays_nobody_and_hurries_nobody():
    late = BEGAN + pd.Timedelta(days=140)
    stray = deal("stray", "ana", created_on="1900-01-01")
    with_it, without = ramped([stray, *weekly("ana", late, 40)]), ramped(weekly("ana", late, 40))
    assert with_it.drop("ana").equals(without.drop("ana"))
    assert abs(with_it["ana"] - without["ana"]) <= pd.Timedelta(days=7)


def test_a_few_deals_from_another_job_before_do_not_count_as_the_beginning():
    late = BEGAN + pd.Timedelta(days=210)
    before = [deal(f"b{i}", "ana", created_on="2025-02-01") for i in range(2)]
    assert ramped([*before, *weekly("ana", late, 30)])["ana"] >= late + RAMP


def test_where_everybodys_deals_are_few_at_first_nobody_is_a_late_starter():
    few = [deal(f"f{i}", f"p{i}", created_on="2025-01-20") for i in range(4)]
    start = BEGAN + pd.Timedelta(days=120)
    many = [one for rep in ("ana", "p0", "p1", "p2", "p3") for one in weekly(rep, start)]
    people = [person("ana"), *(person(f"p{i}") for i in range(4))]
    days = ramped_on(company(people=people, opportunities=[*few, *many]))
    assert (days < start + pd.Timedelta(days=30)).all()


def test_who_was_hired_long_ago_and_began_to_sell_late_ramps_from_then_on():
    late = BEGAN + pd.Timedelta(days=140)
    assert ramped(weekly("ana", late, 40), hired_on="2019-01-01")["ana"] > late + RAMP


@pytest.mark.parametrize("share", [0.4, 1.0])
def test_who_opens_few_deals_from_the_beginning_on_is_no_late_starter(share):
    some = [one for i, one in enumerate(weekly("ana", BEGAN)) if (i * share) % 1 < share]
    assert ramped(some)["ana"] < BEGAN + pd.Timedelta(days=60)

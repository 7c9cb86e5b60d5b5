from playbook.metrics.split_deals import parts_of_one
from tests.metrics.by_hand import deals

ONE = {"account": "Acme", "outcome": "won", "created_on": "2026-01-05", "closed_on": "2026-02-01"}


def test_deals_of_one_account_opened_and_closed_on_the_same_days_are_parts_of_one():
    assert len(set(parts_of_one(deals(ONE, ONE, ONE)))) == 1


def test_another_day_or_another_product_is_another_deal():
    other = [{**ONE, "created_on": "2026-01-06"}, {**ONE, "closed_on": "2026-02-02"}, {**ONE, "product": "Planner"}]
    assert len(set(parts_of_one(deals(ONE, *other)))) == 4


def test_deals_without_an_account_are_never_taken_together():
    nameless = {**ONE, "account": None}
    assert len(set(parts_of_one(deals(nameless, nameless)))) == 2

"""Numbers stand for deals as their ids do: in the same order, with what is missing and what is unknown told apart."""

import math
from dataclasses import replace

from playbook.metrics.deal_numbers import UNKNOWN_DEAL, with_deal_numbers
from tests.small_company import company, deal, person

NAMED = company(
    people=[person("ana")],
    opportunities=[deal("D2", "ana"), deal("D10", "ana"), deal("D1", "ana")],
    stage_history=[{"opportunity_id": "D1", "step": 1}, {"opportunity_id": "gone", "step": 1}],
    activities=[{"rep_id": "ana", "opportunity_id": "D2"}, {"rep_id": "ana", "opportunity_id": None}],
)


def test_deals_are_numbered_in_the_order_of_their_ids_wherever_they_stand():
    backwards = replace(NAMED, opportunities=NAMED.opportunities.iloc[::-1])
    numbered = with_deal_numbers(backwards).opportunities["opportunity_id"]
    assert dict(zip(backwards.opportunities["opportunity_id"], numbered, strict=True)) == {"D1": 0, "D10": 1, "D2": 2}


def test_a_step_and_an_activity_have_the_number_of_their_deal():
    numbered = with_deal_numbers(NAMED)
    assert numbered.stage_history["opportunity_id"][0] == 0
    assert numbered.activities["opportunity_id"][0] == 2


def test_a_deal_that_is_not_there_is_none_of_those_that_are():
    assert with_deal_numbers(NAMED).stage_history["opportunity_id"][1] == UNKNOWN_DEAL


def test_an_activity_that_names_no_deal_still_names_none():
    assert math.isnan(with_deal_numbers(NAMED).activities["opportunity_id"][1])


def test_the_company_itself_keeps_its_ids():
    with_deal_numbers(NAMED)
    assert list(NAMED.opportunities["opportunity_id"]) == ["D1", "D10", "D2"]

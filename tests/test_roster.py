"""Who is a rep, who leads, who gets a workbook, and whose deals compare with whose."""

from playbook import roster
from tests.small_company import company, deal, person


def ids(people):
    return list(people["person_id"])


def test_people_stand_by_name_and_by_id_where_two_share_one():
    people = company(
        people=[person("p1", name="zoe"), person("p3", name="Ana"), person("p2", name="Ana"), person("b", name=None)]
    ).people
    assert ids(roster.by_name(people)) == ["p2", "p3", "b", "p1"]


def test_a_rep_is_whose_role_says_so_or_who_owns_deals_and_leads_nobody():
    everyone = company(
        people=[
            person("ana"),
            person("ben", role=None),
            person("cara", role="other"),
            person("dan", role="other"),
            person("mo", role="manager"),
            person("vi", role=None),
            person("eve", manager="vi"),
        ],
        opportunities=[deal("D1", "ben"), deal("D2", "cara"), deal("D3", "mo"), deal("D4", "vi")],
    )
    assert ids(roster.reps(everyone)) == ["ana", "ben", "cara", "eve"]


def test_who_leads_a_seller_is_no_rep_whatever_the_role_says():
    everyone = company(
        people=[person("lea", role="rep"), person("ana", manager="lea"), person("tim", role="other", manager="ana")],
        opportunities=[deal("D1", "lea"), deal("D2", "ana")],
    )
    assert ids(roster.reps(everyone)) == ["ana"] and ids(roster.managers(everyone)) == ["lea"]
    assert list(roster.deals_to_compare(everyone)["opportunity_id"]) == ["D2"]


def test_who_left_is_a_rep_still_but_not_an_active_one():
    everyone = company(people=[person("ana", active=False), person("ben", active=True), person("cara")])
    assert ids(roster.reps(everyone)) == ["ana", "ben", "cara"] and ids(roster.active_reps(everyone)) == ["ben", "cara"]


def test_a_workbook_is_for_each_active_person_with_an_active_rep():
    everyone = company(
        people=[
            person("mo", "manager"),
            person("gone", "manager", active=False),
            person("empty", "manager"),
            person("lone", "manager"),
            person("vp", "leader"),
            person("ana", manager="mo"),
            person("ben", manager="gone"),
            person("cara", manager="empty", active=False),
            person("desk", "other", manager="lone"),
        ]
    )
    assert ids(roster.managers(everyone)) == ["mo"]


def test_a_leader_with_a_rep_of_their_own_gets_one_too():
    everyone = company(people=[person("vp", "leader"), person("mo", "manager", "vp"), person("ana", manager="vp")])
    assert ids(roster.managers(everyone)) == ["vp"]


def test_reps_whom_no_workbook_holds_are_listed():
    everyone = company(
        people=[
            person("mo", "manager"),
            person("gone", "manager", active=False),
            person("ana", manager="mo"),
            person("ben"),
            person("cara", manager="nobody knows"),
            person("dan", manager="gone"),
        ]
    )
    assert ids(roster.reps_without_manager(everyone)) == ["ben", "cara", "dan"]


def test_a_managers_own_deals_compare_with_nobodys():
    everyone = company(
        people=[person("mo", "manager", promoted_on="2026-01-01"), person("ana", manager="mo")],
        opportunities=[deal("D1", "mo", "won", closed_on="2025-06-01"), deal("D2", "mo"), deal("D3", "ana")],
    )
    assert list(roster.deals_to_compare(everyone)["opportunity_id"]) == ["D3"]

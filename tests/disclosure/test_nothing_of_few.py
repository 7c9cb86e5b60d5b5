"""Where too few stand outside the team, no number of the folder depends on them: draw their deals anew, and it stays.

What differs between two folders of companies that differ in the strangers alone is all that any attack could use, of
every finding and table, however it is computed.
"""

import pandas as pd
import pytest

from playbook.company import TABLES, Company
from playbook.team import Team
from playbook.workbooks.company_source import CompanySource
from playbook.workbooks.company_wide import company_wide
from tests.disclosure.made_company import AS_OF, READER, made_company

# Words: on which side of the others a rep stands, and what was ruled out. In which order to look, and how many more
# deals would tell. And which own deals have the like of with others: a rep's own count and level are taken of those.
WORDS = {"verdict", "side", "ruled_out", "not_testable"}
DEPENDS = WORDS | {"priority", "more", "peers", "mates", "n", "own_n", "total", "seen"}


def _with_others_drawn(shape: tuple[int, ...], seed: int) -> Company:
    """A company of that shape whose reader's team is always the same; the others' deals are drawn by `seed`."""
    made, other = made_company(shape, seed=1), made_company(shape, seed=seed)
    own = made.people.loc[made.people["manager_id"] == READER, "person_id"]
    deals, others = made.opportunities, other.opportunities
    mixed = pd.concat([deals[deals["rep_id"].isin(own)], others[~others["rep_id"].isin(own)]], ignore_index=True)
    sellers = made.people[made.people["manager_id"].notna()]
    log = pd.DataFrame({"manager_id": sellers["manager_id"], "rep_id": sellers["person_id"]}).assign(
        on=pd.Timestamp("2026-02-03"), kind="1:1", minutes=30.0, focus="win_rate"
    )
    return made.with_tables(opportunities=mixed, coaching_log=log)


def _folder(shape: tuple[int, ...], seed: int) -> Team:
    wide = company_wide(CompanySource(_with_others_drawn(shape, seed)), AS_OF, AS_OF)
    assert not wide.faults
    return wide.team_for(READER)


def _what_differs(one: Team, other: Team) -> set[str]:
    """The columns of findings, and the tables, in which two folders differ."""
    assert one.findings.keys() == other.findings.keys()
    differs = {table for table in TABLES if not one.company.table(table).equals(other.company.table(table))}
    for name, frame in one.findings.items():
        beside = other.findings[name]
        if frame.shape != beside.shape:
            differs.add(f"{name}: rows")
            continue
        rows = {column: frame[column].reset_index(drop=True) for column in frame}
        differs |= {
            column for column, values in rows.items() if not values.equals(beside[column].reset_index(drop=True))
        }
    return differs


# Each run: the most in one team, and several teams. Of one stranger alone test_folder_bytes.py looks at every byte.
SHAPES = [(4,), (2, 2, 2), *(pytest.param(shape, marks=pytest.mark.soak) for shape in [(1,), (2, 1)])]


@pytest.mark.parametrize("shape", SHAPES, ids=str)
def test_no_number_of_a_folder_depends_on_fewer_than_five_strangers(shape):
    assert _what_differs(_folder(shape, seed=5), _folder(shape, seed=77)) <= DEPENDS


def test_with_many_strangers_numbers_do_depend_on_them():
    """Else the comparison above would compare nothing."""
    differs = _what_differs(_folder((5, 4, 4), seed=5), _folder((5, 4, 4), seed=77))
    assert differs >= {"expected", "probability", "ever"}

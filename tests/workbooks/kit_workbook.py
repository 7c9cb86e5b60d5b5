"""A workbook of the kit's own chapters, from a company whose texts try to do harm and whose other team is marked.

Each chapter is the kit's, with one cell more at its end that holds what it has imported against what it may.
"""

import json
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

import pandas as pd

from playbook.company import Company, save
from playbook.simulate.plan import Plan, Planted
from playbook.simulate.simulated_company import simulate
from playbook.workbooks.batch import BatchResult, Request, build
from playbook.workbooks.contents import chapters_in

MARK = "QxzqForeignQxzq"  # in every text of the other team
CENTS = 0.3719  # in every amount of the other team, with a fraction of its own behind it
HARMFUL_REPS = ('<script>alert("x")</script> Ölaf', "=cmd()", "**Bo** [x](http://evil.example) `y`", "Zoë \u202eevil")
HARMFUL_ACCOUNTS = (
    "<img src=x onerror=alert(1)>",
    '=HYPERLINK("http://evil.example")',
    "</td></table><h1>Big</h1>",
    "{{ 7 * 7 }} {0}",
)
TOO_HEAVY = ("scipy", "statsmodels", "lifelines", "duckdb", "sqlalchemy")
LAST_CELL = f"""import sys

heavy = sorted(set({TOO_HEAVY!r}) & set(sys.modules))
assert not heavy, f"imported in a chapter: {{heavy}}"
"""


@dataclass(frozen=True)
class KitWorkbook:
    """The folder of the batch, the one workbook in it, what was said, and the company that it was made from."""

    books: Path
    workbook: Path
    result: BatchResult
    company: Company


def make(place: Path) -> KitWorkbook:
    """Build the workbook of the manager M001, who leads eight reps, in `place`."""
    save(company(), place / "company")
    request = Request(
        [place / "company"],
        place / "books",
        date(2026, 9, 30),
        managers=("M001",),
        jobs=2,
        chapters=_chapters_with_one_cell_more(place / "chapters"),
    )
    result = build(request, lambda line: None)
    return KitWorkbook(place / "books", result.books[0].folder, result, company())


@cache
def company() -> Company:
    """Two teams of eight and seven; texts of the first try to do harm, those of the second carry the mark."""
    planted = (
        Planted(0, 1, "stage:Solution", -0.30),
        Planted(0, 2, "discounting", 0.12),
        Planted(0, 3, "new_hire"),
        Planted(0, 4, "hard_territory"),
        Planted(0, 5, "slippage", 1.2),
        Planted(0, 6, "strength:stage:Proposal", 0.16),
    )
    plan = Plan(managers=2, reps_per_team=(8, 7), months=14, planted=planted, promoted=(0,))
    made = simulate(plan, 4).company
    people, deals = made.people, made.opportunities
    own = (people["manager_id"] == "M001") | (people["person_id"] == "M001")
    own_ids = set(people.loc[own, "person_id"])
    names = people["name"].where(own, people["person_id"].map(lambda i: f"{MARK} {i}"))
    harmful = dict(zip(sorted(own_ids - {"M001"}), HARMFUL_REPS, strict=False))
    names = people["person_id"].map(harmful).fillna(names)
    theirs = ~deals["rep_id"].isin(own_ids)
    marked = pd.Series([f"{MARK} {i}" for i in deals["opportunity_id"]], index=deals.index)
    still_open = (deals["outcome"] == "open") & ~theirs
    accounts = deals["account"].mask(theirs, marked)
    every = pd.Series([HARMFUL_ACCOUNTS[i % len(HARMFUL_ACCOUNTS)] for i in range(len(deals))], index=deals.index)
    accounts = accounts.mask(still_open, every)
    fractions = pd.Series(range(len(deals)), index=deals.index) * 1e-6 + CENTS
    history = made.stage_history
    of_theirs = history["opportunity_id"].isin(deals.loc[theirs, "opportunity_id"])
    return made.with_tables(
        people=people.assign(name=names, territory=people["territory"].where(own, MARK)),
        opportunities=deals.assign(
            account=accounts,
            name=accounts,
            next_step=deals["next_step"].mask(theirs, MARK),
            lost_reason=deals["lost_reason"].mask(theirs & deals["lost_reason"].notna(), MARK),
            amount=deals["amount"].mask(theirs, deals["amount"].round() + fractions),
            list_amount=deals["list_amount"].mask(theirs, deals["list_amount"].round() + fractions),
        ),
        stage_history=history.assign(amount=history["amount"].mask(of_theirs, history["amount"].round() + CENTS)),
    )


def _chapters_with_one_cell_more(folder: Path) -> Path:
    folder.mkdir(parents=True)
    for chapter in chapters_in():
        notebook = json.loads(chapter.file.read_text(encoding="utf-8"))
        notebook["cells"].append(
            {
                "cell_type": "code",
                "execution_count": None,
                "id": "last-cell",
                "metadata": {},
                "outputs": [],
                "source": LAST_CELL,
            }
        )
        (folder / chapter.file.name).write_text(json.dumps(notebook), encoding="utf-8")
    return folder

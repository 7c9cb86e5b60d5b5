"""Who is a rep, who leads whom, and what a manager sold before the promotion.

In: a company.  Out: people, in the order of their names.  Nobody is ranked here.
"""

from collections.abc import Iterable, Sequence

import numpy as np
import pandas as pd

from playbook.company import Company
from playbook.members import is_among
from playbook.remembering import remembered


def by_name(people: pd.DataFrame) -> pd.DataFrame:
    """`people` in the order of their names, and of their ids where two share a name."""
    keyed = people.assign(_key=people["name"].fillna(people["person_id"]).str.casefold())
    return keyed.sort_values(["_key", "person_id"], ignore_index=True).drop(columns="_key")


def reps(company: Company) -> pd.DataFrame:
    """Everyone who sells as their job, here or gone: the role says rep, or they own deals and lead nobody.

    Whoever leads somebody who sells is no rep, whatever the role says: deals that they still own are the manager's own.
    """
    return _who_sells(company).copy()  # a hundred rooms ask for the same people


@remembered
def _who_sells(company: Company) -> pd.DataFrame:
    people = company.people
    leads_somebody = people["person_id"].isin(people["manager_id"].dropna().unique())
    owns_deals = is_among(people["person_id"], company.opportunities["rep_id"])
    unsaid = people["role"].isna() | (people["role"] == "other")
    sells = (people["role"] == "rep") | (unsaid & owns_deals & ~leads_somebody)
    leads_sellers = people["person_id"].isin(people.loc[sells, "manager_id"].dropna().unique())
    return by_name(people[sells & ~leads_sellers])


def active_reps(company: Company) -> pd.DataFrame:
    """The reps who are here at the day the company is looked at."""
    everyone = reps(company)
    return everyone[everyone["active"].fillna(True).astype(bool)].reset_index(drop=True)


def managers(company: Company) -> pd.DataFrame:
    """Everyone who gets a workbook: active, with at least one direct report who is an active rep."""
    people = company.people
    leading = people["person_id"].isin(active_reps(company)["manager_id"].dropna())
    return by_name(people[leading & people["active"].fillna(True).astype(bool)])


def reps_without_manager(company: Company) -> pd.DataFrame:
    """Active reps whom no workbook holds: no manager is named, or the one named is unknown or gone."""
    here = active_reps(company)
    return here[~here["manager_id"].isin(managers(company)["person_id"])].reset_index(drop=True)


def accounts_of(company: Company, reps: Iterable[str]) -> dict[str, list[str]]:
    """The accounts that the deals of each of these reps are with, in the order of their names; by rep_id."""
    deals = company.opportunities.dropna(subset=["account"])
    deals = deals[deals["rep_id"].isin([*reps])]
    return {str(rep_id): sorted(accounts) for rep_id, accounts in deals.groupby("rep_id")["account"].unique().items()}


def deals_to_compare(company: Company, columns: Sequence[str] | None = None) -> pd.DataFrame:
    """Opportunities that may stand in a comparison of reps: those of reps, never a manager's own, present or past.

    What a person sold before `promoted_on` is theirs and benchmarks nobody whom they now lead. A deal taken over from
    somebody else is its owner's revenue, and in no comparison. `columns` : those that are wanted; long texts of many
    deals are slow to choose from.
    """
    deals = company.opportunities if columns is None else company.opportunities[[*columns]]
    return deals[_of_reps(company)]


@remembered
def _of_reps(company: Company) -> np.ndarray:
    """Which of the opportunities a rep owns who did not take them over."""
    owned = is_among(company.opportunities["rep_id"], _who_sells(company)["person_id"])
    taken_over = company.opportunities["taken_over"]
    return owned & ~taken_over.fillna(False).to_numpy(dtype=bool) if taken_over.any() else owned

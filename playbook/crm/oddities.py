"""What a whole company tells of its export: what is odd, what is missing from it, which currency it is in."""

import pandas as pd

from playbook.company import Company, Settings
from playbook.crm.ledger import Ledger
from playbook.crm.words import examples


def with_currency(settings: Settings, counts: pd.Series, ledger: Ledger) -> Settings:
    """The settings with the most frequent currency, if they name none; `counts` are the deals in each."""
    if settings.currency or counts.empty:
        return settings
    currency = str(counts.index[0])
    if len(counts) > 1:
        ledger.warn(
            f"Amounts are in {', '.join(sorted(counts.index))}. The company's currency was taken to be "
            f"{currency}, the most frequent; "
            "amounts in others count only with rates: [rates] in a mapping file."
        )
    return Settings(**{**settings.__dict__, "currency": currency})


def say_what_is_odd(company: Company, has_list_of_people: bool, ledger: Ledger) -> None:
    """Warn of what the company lacks and of what is strange in it."""
    deals, people = company.opportunities, company.people
    if not people["manager_id"].notna().any():
        ledger.warn(
            "Nobody's manager is known, so no workbook can be made yet. Put a list beside the exports with one "
            "row per person and "
            'the columns Name and Manager (a roster), or name one in a mapping file: roster = "roster.csv".'
        )
    elif (lost := deals["rep_id"].map(people.set_index("person_id")["manager_id"]).isna()).any():
        reps = sorted(people.set_index("person_id")["name"].reindex(deals.loc[lost, "rep_id"].unique()).dropna())
        names = f"{', '.join(reps[:5])}{' and others' if len(reps) > 5 else ''}"
        ledger.warn(f"{len(reps)} owners of deals have no manager and are in nobody's workbook: {names}.")
    is_open = deals["outcome"] == "open"
    held_open = f" Held for open: {examples(deals.loc[is_open, 'stage'].dropna(), 8)}." if is_open.any() else ""
    if not (deals["outcome"] == "lost").any():
        ledger.warn(
            "There are no lost deals in the export, so nothing can be said about win rates. Export lost deals as well; "
            f"or, if a stage means lost, say which in a mapping file: [outcomes] lost = […].{held_open}"
        )
    if not (deals["outcome"] == "won").any():
        ledger.warn(
            "There are no won deals in the export, so nothing can be said about revenue or win rates. Export won deals "
            f"as well; or, if a stage means won, say which in a mapping file: [outcomes] won = […].{held_open}"
        )
    if not (deals["outcome"] == "open").any():
        ledger.warn("There are no open deals in the export, so nothing can be said about the pipeline.")
    if not has_list_of_people:
        ledger.assume("There is no list of people: whoever owns a deal is a rep, and reps without deals are not known.")
    quota_less = company.quotas["rep_id"].nunique()
    if 0 < quota_less < len(people[people["role"] == "rep"]):
        ledger.assume(f"{quota_less} people have a quota.")

"""Activities, step by step: each once, whose it is and when, about which of the deals."""

from collections.abc import Callable

import pandas as pd

from playbook.company import TABLES
from playbook.crm.account.ledger import Ledger, without_deleted
from playbook.crm.steps.all_rows import R
from playbook.crm.steps.deal_steps import OWNER, settle
from playbook.crm.tables.activities import owned
from playbook.crm.tables.activity_deals import linked_deals, with_deals
from playbook.crm.tables.people import Directory
from playbook.crm.values.typed import Typed
from playbook.members import is_among

_COLUMNS = list(TABLES["activities"])
# Of some activities, and the deals that links say they are about (by activity): the deals that they may be about.
DealsAbout = Callable[[pd.DataFrame, pd.Series], pd.DataFrame]


def canonical_activities(
    rows: R, table: Typed, links: list[Typed], deals: DealsAbout, known: Directory, today: pd.Timestamp
) -> R:
    """The canonical activities of a table; those of deals that were not imported keep no deal.

    Parameters
    ----------
    rows, table : its rows, and what it is.
    links : lists that say which activity belongs to which deal.
    deals : gives the deals with opportunity_id, rep_id and, if the export has it, name.
    """
    salesforce = table.recognised.crm == "Salesforce"
    again = rows.again("activity_id", "is_deleted") if "activity_id" in rows.columns else ()

    def once(piece: pd.DataFrame, ledger: Ledger) -> pd.DataFrame:
        in_use = without_deleted(piece, ledger, "activities")
        is_again = in_use.index.isin(again)
        ledger.drop(in_use[is_again], "another row of the same activity")
        return in_use[~is_again]

    def canonical(piece: pd.DataFrame, ledger: Ledger) -> pd.DataFrame:
        linked = linked_deals(piece, links)
        deals_about = deals(piece, linked)
        about, owner = with_deals(piece, deals_about, known, salesforce, ledger)
        made = owned(table, about, owner, today, ledger).reindex(columns=_COLUMNS)
        ids = made["opportunity_id"].astype("str").fillna(linked)
        return made.assign(opportunity_id=ids.where(is_among(ids, deals_about["opportunity_id"])))

    rows = rows.changed("activities-once", once)
    if set(OWNER) & set(rows.columns):
        settle(rows, known, salesforce)
    rows = rows.changed("activities", canonical)
    known.unsettle()
    return rows

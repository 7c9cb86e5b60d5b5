"""Canonical opportunities from gathered deals: owner, outcome, money, days, words; and the rules for odd rows.

Each rule that changes or questions a value is counted in the ledger with an example; none changes a row silently.
"""

import pandas as pd

from playbook.company import LOST_TO, TABLES
from playbook.crm.ledger import Ledger
from playbook.crm.mapping import Mapping
from playbook.crm.words import by_unique, contained_words, examples, meaning_by_word

_TABLE = "opportunities"


def with_days(rows: pd.DataFrame, outcome: pd.Series, ledger: Ledger) -> pd.DataFrame:
    """Closing days for closed deals, expected ones for open deals.

    The one closing date of many CRMs means the day of closing for a closed deal and the expected one for an open deal.
    """
    nothing = pd.Series(pd.NaT, index=rows.index, dtype="datetime64[us]")
    closed, won, lost, expected, created = (
        rows.get(c, nothing).dt.normalize()
        for c in ("closed_on", "won_on", "lost_on", "expected_close_on", "created_on")
    )
    is_open = outcome == "open"
    if (
        not any(c in rows and rows[c].notna().any() for c in ("closed_on", "won_on", "lost_on"))
        and expected.notna().any()
    ):
        ledger.assume(
            "The files have one closing date, called expected: of closed deals it was taken as the day of closing."
        )
        closed = expected.where(~is_open)
    settled = won.where(outcome == "won").fillna(lost.where(outcome == "lost")).fillna(closed)
    without = ~is_open & settled.isna()
    ledger.repair(
        _TABLE, "closed without a day of closing", int(without.sum()), examples(rows.loc[without, "opportunity_id"], 2)
    )
    return rows.assign(
        created_on=created,
        closed_on=settled.mask(is_open),
        expected_close_on=expected.fillna(closed.where(is_open)),
    )


def with_money(
    rows: pd.DataFrame, outcome: pd.Series, currency: str, rates: dict[str, float], ledger: Ledger
) -> pd.DataFrame:
    """Amounts in the company's currency; unknown where the currency has no rate, or the amount cannot be one."""
    if "amount" not in rows:
        return rows
    amount = rows["amount"]
    factor = _factor(rows, currency, rates, ledger)
    listed = rows.get("list_amount")
    if factor is not None:
        amount = amount * factor
        listed = listed * factor if listed is not None and "product" not in rows else listed
    below = amount < 0
    ledger.repair(
        _TABLE,
        "a negative amount; taken as unknown",
        int(below.sum()),
        examples(rows.loc[below, "amount"].map("{:g}".format)),
    )
    nothing_lost = (outcome == "lost") & (amount == 0)
    ledger.repair(
        _TABLE,
        "lost with an amount of 0; taken as unknown",
        int(nothing_lost.sum()),
        examples(rows.loc[nothing_lost, "opportunity_id"], 1),
    )
    amount = amount.mask(below | nothing_lost)
    rows = rows.assign(amount=amount, **({"list_amount": listed} if listed is not None else {}))
    return rows.assign(discount=_discount(rows, outcome, ledger))


def _factor(rows: pd.DataFrame, currency: str, rates: dict[str, float], ledger: Ledger) -> pd.Series | None:
    if "currency" not in rows or rows["currency"].nunique() == 0 or not currency:
        return None
    by_code = {currency: 1.0} | {code: rate for code, rate in rates.items() if code != currency}
    factor = rows["currency"].map(by_code).astype("float64").mask(rows["currency"].isna(), 1.0)
    refused = rows["currency"].notna() & factor.isna() & rows["amount"].notna()
    for code, many in rows.loc[refused, "currency"].value_counts().items():
        ledger.repair(
            _TABLE,
            f"an amount in {code} without a rate to {currency}; taken as unknown",
            int(many),
            f"give a rate in a mapping file: [rates] {code} = …",
        )
    converted = rows["currency"].notna() & (factor != 1.0) & factor.notna()
    ledger.repair(
        _TABLE,
        f"converted to {currency} at the given rates",
        int(converted.sum()),
        examples(rows.loc[converted, "currency"]),
    )
    return factor


def _discount(rows: pd.DataFrame, outcome: pd.Series, ledger: Ledger) -> pd.Series:
    """As exported, else what a won deal's amount is below its list amount; below zero where it was sold above list."""
    if "discount" in rows and rows["discount"].notna().any():
        odd = rows["discount"].abs() > 1
        ledger.repair_values(_TABLE, "a discount of more than 100%; taken as unknown", rows.loc[odd, "discount"])
        return rows["discount"].mask(odd)
    if "list_amount" not in rows:
        return pd.Series(float("nan"), index=rows.index)
    known = (outcome == "won") & rows["amount"].notna() & (rows["list_amount"] > 0)
    found = (1 - rows["amount"] / rows["list_amount"]).where(known)
    above = found < 0
    ledger.repair(
        _TABLE,
        "sold above list; its discount is below zero",
        int(above.sum()),
        examples(rows.loc[above, "opportunity_id"], 1),
    )
    return found


def with_words(rows: pd.DataFrame, outcome: pd.Series, user: Mapping | None, ledger: Ledger) -> pd.DataFrame:
    """Kind, forecast category, and what a deal was lost to, as canonical words."""
    changed: dict[str, pd.Series] = {}
    for column in ("kind", "forecast_category"):
        if column in rows:
            changed[column] = meaning_by_word(rows[column], column, user)
            unknown = rows.loc[rows[column].notna() & changed[column].isna(), column]
            ledger.repair_values(_TABLE, f"{column.replace('_', ' ')} not understood; left empty", unknown)
    lost = outcome == "lost"
    if "lost_reason" in rows:
        changed["lost_reason"] = rows["lost_reason"].where(lost)
    competitor = rows["competitor"].where(lost) if "competitor" in rows else None
    said = rows.get("lost_to")
    if "lost_reason" in rows or competitor is not None or said is not None:
        changed["lost_to"] = _lost_to(changed.get("lost_reason"), competitor, said).where(lost)
    return rows.assign(**changed)


def _lost_to(reason: pd.Series | None, competitor: pd.Series | None, said: pd.Series | None) -> pd.Series:
    words = contained_words("lost_to")

    def meaning(text: str) -> str:
        low = text.casefold()
        return low if low in LOST_TO else next((v for word, v in words if word in low), "other")

    given = [s for s in (said, reason) if s is not None]
    found = by_unique(given[0], meaning) if given else None
    if len(given) > 1:
        found = found.fillna(by_unique(given[1], meaning))
    if competitor is not None:
        named = by_unique(competitor, lambda _: "competitor")
        found = named if found is None else found.where(found == "no_decision", named.fillna(found))
    return found


def with_rules(
    rows: pd.DataFrame, outcome: pd.Series, people: pd.DataFrame, today: pd.Timestamp, ledger: Ledger
) -> pd.DataFrame:
    """Days that cannot be are taken as unknown; days that are odd are counted."""
    ids, created, closed = rows["opportunity_id"], rows["created_on"], rows["closed_on"]
    future = created > today
    ledger.repair(
        _TABLE, "created after today; the day is taken as unknown", int(future.sum()), examples(ids[future], 2)
    )
    backwards = closed < created
    shown = rows.loc[backwards].head(1)
    example = (
        f"{shown['opportunity_id'].iloc[0]}: created {shown['created_on'].iloc[0]:%Y-%m-%d}, closed "
        f"{shown['closed_on'].iloc[0]:%Y-%m-%d}"
        if len(shown)
        else ""
    )
    ledger.repair(
        _TABLE, "closed before it was created; the day of creation is taken as unknown", int(backwards.sum()), example
    )
    if backwards.sum() > 0.2 * max(closed.notna().sum(), 1):
        ledger.warn(
            f"{int(backwards.sum()):,} closed deals were created after they closed: the deals were moved into "
            "this CRM, or dates are mixed up."
        )
    late = closed > today
    ledger.repair(_TABLE, "closed after today; kept, and open until that day", int(late.sum()), examples(ids[late], 2))
    happened = pd.concat([created[created <= today], closed[closed <= today]])
    last_day = happened.max() if len(happened) else today  # an export that lies about for a year is not late by a year
    overdue = (outcome == "open") & (rows["expected_close_on"] < last_day)
    ledger.repair(
        _TABLE,
        "open with an expected close before the data's last day; kept",
        int(overdue.sum()),
        examples(ids[overdue], 2),
    )
    hired = rows["rep_id"].map(people.set_index("person_id")["hired_on"])
    inherited = created < pd.to_datetime(hired)
    ledger.repair(
        _TABLE,
        "created before its owner was hired (taken over from somebody); kept",
        int(inherited.sum()),
        examples(ids[inherited], 2),
    )
    for column, what in (
        ("account", "no customer named"),
        ("amount", "no amount"),
        ("created_on", "no day of creation"),
    ):
        if column in rows and rows[column].notna().any():
            empty = rows[column].isna() if column != "amount" else rows[column].isna() & (outcome == "won")
            ledger.repair(
                _TABLE,
                f"{what}{' on a won deal' if column == 'amount' else ''}",
                int(empty.sum()),
                examples(ids[empty], 2),
            )
    return rows.assign(created_on=created.mask(future | backwards))


def canonical(rows: pd.DataFrame, outcome: pd.Series) -> pd.DataFrame:
    """The canonical columns of `rows`."""
    return rows.assign(outcome=outcome).reindex(columns=list(TABLES[_TABLE]))

"""Canonical opportunities from gathered deals: owner, outcome, money, days, words; and the rules for odd rows.

Each rule that changes or questions a value is counted in the ledger with an example; none changes a row silently.
"""

from dataclasses import dataclass

import pandas as pd

from playbook.company import LOST_TO, TABLES
from playbook.crm.account.ledger import Ledger
from playbook.crm.headings.mapping import Mapping
from playbook.crm.values.words import by_unique, contained_words, examples, meaning_by_word

_TABLE = "opportunities"
_FORESEEN = ("commit", "best_case", "pipeline")


@dataclass(frozen=True)
class AllDeals:
    """What is true of all deals, whose rows come piece by piece.

    `filled`: the columns that hold any value; `currencies`: those met, by name; `last_day`: the last on which
    something happened, missing if nothing did; `forecast_words`: what stands as forecast category.
    """

    filled: frozenset[str]
    currencies: tuple[str, ...] = ()
    last_day: pd.Timestamp | None = None
    forecast_words: tuple[str, ...] = ()


def with_days(rows: pd.DataFrame, outcome: pd.Series, ledger: Ledger, all_deals: AllDeals) -> pd.DataFrame:
    """Closing days for closed deals, expected ones for open deals.

    The one closing date of many CRMs means the day of closing for a closed deal and the expected one for an open deal.
    """
    has = all_deals.filled
    nothing = pd.Series(pd.NaT, index=rows.index, dtype="datetime64[us]")
    closed, won, lost, expected, created = (
        rows.get(c, nothing).dt.normalize()
        for c in ("closed_on", "won_on", "lost_on", "expected_close_on", "created_on")
    )
    is_open = outcome == "open"
    if not has & {"closed_on", "won_on", "lost_on"} and "expected_close_on" in has:
        if (expected.notna() & ~is_open).any():
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
    rows: pd.DataFrame,
    outcome: pd.Series,
    currency: str,
    rates: dict[str, float],
    ledger: Ledger,
    all_deals: AllDeals,
) -> pd.DataFrame:
    """Amounts in the company's currency; unknown where the currency has no rate, or the amount cannot be one."""
    if "amount" not in rows:
        return rows
    amount = rows["amount"]
    factor = _factor(rows, currency, rates, all_deals.currencies, ledger)
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
    return rows.assign(discount=_discount(rows, outcome, "discount" in all_deals.filled, ledger))


def _factor(
    rows: pd.DataFrame, currency: str, rates: dict[str, float], met: tuple[str, ...], ledger: Ledger
) -> pd.Series | None:
    if not met or not currency:
        return None
    by_code = {currency: 1.0} | {code: rate for code, rate in rates.items() if code != currency}
    factor = rows["currency"].map(by_code).astype("float64").mask(rows["currency"].isna(), 1.0)
    refused = rows["currency"].notna() & factor.isna() & rows["amount"].notna()
    for code in (c for c in met if c not in by_code):
        ledger.repair(
            _TABLE,
            f"an amount in {code} without a rate to {currency}; taken as unknown",
            int((refused & (rows["currency"] == code)).sum()),
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


def _discount(rows: pd.DataFrame, outcome: pd.Series, exported: bool, ledger: Ledger) -> pd.Series:
    """As exported, else what a won deal's amount is below its list amount; below zero where it was sold above list."""
    if exported:
        odd = rows["discount"].abs() > 1
        ledger.repair_values(_TABLE, "a discount of more than 100%; taken as unknown", rows.loc[odd, "discount"])
        return rows["discount"].mask(odd)
    if "list_amount" not in rows:
        return pd.Series(float("nan"), index=rows.index)
    known = (outcome == "won") & rows["amount"].notna() & (rows["list_amount"] > 0)
    discount = (1 - rows["amount"] / rows["list_amount"]).where(known)
    above = discount < 0
    ledger.repair(
        _TABLE,
        "sold above list; its discount is below zero",
        int(above.sum()),
        examples(rows.loc[above, "opportunity_id"], 1),
    )
    return discount


def say_of_forecast_words(words: tuple[str, ...], user: Mapping | None, ledger: Ledger) -> None:
    """Say, where `words` stand as forecast categories of all deals and none is one, that they were left out."""
    if words and not _are_forecast_categories(words, user):
        ledger.assume(
            f"What stands as forecast category ({examples(words, 5)}) says what became of a deal, and not what is "
            "expected of an open one (commit, best case, pipeline), so no forecast category is known."
        )


def _are_forecast_categories(words: tuple[str, ...], user: Mapping | None) -> bool:
    """Whether any of `words` says how likely an open deal is held to be; open, won and lost do not."""
    return bool(meaning_by_word(pd.Series(words, dtype="str"), "forecast_category", user).isin(_FORESEEN).any())


def with_words(
    rows: pd.DataFrame, outcome: pd.Series, user: Mapping | None, ledger: Ledger, all_deals: AllDeals
) -> pd.DataFrame:
    """Kind, forecast category, and what a deal was lost to, as canonical words; and a probability that can be one."""
    if "forecast_category" in rows and not _are_forecast_categories(all_deals.forecast_words, user):
        rows = rows.drop(columns="forecast_category")
    changed: dict[str, pd.Series] = {}
    if "probability" in rows:
        odd = rows["probability"].notna() & ~rows["probability"].between(0, 1)
        ledger.repair_values(_TABLE, "a probability above 100%; taken as unknown", rows.loc[odd, "probability"])
        changed["probability"] = rows["probability"].mask(odd)
    for column in ("kind", "forecast_category"):
        if column in rows:
            changed[column] = meaning_by_word(rows[column], column, user)
            unknown = rows.loc[rows[column].notna() & changed[column].isna(), column]
            ledger.repair_values(_TABLE, f"{column.replace('_', ' ')} not understood; left empty", unknown)
    lost = outcome == "lost"
    if "lost_reason" in rows:
        changed["lost_reason"] = rows["lost_reason"].where(lost)
    competitor = rows["competitor"].where(lost) if "competitor" in rows else None
    exported = rows.get("lost_to")
    if "lost_reason" in rows or competitor is not None or exported is not None:
        changed["lost_to"] = _lost_to(changed.get("lost_reason"), competitor, exported).where(lost)
    return rows.assign(**changed)


def _lost_to(reason: pd.Series | None, competitor: pd.Series | None, exported: pd.Series | None) -> pd.Series:
    words = contained_words("lost_to")

    def meaning(text: str) -> str:
        low = text.casefold()
        return low if low in LOST_TO else next((v for word, v in words if word in low), "other")

    lost_to: pd.Series | None = None
    for texts in (exported, reason):
        if texts is not None:
            meant = by_unique(texts, meaning)
            lost_to = meant if lost_to is None else lost_to.fillna(meant)
    if competitor is not None:
        named = by_unique(competitor, lambda _: "competitor")
        lost_to = named if lost_to is None else lost_to.where(lost_to == "no_decision", named.fillna(lost_to))
    return lost_to


def with_rules(
    rows: pd.DataFrame,
    outcome: pd.Series,
    people: pd.DataFrame,
    today: pd.Timestamp,
    ledger: Ledger,
    all_deals: AllDeals,
) -> pd.DataFrame:
    """Days that cannot be are taken as unknown; days that are odd are counted."""
    ids, created, closed = rows["opportunity_id"], rows["created_on"], rows["closed_on"]
    future = created > today
    ledger.repair(
        _TABLE, "created after today; the day is taken as unknown", int(future.sum()), examples(ids[future], 2)
    )
    backwards = closed < created
    first = rows.loc[backwards].head(1)
    example = (
        f"{first['opportunity_id'].iloc[0]}: created {first['created_on'].iloc[0]:%Y-%m-%d}, closed "
        f"{first['closed_on'].iloc[0]:%Y-%m-%d}"
        if len(first)
        else ""
    )
    ledger.repair(
        _TABLE, "closed before it was created; the day of creation is taken as unknown", int(backwards.sum()), example
    )
    late = closed > today
    ledger.repair(_TABLE, "closed after today; kept, and open until that day", int(late.sum()), examples(ids[late], 2))
    overdue = (outcome == "open") & (rows["expected_close_on"] < all_deals.last_day)
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
        ("amount", "no amount on a won deal"),
        ("created_on", "no day of creation"),
    ):
        if column in all_deals.filled:
            empty = rows[column].isna() if column != "amount" else rows[column].isna() & (outcome == "won")
            ledger.repair(_TABLE, what, int(empty.sum()), examples(ids[empty], 2))
    return rows.assign(created_on=created.mask(future | backwards))


@dataclass(frozen=True)
class DaysOfDeals:
    """Of some deals: how many are `closed`, how many of them closed `backwards`, and the last day on which something
    happened (None if nothing did)."""

    closed: int
    backwards: int
    last: pd.Timestamp | None


def days_of(rows: pd.DataFrame, today: pd.Timestamp) -> DaysOfDeals:
    """Of `rows` with created_on and closed_on; an export that lies about the future is not late by a year."""
    created, closed = rows["created_on"], rows["closed_on"]
    happened = pd.concat([created, closed])
    last = happened[happened <= today].max()
    return DaysOfDeals(int(closed.notna().sum()), int((closed < created).sum()), None if pd.isna(last) else last)


def warn_of_moved_deals(backwards: int, closed: int, ledger: Ledger) -> None:
    """Warn where many of the `closed` deals were created after they closed."""
    if backwards > 0.2 * max(closed, 1):
        many = "1 closed deal was" if backwards == 1 else f"{backwards:,} closed deals were"
        ledger.warn(f"{many} created after closing: they were moved into this CRM later, or dates are mixed up.")


def canonical(rows: pd.DataFrame, outcome: pd.Series) -> pd.DataFrame:
    """The canonical columns of `rows`."""
    return rows.assign(outcome=outcome).reindex(columns=list(TABLES[_TABLE]))

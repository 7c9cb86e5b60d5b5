"""Quotas from a table of quotas, from headings that name a period, or from a roster's column "quarterly quota".

Each keeps its unit. A quota without an end lasts to its owner's next start, else as long as the others, else a fiscal
quarter.
"""

import pandas as pd

from playbook.crm.account.ledger import Ledger
from playbook.crm.tables.gathered_deals import currency_codes
from playbook.crm.tables.people import Directory, owners, without_owner
from playbook.crm.values.quota_periods import period, quarter_of
from playbook.crm.values.typed import Typed
from playbook.crm.values.words import missing_texts

_COLUMNS = ["rep_id", "starts_on", "ends_on", "amount", "unit", "currency"]
_MONTHS = {"quota_month": 1, "quota_quarter": 3, "quota_year": 12}


_MONEY = (
    r"(?i:money|revenue|amount|currency|umsatz|sales|ca|chiffre d'affaires|ventas|ingresos|receita|faturamento"
    r"|fatturato|omzet|\$|€|£)"
)


def quotas(
    tables: list[Typed],
    rosters: list[Typed],
    known: Directory,
    days: pd.Series,
    fiscal_year_starts: int,
    ledger: Ledger,
) -> pd.DataFrame:
    """The canonical quotas, with the `currency` in which each is written, where it is.

    Parameters
    ----------
    days : days of closing in the data; a quota "per quarter" counts for each quarter that they touch.
    """
    long = [t for t in tables if not t.recognised.wide_quotas]
    parts = [_from_table(t, known, fiscal_year_starts, ledger) for t in long]
    for wide in tables:
        parts += _from_headings(wide, known, fiscal_year_starts, ledger)
    for roster in rosters:
        parts += _from_headings(roster, known, fiscal_year_starts, ledger)
        parts += _repeating(roster, known, days, fiscal_year_starts, ledger)
        if "quota" in roster.rows and roster.rows["quota"].notna().any():
            heading = roster.recognised.columns["quota"]
            ledger.warn(
                f"{roster.recognised.raw.label}: the column {heading!r} does not say whether the quota is for a month, "
                "a quarter or a "
                "year, so it was left out. Name the column 'Quarterly quota' (or monthly, annual), or 'Quota Q1 2026'; "
                f'or say it in a mapping file: [people] quota_quarter = ["{heading}"] (or quota_month, quota_year).'
            )
    parts = [p for p in parts if not p.empty]
    all_quotas = pd.concat(parts, ignore_index=True) if parts else pd.DataFrame(columns=_COLUMNS)
    return all_quotas.drop_duplicates().reset_index(drop=True)


def _owner(table: Typed, known: Directory) -> pd.Series:
    rows = table.rows
    if table.recognised.kind == "people":
        both = (
            rows.get("first_name", pd.Series("", index=rows.index)).fillna("")
            + " "
            + rows.get("last_name", pd.Series("", index=rows.index)).fillna("")
        ).str.strip()
        names = rows.get("name", both.mask(both == ""))
        return known.resolve(rows.get("person_id"), names, rows.get("email"))
    return owners(rows, known, table.recognised.crm == "Salesforce")


def _from_headings(roster: Typed, known: Directory, fiscal_year_starts: int, ledger: Ledger) -> list[pd.DataFrame]:
    parts = []
    for heading, period_text in roster.recognised.wide_quotas.items():
        covers = period(period_text, fiscal_year_starts)
        if covers is None:
            ledger.warn(
                f"{roster.recognised.raw.label}: the period of the quota {heading!r} was not understood, so it was "
                "left out. Write it as Q1 2026, 2026-03 or FY 2026."
            )
            continue
        ledger.assume(f"{heading!r} is each person's quota from {covers[0]:%d %b %Y} to {covers[1]:%d %b %Y}.")
        rows = pd.DataFrame(
            {
                "rep_id": _owner(roster, known),
                "starts_on": covers[0],
                "ends_on": covers[1],
                "amount": roster.rows[heading],
                "unit": _unit(roster.rows),
                "currency": _currencies(roster.rows),
            }
        )
        parts.append(_of_people(rows))
    return parts


def _of_people(rows: pd.DataFrame) -> pd.DataFrame:
    is_person = rows["rep_id"].notna() & ~rows["rep_id"].str.startswith("\x00").fillna(False).astype(bool)
    return rows[is_person & rows["amount"].notna()]


def _repeating(
    roster: Typed, known: Directory, days: pd.Series, fiscal_year_starts: int, ledger: Ledger
) -> list[pd.DataFrame]:
    parts = []
    for column, months in _MONTHS.items():
        if column not in roster.rows or roster.rows[column].notna().sum() == 0 or days.dropna().empty:
            continue
        base = roster.rows.assign(
            rep_id=_owner(roster, known), amount=roster.rows[column], unit="money", currency=_currencies(roster.rows)
        )
        base = _of_people(base.reindex(columns=["rep_id", "amount", "unit", "currency", "hired_on"]))
        starts = _starts(days, months, fiscal_year_starts)
        spread = base.merge(pd.DataFrame({"starts_on": starts}), how="cross")
        spread["ends_on"] = spread["starts_on"] + pd.DateOffset(months=months) - pd.Timedelta(days=1)
        hired = pd.to_datetime(spread["hired_on"])
        spread = spread[hired.isna() | (hired <= spread["ends_on"])]
        period_name = {1: "month", 3: "quarter", 12: "year"}[months]
        ledger.assume(
            f"{roster.recognised.columns[column]!r} is the same in each {period_name} from {starts[0]:%b %Y} on, as "
            "the file gives no dates."
        )
        parts.append(spread[_COLUMNS])
    return parts


def _starts(days: pd.Series, months: int, fiscal_year_starts: int) -> list[pd.Timestamp]:
    """The first days of the periods of that length that the days touch."""
    first, last = days.min(), days.max()
    if months == 1:
        start = first.replace(day=1)
    elif months == 3:
        start = quarter_of(first, fiscal_year_starts)[0]
    else:
        start = pd.Timestamp(first.year if first.month >= fiscal_year_starts else first.year - 1, fiscal_year_starts, 1)
    return list(pd.date_range(start.normalize(), last, freq=pd.DateOffset(months=months)))


def _from_table(table: Typed, known: Directory, fiscal_year_starts: int, ledger: Ledger) -> pd.DataFrame:
    rows = table.rows
    owner = _owner(table, known)
    has_owner = without_owner(owner, rows, ledger, "quotas")
    rows = rows.assign(rep_id=owner)[has_owner]
    rows = rows.assign(**_covers(rows, fiscal_year_starts))
    rows = _amount_and_unit(rows.assign(currency=_currencies(rows)))
    usable = rows["starts_on"].notna() & rows["amount"].notna()
    ledger.drop(rows[~usable], "quotas without a period or an amount")
    rows = rows[usable].sort_values(["rep_id", "unit", "starts_on"], kind="stable")
    return rows.assign(ends_on=_ends(rows, fiscal_year_starts))[_COLUMNS]


def _amount_and_unit(rows: pd.DataFrame) -> pd.DataFrame:
    """Money where the row has an amount, else a number of units; never the two in one."""
    empty = pd.Series(float("nan"), index=rows.index)
    amount, units = rows.get("amount", empty), rows.get("units", empty)
    in_units = amount.isna() & units.notna()
    unit_of_units = rows["unit"].str.casefold() if "unit" in rows and "amount" not in rows else "units"
    return rows.assign(amount=amount.fillna(units), unit=_unit(rows).mask(in_units, unit_of_units))


def _currencies(rows: pd.DataFrame) -> pd.Series:
    """The currency of each row as three letters: that of its own, else one that stands as its unit."""
    none = missing_texts(rows.index)
    own, unit = rows.get("currency", none), rows.get("unit", none)
    return currency_codes(own.astype("str")).fillna(currency_codes(unit.astype("str")))


def _unit(rows: pd.DataFrame) -> pd.Series:
    if "unit" not in rows:
        return pd.Series("money", index=rows.index, dtype="str")
    unit = rows["unit"].str.strip()
    is_money = unit.isna() | unit.str.fullmatch(_MONEY).fillna(False).astype(bool) | currency_codes(unit).notna()
    return unit.str.casefold().mask(is_money, "money")


def _covers(rows: pd.DataFrame, fiscal_year_starts: int) -> dict[str, pd.Series]:
    """First and last day of each row's period, from dates or from the words for year, quarter and month."""
    nothing = pd.Series(pd.NaT, index=rows.index, dtype="datetime64[us]")
    starts, ends = rows.get("starts_on", nothing), rows.get("ends_on", nothing)
    empty = missing_texts(rows.index)
    period_text = rows.get("period", empty)
    year = rows.get("year", empty)
    quarter, month = rows.get("quarter", empty), rows.get("month", empty)
    short = quarter.str.replace(r"^\s*([1-4])\s*$", r"Q\1", regex=True)
    with_year = quarter.str.contains(r"\d{4}|[QT]\d\D+\d{2}", regex=True).fillna(False).astype(bool)
    period_text = period_text.fillna(quarter.where(with_year)).fillna(short + " " + year)
    month_year = month.str.contains(r"\d{4}|\D\d{2}$", regex=True).fillna(False).astype(bool)
    numbered = month.str.fullmatch(r"\d{1,2}").fillna(False).astype(bool)
    period_text = (
        period_text.fillna(month.where(month_year))
        .fillna((month + " " + year).where(~numbered))
        .fillna(month + "/" + year)
        .fillna(year)
    )
    covers = {t: days for t in period_text.dropna().unique() if (days := period(t, fiscal_year_starts))}
    dated = pd.to_datetime(
        period_text.where(period_text.str.fullmatch(r"\d{4}-\d{2}-\d{2}.*")), format="ISO8601", errors="coerce"
    )
    starts = starts.fillna(dated.astype("datetime64[us]"))
    first = period_text.map(lambda t: covers[t][0] if t in covers else pd.NaT, na_action="ignore")
    last = period_text.map(lambda t: covers[t][1] if t in covers else pd.NaT, na_action="ignore")
    return {
        "starts_on": starts.fillna(pd.to_datetime(first)),
        "ends_on": ends.fillna(pd.to_datetime(last).where(starts.isna())),
    }


def _ends(rows: pd.DataFrame, fiscal_year_starts: int) -> pd.Series:
    ends = rows["ends_on"]
    if ends.notna().all():
        return ends
    same = rows["rep_id"].eq(rows["rep_id"].shift(-1)) & rows["unit"].eq(rows["unit"].shift(-1))
    following = rows["starts_on"].shift(-1).where(same & (rows["starts_on"].shift(-1) > rows["starts_on"]))
    gap = (following - rows["starts_on"]).dt.days
    months = {28: 1, 29: 1, 30: 1, 31: 1, 365: 12, 366: 12}.get(int(gap.mode().iloc[0]), 3) if gap.notna().any() else 0
    if months:
        last = rows["starts_on"] + pd.DateOffset(months=months) - pd.Timedelta(days=1)
    else:
        last = rows["starts_on"].map(lambda day: quarter_of(day, fiscal_year_starts)[1])
    return ends.fillna(following - pd.Timedelta(days=1)).fillna(last)

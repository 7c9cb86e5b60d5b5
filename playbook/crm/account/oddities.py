"""What a whole company tells of its export: what is odd, what is missing from it, which currency it is in."""

from collections.abc import Mapping, Sequence

import pandas as pd

from playbook.company import Company, Settings
from playbook.crm.account.ledger import Ledger
from playbook.crm.headings.alike import words_in
from playbook.crm.values.typed import Typed
from playbook.crm.values.words import examples, matches, words_of
from playbook.wording import paragraph

_LOOKED_AT = 200  # values of a column that nobody knows
_NAMED = 5  # people, before the others are only counted
_NUMBERS, _DAYS = (
    r"^[\s€$£¥￥₹₩₽₺A-Z]*[+-]?\d[\d.,\s'’]*[\s€$£¥₹₩₽₺円元원万億A-Z]*$",
    r"^\d{1,4}[./-]\d{1,2}[./-]\d{2,4}(\D|$)",
)


def with_currency(settings: Settings, counts: pd.Series, rates: Mapping[str, float], ledger: Ledger) -> Settings:
    """The settings with the most frequent currency, if they name none; `counts` are the deals in each."""
    if settings.currency or counts.empty:
        return settings
    currency = str(counts.index[0])
    if len(counts) > 1:
        taken = (
            f"Amounts are in {', '.join(sorted(counts.index))}. The company's currency was taken to be {currency}, "
            "the most frequent"
        )
        without = sorted(set(counts.index) - {currency, *rates})
        if without:
            entries = ", ".join(f"{code} = …" for code in without)
            ledger.warn(
                f"{taken}; amounts in others count only with rates, in a mapping file: [rates] {entries} (what one is "
                f"worth in {currency})."
            )
        else:
            ledger.assume(f"{taken}; the others were converted at your rates.")
    return Settings(**{**settings.__dict__, "currency": currency})


def say_what_may_be_meant(deals: Sequence[Typed], ledger: Ledger) -> None:
    """Warn where no column was taken for the amounts or the closing days, and one that was left aside looks like it."""
    known = {field_name for table in deals for field_name in table.recognised.columns}
    no_money = words_of("no_amount")
    wanted = (
        ("the amounts of deals", "amount", {"amount"}, _NUMBERS),
        ("the days of closing", "closed_on", {"closed_on", "won_on", "lost_on", "expected_close_on"}, _DAYS),
    )
    for description, field_name, fields, pattern in wanted:
        if fields & known:
            continue
        like = [h for t in deals for h in t.aside if not no_money & set(words_in(h)) and _reads_as(t.aside[h], pattern)]
        if like:
            ledger.warn(
                f"No column was recognised as {description}, so what needs them is off. "
                f"Left aside: {', '.join(like[:8])}. "
                f'If it is among these, name it in a mapping file: [opportunities] {field_name} = ["…"].'
            )


def _reads_as(values: pd.Series, pattern: str) -> bool:
    filled = values.dropna().head(_LOOKED_AT)
    return bool(len(filled)) and bool(matches(filled, pattern).all())


def say_what_is_odd(company: Company, has_list_of_people: bool, ledger: Ledger) -> None:
    """Warn of what the company lacks and of what is strange in it."""
    deals, people = company.opportunities, company.people
    if not people["manager_id"].notna().any():
        ledger.warn(
            "Nobody's manager is known, so no workbook can be made yet. Put a list beside the exports with one "
            "row per person and "
            'the columns Name and Manager (a roster), or name one in a mapping file: roster = "roster.csv".'
        )
    elif (leaderless := deals["rep_id"].map(people.set_index("person_id")["manager_id"]).isna()).any():
        reps = sorted(people.set_index("person_id")["name"].reindex(deals.loc[leaderless, "rep_id"].unique()).dropna())
        who = "1 owner of deals has" if len(reps) == 1 else f"{len(reps)} owners of deals have"
        ledger.warn(f"{who} no manager, and so no place in a workbook: {_first_names(reps)}.")
    is_open = deals["outcome"] == "open"
    held_open = f"Held for open: {examples(deals.loc[is_open, 'stage'].dropna(), 8)}." if is_open.any() else ""
    if not (deals["outcome"] == "lost").any():
        lost = (
            "There are no lost deals in the export, so nothing can be said about win rates. Export lost deals as well; "
            'or, if a stage means lost, say which in a mapping file: [outcomes] lost = ["…"].'
        )
        ledger.warn(paragraph(lost, held_open))
    if not (deals["outcome"] == "won").any():
        won = (
            "There are no won deals in the export, so nothing can be said about revenue or win rates. Export won deals "
            'as well; or, if a stage means won, say which in a mapping file: [outcomes] won = ["…"].'
        )
        ledger.warn(paragraph(won, held_open))
    if not (deals["outcome"] == "open").any():
        ledger.warn("There are no open deals in the export, so nothing can be said about the pipeline.")
    if not has_list_of_people:
        ledger.assume("There is no list of people: whoever owns a deal is a rep, and reps without deals are not known.")
    quota_less = company.quotas["rep_id"].nunique()
    if 0 < quota_less < len(people[people["role"] == "rep"]):
        ledger.assume(f"{quota_less} people have a quota.")


def _first_names(names: list[str]) -> str:
    first = ", ".join(names[:_NAMED])
    return f"{first} and others" if len(names) > _NAMED else first

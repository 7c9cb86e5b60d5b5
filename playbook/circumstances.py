"""What only people know of a rep: part time, leave, another job since, deals handed over, an account that is gone.

In: what somebody wrote, in a row of `circumstances.csv` or in `each_rep`.  Out: the entry, checked; the entries as one
frame; and how an entry bears on a driver. Some are measured: hours and weeks not worked leave the weeks of a rate, a
new job begins the ramp anew, an account's deals are left aside. The others cannot be measured from an export: what
they could make is asked first, and nobody is coached for it.
"""

import difflib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

import pandas as pd

from playbook.errors import UnusableInput

MEASURED, ASK_FIRST, NO_MATTER = "measured", "asked_first", ""  # how an entry bears on a driver
FROM_FILE, FROM_MANAGER = "file", "manager"
KNOWN = "known:"  # a trait of the record that begins so was said by people; the kind follows
_WEEKS, _EVERYWHERE, _NOWHERE = "week", "everywhere", ""
_RECORD = (
    "late_closing", "bulk_closing", "stale_open_deals", "late_entry", "backdated_entry", "unused_stage",
    "jumped_stages", "dates_not_kept", "categories_not_kept", "activities_not_logged", "other_system",
    "early_filtering",
)  # fmt: skip


@dataclass(frozen=True)
class Kind:
    """One kind of circumstance.

    `bears_on` are sensitivities of a driver (`drivers.driver.SENSITIVITIES`). `measured_in` says which of the drivers
    that are sensitive to it measure it: those whose n counts this, all, or none. `detail` is what must be said beside
    the days, if anything; `from_when` whether a first day must be.
    """

    key: str
    label: str
    bears_on: frozenset[str]
    measured_in: str = _NOWHERE
    detail: str = ""
    from_when: bool = False

    def bears(self, sensitive_to: Iterable[str], counts: str) -> str:
        """How it bears on a driver that is `sensitive_to` these and whose n `counts` this; NO_MATTER if it does not."""
        if not self.bears_on & set(sensitive_to):
            return NO_MATTER
        return MEASURED if self.measured_in in (_EVERYWHERE, counts) else ASK_FIRST


KINDS: Mapping[str, Kind] = {
    kind.key: kind
    for kind in (
        Kind("part_time", "part time", frozenset({"part_time"}), _WEEKS, detail="the share of full time, as 50%"),
        Kind("leave", "leave", frozenset({"absence"}), _WEEKS, from_when=True),
        Kind("new_in_job", "came from another job", frozenset({"tenure"}), _EVERYWHERE, from_when=True),
        Kind("territory_changed", "territory changed", frozenset({"inherited", "owner_change", "job"})),
        Kind(
            "deals_handed_over",
            "deals shared or handed over",
            frozenset({"handover", "owner_change", "inherited", "split_deals"}),
        ),
        Kind(
            "account_gone", "an account is gone", frozenset({"one_account"}), _EVERYWHERE, detail="the account's name"
        ),
        Kind("crm_not_kept", "the CRM is not kept for …", frozenset(_RECORD), detail="what it is not kept for"),
    )
}


class Circumstance(NamedTuple):
    """One entry, and one row of the frame of them."""

    rep_id: str  # whom it is about
    kind: str  # a key of KINDS
    detail: str  # what was said beside it; empty where nothing was
    share: float  # of full time, 0 to 1; missing but for part time
    account: str  # the account that is gone; else empty
    starts_on: pd.Timestamp  # missing: before the data begins
    ends_on: pd.Timestamp  # the last day; missing: it still is so
    note: str  # for whoever reads it; nothing is computed from it
    source: str  # FROM_FILE or FROM_MANAGER


_DTYPES = {"share": "float64", "starts_on": "datetime64[us]", "ends_on": "datetime64[us]"}
COLUMNS = list(Circumstance._fields)


def frame_of(entries: Iterable[Circumstance]) -> pd.DataFrame:
    """The entries as a frame with the columns of `Circumstance`, in their order."""
    frame = pd.DataFrame([*entries], columns=COLUMNS)
    return frame.astype({column: _DTYPES.get(column, "str") for column in COLUMNS})


def entries_in(frame: pd.DataFrame) -> list[Circumstance]:
    """The rows of such a frame."""
    return [Circumstance(*row) for row in frame[COLUMNS].itertuples(index=False)]


def of_kind(frame: pd.DataFrame, kind: str) -> pd.DataFrame:
    """The entries of one kind."""
    return frame[frame["kind"] == kind]


def known_at(frame: pd.DataFrame, as_of: date) -> pd.DataFrame:
    """The entries that had begun at `as_of`."""
    return frame[~(frame["starts_on"] > pd.Timestamp(as_of))].reset_index(drop=True)


def understood(
    rep_id: str,
    what: str,
    *,
    detail: str = "",
    starts_on: date | None = None,
    ends_on: date | None = None,
    note: str = "",
    accounts: Iterable[str] = (),
    source: str = FROM_FILE,
) -> Circumstance:
    """One entry from what somebody wrote.

    Parameters
    ----------
    what : a kind, by key or as its label reads.
    accounts : the names of the accounts that the rep's deals are about.

    Raises
    ------
    UnusableInput : if the kind is unknown, a day or the detail that it needs is missing, the days run backwards, or
        the account is none of these.
    """
    kind = kind_of(what)
    if kind.from_when and starts_on is None:
        raise UnusableInput(f"“{kind.label}” needs the day from which it was so.", remedy="Give its first day.")
    if starts_on and ends_on and ends_on < starts_on:
        raise UnusableInput("it ends before it begins.", remedy="Exchange the two days, or correct one.")
    detail = detail.strip()
    if kind.detail and not detail:
        raise UnusableInput(f"“{kind.label}” needs {kind.detail}.", remedy="Write it into the field for details.")
    return Circumstance(
        rep_id,
        kind.key,
        detail,
        share_of(detail) if kind.key == "part_time" else float("nan"),
        _account(detail, accounts) if kind.key == "account_gone" else "",
        pd.Timestamp(starts_on) if starts_on else pd.NaT,
        pd.Timestamp(ends_on) if ends_on else pd.NaT,
        note.strip(),
        source,
    )


def kind_of(what: str) -> Kind:
    """The kind of this key or label, whatever its case, hyphens and spaces. Raises UnusableInput if there is none."""
    for kind in KINDS.values():
        if _alike(what) in (_alike(kind.key), _alike(kind.label)):
            return kind
    near = difflib.get_close_matches(_alike(what), [_alike(kind.label) for kind in KINDS.values()], n=1, cutoff=0.6)
    meant = [kind.label for kind in KINDS.values() if _alike(kind.label) in near]
    labels = "; ".join(kind.label for kind in KINDS.values())
    raise UnusableInput(
        f"{what!r} is no kind of circumstance.",
        remedy=f"Did you mean “{meant[0]}”? The kinds are: {labels}." if meant else f"The kinds are: {labels}.",
    )


def share_of(text: str) -> float:
    """The share of full time in `50%`, `50 %`, `0.5` or `0,5`. Raises UnusableInput if it is none between 0 and 1."""
    number = re.fullmatch(r"(\d+(?:[.,]\d+)?)\s*(%?)", text.strip())
    if number:
        share = float(number[1].replace(",", ".")) / (100 if number[2] else 1)
        if 0 < share < 1:
            return share
    raise UnusableInput(
        f"{text!r} is no share of full time.", remedy="Write it like 50% or 0.5, more than nothing and less than all."
    )


def _account(name: str, accounts: Iterable[str]) -> str:
    """The account as the data writes it. Raises UnusableInput."""
    known = {account.casefold().strip(): account for account in accounts}
    if name.casefold() in known:
        return known[name.casefold()]
    near = difflib.get_close_matches(name.casefold(), known, n=3, cutoff=0.6)
    raise UnusableInput(
        f"no deal of this rep is with an account {name!r}.",
        remedy=f"Did you mean: {'; '.join(known[account] for account in near)}?" if near else "Write it as in the CRM.",
    )


def _alike(text: str) -> str:
    return re.sub(r"[\W_]+", " ", text.casefold()).strip()

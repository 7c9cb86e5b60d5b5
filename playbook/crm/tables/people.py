"""Who is who: owners, reps and managers from rosters, users' lists and the deals themselves.

A person is known by the CRM's id, else by the folded name. A name that belongs to two people on the roster is not
guessed at. Queues, programs and "Unassigned" are nobody.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache

import numpy as np
import pandas as pd

from playbook.crm.account.ledger import Ledger
from playbook.crm.values.identity import long_ids, spelling_key, without_look_alikes
from playbook.crm.values.typed import Typed
from playbook.crm.values.words import (
    closely_folded,
    contained_words,
    examples,
    folded,
    missing_texts,
    word_list,
    words_of,
)
from playbook.wording import listing

NOBODY, NOT_PEOPLE, TWO_OF_THE_NAME = "\x00nobody", "\x00not people", "\x00two of the name"
_VALID = ("valid_from", "valid_to")
_BETWEEN_NAMES = re.compile(r"[,;/&+|]|\s(?:and|und|y|e|et|en)\s")
_COLUMNS = (
    "name",
    "email",
    "role",
    "job",
    "manager_id",
    "manager_name",
    "territory",
    "segment",
    "division",
    "hired_on",
    "left_on",
    "promoted_on",
    "active",
)


@cache
def _left() -> re.Pattern[str]:
    """What a CRM writes behind the name of somebody who has left."""
    words = "|".join(re.escape(word) for word in sorted(words_of("inactive"), key=len, reverse=True))
    return re.compile(rf"\s*\(({words})\)\s*$", re.IGNORECASE)


@dataclass
class Directory:
    """Everyone met so far, by id; grows while owners are resolved.

    `listed` holds what rosters say of a person, `names` the display names, `by_name` folded name → ids.
    """

    listed: pd.DataFrame
    names: dict[str, str] = field(default_factory=dict)
    by_name: dict[str, set[str]] = field(default_factory=dict)
    by_email: dict[str, str] = field(default_factory=dict)
    gone: set[str] = field(default_factory=set)
    spelled: dict[str, Counter[str]] = field(default_factory=dict)  # how often each spelling of a name was met
    everyone_listed: set[str] = field(default_factory=set)
    settled: dict[str, str | None] = field(default_factory=dict)  # while rows come in pieces: who each one names
    met_by_id: set[str] = field(default_factory=set)  # whom the table at hand brought, with an id and a name
    other_ids: dict[str, set[str]] = field(default_factory=dict)  # of who is on a list: the ids in the table at hand
    under_many_ids: dict[str, set[str]] = field(default_factory=dict)  # of these: who has several in one table
    in_one_cell: Counter[str] = field(default_factory=Counter)  # names of several people in one cell: in how many rows

    def add(self, person_id: str, name: str) -> str:
        """Take up a person whom no roster lists."""
        if match := _left().search(name):
            name = name[: match.start()]
            self.gone.add(person_id)
        self.names.setdefault(person_id, name)
        self.by_name.setdefault(_name_key(name), set()).add(person_id)
        return person_id

    def resolve(
        self,
        ids: pd.Series | None,
        names: pd.Series | None,
        emails: pd.Series | None = None,
        weights: pd.Series | None = None,
    ) -> pd.Series:
        """The person_id of each row, or one of NOBODY, NOT_PEOPLE, TWO_OF_THE_NAME; missing where nothing is said.

        `weights` are how many rows each one stands for, where they are one of each sort; what is answered for these
        stays settled, for their rows that follow in pieces, until `unsettle`.
        """
        given = [s for s in (ids, names, emails) if s is not None]
        index = given[0].index if given else None
        parts = pd.DataFrame(
            {
                "id": ids if ids is not None else None,
                "name": names if names is not None else None,
                "email": emails if emails is not None else None,
            },
            index=index,
        ).astype("str")
        key = parts["id"].fillna("") + "\x1f" + parts["name"].fillna("") + "\x1f" + parts["email"].fillna("")
        codes, uniques = pd.factorize(key)
        if self.settled:
            settled_ids = np.array([self.settled[str(u)] for u in uniques] + [None], dtype=object)
            return pd.Series(pd.array(settled_ids[codes], dtype="str"), index=parts.index)
        self.met_by_id, self.other_ids = set(), {}
        first = self._first_of_several([str(u) for u in uniques])
        owner_of_each = [first.get(str(u), str(u)).split("\x1f") for u in uniques]
        answers = np.array([self._person_id_of(*owner) for owner in owner_of_each] + [None], dtype=object)
        counts = np.bincount(codes, weights, minlength=len(uniques))
        for unique, person, rows in zip(uniques, answers, counts, strict=False):
            given_id, given_name, _ = str(unique).split("\x1f")
            if unique in first:
                self.in_one_cell[given_name] += int(rows)
                continue
            self._count_spelling(person, given_id, given_name, int(rows))
        if weights is not None:
            self.settled = dict(zip(map(str, uniques), answers, strict=False))
        return pd.Series(pd.array(answers[codes], dtype="str"), index=parts.index)

    def unsettle(self) -> None:
        """Rows of another table come: who they name is asked anew."""
        self.settled = {}

    def _first_of_several(self, owners: Sequence[str]) -> dict[str, str]:
        """Of `owners` (id, name, email) those whose cell names several people, each known apart: the first of them."""
        named = [tuple(owner.split("\x1f")) for owner in owners]
        known = {_name_key(name) for _, name, _ in named} | set(self.by_name)
        several = {}
        for person_id, name, email in named:
            parts = [part.strip() for part in _BETWEEN_NAMES.split(name)]
            alone = _name_key(name) in self.by_name or person_id or email
            if len(parts) > 1 and not alone and all(part and _name_key(part) in known for part in parts):
                several[f"\x1f{name}\x1f"] = f"\x1f{parts[0]}\x1f"
        return several

    def _person_id_of(self, person_id: str, name: str, email: str) -> str | None:
        if not (person_id or name or email):
            return None
        for text in (person_id, name):
            if text and (kind := _no_person(text)):
                return kind
        if person_id in self.names:
            return person_id
        if email and folded(email) in self.by_email:
            return self.by_email[folded(email)]
        name_or_id = name or ("" if _looks_like_id(person_id) else person_id)
        if name_or_id:
            known = self._by_name(name_or_id)
            if name and any(_two_ids_of_one_sort(person_id, other) for other in known & self.met_by_id):
                return self._met(person_id, name)
            if len(known) == 1:
                return self._listed_under(person_id if name else "", next(iter(known)))
            if len(known) > 1 and not (person_id and name):
                return TWO_OF_THE_NAME
            if folded(name_or_id) in self.by_email:
                return self.by_email[folded(name_or_id)]
        if person_id and (name or _looks_like_id(person_id)):
            return self._met(person_id, name or person_id)
        return self.add(_name_key(_left().sub("", name_or_id or email)), name_or_id or email)

    def _met(self, person_id: str, name: str) -> str:
        self.met_by_id.add(person_id)
        return self.add(person_id, name)

    def _listed_under(self, given: str, person: str) -> str:
        if given and person in self.listed.index:
            ids = self.other_ids.setdefault(person, set())
            if any(_two_ids_of_one_sort(given, other) for other in ids):
                self.under_many_ids.setdefault(person, set()).update(ids, {given})
            ids.add(given)
        return person

    def _count_spelling(self, person: str | None, given: str, name: str, rows: int) -> None:
        spelling = _left().sub("", name or ("" if given == person or _looks_like_id(given) else given)).strip()
        if spelling and person in self.names:
            self.spelled.setdefault(person, Counter())[spelling] += rows

    def _by_name(self, name: str) -> set[str]:
        plain = _left().sub("", name)
        ids = self.by_name.get(_name_key(plain), set())
        if not ids and plain.count(",") == 1:
            last, first = (p.strip() for p in plain.split(","))
            ids = self.by_name.get(_name_key(f"{first} {last}"), set())
        if not ids and len(plain.split()) == 2 and "," not in plain:
            first, last = plain.split()
            ids = self.by_name.get(_name_key(f"{last}, {first}"), set())
        return ids


def _name_key(name: str) -> str:
    """A name as it counts when people are compared: without case, double spaces, medals and other pictures beside it,
    and letters that only look Latin."""
    text = folded(name)
    words = " ".join("".join(c for c in text if unicodedata.category(c) != "So").split())
    return without_look_alikes(words or text)


def _looks_like_id(text: str) -> bool:
    return bool(re.fullmatch(r"[\w\-:.]*\d[\w\-:.]*", text)) and "@" not in text


def _two_ids_of_one_sort(one: str, other: str) -> bool:
    """Whether one CRM can have given both ids, to two people: ids of two CRMs may still mean one person."""
    if folded(one) == folded(other) or not (_looks_like_id(one) and _looks_like_id(other)):
        return False
    return len(one) == len(other) or (one.isdigit() and other.isdigit())


def _no_person(text: str) -> str:
    words = word_list("owner")
    kind = words.get(closely_folded(text) or text)
    if kind is None:
        low = text.casefold()
        kind = next((value for word, value in contained_words("owner_contains") if word in low), None)
    return {"nobody": NOBODY, "not_people": NOT_PEOPLE}.get(kind or "", "")


def directory(rosters: list[Typed], ledger: Ledger) -> Directory:
    """Everyone whom the rosters and users' lists name."""
    columns = ["person_id", *_COLUMNS, "everyone"]
    frames = [_roster(t, ledger) for t in rosters]
    listed = pd.concat(frames, ignore_index=True) if frames else pd.DataFrame(columns=[*columns, "by_name"])
    listed = _known_elsewhere_by_id(listed)[columns]
    listed = _one_row_each(listed, ledger)
    known = Directory(listed.set_index("person_id"))
    for row in listed.itertuples(index=False):
        name = row.name if isinstance(row.name, str) else row.person_id
        known.add(row.person_id, name)
        if isinstance(row.email, str):
            known.by_email.setdefault(folded(row.email), row.person_id)
        if row.everyone:
            known.everyone_listed.add(row.person_id)
    for ids in (known.by_name[name] for name in sorted(known.by_name)):
        if len(ids) > 1:
            ledger.warn(
                f"Two people on the roster are called {known.names[min(ids)]}; where a file knows them by name "
                "only, its rows are set aside."
            )
    return known


def _in_order_of_validity(rows: pd.DataFrame) -> pd.DataFrame:
    """`rows`, those that are true last at the end; in their own order where the list gives no such days."""
    since = rows.sort_values("valid_from", kind="stable", na_position="first") if "valid_from" in rows else rows
    return since.sort_values("valid_to", kind="stable", na_position="last") if "valid_to" in rows else since


def _roster(table: Typed, ledger: Ledger) -> pd.DataFrame:
    rows = _in_order_of_validity(table.rows)
    is_dated = any(c in rows and rows[c].notna().any() for c in _VALID)
    absent = missing_texts(rows.index)
    first, last = rows.get("first_name", absent), rows.get("last_name", absent)
    both = (first.fillna("") + " " + last.fillna("")).str.strip()
    name = rows.get("name", absent).fillna(both.mask(both == "")).fillna(rows.get("email", absent))
    person = rows.get("person_id", absent)
    is_person = (name.notna() | person.notna()) & (name.fillna("x").map(_no_person) == "")
    if "is_deleted" in rows:
        is_person &= ~rows["is_deleted"].fillna(False).astype(bool)
    ledger.drop(rows[~is_person], "a row without a person's name or id")
    people = rows[is_person]
    ids = long_ids(person[is_person]) if table.recognised.crm == "Salesforce" else person[is_person]
    frame = people.reindex(columns=list(_COLUMNS)).assign(name=name[is_person], everyone=table.recognised.everyone)
    frame["manager_id"] = (
        long_ids(frame["manager_id"].astype("str")) if table.recognised.crm == "Salesforce" else frame["manager_id"]
    )
    twins = ids.isna() & name[is_person].map(_name_key, na_action="ignore").duplicated(keep=False)
    by_name = name[is_person].map(_name_key, na_action="ignore")
    # Two rows of one name without an id are one person who is listed twice, unless the rows name two managers.
    frame.insert(0, "person_id", ids.fillna(by_name))
    frame["by_name"] = ids.isna()
    if twins.any() and "manager_name" in people and not is_dated:
        managers = people["manager_name"][twins].groupby(by_name[twins]).nunique()
        for twin in managers.index[managers > 1]:
            ledger.warn(f"{twin!r} is on the roster more than once, with different managers; the last row counts.")
    return frame


def _known_elsewhere_by_id(listed: pd.DataFrame) -> pd.DataFrame:
    """`listed`, where a row that knows a person by name only has the id that another list gives the only one so called.

    So a short list of names and managers, made by hand, goes beside a users' list of the CRM with ids.
    """
    named = listed["by_name"].fillna(False).astype(bool)
    with_id = listed.loc[~named & listed["name"].notna(), ["name", "person_id"]].drop_duplicates()
    with_id = with_id.assign(name=with_id["name"].map(_name_key)).drop_duplicates()
    only_one = with_id[~with_id["name"].duplicated(keep=False)].set_index("name")["person_id"]
    return listed.assign(
        person_id=listed["person_id"].mask(named, listed["person_id"].map(only_one)).fillna(listed["person_id"])
    )


def _one_row_each(listed: pd.DataFrame, ledger: Ledger) -> pd.DataFrame:
    twice = listed["person_id"].duplicated(keep="last")
    if not twice.any():
        return listed
    ledger.repair_values(
        "people", "listed more than once; the last word on each column counts", listed.loc[twice, "person_id"]
    )
    joined = listed.groupby("person_id", sort=False).last()
    return joined.reset_index()


def owners(rows: pd.DataFrame, known: Directory, salesforce: bool, weights: pd.Series | None = None) -> pd.Series:
    """The person_id of each row's owner, from its columns rep_id, rep_name and rep_email; `weights` as `resolve`."""
    ids = rows.get("rep_id")
    if ids is not None and salesforce:
        ids = long_ids(ids)
    return known.resolve(ids, rows.get("rep_name"), rows.get("rep_email"), weights)


def without_owner(owner: pd.Series, rows: pd.DataFrame, ledger: Ledger, what: str) -> pd.Series:
    """Which rows have a person as owner; the others are counted by reason."""
    for mark, reason in (
        (NOBODY, f"{what} that nobody owns (Unassigned and the like)"),
        (NOT_PEOPLE, f"{what} that a queue or a program owns"),
        (TWO_OF_THE_NAME, f"{what} whose owner's name belongs to two people"),
    ):
        ledger.drop(rows[(owner == mark).fillna(False)], reason)  # of no rows too: in pieces that keeps its place
    ledger.drop(rows[owner.isna()], f"{what} without an owner")
    return owner.notna() & ~owner.str.startswith("\x00").fillna(False).astype(bool)


def usual_spellings(known: Directory) -> None:
    """Who is on no list is called as most rows call them."""
    for person, rows_by_spelling in known.spelled.items():
        if person not in known.listed.index:
            known.names[person] = min(
                rows_by_spelling, key=lambda name: (-rows_by_spelling[name], name.isupper() or name.islower(), name)
            )


def spelling_of_names(known: Directory, ledger: Ledger) -> None:
    """List the spellings that were taken for one person, and warn of names that may be one person but stay apart."""
    for person, rows_by_spelling in sorted(known.spelled.items()):
        for name, rows in sorted(rows_by_spelling.items()):
            if name != known.names[person]:
                ledger.repair(
                    "people",
                    "spellings of one name: only case, spaces, order or look-alike letters differ",
                    rows,
                    f"{name!r} is {known.names[person]!r}",
                )
    for cell, many in sorted(known.in_one_cell.items()):
        ledger.repair("people", "cells that name several people: the first of them counts", many, repr(cell))
    for key, people in sorted(known.by_name.items()):
        twins = people - set(known.listed.index)
        if len(twins) > 1 and key not in twins:
            ledger.warn(
                f"{len(twins)} owners are called {known.names[min(twins)]} ({examples(sorted(twins), 5)}): they "
                "are kept apart, and rows that give the name alone are set aside. If they are one person, give these "
                "deals one owner in the CRM and export again."
            )
    for person, ids in sorted(known.under_many_ids.items()):
        ledger.warn(
            f"{len(ids)} owners are called {known.names[person]} ({examples(sorted(ids), 5)}), and the list of people "
            "has one of that name: they are taken for one person. If they are two, list both with these ids."
        )
    groups: dict[str, list[str]] = {}
    for name in known.names.values():
        groups.setdefault(closely_folded(spelling_key(name)), []).append(name)
    for names in groups.values():
        if len(set(names)) > 1:
            ledger.warn(f"{listing(sorted(set(names)))} may be one person; they are kept apart.")

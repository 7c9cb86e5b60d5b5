"""Who leads whom, and what each person is: rep, manager, leader or other.

A manager is whoever leads a seller; a leader leads managers. One line a person; a person who leads themselves, or a
circle, loses that line, and the report says so.
"""

import pandas as pd

from playbook.company import ROLES
from playbook.crm.account.ledger import Ledger
from playbook.crm.tables.divisions import with_divisions
from playbook.crm.tables.people import Directory
from playbook.crm.values.words import contained_words

_FROM_DEALS = ("manager_name", "territory", "job")


def people_table(
    known: Directory, owners: pd.DataFrame, sellers: set[str], today: pd.Timestamp, ledger: Ledger
) -> pd.DataFrame:
    """The canonical people.

    Parameters
    ----------
    owners : rows of deals with person_id and what they say of the owner (manager_name, territory, job), oldest first.
    sellers : who owns a deal or has a quota.
    """
    from_deals = _latest_owner_details(owners, ledger)
    frame = with_divisions(known.listed.reindex(sorted(known.names)), sellers, ledger)
    for column in _FROM_DEALS:
        if column in from_deals:
            frame[column] = frame[column].astype("str").fillna(from_deals[column].reindex(frame.index))
    managers = _managers(frame, known, ledger)
    frame = frame.reindex(sorted(known.names))  # managers whom nobody listed were taken up on the way
    frame["name"] = pd.Series(known.names).reindex(frame.index).astype("str")
    frame["manager_id"] = _without_circles(managers.reindex(frame.index).astype("str"), ledger)
    frame["active"] = _active(frame, known, today)
    frame["role"], frame["job"] = _roles(frame, known, sellers), _jobs(frame)
    frame.index.name = "person_id"
    columns = [
        "name",
        "role",
        "job",
        "manager_id",
        "territory",
        "segment",
        "hired_on",
        "left_on",
        "promoted_on",
        "active",
    ]
    return frame[columns].reset_index()


def _latest_owner_details(owners: pd.DataFrame, ledger: Ledger) -> pd.DataFrame:
    columns = [c for c in _FROM_DEALS if c in owners]
    if not columns:
        return pd.DataFrame()
    latest = owners.groupby("person_id", sort=False)[columns].last()
    if "manager_name" in columns:
        several = owners["manager_name"].str.casefold().groupby(owners["person_id"]).nunique()
        ledger.repair_values(
            "people", "several managers on one person's deals; the latest deal's counts", several.index[several > 1]
        )
    return latest


def _managers(frame: pd.DataFrame, known: Directory, ledger: Ledger) -> pd.Series:
    ids, names = frame["manager_id"].astype("str"), frame["manager_name"].astype("str")
    managers = known.resolve(ids, names) if (ids.notna() | names.notna()).any() else ids
    marked = managers.str.startswith("\x00").fillna(False).astype(bool)
    unclear = names[marked & names.notna()]
    ledger.repair_values("people", "the manager named is nobody, or two people", unclear)
    managers = managers.mask(marked)
    itself = managers == managers.index
    ledger.repair_values(
        "people", "led by themselves; taken as led by nobody", managers[itself.fillna(False).astype(bool)]
    )
    by_id = managers[names.isna()].dropna()
    nameless = sorted({i for i in by_id if known.names.get(i) == i and i not in frame.index})
    if nameless:
        ledger.warn(
            f"{len(nameless)} managers are known by their id only ({nameless[0]} for one): export the users with "
            "their names."
        )
    return managers.mask(itself.fillna(False).astype(bool))


def _without_circles(managers: pd.Series, ledger: Ledger) -> pd.Series:
    above = {person: lead for person, lead in managers.items() if isinstance(lead, str)}
    cut: set[str] = set()
    for person in sorted(above):
        seen, at = {person}, above.get(person)
        while at is not None and at not in cut:
            if at in seen:
                cut.add(at)
                break
            seen.add(at)
            at = above.get(at)
    ledger.repair_values("people", "the lines of leading go in a circle; one was cut", sorted(cut))
    return managers.mask(managers.index.isin(cut))


def _active(frame: pd.DataFrame, known: Directory, today: pd.Timestamp) -> pd.Series:
    active = frame["active"].astype("boolean")
    left = pd.to_datetime(frame["left_on"])
    active = active.mask((left <= today).fillna(False), False)
    return active.mask(frame.index.isin(known.gone), False)


def _jobs(frame: pd.DataFrame) -> pd.Series:
    """The job of each; a role that is none of the kit's own words (AE, SDR, KAM) is the job where no job is given."""
    role = frame["role"].astype("str")
    return frame["job"].astype("str").fillna(role.mask(role.str.strip().str.casefold().isin(ROLES)))


def _roles(frame: pd.DataFrame, known: Directory, sellers: set[str]) -> pd.Series:
    given_role = frame["role"].astype("str").str.strip().str.casefold()
    job = frame["job"].astype("str").fillna(given_role.mask(given_role.isin(ROLES)))
    roles = {}
    for person, role, title in zip(frame.index, given_role, job, strict=True):
        roles[person] = role if isinstance(role, str) and role in ROLES else _role_by_job(person, title, known, sellers)
    leads = frame["manager_id"].dropna()
    sells = {p for p, role in roles.items() if role in ("rep", "manager", "leader")}
    managers: set[str] = set()
    fresh = {lead for person, lead in leads.items() if person in sells}
    while fresh - managers:  # up the lines: whoever leads a manager counts too
        managers |= fresh
        fresh = {lead for person, lead in leads.items() if person in managers}
    leaders = {lead for person, lead in leads.items() if person in managers}
    with_given_role = {p for p, role in given_role.items() if role in ROLES}
    for person in managers - with_given_role:
        roles[person] = "leader" if person in leaders else "manager"
    for person in managers & with_given_role:
        if roles[person] in ("rep", "other"):
            roles[person] = "leader" if person in leaders else "manager"
    return pd.Series(roles, dtype="str").reindex(frame.index)


def _role_by_job(person: str, title: object, known: Directory, sellers: set[str]) -> str:
    """What a person is before the lines of leading are looked at."""
    if person in sellers:
        return "rep"
    if person not in known.listed.index:
        return "manager"  # met only as somebody's manager
    low = title.casefold() if isinstance(title, str) else ""
    kinds = {value for word, value in contained_words("job") if word in low}
    if "rep" in kinds:
        return "rep"
    if person in known.everyone_listed:  # a list of all logins: only sellers' jobs are sellers
        return "other"
    if "manager" in kinds:
        return "manager"
    return "other" if "not_rep" in kinds else "rep"

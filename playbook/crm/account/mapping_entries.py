"""Entries of a user's mapping file that fit nothing in the exports: a heading misspelt, a file that is not there.

In: the mapping file, and the tables as they were recognised.  Out: a warning for each such entry, with what is near it.
"""

import difflib
from collections.abc import Callable, Iterable, Sequence

from playbook.crm.account.ledger import Ledger
from playbook.crm.files.raw_table import NoTable, RawTable
from playbook.crm.headings.alike import normal, without_unit
from playbook.crm.headings.mapping import Mapping
from playbook.crm.headings.recognised import Recognised
from playbook.crm.values.words import closely_folded
from playbook.wording import paragraph

_STATES = ("stage", "status")
_KINDS_WITH_STATES = ("opportunities", "stages", "stage_history")
Values = Callable[[RawTable, str], Iterable[str]]  # the different values of a column


def warn_of_entries_that_fit_nothing(
    user: Mapping | None, tables: Sequence[Recognised], no_tables: Sequence[NoTable], values: Values, ledger: Ledger
) -> None:
    """A warning for each file, heading, stage and status that `user` names and the exports do not have.

    `values` gives the different values of a table's column.
    """
    if user is None:
        return
    files = [name for table in tables for name in table.raw.names] + [n.file for n in no_tables]
    _warn("files", user.files, files, str, ledger)
    _warn("encoding", user.encoding, files, str, ledger)
    headings = [h for table in tables for h in table.raw.headings]
    forms = [form for h in headings for form in (h, without_unit(h)[0])]
    for kind, own in user.kinds.items():
        named = [heading.written for alike in own.known.values() for heading in alike]
        _warn(kind, named, forms, normal, ledger)
    with_states = [t for t in tables if t.kind in _KINDS_WITH_STATES]
    columns = [(t.raw, t.columns[name]) for t in with_states for name in _STATES if name in t.columns]
    states = [str(value) for raw, heading in columns for value in values(raw, heading)]
    for outcome, words in user.outcomes.items():
        _warn(f"outcomes] {outcome} = […", words, states, closely_folded, ledger, "stage or status of a deal")


def values_in_memory(raw: RawTable, heading: str) -> Iterable[str]:
    """The different values of a column of a table that is in memory whole."""
    return raw.cells[heading].dropna().unique()


def _warn(
    section: str,
    entries: Iterable[str],
    there: Sequence[str],
    form: Callable[[str], str],
    ledger: Ledger,
    what: str = "",
) -> None:
    known = {form(name): name for name in there}
    what = what or ("file" if section in ("files", "encoding") else "heading")
    for entry in entries:
        if form(entry) in known:
            continue
        near = difflib.get_close_matches(form(entry), known, n=1)
        no_such = f"Your mapping file, [{section}]: {entry!r} is no {what} in these exports."
        ledger.warn(paragraph(no_such, *(f"Did you mean {known[name]!r}?" for name in near)))

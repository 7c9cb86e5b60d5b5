"""Which journal a page writes to: a file beside the workbook, a company's database, or none that lasts.

In: where the workbook is, whose it is, and what the environment says.  Out: the journal.
"""

import getpass
from collections.abc import Mapping
from pathlib import Path

from playbook.journal.database_journal import DatabaseJournal, Key
from playbook.journal.file_journal import FileJournal
from playbook.journal.journals import Journal, MemoryJournal
from playbook.workbook import Workbook

URL = "PLAYBOOK_JOURNAL"
_WHO = ("PLAYBOOK_AUTHOR", "JUPYTERHUB_USER")  # the first that is set; else the name at login
_in_memory: dict[Key, MemoryJournal] = {}
_in_databases: dict[tuple[str, Key], DatabaseJournal] = {}


def open_journal(workbook: Path | None, key: Key, environment: Mapping[str, str]) -> Journal:
    """The journal of a workbook; without a workbook one that lasts as long as this process.

    Raises
    ------
    UnusableInput : if PLAYBOOK_JOURNAL is set and names no database that can be used.
    """
    url = environment.get(URL, "").strip()
    if workbook is None:
        return _in_memory.setdefault(key, MemoryJournal())
    if not url:
        return FileJournal(Workbook(workbook).journal)
    if (url, key) not in _in_databases:
        _in_databases[url, key] = DatabaseJournal(url, key)
    return _in_databases[url, key]


def author_here(environment: Mapping[str, str]) -> str:
    """Who is at the keyboard: as the environment says, else the name at login."""
    name = next((environment[name] for name in _WHO if environment.get(name, "").strip()), "")
    if name:
        return name.strip()
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):  # no name at login, as in some containers
        return "somebody"

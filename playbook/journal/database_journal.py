"""A journal in a company's database, named by a URL: one person's events about one team, which nobody else's touch.

The key is (company_id, manager_id, author): two people on one database never see each other's answers. Events of a key
are numbered without gaps by a counter that the writer locks, so that the order is the order of being saved. SQLAlchemy
is imported only here, as few workbooks need it.
"""

import json
import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import Any

from playbook.errors import UnusableInput
from playbook.journal.events import Event, Unreadable, as_json, check
from playbook.journal.folding import unique
from playbook.journal.journals import LARGEST, Change, NotReadable, NotSaved, Reading

_PATIENCE = 10  # seconds; a page must not stand still for longer because a network does
_MOST_TEXT = 200  # characters of a key, so that every database can index it


@dataclass(frozen=True)
class Key:
    """Whose events: everything in a database is found by it."""

    company_id: str
    manager_id: str
    author: str


class DatabaseJournal:
    """The events of one key in the database at `url`; its two tables are made at the first use.

    Raises
    ------
    UnusableInput : if the URL is none, or the packages for databases are not installed.
    """

    lasting = True

    def __init__(self, url: str, key: Key) -> None:
        self._sql = _sqlalchemy()
        self._key = {name: _short(value) for name, value in vars(key).items()}
        self._engine, self.place = _engine(self._sql, url)
        self._journals, self._events = _tables(self._sql)
        self._ready = False

    def read(self) -> Reading:
        """The events of the key, in the order in which they were saved. Raises NotReadable."""
        with self._reading() as connection:
            return self._all(connection)

    def only_author(self) -> str:
        """Who alone has events about this company and manager; empty if nobody has, or several. Raises NotReadable."""
        mine = [self._events.c[name] == self._key[name] for name in ("company_id", "manager_id")]
        with self._reading() as connection:
            query = self._sql.select(self._events.c.author).where(*mine).distinct().limit(2)
            authors = list(connection.execute(query).scalars())
        return authors[0] if len(authors) == 1 else ""

    def append(self, events: Sequence[Event]) -> None:
        """Add those of the events that are not there yet, all or none. Raises NotSaved."""
        try:
            with self._transaction() as connection:
                last = self._lock(connection, len(events))
                known = self._known(connection, events)
                new = [event for event in unique(events) if event.id not in known]
                self._insert(connection, new, first=last - len(events) + 1)
        except self._sql.exc.SQLAlchemyError as error:
            raise self._not_saved(error) from error

    def rewrite(self, change: Change) -> None:
        """Replace the events of the key by what `change` makes of them, all or nothing. Raises NotSaved.

        Rows that cannot be read stay as they are.
        """
        try:
            with self._transaction() as connection:
                self._lock(connection, 0)
                reading = self._all(connection)
                events, before = change(reading.events), max(reading.broken, default=0)
                mine = [*self._mine(self._events), self._events.c.position.not_in(reading.broken)]
                connection.execute(self._sql.delete(self._events).where(*mine))
                self._insert(connection, events, first=before + 1)
                counter = self._sql.update(self._journals).where(*self._mine(self._journals))
                connection.execute(counter.values(last_position=before + len(events)))
        except NotReadable as error:
            raise NotSaved(error.what, where=error.where, remedy=error.remedy) from error
        except self._sql.exc.SQLAlchemyError as error:
            raise self._not_saved(error) from error

    @contextmanager
    def _reading(self) -> Iterator[Any]:
        try:
            with self._transaction() as connection:
                yield connection
        except self._sql.exc.SQLAlchemyError as error:
            raise NotReadable(
                "the journal cannot be read now: the database does not answer.",
                where=self.place,
                remedy="Your answers are not lost. Run this page again when the database is back.",
            ) from error

    def _not_saved(self, error: Exception) -> NotSaved:
        silent = isinstance(error, self._sql.exc.OperationalError | self._sql.exc.InterfaceError)
        return NotSaved(
            "the database does not answer." if silent else "the database refuses it.",
            where=self.place,
            remedy="It is saved by itself when the database is back, while this page is open.",
        )

    @contextmanager
    def _transaction(self) -> Iterator[Any]:
        if not self._ready:
            self._make_tables()
            self._ready = True
        with self._engine.begin() as connection:
            yield connection

    def _make_tables(self) -> None:
        """Make the tables; two who do it at once may collide, and then they are there."""
        try:
            self._journals.metadata.create_all(self._engine)
        except self._sql.exc.SQLAlchemyError:
            self._journals.metadata.create_all(self._engine)

    def _lock(self, connection: Any, by: int) -> int:
        """Move the key's counter on, which holds other writers of the key off until the end; where it then stands."""
        counter, mine = self._journals, self._mine(self._journals)
        move_on = self._sql.update(counter).where(*mine).values(last_position=counter.c.last_position + by)
        if not connection.execute(move_on).rowcount:
            try:
                with connection.begin_nested():
                    connection.execute(self._sql.insert(counter).values(**self._key, last_position=0))
            except self._sql.exc.IntegrityError:
                pass  # somebody else began this journal a moment ago
            connection.execute(move_on)
        return int(connection.execute(self._sql.select(counter.c.last_position).where(*mine)).scalar_one())

    def _known(self, connection: Any, events: Sequence[Event]) -> set[str]:
        ids = [event.id for event in events]
        query = self._sql.select(self._events.c.id).where(*self._mine(self._events), self._events.c.id.in_(ids))
        return set(connection.execute(query).scalars())

    def _insert(self, connection: Any, events: Sequence[Event], *, first: int) -> None:
        rows = [
            {
                **self._key,
                "position": position,
                "id": event.id,
                "at": event.at,
                "said_by": event.author,
                "kind": event.kind,
                "subject": event.subject,
                "value": as_json(event.value),
            }
            for position, event in enumerate(events, start=first)
        ]
        if rows:
            connection.execute(self._sql.insert(self._events), rows)

    def _all(self, connection: Any) -> Reading:
        """The events of the key; rows that are none are named by their position. Raises NotReadable."""
        events, mine, of = self._events.c, self._mine(self._events), self._sql.func
        size = of.coalesce(of.sum(of.length(events.value) + of.length(events.subject)), 0)
        if connection.execute(self._sql.select(size).where(*mine)).scalar_one() > LARGEST:
            raise NotReadable(
                f"the journal cannot be read: it has grown beyond {LARGEST >> 20} MB, which nobody types.",
                where=self.place,
                remedy="Ask whoever runs the database to look at what is written under your name.",
            )
        readable, broken = [], []
        for row in connection.execute(self._sql.select(self._events).where(*mine).order_by(events.position)).mappings():
            try:
                readable.append(_event(row))
            except Unreadable:
                broken.append(row["position"])
        return Reading(readable, broken=tuple(broken))

    def _mine(self, table: Any) -> list[Any]:
        return [table.c[name] == value for name, value in self._key.items()]


def only_author(url: str, company_id: str, manager_id: str) -> str:
    """Who alone wrote about this team in the database at `url`; empty if nobody did, or several.

    Raises
    ------
    NotReadable : if the database does not answer.
    UnusableInput : as the journal does.
    """
    return DatabaseJournal(url, Key(company_id, manager_id, "")).only_author()


def _event(row: Mapping[str, Any]) -> Event:
    """The event in a row. Raises Unreadable."""
    try:
        value = json.loads(row["value"])
    except (ValueError, TypeError, RecursionError) as error:
        raise Unreadable(str(error)) from None
    event = Event(row["id"], row["at"], row["said_by"], row["kind"], row["subject"], value)
    check(event)
    return event


def _sqlalchemy() -> Any:
    try:
        import sqlalchemy
    except ImportError:
        raise UnusableInput(
            "PLAYBOOK_JOURNAL names a database, and the packages for databases are not installed.",
            where="PLAYBOOK_JOURNAL",
            remedy="Install the kit with its extra `database`, or unset PLAYBOOK_JOURNAL to keep answers in files.",
        ) from None
    return sqlalchemy


def _engine(sql: Any, url: str) -> tuple[Any, str]:
    """The engine for `url`, and how to call the place without giving its password away."""
    try:
        address = sql.make_url(url)
        if address.get_backend_name() == "postgresql" and "+" not in address.drivername:
            address = address.set(drivername="postgresql+psycopg")
        engine = sql.create_engine(address, pool_pre_ping=True, connect_args=_settings(address.get_backend_name()))
    except (sql.exc.ArgumentError, ImportError) as error:
        raise UnusableInput(
            "this is no address of a database that the kit can reach.",
            where="PLAYBOOK_JOURNAL",
            remedy="Write it like postgresql://user@server/name or sqlite:////folder/journal.db",
        ) from error
    if address.get_backend_name() == "sqlite":
        _make_private(address.database)
        _locked_from_the_start(sql, engine)
    return engine, f"the database {address.database} on {address.host or 'this machine'}"


def _make_private(file: str | None) -> None:
    """Make SQLite's file for its owner alone, where there is none; one that is there may be shared on purpose."""
    if file and file != ":memory:" and not file.startswith("file:"):
        with suppress(OSError):  # SQLite says why, when it opens it
            os.close(os.open(file, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))


def _settings(backend: str) -> dict[str, Any]:
    if backend == "postgresql":
        limit = _PATIENCE * 1000
        options = f"-c statement_timeout={limit} -c lock_timeout={limit} -c synchronous_commit=on"
        return {"connect_timeout": _PATIENCE, "tcp_user_timeout": limit, "options": options}
    return {"timeout": _PATIENCE} if backend == "sqlite" else {}


def _locked_from_the_start(sql: Any, engine: Any) -> None:
    """SQLite: begin by taking the write lock, as a transaction that first reads cannot wait for it later."""

    def leave_transactions_to_us(connection: Any, _record: Any) -> None:
        connection.isolation_level = None
        connection.execute("PRAGMA synchronous=FULL")

    def begin(connection: Any) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE")

    sql.event.listen(engine, "connect", leave_transactions_to_us)
    sql.event.listen(engine, "begin", begin)


def _tables(sql: Any) -> tuple[Any, Any]:
    known = sql.MetaData()

    def key() -> list[Any]:
        return [
            sql.Column(name, sql.String(_MOST_TEXT), primary_key=True)
            for name in ("company_id", "manager_id", "author")
        ]

    journals = sql.Table("playbook_journals", known, *key(), sql.Column("last_position", sql.Integer, nullable=False))
    events = sql.Table(
        "playbook_events",
        known,
        *key(),
        sql.Column("position", sql.Integer, primary_key=True, autoincrement=False),
        sql.Column("id", sql.String(64), nullable=False),
        sql.Column("at", sql.String(40), nullable=False),
        sql.Column("said_by", sql.String(_MOST_TEXT), nullable=False),
        sql.Column("kind", sql.String(40), nullable=False),
        sql.Column("subject", sql.Text, nullable=False),
        sql.Column("value", sql.Text, nullable=False),
        sql.UniqueConstraint("company_id", "manager_id", "author", "id"),
    )
    return journals, events


def _short(text: str) -> str:
    """`text` as a part of the key; a longer one ends in a hash, so that two never become one."""
    if len(text) <= _MOST_TEXT:
        return text
    import hashlib

    return f"{text[: _MOST_TEXT - 65]}-{hashlib.sha256(text.encode()).hexdigest()}"

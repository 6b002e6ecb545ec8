"""Where the records are kept: one database, opened by its address.

SQLite is the default and lives in one file on a local disk; PostgreSQL is chosen by the
address alone. Writers on SQLite wait in a fair queue (an exclusive lock on `<file>.lock`,
which the kernel releases when a process dies) because SQLite's own waiting is unfair: with
eight writers the slowest waited seconds, with the queue less than a tenth of one.
"""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Literal

from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import URL, Connection, Engine, create_engine, event, exc, inspect, make_url, text
from sqlalchemy.orm import Session
from sqlalchemy.schema import CheckConstraint

from records.base import Model
from records.errors import StoreRefused, StoreUnavailable
from records.sealing import Seal, give_seal
from records.trouble import reason_of_file, told_plainly
from records.turns import turn_on

MIGRATIONS = Path(__file__).parent / "migrations"
BUSY_TIMEOUT_MS = 60_000
UPGRADE_LOCK = 0x7472_696E_686B_79
"""The advisory lock that PostgreSQL holds during an upgrade: “trinhky” in ASCII."""

CONNECT_SECONDS = 10


class Store:
    """One database with its two ways in: `transaction()` to write, `reading()` to look."""

    def __init__(self, url: str, *, seal: Seal | None = None) -> None:
        """Open the database lazily; no connection is made before the first use.

        `seal` keeps identity numbers unreadable in it; None: they are kept as they are typed.

        Raises:
            StoreRefused: the address is not that of a SQLite file or a PostgreSQL database.
        """
        self.url = _usable(url)
        self.is_sqlite = self.url.get_backend_name() == "sqlite"
        self._thread = threading.local()
        self._path = Path(self.url.database or "") if self.is_sqlite else None
        self.engine = _engine(self.url, is_sqlite=self.is_sqlite)
        give_seal(self.engine.dialect, seal)
        if self.is_sqlite:
            event.listen(self.engine, "do_connect", self._before_sqlite_connect)
            event.listen(self.engine, "connect", self._on_sqlite_connect)
            event.listen(self.engine, "checkout", self._on_sqlite_checkout)
            event.listen(self.engine, "begin", _on_sqlite_begin)
        else:
            event.listen(self.engine, "connect", _on_postgres_connect)
        self._writer = self.engine.execution_options(begins="IMMEDIATE")
        self._reader = self.engine.execution_options(
            **({"begins": "DEFERRED"} if self.is_sqlite else {"postgresql_readonly": True})
        )

    @contextmanager
    def transaction(self) -> Iterator[Session]:
        """Open the one session that may write; commit at the end, roll back on any error.

        Writers wait here for each other, so keep the block short and render outside it.
        A second transaction inside the first would wait for itself and is refused.

        Raises:
            StoreUnavailable: the database is locked, full, damaged or away.
        """
        if getattr(self._thread, "is_writing", False):
            raise RuntimeError("a transaction is already open in this thread")
        self._thread.is_writing = True
        try:
            with (
                told_plainly(),
                self._turn(),
                Session(self._writer, expire_on_commit=False) as session,
                session.begin(),
            ):
                session.connection()  # BEGIN now, so that waiting happens here
                yield session
        finally:
            self._thread.is_writing = False

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """Open a session that only looks; a write in it is refused by the database.

        Raises:
            StoreUnavailable: the database is locked, damaged or away.
        """
        with told_plainly(), Session(self._reader, expire_on_commit=False) as session:
            yield session

    def upgrade(self) -> None:
        """Bring the tables to the newest form; two processes may start it at once.

        All steps are one transaction: a crash leaves the old form or the new one. This alone
        makes the file of a database; everybody else finds one or is refused.

        Raises:
            StoreUnavailable: the database is away, or a newer program has made it.
        """
        if self._path is not None:
            try:
                self._path.parent.mkdir(parents=True, exist_ok=True)
                self._path.touch()
            except OSError as error:
                raise StoreUnavailable(reason_of_file(error)) from error
        self._refuse_newer()
        with told_plainly(), self._turn(), self._writer.connect() as connection:
            if self.is_sqlite:
                # A table is rebuilt by dropping the old one, which foreign keys would refuse;
                # SQLite ignores this switch inside a transaction.
                driver = _driver(connection)
                driver.execute("PRAGMA foreign_keys=OFF")
            try:
                with connection.begin():
                    if not self.is_sqlite:
                        connection.execute(
                            text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": UPGRADE_LOCK}
                        )
                    config = _config()
                    config.attributes["connection"] = connection
                    command.upgrade(config, "head")
                    if self.is_sqlite:
                        broken = connection.exec_driver_sql("PRAGMA foreign_key_check").all()
                        if broken:
                            raise RuntimeError(f"migration broke foreign keys: {broken[:5]}")
            finally:
                if self.is_sqlite:
                    driver.execute("PRAGMA foreign_keys=ON")

    def current_revision(self) -> str | None:
        """Name the form the tables have now; `None`: no table has been made yet."""
        if self._path is not None and not self._path.exists():
            return None
        with told_plainly(), self._reader.connect() as connection:
            return MigrationContext.configure(connection).get_current_revision()

    def is_current(self) -> bool:
        """Tell whether the tables have the form that this program works with."""
        return self.current_revision() == _script().get_current_head()

    def check(self) -> list[str]:
        """List where the database differs from what the program expects; empty is well."""
        if self._path is not None and not self._path.exists():
            return [f"table {name} is missing" for name in Model.metadata.tables]
        with told_plainly(), self._reader.connect() as connection:
            context = MigrationContext.configure(
                connection, opts={"compare_type": True, "include_object": is_ours}
            )
            differences = [str(found) for found in compare_metadata(context, Model.metadata)]
            return differences + _missing_checks(connection) + _missing_guards(connection)

    def dispose(self) -> None:
        """Close all connections that nobody is using."""
        self.engine.dispose()

    def _refuse_newer(self) -> None:
        found = self.current_revision()
        known = {one.revision for one in _script().walk_revisions()}
        if found is not None and found not in known:
            raise StoreUnavailable("newer")

    @contextmanager
    def _turn(self) -> Iterator[None]:
        """Wait for this writer's turn: only SQLite needs the queue; re-entrant in a thread."""
        if self._path is None or getattr(self._thread, "has_turn", False):
            yield
            return
        lock = self._path.with_name(self._path.name + ".lock")
        with turn_on(lock, seconds=BUSY_TIMEOUT_MS / 1000):
            self._thread.has_turn = True
            try:
                yield
            finally:
                self._thread.has_turn = False

    def _before_sqlite_connect(self, *_: Any) -> None:
        """Refuse a file that is not there: SQLite would make an empty one in silence."""
        if self._path is not None and not self._path.exists():
            raise StoreUnavailable("away")

    def _on_sqlite_connect(self, connection: Any, record: Any) -> None:
        record.info["file"] = self._file()
        connection.isolation_level = None  # we say BEGIN ourselves
        connection.execute(f"PRAGMA busy_timeout={BUSY_TIMEOUT_MS}")
        connection.execute("PRAGMA foreign_keys=ON")
        connection.execute("PRAGMA synchronous=FULL")
        (mode,) = connection.execute("PRAGMA journal_mode").fetchone()
        if mode != "wal":
            with self._turn():
                connection.execute("PRAGMA journal_mode=WAL")

    def _on_sqlite_checkout(self, _connection: Any, record: Any, _proxy: Any) -> None:
        """Leave a file that was moved away or replaced: what is written there would be lost."""
        if record.info.get("file") != self._file():
            raise exc.DisconnectionError("another file stands in its place")

    def _file(self) -> tuple[int, int] | None:
        """Name the file that stands under the path now."""
        try:
            found = self._path.stat() if self._path is not None else None
        except OSError:
            return None
        return (found.st_dev, found.st_ino) if found else None


def is_ours(
    thing: object, name: str | None, kind: str, is_reflected: bool, compared_to: object
) -> bool:
    """Tell Alembic to leave tables alone that other programs keep beside ours."""
    return not (kind == "table" and is_reflected and compared_to is None)


def _usable(url: str) -> URL:
    try:
        parsed = make_url(url)
    except (exc.ArgumentError, ValueError) as error:
        raise StoreRefused(
            "Địa chỉ cơ sở dữ liệu phải có dạng sqlite:///đường/dẫn/tệp.db hoặc "
            "postgresql://máy/tên."
        ) from error
    match parsed.get_backend_name():
        case "postgresql":
            return parsed.set(drivername="postgresql+psycopg")
        case "sqlite":
            name = parsed.database or ""
            if name in ("", ":memory:") or "mode=memory" in name or name.startswith("file:"):
                raise StoreRefused(
                    "Cơ sở dữ liệu SQLite phải là một tệp trên đĩa (sqlite:///đường/dẫn/tệp.db); "
                    "không giữ văn bản trong bộ nhớ tạm."
                )
            if parsed.host or parsed.query:
                raise StoreRefused(
                    "Địa chỉ SQLite chỉ gồm đường dẫn của tệp (sqlite:///đường/dẫn/tệp.db), không "
                    "có tên máy và không có phần sau dấu “?”."
                )
            return parsed.set(drivername="sqlite")
        case other:
            raise StoreRefused(f"Chỉ dùng được SQLite hoặc PostgreSQL, đang là “{other}”.")


def _engine(url: URL, *, is_sqlite: bool) -> Engine:
    def to_json(value: object) -> str:
        return json.dumps(value, ensure_ascii=False)

    if is_sqlite:
        return create_engine(
            url,
            hide_parameters=True,
            json_serializer=to_json,
            connect_args={"timeout": BUSY_TIMEOUT_MS / 1000},
        )
    return create_engine(
        url,
        hide_parameters=True,
        json_serializer=to_json,
        isolation_level="READ COMMITTED",
        pool_pre_ping=True,
        connect_args={} if "connect_timeout" in url.query else {"connect_timeout": CONNECT_SECONDS},
    )


def _on_postgres_connect(connection: Any, _record: Any) -> None:
    """Wait for no lock for ever, and call nothing written that a power cut would take back."""
    connection.execute(f"SET lock_timeout = {BUSY_TIMEOUT_MS}")
    connection.execute(
        "SELECT set_config('synchronous_commit', 'on', false)"
        " WHERE current_setting('synchronous_commit') = 'off'"
    )
    connection.commit()


def _on_sqlite_begin(connection: Connection) -> None:
    begins: Literal["IMMEDIATE", "DEFERRED"] = connection.get_execution_options().get(
        "begins", "DEFERRED"
    )
    # outside a transaction of its own, so it must go through the driver
    driver = _driver(connection)
    driver.execute(f"PRAGMA query_only={int(begins == 'DEFERRED')}")
    connection.exec_driver_sql(f"BEGIN {begins}")


def _driver(connection: Connection) -> Any:
    return connection.connection.driver_connection


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    return config


def _script() -> ScriptDirectory:
    return ScriptDirectory.from_config(_config())


def _missing_checks(connection: Connection) -> list[str]:
    """Name the CHECK constraints that differ: Alembic does not compare these."""
    inspector = inspect(connection)
    present_tables = set(inspector.get_table_names())
    differences = []
    for table in Model.metadata.sorted_tables:
        if table.name not in present_tables:
            continue
        expected = {
            str(constraint.name)
            for constraint in table.constraints
            if isinstance(constraint, CheckConstraint)
        }
        present = {str(found["name"]) for found in inspector.get_check_constraints(table.name)}
        differences += [f"CHECK {name} is missing" for name in sorted(expected - present)]
        differences += [f"CHECK {name} is not expected" for name in sorted(present - expected)]
    return differences


def _missing_guards(connection: Connection) -> list[str]:
    """Name the triggers that should be there and are not (a rebuilt table loses its own)."""
    sqlite_query = "SELECT name FROM sqlite_master WHERE type='trigger'"
    query = (
        sqlite_query
        if connection.dialect.name == "sqlite"
        else "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal"
    )
    present = set(connection.exec_driver_sql(query).scalars())
    return [f"trigger {name} is missing" for name in EXPECTED_GUARDS if name not in present]


EXPECTED_GUARDS = tuple(
    f"{table}_refuse_{act}"
    for table in (
        "registers",
        "register_entries",
        "documents",
        "document_versions",
        "blobs",
        "audit_entries",
        "audit_heads",
    )
    for act in ("update", "delete")
)
"""The triggers without which an issued document could be changed by raw SQL."""

"""The desk: all that a step of the work needs, in one place.

Tests and notebooks make one of their own; no step reaches for a global.
"""

from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from importlib import metadata
from pathlib import Path
from typing import Final
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from doc_templates.catalogue import Templates
from doc_templates.pdf import Engine
from records.journal import Journal
from records.rules.prizes import Rounding
from records.sealing import Seal, read_seal
from records.store import Store
from service.config import Settings
from service.workflow.derived import Derived

#: Official dates are those of Việt Nam, whatever the clock of the machine says.
VIETNAM: Final = ZoneInfo("Asia/Ho_Chi_Minh")
#: Kept with every paper made: which program made it.
ENGINE: Final = f"trinhky {metadata.version('trinhky')}"


def _utc_now() -> datetime:
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class Desk:
    """Where records are kept, what time it is, and which templates are filled.

    `engines` says what lays out the papers of a kind; `unoserver` is the address of one that
    may be running; `derived` keeps pictures of pages;
    `certificates` is the folder of the sheets that the office prints certificates on;
    `journal` remembers the numbers given on another disk; `rounding` is that of prize money.
    """

    store: Store
    clock: Callable[[], datetime] = field(default=_utc_now)
    templates: Templates = field(default_factory=Templates)
    engines: Mapping[str, Engine] = field(default_factory=dict)
    unoserver: str = ""
    derived: Derived = field(default_factory=Derived)
    certificates: Path | None = None
    journal: Journal | None = None
    rounding: Rounding = Rounding.UP

    def transaction(self) -> AbstractContextManager[Session]:
        """Open the session that may write; see `Store.transaction`."""
        return self.store.transaction()

    def reading(self) -> AbstractContextManager[Session]:
        """Open a session that only looks; see `Store.reading`."""
        return self.store.reading()

    def engine_of(self, kind: str) -> Engine:
        """Give what lays out papers of a kind."""
        return self.engines.get(kind, Engine.AUTO)

    def now(self) -> datetime:
        """Tell the moment, in UTC."""
        return self.clock()

    def today(self) -> date:
        """Tell the day in Việt Nam."""
        return self.clock().astimezone(VIETNAM).date()


def open_desk(settings: Settings) -> Desk:
    """Open the desk of an office by its settings; the database is not looked at yet.

    Raises:
        SealRefused: the file of the key is not there or holds no key.
    """
    return Desk(
        Store(settings.database_url, seal=_seal_of(settings)),
        templates=Templates(settings.templates),
        engines={kind: Engine(engine) for kind, engine in settings.engine_by_kind.items()},
        unoserver=settings.unoserver,
        derived=Derived(settings.derived),
        certificates=settings.certificates,
        journal=Journal(settings.journal) if settings.journal else None,
        rounding=Rounding(settings.rounding),
    )


def _seal_of(settings: Settings) -> Seal | None:
    return read_seal(settings.identity_key) if settings.identity_key else None

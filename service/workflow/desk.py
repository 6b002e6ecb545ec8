"""The desk: all that a step of the work needs, in one place.

Tests and notebooks make one of their own; no step reaches for a global.
"""

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from importlib import metadata
from typing import Final
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from doc_templates.catalogue import Templates
from records.store import Store

#: Official dates are those of Việt Nam, whatever the clock of the machine says.
VIETNAM: Final = ZoneInfo("Asia/Ho_Chi_Minh")
#: Kept with every paper made: which program made it.
ENGINE: Final = f"trinhky {metadata.version('trinhky')}"


def _utc_now() -> datetime:
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class Desk:
    """Where records are kept, what time it is, and which templates are filled."""

    store: Store
    clock: Callable[[], datetime] = field(default=_utc_now)
    templates: Templates = field(default_factory=Templates)

    def transaction(self) -> AbstractContextManager[Session]:
        """Open the session that may write; see `Store.transaction`."""
        return self.store.transaction()

    def reading(self) -> AbstractContextManager[Session]:
        """Open a session that only looks; see `Store.reading`."""
        return self.store.reading()

    def now(self) -> datetime:
        """Tell the moment, in UTC."""
        return self.clock()

    def today(self) -> date:
        """Tell the day in Việt Nam."""
        return self.clock().astimezone(VIETNAM).date()

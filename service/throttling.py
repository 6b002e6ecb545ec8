"""Wrong passwords by address: who guesses many logins from one place is held up.

An account is locked by itself (`access.sign_in`); this holds up whoever tries one password on
many accounts. It is kept in memory, for each process of the server on its own.
"""

import threading
from collections import OrderedDict, deque
from datetime import datetime, timedelta
from typing import Final

from flask import Request

#: So many wrong tries from one address within so long.
MOST_TRIES: Final = 20
WITHIN: Final = timedelta(minutes=15)
#: More addresses than an office has; the one that was wrong longest ago is forgotten first.
_MOST_ADDRESSES: Final = 10_000
_LOOPBACK: Final = ("127.", "::1")


class Throttle:
    """Counts wrong tries; threads share it."""

    def __init__(self) -> None:
        self._tries: OrderedDict[str, deque[datetime]] = OrderedDict()
        self._lock = threading.Lock()

    def wait(self, address: str, now: datetime) -> timedelta:
        """Tell how long an address has to wait; zero: it may try."""
        with self._lock:
            tries = self._tries.get(address)
            if tries is None:
                return timedelta()
            while tries and tries[0] <= now - WITHIN:
                tries.popleft()
            if not tries:
                del self._tries[address]
                return timedelta()
            return tries[0] + WITHIN - now if len(tries) >= MOST_TRIES else timedelta()

    def note_wrong(self, address: str, now: datetime) -> None:
        """Count a wrong try."""
        with self._lock:
            tries = self._tries.setdefault(address, deque(maxlen=MOST_TRIES))
            self._tries.move_to_end(address)
            tries.append(now)
            while len(self._tries) > _MOST_ADDRESSES:
                self._tries.popitem(last=False)


def address_of(request: Request) -> str:
    """Give the address of who asks: behind a proxy on this machine, the one that it names last."""
    direct = request.remote_addr or ""
    named = request.headers.get("X-Forwarded-For", "").rpartition(",")[2].strip()
    return named[:64] if named and direct.startswith(_LOOPBACK) else direct

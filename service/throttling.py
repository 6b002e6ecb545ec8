"""Who comes too often: wrong passwords by address, calls of other systems by key.

An account is locked by itself (`access.sign_in`); this holds up whoever tries one password on
many accounts. All is kept in memory, for each process of the server on its own.
"""

import math
import threading
from collections import OrderedDict, deque
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import ClassVar, Final

#: So many wrong tries from one address within so long.
MOST_TRIES: Final = 20
WITHIN: Final = timedelta(minutes=15)
#: More addresses than an office has; the one that was wrong longest ago is forgotten first.
_MOST_ADDRESSES: Final = 10_000


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


class RateExceeded(Exception):
    """A key calls more often than it may; `wait` is for how many seconds it must not."""

    code: ClassVar[str] = "rate-exceeded"

    def __init__(self, most: int, wait: int) -> None:
        self.wait = wait
        super().__init__(f"Quá {most} lần gọi trong một phút; gọi lại sau {wait} giây.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Allowance:
    """What a caller has left: `most` calls a minute, `left` of them, all again in `reset` s."""

    most: int
    left: int
    reset: int


class Rate:
    """Lets each caller call so often in a minute; a bucket that fills all the time."""

    def __init__(self, most: int) -> None:
        self.most = most
        self._buckets: OrderedDict[str, tuple[float, float]] = OrderedDict()
        self._lock = threading.Lock()

    def take(self, caller: str, now: float) -> Allowance:
        """Take one call; `now` is in seconds.

        Raises:
            RateExceeded: none is left.
        """
        a_second = self.most / 60
        with self._lock:
            left, since = self._buckets.get(caller, (float(self.most), now))
            left = min(float(self.most), left + (now - since) * a_second)
            is_taken = left >= 1
            left -= is_taken
            self._buckets[caller] = (left, now)
            self._buckets.move_to_end(caller)
            while len(self._buckets) > _MOST_ADDRESSES:
                self._buckets.popitem(last=False)
        if not is_taken:
            raise RateExceeded(self.most, math.ceil((1 - left) / a_second))
        reset = math.ceil((self.most - left) / a_second)
        return Allowance(most=self.most, left=int(left), reset=reset)

"""A limit of time that long work asks from time to time."""

import time
from dataclasses import dataclass, field
from typing import Final

from doc_templates.errors import ConversionFailed

#: The clock is looked at once in so many questions.
_EVERY: Final = 64


@dataclass(slots=True)
class Deadline:
    """Ends work that takes longer than `seconds` from now."""

    seconds: float
    _ends: float = field(init=False)
    _asked: int = 0

    def __post_init__(self) -> None:
        self._ends = time.monotonic() + self.seconds

    def check(self) -> None:
        """Go on, or stop.

        Raises:
            ConversionFailed: the time is over.
        """
        self._asked += 1
        if self._asked % _EVERY == 0 and time.monotonic() > self._ends:
            raise ConversionFailed(
                f"Dàn trang tệp này quá {self.seconds:g} giây nên bị dừng. Hãy chia văn bản "
                "thành nhiều tệp, hoặc mở tệp bằng Word và in từ đó."
            )

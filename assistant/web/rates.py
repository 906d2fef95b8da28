"""How often each address may ask: a bucket that fills by the minute and is emptied one question at a time."""

import math
import time
from collections import OrderedDict
from collections.abc import Callable

from index.addresses import is_loopback

MOST_ADDRESSES = 10_000
"""Remembered at a time; the one that asked longest ago is forgotten first."""


class Rates:
    """Used from one thread, the event loop's. This machine itself may ask as it likes."""

    def __init__(self, a_minute: int, clock: Callable[[], float] = time.monotonic) -> None:
        self._most, self._clock = a_minute, clock
        self._left: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def wait(self, address: str) -> int:
        """Counts a question; 0, or the seconds until the next would be taken."""
        if is_loopback(address):
            return 0
        now = self._clock()
        left, since = self._left.pop(address, (float(self._most), now))
        left = min(self._most, left + (now - since) * self._most / 60)
        taken = left >= 1
        self._left[address] = (left - taken, now)
        if len(self._left) > MOST_ADDRESSES:
            self._left.popitem(last=False)
        return 0 if taken else math.ceil((1 - left) * 60 / self._most)

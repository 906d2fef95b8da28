"""Answers are made in threads: so many at a time, others wait, and beyond that a request is refused at once."""

from collections.abc import AsyncGenerator, AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager
from typing import TypeVar

from anyio import CapacityLimiter, Semaphore, to_thread

from assistant.serve.failures import Refused

AT_ONCE = 8
"""Answers composed at the same time. One that waits for an LLM lets others go on; those that compute share cores."""
MOST_WAITING = 256
"""Requests that wait for their turn; with more, the last would wait for minutes."""
T = TypeVar("T")
_END = object()


class Turns:
    """Used from one event loop."""

    def __init__(self, at_once: int = AT_ONCE, most_waiting: int = MOST_WAITING) -> None:
        self._places, self._threads = Semaphore(at_once), CapacityLimiter(at_once)
        self._most, self._open = at_once + most_waiting, 0

    async def run(self, work: Callable[[], T]) -> T:
        """The result of work done in a thread. Raises Refused where too many wait."""
        async with self._place():
            return await to_thread.run_sync(work, limiter=self._threads)

    async def each(self, work: Callable[[], Iterator[T]]) -> AsyncGenerator[T, None]:
        """The items of an iterator, each made in a thread, all in one turn. Who leaves early ends it."""
        async with self._place():
            items = await to_thread.run_sync(work, limiter=self._threads)
            try:
                while (item := await to_thread.run_sync(next, items, _END, limiter=self._threads)) is not _END:
                    yield item  # type: ignore[misc]
            finally:
                if close := getattr(items, "close", None):
                    close()

    @asynccontextmanager
    async def _place(self) -> AsyncIterator[None]:
        if self._open >= self._most:
            raise Refused(503, "Too many questions are waiting. Ask again in a moment.", "busy")
        self._open += 1
        try:
            async with self._places:
                yield
        finally:
            self._open -= 1

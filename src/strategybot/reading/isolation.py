"""Isolation: work on files that nobody vouches for, in child processes with limits of time and memory."""

import multiprocessing
import os
import sys
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future
from types import TracebackType
from typing import Self, TypeVar

from pebble import ProcessExpired, ProcessPool

from strategybot.schema import Frozen

Given = TypeVar("Given")
Made = TypeVar("Made")
PRELOADED = ["strategybot.reading.files"]
"""Imported once, in the process that the children are forked from."""


class Limits(Frozen):
    """What one piece of work may take.

    Attributes:
        seconds: Time from its start.
        megabytes: Address space of the child process, the interpreter's own (about 300 MB) included.
        workers: Pieces of work at a time; 0 for as many as there are processors.
    """

    seconds: float = 300.0
    megabytes: int = 2_000
    workers: int = 0


class IsolationError(Exception):
    """Work did not end well; the message is a reason that reads on after "FILE: "."""


class IsolatedPool:
    """Runs functions of a module's top level in child processes; a child that fails is replaced. Use ``with``."""

    def __init__(self, limits: Limits | None = None) -> None:
        """Remember the limits; processes are started with the first piece of work."""
        self._limits = limits or Limits()
        self._workers = self._limits.workers or os.cpu_count() or 1
        self._pool: ProcessPool | None = None

    def __enter__(self) -> Self:
        """Return the pool itself."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Stop the processes; after an error, at once."""
        if self._pool is None:
            return
        if kind is None:  # nothing is left to do; a process that is still starting is let to start
            self._pool.close()  # type: ignore[no-untyped-call]  # pebble leaves it without types
        else:
            self._pool.stop()  # type: ignore[no-untyped-call]  # as above
        self._pool.join()

    def run(self, function: Callable[..., Made], *arguments: object) -> Made:
        """Run a function in a child process and return what it returns.

        Raises:
            IsolationError: It took too long or too much memory, or its process died.
            Exception: Whatever the function raises.
        """
        return self._value(self._start(function, arguments))

    def map(self, function: Callable[[Given], Made], given: Sequence[Given]) -> Iterator[Made | IsolationError]:
        """Yield what a function makes of each value, in their order, several at a time; errors of limits as values.

        At most a few results wait to be taken, so that memory stays flat.

        Raises:
            Exception: Whatever the function raises.
        """
        waiting: deque[Future[Made]] = deque()
        rest = iter(given)
        for value in rest:
            waiting.append(self._start(function, (value,)))
            if len(waiting) > 2 * self._workers:
                taken = self._take(waiting.popleft())
                yield taken
        while waiting:
            taken = self._take(waiting.popleft())
            yield taken

    def _start(self, function: Callable[..., Made], arguments: tuple[object, ...]) -> Future[Made]:
        if self._pool is None:
            self._pool = ProcessPool(
                max_workers=self._workers,
                initializer=_limit_memory,
                initargs=(self._limits.megabytes,),
                context=_context(),
            )
        return self._pool.schedule(function, args=arguments, timeout=self._limits.seconds)

    def _take(self, future: Future[Made]) -> Made | IsolationError:
        try:
            value = self._value(future)
        except IsolationError as error:
            return error
        return value

    def _value(self, future: Future[Made]) -> Made:
        try:
            return future.result()
        except TimeoutError as error:
            message = f"it took longer than {self._limits.seconds:g} seconds and was given up"
            raise IsolationError(message) from error
        except (MemoryError, ProcessExpired) as error:
            message = f"its reader failed, probably for want of memory ({self._limits.megabytes} MB are allowed)"
            raise IsolationError(message) from error


def run_isolated(
    function: Callable[..., Made], *arguments: object, timeout_s: float = 30.0, megabytes: int = 2_000
) -> Made:
    """Run a function of a module's top level in a child process of its own and return what it returns.

    Raises:
        IsolationError: It took too long or too much memory, or its process died.
        Exception: Whatever the function raises.
    """
    with IsolatedPool(Limits(seconds=timeout_s, megabytes=megabytes, workers=1)) as pool:
        return pool.run(function, *arguments)


def _context() -> multiprocessing.context.BaseContext:
    """Return the way to start processes: forked from a clean one that holds no model, no thread and no open file."""
    if "forkserver" not in multiprocessing.get_all_start_methods():
        return multiprocessing.get_context("spawn")
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(PRELOADED)
    return context


def _limit_memory(megabytes: int) -> None:
    if sys.platform == "win32":  # has no such limit; that of time holds
        return
    import resource  # noqa: PLC0415 - exists on POSIX only

    most = megabytes << 20
    resource.setrlimit(resource.RLIMIT_AS, (most, most))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))

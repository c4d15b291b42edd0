"""A second process that renders beside this one: it gets ready while files are read, then draws meanwhile."""

from __future__ import annotations

import multiprocessing
import os
import sys
from collections.abc import Callable
from concurrent.futures import BrokenExecutor, Future, ProcessPoolExecutor
from contextlib import suppress
from types import TracebackType
from typing import ParamSpec, Self, TypeVar

from pipeline.ingest import child

P = ParamSpec("P")
T = TypeVar("T")


class Aside:
    """What is asked of it is made there; what it cannot make, because it was stopped, is made here.

    It is forked, where that is native, before this process has threads; it inherits no lock and writes nothing.
    """

    def __init__(self) -> None:
        self._pool: ProcessPoolExecutor | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._pool is not None:
            self._pool.shutdown(wait=False, cancel_futures=True)

    def ask(self, make: Callable[P, T], *args: P.args, **more: P.kwargs) -> Callable[[], T]:
        """Have something made; what is returned, when called, waits for it. `make` knows only what it is given."""
        if self._pool is None:
            context = multiprocessing.get_context("fork" if sys.platform == "linux" else "spawn")
            self._pool = ProcessPoolExecutor(1, mp_context=context, initializer=child.begin, initargs=(os.getpid(),))
        asked: list[Future[T]] = []
        with suppress(BrokenExecutor):
            asked.append(self._pool.submit(make, *args, **more))

        def wait() -> T:
            with suppress(BrokenExecutor):
                for future in asked:
                    return future.result()
            return make(*args, **more)

        return wait

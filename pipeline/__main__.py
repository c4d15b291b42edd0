"""`python -m pipeline`, and the console script: the command line in a process of its own, which is soon over."""

import gc
import os
import sys
import threading
from contextlib import suppress

from pipeline.cli import main

_RARELY = (50_000, 20, 10)
"""Little is made that refers to itself; to look for it as often as Python does costs a seventh of a run."""


def run() -> None:
    """Run one command and leave with its exit code."""
    gc.set_threshold(*_RARELY)
    try:
        main()
    except SystemExit as end:
        _leave(end.code if isinstance(end.code, int) else 0)


def _leave(code: int) -> None:
    """Every file is closed by now; to take apart all that was loaded would cost half a second."""
    for thread in threading.enumerate():
        if thread is not threading.current_thread() and not thread.daemon:
            thread.join()
    for stream in (sys.stdout, sys.stderr):
        with suppress(OSError):  # whoever read it has gone
            stream.flush()
    os._exit(code)


if __name__ == "__main__":
    run()

"""What every process that we start does first: it is silent, leaves stops by keyboard to its parent, ends with it."""

from __future__ import annotations

import ctypes
import faulthandler
import gc
import os
import signal
import sys
from contextlib import suppress

_LIBC = ctypes.CDLL(None) if sys.platform == "linux" else None
_DIE_WITH_PARENT = 1
"""PR_SET_PDEATHSIG of prctl(2)."""


def begin(parent: int) -> None:
    """Make this process a child that costs its parent (a process id) nothing: called once, when it starts.

    What a library in panic prints would stand over the clerk's screen. A process asked to end does so at once, and
    not when the library that it is in comes back; it has nothing to clean up. Where the parent is killed, Linux
    kills the child.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    faulthandler.disable()
    gc.freeze()
    with suppress(OSError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), 2)
    if _LIBC is not None:
        _LIBC.prctl(_DIE_WITH_PARENT, signal.SIGKILL)
        if os.getppid() != parent:  # it ended before it could be told
            os._exit(1)

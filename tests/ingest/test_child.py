"""A child process is silent, ends at once when asked to, and never outlives its parent."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
linux_only = pytest.mark.skipif(sys.platform != "linux", reason="only Linux ends children with their parent")

FORKED = """
import os, time
from pipeline.ingest import child
parent = os.getpid()
if os.fork() == 0:
    child.begin(parent)
    os.write(2, b"a word")
    print(os.getpid(), flush=True)
    time.sleep(60)
time.sleep(60)
"""
LATE = """
import os
from pipeline.ingest import child
if os.fork() == 0:
    child.begin(1)
    os._exit(0)
print(os.waitstatus_to_exitcode(os.wait()[1]))
"""
POOL = """
import os, sys, time
from pathlib import Path
from pipeline.ingest.worker import open_all

def tell_and_sleep(key, opened):
    Path(key).write_text(str(os.getpid()))
    time.sleep(60)

next(open_all([(name, Path(name)) for name in sys.argv[1:]], tell_and_sleep))
"""


def is_alive(process):
    try:
        state = Path(f"/proc/{process}/stat").read_text("ascii").rpartition(")")[2].split()[0]
    except (FileNotFoundError, ProcessLookupError):
        return False
    return state != "Z"


def comes_true(condition, seconds=10):
    deadline = time.monotonic() + seconds
    while not condition() and time.monotonic() < deadline:
        time.sleep(0.02)
    return condition()


def started(script, *arguments):
    return subprocess.Popen(
        [sys.executable, "-c", script, *map(str, arguments)],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


@linux_only
def test_a_killed_parent_leaves_no_child():
    with started(FORKED) as parent:
        child = int(parent.stdout.readline())
        assert is_alive(child)
        parent.kill()
    assert comes_true(lambda: not is_alive(child))


@linux_only
def test_a_child_whose_parent_has_ended_already_does_not_begin():
    with started(LATE) as parent:
        assert parent.communicate() == ("1\n", "")


@linux_only
def test_a_child_says_nothing_and_ends_when_asked_to_whatever_it_is_in():
    with started(FORKED) as parent:
        child = int(parent.stdout.readline())
        os.kill(child, signal.SIGINT)
        time.sleep(0.05)
        assert is_alive(child)
        os.kill(child, signal.SIGTERM)
        assert comes_true(lambda: not is_alive(child))
        parent.kill()
        assert parent.communicate()[1] == ""


@linux_only
def test_no_reader_stays_behind_a_run_that_was_killed(tmp_path):
    """Readers that are busy do not see that nobody waits for them."""
    files = [tmp_path / "甲", tmp_path / "乙"]
    for file in files:
        file.write_bytes(b"x" * 2**20)  # large enough to travel alone
    with started(POOL, *files) as parent:
        assert comes_true(lambda: all(file.read_bytes()[:1].isdigit() for file in files))
        readers = [int(file.read_text()) for file in files]
        assert all(map(is_alive, readers)) and len(set(readers)) == 2
        parent.kill()
    assert comes_true(lambda: not any(map(is_alive, readers)))

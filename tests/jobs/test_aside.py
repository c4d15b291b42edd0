"""What a second process makes is what this one would make, and its end, however it comes, costs nothing but time."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from pipeline.errors import TemplateBroken
from pipeline.jobs.aside import Aside

ROOT = Path(__file__).parents[2]


def _refuse() -> None:
    raise TemplateBroken("模板坏了。")


def _die_unless(process: int) -> int:
    if os.getpid() != process:
        os.kill(os.getpid(), signal.SIGKILL)
    return process


def _complain() -> None:
    os.write(2, b"a word\n")


def test_what_is_asked_is_made_in_another_process_in_the_order_asked():
    with Aside() as aside:
        numbers = [aside.ask(divmod, 17, by) for by in (3, 5)]
        where = aside.ask(os.getpid)
        assert [number() for number in numbers] == [(5, 2), (3, 2)]
        assert where() != os.getpid()


def test_what_fails_there_fails_here():
    with Aside() as aside, pytest.raises(TemplateBroken, match="模板坏了"):
        aside.ask(_refuse)()


def test_what_it_dies_of_is_made_here_and_all_that_is_asked_later():
    here = os.getpid()
    with Aside() as aside:
        assert aside.ask(_die_unless, here)() == here
        assert aside.ask(os.getpid)() == here


def test_it_says_nothing_and_leaves_stops_by_keyboard_to_its_parent(capfd):
    with Aside() as aside:
        aside.ask(_complain)()
        assert aside.ask(signal.raise_signal, signal.SIGINT)() is None
        assert aside.ask(os.getpid)() != os.getpid()
    assert capfd.readouterr() == ("", "")


def test_nothing_asked_nothing_begun():
    with Aside():
        children = Path(f"/proc/self/task/{os.getpid()}/children")
        if not children.is_file():
            pytest.skip("this system does not list children")
        before = children.read_text("ascii")
    assert children.read_text("ascii") == before


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux ends children with their parent")
def test_a_killed_parent_leaves_no_child():
    script = (
        "import os, time\n"
        "from pipeline.jobs.aside import Aside\n"
        "with Aside() as aside:\n"
        "    print(aside.ask(os.getpid)(), flush=True)\n"
        "    time.sleep(60)\n"
    )
    with subprocess.Popen([sys.executable, "-c", script], cwd=ROOT, stdout=subprocess.PIPE, text=True) as parent:
        child = int(parent.stdout.readline())
        assert _is_alive(child)
        parent.kill()
    deadline = time.monotonic() + 10
    while _is_alive(child) and time.monotonic() < deadline:
        time.sleep(0.02)
    assert not _is_alive(child)


def _is_alive(process: int) -> bool:
    try:
        state = Path(f"/proc/{process}/stat").read_text("ascii").rpartition(")")[2].split()[0]
    except (FileNotFoundError, ProcessLookupError):
        return False
    return state != "Z"

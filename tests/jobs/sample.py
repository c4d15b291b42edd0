"""The sample submissions as an inbox, and the program as a clerk runs it: a whole process."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import openpyxl

ROOT = Path(__file__).resolve().parents[2]
SAMPLE = ROOT / "sample_data"
AS_OF = "2018-04-10"


def inbox_of(folder: Path, *months: str, only: str = "") -> Path:
    """An inbox with the sample files about these months, all or those whose name holds a word."""
    inbox = folder / "inbox"
    for month in months:
        for file in sorted((SAMPLE / month).iterdir()):
            if only in file.name or file.name == "收件登记.csv":
                (inbox / month).mkdir(parents=True, exist_ok=True)
                shutil.copy2(file, inbox / month / file.name)
    return inbox


def received_late(inbox: Path, month: str, word: str, when: str) -> None:
    """Rewrite the register 「收件登记.csv」 of a month: files whose name holds a word came in by mail at this time."""
    register = inbox / month / "收件登记.csv"
    rows = register.read_text("utf-8-sig").splitlines()
    late = [f"{row.split(',')[0]},{when},邮件,," if word in row else row for row in rows]
    register.write_text("\n".join(late) + "\n", "utf-8-sig")


def pipeline(*words: str, env: dict | None = None, cwd: Path = ROOT, **extra) -> subprocess.CompletedProcess:
    """Run `python -m pipeline …` and wait."""
    return subprocess.run(
        [sys.executable, "-m", "pipeline", *map(str, words)],
        capture_output=True,
        text=True,
        cwd=cwd,
        env={**os.environ, **(env or {})},
        check=False,
        timeout=240,
        **extra,
    )


def asked(*words: str, **extra) -> dict:
    """The same with --json, parsed."""
    done = pipeline(*words, "--json", **extra)
    assert not done.stderr, done.stderr
    told = json.loads(done.stdout)
    assert told["exit"] == done.returncode
    return told


def tree(folder: Path) -> dict[str, bytes]:
    """Every file under a folder with its bytes."""
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


def changed_copy(source, target, labels, change):
    """A copy of an upright form in which the number in the row of this label, or of each of these, is changed."""
    book = openpyxl.load_workbook(source)
    for label in (labels,) if isinstance(labels, str) else labels:
        row = next(r for r in book.active.iter_rows() if r[0].value == label)
        cell = next(c for c in row[3:] if isinstance(c.value, int | float))
        cell.value = change(cell.value)
    target.parent.mkdir(parents=True, exist_ok=True)
    book.save(target)

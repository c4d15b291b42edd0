"""The README's five steps, typed word by word in a copy of the tree, as a first-time user would."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.test_promises import ROOT, _tree

WALK = re.search(r"^## 第一次用，走五步\n(.*?)^## ", (ROOT / "README.md").read_text("utf-8"), re.DOTALL | re.MULTILINE)[
    1
]
STEPS = re.findall(r"^\*\*(第.步) ", WALK, re.MULTILINE)
COMMANDS = [line for block in re.findall(r"```\n(.*?)```", WALK, re.DOTALL) for line in block.splitlines()]


@pytest.fixture(scope="module")
def walked(tmp_path_factory):
    """What each command printed, and the tree that it was typed in; the program's environment is the one of this run."""
    tree = tmp_path_factory.mktemp("walk") / "tree"
    for path in _tree():
        if path.relative_to(ROOT).parts[0] != "tests":
            target = tree / path.relative_to(ROOT)
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(path, target)
            os.utime(target, (0, 0))  # older than the environment: make has nothing to install anew into it
    (tree / ".venv").symlink_to(Path(sys.prefix))
    clean = {name: value for name, value in os.environ.items() if not name.startswith("MAKE") and name != "MFLAGS"}
    told = []
    for command in COMMANDS:  # as from a terminal, although `make test` may have started this
        done = subprocess.run(
            ["bash", "-c", command], cwd=tree, env=clean, capture_output=True, text=True, timeout=300, check=False
        )
        told.append((command, done))
        if command.startswith("make print"):
            shutil.copytree(tree / "output", tree.parent / "printed")
    return told, tree


def test_it_has_five_steps():
    assert STEPS == ["第一步", "第二步", "第三步", "第四步", "第五步"]


def test_every_command_does_what_it_says(walked):
    told, _ = walked
    assert [(command, done.stderr[-500:]) for command, done in told if done.returncode] == []
    assert [command for command, done in told if "Traceback" in done.stdout + done.stderr] == []


@pytest.mark.parametrize(
    ("command", "last"),
    [
        ("make monthly", "尚不齐全（草稿）"),
        ("make monthly PERIOD=2018-03", "下一步："),
        ("make status PERIOD=2018-03", "请汉阴农商银行、宁陕农商银行、平利农商银行等4家按退回单答复"),
        ("make monthly PERIOD=2018-02 FINAL=1", "2018年2月已正式发布。"),
        ("make print PERIOD=2018-02", "附件1-5.pdf"),
    ],
)
def test_the_last_line_says_how_it_stands(walked, command, last):
    (done,) = [done for typed, done in walked[0] if typed == command]
    assert last in done.stdout.strip().splitlines()[-1]


def test_the_finding_that_the_readme_explains_is_the_samples(walked):
    (explain,) = [command for command in COMMANDS if " explain " in command]
    (monthly,) = [done for typed, done in walked[0] if typed == "make monthly PERIOD=2018-03"]
    assert re.search(r"explain (F\w+)", explain)[1] in monthly.stdout


def test_what_was_promised_lay_there_and_practice_leaves_nothing(walked):
    _, tree = walked
    printed = tree.parent / "printed"
    assert (printed / "sample/output/2018-03/index.html").is_file()
    assert (printed / "2018-02/附件1-5.pdf").read_bytes().startswith(b"%PDF")
    assert (printed / "2018-03/附件1-5 数据表.xlsx").is_file()
    assert sorted(path.name for path in (tree / "output").iterdir() if path.name != ".gitkeep") == ["sample"]
    assert not (tree / "inbox").exists() and not (tree / "store").exists()

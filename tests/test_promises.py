"""What is promised is kept: help for every option, a target for every word of the README, a schema for every --json."""

from __future__ import annotations

import json
import os
import re
import subprocess
import tomllib
import zipfile
from fnmatch import fnmatch
from pathlib import Path

import click
import pytest
from jsonschema.validators import validator_for

from pipeline.cli import main

ROOT = Path(__file__).parents[1]
CONTRACT = ROOT / "schemas" / "contract"
CHINESE = re.compile(r"[\u4e00-\u9fff]")
COMMANDS = dict(sorted(main.commands.items()))
PRINTS_JSON = {name for name, command in COMMANDS.items() if any("--json" in p.opts for p in command.params)}
LOCKS = ("requirements.lock", "requirements-dev.lock")


def _text(name: str) -> str:
    return (ROOT / name).read_text("utf-8")


# ------------------------------------------------------------------ the command line


@pytest.mark.parametrize("command", COMMANDS.values(), ids=COMMANDS)
def test_a_command_says_in_chinese_what_it_does(command):
    assert CHINESE.search(command.help or "")
    assert command.get_short_help_str(limit=200).endswith("。")


@pytest.mark.parametrize("command", COMMANDS.values(), ids=COMMANDS)
def test_an_option_says_in_chinese_what_it_does(command):
    options = [parameter for parameter in command.params if isinstance(parameter, click.Option)]
    assert options
    assert not [option.name for option in options if not CHINESE.search(option.help or "")]


@pytest.mark.parametrize("command", COMMANDS.values(), ids=COMMANDS)
def test_what_a_clerk_has_to_fill_in_has_a_chinese_name(command):
    filled_in = [parameter for parameter in command.params if not getattr(parameter, "is_flag", False)]
    assert not [parameter.name for parameter in filled_in if not CHINESE.search(parameter.metavar or "")]


@pytest.mark.parametrize("command", sorted(PRINTS_JSON))
def test_what_a_command_prints_as_json_has_a_schema(command):
    schema = json.loads((CONTRACT / f"{command}.schema.json").read_text("utf-8"))
    validator_for(schema).check_schema(schema)
    assert schema["properties"]["schema"] == {"const": f"{command}/1"}
    assert {"schema", "status", "exit", "message", "data"} <= set(schema["required"])


def test_no_schema_is_left_over():
    assert {path.name.removesuffix(".schema.json") for path in CONTRACT.iterdir()} == PRINTS_JSON


# ------------------------------------------------------------------ make, and what is written about it


def _targets() -> dict[str, str]:
    """The Makefile's targets that have a description, with it."""
    return dict(re.findall(r"^([a-z0-9-]+):.*## (.+)$", _text("Makefile"), re.MULTILINE))


def _told_to_make(document: str) -> set[str]:
    code = re.findall(r"```.*?```|`[^`]+`", _text(document), re.DOTALL)
    return {
        word
        for span in code
        for words in re.findall(r"\bmake((?: [a-z0-9-]+)+)\b(?!=)", span)
        for word in words.split()
    }


def test_every_make_target_says_in_chinese_what_it_does():
    targets = _targets()
    phony = set(re.search(r"^\.PHONY: (.+)$", _text("Makefile"), re.MULTILINE)[1].split())
    assert targets.keys() == phony
    assert not [name for name, what in targets.items() if not CHINESE.search(what)]


def test_the_readme_names_every_make_target_and_no_other():
    assert _told_to_make("README.md") == _targets().keys()


def test_contributors_are_told_targets_that_exist():
    assert _told_to_make("CONTRIBUTING.md") <= _targets().keys()


@pytest.mark.parametrize("document", ["README.md", "CONTRIBUTING.md", "docs/sample_data.md"])
def test_links_lead_somewhere(document):
    links = re.findall(r"\]\(([^)#\s]+)", _text(document))
    inside = [link for link in links if "://" not in link]
    assert not [link for link in inside if not (ROOT / document).parent.joinpath(link).exists()]


def test_the_places_that_contributors_are_sent_to_exist():
    """`<form>` stands for any name; a place may be named as seen from the program's own folder."""
    named = re.findall(r"`([\w./<>-]+)`", _text("CONTRIBUTING.md"))
    places = [re.sub(r"<\w+>", "*", name).rstrip("/") for name in named if "/" in name or name.endswith(".py")]
    assert len(places) > 20
    assert not [place for place in places if not (any(ROOT.glob(place)) or any((ROOT / "pipeline").glob(place)))]


# ------------------------------------------------------------------ what is installed


def _requirements(lock: str) -> dict[str, str]:
    """Each requirement of a lock file by name, with its version, markers and hashes."""
    logical = _text(lock).replace("\\\n", " ").splitlines()
    return {re.match(r"[\w.-]+", line)[0]: line for line in logical if line.strip() and not line.startswith("#")}


@pytest.mark.parametrize("lock", LOCKS)
def test_every_requirement_is_pinned_with_hashes(lock):
    pinned = re.compile(r"[\w.-]+(\[[\w,-]+\])?==[\w.]+( ;[^\\]*?)?(\s+--hash=sha256:[0-9a-f]{64})+\s*")
    assert not [name for name, line in _requirements(lock).items() if not pinned.fullmatch(line)]


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_names_no_host(lock):
    assert not re.search(r"://|index-url|find-links|@", _text(lock))


def test_what_the_project_asks_for_is_locked():
    project = tomllib.loads(_text("pyproject.toml"))["project"]
    developers = project["optional-dependencies"]["dev"]
    for lock, wanted in zip(LOCKS, (project["dependencies"], project["dependencies"] + developers), strict=True):
        assert {re.match(r"[\w.-]+", name)[0] for name in wanted} <= _requirements(lock).keys()


def test_developers_test_what_the_office_runs():
    office, developers = map(_requirements, LOCKS)
    assert office.items() <= developers.items()


# ------------------------------------------------------------------ what lies in the tree


def _tree() -> list[Path]:
    """What a commit would hold; in a copy without git, what lies there and is not ignored."""
    listing = ["git", "-c", "safe.directory=*", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    if (ROOT / ".git").exists():
        names = subprocess.run(listing, cwd=ROOT, capture_output=True, check=True).stdout
        return [path for name in names.split(b"\0") if (path := ROOT / os.fsdecode(name)).is_file()]
    ignored = [line.strip("/").removesuffix("/*") for line in _text(".gitignore").split() if line[0] != "!"]
    below = [path for path in ROOT.rglob("*") if path.is_file()]
    return [p for p in below if not any(fnmatch(part, i) for part in p.relative_to(ROOT).parts for i in ignored)]


def _contents(path: Path) -> list[bytes]:
    if not zipfile.is_zipfile(path):
        return [path.read_bytes()]
    with zipfile.ZipFile(path) as package:
        return [package.read(name) for name in package.namelist()]


def test_the_tree_knows_no_machine():
    home = re.compile(rb"(?<![\w.-])/(?:root|work|home|Users)/")
    assert not [path for path in _tree() if any(home.search(content) for content in _contents(path))]


def test_workbooks_lie_only_where_they_are_invented():
    """What a bank really sent must never enter the tree."""
    office = {".xlsx", ".xls", ".docx", ".doc"}
    invented = {"sample_data", "templates", "tests"}
    found = {path.relative_to(ROOT) for path in _tree() if path.suffix.lower() in office}
    assert not [path for path in found if path.parts[0] not in invented]

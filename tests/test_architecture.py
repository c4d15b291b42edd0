"""The house keeps its shape: what may import what, how long things may be, what they may not be called."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache
from itertools import pairwise
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
HOUSE = "pipeline"

FLOORS = (
    {"__main__"},
    {"cli"},
    {"jobs"},
    {"ingest", "validate", "transform", "render"},
    {"store"},
    {"catalog"},
)
"""The rooms from top to bottom, as CONTRIBUTING.md has them: a room imports from the floors below and the leaves, never from a neighbour."""

LEAVES: dict[str, set[str]] = {
    "periods": {"errors"},
    "money": {"errors"},
    "model": set(),
    "errors": set(),
    "privacy": set(),
    "working_days": set(),
}
"""What every room may import, and the little that these import themselves."""

OWNERS = {
    "sqlalchemy": "store/",
    "pandera": "validate/columns.py",
    "yaml": "catalog/",
    "python_calamine": "ingest/calamine.py",
    "xlsxwriter": "render/workbook.py",
    "matplotlib": "render/charts_canvas.py",
    "jinja2": "render/template.py",
    "docx": "render/word.py",
    "docxtpl": "render/letters.py",
    "chinese_calendar": "working_days.py",
}
"""Libraries that only one place knows, so that another library in their stead changes one place."""

NAMES_OF_NOTHING = {"utils", "util", "helpers", "helper", "common", "misc"}

LONGEST_FILE = 400
LONGEST_FUNCTION = 50
LONGER_FUNCTIONS: dict[str, str] = {}
"""`file:function` → why it may be longer than others."""


def _files(*folders: str) -> list[Path]:
    return sorted(path for folder in folders for path in (ROOT / folder).rglob("*.py"))


OURS = _files(HOUSE)
SAMPLE = _files("tests/generator")
ALL = [*OURS, *SAMPLE, *_files("tests")]


def _named(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


@cache
def _tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text("utf-8"))


def _imports(path: Path) -> Iterator[tuple[str, str]]:
    """Place and full dotted name of everything that a file imports: at the top, in functions, for types only."""
    for node in ast.walk(_tree(path)):
        if isinstance(node, ast.Import):
            yield from ((f"{_named(path)}:{node.lineno}", alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            module = "." * node.level + (node.module or "")
            yield from ((f"{_named(path)}:{node.lineno}", f"{module}.{alias.name}") for alias in node.names)


def _room_of(path: Path) -> str:
    return path.relative_to(ROOT / HOUSE).with_suffix("").parts[0]


ROOMS = {_room_of(path) for path in OURS} - {"__init__"}


def _room_in(dotted: str) -> str | None:
    """The room that a name is imported from; None for other libraries, and for the package's own version."""
    house, _, rest = dotted.partition(".")
    room = rest.partition(".")[0]
    return room if house == HOUSE and room in ROOMS else None


def _may_import(room: str) -> set[str]:
    if room == "__init__":
        return set()
    if room in LEAVES:
        return {room, *LEAVES[room]}
    floor = next(number for number, rooms in enumerate(FLOORS) if room in rooms)
    return {room, *LEAVES}.union(*FLOORS[floor + 1 :])


def test_every_room_is_on_the_plan():
    """A new room needs its floor before anything can be said about it."""
    assert set(LEAVES).union(*FLOORS) == ROOMS


def test_imports_go_downward_only():
    wrong = [
        f"{place} imports {dotted}"
        for path in OURS
        for place, dotted in _imports(path)
        if (other := _room_in(dotted)) and other not in _may_import(_room_of(path))
    ]
    assert not wrong


@pytest.mark.parametrize(
    ("why", "room", "other", "allowed"),
    [
        ("conductors use every room", "jobs", "render", True),
        ("a stage may use the store", "validate", "store", True),
        ("a stage may not know another, even the one before it", "validate", "ingest", False),
        ("nor the one after it", "transform", "render", False),
        ("the store does not know who fills it", "store", "ingest", False),
        ("the catalogue knows no data", "catalog", "store", False),
        ("the catalogue has dates", "catalog", "periods", True),
        ("a leaf may complain", "periods", "errors", True),
        ("but leaves are not friends otherwise", "periods", "model", False),
        ("nor these two", "money", "periods", False),
        ("model stands alone", "model", "errors", False),
        ("errors stand alone", "errors", "money", False),
        ("nobody calls the command line", "jobs", "cli", False),
        ("only its own door does", "__main__", "cli", True),
    ],
)
def test_the_plan_says_what_the_design_says(why, room, other, allowed):
    assert (other in _may_import(room)) is allowed


def test_imports_are_written_in_full():
    assert not [place for path in ALL for place, dotted in _imports(path) if dotted.startswith(".")]


def _module_named(path: Path) -> str:
    return ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")


MODULES = {_module_named(path): path for path in OURS}


def _needed_at_once(name: str) -> set[str]:
    """The modules that are loaded before this one is, with the packages they lie in, but not those it lies in itself."""
    found: set[str] = set()
    for node in _tree(MODULES[name]).body:
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            found |= {node.module or "", *(f"{node.module}.{alias.name}" for alias in node.names)}
    packages = {other.rpartition(".")[0] for other in found}
    return {other for other in found | packages if other in MODULES and not f"{name}.".startswith(f"{other}.")}


def test_a_module_can_be_loaded_by_itself():
    """Two that need each other load in one order only, by accident; inside a room nothing else forbids it."""
    done: set[str] = set()

    def follow(name: str, way: tuple[str, ...]) -> None:
        assert name not in way, f"these need each other: {' → '.join((*way, name))}"
        if name not in done:
            for other in sorted(_needed_at_once(name)):
                follow(other, (*way, name))
            done.add(name)

    for name in sorted(MODULES):
        follow(name, ())


def test_the_simulated_truth_does_not_come_from_the_program():
    """Tests compare with the sample's figures: it may share the program's units of measure, but nothing that counts."""
    borrowed = {room for path in SAMPLE for _, dotted in _imports(path) if (room := _room_in(dotted))}
    assert borrowed <= {"periods", "money", "errors"}


def test_the_program_needs_neither_sample_nor_tests():
    foreign = {"tests", "pytest", "hypothesis"}
    assert not [place for path in OURS for place, dotted in _imports(path) if dotted.partition(".")[0] in foreign]


@pytest.mark.parametrize(("library", "owner"), OWNERS.items())
def test_a_library_has_one_owner(library, owner):
    strangers = [
        f"{place}: {dotted}"
        for path in OURS
        for place, dotted in _imports(path)
        if dotted.partition(".")[0] == library and not place.startswith(f"{HOUSE}/{owner}")
    ]
    assert not strangers


def test_a_file_can_be_read_in_one_sitting():
    lengths = {_named(path): len(path.read_text("utf-8").splitlines()) for path in ALL}
    assert not {name: lines for name, lines in lengths.items() if lines > LONGEST_FILE}


def test_a_function_fits_on_a_screen():
    longer = {
        f"{_named(path)}:{node.name}"
        for path in ALL
        for node in ast.walk(_tree(path))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and node.end_lineno - node.lineno >= LONGEST_FUNCTION
    }
    assert longer - LONGER_FUNCTIONS.keys() == set()
    assert LONGER_FUNCTIONS.keys() - longer == set(), "an exception that is needed no more"


def test_a_module_is_called_after_what_it_does():
    assert not [_named(path) for path in ALL if {*path.relative_to(ROOT).with_suffix("").parts} & NAMES_OF_NOTHING]


def test_whoever_catches_everything_says_why():
    """In a comment on the line, or on the one above it; `noqa` alone is no reason."""
    silent = []
    for path in ALL:
        lines = path.read_text("utf-8").splitlines()
        for above, line in pairwise(["", *lines]):
            catch, _, comment = line.partition("#")
            reason = re.sub(r"noqa(: [A-Z]+\d+)?", "", comment) + (above if above.lstrip().startswith("#") else "")
            if re.match(r"\s*except\b(\s*:|.*\b(Base)?Exception\b)", catch) and not re.search(r"\w", reason):
                silent.append(f"{_named(path)}: {line.strip()}")
    assert not silent

"""From schemas/ to a checked catalogue."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from typing import TypeVar

from pipeline.catalog.annexes import AnnexFamily, AnnexLayout
from pipeline.catalog.catalog import Catalog, Profile
from pipeline.catalog.checks import CHECKS
from pipeline.catalog.dated import Entry
from pipeline.catalog.drafts import Draft, Mistakes, Read
from pipeline.catalog.entries import build
from pipeline.catalog.forms import Form, Layout
from pipeline.catalog.imports import ImportForm
from pipeline.catalog.overlay import Register, calendar_gaps, laid_over, register_of
from pipeline.catalog.policy import Parameter, Policy
from pipeline.catalog.registers import AreaRegister, UnitRegister
from pipeline.catalog.sayings import Sayings
from pipeline.catalog.sources import Source, read_source
from pipeline.catalog.tables import DataTable
from pipeline.errors import CatalogError, RegisterMistake, UsageError

E = TypeVar("E", bound=Entry)


def load_catalog(profile: str = "ankang", root: Path | None = None, register: Register | None = None) -> Catalog:
    """Everything that a profile uses, checked.

    Args:
        profile: The name of a folder under schemas/profiles/.
        root: The schemas folder; by default the one beside the package.
        register: Reporting units and deadlines that go before the profile's.

    Raises:
        UsageError: There is no such profile.
        CatalogError: A file is wrong; the message is one sentence with file and line.
    """
    draft = _drafted(profile, root, register)
    for mistake in _mistakes(draft):
        raise mistake
    return _catalog(draft)


def register_mistakes(profile: str, register: Register) -> list[RegisterMistake]:
    """Everything that is wrong with a register over this profile, of which every value is of the right kind.

    Raises:
        CatalogError: A file under schemas/ is wrong.
    """
    found: list[RegisterMistake] = []
    for mistake in _mistakes(_drafted(profile, None, register)):
        if not isinstance(mistake, RegisterMistake):
            raise mistake
        found.append(mistake)
    return found


def _drafted(profile: str, root: Path | None, register: Register | None) -> Draft:
    root = root or schemas_root()
    known = profiles(root)
    if profile not in known:
        raise UsageError(f"没有名为“{profile}”的地区配置，现有：{'、'.join(known)}，请改用其中之一。")
    draft = _read(root, profile)
    if register is None or register.content == register_of(_catalog(draft)).content:
        return draft  # what says the same makes no other catalogue: nothing is derived or released anew for it
    return laid_over(draft, register)


def _mistakes(draft: Draft) -> Mistakes:
    for check in (*CHECKS, calendar_gaps):
        yield from check(draft)


def _catalog(draft: Draft) -> Catalog:
    return Catalog(
        profile=draft.profile.entry,
        areas=draft.areas.entry,
        units=draft.units.entry,
        forms={form.entry.code: form.entry for form in draft.forms},
        layouts=tuple(layout.entry for layout in draft.layouts),
        policy=Policy(parameters={parameter.entry.name: parameter.entry for parameter in draft.parameters}),
        annexes=_by_number(layout for family in draft.annexes for layout in family.entry.layouts),
        tables=tuple(table.entry for table in draft.tables),
        fingerprint=_fingerprint(draft.sources),
        imports={form.entry.code: form.entry for form in draft.imports},
        sayings=draft.sayings.entry,
    )


@lru_cache(maxsize=1)
def common_sayings() -> Sayings:
    """The words that are no profile's, for readers that are not given the catalogue."""
    return _one(Sayings, schemas_root(), "sayings.yaml").entry


def profiles(root: Path | None = None) -> list[str]:
    """The names of all profiles."""
    return sorted(path.parent.name for path in ((root or schemas_root()) / "profiles").glob("*/profile.yaml"))


def schemas_root() -> Path:
    """The schemas folder: beside the package in a checkout, inside it where it was installed."""
    package = Path(__file__).resolve().parents[1]
    for candidate in (package.parent / "schemas", package / "schemas"):
        if (candidate / "profiles").is_dir():
            return candidate
    raise CatalogError(f"{package.parent / 'schemas'}：找不到 schemas 文件夹，请从完整的程序目录运行。")


def _read(root: Path, profile: str) -> Draft:
    own = f"profiles/{profile}"
    return Draft(
        folder=profile,
        profile=_one(Profile, root, f"{own}/profile.yaml"),
        areas=_one(AreaRegister, root, f"{own}/areas.yaml"),
        units=_one(UnitRegister, root, f"{own}/institutions.yaml"),
        forms=_all(Form, root, "forms"),
        layouts=_all(Layout, root, "layouts"),
        parameters=tuple(_parameters(root, f"policy/{profile}")),
        annexes=_all(AnnexFamily, root, "annexes"),
        tables=_all(DataTable, root, "tables"),
        imports=_all(ImportForm, root, "imports"),
        sayings=_one(Sayings, root, "sayings.yaml"),
    )


def _one(model: type[E], root: Path, name: str) -> Read[E]:
    source = _source(root, name)
    return Read(source, build(model, source.data, source))


def _all(model: type[E], root: Path, folder: str) -> tuple[Read[E], ...]:
    return tuple(_one(model, root, name) for name in _names(root, folder))


def _parameters(root: Path, folder: str) -> Iterable[Read[Parameter]]:
    for name in _names(root, folder):
        source = _source(root, name)
        if not isinstance(source.data, dict):
            raise source.mistake((), "应当是若干“参数名: 内容”，请改正。")
        for key, body in source.data.items():
            if not isinstance(body, dict):
                raise source.mistake((key,), f"政策参数 {key} 应当写有 title、unit、values，请补写。")
            data = {**body, "name": key, "path": source.label}
            yield Read(source, build(Parameter, data, source, (key,)), (key,))


def _by_number(layouts: Iterable[AnnexLayout]) -> dict[int, AnnexLayout]:
    return {layout.number: layout for layout in sorted(layouts, key=lambda layout: layout.number)}


def _names(root: Path, folder: str) -> list[str]:
    return sorted(f"{folder}/{path.name}" for path in (root / folder).glob("*.yaml"))


def _source(root: Path, name: str) -> Source:
    return read_source(root / name, f"schemas/{name}")


def _fingerprint(sources: Iterable[Source]) -> str:
    """Changes with any byte and with any name of the files that were read."""
    whole = sha256()
    for source in sorted(sources, key=lambda s: s.label):
        whole.update(f"{source.label}\0{len(source.content)}\0".encode())
        whole.update(source.content)
    return whole.hexdigest()

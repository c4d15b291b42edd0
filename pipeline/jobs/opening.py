"""The catalogue of a workspace: the profile's, with the register that counts at the clock laid over it."""

from __future__ import annotations

from pathlib import Path

from pipeline.catalog import Catalog, Register, load_catalog
from pipeline.catalog.register_sheets import Contact
from pipeline.errors import RegisterError, RegisterMistake
from pipeline.jobs.clock import Clock
from pipeline.store import journal, registers
from pipeline.store.journal import Entry
from pipeline.store.store import Connection, Store


def opened(workspace: Path, profile: str, clock: Clock) -> Catalog:
    """What every command of a workspace works with."""
    if not (workspace / "store").is_dir():
        return load_catalog(profile)
    store = Store(workspace, create=False)
    with store.transaction() as connection:
        entry = registers.in_force(connection, journal.vintage_at(connection, clock.text), profile)
    store.close()
    return with_register(profile, entry)


def with_register(profile: str, entry: Entry | None) -> Catalog:
    """The profile's catalogue with the register of a journal entry; raise RegisterError where they do not fit."""
    if entry is None:
        return load_catalog(profile)
    try:
        return load_catalog(profile, register=Register(entry.body["units"], entry.body["calendar"]))
    except RegisterMistake as mistake:
        raise RegisterError(
            f"已导入的登记表（记录号 {entry.seq}）与程序现在的定义不符：{mistake.sentence}"
            f"请用 undo {entry.seq} 撤销它，再用 register export 导出、改好后重新导入。"
        ) from mistake


def at_vintage(connection: Connection, catalog: Catalog, upto: int) -> Catalog:
    """The catalogue with the register that counted at a vintage."""
    latest = journal.vintage_at(connection, "9999")
    then, now = (registers.in_force(connection, vintage, catalog.profile.id) for vintage in (upto, latest))
    return catalog if then == now else with_register(catalog.profile.id, then)


def contacts_in_force(connection: Connection, catalog: Catalog, upto: int) -> tuple[Contact, ...]:
    """Whom to call, as the register that counts at a vintage says; personal data."""
    entry = registers.in_force(connection, upto, catalog.profile.id)
    return tuple(Contact(**contact) for contact in entry.body["contacts"]) if entry else ()

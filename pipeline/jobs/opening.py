"""The catalogue of a workspace: the profile's, with the register that counts at the clock laid over it."""

from __future__ import annotations

from pathlib import Path

from pipeline.catalog import AcceptedHeader, Catalog, Register, load_catalog, with_accepted
from pipeline.catalog.register_sheets import Contact
from pipeline.errors import RegisterError, RegisterMistake
from pipeline.jobs.clock import Clock
from pipeline.store import headers, journal, registers
from pipeline.store.journal import Entry
from pipeline.store.store import Connection, Store


def opened(workspace: Path, profile: str, clock: Clock) -> Catalog:
    """What every command of a workspace works with."""
    if not (workspace / "store").is_dir():
        return load_catalog(profile)
    store = Store(workspace, create=False)
    with store.transaction() as connection:
        upto = journal.vintage_at(connection, clock.text)
        entry = registers.in_force(connection, upto, profile)
        said = accepted(connection, upto, profile)
    store.close()
    return with_accepted(with_register(profile, entry), said)


def accepted(connection: Connection, upto: int, profile: str) -> list[AcceptedHeader]:
    """What people have decided about headers up to a vintage."""
    fields = ("unit", "form", "header", "indicator", "institution", "since")
    found = headers.in_force(connection, upto, profile)
    return [AcceptedHeader(**{name: entry.body[name] for name in fields}) for entry in found]


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
    """The catalogue with the register, and the decisions about headers, that counted at a vintage."""
    latest, profile = journal.vintage_at(connection, "9999"), catalog.profile.id
    then, now = (registers.in_force(connection, vintage, profile) for vintage in (upto, latest))
    said, says = (accepted(connection, vintage, profile) for vintage in (upto, latest))
    return catalog if (then, said) == (now, says) else with_accepted(with_register(profile, then), said)


def contacts_in_force(connection: Connection, catalog: Catalog, upto: int) -> tuple[Contact, ...]:
    """Whom to call, as the register that counts at a vintage says; personal data."""
    entry = registers.in_force(connection, upto, catalog.profile.id)
    return tuple(Contact(**contact) for contact in entry.body["contacts"]) if entry else ()

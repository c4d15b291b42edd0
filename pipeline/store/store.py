"""The store of a workspace: one SQLite file and the archive beside it."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, delete, event, insert, select
from sqlalchemy.exc import DatabaseError, IntegrityError, OperationalError
from sqlalchemy.pool import StaticPool

from pipeline.errors import StoreError, reason
from pipeline.store import tables
from pipeline.store.archive import Archive

__all__ = ["Connection", "Store", "derived_with", "set_derived_with"]

PATIENCE = 120.0
"""Seconds that a run waits for another one to finish."""
_BUSY = "另一个窗口正在运行本程序，数据没有损坏。请等它结束后重新运行。"


class Store:
    """Opens the store of a workspace. Reading a workspace without one sees an empty store and creates nothing."""

    def __init__(self, workspace: Path, *, create: bool) -> None:
        self.folder = workspace / "store"
        self.archive = Archive(self.folder / "archive")
        self._path = self.folder / "store.sqlite"
        if create:
            try:
                self.folder.mkdir(parents=True, exist_ok=True)
            except OSError as error:
                raise StoreError(f"不能在 {workspace} 建立 store 文件夹：{reason(error)}。请检查写入权限。") from error
        self._engine = _engine(self._path if create or self._path.exists() else None, writing=create)
        with self.transaction() as connection:
            self.stale = _prepare(connection)

    @contextmanager
    def transaction(self) -> Iterator[Connection]:
        """One transaction: all of it is kept, or nothing."""
        try:
            with self._engine.begin() as connection:
                yield connection
        except OperationalError as error:
            raise _explained(error, self._path) from error
        except IntegrityError as error:  # the same was written meanwhile; nothing is broken
            raise StoreError(_BUSY) from error
        except DatabaseError as error:
            raise StoreError(
                f"数据库 {self._path} 无法读取，可能已损坏。请从备份恢复 store 文件夹后重新运行。"
            ) from error

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Nobody else receives and releases meanwhile; another run is waited for. A killed one holds nothing."""
        with closing(sqlite3.connect(self.folder / "running.lock", timeout=PATIENCE, isolation_level=None)) as held:
            try:
                held.execute("BEGIN EXCLUSIVE")
            except sqlite3.OperationalError as error:
                raise StoreError(_BUSY) from error
            yield

    def close(self) -> None:
        """Let go of the file."""
        self._engine.dispose()


def _engine(path: Path | None, *, writing: bool) -> Engine:
    if path is None:
        engine = create_engine("sqlite://", poolclass=StaticPool)
    else:
        engine = create_engine(f"sqlite:///{path}", connect_args={"timeout": 10})

    @event.listens_for(engine, "connect")
    def _connect(raw: Any, _: object) -> None:
        raw.isolation_level = None  # the driver's own transactions would commit before DDL

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writing else "BEGIN")

    return engine


def _prepare(connection: Connection) -> bool:
    """Create what is not there; return whether derived tables were dropped because their shape is old."""
    version = connection.exec_driver_sql("PRAGMA user_version").scalar()
    if version == tables.VERSION:
        return False
    for table in tables.DERIVED:
        table.drop(connection, checkfirst=True)
    tables.metadata.create_all(connection)
    for trigger in tables.APPEND_ONLY:
        connection.exec_driver_sql(trigger)
    connection.exec_driver_sql(f"PRAGMA user_version = {tables.VERSION}")
    return bool(version)


def _explained(error: OperationalError, path: Path) -> StoreError:
    text = str(error.orig)
    if "locked" in text:
        return StoreError(_BUSY)
    if "full" in text:
        return StoreError("磁盘空间不足，没有写入，已存数据完好。请清理磁盘后重新运行。")
    if "readonly" in text or "unable to open" in text:
        return StoreError(f"数据库 {path} 不能写入。请检查文件夹的写入权限后重新运行。")
    number = getattr(error.orig, "sqlite_errorcode", "不明")
    return StoreError(f"数据库 {path} 读写失败（数据库错误号 {number}）。请检查磁盘后重新运行。")


def derived_with(connection: Connection) -> str:
    """Fingerprint of the catalogue and program that the derived tables were made with; empty if none."""
    return connection.execute(select(tables.derivation.c.fingerprint)).scalar() or ""


def set_derived_with(connection: Connection, fingerprint: str) -> None:
    """Remember what the derived tables were made with."""
    connection.execute(delete(tables.derivation))
    connection.execute(insert(tables.derivation).values(fingerprint=fingerprint))

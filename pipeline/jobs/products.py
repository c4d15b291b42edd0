"""Products under their final names: staged first, put in place at once, earlier releases kept as v<n>."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from typing import Any

from pipeline.errors import ProductError, reason

_OLD, _NEW = ".old-", ".new-"
RELEASE_FILE = "release.json"
UNRELEASED = 0
"""The number of what is told of a month of which nothing can be published; the first release takes its place."""
PRINTED_FILE = "附件1-5.pdf"
"""Made from a release by `print`: it belongs to that release and moves away with it."""


def hashes(products: Mapping[str, bytes]) -> dict[str, str]:
    """sha256 of each product, by path."""
    return {path: sha256(data).hexdigest() for path, data in sorted(products.items())}


def recover(output: Path) -> None:
    """Finish or take back what a killed run left half done; call before anything else is written."""
    if not output.is_dir():
        return
    for old in output.glob(f"{_OLD}*"):
        final = output / old.name.removeprefix(_OLD)
        if final.exists():
            shutil.rmtree(old, ignore_errors=True)
        else:
            old.replace(final)
    _clear_half_done(output)


def _clear_half_done(output: Path) -> None:
    for half in output.glob(f"{_NEW}*"):
        shutil.rmtree(half, ignore_errors=True)


@contextmanager
def nothing_half_done(output: Path) -> Iterator[None]:
    """What was staged goes away again if whatever is done here fails: the store did not keep its release either."""
    try:
        yield
    except BaseException:  # a stop by keyboard too
        _clear_half_done(output)
        raise


def stage(output: Path, period: str, products: Mapping[str, bytes]) -> Path:
    """Write the products of a release into a folder beside the final one."""
    folder = output / f"{_NEW}{period}"
    try:
        shutil.rmtree(folder, ignore_errors=True)
        for name, data in products.items():
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            with path.open("wb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
    except OSError as error:
        shutil.rmtree(folder, ignore_errors=True)
        raise ProductError(
            f"成果文件写不进 {output}：{reason(error)}。原有文件没有改动。请检查磁盘空间和写入权限后重新运行。"
        ) from error
    return folder


def put_in_place(output: Path, period: str, staged: Path) -> None:
    """Give a staged release its final name; what was there before moves to v<n>, other people's files stay."""
    final = output / period
    old = output / f"{_OLD}{period}"
    try:
        if final.exists():
            _keep_earlier(final, staged)
            final.replace(old)
        staged.replace(final)
    except OSError as error:
        if old.exists() and not final.exists():
            old.replace(final)
        raise ProductError(
            f"不能更新 {final}：{reason(error)}。请先关闭正在打开的附件（Excel、Word 或 WPS），再重新运行；"
            "数据已经入库，不会丢失。"
        ) from error
    shutil.rmtree(old, ignore_errors=True)


def _keep_earlier(final: Path, staged: Path) -> None:
    released = _release_of(final)
    new_names = {str(path.relative_to(staged)) for path in staged.rglob("*") if path.is_file()}
    own = {entry["path"] for entry in released.get("products", ())} | {RELEASE_FILE, PRINTED_FILE}
    same = released.get("release") == _release_of(staged).get("release")
    forgotten = own if released.get("release") == UNRELEASED else frozenset()
    for path in final.rglob("*"):
        name = path.relative_to(final).as_posix()
        if not path.is_file() or (same and name in own | new_names and name != PRINTED_FILE) or name in forgotten:
            continue
        own_place = released and not same and name in own
        target = staged / f"v{released['release']}" / name if own_place else staged / name
        if not target.exists():
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(path, target)


def _release_of(folder: Path) -> dict[str, Any]:
    try:
        return dict(json.loads((folder / RELEASE_FILE).read_text("utf-8")))
    except (OSError, ValueError):
        return {}


def released_there(folder: Path) -> int | None:
    """The number of the release that lies in a month's folder; None where there is none."""
    return _release_of(folder).get("release")


def stands(output: Path, period: str, release: int, products: Mapping[str, str]) -> bool:
    """Whether this release lies complete under its final name (whatever people did to its files since)."""
    folder = output / period
    return _release_of(folder).get("release") == release and all((folder / name).is_file() for name in products)


def changed_by_hand(output: Path, period: str, products: Mapping[str, str]) -> list[str]:
    """Products that are no longer the released bytes, and those that another program no longer makes."""
    folder = output / period
    return [name for name, digest in products.items() if not _is_released(folder / name, digest)]


def _is_released(product: Path, digest: str) -> bool:
    return product.is_file() and sha256(product.read_bytes()).hexdigest() == digest

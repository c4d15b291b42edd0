"""The five annexes of a release as one PDF, in the official order, ready for the printer."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory

from pipeline.errors import NothingToPublish, PrintingError, ProductError, reason
from pipeline.jobs import month as months
from pipeline.jobs import products, runlog
from pipeline.jobs.clock import Clock
from pipeline.periods import Month
from pipeline.render.pdf import printed
from pipeline.store import journal
from pipeline.store.journal import Entry
from pipeline.store.store import Store

_ANNEX = re.compile(r"附件(\d) .+\.xlsx")
_ALL = 5


@dataclass(frozen=True, slots=True)
class Printed:
    """The PDF that was made, of which release, and which annexes are in it."""

    path: Path
    release: Entry
    annexes: tuple[str, ...]

    @property
    def sentence(self) -> str:
        """What the clerk reads."""
        body = self.release.body
        state = "正式" if months.is_final(self.release) else "草稿"
        made = {int(_ANNEX.fullmatch(name)[1]) for name in self.annexes}  # type: ignore[index]
        lacking = "、".join(f"附件{number}" for number in range(1, _ALL + 1) if number not in made)
        absent = f"，其中没有{lacking}（本版没有做）" if lacking else ""
        return (
            f"已把第{body['release']}版（{state}）的{len(self.annexes)}个附件合成一个 PDF{absent}：{self.path}。"
            "可以直接打印，纸张选 A4 横向。"
        )


def run(workspace: Path, month: Month, clock: Clock) -> Printed:
    """Print the latest release of a month as known at the clock.

    Raises:
        NothingToPublish: the month has not been released.
        PrintingError: LibreOffice is missing or fails, or an annex is no longer what was released.
    """
    with runlog.kept(workspace, "print", clock) as log:
        made = _run(workspace, month, clock)
        body = made.release.body
        log.note(
            "printed", period=str(month), release=body["release"], status=body["status"], annexes=len(made.annexes)
        )
    return made


def _run(workspace: Path, month: Month, clock: Clock) -> Printed:
    store = Store(workspace, create=False)
    with store.transaction() as connection:
        released = months.releases(connection, journal.vintage_at(connection, clock.text), month)
    store.close()
    if not released:
        raise NothingToPublish(f"{month.label}还没有做出附件，没有可以打印的。请先运行 make monthly PERIOD={month}。")
    last = released[-1]
    folder = _folder_of(workspace / "output" / str(month), last)
    names = sorted(name for name in last.body["products"] if _ANNEX.fullmatch(name))
    _refuse_changed(folder, names, last, month)
    made = datetime.combine(date.fromisoformat(last.body["as_of"]), datetime.min.time())
    with TemporaryDirectory() as scratch:
        title = f"附件1-5（{month.label}）"
        pdf = printed(
            [folder / name for name in names],
            [name.removesuffix(".xlsx") for name in names],
            title,
            made,
            Path(scratch),
        )
    return Printed(_put(folder / products.PRINTED_FILE, pdf), last, tuple(names))


def _folder_of(month_folder: Path, release: Entry) -> Path:
    """Where the products of this release lie: the month's own folder, or v<n> once there is a later one."""
    number = release.body["release"]
    if products.released_there(month_folder) == number:
        return month_folder
    return month_folder / f"v{number}"


def _refuse_changed(folder: Path, names: list[str], release: Entry, month: Month) -> None:
    """What leaders sign is what was released: an annex that is gone or was changed by hand is not printed."""
    for name in names:
        try:
            same = sha256((folder / name).read_bytes()).hexdigest() == release.body["products"][name]
        except FileNotFoundError:
            raise PrintingError(
                f"{folder / name} 不见了，没有打印。"
                f"请先运行 make monthly PERIOD={month}，会按发布时的内容补回，再打印。"
            ) from None
        if not same:
            raise PrintingError(
                f"{folder / name} 与发布时不一致，可能被手工改过，没有打印。"
                f"请把它移到别处，运行 make monthly PERIOD={month} 按发布时的内容补回，再打印。"
            )


def _put(path: Path, pdf: bytes) -> Path:
    half = path.with_name(f".{path.name}.part")
    try:
        half.write_bytes(pdf)
        half.replace(path)
    except OSError as error:
        half.unlink(missing_ok=True)
        raise ProductError(
            f"不能写入 {path}：{reason(error)}。请先关闭正在打开的 PDF，检查磁盘空间和权限后重新运行。"
        ) from error
    return path

"""What lies in the inbox, and when and how each file came in: `收件登记.csv`, never the file's own time."""

from __future__ import annotations

import os
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence, Set
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from pipeline.errors import InboxError, reason
from pipeline.ingest import limits
from pipeline.ingest.delimited import read_records
from pipeline.ingest.refusal import Refused

REGISTER = "收件登记.csv"
COLUMNS = ("文件", "收到时间", "方式", "报送人", "代录人")
WITHOUT_FILE = frozenset({"纸质", "电话", "传真"})
"""Ways in which no file comes: what lies in the inbox was typed in."""

_PASSING = re.compile(r"~\$.*|\..*|.*~|.*\.(?:tmp|temp|swp|part|partial|crdownload)|thumbs\.db|desktop\.ini")
"""Hidden files, Office's and LibreOffice's locks, what editors, browsers and desktops leave behind."""
_PASSING_FOLDERS = re.compile(r"\..*|__macosx|\$recycle\.bin|system volume information")

_TIME = re.compile(
    r"((?:19|20)\d{2})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?"
    r"(?:[\sT]*(上午|下午|AM|PM)?\s*(\d{1,2})\s*[:时点]\s*(?:(\d{1,2})\s*分?)?(?:\s*:?\s*\d{1,2}(?:\.\d+)?\s*秒?)?\s*(AM|PM)?)?",
    re.ASCII | re.IGNORECASE,
)
_NAMED_IN_NOTE = 5


@dataclass(frozen=True, slots=True)
class Arrival:
    """One file of the inbox. `received_at` is `2018-04-08 16:30`, Asia/Shanghai; None where no register says it."""

    path: Path
    name: str
    received_at: str | None = None
    method: str = ""
    sender: str = ""
    transcribed_by: str = ""


@dataclass(slots=True)
class Inbox:
    """The files in the order of their names, and what there is to tell the clerk."""

    arrivals: list[Arrival]
    notes: list[str] = field(default_factory=list)
    unlisted: list[str] = field(default_factory=list)
    """Names of files that no row of a register means, where a register is kept."""
    registers: dict[str, _Register] = field(default_factory=dict)
    """The registers by their folder."""

    def row_of(self, member: str) -> Arrival | None:
        """What a register says of a file inside an archive or mail, by its full name: `来信.eml/附件.xlsx`."""
        entry = _row_with_path(member, self.registers)
        return _arrival(member, Path(), entry) if entry else None

    def rows_inside(self, container: str) -> list[tuple[str, str]]:
        """(place, full name) of the rows that mean files inside this archive or mail."""
        return [
            (f"《{folder}{REGISTER}》第{entry.line}行", folder + file)
            for folder, register in sorted(self.registers.items())
            for file, entry in register.items()
            if (folder + file).startswith(f"{container}/")
        ]


def scan(inbox: Path) -> Inbox:
    """Look through the inbox and its subfolders; raise InboxError where it cannot be read as a folder."""
    _require_folder(inbox)
    notes: list[str] = []
    files = sorted(_files(inbox, inbox.resolve(), "", notes))
    registers = _registers(files, notes)
    received = [(name, path) for name, path in files if not _is_register(name)]
    namesakes = _namesakes(name for name, _ in received)
    rows = {name: _row(name, registers, namesakes) for name, _ in received}
    _tell_rows_without_file(registers, rows.keys(), namesakes, notes)
    unlisted = [n for n, _ in received if not rows[n] and any(folder in registers for folder in _folders_of(n))]
    return Inbox([_arrival(name, path, rows[name]) for name, path in received], notes, unlisted, registers)


def _require_folder(inbox: Path) -> None:
    if not inbox.exists():
        raise InboxError(f"收件文件夹 {inbox} 不存在。请核对路径，或新建该文件夹并放入收到的报表。")
    if not inbox.is_dir():
        raise InboxError(f"{inbox} 不是文件夹。请指定存放收到报表的文件夹。")
    try:
        os.scandir(inbox).close()
    except OSError as error:
        raise InboxError(f"收件文件夹 {inbox} 读不出来（{reason(error)}）。请检查该文件夹的权限。") from error


# ------------------------------------------------------------------ files


def _files(folder: Path, root: Path, prefix: str, notes: list[str]) -> Iterator[tuple[str, Path]]:
    """Name relative to the inbox, and path, of every file that was put there by a person."""
    try:
        with os.scandir(folder) as entries:
            found = sorted(entries, key=lambda entry: entry.name)
    except OSError as error:
        notes.append(f"子文件夹《{prefix.rstrip('/')}》读不出来（{reason(error)}），其中的文件没有读取。请检查权限。")
        return
    for entry in found:
        shown = _shown(entry.name)
        name, path = prefix + shown, Path(entry.path)
        is_folder = entry.is_dir(follow_symlinks=False)
        if (_PASSING_FOLDERS if is_folder else _PASSING).fullmatch(shown.lower()):
            continue
        if entry.is_symlink() and not _leads_to_file_inside(path, root):
            notes.append(f"《{name}》是指向别处的链接，没有读取。请把文件本身放进收件文件夹。")
        elif is_folder:
            yield from _files(path, root, f"{name}/", notes)
        elif not entry.is_file():
            notes.append(f"《{name}》不是普通文件，没有读取。请移出收件文件夹。")
        elif why := _why_unreadable(path):
            notes.append(f"文件《{name}》读不出来（{why}），没有读取。请检查权限，或请报送单位重新发送。")
        else:
            yield name, path


def nobody_put_it_there(name: str) -> bool:
    """Whether a file by its path is one that programs leave behind: no person meant to send it."""
    *folders, bare = name.lower().split("/")
    return bool(_PASSING.fullmatch(bare)) or any(map(_PASSING_FOLDERS.fullmatch, folders))


def _why_unreadable(path: Path) -> str:
    try:
        path.open("rb").close()
    except OSError as error:
        return reason(error)
    return ""


def _leads_to_file_inside(link: Path, root: Path) -> bool:
    try:
        target = link.resolve(strict=True)
        return target.is_relative_to(root) and target.is_file()
    except (OSError, RuntimeError):
        return False


def _shown(name: str) -> str:
    """A file name as text in NFC; names unpacked from a Chinese archive may be bytes of GB18030."""
    try:
        name.encode()
    except UnicodeEncodeError:
        name = os.fsencode(name).decode("gb18030", errors="replace")
    return visible_name(name)


def visible_name(name: str) -> str:
    """A name as every list shows it: composed (NFC), with the characters named that show nothing."""
    return "".join(map(_visible, unicodedata.normalize("NFC", name)))


def _visible(character: str) -> str:
    """A character that shows nothing or turns its neighbours around is named: what a list shows is what lies there."""
    unseen = unicodedata.category(character) in ("Cc", "Cf", "Zl", "Zp")
    return f"⟨U+{ord(character):04X}⟩" if unseen else character


# ------------------------------------------------------------------ the register


@dataclass(frozen=True, slots=True)
class _Entry:
    """One row of a register."""

    line: int
    received_at: str | None
    method: str
    sender: str
    transcribed_by: str


_Register = dict[str, _Entry]
"""Rows by the file's name relative to the register's folder."""


def _is_register(name: str) -> bool:
    return _bare(name) == REGISTER


def _folders_of(name: str) -> Iterator[str]:
    """The folders that hold a file, from its own up to the inbox, which is the empty name."""
    folder = name
    while folder:
        folder = "".join(folder.rstrip("/").rpartition("/")[:2])
        yield folder


def _bare(name: str) -> str:
    return name.rpartition("/")[2]


def _namesakes(names: Iterable[str]) -> Counter[tuple[str, str]]:
    """How many files of one bare name lie in a folder and below it, by folder and bare name."""
    return Counter((folder, _bare(name)) for name in names for folder in _folders_of(name))


def _row(name: str, registers: dict[str, _Register], namesakes: Counter[tuple[str, str]]) -> _Entry | None:
    """The file's row in the nearest register with its path, else where its bare name means no other."""
    if entry := _row_with_path(name, registers):
        return entry
    for folder in (folder for folder in _folders_of(name) if folder in registers):
        if namesakes[folder, _bare(name)] == 1 and (entry := registers[folder].get(_bare(name))):
            return entry
    return None


def _row_with_path(name: str, registers: dict[str, _Register]) -> _Entry | None:
    found = (registers[folder].get(name[len(folder) :]) for folder in _folders_of(name) if folder in registers)
    return next(filter(None, found), None)


def _arrival(name: str, path: Path, row: _Entry | None) -> Arrival:
    if row is None:
        return Arrival(path, name)
    return Arrival(path, name, row.received_at, row.method, row.sender, row.transcribed_by)


def _registers(files: Iterable[tuple[str, Path]], notes: list[str]) -> dict[str, _Register]:
    """The registers that can be read, by their folder."""
    read = {
        name.removesuffix(REGISTER): _read_register(path, name, notes) for name, path in files if _is_register(name)
    }
    return {folder: register for folder, register in read.items() if register is not None}


def _read_register(path: Path, name: str, notes: list[str]) -> _Register | None:
    try:
        if path.stat().st_size > limits.MAX_TEXT_BYTES:
            notes.append(f"《{name}》大得不像登记表，没有采用，收到时间按本次读取的时间计。请只保留登记的各行。")
            return None
        records = read_records(_decoded(path.read_bytes()), rows_alike=1)
    except OSError as error:
        notes.append(f"《{name}》读不出来（{reason(error)}），收到时间按本次读取的时间计。请检查权限。")
        return None
    except (UnicodeDecodeError, Refused):
        notes.append(f"《{name}》不是可读的登记表，收到时间按本次读取的时间计。请用 Excel 重新另存为 CSV。")
        return None
    lines = [(line, record) for line, record in enumerate(records, start=1) if any(map(str.strip, record))]
    header = [_folded(title) for title in lines[0][1]] if lines else []
    if not {"文件", "收到时间"} <= set(header):
        notes.append(f"《{name}》第一行缺少“文件”或“收到时间”，收到时间按本次读取的时间计。请补上表头。")
        return None
    register: _Register = {}
    for line, record in lines[1:]:
        _read_row(dict(zip(header, record, strict=False)), line, name, register, notes)
    return register


def _decoded(data: bytes) -> str:
    """A register proves its encoding by its header, so no guess about the characters is needed."""
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("gb18030")


def _read_row(row: dict[str, str], line: int, name: str, register: _Register, notes: list[str]) -> None:
    file = visible_name(row.get("文件", "").strip()).replace("\\", "/").removeprefix("./")
    if not file:
        notes.append(f"《{name}》第{line}行没有写文件名，没有采用。请补上文件名。")
        return
    if file in register:
        notes.append(
            f"《{name}》第{line}行与第{register[file].line}行是同一个文件《{file}》，以先登记的为准。请删去多余的一行。"
        )
        return
    text = row.get("收到时间", "").strip()
    received_at = read_time(text)
    if received_at is None:
        notes.append(
            f"《{name}》第{line}行《{file}》的收到时间“{text}”无法识别，按本次读取的时间计。"
            "请改为 2018-04-08 16:30 这样的写法。"
        )
    method, sender, transcribed_by = (row.get(column, "").strip() for column in COLUMNS[2:])
    register[file] = _Entry(line, received_at, method, sender, transcribed_by)


def read_time(text: str) -> str | None:
    """A moment of the register as `2018-04-08 16:30`; None for what is none.

    A day without an hour counts from its first minute, and seconds are cut off: neither may make a file late.
    """
    found = _TIME.fullmatch(_folded(text))
    if not found:
        return None
    year, month, day, half, hour, minute, half_behind = found.groups()
    try:
        moment = datetime(int(year), int(month), int(day), int(hour or 0), int(minute or 0))  # noqa: DTZ001 - the register is in local time
    except ValueError:
        return None
    named = (half or half_behind or "").upper()
    if named in ("下午", "PM") and moment.hour < 12:
        moment = moment.replace(hour=moment.hour + 12)
    elif named in ("上午", "AM") and moment.hour == 12:
        moment = moment.replace(hour=0)
    return f"{moment:%Y-%m-%d %H:%M}"


def _folded(text: str) -> str:
    return unicodedata.normalize("NFKC", text).strip()


_NOT_THERE = "不在文件夹里。请核对文件名是否一致，或补放文件。"
_SEVERAL_THERE = "在几个子文件夹里都有，分不清是哪一个，没有采用。请连子文件夹一起写，如 2018-03/报表.xlsx。"


def _tell_rows_without_file(
    registers: dict[str, _Register], received: Set[str], namesakes: Counter[tuple[str, str]], notes: list[str]
) -> None:
    for folder, register in sorted(registers.items()):
        unmatched = [
            file
            for file in register
            if not any(at.rstrip("/") in received for at in (folder + file, *_folders_of(folder + file)))
            and namesakes[folder, file] != 1
        ]
        for wrong, advice in (
            ([file for file in unmatched if not namesakes[folder, file]], _NOT_THERE),
            ([file for file in unmatched if namesakes[folder, file]], _SEVERAL_THERE),
        ):
            if wrong:
                named = _some([f"《{file}》（第{register[file].line}行）" for file in wrong])
                notes.append(f"《{folder}{REGISTER}》登记的{named}{advice}")


def told_unlisted(names: Sequence[str]) -> list[str]:
    """What there is to tell of new files that no row of a register means."""
    if not names:
        return []
    named = _some([f"《{name}》" for name in names])
    return [f"{named}没有写在《{REGISTER}》里，收到时间按本次读取的时间计。今后请先登记再运行。"]


def told_unsigned(names: Sequence[str]) -> list[str]:
    """What there is to tell of new reports that came without a file, and nobody signs for."""
    if not names:
        return []
    named = _some([f"《{name}》" for name in names])
    missing = f"在《{REGISTER}》里登记的方式不是电子文件（纸质、电话、传真），却没有写代录人，不知道由谁录入"
    return [f"{named}{missing}。请核对原件；今后请先在“代录人”栏写明录入的人再运行。"]


def _some(named: Sequence[str]) -> str:
    more = f"等{len(named)}个文件" if len(named) > _NAMED_IN_NOTE else ""
    return "、".join(named[:_NAMED_IN_NOTE]) + more

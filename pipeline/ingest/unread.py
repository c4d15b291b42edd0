"""What stands in a document, a web page or a csv and is not read: never passed over in silence."""

from __future__ import annotations

from enum import StrEnum
from string import ascii_uppercase

from pipeline.ingest.faults import Faults
from pipeline.ingest.stored_and_shown import tell_contradicted
from pipeline.model import CellKind, Sheet


class Unread(StrEnum):
    """A kind of content that a reader leaves alone; the value is how it is told."""

    DELETED = "修订中删除的内容"
    HIDDEN = "隐藏的文字"
    MAY_DIFFER = "网页样式使其可能不显示或变样的文字"
    COVERED = "合并单元格里遮住的文字"
    EMBEDDED = "插入的外部内容"
    PICTURE = "图片或嵌入的对象"
    FOOTNOTE = "脚注或尾注"
    CONTROL = "网页上的填写框"
    RAGGED = "列数与表头不一致的行"
    CUT_OFF = "可能没有传完的最后一行"


_TOLD: dict[Unread, tuple[str, str]] = {
    Unread.DELETED: ("F08", "没有读取，插入的内容已读取。请接受或拒绝全部修订后重新报送，或说明原因。"),
    Unread.HIDDEN: ("F08", "没有读取。请取消隐藏或删去后重新报送，或说明原因。"),
    Unread.MAY_DIFFER: ("F06", "没有读入。请用 Excel 打开核对，另存为 .xlsx 后重新报送。"),
    Unread.COVERED: ("F06", "没有读入。请取消合并、核对内容后重新报送。"),
    Unread.EMBEDDED: ("F06", "没有读入。请改成文字写进表格后重新报送。"),
    Unread.PICTURE: ("F06", "里面的文字没有读入。请改成文字写进表格后重新报送。"),
    Unread.FOOTNOTE: ("F06", "没有读入。请写进正文的表格后重新报送。"),
    Unread.RAGGED: (
        "F06",
        "各数属于哪一列无法确定（可能漏了分隔符、一行断成两行或千分位逗号没有加引号）。请核对后另存为 .xlsx 重新报送。",
    ),
    Unread.CUT_OFF: (
        "F08",
        "末尾没有换行，最后一个数的小数位比上面各行都少。请核对文件是否完整，补全后重新报送，或说明原因。",
    ),
    Unread.CONTROL: ("F06", "里面填的内容没有读入。请把内容写进表格，另存为 .xlsx 后重新报送。"),
}
"""The rule, and what to do."""

_PLACES_TOLD = 5


def ragged_rows(sheet: Sheet) -> frozenset[int]:
    """The rows of a csv of which no figure is surely of its column: none of them is read."""
    return frozenset(int(place.lstrip(ascii_uppercase)) - 1 for place, kind in sheet.unread if kind is Unread.RAGGED)


def tell_unread(sheet: Sheet, faults: Faults) -> None:
    """One finding for each kind, at its first place. What the words are is not told: they may name persons."""
    for what, (rule, advice) in _TOLD.items():
        places = list(dict.fromkeys(place for place, kind in sheet.unread if kind == what))
        if places:
            more = f"等{len(places)}处" if len(places) > _PLACES_TOLD else ""
            named = "、".join(places[:_PLACES_TOLD]) + more
            faults.add(rule, f"有{what.value}（{named}），{advice}", sheet=sheet.name, cell=places[0])
    tell_contradicted([cell for cell in sheet.cells.values() if cell.kind is CellKind.CONTRADICTED], sheet, faults)

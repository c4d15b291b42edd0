"""What a notice says of a cause with several cells: which they are, and what each ought to be while they are few."""

from __future__ import annotations

import pytest

from pipeline.model import Severity
from pipeline.periods import Month
from pipeline.render.marked_content import Asked, AskedCell
from pipeline.render.notice import Notice, notice_letter
from pipeline.render.stamp import Stamp

FIVE_MORE = tuple(AskedCell("月报", f"D{row}", "示例县", "期末余额", "104.06", "1.04万元") for row in range(5, 10))

MANY = tuple(AskedCell("月报", f"E{row}", "示例县", "期末余额", "104.06", "1.04万元") for row in range(1, 42))


def question(*others):
    """The words of a notice about one cause at C4 with these other cells."""
    cause = Asked(
        *("F0123456789ab", "A13", Severity.HARD, "月报", "C4", "示例县", "期末余额", "104.06万元", "1.04万元"),
        *("金额单位可能填错，应为7户。", others),
    )
    stamp = Stamp(Month(2018, 3), False, False, "示例办", 1, 9, "2018-04-10")
    made = notice_letter(Notice("示例银行", "2018年3月", "月报", "", 0, "4月13日", (cause,), ("月报.xlsx",), stamp))
    ((_, _, _, told, _, _),) = made.tables["问题表"].rows
    return told


@pytest.mark.parametrize(
    ("why", "others", "told"),
    [
        ("one cell alone", (), ""),
        (
            "one that the message has told",
            (AskedCell("月报", "C5", "示例县", "户数", "9", "7户"),),
            "全部单元格：C4:C5。",
        ),
        ("another with its figure", FIVE_MORE[:1], "全部单元格：C4、D5。其余应填：D5为1.04万元。"),
        (
            "a bound, and one that nobody knows",
            (
                AskedCell("月报", "C5", "示例县", "户数", "9", "≥12户"),
                AskedCell("月报", "C6", "示例县", "笔数", "9", ""),
            ),
            "全部单元格：C4:C6。其余应填：C5≥12户。",
        ),
        (
            "six",
            (*FIVE_MORE, AskedCell("月报", "C5", "示例县", "户数", "9", "12户")),
            "全部单元格：C4:C5、D5:D9。其余应填：" + "".join(f"D{n}为1.04万元，" for n in range(5, 10)) + "C5为12户。",
        ),
        (
            "forty",
            MANY[:40],
            "全部单元格：E1:E40、C4。其余应填：" + "，".join(f"E{n}为1.04万元" for n in range(1, 41)) + "。",
        ),
        (
            "one more",
            MANY,
            "全部单元格：E1:E41、C4。各格应为的数见所附工作簿的批注。",
        ),
    ],
)
def test_each_cell_of_a_cause_has_its_own_figure(why, others, told):
    assert question(*others) == f"A13　金额单位可能填错，应为7户。{told}", why

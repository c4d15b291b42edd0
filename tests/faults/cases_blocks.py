"""Item 3, headings over several columns of a table of areas: neutral ones, and those under which other figures stand."""

from __future__ import annotations

from tests.faults.expecting import Case, Expect, Item, as_bank, refused
from tests.faults.pages import xlsx
from tests.faults.plain import (
    CAPTION,
    CODES,
    HEADERS,
    MISSING,
    T01,
    T01_FACTS,
    TITLE,
    bank,
    bank_facts,
    rows,
    targets,
    two_levels,
)

H, U = Item.HEADERS, Item.UNITS
TWO, MERGES = two_levels()
GROUPS = ("县(区)", "评级授信", None, "期末余额", None, None, "逾期贷款", "备注")
LEAVES = TWO[1]


def unread(*columns):
    """The plain facts, but what stands in these columns (1 is B) is not read."""
    codes = {CODES[col - 1] for col in columns}
    return as_bank({key: MISSING for key in bank_facts() if key[0] in codes})


def over(id_, title, line, merges=(), expect=None, headers=None):
    """A row of headings (row 3) right above the header; merged ranges are of the sheet."""
    page = {"merges": list(merges)}
    made = [list(line), *(headers or [list(HEADERS)])]
    return Case(id_, title, H, lambda: xlsx(bank(headers=made, page=page)), expect or as_bank())


def foreign(id_, title, words, cell="B3", **place):
    """One heading over two columns or more: the columns under it are one finding at the heading."""
    line, merges, columns = place["line"], place.get("merges", ()), place["columns"]
    return over(id_, title, line, merges, unread(*columns).telling(("F06", cell, f"表头“{words}”下面的")))


def units(id_, title, words, col, cell, word):
    """A header whose unit is none of its indicator's: F05 at the header, the column is not read."""
    heads = list(HEADERS)
    heads[col] = words
    return Case(id_, title, U, lambda: xlsx(bank(headers=[heads])), unread(col).telling(("F05", cell, word)))


def three(top, merged_to=7, area_rows=3):
    """A heading over everything, two levels below, 县(区) merged down over all of them."""
    headers = [["县(区)", top, *[None] * 6], [None, *GROUPS[1:]], LEAVES]
    merges = [(2, 0, 1 + area_rows, 0), (2, 1, 2, merged_to), (3, 1, 3, 2), (3, 3, 3, 5), (3, 7, 4, 7)]
    return xlsx(bank(headers=headers, page={"merges": merges}))


ALL = range(1, 8)
OTHERS = {
    "上年同期": "上年同期",
    "去年": "2017年",
    "企业": "其中：扶贫龙头企业",
    "计划": "计划数",
}

CASES = [
    # ---- headings that say nothing new
    Case("top-loans", "最上一层“贷款情况”，县(区)合并三行", H, lambda: three("贷款情况"), as_bank()),
    Case("top-title", "最上一层“金融扶贫小额贷款”", H, lambda: three("金融扶贫小额贷款"), as_bank()),
    Case("top-month", "最上一层“2018年3月末”", H, lambda: three("2018年3月末"), as_bank()),
    Case(
        "top-five",
        "五层表头：总标题、月份、两层、单位，下有栏号",
        H,
        lambda: xlsx(
            bank(
                headers=[
                    ["县(区)", "扶贫小额信贷情况", *[None] * 6],
                    [None, "2018年3月末", *[None] * 6],
                    [None, *GROUPS[1:]],
                    LEAVES,
                    [None, "户", "万元", "笔", "户", "万元", "万元", None],
                    ["甲", 1, 2, 3, 4, 5, 6, "乙"],
                ],
                page={"merges": [(2, 0, 6, 0), (2, 1, 2, 7), (3, 1, 3, 7), (4, 1, 4, 2), (4, 3, 4, 5), (4, 7, 5, 7)]},
            )
        ),
        as_bank(),
    ),
    over("over-month", "表头上一行写本期年月", [None, "2018年3月末", *[None] * 6], [(2, 1, 2, 7)]),
    over("over-city", "表头上一行写“全市”", [None, "全市", *[None] * 6], [(2, 1, 2, 7)]),
    over("over-sum", "表头上一行写“合计”，包住所有各列", [None, "合计", *[None] * 6], [(2, 1, 2, 7)]),
    over("over-annex", "表头上一行的右边写“附件5”", [*[None] * 6, "附件5", None]),
    over("over-source", "表头上一行写数据来源", [*[None] * 4, "数据来源：信贷管理系统", *[None] * 3]),
    Case(
        "over-title",
        "标题写在C列，不合并，紧接表头",
        H,
        lambda: xlsx(bank(above=[[None, None, f"{TITLE}（单位：万元）"]])),
        as_bank(),
    ),
    Case(
        "over-month-alone",
        "报告期单独写在表头上一行中间",
        H,
        lambda: xlsx(bank(above=[["农业银行安康分行小额贷款统计表"], list(CAPTION), [None, None, None, "2018年3月"]])),
        as_bank(),
    ),
    # ---- headings under which other figures stand
    *(
        foreign(
            f"block-{id_}",
            f"表头上一行，“{words}”合并在两列上",
            words,
            "F3",
            line=[*[None] * 5, words, None, None],
            merges=[(2, 5, 2, 6)],
            columns=(5, 6),
        )
        for id_, words in OTHERS.items()
    ),
    Case(
        "block-month",
        "表头上一行，“2018年2月末”合并在两列上：与标题不同，不知道是不是整张表的",
        H,
        lambda: xlsx(bank(headers=[[*[None] * 5, "2018年2月末"], list(HEADERS)], page={"merges": [(2, 5, 2, 6)]})),
        refused("F04", "2018年3月、2018年2月"),
    ),
    foreign(
        "block-all",
        "表头上一行，“其中：企业贷款”合并在所有各列上",
        "其中：企业贷款",
        line=[None, "其中：企业贷款", *[None] * 6],
        merges=[(2, 1, 2, 7)],
        columns=ALL,
    ),
    over(
        "block-one",
        "“上年同期”不合并，只写在一列上面",
        [*[None] * 6, "上年同期", None],
        expect=unread(6).telling(("F06", "G3", "上年同期/逾期贷款/余额")),
    ),
    over(
        "block-unmerged",
        "跨列居中：“上年同期”只写在第一列上面",
        [None, "本期", None, None, None, "上年同期", None, None],
        expect=unread(5, 6).telling(("F06", "F3", "表头“上年同期”下面的2列")),
    ),
    Case(
        "block-in-caption",
        "“上年同期”和单位写在同一行",
        H,
        lambda: xlsx(bank(caption=(*CAPTION, None, None, "上年同期"))),
        unread(6).telling(("F06", "G2", "上年同期/逾期贷款/余额")),
    ),
    Case(
        "block-second-leaf",
        "跨列居中：“上年同期”下第二列像本期的指标",
        H,
        lambda: xlsx(
            bank(
                headers=[
                    ["县(区)", "评级授信", None, "期末余额", None, None, "上年同期", None],
                    [None, "授信户数", "授信金额", "笔数", "户数", "金额", "贷款余额", "逾期贷款"],
                ],
                rows=[[*row[:6], 11.5, row[6]] for row in rows()],
            )
        ),
        Expect(
            {
                ("M01", "abc", "2018-03"): {
                    **{key: value for key, value in bank_facts().items() if key[0] not in CODES[5:]},
                    **{("past_due_amount", *key[1:]): MISSING for key in bank_facts()},
                    **{("outstanding_amount_previous_year", *key[1:]): 11_500_000 for key in bank_facts()},
                }
            }
        ).telling(("F06", "H4", "上年同期/逾期贷款")),
    ),
    Case(
        "block-months-beside",
        "两个月并排：只读本期",
        H,
        lambda: xlsx(
            bank(
                headers=[
                    ["县(区)", "2018年2月", None, None, "2018年3月", None, None],
                    [None, *["授信户数", "授信金额", "期末余额"] * 2],
                ],
                rows=[[row[0], 1, 2.5, 3.5, row[1], row[2], row[5]] for row in rows()],
                page={"merges": [(2, 0, 3, 0), (2, 1, 2, 3), (2, 4, 2, 6)]},
            )
        ),
        as_bank({key: ... for key in bank_facts() if key[0] not in (*CODES[:2], CODES[4])}).telling(
            ("F09", "B3", "B列至D列“2018年2月”不是本期的数")
        ),
    ),
    Case(
        "block-sum-partial",
        "“合计”只包住授信两列：不知道是什么的合计",
        H,
        lambda: xlsx(
            bank(
                headers=[["县(区)", "合计", None, *GROUPS[3:]], LEAVES],
                page={"merges": [(2, 0, 3, 0), (2, 1, 2, 2), (2, 3, 2, 5), (2, 7, 3, 7)]},
            )
        ),
        unread(1, 2).telling(("F06", "B3", "表头“合计”下面的2列")),
    ),
    Case(
        "block-targets",
        "目标任务：各银行上面写“2017年任务”",
        H,
        lambda: xlsx(_targets_under("2017年任务")),
        Expect({T01: dict.fromkeys(T01_FACTS, MISSING)}).telling(("F06", "B3", "表头“2017年任务”下面的6列")),
        "安康市目标任务.xlsx",
    ),
    Case(
        "top-targets",
        "目标任务：各银行上面写“2018年度目标任务”",
        H,
        lambda: xlsx(_targets_under("2018年度目标任务")),
        Expect({T01: T01_FACTS}),
        "安康市目标任务.xlsx",
    ),
    # ---- units in headers
    units("unit-households", "金额的表头写单位“户”", "逾期贷款（户）", 6, "G3", "写作“户”，应为万元"),
    units("unit-percent", "金额的表头写单位“%”", "授信金额（%）", 2, "C3", "写作“%”，应为万元"),
    units("unit-money", "户数的表头写单位“万元”", "授信户数（万元）", 1, "B3", "写作“万元”，应为户"),
    units("unit-loans", "户数的表头写单位“笔”", "期末余额/户数（笔）", 4, "E3", "写作“笔”，应为户"),
    Case(
        "units-row-slipped",
        "单位这一行错了一列",
        U,
        lambda: xlsx(bank(headers=[list(HEADERS), ["计量单位", "万元", "户", "笔", "户", "户", "万元", None]])),
        unread(1, 2, 5).telling(("F05", "B4", "B列、C列、F列的计量单位与指标不符")),
    ),
    Case(
        "unit-targets",
        "目标任务：目标金额写单位“户”",
        U,
        lambda: xlsx(_targets_in("目标金额（户）")),
        Expect(
            {
                T01: {
                    key: MISSING if key[0] == "target_amount" and key[2] == "rcb" else value
                    for key, value in T01_FACTS.items()
                }
            }
        ).telling(("F05", "B4", "写作“户”，应为万元")),
        "安康市目标任务.xlsx",
    ),
    Case(
        "units-as-leaves",
        "下层表头只写单位：户、万元、笔",
        U,
        lambda: xlsx(
            bank(
                headers=[
                    ["县(区)", "授信", None, "期末余额", None, None, "逾期贷款", "备注"],
                    [None, "户", "万元", "笔", "户", "万元", "万元", None],
                ],
                page={"merges": [(2, 0, 3, 0), (2, 1, 2, 2), (2, 3, 2, 5), (2, 7, 3, 7)]},
            )
        ),
        as_bank(),
    ),
    Case(
        "unit-of-group",
        "上层表头写“期末余额（万元）”，下有笔数、户数",
        U,
        lambda: xlsx(
            bank(
                headers=[["县(区)", "评级授信", None, "期末余额（万元）", None, None, "逾期贷款", "备注"], LEAVES],
                page={"merges": [(2, 0, 3, 0), (2, 1, 2, 2), (2, 3, 2, 5), (2, 7, 3, 7)]},
            )
        ),
        as_bank(),
    ),
    *(
        Case(
            f"unit-behind-{number}",
            f"表头写“{words}”，金额是元，表上方写万元",
            U,
            lambda words=words: xlsx(
                bank(
                    headers=[[*HEADERS[:2], words, *HEADERS[3:]]],
                    rows=[[*row[:2], row[2] * 10_000, *row[3:]] for row in rows()],
                )
            ),
            as_bank().telling(("F09", "C3", "自己写明的金额单位与D2写的万元不同")),
        )
        for number, words in enumerate(("授信金额元", "授信金额_元", "授信金额-元"))
    ),
    *(
        Case(
            f"unit-short-{number}",
            f"表头写“{words}”，表上方写元",
            U,
            lambda words=words: xlsx(
                bank(
                    caption=("填报单位：农业银行安康分行", None, None, "单位：元"),
                    headers=[[*HEADERS[:2], words, *HEADERS[3:]]],
                    rows=[[*row[:5], row[5] * 10_000, row[6] * 10_000, None] for row in rows()],
                )
            ),
            as_bank().telling(("F09", "C3", "自己写明的金额单位与D2写的元不同")),
        )
        for number, words in enumerate(("授信金额（万）", "授信金额万元", "授信金额_万元"))
    ),
]


def _targets_under(words):
    """The year's targets with a row of its own above the banks."""
    page = targets()
    moved = page.moved(lambda row, col: (row + (row > 1), col))
    moved.cells[2, 1] = words
    moved.merges.append((2, 1, 2, 6))
    return moved


def _targets_in(words):
    page = targets()
    page.cells[3, 1] = words
    return page

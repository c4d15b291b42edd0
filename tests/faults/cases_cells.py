"""Item 2: what one cell holds. The cell is 汉滨区's 期末余额/金额, F4 (30.25), unless a case says otherwise."""

from __future__ import annotations

from datetime import date, datetime

from tests.faults.cases_formats import sheet_xml
from tests.faults.expecting import Case, Item, as_bank, as_upright
from tests.faults.pages import Formula, xls, xlsx
from tests.faults.plain import DOES_NOT_APPLY, HEADERS, IDS, MISSING, bank, bank_facts, rcb_rows, rows, upright

C = Item.CELLS
HERE = ("outstanding_amount", "hanbin", "abc", 0)
PLACE = HERE[:2]
REMARK = ("remark", "hanbin", "abc", 0)
RATE = ("weighted_average_rate", "hanyin", "rcb", 0)


def amount(id_, title, typed, fen, changes="", **page):
    """A cell that holds `typed` is worth `fen`; `changes` says how it was understood."""
    expect = as_bank({HERE: fen}, changes={PLACE: changes} if changes else {})
    return Case(id_, title, C, lambda: xlsx(bank(0, 5, typed, page=page)), expect)


def no_amount(id_, title, typed, word, **page):
    """A cell that holds `typed` is not read, and told at F4 with this word."""
    expect = as_bank({HERE: MISSING}).telling(("F07", "F4", word))
    return Case(id_, title, C, lambda: xlsx(bank(0, 5, typed, page=page)), expect)


def no_count(id_, title, typed, word, col=4, code="outstanding_households", **page):
    """The same for a number of households, E4, or of others in another column."""
    expect = as_bank({(code, "hanbin", "abc", 0): MISSING}).telling(("F07", f"{'ABCDE'[col]}4", word))
    return Case(id_, title, C, lambda: xlsx(bank(0, col, typed, page=page)), expect)


def remark(id_, title, typed, text):
    """A remark, H4, that is kept as it is."""
    return Case(id_, title, C, lambda: xlsx(bank(0, 7, typed)), as_bank({REMARK: text}))


def rate(id_, title, typed, millionths, changes, look=None, label="加权平均利率(年)", unit="%"):
    """A rate in the upright form, E11."""
    rows = [*rcb_rows(), [label, unit, "38", "—", typed, "—", "—"]]
    page = {"formats": {(10, 4): look}} if look else {}
    expect = as_upright({RATE: millionths}, changes={RATE[:2]: changes})
    return Case(id_, title, C, lambda: xlsx(upright(rows=rows, **page)), expect)


def no_rate(id_, title, label, unit, word):
    """A rate in the upright form that is one of a year and one of a month at once."""
    rows = [*rcb_rows(), [label, unit, "38", "—", 3.96, "—", "—"]]
    expect = as_upright({RATE: MISSING}).telling(("F07", "E11", word))
    return Case(id_, title, C, lambda: xlsx(upright(rows=rows)), expect)


def rates(id_, title, header, typed, millionths, told=()):
    """A column of rates of a bank of the whole city, G3 and below, in place of its amounts past due."""
    made = [[*row[:6], typed, None] for row in rows()]
    facts = {key: ... for key in bank_facts() if key[0] == "past_due_amount"}
    facts |= {("weighted_average_rate", area, "abc", 0): millionths for area in IDS}
    expect = as_bank(facts).telling(*told)
    return Case(id_, title, C, lambda: xlsx(bank(headers=[[*HEADERS[:6], header, "备注"]], rows=made)), expect)


def looks(code):
    return {"formats": {(3, 5): code}}


def unseen(id_, title, make, suffix):
    """F4 has a format that shows nothing: read, and told."""
    return Case(
        id_, title, C, lambda: make(bank(page=looks(";;;"))), as_bank().telling(("F08", "F4", ";;;")), f"报表{suffix}"
    )


SECTIONS = '[<1]0.00"亿元";0.00"万元"'
SLIVER = '<col min="6" max="6" width="0.01" customWidth="1"/>'
WORKBOOKS = (("format", xlsx, ".xlsx"), ("format-xls", xls, ".xls"))

CASES = [
    amount("text-number", "文本格式的数字", "12.34", 12_340_000, "文本数字"),
    amount("full-width", "全角数字", "１２．３４", 12_340_000, "全角转半角"),
    amount("thousands", "千分位逗号", "1,234.50", 1_234_500_000, "去千分位"),
    amount("blanks-around", "数字前后有空格", "\u3000 12.34\xa0", 12_340_000, "文本数字"),
    amount("unseen-signs", "数字里有看不见的零宽字符", "\u200b12.34\ufeff", 12_340_000, "文本数字"),
    amount("currency", "带货币符号", "￥12.34", 12_340_000, "去货币符号"),
    amount("negative", "负数", -1.5, -1_500_000),
    amount("brackets-negative", "括号表示负数", "(1.50)", -1_500_000, "括号表示负数"),
    amount("zero", "零就是零", 0, 0),
    amount("blank-text", "只有空格的单元格是空", "  ", MISSING),
    amount("not-applicable", "“—”是不适用", "—", DOES_NOT_APPLY),
    amount("slash", "“/”是不适用", "/", DOES_NOT_APPLY),
    amount("null", "数据库导出的 NULL 是空，不是零", "NULL", MISSING, "数据库导出的空值"),
    Case(
        "float-noise",
        "二进制浮点的尾差不算数",
        C,
        lambda: sheet_xml(lambda xml: xml.replace("<v>30.25</v>", "<v>30.250000000000004</v>")),
        as_bank(),
    ),
    amount("formula", "公式：用存储的结果，不重算", Formula("=1+1", 12.34), 12_340_000),
    amount("three-decimals", "三位小数，整分", 30.125, 30_125_000),
    amount("format-wan", "数字格式里写着万元", 12.34, 12_340_000, **looks('0.00"万元"')),
    amount("format-yuan", "数字格式里写着元，按元计", 12.34, 1_234, "按元计", **looks('0.00"元"')),
    Case(
        "half-fen",
        "不足一分的四舍五入，提示",
        C,
        lambda: xlsx(bank(0, 5, 30.2512345)),
        as_bank({HERE: 30_251_235}).telling(("A00", "F4", "不是整分")),
    ),
    no_amount("error-ref", "#REF!", Formula("=A99", "#REF!"), "#REF!"),
    no_amount("error-na", "#N/A", Formula("=NA()", "#N/A"), "#N/A"),
    no_amount("error-div", "#DIV/0!", Formula("=1/0", "#DIV/0!"), "#DIV/0!"),
    no_amount("uncalculated", "公式没有结果：不是空，也不是零", Formula("=1+1"), "请在 Excel 中打开并保存后重新报送"),
    no_amount("boolean", "逻辑值", True, "“TRUE”"),
    no_amount("date", "金额栏里是日期", date(2018, 3, 31), "“2018-03-31”"),
    no_amount("about", "“约30万”", "约30万", "不是数"),
    no_amount("words", "金额栏里写“见附件”", "见附件", "不是数"),
    no_amount("percent", "金额栏里有百分号", "30.25%", "百分号"),
    no_amount("blank-inside", "数字中间有空格", "30 25", "空格"),
    no_amount("bad-thousands", "千分位逗号的位置不对", "1,23,4.5", "逗号"),
    no_amount("scientific", "科学计数法的文本", "1.2E+05", "科学计数法"),
    no_amount("too-large", "18 位的数：误填账号", 6.2284800123456789e18, "“6228480012345680000”"),
    amount("format-scaled-wan", "元存储，数字格式显示成万元", 302500, 30_250_000, "万元", **looks('0!.0,"万元"')),
    no_amount("format-scaled", "数字格式把数缩小一千倍显示，没有写单位", 30250, "缩小1000倍", **looks("0.00,")),
    amount("format-condition", "数字格式按大小显示不同单位：取本数的一段", 1.06, 1_060_000, **looks(SECTIONS)),
    amount("format-condition-other", "同上，另一段", 0.5, 5_000_000_000, "按亿元计", **looks(SECTIONS)),
    amount("format-negative", "负数的一段把元显示成万元", -302500, -30_250_000, **looks('0.00;-0!.0,"万元"')),
    no_amount(
        "format-unsure", "数字格式各段单位不同，不知道用哪一段", 5, "几种情况", **looks('[>9]0"元";0"万元";0"亿元"')
    ),
    amount("apostrophe", "数字前有单引号", "'12.34", 12_340_000, "去单引号"),
    amount("zero-as-dash", "零显示成“—”：就是零", 0, 0, **looks('0.00;-0.00;"—"')),
    no_amount("superscript", "5² 不是 52", "5²", "²"),
    no_amount("two-numbers", "一格写两个数", "30.25\n31.25", "空格或换行"),
    no_amount("format-households", "金额的数字格式里写着户", 30.25, "“30.25户”", **looks('0.00"户"')),
    no_count("count-fraction", "户数有小数", 9.5, "整数"),
    no_count("count-money", "户数带金额单位", "9万元", "不是户数"),
    no_count("count-percent", "户数带百分号", "9%", "百分号"),
    no_count("count-of-loans", "户数写“9笔”：像是填错栏", "9笔", "这个指标的单位是“户”"),
    no_count("count-of-persons", "户数写“9人”", "9人", "数字带有“人”"),
    no_count("count-of-households", "笔数写“9户”", "9户", "这个指标的单位是“笔”", 3, "outstanding_loans"),
    no_count("count-format-loans", "户数的数字格式里写着笔", 9, "“9笔”", formats={(3, 4): '0"笔"'}),
    Case(
        "count-of-loans-upright",
        "竖式表户数写“9笔”",
        C,
        lambda: xlsx(upright(4, 6, "9笔")),
        as_upright({("outstanding_households", "hanyin", "rcb", 0): MISSING}).telling(("F07", "G8", "单位是“户”")),
    ),
    remark("remark-lines", "备注里换行", "甲\r\n乙", "甲\n乙"),
    remark("remark-number", "备注里是数字", 12, "12"),
    remark("remark-escape", "_x000D_ 转义的换行", "甲_x000D_\n乙", "甲\n乙"),
    Case(
        "comment",
        "单元格有批注：照常读取，提示",
        C,
        lambda: xlsx(bank(page={"comments": {(3, 5): "含续贷"}})),
        as_bank().telling(("F09", "F4", "批注")),
    ),
    rate("rate-percent", "利率用百分数格式", 0.0435, 4_350_000, "百分数格式", "0.00%"),
    rate("rate-monthly", "月息几厘：折年利率", "月息3.96厘", 4_752_000, "×12÷10"),
    rate("rate-per-mille", "计量单位写厘：月利率，折年利率", 3.96, 4_752_000, "×12÷10", unit="厘"),
    rate("rate-month-label", "指标名称写月利率（‰）", 3.96, 4_752_000, "×12÷10", label="加权平均月利率", unit="‰"),
    rate("rate-month-mark", "指标名称写利率(月)", 3.96, 4_752_000, "×12÷10", label="加权平均利率(月)", unit=""),
    no_rate("rate-month-percent", "名称写月利率，计量单位是%", "加权平均月利率", "%", "计量单位却是百分号"),
    no_rate("rate-year-per-mille", "名称写年利率，计量单位是‰", "加权平均年利率", "‰", "无法确定是年利率还是月利率"),
    rates("rates-month", "表头写月利率，没有写单位：按‰折年利率", "加权平均月利率", 4, 4_800_000),
    rates("rates-month-percent", "表头写月利率(%)：乘12", "加权平均月利率(%)", 0.4, 4_800_000),
    rates("rates-month-mark", "表头写利率(月)", "加权平均利率(月)", 4, 4_800_000),
    rates(
        "rates-year-per-mille",
        "表头写年利率(‰)：不知道是年利率还是月利率，一列一个问题",
        "加权平均年利率(‰)",
        48,
        MISSING,
        [("F07", "G4", "无法确定是年利率还是月利率")],
    ),
    rates(
        "rates-year-and-li",
        "表头写利率(年)(厘)",
        "加权平均利率(年)(厘)",
        4.8,
        MISSING,
        [("F07", "G4", "既写“年”，又写月息")],
    ),
    Case(
        "merged-title",
        "标题合并单元格",
        C,
        lambda: xlsx(bank(page={"merges": [(0, 0, 0, 7), (13, 0, 13, 1)]})),
        as_bank(),
    ),
    Case(
        "merged-data",
        "两个县的金额合并成一格：不知道各是多少",
        C,
        lambda: xlsx(bank(1, 5, None, page={"merges": [(3, 5, 4, 5)]})),
        as_bank({HERE: MISSING, ("outstanding_amount", "hanyin", "abc", 0): MISSING}).telling(("F07", "F4", "合并")),
    ),
    Case(
        "merged-across",
        "一个数合并在两栏上（标题也合并着）：不知道是哪一栏的",
        C,
        lambda: xlsx(bank(0, 6, None, page={"merges": [(0, 0, 0, 7), (3, 5, 3, 6)]})),
        as_bank({HERE: MISSING, ("past_due_amount", *HERE[1:]): MISSING}).telling(("F07", "F4", "合并")),
    ),
    Case(
        "hidden-row",
        "隐藏的行：照常读取，报告",
        C,
        lambda: xlsx(bank(page={"hidden_rows": {5}})),
        as_bank().telling(("F08", "A6", "第6行")),
    ),
    Case(
        "hidden-column",
        "隐藏的列：照常读取，报告",
        C,
        lambda: xlsx(bank(page={"hidden_cols": {5}})),
        as_bank().telling(("F08", "F1", "F列")),
    ),
    Case(
        "hidden-blank", "隐藏的是空行空列：没有什么可说", C, lambda: xlsx(bank(page={"hidden_rows": {40}})), as_bank()
    ),
    Case(
        "hidden-row-xls",
        ".xls 里隐藏的行",
        C,
        lambda: xls(bank(page={"hidden_rows": {5}})),
        as_bank().telling(("F08", "A6", "第6行")),
        "报表.xls",
    ),
    *(unseen(f"hidden-{kind}", f"{kind}：数字格式不显示内容", make, suffix) for kind, make, suffix in WORKBOOKS),
    Case(
        "hidden-format-word",
        "数字格式把数显示成“—”",
        C,
        lambda: xlsx(bank(page=looks('"—"'))),
        as_bank().telling(("F08", "F4", "不显示")),
    ),
    Case("hidden-format-zero", "不显示零：没有什么可说", C, lambda: xlsx(bank(page=looks("0;-0;;@"))), as_bank()),
    Case(
        "hidden-row-height",
        "行高为零",
        C,
        lambda: sheet_xml(lambda xml: xml.replace('<row r="6"', '<row r="6" ht="0.00" customHeight="1"')),
        as_bank().telling(("F08", "A6", "第6行")),
    ),
    Case(
        "hidden-column-width",
        "列宽近于零",
        C,
        lambda: sheet_xml(lambda xml: xml.replace("<sheetData>", f"<cols>{SLIVER}</cols><sheetData>")),
        as_bank().telling(("F08", "F1", "F列")),
    ),
    Case(
        "zero-height",
        "未用的行默认隐藏（zeroHeight）：写出的行都看得见",
        C,
        lambda: sheet_xml(lambda xml: xml.replace("<sheetFormatPr ", '<sheetFormatPr zeroHeight="1" ')),
        as_bank(),
    ),
    Case(
        "moment",
        "金额栏里是日期和时刻",
        C,
        lambda: xlsx(bank(0, 5, datetime(2018, 3, 31, 8, 30), page=looks("yyyy-mm-dd hh:mm"))),  # noqa: DTZ001
        as_bank({HERE: MISSING}).telling(("F07", "F4", "日期")),
    ),
]

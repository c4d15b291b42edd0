"""Live rules of blank forms in LibreOffice: silent on right figures, and each fires one step beyond what it allows.

石泉's statement of February 2018, by hand: 849.05＋43.26－27.05＝865.26; 838.96＋81.54－51.24－4.00＝865.26; 38.28＋43.26＝81.54;
24.19＋27.05＝51.24; 1758.57＋43.26＝1801.83; grades 821.16＋27.10＋8.80＋6.40＋1.80＝865.26; non-performing 17.00. Amounts are
rounded to 0.01 万元, so that half a step for each figure in a relation is allowed for.
"""

from __future__ import annotations

from dataclasses import dataclass

import openpyxl
import pytest

from pipeline import validate
from pipeline.jobs import month as months
from pipeline.jobs import over_time
from pipeline.jobs.clock import clock_for
from pipeline.jobs.opening import opened
from pipeline.periods import Month
from pipeline.store import journal
from pipeline.store.store import Store
from tests.jobs.filled_forms import filled, readings
from tests.jobs.sample import SAMPLE
from tests.office import convert

MTD, YTD, CUM, END = 4, 5, 6, 7
"""Columns of the upright form."""
FINE: tuple[str, ...] = ()
OWED = "必填的格"


@dataclass(frozen=True)
class Case:
    """Figures put into the right form, by label and column, and the codes that are told (all of them, or among them)."""

    name: str
    figures: dict[tuple[str, int], float | None]
    codes: tuple[str, ...]
    exactly: bool = False


CASES = (
    Case("right", {}, FINE, exactly=True),
    Case("balance within six half steps", {("期末贷款余额", END): 865.29}, FINE, exactly=True),
    Case("balance beyond", {("期末贷款余额", END): 865.30}, ("A02", "A08"), exactly=True),
    Case("below", {("期末贷款余额", END): 865.22}, ("A02", "A08"), exactly=True),
    Case("the year's balance within ten", {("期末贷款余额", END): 865.31}, ("A02", "A08"), exactly=True),
    Case("the year's balance beyond", {("期末贷款余额", END): 865.32}, ("A02", "A03", "A08"), exactly=True),
    Case("year within three half steps", {("发放金额", YTD): 81.55}, FINE, exactly=True),
    Case("year beyond", {("发放金额", YTD): 81.56}, ("A04",), exactly=True),
    Case("loans of the year", {("发放笔数", YTD): 25}, ("A04",), exactly=True),
    Case("repaid in the year", {("收回金额", YTD): 51.26}, ("A04",), exactly=True),
    Case("written off in the year", {("核销及代偿金额", YTD): 4.02}, ("A04",), exactly=True),
    Case("since lending began within", {("发放金额", CUM): 1801.84}, FINE, exactly=True),
    Case("since lending began beyond", {("发放金额", CUM): 1801.85}, ("A05",), exactly=True),
    Case("loans since lending began", {("发放笔数", CUM): 603}, ("A05",), exactly=True),
    Case("households: at most 13 and 11", {("发放户数", YTD): 24}, FINE, exactly=True),
    Case("households: more", {("发放户数", YTD): 25, ("发放笔数", YTD): 25}, ("A04", "A06"), exactly=True),
    Case("households: fewer than last month", {("发放户数", YTD): 12}, ("A06",)),
    Case("households ever within", {("发放户数", CUM): 402}, FINE, exactly=True),
    Case("households ever: more", {("发放户数", CUM): 403}, ("A06",), exactly=True),
    Case("households ever: fewer", {("发放户数", CUM): 390}, ("A06",), exactly=True),
    Case("last month's balance within", {("上月末余额", END): 849.06}, FINE, exactly=True),
    Case("last month's balance", {("上月末余额", END): 849.07}, ("A07",), exactly=True),
    Case("the year's start", {("年初余额", END): 838.98}, ("A07",), exactly=True),
    Case("a year ago", {("上年同期余额", END): 638.92}, ("A07",), exactly=True),
    Case("a grade within six half steps", {("正常类贷款", END): 821.19}, FINE, exactly=True),
    Case("a grade beyond", {("正常类贷款", END): 821.20}, ("A08",), exactly=True),
    Case("non-performing within four", {("不良贷款余额", END): 17.02}, FINE, exactly=True),
    Case("non-performing beyond", {("不良贷款余额", END): 17.03}, ("A08",), exactly=True),
    Case("past due at most the balance", {("逾期贷款余额", END): 865.26}, FINE, exactly=True),
    Case("past due above the balance", {("逾期贷款余额", END): 865.27}, ("A08",)),
    Case("households more than loans", {("逾期贷款户数", END): 11}, ("A09",), exactly=True),
    Case("households without loans", {("逾期贷款笔数", END): 0}, ("A09",), exactly=True),
    Case("loans without households", {("逾期贷款户数", END): 0}, ("A09",), exactly=True),
    Case("loans without an amount", {("逾期贷款余额", END): 0}, ("A09",)),
    Case("an amount without loans", {("逾期贷款笔数", END): 0, ("逾期贷款户数", END): 0}, ("A09",), exactly=True),
    Case("below zero", {("展期金额", YTD): -0.01}, ("A10",)),
    Case("a reversal", {("核销及代偿金额", MTD): -0.01}, ("A10",)),
    Case("the year less than the month", {("收回金额", MTD): 51.25}, ("A11",)),
    Case("the month as much as the year", {("收回金额", MTD): 51.24}, ("A02", "A04"), exactly=True),
    Case("ever less than the year", {("发放笔数", CUM): 23}, ("A11",)),
    Case("ever less than the balance", {("发放金额", CUM): 865.25}, ("A11",)),
    Case("lines fewer than borrowers", {("授信户数", END): 291}, ("A12",), exactly=True),
    Case("lines as many as borrowers", {("授信户数", END): 292}, FINE, exactly=True),
    Case("rated fewer than lines", {("评级户数", END): 477}, ("A12",), exactly=True),
    Case("average at the cap of 5", {("发放金额", MTD): 55.00}, ("A02", "A04", "A05"), exactly=True),
    Case("average above the cap", {("发放金额", MTD): 55.01}, ("A02", "A04", "A05", "A13"), exactly=True),
    Case("yuan for ten thousand", {("发放金额", MTD): 2750.01}, ("A13",)),
    Case("average a tenth of last month's 2.94", {("发放金额", MTD): 3.24}, ("A13",)),
    Case("not quite a tenth", {("发放金额", MTD): 3.60}, ("A02", "A04", "A05"), exactly=True),
    Case("rate too low", {("加权平均利率(年)", YTD): 0.49}, ("A14",), exactly=True),
    Case("rate at the lower end", {("加权平均利率(年)", YTD): 0.5}, FINE, exactly=True),
    Case("rate too high", {("加权平均利率(年)", YTD): 15.01}, ("A14",), exactly=True),
    Case("rate twelve tenths of 5.29", {("加权平均利率(年)", YTD): 6.35}, ("A14",), exactly=True),
    Case("rate not so", {("加权平均利率(年)", YTD): 6.48}, FINE, exactly=True),
    Case("transfers", {("其他变动金额", YTD): 0.01}, ("A19",), exactly=True),
    Case("past due beyond grace", {("其中：逾期超过缓冲期余额", END): 21.95}, ("A21",), exactly=True),
    Case("renewed within three half steps", {("续贷金额", YTD): 51.25}, FINE, exactly=True),
    Case("renewed beyond what was repaid", {("续贷金额", YTD): 51.26}, ("A21",), exactly=True),
    Case("extended less than last month, within", {("展期金额", YTD): 4.47}, FINE, exactly=True),
    Case("extended less than last month", {("展期金额", YTD): 4.46}, ("A23",), exactly=True),
    Case("settled fewer than last month", {("结清笔数", YTD): 6}, ("A23",), exactly=True),
    Case("interest for a year is 138.07", {("应贴息", YTD): 138.07}, FINE, exactly=True),
    Case("subsidy above all interest", {("应贴息", YTD): 138.08}, ("A24",), exactly=True),
    Case("settled 261 and 341 are 602", {("结清笔数", YTD): 261}, FINE, exactly=True),
    Case("settled one too many", {("结清笔数", YTD): 262}, ("A26",), exactly=True),
    Case("not filled in yet", {("期末贷款余额", END): None, ("发放金额", YTD): None}, FINE, exactly=True),
    Case("words in a figure's place", {("期末贷款余额", END): "待定"}, FINE, exactly=True),  # type: ignore[dict-item]
)


A02 = (
    "石泉县“期末贷款余额”865.30万元，而上月“期末贷款余额”849.05万元＋“发放金额（本月）”43.26万元－“收回金额（本月）”27.05万元"
    "－“核销及代偿金额（本月）”0.00万元＋“其他变动金额（本月）”0.00万元，合计应为865.26万元，相差0.04万元（四舍五入最多相差0.03万元）。"
)


def _put(path, figures, out):
    book = openpyxl.load_workbook(path)
    sheet = book.worksheets[0]
    rows = {str(row[0].value).strip(): row[0].row for row in sheet.iter_rows(min_row=8) if row[0].value}
    for (label, column), value in figures.items():
        sheet.cell(rows[label], column).value = value
    book.save(out)
    return out


def told(path) -> list[tuple]:
    """The lines of the list of problems: code, weight, area, label, cell, sentence."""
    sheet = openpyxl.load_workbook(path, data_only=True)["审核"]
    lines = [row[1:7] for row in sheet.iter_rows(min_row=7, max_row=26, values_only=True) if row[0]]
    broken, blanks = [line for line in lines if line[3] != OWED], [line for line in lines if line[3] == OWED]
    said = sheet["A3"].value
    some = f"有 {len(broken)} 处问题，见下" if broken else "0 处问题"
    assert said.startswith(some)
    assert bool(blanks) == said.endswith("格没有填")
    assert lines == [*broken, *blanks], "what is not filled in yet comes last"
    return lines


@pytest.fixture(scope="module")
def statement(handed_out, tmp_path_factory):
    out = tmp_path_factory.mktemp("live") / "石泉.xlsx"
    return filled(SAMPLE / "2018-02" / "石泉农商银行2018年2月.xlsx", *handed_out.glob("石泉农商银行/*统计表.xlsx"), out)


@pytest.fixture(scope="module")
def calculated(statement, tmp_path_factory):
    """Every case, calculated in one start of LibreOffice."""
    folder = tmp_path_factory.mktemp("cases")
    made = [_put(statement, case.figures, folder / f"{number}.xlsx") for number, case in enumerate(CASES)]
    return dict(zip(CASES_BY_NAME, convert(made, "xlsx", folder), strict=True))


CASES_BY_NAME = {case.name: case for case in CASES}


@pytest.mark.parametrize("name", CASES_BY_NAME)
def test_a_rule_fires_one_step_beyond(calculated, name):
    case = CASES_BY_NAME[name]
    codes = {line[0] for line in told(calculated[name])}
    assert set(case.codes) <= codes
    assert codes <= set(case.codes) or not case.exactly


def test_the_sentence_is_the_rules_own(calculated):
    lines = {line[0]: line for line in told(calculated["balance beyond"])}
    assert lines["A02"] == (
        "A02", "强制性", "石泉县", "期末贷款余额", "G22",
        A02,
    )  # fmt: skip
    (line,) = told(calculated["average above the cap"])[-1:]
    assert line[5] == "石泉县“发放金额（本月）”55.01万元、11户，户均5.000909万元，超过每户上限5.00万元。"
    (line,) = told(calculated["households ever: more"])
    assert line[5] == (
        "石泉县“发放户数（历史累计）”403户，多于402户（上月391户＋本月11户）：新增的户数不会多于本月发放的户数。"
    )


def test_the_faulty_cell_turns_red(calculated):
    """What LibreOffice has kept of the colours: a formula that looks for the cell among the broken rules."""
    sheet = openpyxl.load_workbook(calculated["right"]).worksheets[0]
    formulas = [rule.formula[0] for found in sheet.conditional_formatting for rule in found.rules if rule.formula]
    assert len(formulas) == 2
    assert all("审核单元格" in formula and "ADDRESS(MAX(ROW()),MAX(COLUMN()),4)" in formula for formula in formulas)


def test_live_rules_are_the_rules(calculated, handed_out):
    """What turns red in the form is what the program finds when it comes home: nothing else, and all of it.

    A blank is told only when the form comes home; what has one cause is told once there.
    """
    workspace = handed_out.parents[2]
    clock = clock_for("2018-03-01")
    catalog = opened(workspace, "ankang", clock)
    sent = {}
    for number, (name, path) in enumerate(calculated.items()):
        read = readings(path, catalog, digest=f"{number:064x}")
        sent[name] = read.submissions[0]
    store = Store(workspace, create=False)
    with store.transaction() as connection:
        seen = months.view(connection, catalog, Month(2018, 2), journal.vintage_at(connection, clock.text))
        past = over_time.past_of(connection, seen, over_time.beside(connection, seen).in_force)
    store.close()
    found: dict[str, set[str]] = {}
    every = list(sent.values())
    for finding in [*validate.check(every, catalog), *validate.check_over_time(every, catalog, past)]:
        found.setdefault(finding.submission, set()).add(finding.rule)
    live = {name: {line[0] for line in told(path)} for name, path in calculated.items()}
    judged = {name: found.get(one.id, set()) - ELSEWHERE for name, one in sent.items()}
    assert {name: codes for name, codes in live.items() if codes != judged[name]} == {}, judged


ELSEWHERE: set[str] = set()


# ------------------------------------------------------------------ the other forms

OTHERS = (
    ("农业银行安康分行", "统计表", "农行2018年2月金融扶贫小额贷款统计表.xlsx"),
    ("邮储银行安康市分行", "统计表", "邮储安康_201802.xls"),
    ("石泉县金融办", "月报表", "石泉县金融办2018年2月报表.xlsx"),
)
TABLE, EXPORT, RETURN = OTHERS
OTHER_CASES = (
    # the total of 1366.. is a sum of ten counties: eleven half steps are 0.055
    ("a total within eleven half steps", TABLE, {"Y8": ("total", 0.05)}, []),
    ("a total beyond", TABLE, {"Y8": ("total", 0.06)}, [("A01", "合计", "Y8")]),
    ("an area above its county", TABLE, {"D10": (0, 100_000)}, [("A22", "高新区", "D10")]),
    ("a fen in an export that is exact", EXPORT, {"Y5": (1, 0.01)}, [("A02", "汉滨", "Y5"), ("A03", "汉滨", "Y5"), ("A08", "汉滨", "Y5")]),
    ("a return as it is", RETURN, {}, []),
    ("more who want a loan than there are", RETURN, {"E9": (0, 3090)}, [("C01-2", "石泉县", "E9")]),
    ("more posts than planned", RETURN, {"E22": (0, 139)}, [("C01-3", "石泉县", "E22")]),
    ("more scored than visited", RETURN, {"E27": (0, 2818)}, [("C01-4", "石泉县", "E27")]),
    ("a project beyond its total", RETURN, {"D39": (0, 1470.01)}, [("C01-5", "第1项", "D39")]),
    ("a loan below zero", RETURN, {"E39": (0, -1)}, [("C01-1", "第1项", "E39")]),
    ("paid from the fund less than last month", RETURN, {"E13": (0, 1.18)}, [("C01-7", "石泉县", "E13")]),
    ("not less than both roundings explain", RETURN, {"E13": (0, 1.19)}, []),
)  # fmt: skip


@pytest.fixture(scope="module")
def others(handed_out, tmp_path_factory):
    """Each of these, calculated; a change is (times what stands there, plus)."""
    folder = tmp_path_factory.mktemp("others")
    forms = {
        one: filled(
            SAMPLE / "2018-02" / one[2], *handed_out.glob(f"{one[0]}/*{one[1]}.xlsx"), folder / f"{one[0]}.xlsx"
        )
        for one in OTHERS
    }
    made = []
    for number, (_, form, changes, _) in enumerate(OTHER_CASES):
        book = openpyxl.load_workbook(forms[form])
        sheet = book.worksheets[0]
        for cell, (times, more) in changes.items():
            was = sum(sheet[f"{cell[0]}{row}"].value for row in (9, *range(12, 21))) if times == "total" else None
            sheet[cell] = round((was if was is not None else (sheet[cell].value or 0) * times) + more, 6)
        book.save(folder / f"{number}.xlsx")
        made.append(folder / f"{number}.xlsx")
    return dict(zip([case[0] for case in OTHER_CASES], convert(made, "xlsx", folder), strict=True))


@pytest.mark.parametrize(("name", "expected"), [(case[0], case[3]) for case in OTHER_CASES])
def test_the_other_forms_check_themselves_too(others, name, expected):
    assert [(line[0], line[2], line[4]) for line in told(others[name])] == expected

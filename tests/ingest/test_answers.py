"""Lists of findings as they come home: what each row is read to say, wherever people wrote it."""

import io

import openpyxl
import pytest
from openpyxl.comments import Comment

from pipeline.ingest.reading import read_file
from pipeline.ingest.workbook import open_grid
from pipeline.model import ReceivedFile
from pipeline.model.answers import AS_ABOVE
from tests.ingest.sheets import CATALOG

HARD, FIRST, SECOND = "F00000000000a", "F00000000000b", "F00000000000c"
WHY, OTHER = "三户联保贷款各八万元", "九十户评级到期正在重评"
HEADERS = ["填报数", "问题", "核实说明", "问题编号"]


def plain():
    """A book with the list as it went out: one error, two questions."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "审核问题"
    sheet.append(["农业银行安康分行2018年3月报表审核问题和核实说明"])
    sheet.append(HEADERS)
    sheet.append(["3万元", "A01　合计不符。", "请在原表改正", HARD])
    sheet.append(["79.30万元", "A13　超过上限。", None, FIRST])
    sheet.append(["705户", "A12　户数不足。", None, SECOND])
    return sheet


def told(data, name="回复.xlsx"):
    reading = read_file(open_grid(data, name), ReceivedFile("f" * 64, name, "2018-04-11 09:00"), CATALOG)
    assert sum(reading.cells.values()) == reading.non_blank, "every cell must be accounted for"
    return [(one.finding, one.text) for one in reading.answers if one.text or one.doubt], reading.answers


def saved(sheet):
    out = io.BytesIO()
    sheet.parent.save(out)
    return out.getvalue()


def below(sheet):
    sheet.insert_rows(5)
    sheet["C5"] = WHY


def goes_on_below(sheet):
    sheet["C4"] = "三户联保贷款"
    sheet.insert_rows(5)
    sheet["C5"] = "各八万元"


def beside(sheet):
    sheet["E4"] = WHY


def merged_over_the_number(sheet):
    sheet["C4"] = WHY
    sheet["D4"] = None
    sheet.merge_cells("C4:D4")


def commented(sheet):
    sheet["C4"].comment = Comment(WHY, "示例甲")


def otherwise_headed(sheet):
    sheet["C2"], sheet["D2"], sheet["C4"] = "核实说明（请写明原因）", "编号", WHY


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        (below, [(FIRST, WHY)]),
        (goes_on_below, [(FIRST, "三户联保贷款\n各八万元")]),
        (beside, [(FIRST, WHY)]),
        (merged_over_the_number, [("", WHY)]),
        (commented, [(FIRST, WHY)]),
        (otherwise_headed, [(FIRST, WHY)]),
    ],
)
def test_an_answer_is_found_where_people_leave_it(typed, said):
    sheet = plain()
    typed(sheet)
    assert told(saved(sheet))[0] == said


def test_one_cell_merged_over_two_questions_answers_both():
    sheet = plain()
    sheet["C4"] = WHY
    sheet.merge_cells("C4:C5")
    assert told(saved(sheet))[0] == [(FIRST, WHY), (SECOND, WHY)]


def parts(*answers):
    """A question about three cells, its further cells below it, and another question after them."""
    sheet = plain()
    for row, text in enumerate(answers, start=5):
        sheet.insert_rows(row)
        for col, value in enumerate(["80.00万元", AS_ABOVE, text, FIRST], start=1):
            sheet.cell(row, col).value = value
    return sheet


@pytest.mark.parametrize(
    ("why", "own", "further", "said"),
    [
        ("in the first row", WHY, (None, None), WHY),
        ("beside a further cell", None, (None, WHY), WHY),
        ("beside each, each its own", "三户", ("联保", "各八万元"), "三户\n联保\n各八万元"),
        ("the same drawn down over all", WHY, (WHY, WHY), WHY),
    ],
)
def test_what_is_said_beside_further_cells_is_one_answer_to_their_question(why, own, further, said):
    sheet = parts(*further)
    sheet["C4"] = own
    answers, rows = told(saved(sheet))
    assert answers == [(FIRST, said)], why
    first = [(HARD, "3万元"), (FIRST, "79.30万元"), (SECOND, "705户")]
    assert [(row.finding, row.value) for row in rows] == [*first, (FIRST, "80.00万元"), (FIRST, "80.00万元")]


def test_a_further_cell_whose_first_row_was_cut_away_still_answers_the_question():
    sheet = parts(WHY)
    sheet.delete_rows(4)
    assert told(saved(sheet))[0] == [(FIRST, WHY)]


def test_a_question_merged_over_the_room_for_its_answer_is_no_answer():
    sheet = plain()
    sheet.merge_cells("B4:C4")
    assert told(saved(sheet))[0] == []


@pytest.mark.parametrize("answered", [False, True])
def test_words_below_the_whole_list_belong_to_the_last_question_only_where_no_other_waits(answered):
    sheet = plain()
    sheet["C4"] = WHY if answered else None
    sheet["C6"] = OTHER
    assert told(saved(sheet))[0] == ([(FIRST, WHY), (SECOND, OTHER)] if answered else [("", OTHER)])


@pytest.mark.parametrize(
    ("number", "finding"),
    [
        ("f00000000000B", FIRST),
        ("Ｆ０００００００００００ｂ", FIRST),
        (" F000000\n00000b\u00a0", FIRST),
        ("编号：F00000000000b。", FIRST),
        ("F00000000000bb", "F00000000000bb"),
        (None, ""),
    ],
)
def test_a_number_is_known_whatever_stands_around_it(number, finding):
    sheet = plain()
    sheet["C4"], sheet["D4"] = WHY, number
    answers, all_rows = told(saved(sheet))
    assert answers == [(finding, WHY)]
    assert (all_rows[1].question, all_rows[1].value) == ("A13　超过上限。", "79.30万元")
    assert all_rows[1].heading == "农业银行安康分行2018年3月报表审核问题和核实说明"


def test_one_answer_may_name_several_findings():
    sheet = plain()
    sheet["C4"], sheet["D4"] = WHY, f"{FIRST}、{SECOND}"
    assert told(saved(sheet))[0] == [(FIRST, WHY), (SECOND, WHY)]


def test_a_list_without_its_column_of_numbers_is_still_one():
    sheet = plain()
    sheet["C5"] = OTHER
    sheet.delete_cols(4)
    answers, all_rows = told(saved(sheet))
    assert answers == [("", OTHER)]
    assert all_rows[2].question == "A12　户数不足。"


def test_a_formula_that_came_to_no_words_is_doubted():
    sheet = plain()
    sheet["C4"] = "=cmd|' /C calc'!A0"
    (answer,) = [one for one in told(saved(sheet))[1] if one.doubt]
    assert (answer.finding, answer.doubt) == (FIRST, "这一格是没有算出文字的公式，请直接写文字")


def test_a_comma_without_quotes_in_a_csv_is_doubted():
    lines = ["问题编号,核实说明,填写人", f"{FIRST},三户联保,各八万元,示例乙", f"{SECOND},{OTHER},示例乙"]
    first, second = told("\n".join(lines).encode("gb18030"), "说明.csv")[1]
    assert "逗号没有加引号" in first.doubt and "示例乙" in first.doubt
    assert (second.finding, second.text, second.by, second.doubt) == (SECOND, OTHER, "示例乙", "")


def test_a_csv_row_without_a_number_is_not_bound_to_the_one_above_that_is_answered():
    lines = ["问题编号,核实说明", f"{FIRST},{WHY}", f",{OTHER}"]
    assert told("\n".join(lines).encode(), "说明.csv")[0] == [(FIRST, WHY), ("", OTHER)]

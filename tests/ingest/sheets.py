"""Small real workbooks, typed as a bank would: what is not said otherwise is a plain statement of 农业银行."""

import io
from dataclasses import dataclass, field

import xlsxwriter

from pipeline.catalog import load_catalog
from pipeline.ingest.reading import read_file
from pipeline.ingest.workbook import open_grid
from pipeline.model import ReceivedFile

CATALOG = load_catalog()
HEADERS = ["县(区)", "授信户数", "授信金额", "期末余额/笔数", "期末余额/户数", "期末余额/金额", "备注"]
AREAS = ["汉滨区", "汉阴县", "石泉县", "宁陕县", "紫阳县", "岚皋县", "平利县", "镇坪县", "旬阳县", "白河县"]


def plain_rows():
    return [[name, 20 + i, 60.5 + i, 10 + i, 9 + i, 30.25 + i, None] for i, name in enumerate(AREAS)]


@dataclass
class Statement:
    above: list = field(
        default_factory=lambda: [
            ["农业银行安康分行金融扶贫小额贷款统计表（2018年3月）"],
            ["填报单位：农业银行安康分行", None, None, "单位：万元、户、笔"],
        ]
    )
    headers: list = field(default_factory=lambda: list(HEADERS))
    rows: list = field(default_factory=plain_rows)
    below: list = field(default_factory=lambda: [["单位负责人：示例甲", None, "填表人：示例乙"]])
    sheet: str = "统计表"
    name: str = "农行报表.xlsx"
    received_at: str = "2018-04-05 09:00"
    formats: dict = field(default_factory=dict)
    hidden_rows: tuple = ()
    more_sheets: dict = field(default_factory=dict)
    hidden_sheets: tuple = ()

    def lines(self):
        return [*self.above, self.headers, *self.rows, *self.below]

    def data(self):
        out = io.BytesIO()
        with xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False}) as book:
            for title, lines in {self.sheet: self.lines(), **self.more_sheets}.items():
                sheet = book.add_worksheet(title)
                for r, line in enumerate(lines):
                    for c, value in enumerate(line):
                        if value is not None:
                            look = self.formats.get((r, c))
                            sheet.write(r, c, value, book.add_format({"num_format": look}) if look else None)
                for row in self.hidden_rows:
                    sheet.set_row(row, None, None, {"hidden": True})
                if title in self.hidden_sheets:
                    sheet.hide()
        return out.getvalue()

    def read(self, catalog=CATALOG, notes=()):
        received = ReceivedFile("f" * 64, self.name, self.received_at)
        opened = open_grid(self.data(), self.name)
        if notes:
            opened.notes = notes
        reading = read_file(opened, received, catalog)
        assert sum(reading.cells.values()) == reading.non_blank, "every cell must be accounted for"
        return reading


def found(reading):
    """What is wrong, as (rule, cell)."""
    return [(f.rule, f.cell) for f in reading.findings]

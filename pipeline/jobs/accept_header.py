"""`accept-header`: a person says which indicator an unknown header means, in the tables of one reporting unit.

From then on those words, as the whole path of a column or the label of a row, mean that indicator in every table of
that form of that unit, from the month of the file on; other units' tables are read as before.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from pipeline.catalog import Catalog, Meaning, normalise_header
from pipeline.errors import UsageError
from pipeline.ingest.matching import Words, words_of
from pipeline.ingest.measures import contradicts
from pipeline.ingest.nearest import label_of, nearest
from pipeline.ingest.seen import Part, Seen, TableSeen
from pipeline.jobs import month as months
from pipeline.jobs.clock import Clock
from pipeline.jobs.decide import Decided, decided_in, person
from pipeline.jobs.dry_run import Looked
from pipeline.jobs.one_file import read_one
from pipeline.model import Submission
from pipeline.periods import Month
from pipeline.privacy import without_identities
from pipeline.store import journal
from pipeline.store.store import Connection

_EFFECT = "重新运行 make monthly 时已收的文件按此自动重新读取"
_LISTED = 8


def accept_header(
    workspace: Path, file: str, place: str, indicator: str, by: str, catalog: Catalog, clock: Clock
) -> Decided:
    """Record that the header at SHEET!CELL of a file means an indicator, for the unit that sent it."""
    author = person(by)
    sheet, cell = _place(place)
    if not (workspace / "store").is_dir():
        raise UsageError(f"{workspace} 中还没有数据。请先运行 make monthly，或核对 --workspace。")
    found = _with_sheet(read_one(workspace, file, catalog, clock), sheet)
    table = _table(found, sheet, cell)
    header = _header(table, sheet, cell)
    sent = _sent(found, table)
    words = _words(catalog, table.form, sent)
    meaning = _meaning(indicator, table, words, catalog)
    _refuse_taken(table, words, meaning)
    _refuse_unit(header, words, meaning)
    key = normalise_header(header.key or header.words)
    if not key:
        raise UsageError(f"单元格{cell}的表头“{header.words[:40]}”没有可以比较的文字，不能认定。请单位改用规定的表头。")

    def decision(connection: Connection, upto: int) -> tuple[str, dict[str, Any], str]:
        since, late = _since(connection, upto, sent.period)
        body = {
            "period": "",
            "profile": catalog.profile.id,
            "unit": sent.unit,
            "form": table.form,
            "header": key,
            "indicator": meaning[0],
            "institution": meaning[1],
            "since": str(since),
            "words": without_identities(header.words),
            "sha256": found.received.sha256,
            "file": found.received.name,
            "sheet": sheet,
            "cell": header.cell,
            "by": author,
        }
        return journal.HEADER_ACCEPTED, body, _told(body, catalog, label_of(words, meaning), since, late)

    return decided_in("accept-header", workspace, clock, decision, _EFFECT)


def _told(body: dict[str, Any], catalog: Catalog, label: str, since: Month, late: str) -> str:
    unit = catalog.units.by_id[body["unit"]].name(since)
    form = catalog.forms[body["form"]]
    return (
        f"已认定：{unit}的{form.short or form.name}中，表头“{body['words']}”就是“{label}”"
        f"（{body['indicator']}），{late}从{since.label}的报表起适用，不影响其他单位。"
    )


# ------------------------------------------------------------------ which header


def _place(said: str) -> tuple[str, str]:
    """Sheet and cell of 「统计表!G3」; blanks and quotation marks as Excel writes them are allowed for."""
    sheet, mark, cell = said.strip().rpartition("!")
    cell = cell.strip().replace("$", "").upper()
    if not mark or not sheet.strip() or not re.fullmatch(r"[A-Z]{1,3}[1-9]\d{0,6}", cell):
        raise UsageError(f"“{said[:60]}”写法不对。请写成 '工作表名!单元格'，如 '统计表!G3'。")
    sheet = sheet.strip()
    quoted = len(sheet) > 2 and sheet[0] == sheet[-1] == "'"
    return (sheet[1:-1].replace("''", "'") if quoted else sheet), cell


def _with_sheet(files: Sequence[Looked], sheet: str) -> Looked:
    """The file with a table on that sheet: of an archive or mail, one of several."""
    there = [one for one in files if any(table.sheet == sheet for table in one.reading.tables)]
    if len(there) > 1:
        named = "、".join(f"《{one.received.name}》" for one in there[:_LISTED])
        raise UsageError(f"有{len(there)}个文件有工作表“{sheet[:40]}”：{named}。请写其中一个文件的名称。")
    return (there or files)[0]


def _table(found: Looked, sheet: str, cell: str) -> TableSeen:
    """The table of figures on that sheet; the one that knows the cell where there are several."""
    there = [table for table in found.reading.tables if table.sheet == sheet]
    if there:
        return next((t for t in there if any(cell in seen.places for seen in (*t.headers, *t.rows))), there[0])
    named = "、".join(dict.fromkeys(f"“{table.sheet}”" for table in found.reading.tables))
    why = f"认出报表的工作表是{named}，请改写工作表名" if named else "其中没有认出数字报表，请先核对是不是报表"
    raise UsageError(f"文件《{found.received.name}》的工作表“{sheet[:40]}”里没有可以认定表头的报表。{why}。")


def _header(table: TableSeen, sheet: str, cell: str) -> Seen:
    """The one unknown header or row label that stands in this cell."""
    here = [seen for seen in (*table.headers, *table.rows) if cell in seen.places]
    unknown = [seen for seen in here if seen.part is Part.UNKNOWN]
    if len(here) > 1 and (cell in table.shared or len(unknown) > 1):
        lower = "、".join(f"{seen.cell}“{seen.words[:30]}”" for seen in here[:_LISTED])
        raise UsageError(f"单元格{cell}是几列共用的表头，无法确定是哪一列。请写其中一列自己的单元格：{lower}。")
    if unknown:
        return unknown[0]
    if here:
        raise UsageError(f"单元格{cell}的“{here[0].words[:40]}”{_WHY_NOT[here[0].part]}，不需要认定。")
    listed = "、".join(f"{seen.cell}“{seen.words[:30]}”" for seen in table.unknown[:_LISTED])
    rest = f"这张工作表中没有认出的有：{listed}。" if listed else "这张工作表的表头都认出来了。"
    raise UsageError(f"工作表“{sheet}”的单元格{cell}不是没有认出的表头或指标名称。{rest}")


_WHY_NOT = {
    Part.INDICATOR: "已经是本表的指标",
    Part.DOUBLED: "与另一列表头相同，应当请单位只保留一列",
    Part.ODD_UNIT: "已经是本表的指标，但写的计量单位不对，应当请单位更正",
    Part.SPAN: "是本表的栏目，不是一个指标",
    Part.AREA: "是县区",
    Part.IGNORED: "是序号、比率或小计，由本办计算，不读入",
}


def _sent(found: Looked, table: TableSeen) -> Submission:
    """Who sent that table, and about when."""
    for submission in found.reading.submissions:
        if (submission.sheet, submission.form) == (table.sheet, table.form):
            return submission
    raise UsageError(
        f"文件《{found.received.name}》工作表“{table.sheet}”的填报单位或报告期还没有认出来，无法记录是哪个单位的表头。"
        "请先处理这些问题（用 check 查看）。"
    )


def _words(catalog: Catalog, form: str, sent: Submission) -> Words:
    month = Month.parse(sent.period if "-" in sent.period else f"{sent.period}-12")
    words = next(words for words in words_of(catalog) if words.form.code == form)
    return words.in_month(month, catalog, sent.unit)


# ------------------------------------------------------------------ which indicator


def _meaning(said: str, table: TableSeen, words: Words, catalog: Catalog) -> Meaning:
    """The indicator of the form with this code or these words."""
    code, _, institution = said.strip().partition("@")
    if code in words.form.by_code:
        return _by_code(code, institution, words, catalog)
    found = words.meaning(said)
    rows = words.rows.get(normalise_header(said), ())
    if found or (rows and (table.shape == "indicators_down" or len(rows) == 1)):
        return _of_a_table(found or rows[0], words)
    if rows:
        listed = "、".join(f"{label_of(words, row)}（{'@'.join(filter(None, row))}）" for row in rows)
        raise UsageError(f"“{said[:40]}”可以是几个指标：{listed}。请写其中一个的代码。")
    near = nearest(said, words)
    meant = f"是不是：{'、'.join(f'{one.label}（{one.code}）' for one in near)}？" if near else ""
    raise UsageError(
        f"报表 {words.form.code}（{words.form.name}）没有指标“{said[:40]}”。{meant}"
        "请写指标代码或规定的表头，见 make codebook 生成的指标手册。"
    )


def _by_code(code: str, institution: str, words: Words, catalog: Catalog) -> Meaning:
    column = words.form.by_code[code]
    known = catalog.units.institution_by_id
    if column.by_institution and institution not in known:
        raise UsageError(f"指标 {code} 按机构分列，请写成 {code}@机构，机构是：{'、'.join(known)}。")
    if institution and not column.by_institution:
        raise UsageError(f"指标 {code} 不分机构，请只写 {code}。")
    return _of_a_table((code, institution), words)


def _of_a_table(meaning: Meaning, words: Words) -> Meaning:
    if words.form.by_code[meaning[0]].repeatable:
        raise UsageError(f"指标 {meaning[0]} 属于项目清单，清单的表头不能认定。请单位改用规定的表头。")
    return meaning


def _refuse_taken(table: TableSeen, words: Words, meaning: Meaning) -> None:
    """Raise UsageError where the indicator stands in the table already: a table has each of them once."""
    own = words.row_of(meaning) if table.shape == "indicators_down" else (meaning,)
    for seen in (*table.headers, *table.rows):
        if set(own or (meaning,)) & set(seen.meanings):
            raise UsageError(
                f"指标“{label_of(words, meaning)}”在这张表里已有单元格{seen.cell}“{seen.words[:40]}”，"
                "一张表不能有两处。请核对要认定的是哪个指标。"
            )
    if table.shape == "indicators_down" and not own:
        raise UsageError(f"指标“{label_of(words, meaning)}”不在竖式表的行里，不能这样认定。请核对要认定的是哪个指标。")


def _refuse_unit(header: Seen, words: Words, meaning: Meaning) -> None:
    """Raise UsageError where the header states a unit in which this indicator is never given."""
    column = words.form.by_code[meaning[0]]
    if contradicts(column, header.units):
        raise UsageError(
            f"单元格{header.cell}的表头“{header.words[:40]}”写的单位是{'、'.join(header.units)}，"
            f"指标“{label_of(words, meaning)}”的单位是{column.unit}，不能认定。请核对是哪个指标，或请单位更正表头。"
        )


def _since(connection: Connection, upto: int, period: str) -> tuple[Month, str]:
    """The first month that the decision is about: the file's own, or the first after all that are final."""
    own = Month.parse(period if "-" in period else f"{period}-01")
    finals = [
        Month.parse(entry.body["period"])
        for entry in journal.entries(connection, (journal.RELEASED,), upto)
        if months.is_final(entry)
    ]
    last = max(finals, default=None)
    if last is None or last < own:
        return own, ""
    return last.shifted(1), f"因{last.label}已正式发布，"

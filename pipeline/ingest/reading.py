"""One opened file → the submissions in it, what is wrong with it, and the account of every cell."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

from pipeline.catalog import Catalog
from pipeline.catalog.forms import Form, Layout
from pipeline.ingest import answers, areas_down, indicators_down, own_letters, own_sheets, words_reading, words_table
from pipeline.ingest.account import Account, Role
from pipeline.ingest.areas_down import AreaTable
from pipeline.ingest.between_sheets import (
    Beside,
    holds_figures,
    is_untouched,
    names_settled,
    of_its_statement,
    of_the_sender,
    says_anything,
    tell_blank_forms,
    tell_other_periods,
)
from pipeline.ingest.closing import close, close_words
from pipeline.ingest.county_of_sheet import County, county_of
from pipeline.ingest.doubted import tell_doubt, tell_sheet_names
from pipeline.ingest.faults import Faults, belonging_to
from pipeline.ingest.headed import Headed, headed
from pipeline.ingest.heading import Around, packed
from pipeline.ingest.identity import Identity, identify
from pipeline.ingest.indicators_down import UprightTable
from pipeline.ingest.matching import folded
from pipeline.ingest.money_unit import require_money_unit
from pipeline.ingest.nil_return import declares_nil
from pipeline.ingest.observe import Observer
from pipeline.ingest.one_statement import one_of_each
from pipeline.ingest.rate_said import tell_rates_said
from pipeline.ingest.refusal import WORD
from pipeline.ingest.refused_columns import each_column_once
from pipeline.ingest.register_book import METHOD, forms_in
from pipeline.ingest.second_table import without_second_table
from pipeline.ingest.seen import TableSeen
from pipeline.ingest.uncalculated import each_sheet_once
from pipeline.ingest.uncollected import uncollected
from pipeline.ingest.words_table import WordsTable
from pipeline.ingest.words_unknown import unknown_labels
from pipeline.model import Answer, Finding, Grid, Observation, ReceivedFile, Sheet, Submission, Symbol, Unreadable
from pipeline.model.own_comments import is_ours
from pipeline.model.own_sheets import PrintedFigure
from pipeline.money import FEN_PER_YUAN, to_integer
from pipeline.periods import Month

SAMPLE = "示例数据"
_LABELS_TOLD = 8
_INSTRUCTIONS = re.compile(r"说明|填表须知|填报须知|目录|封面")


@dataclass(slots=True)
class FileReading:
    """What one received file holds."""

    submissions: list[Submission] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    cells: Counter[str] = field(default_factory=Counter)
    """How many non-blank cells ended in which role."""
    non_blank: int = 0
    tables: list[TableSeen] = field(default_factory=list)
    """What was recognised in its tables of figures; only where it is asked for."""
    headed: dict[str, Headed] = field(default_factory=dict)
    """By sheet, where it says whose and about when it is."""
    beside: Beside = field(default_factory=Beside)
    handed_out: bool = False
    """It is a blank form of ours, filled in."""
    printed: list[PrintedFigure] = field(default_factory=list)
    """The earlier figures that came with it."""
    recognised: list[str] = field(default_factory=list)
    """Names of the forms that its sheets hold, read or not."""
    answers: list[Answer] | None = None
    """Explanations in lists of findings that came home with it; None where it has no such list."""
    letter: str = ""
    """What it is called, if it is a letter of ours that came back."""
    marked: bool = False
    """Its cells bear comments of ours: a workbook that went back to its sender."""


@dataclass(frozen=True, slots=True)
class FileReader:
    """Reads opened files by their key: what a worker is given to do."""

    catalog: Catalog
    received: Mapping[str, ReceivedFile]
    with_tables: bool = False
    """Whether what was recognised is asked for too."""

    def __call__(self, key: str, opened: Grid | Unreadable) -> FileReading:
        """What the file with this key holds."""
        reading = read_file(opened, self.received[key], self.catalog)
        if not self.with_tables:
            reading.tables.clear()  # thousands of them are a burden
        return reading


def read_file(opened: Grid | Unreadable, received: ReceivedFile, catalog: Catalog) -> FileReading:
    """Recognise forms by content and read them; whatever is not understood for sure is a finding."""
    with uncollected():
        return _read_file(opened, received, catalog)


def _read_file(opened: Grid | Unreadable, received: ReceivedFile, catalog: Catalog) -> FileReading:
    reading = FileReading()
    opened = forms_in(opened, received.method)
    if isinstance(opened, Unreadable):
        faults = Faults(received)
        faults.add(opened.rule, opened.message, sheet=opened.sheet, cell=opened.cell)
        reading.findings = faults.findings
        return reading
    reading.handed_out = own_sheets.is_handed_out(opened)
    reading.printed = own_sheets.printed_figures(opened) if reading.handed_out else []
    reading.marked = any(is_ours(text) for sheet in opened.sheets for text in sheet.comments.values())
    for sheet in opened.sheets:
        if sheet.cells:
            _read_sheet(sheet, received, catalog, reading, is_document=opened.format == "docx")
    if not reading.submissions and not reading.findings and not reading.beside.blank and reading.answers is None:
        faults = Faults(received)
        faults.add("F02", "整个文件没有内容。请核对是否发错文件，填好后重新报送。")
        reading.findings = faults.findings
    statements = Counter((s.form, s.unit, s.period) for s in reading.submissions)
    alone = {s.sheet for s in reading.submissions if statements[s.form, s.unit, s.period] == 1}
    reading.submissions, reading.findings = one_of_each(
        reading.submissions, reading.findings, received, catalog, {s.name: _title(s) for s in opened.sheets}
    )
    sent = reading.submissions
    reading.findings = names_settled(reading.findings, sent, received)
    reading.findings += tell_sheet_names(sent, alone, received, catalog)
    reading.findings = of_its_statement(of_the_sender(reading.findings, reading.beside, sent), sent)
    reading.findings += tell_blank_forms(reading.beside, sent, received)
    told = _told_of_file(opened, received)
    reading.findings += belonging_to(told, sent[0]) if sent else told
    reading.findings += tell_other_periods(sent, received)
    reading.submissions, reading.findings = each_column_once(each_sheet_once(reading.findings), sent, catalog)
    return reading


def _title(sheet: Sheet) -> str:
    """What a sheet says first."""
    first = min((cell for cell in sheet.cells.values()), key=lambda cell: (cell.row, cell.col), default=None)
    return "" if first is None else str(first.value)


def told_of_container(received: ReceivedFile, told: Sequence[Unreadable]) -> FileReading:
    """An archive or mail: what it holds is read by itself, of it alone there is this to tell."""
    faults = Faults(received)
    for one in told:
        faults.add(one.rule, one.message)
    return FileReading(findings=faults.findings)


def _told_of_file(opened: Grid, received: ReceivedFile) -> list[Finding]:
    faults = Faults(received)
    for note in opened.notes:
        faults.add("F09", note)
    return faults.findings


Table = AreaTable | UprightTable | WordsTable


def _read_sheet(
    sheet: Sheet, received: ReceivedFile, catalog: Catalog, reading: FileReading, *, is_document: bool
) -> None:
    account, faults = Account(sheet, handed_out=reading.handed_out), Faults(received)
    reading.non_blank += len(sheet.cells)
    submission = None
    if own_sheets.claims_to_be_ours(sheet):
        own_sheets.account_for(account, faults)
    elif sheet.hidden:
        account.mark(sheet.cells.values(), Role.HIDDEN_SHEET)
        faults.add("F08", "这张工作表是隐藏的，没有读取。请取消隐藏并说明用途，或删去后重新报送。", sheet=sheet.name)
    elif letter := own_letters.account_for(account, faults) if is_document else "":
        reading.letter = letter
    elif listed := answers.locate(account):
        reading.answers = [*(reading.answers or ()), *answers.read(listed, account)]
    elif table := words_table.locate(account, catalog) if is_document else _recognise(account, catalog):
        reading.recognised.append(table.words.form.name)
        if not isinstance(table, WordsTable):
            account, left_out = without_second_table(table, account, catalog, faults)
            if left_out:
                reading.cells[Role.FAULT.value] += left_out
                table = _recognise(account, catalog) or table
        submission, untouched = _read_table(table, account, faults, received, catalog, reading)
        if untouched:
            reading.beside.blank[sheet.name] = table.words.form
            faults, submission = Faults(received), None
    else:
        unknown, figures = unknown_labels(account, catalog), holds_figures(sheet)
        _unrecognised(account, faults, unknown, figures=figures, is_document=is_document)
        reading.beside.words_only += [sheet.name] if not unknown and not figures else []
    reading.cells.update(account.tally())
    reading.tables += account.seen
    reading.findings += belonging_to(faults.findings, submission) if submission else faults.findings
    if submission:
        reading.submissions.append(submission)


def _recognise(account: Account, catalog: Catalog) -> Table | None:
    """What most of the sheet is understood as; the official upright form goes before a table of areas."""
    found: list[Table | None] = [
        indicators_down.locate(account, catalog),
        areas_down.locate(account, catalog),
        words_table.locate(account, catalog),
    ]
    return max((table for table in found if table), key=lambda table: table.score, default=None)


def _unrecognised(
    account: Account, faults: Faults, unknown: Sequence[str], *, figures: bool, is_document: bool
) -> None:
    """Documents hold forms of words alone: a summary with tables of figures is no bank's statement."""
    sheet = account.sheet
    if _INSTRUCTIONS.search(sheet.name) and not figures:
        account.mark(sheet.cells.values(), Role.INSTRUCTIONS)
        return
    account.mark(sheet.cells.values(), Role.FAULT)
    first = min(sheet.cells.values(), key=lambda c: (c.row, c.col)).address
    told = (
        f"表头与任何报表不符，{len(sheet.cells)}个有内容的单元格都没有读入。"
        "请核对是否发错文件；如是本期报表，请按规定的表样填写后重新报送。"
    )
    told = WORD if is_document else told
    if unknown:
        named = "、".join(f"“{label}”" for label in unknown[:_LABELS_TOLD])
        more = "等" if len(unknown) > _LABELS_TOLD else ""
        told = f"像是措施表，但这些项目名称认不出来：{named}{more}。请按表样的项目名称填写后重新报送。"
    faults.add("F02", told, sheet=sheet.name, cell="" if is_document else first)


def _read_table(
    table: Table, account: Account, faults: Faults, received: ReceivedFile, catalog: Catalog, reading: FileReading
) -> tuple[Submission | None, bool]:
    """The submission in a table, if it is known whose and about when; and whether nobody has filled the table in."""
    form = table.words.form
    who = identify(_around(table, account), form, received, catalog, faults)
    reading.headed[account.sheet.name] = headed(who, account)
    month = Month.parse(who.period if "-" in who.period else f"{who.period}-12") if who.period else None
    if month:
        table = table.in_month(month, account, catalog, who.unit or "")
    observer = Observer(account, faults, who.money.unit, header=_header_rows(table))
    unit = catalog.units.by_id.get(who.unit or "")
    institution = unit.institution if unit else ""
    nil, county = False, County("", Faults(received))
    if isinstance(table, WordsTable):
        words_reading.read(table, observer, institution, month)
        close_words(account, faults, table)
    else:
        if isinstance(table, UprightTable) and unit and unit.areas:
            county = county_of(account, (table.header, table.label_col), unit, catalog, received, month)
        nil = _read_figures(table, observer, county.area or "", institution, who, month, catalog)
    faults.findings = _each_cause_once(faults.findings)
    before = _filled_before(account, form)
    untouched = not nil and received.method != METHOD and is_untouched(observer.observations, faults, before)
    faults.findings += [] if untouched else county.faults.findings
    tell_doubt(_around(table, account), observer, form, month, catalog)
    if who.unit is None or who.period is None or untouched:
        return None, untouched
    if county.area is None:
        account.roles.update(dict.fromkeys(account.sheet.cells, Role.FAULT))
        faults.findings = [replace(f, form=form.code, unit=who.unit, period=who.period) for f in faults.findings]
        return None, False
    layout = _layout_of(table, account, form, catalog)
    submission = Submission(
        form=form.code,
        unit=who.unit,
        period=who.period,
        sha256=received.sha256,
        file=received.name,
        sheet=account.sheet.name,
        layout=layout.id if layout else "",
        received_at=received.received_at,
        observations=_declared_nil(observer.observations, form, before) if nil else observer.observations,
        money_unit=who.money.unit or "",
        step=_step(observer, layout),
        nil=nil,
        sample=_says(account, re.compile(SAMPLE)),
    )
    return submission, False


def _filled_before(account: Account, form: Form) -> frozenset[str]:
    """The indicators that may stand in the table before anybody fills it in: those compared, in a form of ours."""
    return frozenset(column.code for column in form.columns if column.compared and account.handed_out)


def _header_rows(table: Table) -> range:
    if isinstance(table, WordsTable):
        return range(0)
    return range(table.top if isinstance(table, AreaTable) else table.header, table.bottom + 1)


def _around(table: Table, account: Account) -> Around:
    if isinstance(table, WordsTable):
        return table.around(account)
    top = table.top if isinstance(table, AreaTable) else table.header
    return Around(account, range(top), range(top + 1, account.last_row + 1))


def _read_figures(
    table: AreaTable | UprightTable,
    observer: Observer,
    area: str,
    institution: str,
    who: Identity,
    month: Month | None,
    catalog: Catalog,
) -> bool:
    """Read a table of figures to its end; say whether the month is declared to be without business."""
    account, faults = observer.account, observer.faults
    if isinstance(table, AreaTable):
        top, last = table.top, areas_down.read(table, observer, catalog, institution)
    else:
        top, last = table.header, indicators_down.read(table, observer, catalog, area, institution)
    require_money_unit(observer, month, catalog, who.money)
    tell_rates_said(observer, range(top))
    close(account, faults, top, last)
    outside = (row for row in account.rows if row < top or row > last)
    return declares_nil(account, outside, month, _names(who, catalog))


def _names(who: Identity, catalog: Catalog) -> list[str]:
    unit = catalog.units.by_id.get(who.unit or "")
    return [packed(name) for name in unit.all_names] if unit else []


def _has_flows(observations: list[Observation]) -> bool:
    return any(o.value for o in observations if o.indicator.endswith("_mtd"))


def _declared_nil(observations: list[Observation], form: Form, before: Collection[str]) -> list[Observation]:
    """What 本月无业务 declares: this month's flows that are left blank are 0; an untouched table says nothing more.

    Where a flow is filled in, the declaration contradicts the table (A18): then a blank is a blank.
    """
    if not says_anything(observations, before):
        return []
    if _has_flows(observations):
        return observations
    return [
        replace(o, value=0, symbol=Symbol.NONE, changes="空白 → 0（本月无业务）")
        if o.indicator.endswith("_mtd")
        and o.symbol is Symbol.MISSING
        and not o.raw
        and not form.by_code[o.indicator].is_text
        else o
        for o in observations
    ]


def _layout_of(table: Table, account: Account, form: Form, catalog: Catalog) -> Layout | None:
    """The layout whose own headers, or else whose title, this sheet has."""
    if not isinstance(table, AreaTable):
        return table.layout
    heads = {folded(slot.header.replace(" ", "/")) for slot in table.slots.values()}
    title = "".join(packed(str(cell.value)) for row in range(table.top) for cell in account.row(row))

    def likeness(layout: Layout) -> tuple[bool, int]:
        own = len(heads & {folded(header) for header in layout.headers})
        return 2 * own > len(heads), sum(word in title for word in layout.title)

    candidates = [layout for layout in catalog.layouts if layout.form == form.code and layout.shape == "areas_down"]
    return max(candidates, key=likeness, default=None)


def _each_cause_once(findings: list[Finding]) -> list[Finding]:
    """A heading of another year that makes its columns other figures is told as such, not as another period too."""
    unread = {f.cell for f in findings if f.rule == "F06"} - {""}
    return [f for f in findings if f.rule != "F04" or f.cell not in unread]


def _step(observer: Observer, layout: Layout | None) -> int:
    if layout and layout.step:
        return max(1, to_integer(Decimal(layout.step), FEN_PER_YUAN).value)
    return observer.step


def _says(account: Account, pattern: re.Pattern[str]) -> bool:
    return any(isinstance(c.value, str) and pattern.search(c.value) for c in account.sheet.cells.values())

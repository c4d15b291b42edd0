"""What the codebook says, section by section: rows of words made from the catalogue, nothing written by hand."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from pipeline.catalog import AnnexColumn, AnnexLayout, Catalog, Form, ReportingUnit
from pipeline.catalog.dated import Dated
from pipeline.catalog.forms import Column
from pipeline.catalog.tables import DataTable, Field
from pipeline.jobs.changes import changes
from pipeline.jobs.policy_words import basis, said, unit_of
from pipeline.periods import Month
from pipeline.render.codebook import Section
from pipeline.render.handbook import Entry, Handbook, worked
from pipeline.render.twin_definitions import meaning_of_column
from pipeline.render.twin_headers import unit_word

_FREQUENCIES = {"month": "每月", "year": "每年"}
_KINDS = {
    "stock": "期末数",
    "flow": "发生额",
    "distinct_flow": "发生户数",
    "ratio": "比率",
    "text": "文字",
}
_SUFFIXES = {"_mtd": "本月", "_ytd": "自1月1日起本年累计", "_cum": "自开办以来累计"}
_TYPES = {"string": "文字", "integer": "整数", "number": "数", "datetime": "日期时间"}
_IN_WORDS = {
    "number": "顺序号；合计行没有。",
    "label": "这一行是谁的：机构、县区或填报单位的名称。",
    "remark": "报送情况、未报齐的栏目、待核实的问题。",
}


def sections(catalog: Catalog, month: Month, book: Handbook) -> Iterator[Section]:
    """The codebook of a month, in order; its rules are those of the handbook."""
    yield _changes(catalog, month)
    yield _forms(catalog, month)
    yield from (_indicators(form, month) for form in catalog.forms.values())
    yield from _imports(catalog)
    yield _annexes(catalog)
    yield _rules(book)
    yield _examples(book)
    yield _policy(catalog, month)
    yield _registers(catalog, month)
    yield _files(catalog)


def _changes(catalog: Catalog, month: Month) -> Section:
    from pipeline.validate.rules import RULES

    rows = list(changes(catalog, month.year_before, month, RULES))
    intro = f"与{month.year_before.label}相比，报表、指标、审核关系、政策参数和登记有哪些变化。"
    none = f"与{month.year_before.label}相比，没有变化。"
    return Section("changes", "与上年相比的变化", intro, ("类别", "项目", "变化"), rows, key=1, empty=none)


# ------------------------------------------------------------------ forms


def _forms(catalog: Catalog, month: Month) -> Section:
    rows = [
        (form.code, form.name, _FREQUENCIES[form.frequency], _owed_by(catalog, form.code, month), form.reference)
        for form in catalog.forms.values()
    ]
    intro = "要收哪些报表、由谁报送、依据什么。各表的指标见后面各节。"
    return Section("forms", "报表", intro, ("代码", "名称", "频率", "应报单位", "依据"), rows)


def _owed_by(catalog: Catalog, form: str, month: Month) -> str:
    owing = catalog.units.owing(form, month)
    may = [
        unit
        for unit in catalog.units.units
        if any(duty.form == form and duty.voluntary and duty.holds(month) for duty in unit.duties)
    ]
    told = [
        f"{words}{len(units)}家：{'、'.join(unit.name(month) for unit in units)}"
        for words, units in (("应报", owing), ("可报", may))
        if units
    ]
    return "\n".join(told) or "本月没有单位应报"


def _indicators(form: Form, month: Month) -> Section:
    rows = [
        (
            column.no,
            column.label.replace("{institution}", "〔机构〕"),
            column.code,
            column.unit,
            _KINDS[column.kind],
            duty_of(column),
            "\n".join(filter(None, [column.note, _window(column)])),
        )
        for column in form.columns_in(month)
    ]
    header = ("序号", "指标（规定的表头）", "代码", "计量单位", "性质", "填报要求", "含义")
    intro = f"《{form.name}》{_FREQUENCIES[form.frequency]}报送，依据：{form.reference}。"
    if any(row[2].endswith(tuple(_SUFFIXES)) for row in rows):
        intro += f"代码后缀{'，'.join(f'{suffix} 为{span}' for suffix, span in _SUFFIXES.items())}，没有后缀的为期末；"
        intro += "发生户数不能跨月相加。"
    return Section(f"indicators-{form.code}", f"{form.code} 指标", intro, header, rows, key=1)


def duty_of(column: Column) -> str:
    """Whether a column must be filled in, as senders read it."""
    if column.compared:
        return "只作核对"
    return "必填" if column.required else "有则填"


def _window(entry: Dated) -> str:
    """From when to when; nothing for what has always held."""
    since = f"{entry.since.label}起" if entry.since else ""
    return since + (f"至{entry.until.label}止" if entry.until else "")


def _imports(catalog: Catalog) -> Iterator[Section]:
    for form in catalog.imports.values():
        rows = [
            (entry.label, "必填" if entry.required else "有则填", entry.note, "、".join(entry.words))
            for entry in form.fields
        ]
        intro = f"启用以前的数字按《{form.name}》补录，一行一个数，只作对比基数；表头用下列写法之一。"
        header = ("栏目", "填报要求", "填写什么", "可用的表头")
        yield Section(f"import-{form.code}", f"{form.code} 历史数据补录", intro, header, rows)


# ------------------------------------------------------------------ annexes


def _annexes(catalog: Catalog) -> Section:
    rows = [
        (f"附件{'、'.join(map(str, numbers))}", "／".join(column.header), unit, column.id, meaning, source)
        for numbers, column, unit, meaning, source in _columns(catalog)
    ]
    header = ("附件", "栏目", "计量单位", "代码", "含义", "取自指标")
    intro = "附件的每一栏怎样得来。比率一律用合计数相除，不用比率平均；四舍五入只在印出时做一次。"
    return Section("annexes", "附件栏目", intro, header, rows, key=1)


def _columns(catalog: Catalog) -> Iterator[tuple[list[int], AnnexColumn, str, str, str]]:
    """Every column of every annex; annexes of the same columns share them."""
    numbers: dict[tuple[AnnexColumn, ...], list[int]] = {}
    for number, layout in catalog.annexes.items():
        numbers.setdefault(layout.columns, []).append(number)
    for columns, same in numbers.items():
        layout = catalog.annexes[same[0]]
        for column in columns:
            yield same, column, unit_word(column) or "文字", _meaning(column, layout, catalog), _source(column, layout)


def _meaning(column: AnnexColumn, layout: AnnexLayout, catalog: Catalog) -> str:
    if column.derivation == "words":
        forms = [form for form in catalog.forms.values() if column.indicator in form.by_code]
        return f"填报单位在《{forms[0].name}》（{forms[0].code}）这一栏报送的原文。"
    if column.derivation in _IN_WORDS:
        return _IN_WORDS[column.derivation]
    return meaning_of_column(column, {entry.id: entry for entry in layout.columns}, catalog)


def _source(column: AnnexColumn, layout: AnnexLayout) -> str:
    """The indicators that a column is made of in the end."""
    columns = {entry.id: entry for entry in layout.columns}
    if column.indicator:
        return column.indicator.replace("+", "、")
    operands = [columns.get(name) for name in (column.of, column.to) if name]
    return "、".join(dict.fromkeys(_source(operand, layout) for operand in operands if operand is not None))


# ------------------------------------------------------------------ rules and policy


def _rules(book: Handbook) -> Section:
    rows = [
        (
            entry.code,
            entry.title,
            entry.weights,
            "\n".join(relation.words for relation in entry.relations),
            entry.told,
            entry.forms,
            entry.scope,
            entry.window,
            _authority(entry),
        )
        for entry in book.entries
    ]
    header = ("代码", "审核关系", "性质", "关系式", "不符时的提示", "报表", "核对范围", "起止", "依据")
    intro = (
        "强制性的必须更正，核实性的须说明原因，提示不需答复。关系式〔〕里是指标的序号，没有写明时间的都是本期数；"
        "提示〔〕里的内容随所报的数填入，一条审核关系有几种不符的情形时，逐种列出。"
        "来源没有写从何时起的，收到的各月报表都审核，起止写作“各月”。"
    )
    return Section("rules", "审核关系", intro, header, rows, key=1)


def _authority(entry: Entry) -> str:
    """Whose rule it is, and the codes of the policy parameters that decide it."""
    codes = "、".join(limit.name for limit in entry.thresholds)
    return f"{entry.source}（参数 {codes}）" if codes else entry.source


def _examples(book: Handbook) -> Section:
    rows = [
        (entry.code, entry.title, case.month.label, *worked(case), case.weight, case.message)
        for entry in book.entries
        for case in entry.cases
    ]
    header = ("代码", "审核关系", "报告期", "相符", "不符", "性质", "提示")
    intro = (
        "每种不符的情形一例：先是各项都相符的示例报表（编造的），再改动一处，由程序审核得出提示；"
        "“文件”各条是把改动了的工作簿交给程序读取。"
    )
    none = "登记中没有示例所用的县区和机构，不列算例。"
    return Section("rule-examples", "审核算例", intro, header, rows, key=1, empty=none)


def _policy(catalog: Catalog, month: Month) -> Section:
    rows = [
        (
            parameter.title,
            said(entry.value, catalog),
            unit_of(entry.value, parameter.unit),
            _window(entry) or "一直有效",
            basis(entry),
            parameter.name,
        )
        for parameter in catalog.policy.parameters.values()
        for entry in parameter.values
        if entry.holds(month)
    ]
    header = ("参数", "取值", "单位", "起止", "依据", "代码")
    intro = f"{month.label}有效的政策参数。没有文件规定、由本办约定的，写明理由。"
    return Section("policy", "政策参数", intro, header, rows)


# ------------------------------------------------------------------ registers and files


def _registers(catalog: Catalog, month: Month) -> Section:
    areas, institutions = catalog.areas, catalog.units.institutions
    rows = [("县区", area.named(month).name, area.id, area.named(month).code, "计入合计") for area in areas.counties]
    for area in areas.of_which:
        around = areas.name(area.within or "", month)
        rows.append(("县区", area.named(month).name, area.id, area.named(month).code, f"{around}的其中项，不计入合计"))
    rows += [("机构", entry.name, entry.id, "", "附件按机构汇总") for entry in institutions]
    rows += [("填报单位", unit.name(month), unit.id, "", _about(unit, catalog, month)) for unit in catalog.units.units]
    header = ("类别", "名称", "编号", "行政区划代码", "说明")
    intro = f"{month.label}的名称。编号不随改名变化；行政区划代码依据 GB/T 2260。"
    return Section("registers", "县区、机构和填报单位", intro, header, rows, key=1)


def _about(unit: ReportingUnit, catalog: Catalog, month: Month) -> str:
    """Institution, counties and duties of a reporting unit."""
    institution = catalog.units.institution_by_id.get(unit.institution)
    counties = [catalog.areas.name(area, month) for area in unit.areas]
    told = [institution.name] if institution else []
    told += (
        [f"报{'、'.join(counties)}" if len(counties) < len(catalog.areas.counties) else "报各县区"] if counties else []
    )
    duties = [
        f"{duty.form} {'可报' if duty.voluntary else '应报'}{f'（{window}）' if (window := _window(duty)) else ''}"
        for duty in unit.duties
        if duty.holds(month)
    ]
    return "；".join([*told, "、".join(duties) or "本月没有应报的报表"])


def _files(catalog: Catalog) -> Section:
    rows = [
        (_names(table.files), field.name, field.title, _TYPES[field.type], field.unit, _explained(field))
        for table in _ordered(catalog.tables)
        for field in table.fields
    ]
    header = ("文件", "字段", "名称", "类型", "单位", "含义")
    intro = "data 文件夹中各 CSV 文件的字段；datapackage.json 里有同样的说明，供程序读取。"
    return Section("files", "数据文件", intro, header, rows, key=1)


def _ordered(tables: Iterable[DataTable]) -> Sequence[DataTable]:
    return sorted(tables, key=lambda table: table.files)


def _names(files: Sequence[str]) -> str:
    """「annex2.csv 至 annex5.csv」."""
    return f"{files[0]} 至 {files[-1]}" if len(files) > 1 else files[0]


def _explained(field: Field) -> str:
    meanings: Mapping[str, str] = field.values
    listed = [f"{code}：{meaning}" for code, meaning in meanings.items()]
    return "\n".join([f"{field.description}{'' if field.required else '（可以为空）'}", *listed])

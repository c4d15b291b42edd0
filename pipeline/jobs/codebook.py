"""The codebook 「指标手册」: forms, indicators, rules, policy and files of a month, and what has changed in a year."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from pipeline.catalog import Catalog
from pipeline.catalog.dated import Dated
from pipeline.catalog.forms import Column
from pipeline.errors import PipelineError, ProductError, reason
from pipeline.jobs.changes import changes
from pipeline.jobs.clock import clock_for
from pipeline.jobs.rule_words import example, file_rules, rules_in_force
from pipeline.periods import Month
from pipeline.render.codebook import Section, codebook_html, codebook_xlsx

NAME = "指标手册"
_FREQUENCIES = {"month": "每月", "year": "每年"}
_KINDS = {
    "stock": "期末数",
    "flow": "发生额",
    "distinct_flow": "发生户数（不能跨月相加）",
    "ratio": "比率",
    "text": "文字",
}
_DERIVATIONS = {
    "sum": "各填报单位相加",
    "ratio": "“{of}”除以“{to}”",
    "growth": "“{of}”比上年同月增长",
    "change": "“{of}”减上年12月末数",
    "rank": "按“{of}”从大到小排位",
    "words": "填报单位原文",
    "label": "行名",
    "number": "序号",
    "remark": "备注",
}


def run(catalog: Catalog, month: Month, folder: Path) -> list[Path]:
    """Write the codebook of a month as HTML and Excel; return where."""
    sections = list(contents(catalog, month))
    title = f"{catalog.profile.city}金融扶贫统计{NAME}"
    made = {
        f"{NAME}.html": codebook_html(title, month, catalog.profile.office, sections),
        f"{NAME}.xlsx": codebook_xlsx(title, month, catalog.profile.office, sections),
    }
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, data in made.items():
            (folder / name).write_bytes(data)
    except OSError as error:
        raise ProductError(
            f"{NAME}写不进 {folder}：{reason(error)}。请先关闭正在打开的{NAME}，检查磁盘空间和权限后重新运行。"
        ) from error
    return [folder / name for name in made]


def contents(catalog: Catalog, month: Month) -> Iterator[Section]:
    """The sections of the codebook, in order."""
    for section in _SECTIONS:
        yield section(catalog, month)


def _forms(catalog: Catalog, month: Month) -> Section:
    rows = [
        (form.code, form.name, _FREQUENCIES[form.frequency], _owed_by(catalog, form.code, month), form.reference)
        for form in catalog.forms.values()
    ]
    return Section("forms", "报表", "要收哪些报表、由谁报送。", ("代码", "名称", "频率", "应报单位", "依据"), rows)


def _owed_by(catalog: Catalog, form: str, month: Month) -> str:
    owing = [unit.name(month) for unit in catalog.units.owing(form, month)]
    may = [
        unit.name(month)
        for unit in catalog.units.units
        if any(duty.form == form and duty.voluntary and duty.holds(month) for duty in unit.duties)
    ]
    return f"{len(owing)}家：{'、'.join(owing)}" + (f"；可报{len(may)}家：{'、'.join(may)}" if may else "")


def _indicators(catalog: Catalog, month: Month) -> Section:
    rows = [
        (
            form.code,
            column.no,
            column.label.replace("{institution}", "〔机构〕"),
            column.code,
            column.unit,
            _KINDS[column.kind],
            _duty(column),
            _window(column),
            column.note,
        )
        for form in catalog.forms.values()
        for column in form.columns_in(month)
    ]
    header = ("报表", "序号", "指标（表头）", "代码", "计量单位", "性质", "是否必填", "起止", "说明")
    intro = (
        "代码后缀：_mtd 本月，_ytd 自1月1日起本年累计，_cum 自开办以来累计，没有后缀的为期末。"
        "金额在内部按分计算，印出时才四舍五入。"
    )
    return Section("indicators", "指标", intro, header, rows)


def _duty(column: Column) -> str:
    if column.compared:
        return "只作核对"
    return "必填" if column.required else "有则填"


def _window(entry: Dated) -> str:
    if entry.since is None and entry.until is None:
        return "一直有效"
    return f"{entry.since.label if entry.since else ''}起{f'至{entry.until.label}' if entry.until else ''}"


def _annexes(catalog: Catalog, month: Month) -> Section:
    rows = []
    for number, layout in catalog.annexes.items():
        headers = {column.id: "".join(column.header) for column in layout.columns}
        for column in layout.columns:
            how = _DERIVATIONS[column.derivation].format(
                of=headers.get(column.of, column.of), to=headers.get(column.to, column.to)
            )
            rows.append((f"附件{number}", "／".join(column.header), column.id, column.indicator, how))
    header = ("附件", "栏目", "代码", "取自指标", "怎样得来")
    intro = "附件的每一栏怎样得来。比率一律用合计数相除，不用比率平均；四舍五入只在印出时做一次。"
    return Section("annexes", "附件栏目", intro, header, rows)


def _rules(catalog: Catalog, month: Month) -> Section:
    rows = [
        (code, "第0层", title, "各报表", severity, "见问题说明", "安政办函〔2017〕284号 二.1")
        for code, title, severity in file_rules()
    ]
    rows += [
        (rule.code, f"第{rule.level}层", rule.title, "、".join(rule.reads), severity, example(message), source)
        for rule, severity, message, source in rules_in_force(month)
    ]
    header = ("代码", "层级", "审核关系", "报表", "性质", "提示语", "依据")
    intro = "强制性的必须更正，核实性的须说明原因，提示不需答复。〔〕中的内容随所报数据填入。"
    return Section("rules", "审核关系", intro, header, rows)


def _policy(catalog: Catalog, month: Month) -> Section:
    rows = []
    for parameter in catalog.policy.parameters.values():
        for entry in (value for value in parameter.values if value.holds(month)):
            basis = f"本办约定：{entry.working}" if entry.working else entry.reference
            rows.append((parameter.title, parameter.name, _said(entry.value), parameter.unit, _window(entry), basis))
    header = ("参数", "代码", "取值", "单位", "起止", "依据")
    intro = f"{month.label}有效的政策参数。没有文件规定、由本办约定的，写明理由。"
    return Section("policy", "政策参数", intro, header, rows)


def _said(value: object) -> str:
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, (list, tuple)):
        return "、".join(map(_said, value))
    if isinstance(value, dict):
        return "；".join(f"{key}：{_said(inner)}" for key, inner in value.items())
    return str(value)


def _registers(catalog: Catalog, month: Month) -> Section:
    rows = [
        ("县区", area.id, area.named(month).name, area.named(month).code, "其中项，不计入合计" if area.within else "")
        for area in (*catalog.areas.counties, *catalog.areas.of_which)
    ]
    rows += [("机构", entry.id, entry.name, "", "") for entry in catalog.units.institutions]
    rows += [("填报单位", unit.id, unit.name(month), "", _duties(unit.duties, month)) for unit in catalog.units.units]
    header = ("类别", "编号", "名称", "行政区划代码", "说明")
    intro = "编号不随改名变化；行政区划代码依据 GB/T 2260。"
    return Section("registers", "县区、机构和填报单位", intro, header, rows)


def _duties(duties: Sequence[Dated], month: Month) -> str:
    return "、".join(
        f"{getattr(duty, 'form', '')}（{'可报' if getattr(duty, 'voluntary', False) else '必报'}，{_window(duty)}）"
        for duty in duties
        if duty.holds(month)
    )


def _files(catalog: Catalog, month: Month) -> Section:
    rows = [
        (
            "、".join(table.files),
            field.name,
            field.title,
            field.type,
            field.unit,
            "；".join([field.description, *(f"{code}：{meaning}" for code, meaning in field.values.items())]),
        )
        for table in catalog.tables
        for field in table.fields
    ]
    header = ("文件", "字段", "名称", "类型", "单位", "含义")
    return Section("files", "数据文件", "data 文件夹中各 CSV 文件的字段。", header, rows)


def _changes(catalog: Catalog, month: Month) -> Section:
    rows = list(changes(catalog, month.year_before, month))
    intro = f"与{month.year_before.label}相比，报表、指标、审核关系、政策参数和登记有哪些变化。"
    return Section("changes", "与上年相比的变化", intro, ("类别", "项目", "变化"), rows, empty="没有变化。")


_SECTIONS: tuple[Callable[[Catalog, Month], Section], ...] = (
    _changes, _forms, _indicators, _annexes, _rules, _policy, _registers, _files,
)  # fmt: skip


def main(arguments: Sequence[str]) -> int:
    """`python -m pipeline.jobs.codebook [PERIOD] [FOLDER]`: what `make codebook` runs; the result is the exit code."""
    from pipeline.catalog import load_catalog

    try:
        period, folder = [*arguments, "", ""][:2]
        month = Month.parse(period) if period else Month.of(clock_for(None).day)
        for path in run(load_catalog(), month, Path(folder or "output/codebook")):
            print(f"{NAME}：{path}")
    except PipelineError as error:
        print(error, file=sys.stderr)
        return error.exit_code
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

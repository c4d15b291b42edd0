"""The guide of a blank form 「填报说明」: the words of codebook and handbook that are about this form and unit."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from pipeline.catalog import Catalog, Form
from pipeline.catalog.forms import Column
from pipeline.jobs.changes import changes
from pipeline.jobs.codebook_sections import duty_of
from pipeline.jobs.live_later import when_checked
from pipeline.model.own_sheets import LAST_MONTH, LAST_YEAR
from pipeline.periods import Month, period_label
from pipeline.render.form_content import Guide, GuideLine, Shape
from pipeline.render.letters import day_shown
from pipeline.transform.reported import TARGETS
from pipeline.validate.duties import Duty

_OPEN = "只填浅黄色的格；灰色的格是程序填好的，其余的格已锁定。合计自动计算。"
_WHEN = "哪些审核关系在填写时审核，哪些收到以后才能审核、为什么，见“审核关系”的最后一栏。"
_FIGURES = (
    "没有发生的填0；不适用的、还没有统计的留空。户数、笔数填整数，金额按表上写明的单位填。",
    "填写时，不符合审核关系的格变红（必须更正）或变橙（请核实）；原因见“审核”，点单元格名称可以跳到那一格。",
    "必填的格还缺几格，各县区在“审核”末尾各有一句；一个县区填了一半以上，没有填的格变浅蓝。一格也没填时不提示。",
    _WHEN,
)
_PAST = "“{sheet}”是本办采用的以前各期数。本单位认为有误的，请先更正那一期的报表。"
_NIL = "本月没有发放、收回的，在左上角“本月无业务”选“是”：本月各栏可以不填，余额和累计数照填。"
_WORDS = (
    "各项写在“内容”栏里；与上月相同的，选“与上月相同”。没有的写“无”。信贷产品一行一个，可以不填满。",
    "填写时，请再核实的格变橙，原因见“审核”，点单元格名称可以跳到那一格；写了一半以上，没有写的格变浅蓝。",
    _WHEN,
)
_SEND = "填好后另存为 .xlsx 报送，不要改动工作表的名称和表头；电话、纸质报送的，由收表的一方用同一份表代录。"


def past_sheet(form: str) -> str:
    """What the sheet of earlier figures is called in this form: targets are set once a year."""
    return LAST_YEAR if form == TARGETS else LAST_MONTH


def guide_of(
    duty: Duty, shape: Shape, catalog: Catalog, month: Month, *, nil: bool, live: Collection[tuple[str, int]]
) -> Guide:
    """How this unit fills this form in."""
    form = catalog.forms[duty.form]
    until = f"《{form.name}》（{period_label(duty.period)}），请于{day_shown(duty.due)}前报送{catalog.profile.office}。"
    past = _PAST.format(sheet=past_sheet(form.code))
    told = _WORDS if shape is Shape.WORDS else (*_FIGURES, past, *([_NIL] if nil else []))
    return Guide(
        steps=(until, _OPEN, *told, _SEND),
        basis=f"依据：{form.reference}。",
        meanings=tuple(_meaning(column) for column in form.columns_in(month)),
        relations=tuple(_relations(form, catalog, month, live)),
        changes=tuple(_changes(form, duty, catalog, month)),
        changes_since=month.year_before.label,
    )


def _meaning(column: Column) -> GuideLine:
    label = column.label.replace("{institution}", "〔机构〕")
    return GuideLine(column.no, label, column.unit, duty_of(column), column.note)


def _relations(
    form: Form, catalog: Catalog, month: Month, live: Collection[tuple[str, int]]
) -> Iterator[tuple[str, str, str, str, str]]:
    """Every edit rule that reads this form, as the handbook has it, and when it is checked."""
    from pipeline.jobs.rule_words import in_force
    from pipeline.validate.examples.formula import in_words
    from pipeline.validate.relations import WRITTEN
    from pipeline.validate.rules import RULES

    for rule in in_force(RULES, month):
        if form.code in rule.reads:
            weights = "、".join(severity.label for severity in rule.severities)
            lines = WRITTEN[rule.code, rule.level].relations
            told = "\n".join(in_words(line, catalog, month) for line in lines)
            yield rule.code, rule.title, weights, told, when_checked(rule, live)


def _changes(form: Form, duty: Duty, catalog: Catalog, month: Month) -> Iterator[tuple[str, str, str]]:
    """What has changed within a year for whoever sends this form."""
    from pipeline.validate.rules import RULES

    codes = {rule.code for rule in RULES if form.code in rule.reads}
    unit = catalog.units.by_id[duty.unit]
    own = {unit.name(month), *(catalog.areas.name(area, month) for area in unit.areas)}
    for category, what, became in changes(catalog, month.year_before, month, RULES):
        about = what.partition(" ")[0]
        mine = form.code if category in ("指标", "应报报表") else ""
        if about == mine or (category == "审核关系" and about in codes) or what in own:
            yield category, what, became

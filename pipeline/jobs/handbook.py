"""The handbook of edit rules 「审核关系」: the rules, the policy in force, and examples that are worked out anew."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from pipeline.catalog import Catalog
from pipeline.catalog.catalog import Scheme
from pipeline.ingest.faults import FILE_RULES
from pipeline.jobs.policy_words import UNMEASURED, basis, said, unit_of
from pipeline.jobs.rule_words import LEVELS, in_force, sentences
from pipeline.model import Severity
from pipeline.periods import Month
from pipeline.render.handbook import Case, Entry, Group, Handbook, Relation, Threshold

if TYPE_CHECKING:
    from pipeline.validate.examples import Example
    from pipeline.validate.registry import Rule

NAME = "审核关系"
_ALWAYS, _EVERY_MONTH = "一直有效", "各月"
"""Of a limit, and of a rule, of which no source says when it began."""
_NAMED_BELOW = re.compile("（参数 [^）]+）")
"""The limits of a rule have a place of their own in the handbook, with their values."""
_INTRO = (
    "本手册列出报表报来以后要审核的全部关系，与程序所用的是同一份。强制性的必须更正后重新报送；核实性的请更正，或者说明原因；提示不需答复。",
    "关系式中〔〕里是指标在报表中的序号；“按指标序号”一行只写序号，竖式表的代码（丙）是同名各栏中第一个指标的序号。没有写明时间的都是本期数。",
    "算例用的是编造的示例报表：先是各项都相符的报表，再改动一处，由程序审核得出提示；“文件”各条的算例是把改动了的工作簿交给程序读取。",
)
_BEGUN = (
    "起止：月报制度由{document}《{title}》规定，{issued}印发，第一期是{since}的报表，以它为依据的审核关系自这一期起；"
    "此前各月的报表比照审核。本办约定的审核关系，文件没有写从何时起，收到的各月报表都审核，写作“各月”。"
)
_NOT_BEGUN = "起止：各条审核关系的来源没有写从何时起，收到的各月报表都审核，写作“各月”。"


def handbook(catalog: Catalog, month: Month) -> Handbook:
    """Every rule that holds in a month, level by level."""
    from pipeline.validate.rules import RULES

    entries = [*_file_rules(catalog, month), *(_entry(rule, catalog, month) for rule in in_force(RULES, month))]
    groups = [
        Group(level, words, own)
        for level, words in LEVELS.items()
        if (own := [entry for entry in entries if entry.level == level])
    ]
    title = f"{catalog.profile.city}金融扶贫统计{NAME}"
    return Handbook(title, month, catalog.profile.office, (*_INTRO, _begun(catalog.profile.scheme)), groups)


def _begun(scheme: Scheme | None) -> str:
    """Since when rules hold, in a sentence."""
    if scheme is None:
        return _NOT_BEGUN
    day = scheme.issued
    issued = f"{day.year}年{day.month}月{day.day}日"
    return _BEGUN.format(document=scheme.document, title=scheme.title, issued=issued, since=scheme.since.label)


def _file_rules(catalog: Catalog, month: Month) -> Iterator[Entry]:
    from pipeline.jobs.file_cases import file_cases
    from pipeline.validate.examples.staging import has_actors

    played = has_actors(catalog)
    for rule in FILE_RULES.values():
        yield Entry(
            code=rule.code,
            level=0,
            title=rule.title,
            scope=LEVELS[0],
            forms="各报表",
            severities=(rule.severity,),
            weights=rule.severity.label,
            relations=tuple(Relation(line, "") for line in rule.relations),
            meaning=rule.advice,
            told=rule.advice,
            tolerance="",
            thresholds=(),
            since="",
            until="",
            prescribed="",
            window=_EVERY_MONTH,
            source=rule.source,
            cases=file_cases(rule.code, catalog, month) if played else (),
        )


def _entry(rule: Rule, catalog: Catalog, month: Month) -> Entry:
    from pipeline.validate.examples.formula import in_numbers, in_words
    from pipeline.validate.relations import WRITTEN

    written = WRITTEN[rule.code, rule.level]
    cases = tuple(_cases(rule, catalog, month))
    prescribed = _prescribed(rule.source, catalog.profile.scheme)
    shown = {case.kind for case in cases}
    severities = tuple(s for s in Severity if s in {case.severity for case in cases}) or rule.severities
    return Entry(
        code=rule.code,
        level=rule.level,
        title=rule.title,
        scope=LEVELS[rule.level],
        forms="、".join(rule.reads),
        severities=severities,
        weights="、".join(severity.label for severity in severities),
        relations=tuple(Relation(in_words(line, catalog), in_numbers(line, catalog)) for line in written.relations),
        meaning=written.meaning,
        told=sentences([broken for kind, broken in rule.breaks.items() if kind in shown or not cases]),
        tolerance=written.tolerance,
        thresholds=tuple(_threshold(name, catalog, month) for name in written.parameters),
        since=str(rule.since or ""),
        until=str(rule.until or ""),
        prescribed=str(prescribed or ""),
        window=_window(rule.since or prescribed, rule.until, _EVERY_MONTH),
        source=_NAMED_BELOW.sub("", rule.source.replace("working: ", "")),
        cases=cases,
    )


def _prescribed(source: str, scheme: Scheme | None) -> Month | None:
    """The first month for which a document asks for what this rule holds to; None where no source says one."""
    return scheme.since if scheme and source.startswith(scheme.document) else None


def _window(since: Month | None, until: Month | None, always: str) -> str:
    words = (f"{since.label}起" if since else "") + (f"至{until.label}止" if until else "")
    return words or always


def _threshold(name: str, catalog: Catalog, month: Month) -> Threshold:
    parameter, entry = catalog.policy.parameters[name], catalog.policy.entry(name, month)
    unit = unit_of(entry.value, parameter.unit)
    value = said(entry.value, catalog) + (unit if unit != UNMEASURED else "")
    return Threshold(
        name,
        parameter.title,
        value,
        str(entry.since or ""),
        str(entry.until or ""),
        _window(entry.since, entry.until, _ALWAYS),
        basis(entry),
    )


# ------------------------------------------------------------------ examples


def _cases(rule: Rule, catalog: Catalog, month: Month) -> Iterator[Case]:
    """The examples of a rule that can happen under the policy in force, each as the rule itself finds it.

    None where the register has no such units and counties: a rule is then told without examples.
    """
    from pipeline.validate.examples import EXAMPLES
    from pipeline.validate.examples.staging import has_actors

    for example in EXAMPLES if has_actors(catalog) else ():
        if (example.code, example.level) == (rule.code, rule.level):
            case = _worked(rule, example, catalog, month)
            if case is not None:
                yield case


def _worked(rule: Rule, example: Example, catalog: Catalog, month: Month) -> Case | None:
    from pipeline.validate.examples.formula import in_figures, in_words
    from pipeline.validate.examples.staging import before_given, staged
    from pipeline.validate.examples.world import hits

    before, after = staged(example, month)
    if before.policy:
        return None
    found = next((hit for _, hit in hits(after, catalog, [rule]) if hit.kind == example.kind), None)
    if found is None:
        return None
    broken = rule.breaks[example.kind]
    start = before_given(example, month) if example.given else before
    return Case(
        kind=example.kind,
        severity=broken.severity,
        weight=broken.severity.label,
        month=before.month,
        relation=in_words(example.line, catalog),
        passing=in_figures(example.line, before, catalog),
        given="；".join(edit.told(start, before, catalog) for edit in example.given),
        change="；".join(edit.told(before, after, catalog) for edit in example.edits),
        failing=in_figures(example.line, after, catalog),
        message=broken.message.format_map(found.words),
    )

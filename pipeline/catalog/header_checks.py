"""What must hold of forms and their layouts: columns, dates, and that no words mean two things."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from pipeline.catalog.dated import Dated, overlap
from pipeline.catalog.drafts import Check, Draft, Mistakes, Read, badly_dated
from pipeline.catalog.forms import Column, Form, Layout
from pipeline.catalog.headers import (
    PLACEHOLDER,
    Claim,
    code_claims,
    layout_claims,
    layout_code_claims,
    normalise_header,
    path_claims,
    row_claims,
    squeezed,
)
from pipeline.catalog.registers import Institution
from pipeline.catalog.sources import Where

Placed = tuple[Read[Form] | Read[Layout], Claim]


def column_dates(draft: Draft) -> Mistakes:
    """In any month a form has an indicator once."""
    for form in draft.forms:
        by_code: dict[str, list[tuple[Where, Dated]]] = {}
        for i, column in enumerate(form.entry.columns):
            by_code.setdefault(column.code, []).append((("columns", i), column))
        for code, columns in by_code.items():
            yield from badly_dated(form, columns, f"指标 {code}")


def column_words(draft: Draft) -> Mistakes:
    """`{institution}` stands in the words of what is reported by institution, and nowhere else."""
    for form in draft.forms:
        for i, column in enumerate(form.entry.columns):
            for where, text in _words(column):
                if (PLACEHOLDER in text) != column.by_institution:
                    advice = "加上" if column.by_institution else "删去"
                    yield form.mistake(
                        ("columns", i, *where),
                        f"指标 {column.code} 的“{text}”与 by_institution 不符，请{advice} {PLACEHOLDER}。",
                    )
                if not normalise_header(text):
                    yield form.mistake(
                        ("columns", i, *where), f"指标 {column.code} 的表头“{text}”里没有可以比较的文字，请改写。"
                    )


def _words(column: Column) -> Iterator[tuple[Where, str]]:
    yield ("label",), column.label
    yield from ((("aliases", j), alias) for j, alias in enumerate(column.aliases))
    yield from ((("row", j), row) for j, row in enumerate(column.row))


def typos(draft: Draft) -> Mistakes:
    """A slip of the pen is none that the form's own words have, and what is meant by it is something else."""
    for form in draft.forms:
        own = [text for column in form.entry.columns for _, text in _words(column)]
        for wrong, right in form.entry.typos.items():
            where: Where = ("typos", wrong)
            if not squeezed(wrong) or not squeezed(right) or squeezed(wrong) in squeezed(right):
                yield form.mistake(where, f"错字“{wrong}”→“{right}”写法不对，请写成“错字: 正字”，两边不同。")
            elif known := next((text for text in own if squeezed(wrong) in squeezed(text)), None):
                yield form.mistake(where, f"“{wrong}”是本表自己的写法（“{known}”），不能登记为错字，请删去。")


def layout_targets(draft: Draft) -> Mistakes:
    """A layout is of a form, and its headers and codes name columns of that form."""
    forms = {form.entry.code: form.entry for form in draft.forms}
    institutions = draft.units.entry.institution_by_id
    for layout in draft.layouts:
        form = forms.get(layout.entry.form)
        if form is None:
            yield layout.mistake(("form",), f"报表“{layout.entry.form}”没有定义，请改正或在 schemas/forms/ 中补充。")
            continue
        for key, targets in (("headers", layout.entry.headers), ("codes", layout.entry.codes)):
            for words, target in targets.items():
                indicator, _, institution = target.partition("@")
                column = form.by_code.get(indicator)
                if column is None:
                    yield layout.mistake(
                        (key, words), f"“{words}”对应的指标“{indicator}”不在报表 {form.code} 中，请改正。"
                    )
                elif institution and institution not in institutions:
                    yield layout.mistake((key, words), f"“{words}”对应的机构“{institution}”没有登记，请改正。")
                elif column.by_institution != bool(institution or PLACEHOLDER in words):
                    advice = "补写" if column.by_institution else "删去"
                    yield layout.mistake(
                        (key, words), f"“{words}”是否分机构与指标 {indicator} 的定义不符，请{advice}“@机构”。"
                    )


def value_columns(draft: Draft) -> Mistakes:
    """The value columns of an upright layout have words of their own, and every column that a form names is there."""
    for layout in draft.layouts:
        seen: dict[str, str] = {}
        for name, words in layout.entry.value_columns.items():
            for word in words:
                if seen.setdefault(normalise_header(word), name) != name:
                    yield layout.mistake(
                        ("value_columns", name),
                        f"栏目“{name}”的“{word}”已用于栏目“{seen[normalise_header(word)]}”，请删去一处。",
                    )
        if layout.entry.shape != "areas_down" and not layout.entry.value_columns:
            yield layout.mistake((), "竖式表没有写数值栏目（value_columns），请补写。")
    for form in draft.forms:
        known = {name for layout in draft.layouts_of(form.entry.code) for name in layout.entry.value_columns}
        for i, column in enumerate(form.entry.columns):
            for j, name in enumerate(column.columns):
                if name not in known:
                    yield form.mistake(
                        ("columns", i, "columns", j),
                        f"指标 {column.code} 所在的栏目“{name}”在该报表的各种版式中都没有，请改正。",
                    )


def header_words(draft: Draft) -> Mistakes:
    """Within a form, and within a form and any one of its layouts, a header path means one thing."""
    institutions = draft.units.entry.institutions
    for form in draft.forms:
        own = _placed(form, path_claims(form.entry, institutions))
        yield from _conflicts(own, lambda claim: claim.run_together, "表头")
        for layout in draft.layouts_of(form.entry.code):
            theirs = _placed(layout, layout_claims(layout.entry, form.entry, institutions))
            if theirs:
                yield from _conflicts([*own, *theirs], lambda claim: claim.run_together, "表头")


def row_words(draft: Draft) -> Mistakes:
    """In an upright form a row label, and a code, means one thing in each value column."""
    institutions: tuple[Institution, ...] = draft.units.entry.institutions
    for form in draft.forms:
        rows = _placed(form, row_claims(form.entry, institutions))
        codes = _placed(form, code_claims(form.entry))
        for layout in draft.layouts_of(form.entry.code):
            codes += _placed(layout, layout_code_claims(layout.entry, form.entry))
        names = {name for column in form.entry.columns for name in column.columns}
        for name in sorted(names):
            here = [(read, claim) for read, claim in rows if name in claim.column.columns]
            yield from _conflicts(here, lambda claim: claim.run_together, "指标名称")
            here = [(read, claim) for read, claim in codes if name in claim.column.columns]
            yield from _conflicts(here, lambda claim: claim.key, "代码")


def _placed(read: Read[Form] | Read[Layout], claims: Iterable[Claim]) -> list[Placed]:
    return [(read, claim) for claim in claims]


def _conflicts(placed: Iterable[Placed], key: Callable[[Claim], str], what: str) -> Mistakes:
    """The first pair of claims to the same words, by different indicators, in months that overlap."""
    seen: dict[str, list[Placed]] = {}
    for read, claim in placed:
        others = seen.setdefault(key(claim), [])
        for other_read, other in others:
            if other.meaning != claim.meaning and overlap(other.column, claim.column):
                yield read.mistake(
                    claim.where,
                    f"{what}“{claim.key}”已在 {other_read.source.label} 第{other_read.line(other.where)}行"
                    f"用于 {_shown(other)}，不能再用于 {_shown(claim)}，请删去一处。",
                )
                return
        others.append((read, claim))


def _shown(claim: Claim) -> str:
    return "@".join(filter(None, claim.meaning))


HEADER_CHECKS: tuple[Check, ...] = (
    column_dates,
    column_words,
    typos,
    layout_targets,
    value_columns,
    header_words,
    row_words,
)

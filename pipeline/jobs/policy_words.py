"""Policy values as people read them."""

from __future__ import annotations

from collections.abc import Mapping

from pipeline.catalog import Catalog, PolicyValue

YEAR_BEFORE = "year_before"
UNMEASURED = ("是否", "文本", "口径")
"""What a parameter has as its unit where its value is no number."""


def said(value: object, catalog: Catalog) -> str:
    """A value in words: yes and no, lists, and how an assessment figure is made of indicators."""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, list | tuple):
        return "、".join(said(part, catalog) for part in value)
    if isinstance(value, Mapping) and "numerator" in value:
        return _formula(value, catalog)
    if isinstance(value, Mapping):
        return "\n".join(f"{name}：{said(part, catalog)}" for name, part in value.items())
    return str(value)


def basis(value: PolicyValue) -> str:
    """On whose authority a value is what it is: a document, or the office itself with its reason."""
    if value.reference:
        return value.reference
    return value.working if "本办约定" in value.working else f"本办约定：{value.working}"


def _formula(parts: Mapping[str, str], catalog: Catalog) -> str:
    formula = _indicator(parts["numerator"], catalog)
    if parts.get("denominator"):
        formula += f"÷{_indicator(parts['denominator'], catalog)}"
    return formula + ("比上年同月的增长" if parts.get("base") == YEAR_BEFORE else "")


def _indicator(code: str, catalog: Catalog) -> str:
    """「“期末余额/户数”（outstanding_households）」; as the form says that is published from."""
    found = [
        form.by_code[code]
        for form in catalog.forms.values()
        if code in form.by_code and not form.by_code[code].compared
    ]
    return f"“{found[0].label}”（{code}）" if found else code

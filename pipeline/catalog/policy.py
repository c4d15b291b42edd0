"""Policy parameters 「政策参数」: dated values, each with the article it comes from or `working: 本办约定`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pipeline.catalog.dated import Dated, Entry, holding
from pipeline.errors import PolicyUndefined
from pipeline.periods import Month


class PolicyValue(Dated):
    """One value from a month on, and on whose authority."""

    value: Any
    reference: str = ""
    """Document and article; empty for a working value."""
    working: str = ""
    """Why the office itself set this value (本办约定); empty where a document sets it."""


class Parameter(Entry):
    """A dated parameter. `unit` is the unit of its value, as a word."""

    name: str
    title: str
    unit: str
    values: tuple[PolicyValue, ...]
    path: str = ""


class Policy(Entry):
    """All parameters of a profile."""

    parameters: Mapping[str, Parameter]

    def entry(self, name: str, month: Month) -> PolicyValue:
        """The value in force in that month with its authority; raise PolicyUndefined if there is none."""
        parameter = self.parameters.get(name)
        if parameter is None:
            raise PolicyUndefined(f"政策参数 {name} 未定义。请在 schemas/policy/ 中补充取值与文号。")
        held = holding(parameter.values, month)
        if not held:
            raise PolicyUndefined(
                f"{parameter.path}：{parameter.title}（{name}）在{month.label}没有有效值。请补充该月的取值与文号。"
            )
        return held[0]

    def value(self, name: str, month: Month) -> Any:
        """The value in force in that month."""
        return self.entry(name, month).value

    def working_values(self, month: Month) -> list[dict[str, Any]]:
        """Every value in use that month which the office set itself: name, title, value, unit, reason."""
        return [
            {"name": p.name, "title": p.title, "value": v.value, "unit": p.unit, "reason": v.working}
            for p in self.parameters.values()
            for v in holding(p.values, month)
            if v.working
        ]

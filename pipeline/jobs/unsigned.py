"""Explanations that count although nobody has signed them: the unit is known, its author is still asked for."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath

from pipeline.jobs.month import MonthView
from pipeline.model import Answer
from pipeline.model.answers import AUTHOR, UNSIGNED
from pipeline.store.journal import EXPLAINED

_ANYWHERE = f"“{AUTHOR}”处"


@dataclass(frozen=True, slots=True)
class Unsigned:
    """One explanation without an author; `unit` is the id of who gave it, `room` says where a name belongs."""

    unit: str
    finding: str
    file: str
    room: str


def room_of(answer: Answer) -> str:
    """Where the name belongs, as the journal keeps it: 「工作表“审核问题”中“填写人”后的单元格C5」."""
    return f"工作表“{answer.sheet}”中{answer.sign_at or _ANYWHERE}"


def unsigned(seen: MonthView) -> list[Unsigned]:
    """Those that settle a question of this month; of the same figure the last that was given counts."""
    last = {(e.body["finding"], e.body["value"]): e.body for e in seen.decisions if e.kind == EXPLAINED}
    found: dict[str, Unsigned] = {}
    for stored in seen.told:
        said = last.get((stored.id, stored.finding.value))
        if said and said["by"] == UNSIGNED and seen.status_of(stored) == "explained":
            file = PurePosixPath(said.get("file", "")).name
            found[stored.id] = Unsigned(stored.finding.unit, stored.id, file, said.get("sign_at", _ANYWHERE))
    return list(found.values())


def how_to_sign(rooms: Iterable[str]) -> str:
    """What the clerk does about them."""
    return (
        f"已按填报单位的说明采纳；请其在{_listed(rooms)}填上姓名发回（说明不必重写），"
        "或者问清后用 explain 问题编号 --text 说明 --by 姓名 补记"
    )


def asked_to_sign(found: Iterable[Unsigned]) -> str:
    """The same for the unit itself, whose explanations these are; empty where there are none."""
    of_unit = list(found)
    if not of_unit:
        return ""
    files = "、".join(dict.fromkeys(f"《{one.file}》" for one in of_unit if one.file))
    return (
        f"已采纳的核实说明有{len(of_unit)}条没有署名，请在{files}{_listed(one.room for one in of_unit)}"
        "填上姓名后发回，说明不必重写。"
    )


def unsigned_lines(found: Iterable[Unsigned], names: Mapping[str, str]) -> list[str]:
    """A line for each unit of the register; `names` are its units' by id."""
    by_unit: dict[str, list[Unsigned]] = {}
    for one in found:
        by_unit.setdefault(one.unit, []).append(one)
    return [
        f"[未署名] {names.get(unit, unit)}：核实说明{len(own)}条（{'、'.join(one.finding for one in own)}），"
        f"{how_to_sign(one.room for one in own)}。"
        for unit, own in by_unit.items()
    ]


def _listed(rooms: Iterable[str]) -> str:
    return "、".join(dict.fromkeys(rooms))
